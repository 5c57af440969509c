//! Everybody's beginnings of meetings, and which weeks are alike for whom: the pair path.

use super::clock::{Clock, JointKind, joint_kinds};
use super::diaries::{Class, Clocks, Diaries};
use super::facts::{Measure, TimeInCommon};
use super::span::in_common;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::period::Period;

/// A cohort's time over a period, for meetings of one length.
pub(crate) struct Calendar {
    pub(super) meeting: u16,
    pub(super) clocks: Vec<Clock>,
    pub(super) kinds: Vec<Vec<JointKind>>, // by the mentee's clock × the mentor's
    pub(super) mentees: Diaries,
    pub(super) mentors: Diaries,
}

impl Calendar {
    /// `meeting` is 1 to [`LONGEST_MEETING`](super::LONGEST_MEETING).
    pub(crate) fn new(cohort: &Cohort, period: Period, meeting: u16) -> Self {
        let mut clocks = Clocks::new(period, meeting);
        let all: Vec<_> = MenteeIdx::all(cohort.mentees().len()).collect();
        let people = cohort.mentees().iter().map(|own| &own.profile);
        let mentees = Diaries::read(people, &mut clocks, |at, over| {
            cohort.mentee_offsets(all[at], over)
        });
        let all: Vec<_> = MentorIdx::all(cohort.mentors().len()).collect();
        let people = cohort.mentors().iter().map(|own| &own.profile);
        let mentors = Diaries::read(people, &mut clocks, |at, over| {
            cohort.mentor_offsets(all[at], over)
        });
        let clocks = clocks.into_vec();
        let with_all = |mentee| clocks.iter().map(move |mentor| joint_kinds(mentee, mentor));
        let kinds = clocks.iter().flat_map(with_all).collect();
        Self {
            meeting,
            clocks,
            kinds,
            mentees,
            mentors,
        }
    }

    /// What two people's weeks measure; `None` where an answer is missing.
    pub(crate) fn pair(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
        measure: Measure,
    ) -> Option<u16> {
        let mentee = self.mentees.classes.get(self.mentees.of[mentee])?;
        let mentor = self.mentors.classes.get(self.mentors.of[mentor])?;
        Some(self.classes(mentee, mentor).measure(measure))
    }

    pub(super) fn classes(&self, mentee: &Class, mentor: &Class) -> TimeInCommon {
        let kinds = self.kinds(mentee.clock, mentor.clock);
        TimeInCommon::of(kinds.iter().map(|kind| {
            let (one, other) = (&mentee.begin[kind.mentee], &mentor.begin[kind.mentor]);
            (in_common(one, other), kind.weeks)
        }))
    }

    pub(super) fn kinds(&self, mentee_clock: usize, mentor_clock: usize) -> &[JointKind] {
        &self.kinds[mentee_clock * self.clocks.len() + mentor_clock]
    }
}
