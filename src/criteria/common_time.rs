//! How much time both sides have in common.

use super::{BadScore, Context, Criterion, ScoreRow, fields_of};
use crate::common_time::{Calendar, LONGEST_MEETING, Measure, Rows, WEEK};
use crate::error::{ParameterProblem, ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::score::{Score, ratio};

/// How much time the two sides have in common in a week, up to what is enough.
///
/// The score is *minutes* / `enough_minutes`, at most 1. The minutes are those of the typical week
/// or of the worst one, as `judge` says. Symmetric. Missing when either side states no
/// [window](crate::Window) or no time zone.
///
/// # What is counted
/// A person is available at a minute (of UTC) if the local time of that minute's beginning, in
/// their time zone, lies in one of their weekly windows. Overlapping windows count once. Where a
/// clock is put back, the repeated hour counts twice; where it is put forward, the skipped one does
/// not count.
///
/// A week's minutes are those at which a stretch of at least `meeting_minutes`, in which both are
/// available, could *begin*: an hour in common has one minute at which a meeting of an hour can
/// begin, and 31 for one of half an hour. With `meeting_minutes` 1 they are the minutes in common.
/// A meeting may run over the end of its week, and over that of the period.
///
/// Weeks are spans of seven days from 00:00 UTC of the first day of the programme's period; days
/// left over at its end are in none. The typical week is the lower median.
///
/// [`Cohort::time_in_common`](crate::Cohort::time_in_common) gives a pair's minutes week by week.
///
/// # Errors
/// A programme that uses it must state a period.
///
/// ```
/// use mentormatch::{CommonTime, JudgedWeek, Programme};
///
/// // Full marks for those who can begin an hour's meeting at 120 minutes of their worst week.
/// let hours = CommonTime::enough_minutes(120).judge(JudgedWeek::Minimum);
/// let programme = Programme::builder()
///     .period("2026-09-01".parse()?, "2027-06-30".parse()?)
///     .weigh(3, hours)
///     .build()?;
/// assert!(Programme::builder().weigh(3, hours).build().is_err()); // which weeks?
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In files:
///
/// ```toml
/// criterion.common_time = { enough_minutes = 120, meeting_minutes = 45, judge = "minimum" }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CommonTime {
    /// How long a meeting is, `1..=1440`; 60 unless stated.
    #[cfg_attr(feature = "serde", serde(default = "hour"))]
    pub meeting_minutes: u16,
    /// The minutes a week that score 1, `1..=10080`.
    pub enough_minutes: u32,
    /// Which week counts; the typical one unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub judge: JudgedWeek,
}

/// The week by which a pair's time in common is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum JudgedWeek {
    /// The lower median of the period's weeks.
    #[default]
    Typical,
    /// The worst of the period's weeks.
    Minimum,
}

/// The length of a meeting unless stated.
pub(crate) const fn hour() -> u16 {
    60
}

impl CommonTime {
    /// So many minutes are enough for meetings of an hour, in the typical week.
    #[must_use]
    pub const fn enough_minutes(minutes: u32) -> Self {
        Self {
            meeting_minutes: hour(),
            enough_minutes: minutes,
            judge: JudgedWeek::Typical,
        }
    }

    /// The same for meetings of another length.
    ///
    /// ```
    /// # use mentormatch::CommonTime;
    /// assert_eq!(CommonTime::enough_minutes(120).meeting_minutes(30).meeting_minutes, 30);
    /// ```
    #[must_use]
    pub const fn meeting_minutes(self, meeting_minutes: u16) -> Self {
        Self {
            meeting_minutes,
            ..self
        }
    }

    /// The same judged by another week.
    ///
    /// ```
    /// # use mentormatch::{CommonTime, JudgedWeek};
    /// let worst = CommonTime::enough_minutes(120).judge(JudgedWeek::Minimum);
    /// assert_eq!(worst.judge, JudgedWeek::Minimum);
    /// ```
    #[must_use]
    pub const fn judge(self, judge: JudgedWeek) -> Self {
        Self { judge, ..self }
    }
}

impl Criterion for CommonTime {
    fn name(&self) -> &str {
        "common_time"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        week_and_zone()
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        meetings_and_minutes(
            self.meeting_minutes,
            ("enough_minutes", self.enough_minutes),
        )
    }

    /// Weekly windows are no field; without a zone they say nothing.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let measure = match self.judge {
            JudgedWeek::Typical => Measure::Typical,
            JudgedWeek::Minimum => Measure::Minimum,
        };
        let rows = common_time(context, self.name(), self.meeting_minutes, measure)?;
        let enough = self.enough_minutes.min(WEEK.into());
        let scores = (0..=enough).map(|minutes| Some(ratio(minutes.into(), enough.into())));
        Ok(Box::new(Prepared {
            rows,
            scores: scores.collect(),
        }))
    }
}

struct Prepared {
    rows: Rows,
    scores: Vec<Option<Score>>, // by minutes up to those that are enough
}

impl Prepared {
    fn score(&self, minutes: Option<u16>) -> Option<Score> {
        let minutes = usize::from(minutes?);
        self.scores[minutes.min(self.scores.len() - 1)]
    }
}

impl ScoreRow for Prepared {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(self.score(self.rows.pair(mentee, mentor)))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let verdict = |minutes| self.score(minutes);
        self.rows
            .row(mentee, row, verdict, |entry, score| *entry = score);
        Ok(())
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        self.rows.class(mentee)
    }

    fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}

/// What time in common is read from.
pub(crate) fn week_and_zone() -> Vec<(Role, Field)> {
    let week = fields_of(&Field::Availability, &Field::Availability);
    let zone = fields_of(&Field::TimeZone, &Field::TimeZone);
    [week, zone].concat()
}

/// Everybody's time in common, measured over the programme's period.
pub(crate) fn common_time(
    context: &Context<'_>,
    owner: &str,
    meeting: u16,
    measure: Measure,
) -> Result<Rows, ProgrammeError> {
    let period = context.period.ok_or_else(|| ProgrammeProblem::NoPeriod {
        owner: owner.to_owned(),
    })?;
    let meeting = meeting.clamp(1, LONGEST_MEETING);
    Ok(Rows::new(
        Calendar::new(context.cohort, period, meeting),
        measure,
    ))
}

/// What is wrong with the length of a meeting and with minutes a week.
pub(crate) fn meetings_and_minutes(
    meeting: u16,
    (name, minutes): (&'static str, u32),
) -> Vec<(&'static str, ParameterProblem)> {
    let bounds = [
        ("meeting_minutes", meeting.into(), LONGEST_MEETING),
        (name, minutes, WEEK),
    ];
    let outside = bounds
        .into_iter()
        .filter(|&(_, value, high)| !(1..=u32::from(high)).contains(&value));
    let problem = |high: u16| ParameterProblem::OutOfRange {
        low: 1,
        high: high.into(),
    };
    outside
        .map(|(name, _, high)| (name, problem(high)))
        .collect()
}
