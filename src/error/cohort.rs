//! What can be wrong with people.

use thiserror::Error;

/// All problems found in a roster.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("the roster has problems")]
pub struct CohortError {}
