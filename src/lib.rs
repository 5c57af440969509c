//! mentormatch: exact, certified optimal matching of mentors and mentees.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// Unit tests share the instances and oracles of `tests/common`, which name the crate.
#[cfg(test)]
extern crate self as mentormatch;

mod ids;

mod error;

mod score;

mod participant;

mod criteria;

mod rules;

mod parallel;

pub mod solver;

pub use criteria::{BadScore, Context, Criterion, ScoreRow};
pub use error::{CohortError, ProgrammeError};
pub use ids::{MenteeIdx, MentorIdx, ParticipantId};
pub use participant::{
    Attribute, Attributes, Bounds, Cohort, Language, MeetingMode, Mentee, Mentor, Need, Offer,
    Profile, Status, Wish,
};
pub use rules::{ForbidRow, Rule};
pub use score::{Score, ScoreError};
pub use solver::CancelToken;
