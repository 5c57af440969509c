//! Reading people from JSON, TOML and the like.
//!
//! `serde`'s own error texts quote what they could not read (`invalid type: string "depressed"`),
//! and what people say about themselves does not belong in logs. So a stored form is first read
//! into an untyped [`Raw`] value, whatever it holds, and then taken apart here: every error names
//! participant, field and what was expected, and no error quotes a value. Unknown keys are refused.
//!
//! Writing people needs none of this and is derived on the types themselves.

mod decisions;
mod fields;
mod people;
mod raw;
mod roster;
mod saved_plan;
mod states;
mod values;
mod vocabulary;
mod waitlist;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};

use self::raw::Raw;
use super::attribute::Attribute;
use super::between::PastPair;
use super::cohort::Cohort;
use super::decisions::{DecidedPair, Decisions, Override};
use super::expectations::Preparation;
use super::profile::{MeetingMode, Profile, Status};
use super::roles::{Bounds, Mentee, Mentor};
use super::saved_plan::SavedPlan;
use super::skills::{Need, Offer};
use super::states::{PairStates, StatedPair};
use super::vocabulary::Vocabulary;
use super::waitlist::{Waiting, Waitlist};
use super::wishes::Wish;

/// What can be taken from an untyped value.
trait FromRaw: Sized {
    fn from_raw(raw: Raw) -> Result<Self, FormError>;
}

/// What could not be read, and where: at least one fault.
struct FormError(Vec<Fault>);

struct Fault {
    /// From the value outwards, for instance `offers[2].level`; empty for the value itself.
    path: String,
    problem: String,
}

impl FormError {
    fn new(problem: impl Into<String>) -> Self {
        let path = String::new();
        let problem = problem.into();
        Self(vec![Fault { path, problem }])
    }

    fn expected(what: &str) -> Self {
        Self::new(format!("expected {what}"))
    }

    /// The same error seen from one step further out: a key, or `[index]`.
    fn inside(mut self, step: &str) -> Self {
        for fault in &mut self.0 {
            let joint = match fault.path.chars().next() {
                None | Some('[') => "",
                Some(_) => ".",
            };
            fault.path = format!("{step}{joint}{}", fault.path);
        }
        self
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Fault { path, problem }) in self.0.iter().enumerate() {
            let line = if at > 0 { "\n" } else { "" };
            let colon = if path.is_empty() { "" } else { ": " };
            write!(f, "{line}{path}{colon}{problem}")?;
        }
        Ok(())
    }
}

macro_rules! deserialize_from_raw {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::from_raw(Raw::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    )+};
}

deserialize_from_raw!(
    Attribute,
    Bounds,
    Cohort,
    DecidedPair,
    Decisions,
    MeetingMode,
    Mentee,
    Mentor,
    Need,
    Offer,
    Override,
    PairStates,
    PastPair,
    Preparation,
    Profile,
    SavedPlan,
    StatedPair,
    Status,
    Vocabulary,
    Waiting,
    Waitlist,
    Wish,
);

#[cfg(test)]
mod tests;
