//! Lists of bidders who are columns: read row by row, since that is how they lie in memory.
//!
//! # Idea
//! A running threshold is low at first: of 10,000 rows, a column that wants 64 keeps one in fifteen for a while. So a
//! sample of the rows is read before, which tells about where the threshold will end, and what is below that is
//! hardly ever looked at by itself.

use std::ops::{Range, RangeInclusive};
use std::slice;

use super::super::selection::{BLOCK, FLOOR, SCREEN, Selection};
use super::{Base, Limits, Part};
use crate::hash;
use crate::lanes;
use crate::solver::control::Watch;
use crate::solver::problem::{Access, Problem, Row, RowBuffer};
use crate::solver::sample;
use crate::solver::walk::position;

/// Columns that one task looks at: enough for every thread, and as many as one can, since memory is slow to begin with
/// a row: 1,250 columns side by side take three quarters of the time of 256.
const BAND: RangeInclusive<usize> = 256..=1_280;

/// One row in so many is read before all are.
const SAMPLED: usize = 8;

/// A column that wants no more than one row in so many has its threshold told beforehand.
const FEW: usize = 32;

/// The lists of bidders who are columns, band by band.
pub(super) fn parts(
    problem: &Problem<'_>,
    base: &Base,
    limits: &(impl Fn(usize) -> Limits + Sync),
    watch: &Watch,
) -> Vec<Part> {
    problem.by_bands(BAND, |band| part(problem, band, base, limits, watch))
}

/// The lists of neighbouring columns.
pub(super) fn part(
    problem: &Problem<'_>,
    range: Range<usize>,
    base: &Base,
    limits: &impl Fn(usize) -> Limits,
    watch: &Watch,
) -> Part {
    let mut columns = Columns::new(base, range, limits);
    let rows = problem.mentees();
    // Each column is asked by itself: what it lists must not depend on those that share its band.
    let has_few = |&column: &usize| limits(column).are_few_of(rows);
    if problem.access() == Access::InMemory && columns.range.clone().any(|own| has_few(&own)) {
        let mut sampled = Columns::new(base, columns.range.clone(), &|column| {
            limits(column).of_sample()
        });
        sampled.read(problem, sample::one_in(SAMPLED, rows), watch);
        let few = columns.range.clone().filter(has_few);
        columns.begin_at(&mut sampled, few.map(|column| (column, limits(column))));
    }
    columns.read(problem, 0..rows, watch);
    columns.finish()
}

impl Limits {
    /// Whether it pays to read a sample of so many rows before: few of them are wanted, whatever they are worth.
    fn are_few_of(self, rows: usize) -> bool {
        self.length <= rows / FEW && self.above <= FLOOR
    }

    /// What a sample is to hold: of a list's share a quarter more, and two. One list in ten becomes a little shorter for it,
    /// and bounds what it leaves out a little higher.
    fn of_sample(self) -> Self {
        let share = self.length.div_ceil(SAMPLED);
        Self {
            length: share + share.div_ceil(4) + 2,
            above: self.above,
        }
    }
}

/// The list of a single column, if it is to be had more cheaply than all of them.
pub(super) fn single(
    problem: &Problem<'_>,
    column: usize,
    base: &Base,
    limits: &impl Fn(usize) -> Limits,
    watch: &Watch,
) -> Option<Part> {
    let mut buffer = RowBuffer::default();
    let row = match problem.access() {
        Access::InMemory => problem.gathered_column(column, watch, &mut buffer),
        Access::OnDemand => problem.column(column, &mut buffer),
    };
    let Some(Row::Dense { scores, absent }) = row else {
        return None;
    };
    let mut columns = Columns::new(base, column..column + 1, limits);
    columns.offer_column(scores, absent);
    Some(columns.finish())
}

/// Selections of neighbouring columns, which are filled row by row.
struct Columns<'b> {
    base: &'b Base,
    range: Range<usize>,
    selections: Vec<Selection>,
    /// By column: its own part of every [`lot`].
    draws: Vec<u32>,
    /// By column: the least worth that may be kept, and the last lot that may be at that worth.
    least: Vec<i32>,
    last: Vec<u32>,
}

impl<'b> Columns<'b> {
    fn new(base: &'b Base, range: Range<usize>, limits: &impl Fn(usize) -> Limits) -> Self {
        let selection = |column| {
            let Limits { length, above } = limits(column);
            let mut selection = Selection::new(length);
            selection.begin(length, above);
            selection
        };
        let selections: Vec<_> = range.clone().map(selection).collect();
        let (least, last) = selections.iter().map(Selection::bar).unzip();
        Self {
            base,
            draws: range.clone().map(draw).collect(),
            range,
            selections,
            least,
            last,
        }
    }

    /// Begins some columns with what others, who have read a sample, would still keep.
    fn begin_at(&mut self, sampled: &mut Self, some: impl Iterator<Item = (usize, Limits)>) {
        for (column, limits) in some {
            let at = column - self.range.start;
            let last = limits.of_sample().length - 1;
            if let Some((worth, _)) = sampled.selections[at].finish().nth(last) {
                self.selections[at].begin(limits.length, worth - 1);
                (self.least[at], self.last[at]) = self.selections[at].bar();
            }
        }
    }

    fn read(&mut self, problem: &Problem<'_>, rows: impl Iterator<Item = usize>, watch: &Watch) {
        let mut buffer = RowBuffer::default();
        for (number, item) in rows.enumerate() {
            if number % 64 == 0 && watch.is_cancelled() {
                return;
            }
            if let Some(Row::Dense { scores, absent }) = problem.row(item, &mut buffer) {
                self.offer(item, &scores[self.range.clone()], absent);
            }
        }
    }

    /// Offers one item to every bidder.
    #[inline(always)] // and what it calls: where all are equal, a call a pair costs half as much again
    fn offer(&mut self, item: usize, scores: &[i32], absent: Option<i32>) {
        let absent = absent.unwrap_or(FLOOR);
        let (screens, rest) = scores.as_chunks::<SCREEN>();
        for (number, screen) in screens.iter().enumerate() {
            let first = number * SCREEN;
            if self.reaches(item, first, screen) {
                let (blocks, _) = screen.as_chunks::<BLOCK>();
                for (number, block) in blocks.iter().enumerate() {
                    let first = first + number * BLOCK;
                    if self.reaches(item, first, block) && self.is_kept(item, first, block) {
                        self.offer_some(item, first, block, absent);
                    }
                }
            }
        }
        self.offer_some(item, screens.len() * SCREEN, rest, absent);
    }

    /// Offers all items, where one bidder is all there is.
    fn offer_column(&mut self, scores: &[i32], absent: Option<i32>) {
        let absent = absent.unwrap_or(FLOOR);
        for (first, scores) in (0..).step_by(BLOCK).zip(scores.chunks(BLOCK)) {
            let prices = &self.base.narrow[first..][..scores.len()];
            let reaches = match (scores.first_chunk(), prices.first_chunk()) {
                (Some(scores), Some(prices)) => self.reaches_first(scores, prices),
                _ => true,
            };
            if reaches {
                for (item, score) in (first..).zip(scores) {
                    self.offer_some(item, 0, slice::from_ref(score), absent);
                }
            }
        }
    }

    /// Whether one of some items is worth as much as the first bidder's least.
    fn reaches_first(&self, scores: &[i32; BLOCK], prices: &[i32; BLOCK]) -> bool {
        let worth = |at: usize| self.base.worth(scores[at], prices[at]);
        lanes::any::<BLOCK>(|at| worth(at) >= self.least[0])
    }

    /// Whether one of some worths is as high as its column's least.
    fn reaches<const WORTHS: usize>(
        &self,
        item: usize,
        first: usize,
        scores: &[i32; WORTHS],
    ) -> bool {
        let price = self.base.narrow[item];
        let least = self.least[first..].first_chunk::<WORTHS>();
        least.is_some_and(|least| {
            lanes::any::<WORTHS>(|at| self.base.worth(scores[at], price) >= least[at])
        })
    }

    /// Whether one of some worths would be kept, equals being judged by lot: where scores have few values, nearly every
    /// row holds some as high as the least.
    fn is_kept(&self, item: usize, first: usize, scores: &[i32; BLOCK]) -> bool {
        let (price, item) = (self.base.narrow[item], position(item));
        let (Some(least), Some(last), Some(draws)) = (
            self.least[first..].first_chunk::<BLOCK>(),
            self.last[first..].first_chunk::<BLOCK>(),
            self.draws[first..].first_chunk::<BLOCK>(),
        ) else {
            return true;
        };
        lanes::any::<BLOCK>(|at| {
            let worth = self.base.worth(scores[at], price);
            (worth > least[at]) | (worth == least[at]) & (lot(item, draws[at]) <= last[at])
        })
    }

    #[inline(always)]
    fn offer_some(&mut self, item: usize, first: usize, scores: &[i32], absent: i32) {
        let price = self.base.narrow[item];
        for (at, &score) in (first..).zip(scores) {
            let worth = self.base.worth(score, price);
            if score > FLOOR && score != absent && worth >= self.least[at] {
                let selection = &mut self.selections[at];
                selection.offer(worth, lot(position(item), self.draws[at]));
                (self.least[at], self.last[at]) = selection.bar();
            }
        }
    }

    fn finish(mut self) -> Part {
        let mut part = Part::default();
        // Each is freed before the next is taken.
        for (&draw, mut selection) in self.draws.iter().zip(self.selections.drain(..)) {
            part.take(&mut selection, |lot| drawn(lot, draw));
        }
        part
    }
}

/// An odd number and its inverse modulo 2^32; multiplying by the first spreads neighbours.
const SPREAD: u32 = 0x9E37_79B1;
const GATHER: u32 = 0x0E8B_2F51;

/// An item's place in a column's own order: by lot, for the same reason as the walks of rows.
#[inline(always)]
fn lot(item: u32, draw: u32) -> u32 {
    item.wrapping_add(draw).wrapping_mul(SPREAD)
}

/// The item that drew a lot.
fn drawn(lot: u32, draw: u32) -> u32 {
    lot.wrapping_mul(GATHER).wrapping_sub(draw)
}

/// What a column draws.
#[expect(clippy::cast_possible_truncation, reason = "any 32 bits will do")]
fn draw(column: usize) -> u32 {
    hash::spread(column as u64) as u32
}
