//! Everything that can be wrong with input.
//!
//! Errors name participant, field and problem, never the value itself; a value is to be had
//! through an accessor only.

mod cohort;
mod programme;

pub use cohort::CohortError;
pub use programme::ProgrammeError;
