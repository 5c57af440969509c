//! What the groups that quotas are about came to.

use super::outcome::Outcome;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::Quota;

/// How many pairs a quota's group has.
///
/// An example is at [`Quota::target`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct QuotaLoad {
    /// The quota, with its bounds and its target.
    pub quota: Quota,
    /// Pairs of the group's members.
    pub pairs: u64,
}

impl Outcome {
    /// How many pairs the group of each of the programme's quotas has, in the programme's order.
    #[must_use]
    pub fn quota_loads(&self) -> Vec<QuotaLoad> {
        let (cohort, stages) = (self.cohort(), self.stages());
        let (quotas, assignment) = (
            stages.candidates.scorer().quotas(),
            &stages.solution.assignment,
        );
        let mentees = MenteeIdx::all(cohort.mentees().len());
        let mentees = mentees.map(|mentee| assignment.mentors_of(mentee).len());
        let mentors = MentorIdx::all(cohort.mentors().len());
        let mentors = mentors.map(|mentor| self.mentees_of(mentor).len());
        let of_mentees = (quotas.mentees.quotas.iter()).zip(quotas.mentees.loads(mentees));
        let of_mentors = (quotas.mentors.quotas.iter()).zip(quotas.mentors.loads(mentors));
        let loads = of_mentees
            .chain(of_mentors)
            .map(|(quota, pairs)| QuotaLoad {
                quota: quota.clone(),
                pairs: pairs as u64,
            });
        let mut loads: Vec<_> = loads.collect();
        let stated = self.programme().quotas();
        loads.sort_by_key(|load| stated.iter().position(|own| own.name == load.quota.name));
        loads
    }
}
