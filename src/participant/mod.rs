//! WHO: people as the host knows them, checked into a [`Cohort`].
//!
//! First the answers ([`Profile`], [`Mentor`], [`Mentee`]) and how they are built, then what a
//! roster is checked for, one kind of check a file, then the [`Cohort`] itself, and last how all of
//! them are stored.

mod attribute;
mod skills;
mod wishes;

mod profile;

mod builder;
mod roles;

mod time_zones;

mod entry;

mod agreement;
mod checks;
mod lookalikes;
mod order;
mod reporting_lines;

mod warnings;

mod cohort;

mod cohort_builder;

#[cfg(feature = "serde")]
mod form;

pub use attribute::{Attribute, Attributes};
pub use cohort::Cohort;
pub use cohort_builder::CohortBuilder;
pub use profile::{Language, MeetingMode, Profile, Status};
pub use roles::{Bounds, Mentee, Mentor};
pub use skills::{Need, Offer};
pub use warnings::CohortWarning;
pub use wishes::Wish;
