//! Calendar dates, as programmes state them.

use std::fmt;
use std::str::FromStr;

use crate::error::DateError;

/// A day of the Gregorian calendar, years 1 to 9999; as text, `YYYY-MM-DD`.
///
/// ```
/// use mentormatch::CalendarDate;
///
/// let start: CalendarDate = "2026-03-29".parse()?;
/// assert_eq!(start, CalendarDate::new(2026, 3, 29)?);
/// assert_eq!(start.to_string(), "2026-03-29");
/// assert!(CalendarDate::new(2026, 2, 29).is_err());
/// # Ok::<(), mentormatch::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    year: i16,
    month: u8,
    day: u8,
}

impl CalendarDate {
    /// The date, if the calendar has it.
    ///
    /// # Errors
    /// Years outside 1 to 9999, months outside 1 to 12, and days the month does not have.
    ///
    /// ```
    /// # use mentormatch::{CalendarDate, DateError};
    /// assert!(CalendarDate::new(2024, 2, 29).is_ok());
    /// assert_eq!(CalendarDate::new(2026, 13, 1), Err(DateError::Month));
    /// ```
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self, DateError> {
        if !(1..=9999).contains(&year) {
            return Err(DateError::Year);
        }
        if !(1..=12).contains(&month) {
            return Err(DateError::Month);
        }
        if !(1..=days_in_month(year, month)).contains(&day) {
            return Err(DateError::Day);
        }
        Ok(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    ///
    /// ```
    /// # use mentormatch::CalendarDate;
    /// assert_eq!(CalendarDate::new(2026, 3, 29)?.year(), 2026);
    /// # Ok::<(), mentormatch::DateError>(())
    /// ```
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    ///
    /// ```
    /// # use mentormatch::CalendarDate;
    /// assert_eq!(CalendarDate::new(2026, 3, 29)?.month(), 3);
    /// # Ok::<(), mentormatch::DateError>(())
    /// ```
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    ///
    /// ```
    /// # use mentormatch::CalendarDate;
    /// assert_eq!(CalendarDate::new(2026, 3, 29)?.day(), 29);
    /// # Ok::<(), mentormatch::DateError>(())
    /// ```
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The same day so many months later, or the last of that month if it has no such day; `None`
    /// after the year 9999.
    pub(crate) fn months_later(self, months: u32) -> Option<Self> {
        let month = u32::from(self.month - 1).checked_add(months)?;
        let year = i16::try_from(u32::from(self.year.unsigned_abs()).checked_add(month / 12)?);
        let month = u8::try_from(month % 12 + 1).ok()?;
        let year = year.ok()?;
        Self::new(year, month, self.day.min(days_in_month(year, month))).ok()
    }

    /// Days after 1 January 1970.
    pub(crate) const fn day_number(self) -> i32 {
        // Years begin in March here, so that the leap day is a year's last. The first two constants
        // are days in 4 centuries and before 1970; (153 m + 2) / 5 are the days before month m.
        let (month, day) = (self.month as i32, self.day as i32);
        let year = self.year as i32 - if month < 3 { 1 } else { 0 };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 - 719_468 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }
}

fn days_in_month(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for CalendarDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(DateError::Format);
        }
        let year = text[..4].parse().map_err(|_| DateError::Format)?;
        let month = text[5..7].parse().map_err(|_| DateError::Format)?;
        let day = text[8..].parse().map_err(|_| DateError::Format)?;
        Self::new(year, month, day)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! Dates are written and read as text.

    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};

    use super::CalendarDate;
    use crate::plain::{Plain, Unfit, read};

    impl Serialize for CalendarDate {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for CalendarDate {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read(deserializer, "a date as YYYY-MM-DD", |found| match found {
                Plain::Text(text) => text.parse().map_err(Unfit::because),
                _ => Err(Unfit::Kind),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_years_follow_the_gregorian_rule() {
        let leaps = [2000, 2024, 2100, 2023].map(|year| CalendarDate::new(year, 2, 29).is_ok());
        assert_eq!(leaps, [true, true, false, false]);
    }

    #[test]
    fn months_are_counted_by_the_calendar() {
        let later = |day: &str, months| {
            let date: CalendarDate = day.parse().unwrap();
            date.months_later(months).map(|date| date.to_string())
        };
        assert_eq!(later("2024-01-31", 1).as_deref(), Some("2024-02-29"));
        assert_eq!(later("2023-11-30", 3).as_deref(), Some("2024-02-29"));
        assert_eq!(later("2025-12-01", 1).as_deref(), Some("2026-01-01"));
        assert_eq!(later("2025-06-30", 12).as_deref(), Some("2026-06-30"));
        assert_eq!(later("2025-06-30", 0).as_deref(), Some("2025-06-30"));
        assert_eq!(later("9999-12-01", 1), None);
        assert_eq!(later("2025-06-30", u32::MAX), None);
    }

    #[test]
    fn only_plain_iso_text_is_read() {
        for text in [
            "",
            "2026-3-29",
            "+026-03-29",
            "2026-03-29T",
            "2026/03/29",
            "２026-03-2",
        ] {
            assert_eq!(
                text.parse::<CalendarDate>(),
                Err(DateError::Format),
                "{text}"
            );
        }
        assert_eq!("0000-01-01".parse::<CalendarDate>(), Err(DateError::Year));
        assert_eq!("2026-04-31".parse::<CalendarDate>(), Err(DateError::Day));
    }

    #[test]
    fn every_day_is_one_after_the_day_before() {
        let mut last = CalendarDate::new(1, 1, 1).unwrap().day_number();
        assert_eq!(last, -719_162);
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let number = CalendarDate::new(year, month, day).unwrap().day_number();
                    assert!((year, month, day) == (1, 1, 1) || number == last + 1);
                    last = number;
                }
            }
        }
        assert_eq!(CalendarDate::new(1970, 1, 1).unwrap().day_number(), 0);
        assert_eq!(CalendarDate::new(2000, 3, 1).unwrap().day_number(), 11_017);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn dates_are_stored_as_text() {
        let date = CalendarDate::new(12, 1, 31).unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), "\"0012-01-31\"");
        assert_eq!(
            serde_json::from_str::<CalendarDate>("\"0012-01-31\"").unwrap(),
            date
        );
    }
}
