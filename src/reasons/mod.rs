//! Why this pair, why not that one, why nobody: reasons as data. They only read.

mod unmatched;

mod why_not;

pub(crate) use unmatched::unmatched;
pub use unmatched::{Refused, TakenPartner, Unmatched, UnmatchedReason};
pub use why_not::WhyNot;
pub(crate) use why_not::why_not;

use crate::candidates::Candidates;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::scoring::Scorer;
use crate::solver::Assignment;

/// What reasons are read from: one finished run.
#[derive(Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub(crate) cohort: &'a Cohort,
    pub(crate) scorer: &'a Scorer,
    pub(crate) candidates: &'a Candidates,
    pub(crate) assignment: &'a Assignment,
    /// By mentor: her mentees.
    pub(crate) mentees_by_mentor: &'a [Vec<MenteeIdx>],
    /// Whether the assignment is proved optimal by every objective.
    pub(crate) proved: bool,
}

impl Evidence<'_> {
    fn has_room(&self, mentor: MentorIdx) -> bool {
        let load = self.mentees_by_mentor[mentor].len() as u64;
        load < u64::from(self.cohort.mentors()[mentor].capacity.max)
    }

    fn is_satisfied(&self, mentee: MenteeIdx) -> bool {
        let load = self.assignment.mentors_of(mentee).len() as u64;
        load >= u64::from(self.cohort.mentees()[mentee].demand.max)
    }
}
