//! Who waits.
//!
//! In files of version 1 the reason is a sentence that may name people. Its kind is told by how the sentence begins, or
//! ends where names may follow; the rest is left behind.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::Role;
use crate::participant::{UnmatchedKind, Waiting, Waitlist};

/// Raised whenever the same file would mean something else.
const FORMAT_VERSION: u32 = 2;

impl Serialize for Waitlist {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Waitlist", 2)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("waiting", &self.waiting)?;
        form.end()
    }
}

impl FromRaw for Waitlist {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        let waiting = match fields.format_version_up_to(FORMAT_VERSION)? {
            1 => {
                let waiting: Vec<WithSentence> = fields.or_default("waiting")?;
                waiting.into_iter().map(|own| own.0).collect()
            }
            _ => fields.or_default("waiting")?,
        };
        fields.finish()?;
        Ok(Self { waiting })
    }
}

impl FromRaw for Waiting {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        waiting(raw, kind)
    }
}

/// Somebody who waits, as in files of version 1.
struct WithSentence(Waiting);

impl FromRaw for WithSentence {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        waiting(raw, kind_of_sentence).map(Self)
    }
}

/// Somebody who waits, the reason of whom is read by `why`.
fn waiting(raw: Raw, why: fn(&str) -> Option<UnmatchedKind>) -> Result<Waiting, FormError> {
    let mut fields = Fields::of(raw)?;
    let role: String = fields.required("role")?;
    let role = match &*role {
        "mentor" => Role::Mentor,
        "mentee" => Role::Mentee,
        _ => return Err(FormError::expected("`mentor` or `mentee`").inside("role")),
    };
    let reason: String = fields.required("why")?;
    let unknown = || FormError::expected("a kind of reason, for instance `all_taken`");
    let waiting = Waiting {
        role,
        participant: fields.required("participant")?,
        since: fields.required("since")?,
        cycles: fields.required("cycles")?,
        stated: fields.optional("stated")?,
        why: why(&reason).ok_or_else(|| unknown().inside("why"))?,
    };
    fields.finish()?;
    Ok(waiting)
}

/// By the name that is written.
fn kind(name: &str) -> Option<UnmatchedKind> {
    Some(match name {
        "not_taking_part" => UnmatchedKind::NotTakingPart,
        "no_places" => UnmatchedKind::NoPlaces,
        "nobody_there" => UnmatchedKind::NobodyThere,
        "no_allowed_partner" => UnmatchedKind::NoAllowedPartner,
        "partners_have_no_places" => UnmatchedKind::PartnersHaveNoPlaces,
        "quota_used_up" => UnmatchedKind::QuotaUsedUp,
        "all_taken" => UnmatchedKind::AllTaken,
        "all_prefer_others" => UnmatchedKind::AllPreferOthers,
        "nothing_to_gain" => UnmatchedKind::NothingToGain,
        "search_stopped" => UnmatchedKind::SearchStopped,
        _ => return None,
    })
}

/// Of a sentence of version 1: how those begin that say their kind at once.
const BEGINNINGS: [(&str, UnmatchedKind); 6] = [
    ("nobody is there", UnmatchedKind::NobodyThere),
    ("no allowed partner among", UnmatchedKind::NoAllowedPartner),
    (
        "no allowed partner has",
        UnmatchedKind::PartnersHaveNoPlaces,
    ),
    ("the quota ", UnmatchedKind::QuotaUsedUp),
    ("no objective would gain", UnmatchedKind::NothingToGain),
    ("the search was stopped", UnmatchedKind::SearchStopped),
];

/// How the others end, up to a semicolon.
const ENDS: [(&str, UnmatchedKind); 4] = [
    (" partner is taken", UnmatchedKind::AllTaken),
    (" partners are taken", UnmatchedKind::AllTaken),
    (" partner prefers others", UnmatchedKind::AllPreferOthers),
    (" partners prefer others", UnmatchedKind::AllPreferOthers),
];

fn kind_of_sentence(text: &str) -> Option<UnmatchedKind> {
    let claim = text.split(';').next().unwrap_or(text);
    let begins = BEGINNINGS.iter().find(|(lead, _)| text.starts_with(lead));
    let ends = || ENDS.iter().find(|(end, _)| claim.ends_with(end));
    begins.or_else(ends).map(|(_, kind)| *kind)
}
