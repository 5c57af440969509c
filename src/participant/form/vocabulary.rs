//! A vocabulary: its terms in the order of their folded names.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::participant::{Vocabulary, VocabularyBuilder};

/// Raised whenever the same file would mean something else. Only this version is read: an older
/// one does not exist yet.
const FORMAT_VERSION: u32 = 1;

#[derive(serde::Serialize)]
struct Term<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broader: Vec<&'a str>,
}

impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let terms = self.terms().map(|name| Term {
            name,
            aliases: self.aliases(name).collect(),
            broader: self.broader(name).collect(),
        });
        let mut form = serializer.serialize_struct("Vocabulary", 2)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("terms", &terms.collect::<Vec<_>>())?;
        form.end()
    }
}

/// A term as a file states it.
struct Stated {
    name: String,
    aliases: Vec<String>,
    broader: Vec<String>,
}

impl FromRaw for Stated {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        let stated = Self {
            name: fields.required("name")?,
            aliases: fields.or_default("aliases")?,
            broader: fields.or_default("broader")?,
        };
        fields.finish()?;
        Ok(stated)
    }
}

impl FromRaw for Vocabulary {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        fields.format_version(FORMAT_VERSION)?;
        let terms: Vec<Stated> = fields.or_default("terms")?;
        fields.finish()?;
        let built = terms.into_iter().fold(Self::builder(), state).build();
        built.map_err(|error| FormError::new(error.to_string()))
    }
}

fn state(builder: VocabularyBuilder, term: Stated) -> VocabularyBuilder {
    let name = term.name;
    let aliases = term.aliases.into_iter().map(|alias| (name.clone(), alias));
    let broader = term
        .broader
        .into_iter()
        .map(|broader| (name.clone(), broader));
    let builder = builder.term(name.clone());
    builder.aliases(aliases).broader_terms(broader)
}
