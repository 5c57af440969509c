//! Taking an object apart by its keys.

use std::collections::BTreeMap;

use super::raw::Raw;
use super::{FormError, FromRaw};

/// The fields of an object that nobody has asked for yet.
pub(super) struct Fields(BTreeMap<String, Raw>);

impl Fields {
    pub(super) fn of(raw: Raw) -> Result<Self, FormError> {
        Self::named(raw, "an object")
    }

    /// Of an object that people know by another name.
    pub(super) fn named(raw: Raw, what: &str) -> Result<Self, FormError> {
        match raw {
            Raw::Object(entries) => Ok(Self(entries)),
            _ => Err(FormError::expected(what)),
        }
    }

    /// A field that must be there.
    pub(super) fn required<T: FromRaw>(&mut self, key: &str) -> Result<T, FormError> {
        let raw = self.0.remove(key);
        let value = raw.map_or_else(|| Err(FormError::new("missing")), T::from_raw);
        value.map_err(|error| error.inside(key))
    }

    /// A field that may be left out; `null` leaves it out too.
    pub(super) fn optional<T: FromRaw>(&mut self, key: &str) -> Result<Option<T>, FormError> {
        let raw = self.0.remove(key).unwrap_or(Raw::Null);
        Option::from_raw(raw).map_err(|error| error.inside(key))
    }

    /// A field that says the usual thing when left out.
    pub(super) fn or_default<T: FromRaw + Default>(&mut self, key: &str) -> Result<T, FormError> {
        Ok(self.optional(key)?.unwrap_or_default())
    }

    /// Refuses every version of the form but one.
    pub(super) fn format_version(&mut self, read: u32) -> Result<(), FormError> {
        let version: u32 = self.required("format_version")?;
        if version == read {
            return Ok(());
        }
        let problem = format!("{version}, where only {read} can be read");
        Err(FormError::new(problem).inside("format_version"))
    }

    /// The version of the form; refuses 0 and any after the newest.
    pub(super) fn format_version_up_to(&mut self, newest: u32) -> Result<u32, FormError> {
        let version: u32 = self.required("format_version")?;
        if (1..=newest).contains(&version) {
            return Ok(version);
        }
        let problem = format!("{version}, where only 1 to {newest} can be read");
        Err(FormError::new(problem).inside("format_version"))
    }

    /// Refuses what is left. A key is a word of the file's schema, not an answer: it is shown.
    pub(super) fn finish(self) -> Result<(), FormError> {
        let unknown: Vec<_> = self
            .0
            .keys()
            .map(|key| format!("`{}`", key.escape_debug()))
            .collect();
        match unknown.as_slice() {
            [] => Ok(()),
            [key] => Err(FormError::new(format!("unknown key {key}"))),
            keys => Err(FormError::new(format!("unknown keys {}", keys.join(", ")))),
        }
    }

    /// The only field of an object that says its type by its key.
    pub(super) fn only(self) -> Option<(String, Raw)> {
        let mut entries = self.0.into_iter();
        entries.next().filter(|_| entries.next().is_none())
    }
}
