//! When somebody has time in an ordinary week.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A day of the week.
///
/// ```
/// use mentormatch::Weekday;
///
/// assert_eq!(Weekday::ALL[0], Weekday::Monday);
/// assert_eq!("fri".parse(), Ok(Weekday::Friday));
/// assert_eq!(Weekday::Friday.to_string(), "fri");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// `mon`
    Monday,
    /// `tue`
    Tuesday,
    /// `wed`
    Wednesday,
    /// `thu`
    Thursday,
    /// `fri`
    Friday,
    /// `sat`
    Saturday,
    /// `sun`
    Sunday,
}

/// A stretch of time that comes every week, in the person's own local time.
///
/// It begins at a minute of a day and ends at a later minute of that day, or on the day after:
/// where the end is earlier than the start, it lies on the next day. Minutes count from midnight,
/// `0..1440`; as an end, 1440 is midnight at the end of the day, so that a whole day is
/// `00:00-24:00`. Equal ends are refused: they may mean nothing or a day. Overlapping windows of one
/// person count once.
///
/// As text: a day, a range of days or several, then the times, as in `mon 09:00-11:30`,
/// `mon-fri 12:00-13:00`, `mon,wed 22:00-02:00`.
///
/// `Debug` shows nothing of it.
///
/// ```
/// use mentormatch::{Weekday, Window};
///
/// let lunch = Window::parse("mon-fri 12:00-13:00")?;
/// assert_eq!(lunch.len(), 5);
/// assert_eq!(lunch[0], Window::new(Weekday::Monday, 12 * 60, 13 * 60));
/// assert_eq!(lunch[4].to_string(), "fri 12:00-13:00");
/// assert_eq!(lunch[4].minutes(), 60);
/// # Ok::<(), mentormatch::WindowError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Window {
    /// The day it begins on.
    pub day: Weekday,
    /// Minutes after midnight at which it begins, `0..=1439`.
    pub from: u16,
    /// Minutes after midnight at which it ends, `1..=1440` on the same day or `0..from` on the next.
    pub to: u16,
}

/// The text is no window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected days and times such as `mon-fri 09:00-12:00`")]
pub struct WindowError;

const MINUTES_PER_DAY: u16 = 24 * 60;

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// Days after Monday.
    ///
    /// ```
    /// # use mentormatch::Weekday;
    /// assert_eq!(Weekday::Sunday.days_after_monday(), 6);
    /// ```
    #[must_use]
    pub const fn days_after_monday(self) -> u16 {
        self as u16
    }
}

impl FromStr for Weekday {
    type Err = WindowError;

    fn from_str(text: &str) -> Result<Self, WindowError> {
        let named = Self::ALL.into_iter().zip(Self::NAMES);
        let mut found = named.filter(|(_, name)| name.eq_ignore_ascii_case(text));
        found.next().map(|(day, _)| day).ok_or(WindowError)
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAMES[usize::from(self.days_after_monday())])
    }
}

impl Window {
    /// A window from a minute to a minute of a day.
    ///
    /// ```
    /// # use mentormatch::{Weekday, Window};
    /// let over_midnight = Window::new(Weekday::Sunday, 22 * 60, 2 * 60);
    /// assert_eq!(over_midnight.minutes(), 4 * 60);
    /// ```
    #[must_use]
    pub const fn new(day: Weekday, from: u16, to: u16) -> Self {
        Self { day, from, to }
    }

    /// The windows of a text, one for each of its days.
    ///
    /// # Errors
    /// Text of another form, days that run backwards, times beyond 24:00, equal times.
    ///
    /// ```
    /// # use mentormatch::Window;
    /// assert_eq!(Window::parse("sat,sun 10:00-12:00")?.len(), 2);
    /// assert!(Window::parse("someday").is_err());
    /// # Ok::<(), mentormatch::WindowError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Vec<Self>, WindowError> {
        let (days, times) = text.trim().split_once(' ').ok_or(WindowError)?;
        let (from, to) = times.trim().split_once('-').ok_or(WindowError)?;
        let (from, to) = (clock(from)?, clock(to)?);
        if from == MINUTES_PER_DAY || from == to {
            return Err(WindowError);
        }
        let mut windows = Vec::new();
        for part in days.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (first.parse::<Weekday>()?, last.parse::<Weekday>()?);
            if first > last {
                return Err(WindowError);
            }
            let between = Weekday::ALL
                .into_iter()
                .filter(|day| (first..=last).contains(day));
            windows.extend(between.map(|day| Self { day, from, to }));
        }
        Ok(windows)
    }

    /// How long it is.
    ///
    /// ```
    /// # use mentormatch::{Weekday, Window};
    /// assert_eq!(Window::new(Weekday::Monday, 540, 570).minutes(), 30);
    /// ```
    #[must_use]
    pub const fn minutes(self) -> u16 {
        if self.to > self.from {
            self.to - self.from
        } else {
            MINUTES_PER_DAY.saturating_sub(self.from) + self.to
        }
    }

    pub(super) const fn is_on_the_clock(self) -> bool {
        self.from < MINUTES_PER_DAY && self.to <= MINUTES_PER_DAY && self.from != self.to
    }
}

/// `09:30` as minutes after midnight.
fn clock(text: &str) -> Result<u16, WindowError> {
    let (hours, minutes) = text.trim().split_once(':').ok_or(WindowError)?;
    let two_digits = |text: &str, most: u16| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: Option<u16> = text.parse().ok();
        number
            .filter(|&number| plain && number <= most)
            .ok_or(WindowError)
    };
    let at = two_digits(hours, 24)? * 60 + two_digits(minutes, 59)?;
    if at > MINUTES_PER_DAY {
        return Err(WindowError);
    }
    Ok(at)
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, from, to } = *self;
        let (from, to) = ((from / 60, from % 60), (to / 60, to % 60));
        write!(
            f,
            "{day} {:02}:{:02}-{:02}:{:02}",
            from.0, from.1, to.0, to.1
        )
    }
}

impl fmt::Debug for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window").finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Window {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_window_is_refused() {
        for text in [
            "",
            "mon",
            "mon 9",
            "mon 9:00",
            "mon 9:00-",
            "mon 9:60-10:00",
            "mon 24:00-25:00",
            "mon 24:00-24:00",
            "fri-mon 9:00-10:00",
            "mon- 9:00-10:00",
            "mon 9:00-24:01",
            "mon +9:00-10:00",
            "montag 9:00-10:00",
            "mon,,tue 9:00-10:00",
            "mon 9:00-9:00",
            "mon 0:00-0:00",
        ] {
            assert_eq!(Window::parse(text), Err(WindowError), "{text}");
        }
    }

    #[test]
    fn windows_read_back() {
        for text in ["mon 00:00-24:00", "sun 22:00-02:00", "wed 09:05-09:06"] {
            let windows = Window::parse(text).unwrap();
            assert_eq!(
                windows.iter().map(ToString::to_string).collect::<Vec<_>>(),
                [text]
            );
        }
        assert_eq!(Window::parse("Mon-Tue,sun 9:00-10:00").unwrap().len(), 3);
    }
}
