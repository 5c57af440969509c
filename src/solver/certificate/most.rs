//! The most that a level can come to, whatever the prices: so no bound need be higher.
//!
//! # Why it is sound
//! Take any assignment that keeps the maxima. Nobody has more pairs than their maximum, or than there are people on the
//! other side, and a group has no more than its members together; so neither side has more pairs than its outermost
//! groups, and those in no group, come to. Each mentee who takes part has a pair of her own, and a pair fills no more
//! than one place of each of its two people. A place that is taken is
//! worth what it is, and one that is not nothing: at most the sum of all that are worth more than nothing. What is true
//! of every assignment is true of those that are best at the levels before: the lower of this and what prices prove is
//! a bound too. It is told from people, places and the level alone, not from pairs: so whoever checks a bound comes to
//! the same, be the same pairs a matrix or listed.
//!
//! Scores are not looked at, so of a total score nothing is said.
//!
//! # Complexity
//! O(people + groups + values listed).

use super::super::level::{Level, Owner};
use super::super::problem::{Problem, Side};
use super::proof::Proof;

impl Proof<'_> {
    /// What is proved of a level: to no more can it come than what all pairs, which could add so much, and all places
    /// could add, nor than the [`most`].
    pub(super) fn highest(&self, level: usize, of_pairs: i128) -> i128 {
        let proved = of_pairs + self.place_gains(level);
        most(self.problem, &self.levels[level]).map_or(proved, |most| proved.min(most))
    }
}

/// The most that any assignment is worth at a level; `None` where that is a matter of scores.
pub(super) fn most(problem: &Problem<'_>, level: &Level) -> Option<i128> {
    match level {
        Level::Avoid { .. } => Some(0),
        Level::Pairs => Some(pairs(problem, u32::MAX).into()),
        Level::Participation => Some(pairs(problem, 1).into()),
        Level::Minimums => Some(minimums(problem)),
        Level::Places { .. } | Level::GroupPlaces { .. } => Some(places(problem, level)),
        Level::Listed(listed) => Some(listed.sum_above_zero()),
        Level::TotalScore
        | Level::ScoreAnd(_)
        | Level::ScoreWithGroups { .. }
        | Level::Unchanged(_) => None,
    }
}

/// How many pairs there can be in which each mentee has so many.
fn pairs(problem: &Problem<'_>, each: u32) -> u64 {
    let mentee = |at| u64::from(Owner::Mentee(at).places(problem).min(each));
    let mentor = |at| u64::from(Owner::Mentor(at).places(problem));
    let of_mentees = reach(&problem.mentees, mentee);
    of_mentees.min(reach(&problem.mentors, mentor))
}

/// What a side can have, if each of its people can have so much and no group more than its maximum.
fn reach(side: &Side, own: impl Fn(usize) -> u64) -> u64 {
    let groups = &side.groups;
    let (mut within, mut outside) = (vec![0u64; groups.len()], 0u64);
    let mut add = |within: &mut [u64], group: Option<usize>, reach: u64| {
        let sum = group.map_or(&mut outside, |group| &mut within[group]);
        *sum = sum.saturating_add(reach);
    };
    for person in 0..side.len() {
        add(&mut within, groups.of(person), own(person));
    }
    // A larger group comes after those in it.
    for group in 0..groups.len() {
        let reach = within[group].min(u64::from(groups.max[group]));
        add(&mut within, groups.above(group), reach);
    }
    outside
}

/// How many places of minimums can be filled: a pair fills one of its mentee's and one of its mentor's.
fn minimums(problem: &Problem<'_>) -> i128 {
    let (mut mentees, mut mentors, mut groups) = (0u64, 0u64, 0u64);
    for owner in Owner::all(problem) {
        let sum = match owner {
            Owner::Mentee(_) => &mut mentees,
            Owner::Mentor(_) => &mut mentors,
            Owner::MenteeGroup(_) | Owner::MentorGroup(_) => &mut groups,
        };
        *sum += u64::from(owner.min(problem).min(owner.places(problem)));
    }
    let pairs = pairs(problem, u32::MAX);
    i128::from(mentees.min(pairs)) + i128::from(mentors.min(pairs)) + i128::from(groups)
}

/// What all places together are worth that are worth something.
fn places(problem: &Problem<'_>, level: &Level) -> i128 {
    let worth = |owner: Owner| {
        let mut left = owner.places(problem);
        let steps = level.steps(problem, owner);
        let worth = steps.iter().map(|step| {
            let taken = step.places.min(left);
            left -= taken;
            i128::from(taken) * i128::from(step.value.max(0))
        });
        worth.sum::<i128>()
    };
    Owner::all(problem).map(worth).sum()
}

#[cfg(test)]
mod tests;
