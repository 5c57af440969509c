//! The days over which a programme runs.

use crate::date::CalendarDate;
use crate::error::PeriodError;

/// The days over which a programme runs, the first and the last included: 7 days to 10 years.
///
/// In files: `period = { from = "2026-09-01", to = "2027-06-30" }`.
///
/// ```
/// use mentormatch::Period;
///
/// let period = Period::new("2026-09-01".parse()?, "2027-06-30".parse()?)?;
/// assert_eq!(period.weeks(), 43);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Dates", into = "Dates"))]
pub struct Period {
    from: CalendarDate,
    to: CalendarDate,
}

/// As it is written down.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    from: CalendarDate,
    to: CalendarDate,
}

const DAYS_PER_WEEK: u16 = 7;
/// Ten years, three leap days among them.
const MOST_DAYS: u16 = 3653;

impl Period {
    /// The period from one day to another, both included.
    ///
    /// # Errors
    /// An end before the beginning, fewer than 7 days, more than 10 years (3,653 days).
    ///
    /// ```
    /// # use mentormatch::{Period, PeriodError};
    /// let week = Period::new("2026-09-01".parse()?, "2026-09-07".parse()?)?;
    /// assert_eq!(week.weeks(), 1);
    /// let short = Period::new("2026-09-01".parse()?, "2026-09-06".parse()?);
    /// assert_eq!(short, Err(PeriodError::TooShort));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(from: CalendarDate, to: CalendarDate) -> Result<Self, PeriodError> {
        let days = to.day_number() - from.day_number() + 1;
        if days < 1 {
            return Err(PeriodError::Reversed);
        }
        if days < i32::from(DAYS_PER_WEEK) {
            return Err(PeriodError::TooShort);
        }
        if days > i32::from(MOST_DAYS) {
            return Err(PeriodError::TooLong);
        }
        Ok(Self { from, to })
    }

    /// The first day.
    #[must_use]
    pub const fn first_day(self) -> CalendarDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn last_day(self) -> CalendarDate {
        self.to
    }

    /// How many whole spans of seven days there are, counted from the first day; 1 to 521. Days
    /// left over at the end are in none.
    #[must_use]
    pub fn weeks(self) -> u16 {
        let days = self.to.day_number() - self.from.day_number() + 1;
        u16::try_from(days).unwrap_or(MOST_DAYS) / DAYS_PER_WEEK
    }

    /// Days from a Monday to the first day.
    pub(crate) fn first_weekday(self) -> u16 {
        let thursday = 3; // 1 January 1970 was one
        let days = (self.from.day_number() + thursday).rem_euclid(i32::from(DAYS_PER_WEEK));
        u16::try_from(days).unwrap_or(0)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Dates> for Period {
    type Error = PeriodError;

    fn try_from(dates: Dates) -> Result<Self, PeriodError> {
        Self::new(dates.from, dates.to)
    }
}

#[cfg(feature = "serde")]
impl From<Period> for Dates {
    fn from(period: Period) -> Self {
        Self {
            from: period.from,
            to: period.to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Result<Period, PeriodError> {
        Period::new(from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn a_period_has_seven_days_to_ten_years() {
        assert_eq!(period("2026-02-24", "2026-03-02").unwrap().weeks(), 1);
        assert_eq!(
            period("2026-02-24", "2026-03-01"),
            Err(PeriodError::TooShort)
        );
        assert_eq!(
            period("2027-01-01", "2026-01-01"),
            Err(PeriodError::Reversed)
        );
        assert_eq!(period("2024-01-01", "2033-12-31").unwrap().weeks(), 521);
        assert_eq!(
            period("2024-01-01", "2034-01-01"),
            Err(PeriodError::TooLong)
        );
        assert_eq!(
            period("0001-01-01", "9999-12-31"),
            Err(PeriodError::TooLong)
        );
    }

    #[test]
    fn the_first_day_knows_its_weekday() {
        let on = |day| period(day, "2027-01-01").unwrap().first_weekday();
        assert_eq!(
            ["2026-11-16", "2026-11-21", "2026-11-22"].map(on),
            [0, 5, 6]
        );
        assert_eq!(
            period("0001-01-01", "0001-02-01").unwrap().first_weekday(),
            0
        );
    }
}
