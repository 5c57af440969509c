//! Partners must find time to meet.

use super::{ForbidRow, IfMissing, Rule};
use crate::common_time::{Measure, Rows};
use crate::criteria::{Context, common_time, hour, meetings_and_minutes, week_and_zone};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;

/// Forbids pairs who have too little time in common in too many weeks.
///
/// A week has too little if it has fewer than `minutes` minutes at which a meeting could begin,
/// counted as by [`CommonTime`](crate::CommonTime); `weeks_below` such weeks are allowed. Symmetric.
/// Where either side states no window or no time zone, `if_missing` decides.
///
/// # Errors
/// A programme that uses it must state a period.
///
/// ```
/// use mentormatch::{Field, IfMissing, Programme, Same, TooLittleCommonTime};
///
/// // Some time for an hour's meeting, in all weeks but two.
/// let rule = TooLittleCommonTime::minutes(1).weeks_below(2);
/// let programme = Programme::builder()
///     .period("2026-09-01".parse()?, "2027-06-30".parse()?)
///     .weigh(1, Same::new(Field::Department))
///     .forbid(rule.if_missing(IfMissing::Allow))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In files:
///
/// ```toml
/// forbid.too_little_common_time = { minutes = 1, meeting_minutes = 60, weeks_below = 2, if_missing = "allow" }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct TooLittleCommonTime {
    /// How long a meeting is, `1..=1440`; 60 unless stated.
    #[cfg_attr(feature = "serde", serde(default = "hour"))]
    pub meeting_minutes: u16,
    /// The minutes that a week needs, `1..=10080`.
    pub minutes: u32,
    /// How many weeks may have fewer; none unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub weeks_below: u32,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl TooLittleCommonTime {
    /// Every week needs this many minutes at which a meeting of an hour can begin.
    #[must_use]
    pub const fn minutes(minutes: u32) -> Self {
        Self {
            meeting_minutes: hour(),
            minutes,
            weeks_below: 0,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same for meetings of another length.
    ///
    /// ```
    /// # use mentormatch::TooLittleCommonTime;
    /// assert_eq!(TooLittleCommonTime::minutes(1).meeting_minutes(30).meeting_minutes, 30);
    /// ```
    #[must_use]
    pub const fn meeting_minutes(self, meeting_minutes: u16) -> Self {
        Self {
            meeting_minutes,
            ..self
        }
    }

    /// The same with so many weeks in which there may be less.
    ///
    /// ```
    /// # use mentormatch::TooLittleCommonTime;
    /// assert_eq!(TooLittleCommonTime::minutes(60).weeks_below(2).weeks_below, 2);
    /// ```
    #[must_use]
    pub const fn weeks_below(self, weeks_below: u32) -> Self {
        Self {
            weeks_below,
            ..self
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{IfMissing, TooLittleCommonTime};
    /// let rule = TooLittleCommonTime::minutes(60).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub const fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for TooLittleCommonTime {
    fn name(&self) -> &str {
        "too_little_common_time"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        week_and_zone()
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        meetings_and_minutes(self.meeting_minutes, ("minutes", self.minutes))
    }

    /// Weekly windows are no field; without a zone they say nothing.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let minutes = u16::try_from(self.minutes).unwrap_or(u16::MAX);
        let measure = Measure::WeeksBelow(minutes);
        Ok(Box::new(Prepared {
            rows: common_time(context, self.name(), self.meeting_minutes, measure)?,
            allowed: self.weeks_below,
            unknown: self.if_missing.forbids(),
        }))
    }
}

struct Prepared {
    rows: Rows,
    allowed: u32, // weeks
    unknown: bool,
}

impl Prepared {
    fn verdict(&self, weeks: Option<u16>) -> bool {
        weeks.map_or(self.unknown, |weeks| u32::from(weeks) > self.allowed)
    }
}

impl ForbidRow for Prepared {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.verdict(self.rows.pair(mentee, mentor))
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        let verdict = |weeks| self.verdict(weeks);
        self.rows.row(mentee, row, verdict, |forbidden, verdict| {
            *forbidden |= verdict;
        });
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        self.rows.class(mentee)
    }

    fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}
