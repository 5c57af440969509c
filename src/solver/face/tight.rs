//! Which pairs are tight, and their hashes.
//!
//! # Idea
//! Nearly always few are, and they are listed. Where scores have few values, or depend on one side
//! alone, a good part of all pairs is tight: then a matrix of hashes, in which the other pairs are
//! absent, is smaller than lists, made in one pass, and solved several times as fast. A sample of rows
//! tells which it is to be.
//!
//! # Complexity
//! One parallel pass over the pairs, and for a matrix one more a salt.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Optimum;
use crate::parallel;
use crate::solver::certificate::Prices;
use crate::solver::control::Control;
use crate::solver::kept_rows::{Blocks, Found, Peaks};
use crate::solver::level::Level;
use crate::solver::problem::{Problem, Row, RowBuffer};
use crate::solver::tie_break::PairHash;
use crate::solver::walk::position;

/// Scores compared at once.
const BLOCK: usize = 32;

/// Rows in the sample.
const SAMPLED: usize = 32;

/// A matrix is worth making if at least one in so many pairs is tight: then it is no larger than lists.
const PAIRS_A_TIGHT_PAIR: usize = 8;

/// Marks a pair of the matrix that is not tight; no hash is negative.
pub(super) const NOT_TIGHT: i32 = -1;

/// The test for tight pairs.
pub(super) struct Tight<'a> {
    pub(super) optimum: &'a Optimum<'a>,
    /// By the prices of the total score.
    at_price: AtPrice<'a>,
}

/// Compressed rows of tight pairs.
pub(super) struct Listed {
    pub(super) starts: Vec<u64>,
    pub(super) mentors: Vec<u32>,
}

/// The tight pairs of some rows.
#[derive(Default)]
struct Part {
    /// Where each row ends.
    ends: Vec<usize>,
    mentors: Vec<u32>,
}

impl<'a> Tight<'a> {
    /// `None` if the total score is not one of the levels.
    pub(super) fn new(optimum: &'a Optimum<'a>) -> Option<Self> {
        let mut levels = optimum.levels.iter();
        let total = levels.position(|level| *level == Level::TotalScore)?;
        let at_price = AtPrice::new(optimum.problem, &optimum.prices[total]);
        Some(Self { optimum, at_price })
    }

    /// Whether so many pairs seem to be tight that a matrix of hashes serves better than lists, which
    /// may have so many pairs at most.
    pub(super) fn is_for_matrix(&self, most: usize) -> bool {
        let problem = self.optimum.problem;
        if !problem.is_matrix() || problem.pairs() / PAIRS_A_TIGHT_PAIR > most {
            return false;
        }
        let step = problem.mentees().div_ceil(SAMPLED).max(1);
        let rows = (0..problem.mentees()).step_by(step);
        let sampled = rows.len() * problem.mentors();
        let (mut found, mut buffer) = (0, RowBuffer::default());
        for mentee in rows {
            self.visit(mentee, None, &mut buffer, |_| found += 1);
        }
        found * PAIRS_A_TIGHT_PAIR >= sampled.max(1)
    }

    /// Lists the tight pairs; `None` if they are more than `most`, or if cancelled.
    pub(super) fn list(&self, most: usize, control: &Control<'_>) -> Option<Listed> {
        let found = AtomicUsize::new(0);
        let parts = parallel::blocks(self.optimum.problem.extent(), |rows| {
            let is_wanted = found.load(Ordering::Relaxed) <= most && !control.is_cancelled();
            let part = if is_wanted {
                self.rows(rows)
            } else {
                Part::default()
            };
            found.fetch_add(part.mentors.len(), Ordering::Relaxed);
            part
        });
        if found.into_inner() > most || control.is_cancelled() {
            return None;
        }
        let mut listed = Listed {
            starts: vec![0],
            mentors: Vec::with_capacity(parts.iter().map(|part| part.mentors.len()).sum()),
        };
        for part in control.until_cancelled(parts) {
            let start = listed.mentors.len() as u64;
            let ends = part.ends.iter().map(|&end| start + end as u64);
            listed.starts.extend(ends);
            listed.mentors.extend(part.mentors);
        }
        (!control.is_cancelled()).then_some(listed)
    }

    fn rows(&self, mentees: Range<usize>) -> Part {
        let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
        let found = self.at_price.find(mentees.clone());
        for (at, mentee) in mentees.enumerate() {
            self.visit(mentee, found.of(at), &mut buffer, |mentor| {
                part.mentors.push(mentor)
            });
            part.ends.push(part.mentors.len());
        }
        part
    }

    /// Visits the mentors with whom a mentee is tight, of those that are to be read.
    fn visit(
        &self,
        mentee: usize,
        blocks: Blocks<'_>,
        buffer: &mut RowBuffer,
        mut visit: impl FnMut(u32),
    ) {
        if let Some(row) = self.optimum.problem.row(mentee, buffer) {
            self.at_price
                .visit(mentee, (&row, blocks), |mentor, score| {
                    if self.is_at_other_levels(mentee, mentor as usize, score) {
                        visit(mentor);
                    }
                });
        }
    }

    /// Whether a pair that is tight at the total score is tight at every level.
    fn is_at_other_levels(&self, mentee: usize, mentor: usize, score: i32) -> bool {
        self.optimum.levels.len() == 1 || self.optimum.is_tight(mentee, mentor, score)
    }

    /// A matrix of the tight pairs' hashes, in which the others are [`NOT_TIGHT`]; of no use if
    /// cancelled.
    pub(super) fn matrix(&self, hash: &PairHash, control: &Control<'_>) -> Vec<i32> {
        let problem = self.optimum.problem;
        let mut cells = vec![0; problem.pairs()];
        let fill = |buffer: &mut RowBuffer, mentee: usize, cells: &mut [i32]| {
            let row = problem.row(mentee, buffer);
            if let Some(Row::Dense { scores, absent }) = row
                && !control.watch().is_cancelled()
            {
                self.draw(mentee, (scores, absent), hash, cells);
            }
        };
        parallel::fill_rows(&mut cells, problem.mentors(), RowBuffer::default, fill);
        cells
    }

    fn draw(
        &self,
        mentee: usize,
        (scores, absent): (&[i32], Option<i32>),
        hash: &PairHash,
        cells: &mut [i32],
    ) {
        let value = hash.values_of(mentee);
        let at_price = self.at_price.of_mentee(mentee);
        for (mentor, (cell, &score)) in cells.iter_mut().zip(scores).enumerate() {
            let is_tight = at_price(mentor, score)
                && Some(score) != absent
                && self.is_at_other_levels(mentee, mentor, score);
            *cell = if is_tight { value(mentor) } else { NOT_TIGHT };
        }
    }
}

/// The test for pairs that are worth just their price.
pub(super) struct AtPrice<'a> {
    prices: &'a Prices,
    /// The mentors' prices modulo 2^32.
    low: Vec<i32>,
    /// If rows are kept, and prices fit 32 bits.
    peaks: Option<Peaks<'a>>,
}

impl<'a> AtPrice<'a> {
    pub(super) fn new(problem: &'a Problem<'_>, prices: &'a Prices) -> Self {
        let low: Vec<_> = prices.mentors.iter().map(|&price| low(price)).collect();
        let mut both = low.iter().zip(&prices.mentors);
        let are_whole = both.all(|(&low, &price)| i64::from(low) == price);
        Self {
            peaks: are_whole.then(|| problem.peaks(&low)).flatten(),
            prices,
            low,
        }
    }

    /// Where some mentees' pairs may be worth just their price, if that is known beforehand.
    fn find(&self, mentees: Range<usize>) -> Found {
        let below = |mentee: usize| i32::try_from(self.prices.mentees[mentee] - 1).ok();
        Found::of_rows(mentees, |mentee| {
            Some((self.peaks.as_ref()?, below(mentee)?))
        })
    }

    /// Whether a mentee's pair of this score is worth just its price.
    fn of_mentee(&self, mentee: usize) -> impl Fn(usize, i32) -> bool {
        let price = self.prices.mentees[mentee];
        move |mentor, score| i64::from(score) == price + self.prices.mentors[mentor]
    }

    /// Visits the pairs of a mentee's row that are worth just their price.
    pub(super) fn visit(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        mut visit: impl FnMut(u32, i32),
    ) {
        let is_at_price = self.of_mentee(mentee);
        let mut test = |mentor: u32, score: i32| {
            if is_at_price(mentor as usize, score) {
                visit(mentor, score);
            }
        };
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(test);
        };
        let mut visit_all = |mentors: Range<usize>| {
            for (mentor, &score) in (position(mentors.start)..).zip(&scores[mentors]) {
                if Some(score) != absent {
                    test(mentor, score);
                }
            }
        };
        if let Some(blocks) = blocks {
            return blocks.iter().cloned().for_each(visit_all);
        }
        // Equal modulo 2^32 first, which the compiler vectorises.
        let low = low(self.prices.mentees[mentee]);
        let blocks = scores.chunks(BLOCK).zip(self.low.chunks(BLOCK));
        for ((block, prices), first) in blocks.zip((0..).step_by(BLOCK)) {
            let pairs = block.iter().zip(prices);
            let any = pairs.fold(0, |any, (&score, &mentor)| {
                any | i32::from(score.wrapping_sub(mentor) == low)
            });
            if any != 0 {
                visit_all(first..first + block.len());
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "compared modulo 2^32")]
fn low(price: i64) -> i32 {
    price as i32
}
