//! Everything that can be wrong with input.
//!
//! Errors name participant, field and problem, never the value itself; a value is to be had
//! through an accessor only ([`Redacted`]).

mod cohort;
mod date;
mod programme;
mod redacted;

pub use cohort::{CohortError, CohortProblem, CohortProblemKind};
pub use date::DateError;
pub use programme::ProgrammeError;
pub use redacted::Redacted;
