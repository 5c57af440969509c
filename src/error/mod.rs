//! Everything that can be wrong with input.
//!
//! Errors name participant, field and problem, never the value itself; a value is to be had
//! through an accessor only.

mod carry_over;
mod cohort;
mod date;
mod hint;
mod programme;
mod redacted;
mod vector;
mod vocabulary;
mod weight;

pub use carry_over::CarryOverError;
pub use cohort::{CohortError, CohortProblem, CohortProblemKind};
pub use date::{DateError, PeriodError};
pub(crate) use hint::{DidYouMean, HeldBy};
pub use programme::{ParameterProblem, ProgrammeError, ProgrammeProblem};
pub use redacted::Redacted;
pub use vector::{VectorError, VectorProblem};
pub use vocabulary::{VocabularyError, VocabularyProblem};
pub use weight::WeightError;
