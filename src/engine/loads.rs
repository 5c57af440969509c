//! How many places locks take, and what that stands against.

use std::collections::BTreeSet;

use super::decisions::AgainstLock;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Cohort;
use crate::scoring::{Family, PairIdx, Quotas, Refusal};

/// How many locks everybody, and every group, has.
pub(super) struct Loads<'a> {
    cohort: &'a Cohort,
    quotas: &'a Quotas,
    locked: &'a BTreeSet<PairIdx>,
    mentees: Vec<usize>,
    mentors: Vec<usize>,
    /// Of mentees, and of mentors.
    groups: [Vec<usize>; 2],
}

impl<'a> Loads<'a> {
    pub(super) fn new(
        cohort: &'a Cohort,
        quotas: &'a Quotas,
        locked: &'a BTreeSet<PairIdx>,
    ) -> Self {
        let mut mentees = vec![0; cohort.mentees().len()];
        let mut mentors = vec![0; cohort.mentors().len()];
        for &(mentee, mentor) in locked {
            mentees[mentee] += 1;
            mentors[mentor] += 1;
        }
        let groups = [
            quotas.mentees.loads(mentees.iter().copied()),
            quotas.mentors.loads(mentors.iter().copied()),
        ];
        Self {
            cohort,
            quotas,
            locked,
            mentees,
            mentors,
            groups,
        }
    }

    /// All that stands against a lock, given what forbids the pair.
    pub(super) fn against(
        &self,
        (mentee, mentor): PairIdx,
        refused: Vec<Refusal>,
    ) -> Vec<AgainstLock> {
        let mut against: Vec<_> = refused.into_iter().map(AgainstLock::Forbidden).collect();
        against.extend(self.of_mentee(mentee));
        against.extend(self.of_mentor(mentor));
        let quotas = self.quotas;
        let [mentees, mentors] = &self.groups;
        against.extend(crowded(&quotas.mentees, mentee.index(), mentees));
        against.extend(crowded(&quotas.mentors, mentor.index(), mentors));
        against.extend(self.alike((mentee, mentor)));
        against
    }

    /// The mentee's other locks with mentors of one kind.
    fn alike(&self, (mentee, mentor): PairIdx) -> impl Iterator<Item = AgainstLock> {
        let first = (mentee, MentorIdx::new(0));
        let own = self
            .locked
            .range(first..)
            .map_while(move |&(of, own)| (of == mentee).then_some(own));
        let alike = own.filter(move |&own| own != mentor && self.quotas.are_alike(own, mentor));
        alike.filter_map(|own| {
            Some(AgainstLock::OfOneKind {
                mentor: self.cohort.mentors()[own].profile.id.clone(),
                field: self.quotas.kinds_of.clone()?,
            })
        })
    }

    fn of_mentee(&self, mentee: MenteeIdx) -> Option<AgainstLock> {
        let (person, locks) = (&self.cohort.mentees()[mentee], self.mentees[mentee]);
        (locks as u64 > person.demand.max.into()).then(|| AgainstLock::Places {
            role: Role::Mentee,
            participant: person.profile.id.clone(),
            locks,
        })
    }

    fn of_mentor(&self, mentor: MentorIdx) -> Option<AgainstLock> {
        let (person, locks) = (&self.cohort.mentors()[mentor], self.mentors[mentor]);
        (locks as u64 > person.capacity.max.into()).then(|| AgainstLock::Places {
            role: Role::Mentor,
            participant: person.profile.id.clone(),
            locks,
        })
    }
}

/// A person's groups with more locks than their quotas.
fn crowded<'a>(
    family: &'a Family,
    person: usize,
    locks: &'a [usize],
) -> impl Iterator<Item = AgainstLock> + 'a {
    family.chain(person).filter_map(|group| {
        let (quota, locks) = (&family.quotas[group], locks[group]);
        let at_most = quota.at_most?;
        (locks as u64 > at_most.into()).then(|| AgainstLock::Quota {
            quota: quota.name.clone(),
            at_most,
            locks,
        })
    })
}
