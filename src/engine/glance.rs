//! The result at a glance.

use super::outcome::Outcome;
use super::quota_loads::QuotaLoad;
use crate::date::CalendarDate;
use crate::ids::MentorIdx;
use crate::period::Period;
use crate::preflight;
use crate::report::{Figures, GroupPairs, Report};

impl Outcome {
    /// The result at a glance.
    ///
    /// # Complexity
    /// One pass over people and pairs, no score is looked at.
    #[must_use]
    pub fn report(&self) -> Report {
        let figures = Figures {
            objectives: self.objectives(),
            stable: self.programme().stable(),
            unmatched: self.unmatched(),
            wishes: self.wishes().clone(),
            loads: self.loads(),
            gap: self.gap(),
            shortfall: self.stages().shortfall(),
            groups: self.groups(),
            supply: preflight::supply(self.programme(), self.cohort()),
            clocks: self.day().map_or_else(Vec::new, |day| self.clocks(day)),
        };
        Report::new(self.programme().name(), self.matching(), figures)
    }

    fn groups(&self) -> Vec<GroupPairs> {
        let loads = self.quota_loads().into_iter();
        let groups = loads.map(|QuotaLoad { quota, pairs }| GroupPairs {
            group: quota.name,
            pairs,
            at_least: quota.at_least,
            at_most: quota.at_most,
            target: quota.target,
        });
        groups.collect()
    }

    /// How many mentors who take part have 0, 1, 2, … mentees.
    fn loads(&self) -> Vec<u64> {
        let mut counts = Vec::new();
        let mentors = self.cohort().mentors().iter();
        for (mentor, at) in mentors.zip(MentorIdx::all(self.cohort().mentors().len())) {
            let load = self.mentees_of(at).len();
            if mentor.profile.status.is_active() && mentor.capacity.max > 0 {
                counts.resize(counts.len().max(load + 1), 0);
                counts[load] += 1;
            }
        }
        counts
    }

    /// The day on which clocks are compared, if the programme states one.
    fn day(&self) -> Option<CalendarDate> {
        let first_day = self.programme().period().map(Period::first_day);
        self.programme().date().or(first_day)
    }

    /// By pair: how many minutes the mentee's and the mentor's clock are ahead of UTC.
    fn clocks(&self, day: CalendarDate) -> Vec<(i32, i32)> {
        let cohort = self.cohort();
        let pairs = self.stages().solution.assignment.pairs();
        let clocks = pairs.filter_map(|(mentee, mentor)| {
            let mentee = cohort.mentee_utc_offset_minutes(mentee, day)?;
            Some((mentee, cohort.mentor_utc_offset_minutes(mentor, day)?))
        });
        clocks.collect()
    }
}
