//! What is known of two people's time in common.

use std::collections::BTreeMap;

use super::clock::{Clock, JointKind, joint_kinds, stretch};
use super::span::{LONGEST_MEETING, Span, beginnings, hours, in_common};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Cohort, Profile};
use crate::period::Period;

/// How much time two people have in common over a period, week by week.
///
/// Minutes are those of a week at which a meeting could begin; see
/// [`CommonTime`](crate::CommonTime) for what is counted.
///
/// ```
/// use mentormatch::{Cohort, MenteeIdx, MentorIdx, Period, Profile, Window};
///
/// let mut ana = Profile::new("ana").time_zone("Europe/London");
/// ana.availability = Window::parse("wed 16:00-17:00")?;
/// let mut boris = Profile::new("boris").time_zone("America/New_York");
/// boris.availability = Window::parse("wed 12:00-13:00")?;
/// let cohort = Cohort::new([ana.mentor(1)], [boris.mentee()])?;
///
/// // Their clocks are 5 hours apart, but 4 where only one of them is put forward.
/// let year = Period::new("2026-01-01".parse()?, "2026-12-30".parse()?)?;
/// let pair = (MenteeIdx::new(0), MentorIdx::new(0));
/// let common = cohort.time_in_common(pair.0, pair.1, year, 1).expect("both say when");
/// assert_eq!(common.distribution(), [(0, 48), (60, 4)]);
/// assert_eq!((common.minimum(), common.typical()), (0, 0));
/// assert_eq!(common.weeks_below(60), 48);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeInCommon {
    weeks: Vec<(u16, u16)>, // minutes and how many weeks have them; ascending; not empty
}

impl TimeInCommon {
    /// Of weeks with so many minutes each.
    pub(super) fn of(weeks: impl IntoIterator<Item = (u16, u16)>) -> Self {
        let mut counted = BTreeMap::new();
        for (minutes, weeks) in weeks {
            *counted.entry(minutes).or_insert(0) += weeks;
        }
        Self {
            weeks: counted.into_iter().collect(),
        }
    }

    /// Minutes a week, ascending, and how many weeks have as many.
    #[must_use]
    pub fn distribution(&self) -> &[(u16, u16)] {
        &self.weeks
    }

    /// How many weeks are counted.
    #[must_use]
    pub fn weeks(&self) -> u16 {
        self.weeks.iter().map(|&(_, weeks)| weeks).sum()
    }

    /// The minutes of the worst week.
    #[must_use]
    pub fn minimum(&self) -> u16 {
        self.weeks.first().map_or(0, |&(minutes, _)| minutes)
    }

    /// The minutes of the typical week: the lower median.
    #[must_use]
    pub fn typical(&self) -> u16 {
        let mut before = self.weeks().saturating_sub(1) / 2; // weeks that are no better
        for &(minutes, weeks) in &self.weeks {
            if before < weeks {
                return minutes;
            }
            before -= weeks;
        }
        0
    }

    /// How many weeks have fewer minutes than this.
    #[must_use]
    pub fn weeks_below(&self, minutes: u16) -> u16 {
        let below = self.weeks.iter().filter(|&&(own, _)| own < minutes);
        below.map(|&(_, weeks)| weeks).sum()
    }

    pub(super) fn measure(&self, measure: Measure) -> u16 {
        match measure {
            Measure::Typical => self.typical(),
            Measure::Minimum => self.minimum(),
            Measure::WeeksBelow(minutes) => self.weeks_below(minutes),
        }
    }
}

/// One number that weeks are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Minutes of the typical week.
    Typical,
    /// Minutes of the worst week.
    Minimum,
    /// Weeks with fewer minutes than this.
    WeeksBelow(u16),
}

impl Cohort {
    /// How much time a mentee and a mentor have in common over a period, for meetings of so many
    /// minutes (1 to 1440; less counts as 1, more as 1440).
    ///
    /// `None` where either side states no window or no time zone. See
    /// [`CommonTime`](crate::CommonTime) for what is counted. Takes some microseconds.
    ///
    /// ```
    /// # use mentormatch::{Cohort, MenteeIdx, MentorIdx, Period, Profile, Window};
    /// let mut ana = Profile::new("ana").time_zone("Asia/Kathmandu");
    /// ana.availability = Window::parse("mon-fri 16:00-18:00")?;
    /// let mut boris = Profile::new("boris").time_zone("UTC");
    /// boris.availability = Window::parse("mon-thu 11:00-17:00")?;
    /// let cohort = Cohort::new([ana.mentor(1)], [boris.mentee()])?;
    ///
    /// let period = Period::new("2026-09-01".parse()?, "2026-12-31".parse()?)?;
    /// let pair = (MenteeIdx::new(0), MentorIdx::new(0));
    /// let common = |meeting| Some(cohort.time_in_common(pair.0, pair.1, period, meeting)?.typical());
    /// assert_eq!(common(1), Some(4 * 75)); // from 11:00 to 12:15 UTC
    /// assert_eq!(common(60), Some(4 * 16)); // and an hour can begin until 11:15
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn time_in_common(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
        period: Period,
        meeting_minutes: u16,
    ) -> Option<TimeInCommon> {
        let meeting = meeting_minutes.clamp(1, LONGEST_MEETING);
        let over = stretch(period, meeting);
        let one = &self.mentees().get(mentee.index())?.profile;
        let other = &self.mentors().get(mentor.index())?.profile;
        let offsets = (
            self.mentee_offsets(mentee, over)?,
            self.mentor_offsets(mentor, over)?,
        );
        if one.availability.is_empty() || other.availability.is_empty() {
            return None;
        }
        let clocks = (
            Clock::new(&offsets.0, period, meeting),
            Clock::new(&offsets.1, period, meeting),
        );
        let (one, other) = (
            begin(one, &clocks.0, meeting),
            begin(other, &clocks.1, meeting),
        );
        let kinds = joint_kinds(&clocks.0, &clocks.1);
        let minutes = |kind: JointKind| in_common(&one[kind.mentee], &other[kind.mentor]);
        let weeks = kinds.into_iter().map(|kind| (minutes(kind), kind.weeks));
        Some(TimeInCommon::of(weeks))
    }
}

/// When somebody can begin a meeting, by kind of week.
fn begin(person: &Profile, clock: &Clock, meeting: u16) -> Vec<Vec<Span>> {
    let hours = hours(&person.availability);
    let kinds = clock.kinds.iter();
    kinds
        .map(|kind| beginnings(&hours, kind, meeting))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typical_week_is_the_lower_median() {
        let typical = |weeks: &[(u16, u16)]| TimeInCommon::of(weeks.iter().copied()).typical();
        assert_eq!(typical(&[(30, 1)]), 30);
        assert_eq!(typical(&[(60, 1), (0, 1)]), 0);
        assert_eq!(typical(&[(60, 2), (0, 1)]), 60);
        assert_eq!(typical(&[(60, 2), (0, 1), (30, 1)]), 30);
        assert_eq!(typical(&[(60, 26), (0, 26)]), 0);
        assert_eq!(typical(&[(60, 27), (0, 26)]), 60);
    }
}
