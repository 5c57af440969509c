//! What can be wrong with a date or a period.

use thiserror::Error;

/// Why something is not a calendar date.
///
/// ```
/// use mentormatch::{CalendarDate, DateError};
///
/// assert_eq!("29.3.2026".parse::<CalendarDate>(), Err(DateError::Format));
/// assert_eq!("2026-02-30".parse::<CalendarDate>(), Err(DateError::Day));
/// ```
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

/// Why two dates are not a programme's period.
///
/// ```
/// use mentormatch::{Period, PeriodError};
///
/// let backwards = Period::new("2027-06-30".parse()?, "2026-09-01".parse()?);
/// assert_eq!(backwards, Err(PeriodError::Reversed));
/// # Ok::<(), mentormatch::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// It ends before it begins.
    #[error("ends before it begins")]
    Reversed,
    /// There are fewer than 7 days.
    #[error("shorter than 7 days")]
    TooShort,
    /// There are more than 10 years.
    #[error("longer than 10 years")]
    TooLong,
}
