//! mentormatch: exact, certified optimal matching of mentors and mentees.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod ids;

mod hash;

mod error;

mod date;

mod score;

mod participant;

mod criteria;

mod rules;

mod parallel;

pub mod solver;

pub use criteria::{BadScore, Context, Criterion, ScoreRow};
pub use date::CalendarDate;
pub use error::{
    CohortError, CohortProblem, CohortProblemKind, DateError, ProgrammeError, Redacted,
};
pub use hash::H_VERSION;
pub use ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
pub use participant::{
    Attribute, Attributes, Bounds, Cohort, CohortBuilder, CohortWarning, Language, MeetingMode,
    Mentee, Mentor, Need, Offer, Profile, Status, Wish,
};
pub use rules::{ForbidRow, Rule};
pub use score::{Score, ScoreError};
pub use solver::CancelToken;
