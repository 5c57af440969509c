//! Groups whose quotas are used up.

use super::Evidence;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::scoring::{Family, Quotas};
use crate::solver::Assignment;

/// By group of mentees, and of mentors: how many pairs its members have.
pub(crate) struct FullGroups {
    mentees: Vec<usize>,
    mentors: Vec<usize>,
}

impl FullGroups {
    pub(crate) fn new(
        quotas: &Quotas,
        assignment: &Assignment,
        mentees_by_mentor: &[Vec<MenteeIdx>],
    ) -> Self {
        let mentees = MenteeIdx::all(assignment.mentees());
        let mentees = mentees.map(|mentee| assignment.mentors_of(mentee).len());
        Self {
            mentees: quotas.mentees.loads(mentees),
            mentors: quotas.mentors.loads(mentees_by_mentor.iter().map(Vec::len)),
        }
    }
}

impl Evidence<'_> {
    /// The name of the smallest group of a mentee's whose quota is used up.
    pub(super) fn full_group_of_mentee(&self, mentee: MenteeIdx) -> Option<&str> {
        let family = &self.scorer.quotas().mentees;
        full(family, &self.full_groups.mentees, mentee.index())
    }

    /// The name of the smallest group of a mentor's whose quota is used up.
    pub(super) fn full_group_of_mentor(&self, mentor: MentorIdx) -> Option<&str> {
        let family = &self.scorer.quotas().mentors;
        full(family, &self.full_groups.mentors, mentor.index())
    }

    /// By quota of a side that is not reached: its name, the pairs there are, the least.
    pub(crate) fn below_quota(&self, side: Role) -> impl Iterator<Item = (&str, usize, u32)> {
        let quotas = self.scorer.quotas();
        let (family, loads) = match side {
            Role::Mentee => (&quotas.mentees, &self.full_groups.mentees),
            Role::Mentor => (&quotas.mentors, &self.full_groups.mentors),
        };
        let groups = family.quotas.iter().zip(loads);
        let below = groups.filter(|(quota, load)| (**load as u64) < quota.at_least.into());
        below.map(|(quota, &load)| (quota.name.as_str(), load, quota.at_least))
    }
}

fn full<'a>(family: &'a Family, loads: &[usize], person: usize) -> Option<&'a str> {
    let is_full = |group: &usize| {
        let most = family.quotas[*group].at_most;
        most.is_some_and(|most| loads[*group] as u64 >= most.into())
    };
    let group = family.chain(person).find(is_full)?;
    Some(&family.quotas[group].name)
}
