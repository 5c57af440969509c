//! What can be wrong with a programme.

use thiserror::Error;

/// Why a programme cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum ProgrammeError {
    /// Every weight is zero.
    #[error("all weights are zero")]
    NoWeight,
}
