//! The optimal face of the levels before a tie-break, as a problem of its own.
//!
//! # Idea
//! Prices that prove an assignment optimal say of every pair what any other optimal assignment does
//! with it: one of positive reduced value is in all of them, one of negative reduced value in none, and
//! the rest, the *tight* pairs, are free to choose. Of places they say the same. So the optimal
//! assignments are the ways to choose among tight pairs that use in full whoever is worth more than
//! nothing, and ties are broken by solving that problem with pair hashes for scores.
//!
//! # Complexity
//! One parallel pass over the pairs; memory for the tight ones only.
//!
//! # References
//! A. Schrijver, *Combinatorial Optimization*, 2003, section 5.6 (complementary slackness and faces).

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::Control;
use super::error::ProblemError;
use super::level::{Level, Owner};
use super::problem::{Problem, Row, RowBuffer};
use super::tie_break::PairHash;
use super::unique::components;
use super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};

/// Scores compared at once.
const BLOCK: usize = 32;

/// A plain problem with an optimal assignment and the prices that prove it at all levels but the
/// tie-break.
pub(super) struct Optimum<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) levels: &'a [Level],
    /// By level.
    pub(super) prices: &'a [Prices],
    pub(super) assignment: &'a Assignment,
}

/// What optimal assignments have in common, and what is left to choose.
pub(super) struct Face {
    /// Compressed rows of the tight pairs.
    starts: Vec<u64>,
    mentors: Vec<u32>,
    /// Pairs in every optimal assignment.
    forced: Vec<(u32, u32)>,
    mentee_bounds: Bounds,
    mentor_bounds: Bounds,
}

/// By participant: the least and the most tight pairs she has.
#[derive(Default)]
struct Bounds {
    min: Vec<u32>,
    max: Vec<u32>,
}

impl Optimum<'_> {
    /// The face; `None` if it has more than `most` tight pairs, or if cancelled.
    pub(super) fn face(&self, most: usize, control: &Control<'_>) -> Option<Face> {
        let total = self
            .levels
            .iter()
            .position(|level| *level == Level::TotalScore)?;
        let prices = &self.prices[total];
        #[expect(clippy::cast_possible_truncation, reason = "compared modulo 2^32")]
        let low = prices.mentors.iter().map(|&price| price as i32).collect();
        let tight = Tight {
            optimum: self,
            prices,
            low,
        };
        let found = AtomicUsize::new(0);
        let parts = parallel::blocks(self.problem.extent(), |rows| {
            let is_wanted = found.load(Ordering::Relaxed) <= most && !control.is_cancelled();
            let part = if is_wanted {
                tight.rows(rows)
            } else {
                Part::default()
            };
            found.fetch_add(part.mentors.len(), Ordering::Relaxed);
            part
        });
        if found.into_inner() > most || control.is_cancelled() {
            return None;
        }
        let mut face = Face {
            starts: vec![0],
            mentors: Vec::with_capacity(parts.iter().map(|part| part.mentors.len()).sum()),
            forced: Vec::new(),
            mentee_bounds: Bounds::default(),
            mentor_bounds: Bounds::default(),
        };
        for part in control.until_cancelled(parts) {
            let start = face.mentors.len() as u64;
            face.starts
                .extend(part.ends.iter().map(|&end| start + end as u64));
            face.mentors.extend(part.mentors);
        }
        if control.is_cancelled() {
            return None;
        }
        self.bound(&mut face);
        Some(face)
    }

    /// Whether a pair is worth just its price at every level.
    fn is_tight(&self, mentee: usize, mentor: usize, score: i32) -> bool {
        let mut levels = self.levels.iter().zip(self.prices);
        levels.all(|(level, prices)| prices.reduced(level, mentee, mentor, score) == 0)
    }

    /// Tells forced pairs, and how often everybody is used beside them.
    fn bound(&self, face: &mut Face) {
        let is_tight = |&(mentee, mentor): &(MenteeIdx, MentorIdx)| {
            let row = face.row(mentee.index());
            row.binary_search(&mentor.get()).is_ok()
        };
        let forced = self.assignment.pairs().filter(|pair| !is_tight(pair));
        let forced: Vec<_> = forced.map(|(i, j)| (i.get(), j.get())).collect();
        let loads = self.assignment.loads(self.problem);
        let bounds = |owner: fn(usize) -> Owner, loads: &[u64]| {
            let mut bounds = Bounds::default();
            for (index, &load) in loads.iter().enumerate() {
                let owner = owner(index);
                let max = owner.places(self.problem);
                bounds.max.push(max);
                bounds.min.push(if self.must_be_full(owner, load) {
                    max
                } else {
                    0
                });
            }
            bounds
        };
        let mut mentees = bounds(Owner::Mentee, &loads.mentees);
        let mut mentors = bounds(Owner::Mentor, &loads.mentors);
        for &(mentee, mentor) in &forced {
            mentees.take_one(mentee);
            mentors.take_one(mentor);
        }
        (face.mentee_bounds, face.mentor_bounds, face.forced) = (mentees, mentors, forced);
    }

    /// Whether the last place that is taken is worth more than nothing at the first level at which it
    /// is worth anything. In a plain problem all places of one participant are.
    fn must_be_full(&self, owner: Owner, load: u64) -> bool {
        let Ok(place) = u32::try_from(load) else {
            return false;
        };
        let worth = |(level, prices): (&Level, &Prices)| {
            level.place_value(self.problem, owner, place) + prices.of(self.problem, owner).0
        };
        let mut worths = self.levels.iter().zip(self.prices).map(worth);
        place > 0
            && worths
                .find(|&worth| worth != 0)
                .is_some_and(|worth| worth > 0)
    }
}

impl Bounds {
    fn take_one(&mut self, index: u32) {
        let at = index as usize;
        self.max[at] = self.max[at].saturating_sub(1);
        self.min[at] = self.min[at].saturating_sub(1);
    }

    /// Who could as well have one more (`true`) or one less.
    fn open<'a>(
        &'a self,
        loads: &'a [u64],
        prices: &'a [i64],
    ) -> impl Iterator<Item = (usize, bool)> + 'a {
        let is_free = |&at: &usize| self.min[at] == 0 && prices[at] == 0;
        (0..self.max.len()).filter(is_free).flat_map(move |at| {
            let more = (loads[at] < u64::from(self.max[at])).then_some((at, true));
            let less = (loads[at] > 0).then_some((at, false));
            more.into_iter().chain(less)
        })
    }
}

/// The test for tight pairs.
struct Tight<'a> {
    optimum: &'a Optimum<'a>,
    /// Those of the total score.
    prices: &'a Prices,
    /// The mentors' prices modulo 2^32.
    low: Vec<i32>,
}

/// The tight pairs of some rows.
#[derive(Default)]
struct Part {
    /// Where each row ends.
    ends: Vec<usize>,
    mentors: Vec<u32>,
}

impl Tight<'_> {
    fn rows(&self, mentees: Range<usize>) -> Part {
        let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
        for mentee in mentees {
            if let Some(row) = self.optimum.problem.row(mentee, &mut buffer) {
                self.row(mentee, &row, &mut part.mentors);
            }
            part.ends.push(part.mentors.len());
        }
        part
    }

    fn row(&self, mentee: usize, row: &Row<'_>, found: &mut Vec<u32>) {
        let price = self.prices.mentees[mentee];
        let test = |found: &mut Vec<u32>, mentor: u32, score: i32| {
            let is_likely = i64::from(score) == price + self.prices.mentors[mentor as usize];
            if is_likely && self.optimum.is_tight(mentee, mentor as usize, score) {
                found.push(mentor);
            }
        };
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(|mentor, score| test(found, mentor, score));
        };
        // Equal modulo 2^32 first, which the compiler vectorises.
        #[expect(clippy::cast_possible_truncation, reason = "compared modulo 2^32")]
        let low = price as i32;
        let blocks = scores.chunks(BLOCK).zip(self.low.chunks(BLOCK));
        for ((block, prices), first) in blocks.zip((0..).step_by(BLOCK)) {
            let pairs = block.iter().zip(prices);
            let any = pairs.fold(0, |any, (&score, &mentor)| {
                any | i32::from(score.wrapping_sub(mentor) == low)
            });
            if any != 0 {
                for (&score, mentor) in block.iter().zip(first..) {
                    if Some(score) != absent {
                        test(found, mentor, score);
                    }
                }
            }
        }
    }
}

impl Face {
    fn span(&self, mentee: usize) -> Range<usize> {
        let at = |index: usize| usize::try_from(self.starts[index]).unwrap_or(usize::MAX);
        at(mentee)..at(mentee + 1)
    }

    fn row(&self, mentee: usize) -> &[u32] {
        &self.mentors[self.span(mentee)]
    }

    fn extent(&self) -> Extent {
        let rows = self.mentee_bounds.max.len();
        let columns = self.mentors.len() / rows.max(1);
        Extent { rows, columns }
    }

    /// The tight pairs' hashes; of no use if cancelled.
    pub(super) fn scores(&self, hash: &PairHash, control: &Control<'_>) -> Vec<i32> {
        let value =
            |(i, &j): (usize, &u32)| i32::try_from(hash.value(i, j as usize)).unwrap_or(i32::MAX);
        let parts = parallel::blocks(self.extent(), |mentees| {
            let pairs = mentees.flat_map(|i| self.row(i).iter().map(move |j| (i, j)));
            let pairs = pairs.take_while(|_| !control.watch().is_cancelled());
            pairs.map(value).collect::<Vec<i32>>()
        });
        let whole = parts.iter().map(Vec::len).sum();
        let mut scores = Vec::with_capacity(whole);
        for part in control.until_cancelled(parts) {
            scores.extend(part);
        }
        scores
    }

    /// The tight pairs, as nodes of which mentors come after mentees, that are worth just their price by
    /// these scores; any of them if cancelled.
    fn open(&self, scores: &[i32], prices: &Prices, control: &Control<'_>) -> Vec<(u32, u32)> {
        let mentees = position(self.mentee_bounds.max.len());
        let open_of = |mentee: usize| {
            let span = self.span(mentee);
            let pairs = self.mentors[span.clone()].iter().zip(&scores[span]);
            let price = prices.mentees[mentee];
            let is_open = move |&(&mentor, &score): &(&u32, &i32)| {
                i64::from(score) == price + prices.mentors[mentor as usize]
            };
            let open = pairs.filter(is_open);
            open.map(move |(&mentor, _)| (position(mentee), mentees + mentor))
        };
        let parts = parallel::blocks(self.extent(), |rows| {
            let rows = rows.take_while(|_| !control.watch().is_cancelled());
            rows.flat_map(open_of).collect::<Vec<_>>()
        });
        parts.concat()
    }

    /// The problem of choosing among tight pairs by these scores. Its optimum meets all minimums.
    pub(super) fn problem<'f>(&'f self, scores: &'f [i32]) -> Result<Problem<'f>, ProblemError> {
        let (mentees, mentors) = (&self.mentee_bounds, &self.mentor_bounds);
        Problem::sparse(mentors.max.len(), &self.starts, &self.mentors, scores)?
            .with_demands(mentees.max.clone())?
            .with_minimum_demands(mentees.min.clone())?
            .with_capacities(mentors.max.clone())?
            .with_minimum_loads(mentors.min.clone())
    }

    /// The assignment that a choice among tight pairs stands for.
    pub(super) fn assignment(&self, chosen: &Assignment) -> Assignment {
        let chosen = chosen.pairs().map(|(i, j)| (i.get(), j.get()));
        let forced = self.forced.iter().copied();
        Assignment::from_pairs(self.mentee_bounds.max.len(), chosen.chain(forced))
    }

    /// Whether no other choice is as good by these scores as one that these prices prove the best: no
    /// cycle of tight pairs, chosen ones backwards, leads from one to another.
    pub(super) fn is_unique(
        &self,
        scores: &[i32],
        chosen: &Assignment,
        prices: &Prices,
        control: &Control<'_>,
    ) -> bool {
        let mentees = position(self.mentee_bounds.max.len());
        let hub = mentees + position(self.mentor_bounds.max.len());
        let open = self.open(scores, prices, control);
        let direct = |&(i, j): &(u32, u32)| {
            let is_chosen = has(chosen, i, j - mentees);
            if is_chosen { (j, i) } else { (i, j) }
        };
        let mut edges: Vec<_> = control.until_cancelled(&open).map(direct).collect();
        let (mentee_loads, mentor_loads) = chosen.loads_by_side(self.mentor_bounds.max.len());
        // A unit of flow runs from the hub to a mentee, a mentor and back.
        let entries = self.mentee_bounds.open(&mentee_loads, &prices.mentees);
        edges.extend(entries.map(|(i, more)| {
            let i = position(i);
            if more { (hub, i) } else { (i, hub) }
        }));
        let exits = self.mentor_bounds.open(&mentor_loads, &prices.mentors);
        edges.extend(exits.map(|(j, more)| {
            let j = mentees + position(j);
            if more { (j, hub) } else { (hub, j) }
        }));
        let component = components(hub as usize + 1, &edges, control);
        let is_on_cycle = |&(i, j): &(u32, u32)| component[i as usize] == component[j as usize];
        !control.until_cancelled(&open).any(is_on_cycle)
    }
}

fn has(assignment: &Assignment, mentee: u32, mentor: u32) -> bool {
    let mentors = assignment.mentors_of(MenteeIdx::new(mentee));
    mentors.binary_search(&MentorIdx::new(mentor)).is_ok()
}

#[cfg(test)]
mod tests;
