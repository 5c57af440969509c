//! What a time zone's clock shows over the weeks of a period.

use std::collections::BTreeMap;

use super::span::WEEK;
use crate::participant::{Offset, Stretch};
use crate::period::Period;

/// From a minute of a week on, the local week is so many minutes further.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ahead {
    pub(super) at: u16,
    pub(super) ahead: u16, // below WEEK
}

/// What a clock shows over a week, counted from the week's beginning in UTC, and as long after it
/// as a meeting may run. In most weeks no clock changes: they are *steady*.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WeekKind(Vec<Ahead>); // ascending, from minute 0

impl WeekKind {
    /// A week in which the local week is always as far ahead.
    pub(super) fn steady(ahead: u16) -> Self {
        Self(vec![Ahead { at: 0, ahead }])
    }

    pub(super) fn stretches(&self) -> &[Ahead] {
        &self.0
    }

    /// How far the local week is ahead, if the clock does not change.
    pub(super) fn as_steady(&self) -> Option<u16> {
        match self.0[..] {
            [only] => Some(only.ahead),
            _ => None,
        }
    }
}

/// A clock over the weeks of a period.
#[derive(PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) kinds: Vec<WeekKind>, // each once
    pub(super) of_week: Vec<usize>,  // the kind, indexed by week
}

/// What of a period matters: its weeks, and after the last as much as a meeting may take.
pub(super) fn stretch(period: Period, meeting: u16) -> Stretch {
    Stretch {
        from: i64::from(period.first_day().day_number()) * 24 * 60,
        minutes: u32::from(period.weeks()) * u32::from(WEEK) + u32::from(meeting),
    }
}

impl Clock {
    /// From a clock's offsets over the period's [`stretch`].
    pub(super) fn new(offsets: &[Offset], period: Period, meeting: u16) -> Self {
        let since_monday = i32::from(period.first_weekday()) * 24 * 60;
        let ahead: Vec<(u32, u16)> = offsets
            .iter()
            .map(|own| {
                let ahead = (since_monday + own.ahead).rem_euclid(i32::from(WEEK));
                (own.at, u16::try_from(ahead).unwrap_or(0))
            })
            .collect();
        let mut clock = Self {
            kinds: Vec::new(),
            of_week: Vec::new(),
        };
        for week in 0..u32::from(period.weeks()) {
            let kind = week_kind(&ahead, week * u32::from(WEEK), WEEK + meeting - 1);
            let known = clock.kinds.iter().position(|known| *known == kind);
            clock.of_week.push(known.unwrap_or(clock.kinds.len()));
            if known.is_none() {
                clock.kinds.push(kind);
            }
        }
        clock
    }
}

/// The kind of the week that begins at minute `start`, of whose stretch `minutes` matter.
fn week_kind(ahead: &[(u32, u16)], start: u32, minutes: u16) -> WeekKind {
    let first = ahead.partition_point(|&(at, _)| at <= start) - 1; // the first is at 0
    let mut stretches = Vec::new();
    for &(at, ahead) in &ahead[first..] {
        match u16::try_from(at.saturating_sub(start)) {
            Ok(at) if at < minutes => stretches.push(Ahead { at, ahead }),
            _ => break,
        }
    }
    WeekKind(stretches)
}

/// Weeks that are of one kind for the mentee's clock and of one kind for the mentor's.
#[derive(Clone, Copy)]
pub(super) struct JointKind {
    pub(super) mentee: usize, // a kind of the mentee's clock
    pub(super) mentor: usize, // a kind of the mentor's clock
    pub(super) weeks: u16,    // at least 1
}

/// The joint kinds of two clocks over one period.
pub(super) fn joint_kinds(mentee: &Clock, mentor: &Clock) -> Vec<JointKind> {
    let mut weeks = BTreeMap::new();
    for kinds in mentee.of_week.iter().zip(&mentor.of_week) {
        *weeks.entry(kinds).or_insert(0) += 1;
    }
    let joint = weeks
        .into_iter()
        .map(|((&mentee, &mentor), weeks)| JointKind {
            mentee,
            mentor,
            weeks,
        });
    joint.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_weeks_with_a_change_differ() {
        let period = Period::new("2026-03-02".parse().unwrap(), "2026-04-19".parse().unwrap());
        let (winter, spring) = (60, 4 * u32::from(WEEK) - 23 * 60); // Sunday, 29 March, 1:00 UTC
        let offsets = [(0, winter), (spring, 120)].map(|(at, ahead)| Offset { at, ahead });
        let weeks = |meeting| Clock::new(&offsets, period.unwrap(), meeting).of_week;
        assert_eq!(weeks(1), [0, 0, 0, 1, 2, 2, 2]);

        // A clock that changes with the week concerns the meetings that begin before.
        let monday = [(0, 60), (4 * u32::from(WEEK), 120)].map(|(at, ahead)| Offset { at, ahead });
        let weeks = |meeting| Clock::new(&monday, period.unwrap(), meeting).of_week;
        assert_eq!(weeks(1), [0, 0, 0, 0, 1, 1, 1]);
        assert_eq!(weeks(2), [0, 0, 0, 1, 2, 2, 2]);
    }
}
