//! What places and quotas leave beside some pairs.
//!
//! # Complexity
//! A step of this takes the groups that the two people of a pair are in; to begin with, all people.

use std::collections::BTreeSet;

use super::plan::State;
use crate::ids::MenteeIdx;
use crate::participant::{Bounds, Profile};
use crate::scoring::{Family, PairIdx};

/// Places that are still free, of people and of the groups that quotas bound.
pub(super) struct Room<'a> {
    kinds: &'a [Option<u32>],
    /// Kinds of mentors that a mentee has one of.
    taken: BTreeSet<(MenteeIdx, u32)>,
    mentees: Side<'a>,
    mentors: Side<'a>,
}

/// One role's.
struct Side<'a> {
    family: &'a Family,
    /// By person; none for who takes no part.
    people: Vec<u64>,
    /// By group; `u64::MAX` without a limit.
    groups: Vec<u64>,
}

impl<'a> Room<'a> {
    /// All there is, beside no pair.
    pub(super) fn of(state: &'a State) -> Self {
        let mentees = state.cohort.mentees().iter();
        let mentors = state.cohort.mentors().iter();
        Self {
            kinds: &state.quotas.kinds,
            taken: BTreeSet::new(),
            mentees: Side::of(
                &state.quotas.mentees,
                mentees.map(|own| places(&own.profile, own.demand)),
            ),
            mentors: Side::of(
                &state.quotas.mentors,
                mentors.map(|own| places(&own.profile, own.capacity)),
            ),
        }
    }

    pub(super) fn has(&self, pair: PairIdx) -> bool {
        let is_taken = || {
            self.slot(pair)
                .is_some_and(|slot| self.taken.contains(&slot))
        };
        self.mentees.has(pair.0.index()) && self.mentors.has(pair.1.index()) && !is_taken()
    }

    /// The mentee and the kind of the mentor, of which she may have one.
    fn slot(&self, (mentee, mentor): PairIdx) -> Option<(MenteeIdx, u32)> {
        let kind = self.kinds.get(mentor.index()).copied().flatten();
        kind.map(|kind| (mentee, kind))
    }

    /// Takes the places of a pair, if there is room for it.
    pub(super) fn take(&mut self, pair: PairIdx) -> bool {
        let has_room = self.has(pair);
        if has_room {
            self.mentees.each(pair.0.index(), |free| *free -= 1);
            self.mentors.each(pair.1.index(), |free| *free -= 1);
            self.taken.extend(self.slot(pair));
        }
        has_room
    }

    /// Gives back the places of a pair that had taken them.
    pub(super) fn give_back(&mut self, pair: PairIdx) {
        self.mentees.each(pair.0.index(), |free| *free += 1);
        self.mentors.each(pair.1.index(), |free| *free += 1);
        if let Some(slot) = self.slot(pair) {
            self.taken.remove(&slot);
        }
    }
}

impl<'a> Side<'a> {
    fn of(family: &'a Family, people: impl Iterator<Item = u64>) -> Self {
        let quotas = family.quotas.iter();
        let most = quotas.map(|quota| quota.at_most.map_or(u64::MAX, u64::from));
        Self {
            family,
            people: people.collect(),
            groups: most.collect(),
        }
    }

    fn has(&self, person: usize) -> bool {
        let mut groups = self.family.chain(person);
        self.people[person] > 0 && groups.all(|group| self.groups[group] > 0)
    }

    fn each(&mut self, person: usize, change: impl Fn(&mut u64)) {
        change(&mut self.people[person]);
        for group in self.family.chain(person) {
            change(&mut self.groups[group]);
        }
    }
}

fn places(own: &Profile, bounds: Bounds) -> u64 {
    if own.status.is_active() {
        u64::from(bounds.max)
    } else {
        0
    }
}
