//! What a programme manager decided.

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::participant::{DecidedPair, Decisions, Override};

impl FromRaw for Decisions {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        let decisions = Self {
            locks: fields.or_default("locks")?,
            vetoes: fields.or_default("vetoes")?,
            overrides: fields.or_default("overrides")?,
            only_mentees: fields.optional("only_mentees")?,
            only_mentors: fields.optional("only_mentors")?,
        };
        fields.finish()?;
        Ok(decisions)
    }
}

impl FromRaw for DecidedPair {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `mentee` and `mentor`")?;
        let pair = Self {
            mentee: fields.required("mentee")?,
            mentor: fields.required("mentor")?,
        };
        fields.finish()?;
        Ok(pair)
    }
}

impl FromRaw for Override {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let what = "an object of `mentee`, `mentor`, `rule` and `reason`";
        let mut fields = Fields::named(raw, what)?;
        let own = Self {
            mentee: fields.required("mentee")?,
            mentor: fields.required("mentor")?,
            rule: fields.required("rule")?,
            reason: fields.required("reason")?,
        };
        fields.finish()?;
        Ok(own)
    }
}
