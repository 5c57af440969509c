//! A legal assignment in no time: the best pair first.
//!
//! # Idea
//! A search that is stopped before its first level is solved holds a flow that is no assignment yet.
//! So the pairs it has come upon are offered one by one, then [all others](best_first), highest score
//! first. A pair is taken if nobody has too many by it and if it makes the assignment better at the
//! first level at which it changes anything.
//!
//! # Invariant
//! No maximum is exceeded, and the assignment is worth no less than an empty one. Nothing that is worth
//! something is lost on the way: places are worth less one by one, so a pair of a good assignment
//! is worth at least as much early on as at the end.
//!
//! # Complexity
//! O(pairs · log mentees), times the levels for those that are not refused at once.

mod best_first;

use std::cmp::Ordering;
use std::iter::successors;

use super::assignment::Assignment;
use super::candidate_lists::Pair;
use super::control::Control;
use super::level::{Level, Owner};
use super::problem::Problem;
use super::walk::position;

/// A legal assignment, and what it is worth at each level.
pub(super) struct Greedy<'a> {
    problem: &'a Problem<'a>,
    levels: &'a [Level],
    /// In the order of [`Owner::all`].
    loads: Vec<u32>,
    /// Mentee and mentor, in the order in which they were taken.
    chosen: Vec<(u32, u32)>,
    /// By chosen pair: the mentee's one before, if any.
    before: Vec<Option<u32>>,
    /// By mentee: her last chosen pair.
    last: Vec<Option<u32>>,
    value: Vec<i128>,
    /// Of the pair that is offered: its ends and the groups above them, and what it would add.
    owners: Vec<Owner>,
    gain: Vec<i64>,
}

impl<'a> Greedy<'a> {
    /// Nobody is paired.
    pub(super) fn new(problem: &'a Problem<'a>, levels: &'a [Level]) -> Self {
        Self {
            problem,
            levels,
            loads: vec![0; problem.nodes()],
            chosen: Vec::new(),
            before: Vec::new(),
            last: vec![None; problem.mentees()],
            value: vec![0; levels.len()],
            owners: Vec::new(),
            gain: vec![0; levels.len()],
        }
    }

    /// Offers pairs in this order.
    pub(super) fn offer_all(&mut self, pairs: &[Pair], control: &Control<'_>) {
        control
            .until_cancelled(pairs)
            .for_each(|&pair| self.offer(pair));
    }

    /// What it is worth, by level.
    pub(super) fn value(&self) -> &[i128] {
        &self.value
    }

    /// The one that is worth more, or the first.
    pub(super) fn better(self, other: Self) -> Self {
        if other.value > self.value {
            other
        } else {
            self
        }
    }

    pub(super) fn assignment(&self) -> Assignment {
        Assignment::from_pairs(self.problem.mentees(), self.chosen.iter().copied())
    }

    fn offer(&mut self, (mentee, mentor, score): Pair) {
        self.note_owners(mentee, mentor);
        let has_room = self.owners.iter().all(|&owner| self.has_room(owner));
        if !has_room || self.is_taken(mentee, mentor) || !self.gains(mentee, mentor, score) {
            return;
        }
        let number = position(self.chosen.len());
        self.chosen.push((position(mentee), position(mentor)));
        self.before.push(self.last[mentee].replace(number));
        for owner in &self.owners {
            self.loads[owner.number(self.problem)] += 1;
        }
        for (value, &gain) in self.value.iter_mut().zip(&self.gain) {
            *value += i128::from(gain);
        }
    }

    /// Whether a mentee has this mentor, or one of a kind of which she may have one.
    fn is_taken(&self, mentee: usize, mentor: usize) -> bool {
        let kind = self.problem.kind_for(mentee, mentor);
        let pairs = successors(self.last[mentee], |&pair| self.before[pair as usize]);
        let mut own = pairs.map(|pair| self.chosen[pair as usize].1 as usize);
        own.any(|own| own == mentor || kind.is_some() && self.problem.kind_for(mentee, own) == kind)
    }

    fn note_owners(&mut self, mentee: usize, mentor: usize) {
        self.owners.clear();
        for end in [Owner::Mentee(mentee), Owner::Mentor(mentor)] {
            let mut next = Some(end);
            while let Some(owner) = next {
                self.owners.push(owner);
                next = owner.above(self.problem);
            }
        }
    }

    fn has_room(&self, owner: Owner) -> bool {
        self.loads[owner.number(self.problem)] < owner.max(self.problem)
    }

    /// Whether the pair adds something at the first level at which it changes anything.
    fn gains(&mut self, mentee: usize, mentor: usize, score: i32) -> bool {
        for (gain, level) in self.gain.iter_mut().zip(self.levels) {
            let places = self.owners.iter().map(|&owner| {
                let place = self.loads[owner.number(self.problem)] + 1;
                level.place_value(self.problem, owner, place)
            });
            *gain = level.pair_value(mentee, mentor, score) + places.sum::<i64>();
        }
        let mut signs = self.gain.iter().map(|gain| gain.cmp(&0));
        signs.find(|sign| sign.is_ne()) == Some(Ordering::Greater)
    }
}

#[cfg(test)]
mod tests;
