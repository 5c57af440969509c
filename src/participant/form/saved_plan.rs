//! A plan between two processes.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::ParticipantId;
use crate::participant::SavedPlan;

/// Raised whenever the same file would mean something else.
const FORMAT_VERSION: u32 = 1;

impl Serialize for SavedPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("SavedPlan", 7)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("seed", &self.seed)?;
        form.serialize_field("canonical", &self.canonical)?;
        form.serialize_field("decisions", &self.decisions)?;
        form.serialize_field("pairs", &self.pairs)?;
        form.serialize_field("mentee_prices", &self.mentee_prices)?;
        form.serialize_field("mentor_prices", &self.mentor_prices)?;
        form.end()
    }
}

impl FromRaw for SavedPlan {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        fields.format_version(FORMAT_VERSION)?;
        let decisions: Option<_> = fields.optional("decisions")?;
        let saved = Self {
            seed: fields.required("seed")?,
            canonical: fields.required("canonical")?,
            decisions: decisions.unwrap_or_default(),
            pairs: fields.or_default("pairs")?,
            mentee_prices: by_id(fields.or_default("mentee_prices")?),
            mentor_prices: by_id(fields.or_default("mentor_prices")?),
        };
        fields.finish()?;
        Ok(saved)
    }
}

fn by_id(prices: BTreeMap<String, i64>) -> BTreeMap<ParticipantId, i64> {
    let prices = prices.into_iter();
    prices.map(|(id, price)| (id.into(), price)).collect()
}
