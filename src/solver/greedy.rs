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

use super::assignment::Assignment;
use super::candidate_lists::Pair;
use super::control::Control;
use super::level::{Level, Owner};
use super::problem::Problem;

/// A legal assignment, and what it is worth at each level.
pub(super) struct Greedy<'a> {
    problem: &'a Problem<'a>,
    levels: &'a [Level],
    /// In the order of [`Owner::all`].
    loads: Vec<u32>,
    /// By mentee.
    chosen: Vec<Vec<u32>>,
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
            chosen: vec![Vec::new(); problem.mentees()],
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
        let pairs = self.chosen.iter().zip(0u32..);
        let pairs = pairs.flat_map(|(mentors, mentee)| mentors.iter().map(move |&j| (mentee, j)));
        Assignment::from_pairs(self.problem.mentees(), pairs)
    }

    fn offer(&mut self, (mentee, mentor, score): Pair) {
        self.note_owners(mentee, mentor);
        let number = u32::try_from(mentor).unwrap_or(u32::MAX);
        let has_room = self.owners.iter().all(|&owner| self.has_room(owner));
        if !has_room || self.is_taken(mentee, mentor) || !self.gains(mentee, mentor, score) {
            return;
        }
        self.chosen[mentee].push(number);
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
        let mut own = self.chosen[mentee].iter().map(|&own| own as usize);
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
