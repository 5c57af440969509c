//! Each bidder's best items at some prices, and what the rest can be worth at most.
//!
//! # Idea
//! A list keeps a bidder's items of the highest worth, score less price, best first, and the highest
//! worth it leaves out. As long as prices only rise, an item left out is worth at most that: while
//! the bidder has something as good, nothing left out can matter. When it could, the list is made
//! longer; so the answer stays exact over all allowed pairs although hardly any is ever looked at
//! again. Lists taken at prices near the final ones stay short even where nobody gets one of the
//! items she scores highest.
//!
//! # Complexity
//! One parallel pass over the pairs.

use std::ops::Range;

use super::selection::{BLOCK, Selection};
use super::sides::Sides;
use crate::parallel::{self, Extent};
use crate::solver::control::Watch;
use crate::solver::problem::{Problem, Row, RowBuffer};
use crate::solver::walk::{self, position};

/// A list that is made longer gets this many times as long.
const WIDER: usize = 4;

/// Columns that one task looks at: some cache lines of every row.
const BAND: usize = 256;

/// An item and what it was worth when the list was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) worth: i32,
    pub(super) item: u32,
}

/// Every bidder's list.
#[derive(Default)]
pub(super) struct Lists {
    /// Bidder `b` has `candidates[spans[b]]`; lists made longer are at the end.
    spans: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
    /// By bidder: the highest worth that her list leaves out, 0 if nothing.
    left_out: Vec<i32>,
    base: Base,
}

/// The prices that lists are made at.
#[derive(Default)]
pub(super) struct Base {
    /// By item; never negative, and at most its price.
    pub(super) prices: Vec<i32>,
    /// Scores are multiplied by two to this power.
    pub(super) shift: u32,
    /// Whether prices and shift are all zero.
    is_plain: bool,
}

/// One task's lists.
#[derive(Default)]
struct Part {
    lengths: Vec<usize>,
    candidates: Vec<Candidate>,
    left_out: Vec<i32>,
}

impl Base {
    pub(super) fn new(prices: &[i64], shift: u32) -> Self {
        let prices: Vec<i32> = prices
            .iter()
            .map(|&price| i32::try_from(price).unwrap_or(i32::MAX))
            .collect();
        let is_plain = shift == 0 && prices.iter().all(|&price| price == 0);
        Self {
            prices,
            shift,
            is_plain,
        }
    }

    /// Meaningful for scores above zero only.
    #[inline]
    fn worth(&self, score: i32, price: i32) -> i32 {
        (score << self.shift).wrapping_sub(price)
    }
}

impl Lists {
    /// Each bidder's best items at some prices: `length` of them, and two more for each one that she
    /// wants. Of no use if cancelled meanwhile.
    pub(super) fn new(sides: &Sides<'_>, base: Base, length: usize) -> Self {
        let length_of = |bidder: usize| {
            let demand = usize::try_from(sides.demand[bidder]).unwrap_or(usize::MAX);
            let wanted = demand.saturating_sub(1).saturating_mul(2);
            length.saturating_add(wanted).min(sides.items().max(1))
        };
        let parts = match &sides.rows {
            Some(rows) => parallel::blocks(rows.extent(), |bidders| {
                rows_part(rows, bidders, &base, &length_of, &sides.watch)
            }),
            None => columns_parts(sides.problem(), &base, &length_of, &sides.watch),
        };
        Self::join(parts, base, &sides.watch)
    }

    fn join(parts: Vec<Part>, base: Base, watch: &Watch) -> Self {
        let bidders = parts.iter().map(|part| part.lengths.len()).sum();
        let candidates = parts.iter().map(|part| part.candidates.len()).sum();
        let mut lists = Self {
            spans: Vec::with_capacity(bidders),
            candidates: Vec::with_capacity(candidates),
            left_out: Vec::with_capacity(bidders),
            base,
        };
        for part in parts.into_iter().take_while(|_| !watch.is_cancelled()) {
            let mut start = lists.candidates.len();
            for length in part.lengths {
                lists.spans.push(start..start + length);
                start += length;
            }
            lists.candidates.extend(part.candidates);
            lists.left_out.extend(part.left_out);
        }
        lists
    }

    /// A bidder's list, best first.
    pub(super) fn of(&self, bidder: usize) -> &[Candidate] {
        &self.candidates[self.spans[bidder].clone()]
    }

    /// The highest worth at the prices of the list that it leaves out, 0 if nothing.
    pub(super) fn left_out(&self, bidder: usize) -> i64 {
        i64::from(self.left_out[bidder])
    }

    /// What is to be taken off a listed worth if its item costs so much now.
    #[inline]
    pub(super) fn rise(&self, item: u32, price: i64) -> i64 {
        price - i64::from(self.base.prices[item as usize])
    }

    /// The score that a worth and a price add up to.
    pub(super) fn score(&self, scaled: i64) -> i32 {
        i32::try_from(scaled >> self.base.shift).unwrap_or(i32::MAX)
    }

    /// The score of a listed pair.
    pub(super) fn listed_score(&self, candidate: Candidate) -> i32 {
        let price = self.base.prices[candidate.item as usize];
        self.score(i64::from(candidate.worth) + i64::from(price))
    }

    /// The highest worth of all.
    pub(super) fn highest(&self) -> i32 {
        let best =
            |span: &Range<usize>| (!span.is_empty()).then(|| self.candidates[span.start].worth);
        self.spans.iter().filter_map(best).max().unwrap_or(0)
    }

    /// Pairs listed at present.
    pub(super) fn len(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }

    /// Makes a list longer; what it held before stays at its front.
    pub(super) fn widen(&mut self, sides: &Sides<'_>, bidder: usize) {
        let length = WIDER.saturating_mul(self.spans[bidder].len()).max(WIDER);
        let watch = &sides.watch;
        let part = match &sides.rows {
            Some(rows) => rows_part(rows, bidder..bidder + 1, &self.base, &|_| length, watch),
            None => {
                let mut column = Columns::new(&self.base, bidder..bidder + 1, &|_| length);
                column.read(sides.problem(), watch);
                column.finish()
            }
        };
        let start = self.candidates.len();
        self.candidates.extend(part.candidates);
        self.spans[bidder] = start..self.candidates.len();
        self.left_out[bidder] = part.left_out.first().copied().unwrap_or(0);
    }
}

/// The lists of some bidders who are rows.
fn rows_part(
    rows: &Problem<'_>,
    bidders: Range<usize>,
    base: &Base,
    length_of: &impl Fn(usize) -> usize,
    watch: &Watch,
) -> Part {
    let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
    let mut selection = Selection::new(0);
    for bidder in bidders {
        let before = part.candidates.len();
        let start = walk::start(bidder, rows.mentors());
        selection.begin(length_of(bidder));
        let row = (!watch.is_cancelled()).then(|| rows.row(bidder, &mut buffer));
        if let Some(row) = row.flatten() {
            offer_row(&mut selection, &row, start, base);
        }
        let item = |place: u32| walk::at(place as usize, start, rows.mentors());
        part.candidates
            .extend(selection.finish().map(|(worth, place)| Candidate {
                worth,
                item: item(place),
            }));
        part.left_out.push(selection.left_out());
        part.lengths.push(part.candidates.len() - before);
    }
    part
}

/// Offers a row in the bidder's own order: a walk around the items from an item of her own. Among
/// equals those come first that she meets first; if all walked from the same item, they would all
/// list the same few whenever scores are equal.
fn offer_row(selection: &mut Selection, row: &Row<'_>, start: usize, base: &Base) {
    match *row {
        Row::Dense { scores, absent } => {
            let (before, after) = scores.split_at(start);
            let (base_before, base_after) = base.prices.split_at(start);
            let walks = [(after, base_after, 0), (before, base_before, after.len())];
            for (scores, prices, first) in walks {
                if base.is_plain {
                    offer_plain(selection, scores, absent, first);
                } else {
                    offer_less(selection, scores, prices, absent, first, base);
                }
            }
        }
        Row::Sparse { mentors, scores } => {
            let items = base.prices.len();
            for (&mentor, &score) in mentors.iter().zip(scores) {
                let worth = base.worth(score.max(0), base.prices[mentor as usize]);
                selection.offer(worth, walk::steps(mentor as usize, start, items));
            }
        }
    }
}

fn offer_plain(selection: &mut Selection, scores: &[i32], absent: Option<i32>, first: usize) {
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let absent = absent.unwrap_or(0); // a score of 0 does not count either
    let mut place = position(first);
    for block in blocks {
        selection.offer_block(block, |at| block[at] != absent, place);
        place += position(BLOCK);
    }
    for &score in rest {
        if score != absent {
            selection.offer(score, place);
        }
        place += 1;
    }
}

fn offer_less(
    selection: &mut Selection,
    scores: &[i32],
    prices: &[i32],
    absent: Option<i32>,
    first: usize,
    base: &Base,
) {
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let (price_blocks, price_rest) = prices.as_chunks::<BLOCK>();
    let absent = absent.unwrap_or(0);
    let counts = |score: i32| (score > 0) & (score != absent);
    let mut place = position(first);
    for (block, prices) in blocks.iter().zip(price_blocks) {
        let worths = std::array::from_fn(|at| base.worth(block[at], prices[at]));
        selection.offer_block(&worths, |at| counts(block[at]), place);
        place += position(BLOCK);
    }
    for (&score, &price) in rest.iter().zip(price_rest) {
        if counts(score) {
            selection.offer(base.worth(score, price), place);
        }
        place += 1;
    }
}

/// The lists of bidders who are columns, band by band.
fn columns_parts(
    problem: &Problem<'_>,
    base: &Base,
    length_of: &(impl Fn(usize) -> usize + Sync),
    watch: &Watch,
) -> Vec<Part> {
    // Rows that must be computed are computed once, for all columns.
    let (columns, band) = (problem.mentors(), problem.row_alignment(BAND));
    let extent = Extent {
        rows: columns.div_ceil(band.max(1)),
        columns: problem.mentees().saturating_mul(band),
    };
    parallel::blocks(extent, |bands| {
        let range = bands.start * band..(bands.end * band).min(columns);
        let mut part = Columns::new(base, range, length_of);
        part.read(problem, watch);
        part.finish()
    })
}

/// Selections of neighbouring columns, which are filled row by row.
struct Columns<'b> {
    base: &'b Base,
    range: Range<usize>,
    selections: Vec<Selection>,
    thresholds: Vec<i32>,
}

impl<'b> Columns<'b> {
    fn new(base: &'b Base, range: Range<usize>, length_of: &impl Fn(usize) -> usize) -> Self {
        let selections: Vec<_> = range
            .clone()
            .map(|column| Selection::new(length_of(column)))
            .collect();
        let thresholds = vec![0; selections.len()];
        Self {
            base,
            range,
            selections,
            thresholds,
        }
    }

    fn read(&mut self, problem: &Problem<'_>, watch: &Watch) {
        let mut buffer = RowBuffer::default();
        for item in 0..problem.mentees() {
            if item % 64 == 0 && watch.is_cancelled() {
                return;
            }
            if let Some(Row::Dense { scores, absent }) = problem.row(item, &mut buffer) {
                self.offer(item, &scores[self.range.clone()], absent);
            }
        }
    }

    /// Offers one item to every bidder.
    fn offer(&mut self, item: usize, scores: &[i32], absent: Option<i32>) {
        let absent = absent.unwrap_or(0);
        let (blocks, rest) = scores.as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            if self.reaches(item, number * BLOCK, block) {
                self.offer_some(item, number * BLOCK, block, absent);
            }
        }
        self.offer_some(item, blocks.len() * BLOCK, rest, absent);
    }

    /// Whether one of a block's worths is as good as its column's threshold.
    fn reaches(&self, item: usize, first: usize, scores: &[i32; BLOCK]) -> bool {
        let price = self.base.prices[item];
        let thresholds = self.thresholds[first..].first_chunk::<BLOCK>();
        thresholds.is_some_and(|thresholds| {
            let pairs = scores.iter().zip(thresholds);
            pairs.fold(false, |any, (&score, &threshold)| {
                any | (self.base.worth(score, price) >= threshold)
            })
        })
    }

    fn offer_some(&mut self, item: usize, first: usize, scores: &[i32], absent: i32) {
        let price = self.base.prices[item];
        for (at, &score) in (first..).zip(scores) {
            let worth = self.base.worth(score, price);
            if score > 0 && score != absent && worth >= self.thresholds[at] {
                let selection = &mut self.selections[at];
                selection.offer(worth, lot(item, self.range.start + at));
                self.thresholds[at] = selection.threshold();
            }
        }
    }

    fn finish(mut self) -> Part {
        let mut part = Part::default();
        for (column, selection) in self.range.clone().zip(&mut self.selections) {
            let before = part.candidates.len();
            part.candidates
                .extend(selection.finish().map(|(worth, lot)| Candidate {
                    worth,
                    item: drawn(lot, column),
                }));
            part.left_out.push(selection.left_out());
            part.lengths.push(part.candidates.len() - before);
        }
        part
    }
}

/// An odd number and its inverse modulo 2³²; multiplying by the first spreads neighbours.
const SPREAD: u32 = 0x9E37_79B1;
const GATHER: u32 = 0x0E8B_2F51;

/// An item's place in a column's own order: by lot, for the same reason as the walks of rows.
fn lot(item: usize, column: usize) -> u32 {
    position(item)
        .wrapping_add(position(column).wrapping_mul(GATHER))
        .wrapping_mul(SPREAD)
}

/// The item that drew a lot.
fn drawn(lot: u32, column: usize) -> u32 {
    lot.wrapping_mul(GATHER)
        .wrapping_sub(position(column).wrapping_mul(GATHER))
}
