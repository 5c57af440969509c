//! The outcome as a file: everything that people, programme and seed decide, and nothing else.
//!
//! Written, not read back: a file is a record of a run, and running again gives the same bytes. A
//! field may be added in any version; `format_version` is raised when one changes its meaning.

use serde::{Serialize, Serializer};

use super::decisions::OverrideRecord;
use super::outcome::Outcome;
use crate::hash::H_VERSION;
use crate::matching::Matching;
use crate::programme::Stable;
use crate::reasons::{GrantedWishes, Unmatched};
use crate::report::ObjectiveValue;

/// The version of this form.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Stored<'a> {
    format_version: u32,
    crate_version: &'static str,
    hash_version: u32,
    seed: u64,
    programme: &'a str,
    proven_optimal: bool,
    objectives: Vec<ObjectiveValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stable: Option<Stable>,
    gap: Option<u64>,
    matching: &'a Matching,
    unmatched: &'a [Unmatched],
    wishes: &'a GrantedWishes,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    overrides: &'a [OverrideRecord],
    warnings: Vec<String>,
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Stored {
            format_version: FORMAT_VERSION,
            crate_version: env!("CARGO_PKG_VERSION"),
            hash_version: H_VERSION,
            seed: self.cohort().seed(),
            programme: self.programme().name(),
            proven_optimal: self.is_proven_optimal(),
            objectives: self.objectives(),
            stable: self.programme().stable(),
            gap: self.gap().map(|gap| gap.short_by),
            matching: self.matching(),
            unmatched: self.unmatched(),
            wishes: self.wishes(),
            overrides: self.overrides(),
            warnings: self.warnings().iter().map(ToString::to_string).collect(),
        };
        stored.serialize(serializer)
    }
}
