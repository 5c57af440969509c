//! What can be wrong with a weight.

use std::convert::Infallible;

use thiserror::Error;

/// Why a number is not a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WeightError {
    /// The text is not a decimal number, or the number is NaN.
    #[error("not a number, nor `low`, `medium`, `high` or `must`")]
    NotANumber,
    /// The number is infinite.
    #[error("infinite")]
    Infinite,
    /// The number is below zero.
    #[error("negative")]
    Negative,
    /// The number is above a million.
    #[error("larger than 1000000")]
    TooLarge,
    /// The number has more than nine decimals.
    #[error("has more than 9 decimals")]
    TooFine,
}

impl From<Infallible> for WeightError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
