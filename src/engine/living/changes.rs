//! Who moves from one plan to another.

use std::collections::BTreeMap;

use super::plan::{Plan, State};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::reasons::PersonMove;
use crate::report::ObjectiveValue;
use crate::solver::Assignment;

/// What is different in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChanges {
    /// Who moves, as chains: each move takes the place that the next one gives up. Chains that begin with somebody who
    /// had nobody come first, and those come last in which somebody only gives up a place that nobody takes, since she
    /// left or waits now; each move is in one chain.
    pub chains: Vec<Vec<PersonMove>>,
    /// What the earlier plan is worth by each objective.
    pub before: Vec<ObjectiveValue>,
    /// What this one is worth.
    pub after: Vec<ObjectiveValue>,
}

impl PlanChanges {
    /// How many pairs of the earlier plan are no more.
    #[must_use]
    pub fn pairs_given_up(&self) -> usize {
        self.chains
            .iter()
            .flatten()
            .filter(|one| one.from.is_some())
            .count()
    }

    /// Everybody who moves.
    pub fn moves(&self) -> impl Iterator<Item = &PersonMove> {
        self.chains.iter().flatten()
    }
}

impl Plan {
    /// What is different from an earlier plan of the same programme: who moves, and what the objectives
    /// come to. Pairs of people who have left since count as given up.
    ///
    /// An example is at [`Plan`].
    ///
    /// # Complexity
    /// One step for each person and pair.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self) -> PlanChanges {
        PlanChanges {
            chains: chains(moves(&earlier.0, (&self.0, &self.0.solution.assignment))),
            before: earlier.objectives(),
            after: self.objectives(),
        }
    }
}

/// Who changes mentors from a plan to an assignment of another's people.
pub(super) fn moves(before: &State, (after, assignment): (&State, &Assignment)) -> Vec<PersonMove> {
    let mut found = Vec::new();
    let places = after.cohort.places_in(&before.cohort).0;
    let mut is_there = vec![false; before.cohort.mentees().len()];
    for (mentee, place) in MenteeIdx::all(places.len()).zip(places) {
        let place = place.map(MenteeIdx::new);
        let had = place.map_or(&[][..], |own| before.solution.assignment.mentors_of(own));
        let has = assignment.mentors_of(mentee);
        if let Some(place) = place {
            is_there[place.index()] = true;
        }
        let (had, has) = (ids(before, had), ids(after, has));
        let given_up = had.iter().filter(|id| !has.contains(id));
        let got = has.iter().filter(|id| !had.contains(id));
        found.extend(paired(&after.mentee_id(mentee), given_up, got));
    }
    let gone = MenteeIdx::all(is_there.len()).filter(|own| !is_there[own.index()]);
    for mentee in gone {
        let had = ids(before, before.solution.assignment.mentors_of(mentee));
        found.extend(paired(&before.mentee_id(mentee), had.iter(), [].iter()));
    }
    found.sort_unstable_by(|a, b| (&a.mentee, &a.to).cmp(&(&b.mentee, &b.to)));
    found
}

fn ids(state: &State, mentors: &[MentorIdx]) -> Vec<ParticipantId> {
    mentors
        .iter()
        .map(|&mentor| state.mentor_id(mentor))
        .collect()
}

/// Mentors given up and mentors got, as moves of one mentee.
fn paired<'i>(
    mentee: &ParticipantId,
    mut given_up: impl Iterator<Item = &'i ParticipantId>,
    mut got: impl Iterator<Item = &'i ParticipantId>,
) -> Vec<PersonMove> {
    let one = || {
        let (from, to) = (given_up.next().cloned(), got.next().cloned());
        let mentee = mentee.clone();
        (from.is_some() || to.is_some()).then_some(PersonMove { mentee, from, to })
    };
    std::iter::from_fn(one).collect()
}

/// The moves in chains.
pub(super) fn chains(moves: Vec<PersonMove>) -> Vec<Vec<PersonMove>> {
    let mut leaving: BTreeMap<ParticipantId, Vec<usize>> = BTreeMap::new();
    for (at, one) in moves.iter().enumerate().rev() {
        if let Some(from) = &one.from {
            leaving.entry(from.clone()).or_default().push(at);
        }
    }
    // Who has nobody now takes no place, so that her move can only end a chain.
    let rank = |one: &PersonMove| (one.from.is_some(), one.to.is_none());
    let mut starts: Vec<usize> = (0..moves.len()).collect();
    starts.sort_by_key(|&at| rank(&moves[at])); // stable: else in the order of mentees
    let mut is_told = vec![false; moves.len()];
    let mut chains = Vec::new();
    for start in starts {
        let (mut chain, mut next) = (Vec::new(), Some(start));
        while let Some(at) = next.filter(|&at| !is_told[at]) {
            is_told[at] = true;
            chain.push(moves[at].clone());
            let places = moves[at].to.as_ref().and_then(|to| leaving.get_mut(to));
            next = places.and_then(|places| {
                places.retain(|&other| !is_told[other]);
                places.pop()
            });
        }
        if !chain.is_empty() {
            chains.push(chain);
        }
    }
    chains
}
