//! Who waits.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::Role;
use crate::participant::{Waiting, Waitlist};

/// Raised whenever the same file would mean something else.
const FORMAT_VERSION: u32 = 1;

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
        fields.format_version(FORMAT_VERSION)?;
        let waiting = fields.or_default("waiting")?;
        fields.finish()?;
        Ok(Self { waiting })
    }
}

impl FromRaw for Waiting {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        let role: String = fields.required("role")?;
        let role = match &*role {
            "mentor" => Role::Mentor,
            "mentee" => Role::Mentee,
            _ => return Err(FormError::expected("`mentor` or `mentee`").inside("role")),
        };
        let waiting = Self {
            role,
            participant: fields.required("participant")?,
            since: fields.required("since")?,
            cycles: fields.required("cycles")?,
            stated: fields.optional("stated")?,
            why: fields.required("why")?,
        };
        fields.finish()?;
        Ok(waiting)
    }
}
