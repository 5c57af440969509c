//! The groups that quotas bound, found among the people.
//!
//! # Problem
//! A quota names a group by an answer. The groups of one side must be laminar: any two are nested or
//! share nobody. Find each group's next larger one, or name the groups that cross.
//!
//! # Idea
//! In the order of their sizes, the groups of one person are a chain, each inside the next, if the family
//! is laminar; and all members of a group then agree on which group comes next. So each member says
//! what comes next, and where two disagree, the nearer of the two answers crosses the group: one member
//! is in it, the other is not, and it is no smaller.
//!
//! # Complexity
//! One step for each member of each group, after the groups are sorted.

use std::collections::BTreeSet;

use super::kinds::kinds;
use crate::criteria::{Columns, StatedValue, any_listed, millionths};
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MentorIdx, Role};
use crate::participant::{Attribute, Cohort, Field, fold};
use crate::programme::{Programme, Quota};

/// The groups of both sides, and the kinds of mentors.
#[derive(Clone, Default)]
pub(crate) struct Quotas {
    pub(crate) mentees: Family,
    pub(crate) mentors: Family,
    /// By mentor: her kind, of which a mentee has at most one; `None` for a kind of her own. Empty where mentees may
    /// have several of a kind.
    pub(crate) kinds: Vec<Option<u32>>,
    /// The field whose answers tell kinds.
    pub(crate) kinds_of: Option<Field>,
}

/// A laminar family of groups of one side; a larger group comes after those inside it.
#[derive(Clone, Default)]
pub(crate) struct Family {
    /// By person: the smallest group she is in; empty if there are no groups.
    pub(crate) group_of: Vec<Option<u32>>,
    /// By group: the next larger one.
    pub(crate) parents: Vec<Option<u32>>,
    /// By group: the quota that states it.
    pub(crate) quotas: Vec<Quota>,
}

impl Quotas {
    /// The programme's groups.
    ///
    /// # Errors
    /// Groups that cross, and answers that cannot be compared.
    pub(crate) fn new(programme: &Programme, cohort: &Cohort) -> Result<Self, ProgrammeError> {
        let mut problems = Vec::new();
        let quotas = Self::collect(programme, cohort, &mut problems);
        ProgrammeError::unless_empty(problems)?;
        Ok(quotas)
    }

    /// The programme's groups; reports those that cross, and answers that cannot be compared.
    pub(super) fn collect(
        programme: &Programme,
        cohort: &Cohort,
        problems: &mut Vec<ProgrammeProblem>,
    ) -> Self {
        Self {
            mentees: Family::of(Role::Mentee, programme, cohort, problems),
            mentors: Family::of(Role::Mentor, programme, cohort, problems),
            kinds: match programme
                .distinct_mentors()
                .map(|field| kinds(field, cohort))
            {
                None => Vec::new(),
                Some(Ok(kinds)) => kinds,
                Some(Err(error)) => {
                    problems.extend(error.into_problems());
                    Vec::new()
                }
            },
            kinds_of: programme.distinct_mentors().cloned(),
        }
    }

    /// Whether two mentors are of one kind, of which a mentee has at most one.
    pub(crate) fn are_alike(&self, one: MentorIdx, other: MentorIdx) -> bool {
        let kind = |mentor: MentorIdx| self.kinds.get(mentor.index()).copied().flatten();
        kind(one).is_some() && kind(one) == kind(other)
    }
}

impl Family {
    fn of(
        side: Role,
        programme: &Programme,
        cohort: &Cohort,
        problems: &mut Vec<ProgrammeProblem>,
    ) -> Self {
        let mut groups = Vec::new();
        for quota in programme.quotas().iter().filter(|own| own.side == side) {
            let listed = members(quota, cohort);
            match listed.map(|own| {
                if side == Role::Mentee {
                    own.mentees
                } else {
                    own.mentors
                }
            }) {
                Ok(listed) => groups.push((quota, listed)),
                Err(error) => problems.extend(error.into_problems()),
            }
        }
        let is_member = |own: &Option<bool>| *own == Some(true);
        groups.sort_by_cached_key(|(_, listed)| listed.iter().filter(|own| is_member(own)).count());
        let Some(people) = groups.first().map(|(_, listed)| listed.len()) else {
            return Self::default();
        };
        let chains = (0..people).map(|person| {
            let inside = (0_u32..).zip(&groups);
            let inside = inside.filter(|(_, (_, listed))| is_member(&listed[person]));
            inside.map(|(at, _)| at).collect()
        });
        let chains: Vec<Vec<u32>> = chains.collect();
        let quotas: Vec<Quota> = groups.into_iter().map(|(quota, _)| quota.clone()).collect();
        let parents = parents(&chains, quotas.len()).unwrap_or_else(|crossing| {
            let name = |at: u32| quotas[at as usize].name.clone();
            let named = crossing.into_iter();
            problems.extend(named.map(|(one, other)| ProgrammeProblem::QuotasCross {
                one: name(one),
                other: name(other),
            }));
            Vec::new()
        });
        Self {
            group_of: chains.iter().map(|chain| chain.first().copied()).collect(),
            parents,
            quotas,
        }
    }

    /// The groups a person is in, from the smallest on.
    pub(crate) fn chain(&self, person: usize) -> impl Iterator<Item = usize> {
        let first = self.group_of.get(person).copied().flatten();
        std::iter::successors(first, |&group| self.parents[group as usize])
            .map(|group| group as usize)
    }

    /// By group: the pairs its members have, who have so many each.
    pub(crate) fn loads(&self, each: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut loads = vec![0; self.quotas.len()];
        if !loads.is_empty() {
            for (person, load) in each.enumerate() {
                self.chain(person).for_each(|group| loads[group] += load);
            }
        }
        loads
    }
}

/// Whether people are in a quota's group. An attribute that nobody has is one for quotas only.
fn members(quota: &Quota, cohort: &Cohort) -> Result<Columns<Option<bool>>, ProgrammeError> {
    if let Field::Attribute(name) = &quota.field {
        let of_own = Columns::read(cohort, |own| Ok(own.attributes.contains_key(name)))?;
        if !of_own.mentees.iter().chain(&of_own.mentors).any(|&own| own) {
            return Columns::read(cohort, |own| {
                let answer = own.quota_attributes.get(name);
                Ok(answer.map(|answer| quota.one_of.iter().any(|value| is_answer(value, answer))))
            });
        }
    }
    any_listed(cohort, &quota.name, &quota.field, &quota.one_of)
}

/// Whether a stated value is an answer, or in it.
fn is_answer(value: &StatedValue, answer: &Attribute) -> bool {
    match (answer, value) {
        (Attribute::Choice(own), StatedValue::Text(text)) => fold(own) == fold(text),
        (Attribute::Set(own), StatedValue::Text(text)) => {
            own.iter().any(|own| fold(own) == fold(text))
        }
        (Attribute::Flag(own), StatedValue::Flag(flag)) => own == flag,
        (Attribute::Number(own), StatedValue::Number(number)) => {
            millionths(*own) == millionths(*number)
        }
        (Attribute::Ordinal { level, .. }, StatedValue::Number(number)) => {
            millionths((*level).into()) == millionths(*number)
        }
        _ => false,
    }
}

/// By group: the next larger one.
///
/// # Errors
/// The groups that cross, each two once.
fn parents(chains: &[Vec<u32>], groups: usize) -> Result<Vec<Option<u32>>, BTreeSet<(u32, u32)>> {
    let mut parents: Vec<Option<Option<u32>>> = vec![None; groups]; // `None` while nobody has said
    let mut crossing = BTreeSet::new();
    for chain in chains {
        for (at, &group) in chain.iter().enumerate() {
            let next = chain.get(at + 1).copied();
            let known = *parents[group as usize].get_or_insert(next);
            if known != next {
                let nearer = [known, next].into_iter().flatten().min();
                crossing.extend(nearer.map(|nearer| (group, nearer)));
            }
        }
    }
    if crossing.is_empty() {
        Ok(parents.into_iter().map(Option::flatten).collect())
    } else {
        Err(crossing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition: each two groups are nested or share nobody.
    fn is_laminar(chains: &[Vec<u32>], groups: u32) -> bool {
        let members = |group: u32| -> BTreeSet<usize> {
            let has = |at: &usize| chains[*at].contains(&group);
            (0..chains.len()).filter(has).collect()
        };
        (0..groups).all(|one| {
            (0..one).all(|other| {
                let (one, other) = (members(one), members(other));
                one.is_disjoint(&other) || one.is_subset(&other) || other.is_subset(&one)
            })
        })
    }

    #[test]
    fn members_agree_exactly_on_laminar_families() {
        let (people, groups) = (4, 3_u32);
        let mut laminar = 0;
        for family in 0..1_u32 << (people * groups) {
            let mut masks: Vec<u32> = (0..groups).map(|at| family >> (at * people) & 15).collect();
            masks.sort_by_key(|mask| mask.count_ones());
            let chain = |person| {
                let inside = (0..)
                    .zip(&masks)
                    .filter(|(_, mask)| **mask >> person & 1 == 1);
                inside.map(|(at, _)| at).collect()
            };
            let chains: Vec<Vec<u32>> = (0..people).map(chain).collect();
            let found = parents(&chains, masks.len());
            assert_eq!(found.is_ok(), is_laminar(&chains, groups), "{masks:?}");
            for (one, other) in found.err().unwrap_or_default() {
                let two = [masks[one as usize], masks[other as usize]];
                let both = two[0] & two[1];
                assert!(both != 0 && both != two[0] && both != two[1], "{masks:?}");
            }
            laminar += u32::from(is_laminar(&chains, groups));
        }
        assert!(laminar > 100 && laminar < 1 << (people * groups));
    }
}
