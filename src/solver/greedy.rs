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
//! O(pairs) for those that are offered, times the levels and the mentee's mentors if they are not refused at once.

mod best_first;

use std::cmp::Ordering;

use super::assignment::Assignment;
use super::candidate_lists::Pair;
use super::control::Control;
use super::level::{Level, Owner};
use super::problem::Problem;
use super::walk::position;
pub(super) use best_first::bytes;

/// A legal assignment, and what it is worth at each level.
pub(super) struct Greedy<'a> {
    problem: &'a Problem<'a>,
    levels: &'a [Level],
    /// In the order of [`Owner::all`].
    loads: Vec<u32>,
    /// By mentee: her first mentor, if she has any, and the others. Most have one, and to free a list of one for each
    /// of a million takes longer than a cancelled call may.
    first: Vec<Option<u32>>,
    others: Vec<Vec<u32>>,
    value: Vec<i128>,
    /// Of the pair that is offered: its ends and the groups above them, and what it would add.
    owners: Vec<Owner>,
    gain: Vec<i64>,
    /// A level at which every pair must gain for the time being.
    must_gain_at: Option<usize>,
}

/// The best of what comes of offering each of these starts, and nothing, and then all pairs, the best first, be it those
/// first that fill a minimum; whatever is `due` comes before all.
pub(super) fn best<'a>(
    problem: &'a Problem<'a>,
    levels: &'a [Level],
    (due, starts): (&[Pair], &[Vec<Pair>]),
    control: &Control<'_>,
) -> Greedy<'a> {
    let of = |start: &[Pair], minimums: Option<usize>| {
        let mut greedy = Greedy::new(problem, levels);
        greedy.offer_all(due, control);
        greedy.offer_all(start, control);
        if minimums.is_some() {
            greedy.must_gain_at = minimums;
            greedy.offer_best_first(control);
            greedy.must_gain_at = None;
        }
        greedy.offer_best_first(control);
        greedy
    };
    let minimums = minimums(levels);
    let starts = starts.iter().filter(|start| !start.is_empty());
    let starts = starts.map(Vec::as_slice);
    let starts = starts.chain(minimums.is_some().then_some(&[][..]));
    starts.fold(of(&[], None), |best, start| {
        of(start, minimums).better(best)
    })
}

/// The level of minimums, if nothing but listed pairs comes before it.
fn minimums(levels: &[Level]) -> Option<usize> {
    let at = levels.iter().position(|level| *level == Level::Minimums)?;
    let are_listed = levels[..at].iter().all(|level| level.listed().is_some());
    are_listed.then_some(at)
}

impl<'a> Greedy<'a> {
    /// Nobody is paired.
    pub(super) fn new(problem: &'a Problem<'a>, levels: &'a [Level]) -> Self {
        Self {
            problem,
            levels,
            loads: vec![0; problem.nodes()],
            first: vec![None; problem.mentees()],
            others: vec![Vec::new(); problem.mentees()],
            value: vec![0; levels.len()],
            owners: Vec::new(),
            gain: vec![0; levels.len()],
            must_gain_at: None,
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
        let mentees = (0u32..).zip(self.first.iter().zip(&self.others));
        let pairs = mentees.flat_map(|(mentee, (first, others))| {
            let mentors = first.iter().chain(others);
            mentors.map(move |&mentor| (mentee, mentor))
        });
        Assignment::from_pairs(self.problem.mentees(), pairs)
    }

    fn offer(&mut self, (mentee, mentor, score): Pair) {
        self.note_owners(mentee, mentor);
        let has_room = self.owners.iter().all(|&owner| self.has_room(owner));
        if !has_room || self.is_taken(mentee, mentor) || !self.gains(mentee, mentor, score) {
            return;
        }
        match &mut self.first[mentee] {
            Some(_) => self.others[mentee].push(position(mentor)),
            first => *first = Some(position(mentor)),
        }
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
        let own = self.first[mentee].iter().chain(&self.others[mentee]);
        let mut own = own.map(|&own| own as usize);
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

    /// What somebody's next place is worth.
    fn next_place_value(&self, level: &Level, owner: Owner) -> i64 {
        let place = self.loads[owner.number(self.problem)] + 1;
        level.place_value(self.problem, owner, place)
    }

    /// Whether the pair adds something at the first level at which it changes anything.
    fn gains(&mut self, mentee: usize, mentor: usize, score: i32) -> bool {
        for (at, level) in self.levels.iter().enumerate() {
            let places = self.owners.iter();
            let places = places.map(|&owner| self.next_place_value(level, owner));
            self.gain[at] = level.pair_value(mentee, mentor, score) + places.sum::<i64>();
        }
        if self.must_gain_at.is_some_and(|level| self.gain[level] <= 0) {
            return false;
        }
        let mut signs = self.gain.iter().map(|gain| gain.cmp(&0));
        signs.find(|sign| sign.is_ne()) == Some(Ordering::Greater)
    }
}

#[cfg(test)]
mod tests;
