//! What can be wrong with a date.

use thiserror::Error;

/// Why something is not a calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text does not read `YYYY-MM-DD`.
    #[error("not written as YYYY-MM-DD")]
    Format,
    /// The year is not one of 1 to 9999.
    #[error("the year is outside 1 to 9999")]
    Year,
    /// The month is not one of 1 to 12.
    #[error("the month is outside 1 to 12")]
    Month,
    /// The month has no such day.
    #[error("the month has no such day")]
    Day,
}
