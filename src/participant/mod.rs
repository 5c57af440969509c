//! WHO: people as the host knows them, checked into a [`Cohort`].
//!
//! First when two words are one ([`Vocabulary`]), then the answers ([`Profile`], [`Mentor`],
//! [`Mentee`]) and how they are built, then what a roster is checked for, one kind of check a file,
//! then the [`Cohort`] itself, and last how all of them are stored.

mod fold;
mod nearest;
mod vocabulary;

mod attribute;
mod availability;
mod expectations;
mod field;
mod skills;
mod wishes;

mod profile;

mod answers;

mod builder;
mod roles;

mod time_zones;

mod entry;

mod agreement;
mod between;
mod checks;
mod lookalikes;
mod order;
mod reporting_lines;

mod warnings;

mod cohort;

mod cohort_builder;

mod draft;

mod saved_plan;
mod states;
mod unmatched_kind;
mod waitlist;

mod decisions;

#[cfg(feature = "serde")]
mod form;

pub(crate) use answers::Answer;
pub use attribute::{Attribute, Attributes};
pub use availability::{Weekday, Window, WindowError};
pub use between::PastPair;
pub use cohort::Cohort;
pub use cohort_builder::CohortBuilder;
pub use decisions::{DecidedPair, Decisions, Override};
pub(crate) use draft::{ChangedCohort, CohortDraft};
pub use expectations::{GapRange, Preparation, Support};
pub use field::{Field, FieldError};
pub(crate) use fold::fold;
pub(crate) use nearest::nearest;
pub use profile::{Language, MeetingMode, Profile, Status};
pub use roles::{Bounds, Mentee, Mentor};
pub use saved_plan::SavedPlan;
pub use skills::{Need, Offer};
pub use states::{Hold, PairState, PairStates, StatedPair};
pub(crate) use time_zones::{Offset, Stretch};
pub use unmatched_kind::UnmatchedKind;
pub use vocabulary::{AmbiguousAlias, Vocabulary, VocabularyBuilder};
pub(crate) use vocabulary::{Way, Words};
pub use waitlist::{CarryOver, Waiting, Waitlist};
pub use warnings::CohortWarning;
pub use wishes::{Rating, Wanted, WantedAnswer, Wish};
