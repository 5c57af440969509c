//! The most that a level can come to, whatever the prices: so no bound need be higher.
//!
//! # Why it is sound
//! Take any assignment that keeps the maxima. Nobody has more pairs than their maximum, or than there are people on the
//! other side, and a group has no more than its members together; so neither side has more pairs than its outermost
//! groups, and those in no group, come to. Each mentee who takes part has a pair of her own, and a pair fills no more
//! than one place of each of its two people. A place that is taken is
//! worth what it is, and one that is not nothing: at most the sum of all that are worth more than nothing. What is true
//! of every assignment is true of those that are best at the levels before: the lower of this and what prices prove is
//! a bound too. It is told from people, places, the level and what pairs are allowed: so whoever checks a bound comes to
//! the same, be the same pairs a matrix or listed.
//!
//! Where scores decide, each mentee has no more than the best of her pairs, as many as she wants, of those that prices
//! of the levels before do not forbid.
//!
//! # Complexity
//! O(people + groups + values listed), and O(log wanted) a pair at worst where scores decide.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::level::{Level, Owner, PairValues};
use super::super::problem::{Problem, Row, Side};
use super::pair_test::PairTest;
use super::proof::Proof;

/// What pairs could add at a level.
#[derive(Clone, Copy, Default)]
pub(super) struct Gains {
    /// All of them, at the prices.
    pub(super) at_prices: i128,
    /// The best of each mentee, whatever the prices; nothing where scores do not decide.
    pub(super) of_best: i128,
}

impl Gains {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            at_prices: self.at_prices + other.at_prices,
            of_best: self.of_best + other.of_best,
        }
    }
}

impl Proof<'_> {
    /// What is proved of a level: to no more can it come than what all pairs, which could add so much, and all places
    /// could add, nor than the most.
    pub(super) fn highest(&self, level: usize, of_pairs: Gains) -> i128 {
        let proved = of_pairs.at_prices + self.place_gains(level);
        let level = &self.levels[level];
        let of_scores = || of_pairs.of_best + places(self.problem, level);
        proved.min(most(self.problem, level).unwrap_or_else(of_scores))
    }

    /// What the best pairs of a mentee are worth at a level where scores decide, as many as she wants; none that `test`
    /// forbids.
    pub(super) fn of_best(
        &self,
        test: &PairTest<'_>,
        level: usize,
        mentee: usize,
        row: &Row<'_>,
    ) -> i128 {
        let level = &self.levels[level];
        let wanted = Owner::Mentee(mentee).places(self.problem);
        if !is_of_scores(level) || wanted == 0 {
            return 0;
        }
        let mut best = BinaryHeap::new(); // the least of them on top
        row.for_each(|mentor, score| {
            let mentor = mentor as usize;
            let value = level.pair_value(mentee, mentor, score);
            let is_full = best.len() == wanted as usize;
            let least = if is_full { best.peek() } else { None };
            let is_better = value > least.map_or(0, |&Reverse(least)| least);
            if is_better && test.sign(mentee, mentor, score).is_ge() {
                if is_full {
                    best.pop();
                }
                best.push(Reverse(value));
            }
        });
        best.into_iter()
            .map(|Reverse(value)| i128::from(value))
            .sum()
    }
}

/// Whether what a level comes to is a matter of scores.
fn is_of_scores(level: &Level) -> bool {
    matches!(
        level.pair_values(),
        PairValues::Score | PairValues::ScoreAnd(_) | PairValues::Unchanged(_)
    )
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
