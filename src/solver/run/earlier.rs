//! Prices of today at every level, from those of an earlier solution.
//!
//! # Idea
//! Everybody who was there keeps her prices. Somebody who is new gets the lowest ones at which no pair of hers
//! gains, nor a place of hers: then all that is wrong is that she has nobody yet.
//!
//! # Invariant
//! The prices are hints: nothing is concluded from them.
//!
//! # Complexity
//! A row or a column for each person who is new.

use super::super::certificate::Prices;
use super::super::control::Control;
use super::super::level::{Level, Owner};
use super::super::problem::{Access, Problem, RowBuffer};
use super::super::start::Start;
use super::super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};

/// A price this far out keeps somebody without places out of every pair; it tells nothing when she has some.
const BEYOND: i64 = 1 << 50;

/// Prices at every level, and who is new.
struct Earlier<'a, 'p> {
    problem: &'a Problem<'p>,
    levels: &'a [Level],
    prices: Vec<Prices>,
}

/// The prices of today; `None` if the earlier solution does not tell enough.
pub(super) fn prices(
    problem: &Problem<'_>,
    levels: &[Level],
    start: &Start,
    control: &Control<'_>,
) -> Option<Vec<Prices>> {
    let first = start.levels.first()?;
    if !start.tells_of(levels.len()) || problem.access() == Access::OnDemand {
        return None;
    }
    let mut earlier = Earlier::new(problem, levels, start);
    let is_new = |known: &[Option<i64>], at: usize| {
        let price = known.get(at).copied().flatten();
        price.is_none_or(|price| price.unsigned_abs() >= BEYOND.unsigned_abs())
    };
    let new = |known: &[Option<i64>], people: usize| {
        let all = (0..people).filter(|&at| is_new(known, at));
        all.collect::<Vec<_>>()
    };
    let mentees = new(&first.mentees, problem.mentees());
    for mentor in control.until_cancelled(new(&first.mentors, problem.mentors())) {
        earlier.price_mentor(mentor, &mentees);
    }
    for mentee in control.until_cancelled(mentees) {
        earlier.price_mentee(mentee);
    }
    Some(earlier.prices)
}

impl<'a, 'p> Earlier<'a, 'p> {
    fn new(problem: &'a Problem<'p>, levels: &'a [Level], start: &Start) -> Self {
        let known = |own: &[Option<i64>], people: usize| {
            let of = |at: usize| own.get(at).copied().flatten().unwrap_or(0);
            (0..people)
                .map(|at| of(at).clamp(-BEYOND, BEYOND))
                .collect()
        };
        let groups = |own: &[i64], groups: usize| {
            let of = |at: usize| own.get(at).copied().unwrap_or(0);
            (0..groups)
                .map(|at| of(at).clamp(-BEYOND, BEYOND))
                .collect()
        };
        let of_level = start.levels.iter().map(|own| Prices {
            mentees: known(&own.mentees, problem.mentees()),
            mentors: known(&own.mentors, problem.mentors()),
            mentee_groups: groups(&own.mentee_groups, problem.mentees.groups.len()),
            mentor_groups: groups(&own.mentor_groups, problem.mentors.groups.len()),
        });
        Self {
            problem,
            levels,
            prices: of_level.collect(),
        }
    }

    /// The prices at which the first place of somebody gains nothing.
    fn of_place(&self, owner: Owner) -> Vec<i64> {
        let both = self.levels.iter().zip(&self.prices);
        let of_level = both.map(|(level, prices)| {
            let above = prices.of(self.problem, owner).1;
            above - level.place_value(self.problem, owner, 1)
        });
        let mut own: Vec<i64> = of_level.collect();
        if owner.places(self.problem) == 0 {
            own[0] = BEYOND;
        }
        own
    }

    fn price_mentor(&mut self, mentor: usize, new: &[usize]) {
        let mut best = self.of_place(Owner::Mentor(mentor));
        let column = MentorIdx::new(position(mentor));
        for mentee in 0..self.problem.mentees() {
            if new.binary_search(&mentee).is_ok() {
                continue;
            }
            let row = MenteeIdx::new(position(mentee));
            if let Some(score) = self.problem.score(row, column) {
                let value = |level: usize| {
                    self.levels[level].pair_value(mentee, mentor, score)
                        - self.prices[level].mentees[mentee]
                };
                raise(&mut best, value);
            }
        }
        for (prices, best) in self.prices.iter_mut().zip(best) {
            prices.mentors[mentor] = best;
        }
    }

    fn price_mentee(&mut self, mentee: usize) {
        let mut best = self.of_place(Owner::Mentee(mentee));
        let mut buffer = RowBuffer::default();
        self.problem
            .for_each_allowed(mentee, &mut buffer, |mentor, score| {
                let mentor = mentor as usize;
                let value = |level: usize| {
                    self.levels[level].pair_value(mentee, mentor, score)
                        - self.prices[level].mentors[mentor]
                };
                raise(&mut best, value);
            });
        for (prices, best) in self.prices.iter_mut().zip(best) {
            prices.mentees[mentee] = best;
        }
    }
}

/// Replaces values by others that are higher at the first level at which they differ.
fn raise(best: &mut [i64], value: impl Fn(usize) -> i64) {
    let differs = (0..best.len()).find(|&level| value(level) != best[level]);
    if let Some(first) = differs.filter(|&level| value(level) > best[level]) {
        for (level, best) in best.iter_mut().enumerate().skip(first) {
            *best = value(level);
        }
    }
}
