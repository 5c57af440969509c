//! Each mentee's best pairs, longest row first looked at only when it can matter.
//!
//! # Idea
//! A row keeps a mentee's highest scores, best first, and the highest score it leaves out. Prices
//! are never negative, so a pair left out is worth at most that score: as long as the mentee's
//! profit is at least that much, nothing left out can matter. When it could, the row is widened,
//! and the answer stays exact over all allowed pairs although hardly any is ever looked at again.
//!
//! # Complexity
//! One parallel pass over the pairs. A block of scores is compared with a running threshold as a
//! whole, which the compiler vectorises; single scores are looked at only in blocks that hold one
//! above it.

use std::cmp::Reverse;

use super::best::Best;
use super::control::Control;
use super::problem::{Problem, Row, RowBuffer};
use crate::hash;
use crate::parallel;

/// A score and the mentor of the pair.
pub(super) type Candidate = (Reverse<i32>, u32);

/// Scores compared with the threshold at once.
const BLOCK: usize = 32;

/// A widened row is this many times as long.
const WIDER: usize = 4;

/// Every mentee's best pairs.
pub(super) struct Rows<'p> {
    problem: &'p Problem<'p>,
    /// Row `i` is `candidates[spans[i]]`; widened rows are at the end.
    spans: Vec<std::ops::Range<usize>>,
    candidates: Vec<Candidate>,
    /// By mentee: the highest score that the row leaves out.
    left_out: Vec<Option<i32>>,
    /// For rows that are widened.
    buffer: RowBuffer,
}

impl<'p> Rows<'p> {
    /// Each mentee's `length` highest scores; empty rows if cancelled meanwhile.
    pub(super) fn new(problem: &'p Problem<'p>, length: usize, control: &Control<'_>) -> Self {
        let found = parallel::map(problem.extent(), RowBuffer::default, |buffer, row| {
            if control.is_cancelled() {
                (Vec::new(), None)
            } else {
                best(problem, row, length, buffer)
            }
        });
        let mut rows = Self {
            problem,
            spans: Vec::with_capacity(found.len()),
            candidates: Vec::with_capacity(found.iter().map(|(row, _)| row.len()).sum()),
            left_out: Vec::with_capacity(found.len()),
            buffer: RowBuffer::default(),
        };
        for (candidates, left_out) in found {
            let start = rows.candidates.len();
            rows.candidates.extend(candidates);
            rows.spans.push(start..rows.candidates.len());
            rows.left_out.push(left_out);
        }
        rows
    }

    /// A mentee's listed pairs, best first.
    pub(super) fn row(&self, mentee: usize) -> &[Candidate] {
        &self.candidates[self.spans[mentee].clone()]
    }

    /// The highest score that a mentee's row leaves out.
    pub(super) fn left_out(&self, mentee: usize) -> Option<i32> {
        self.left_out[mentee]
    }

    /// Makes a row longer; what it held before stays at its front.
    pub(super) fn widen(&mut self, mentee: usize) {
        let length = (WIDER * self.spans[mentee].len()).max(1);
        let (candidates, left_out) = best(self.problem, mentee, length, &mut self.buffer);
        let start = self.candidates.len();
        self.candidates.extend(candidates);
        self.spans[mentee] = start..self.candidates.len();
        self.left_out[mentee] = left_out;
    }

    /// Pairs listed at present.
    pub(super) fn len(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }
}

/// The best pairs of one row, and the highest score left out.
///
/// Among equal scores those come first that a walk around the mentors meets first, and every mentee
/// starts that walk at a mentor of her own: if all did at the same one, they would all list the same
/// few mentors whenever scores are equal.
pub(super) fn best(
    problem: &Problem<'_>,
    row: usize,
    length: usize,
    buffer: &mut RowBuffer,
) -> (Vec<Candidate>, Option<i32>) {
    let start = start_of(row, problem.mentors());
    let mut best = Best::new(length);
    match problem.row(row, buffer) {
        Some(Row::Dense { scores, absent }) => {
            let (before, after) = scores.split_at(start);
            offer_all(&mut best, after, absent, 0);
            offer_all(&mut best, before, absent, after.len());
        }
        Some(sparse) => sparse.for_each(|mentor, score| {
            let mentor = mentor as usize;
            let step = if mentor >= start {
                mentor - start
            } else {
                mentor + problem.mentors() - start
            };
            best.offer((Reverse(score), position(step)));
        }),
        None => {}
    }
    let (found, left_out) = best.finish();
    let around = |step: u32| (step as usize + start) % problem.mentors().max(1);
    let candidates = found
        .into_iter()
        .map(|(score, step)| (score, position(around(step))));
    (
        candidates.collect(),
        left_out.map(|(Reverse(score), _)| score),
    )
}

/// Where a mentee's walk around the mentors starts.
fn start_of(row: usize, mentors: usize) -> usize {
    let spread = hash::spread(row as u64) >> 32;
    usize::try_from((spread * mentors as u64) >> 32).unwrap_or(0)
}

/// Offers a run of scores, the first of them at this step of the walk.
fn offer_all(best: &mut Best<Candidate>, scores: &[i32], absent: Option<i32>, first: usize) {
    for (block, steps) in scores.chunks(BLOCK).zip((first..).step_by(BLOCK)) {
        let highest = block
            .iter()
            .fold(i32::MIN, |highest, &score| highest.max(score));
        if best
            .left_out()
            .is_none_or(|(Reverse(left_out), _)| highest > left_out)
        {
            for (&score, step) in block.iter().zip(steps..) {
                if Some(score) != absent {
                    best.offer((Reverse(score), position(step)));
                }
            }
        }
    }
}

fn position(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::solver::Hooks;

    proptest! {
        #[test]
        fn rows_hold_the_best_and_bound_the_rest(
            scores in proptest::collection::vec(-3i32..4, 1..120),
            length in 1usize..9,
        ) {
            let problem = Problem::dense(1, scores.len(), scores.as_slice(), Some(-3)).unwrap();
            let hooks = Hooks::default();
            let mut rows = Rows::new(&problem, length, &Control::new(&hooks));
            let mut all: Vec<Candidate> = Vec::new();
            let mut buffer = RowBuffer::default();
            problem.for_each_allowed(0, &mut buffer, |mentor, score| all.push((Reverse(score), mentor)));
            all.sort_unstable();
            let mut before: Vec<Candidate> = Vec::new();
            for _ in 0..3 {
                let listed = rows.row(0).len();
                let scores = |row: &[Candidate]| row.iter().map(|pair| pair.0).collect::<Vec<_>>();
                prop_assert_eq!(scores(rows.row(0)), scores(&all[..listed]));
                prop_assert!(rows.row(0).iter().all(|pair| all.contains(pair)));
                prop_assert!(rows.row(0).starts_with(&before));
                before = rows.row(0).to_vec();
                let next = all.get(listed).map(|next| next.0.0);
                prop_assert_eq!(rows.left_out(0), next);
                rows.widen(0);
            }
        }
    }
}
