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

use super::control::Control;
use super::problem::{Problem, Scores};
use crate::parallel;

/// A score and the mentor of the pair; ordered best first, lower mentor first among equals.
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
}

impl<'p> Rows<'p> {
    /// Each mentee's `length` highest scores; empty rows if cancelled meanwhile.
    pub(super) fn new(problem: &'p Problem<'p>, length: usize, control: &Control<'_>) -> Self {
        let found = parallel::map(problem.mentees(), |row| {
            if control.is_cancelled() {
                (Vec::new(), None)
            } else {
                best(problem, row, length)
            }
        });
        let mut rows = Self {
            problem,
            spans: Vec::with_capacity(found.len()),
            candidates: Vec::with_capacity(found.iter().map(|(row, _)| row.len()).sum()),
            left_out: Vec::with_capacity(found.len()),
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
        let (candidates, left_out) = best(self.problem, mentee, length);
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
fn best(problem: &Problem<'_>, row: usize, length: usize) -> (Vec<Candidate>, Option<i32>) {
    let mut best = Best::new(length);
    match &problem.scores {
        Scores::Dense { scores, absent } => {
            let mentors = problem.mentors();
            best.offer_all(&scores[row * mentors..][..mentors], *absent);
        }
        Scores::Sparse { .. } => {
            problem.for_each_allowed(row, |mentor, score| best.offer(score, mentor));
        }
    }
    best.finish()
}

/// The best of what is offered, mentors ascending: three times as many are kept as are wanted, and
/// when there are more, the worst two thirds go.
struct Best {
    length: usize,
    kept: Vec<Candidate>,
    /// The highest score that was thrown away; nothing at or below it can be among the best.
    threshold: Option<i32>,
}

impl Best {
    fn new(length: usize) -> Self {
        Self {
            length,
            kept: Vec::new(),
            threshold: None,
        }
    }

    fn offer_all(&mut self, scores: &[i32], absent: Option<i32>) {
        for (first, block) in (0u32..).step_by(BLOCK).zip(scores.chunks(BLOCK)) {
            let highest = block
                .iter()
                .fold(i32::MIN, |highest, &score| highest.max(score));
            if self.threshold.is_none_or(|threshold| highest > threshold) {
                for (mentor, &score) in (first..).zip(block) {
                    if Some(score) != absent {
                        self.offer(score, mentor);
                    }
                }
            }
        }
    }

    fn offer(&mut self, score: i32, mentor: u32) {
        if self.threshold.is_none_or(|threshold| score > threshold) {
            self.kept.push((Reverse(score), mentor));
            if self.kept.len() >= self.length.saturating_mul(3) {
                self.prune();
            }
        }
    }

    fn prune(&mut self) {
        if self.kept.len() > self.length {
            let (_, best_out, _) = self.kept.select_nth_unstable(self.length);
            self.threshold = self.threshold.max(Some(best_out.0.0));
            self.kept.truncate(self.length);
        }
    }

    fn finish(mut self) -> (Vec<Candidate>, Option<i32>) {
        self.prune();
        self.kept.sort_unstable();
        (self.kept, self.threshold)
    }
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
            problem.for_each_allowed(0, |mentor, score| all.push((Reverse(score), mentor)));
            all.sort_unstable();
            for _ in 0..3 {
                let listed = rows.row(0).len();
                prop_assert_eq!(rows.row(0), &all[..listed]);
                let next = all.get(listed).map(|next| next.0.0);
                prop_assert_eq!(rows.left_out(0), next);
                rows.widen(0);
            }
        }
    }
}
