//! WHO: people as the host knows them, checked into a [`Cohort`].

mod attribute;
mod cohort;
mod profile;
mod wishes;

pub use attribute::{Attribute, Attributes};
pub use cohort::Cohort;
pub use profile::{Bounds, Language, MeetingMode, Mentee, Mentor, Need, Offer, Profile, Status};
pub use wishes::Wish;
