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

use std::cmp::Reverse;
use std::ops::Range;

use super::selection::{BLOCK, FLOOR, Selection};
use super::sides::Sides;
use crate::hash;
use crate::parallel::{self, Extent};
use crate::solver::control::Watch;
use crate::solver::problem::{Problem, Row, RowBuffer};
use crate::solver::walk::{self, position};

/// A list that is made longer gets this many times as long.
const WIDER: usize = 4;

/// A list leaves out nothing that counts.
const NOTHING: i64 = i64::MIN;

/// Columns that one task looks at: some cache lines of every row.
const BAND: usize = 256;

/// An item and what it was worth when the list was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) worth: i64,
    pub(super) item: u32,
}

/// Every bidder's list.
#[derive(Default)]
pub(super) struct Lists {
    /// Bidder `b` has `candidates[spans[b]]`; lists made longer are at the end.
    spans: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
    /// By bidder: the highest worth that her list leaves out, [`NOTHING`] if nothing that counts.
    left_out: Vec<i64>,
    base: Base,
    /// A list that is made longer gets at least this long.
    shortest: usize,
}

/// The prices that lists are made at.
#[derive(Default)]
pub(super) struct Base {
    /// By item; at most its price then.
    prices: Vec<i64>,
    /// The same in 32 bits, unless one is negative.
    narrow: Vec<i32>,
    /// Scores are multiplied by two to this power.
    shift: u32,
    kind: Kind,
}

/// How worths are computed.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    /// They are the scores: prices and shift are all zero.
    #[default]
    Plain,
    /// In 32 bits: no price is negative, so no worth that counts is above the highest score.
    Narrow,
    /// In 64 bits, and all of them count: where somebody must take an item at any loss, others pay
    /// less than nothing.
    Wide,
}

/// How long a list is to be, and what its items must exceed.
#[derive(Clone, Copy)]
struct Limits {
    length: usize,
    above: i32,
}

/// One task's lists.
#[derive(Default)]
struct Part {
    lengths: Vec<usize>,
    candidates: Vec<Candidate>,
    left_out: Vec<i64>,
}

impl Part {
    /// Takes one bidder's list from a selection, whose places stand for items.
    fn take(&mut self, selection: &mut Selection, item: impl Fn(u32) -> u32) {
        let before = self.candidates.len();
        let candidate = |(worth, place)| Candidate {
            worth: i64::from(worth),
            item: item(place),
        };
        self.candidates.extend(selection.finish().map(candidate));
        self.lengths.push(self.candidates.len() - before);
        let left_out = selection.left_out();
        self.left_out.push(if left_out > FLOOR {
            i64::from(left_out)
        } else {
            NOTHING
        });
    }

    /// Takes one bidder's list and what it leaves out.
    fn close(&mut self, (candidates, left_out): (Vec<Candidate>, Option<i64>)) {
        self.lengths.push(candidates.len());
        self.candidates.extend(candidates);
        self.left_out.push(left_out.unwrap_or(NOTHING));
    }
}

impl Base {
    /// The same prices for bidders who must get something: whatever it is worth, it counts.
    pub(super) fn with_losses(prices: &[i64]) -> Self {
        Self {
            kind: Kind::Wide,
            ..Self::new(prices, 0)
        }
    }

    /// The best of a row in 64 bits, and the best of the rest.
    fn wide(&self, row: &Row<'_>, length: usize) -> (Vec<Candidate>, Option<i64>) {
        let mut found = Vec::new();
        row.for_each(|item, score| {
            if self.prices[item as usize] >= i64::from(i32::MAX) {
                return; // nobody can have it
            }
            let worth = (i64::from(score) << self.shift) - self.prices[item as usize];
            found.push(Candidate { worth, item });
        });
        found.sort_unstable_by_key(|candidate| (Reverse(candidate.worth), candidate.item));
        let left_out = found.get(length).map(|candidate| candidate.worth);
        found.truncate(length);
        (found, left_out)
    }

    pub(super) fn new(prices: &[i64], shift: u32) -> Self {
        let most = i64::from(i32::MAX);
        let prices: Vec<i64> = prices.iter().map(|&price| price.min(most)).collect();
        let kind = if prices.iter().any(|&price| price < 0) {
            Kind::Wide
        } else if shift == 0 && prices.iter().all(|&price| price == 0) {
            Kind::Plain
        } else {
            Kind::Narrow
        };
        let narrow = |&price: &i64| i32::try_from(price).unwrap_or(0);
        Self {
            narrow: prices.iter().map(narrow).collect(),
            prices,
            shift,
            kind,
        }
    }

    /// Meaningful for scores above [`FLOOR`] and prices that are not negative only.
    #[inline]
    fn worth(&self, score: i32, price: i32) -> i32 {
        (score << self.shift).wrapping_sub(price)
    }
}

impl Lists {
    /// Each bidder's best items at some prices: `length` of them, and two more for each one that she
    /// wants. Of no use if cancelled meanwhile.
    pub(super) fn new(sides: &Sides<'_>, base: Base, length: usize) -> Self {
        Self::above(sides, base, length, &|_| FLOOR)
    }

    /// The same without what is worth no more than a bidder's threshold.
    pub(super) fn above(
        sides: &Sides<'_>,
        base: Base,
        length: usize,
        threshold: &(impl Fn(usize) -> i32 + Sync),
    ) -> Self {
        let limits = |bidder: usize| {
            let demand = usize::try_from(sides.demand[bidder]).unwrap_or(usize::MAX);
            let wanted = demand.saturating_sub(1).saturating_mul(2);
            Limits {
                length: length.saturating_add(wanted).min(sides.items().max(1)),
                above: threshold(bidder),
            }
        };
        let parts = match sides.rows() {
            Some(rows) => parallel::blocks(rows.extent(), |bidders| {
                rows_part(rows, bidders, &base, &limits, &sides.watch)
            }),
            None => columns_parts(sides.problem(), &base, &limits, &sides.watch),
        };
        Self::join(parts, base, &sides.watch)
    }

    /// Lists that leave everything out, until they are made longer, at least to `length`.
    pub(super) fn empty(bidders: usize, base: Base, length: usize) -> Self {
        Self {
            spans: vec![0..0; bidders],
            candidates: Vec::new(),
            left_out: vec![i64::MAX / 4; bidders],
            base,
            shortest: length,
        }
    }

    fn join(parts: Vec<Part>, base: Base, watch: &Watch) -> Self {
        let bidders = parts.iter().map(|part| part.lengths.len()).sum();
        let candidates = parts.iter().map(|part| part.candidates.len()).sum();
        let mut lists = Self {
            spans: Vec::with_capacity(bidders),
            candidates: Vec::with_capacity(candidates),
            left_out: Vec::with_capacity(bidders),
            base,
            shortest: WIDER,
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

    /// The highest worth that a list leaves out, at the prices it was made at; `None` if it leaves
    /// out only what was worth less than nothing.
    pub(super) fn left_out(&self, bidder: usize) -> Option<i64> {
        let left_out = self.left_out[bidder];
        (left_out > NOTHING).then_some(left_out)
    }

    /// What is to be taken off a listed worth if its item costs so much now.
    #[inline]
    pub(super) fn rise(&self, item: u32, price: i64) -> i64 {
        price - self.base.prices[item as usize]
    }

    /// The score that a worth and a price add up to.
    pub(super) fn score(&self, scaled: i64) -> i32 {
        i32::try_from(scaled >> self.base.shift).unwrap_or(i32::MAX)
    }

    /// The score of a listed pair.
    pub(super) fn listed_score(&self, candidate: Candidate) -> i32 {
        let price = self.base.prices[candidate.item as usize];
        self.score(candidate.worth + price)
    }

    /// The highest worth of all, at least 1.
    pub(super) fn highest(&self) -> i32 {
        let best =
            |span: &Range<usize>| (!span.is_empty()).then(|| self.candidates[span.start].worth);
        let highest = self.spans.iter().filter_map(best).max().unwrap_or(1);
        i32::try_from(highest.max(1)).unwrap_or(i32::MAX)
    }

    /// Pairs listed at present.
    pub(super) fn len(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }

    /// Makes a list longer; what it held before stays at its front.
    pub(super) fn widen(&mut self, sides: &Sides<'_>, bidder: usize) {
        let length = WIDER
            .saturating_mul(self.spans[bidder].len())
            .max(self.shortest);
        let limits = |_| Limits {
            length,
            above: FLOOR,
        };
        let watch = &sides.watch;
        let part = match sides.rows() {
            Some(rows) => rows_part(rows, bidder..bidder + 1, &self.base, &limits, watch),
            None => {
                let mut column = Columns::new(&self.base, bidder..bidder + 1, &limits);
                column.read_one(sides.problem(), watch);
                column.finish()
            }
        };
        let start = self.candidates.len();
        self.candidates.extend(part.candidates);
        self.spans[bidder] = start..self.candidates.len();
        self.left_out[bidder] = part.left_out.first().copied().unwrap_or(NOTHING);
    }
}

/// The lists of some bidders who are rows.
fn rows_part(
    rows: &Problem<'_>,
    bidders: Range<usize>,
    base: &Base,
    limits: &impl Fn(usize) -> Limits,
    watch: &Watch,
) -> Part {
    let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
    let mut selection = Selection::new(0);
    for bidder in bidders {
        let start = walk::start(bidder, rows.mentors());
        let Limits { length, above } = limits(bidder);
        selection.begin(length, above);
        let row = (!watch.is_cancelled()).then(|| rows.row(bidder, &mut buffer));
        let item = |place: u32| walk::at(place as usize, start, rows.mentors());
        if base.kind == Kind::Wide {
            let found = row.flatten().map(|row| base.wide(&row, length));
            part.close(found.unwrap_or_default());
            continue;
        }
        if let Some(row) = row.flatten() {
            offer_row(&mut selection, &row, start, base);
        }
        part.take(&mut selection, item);
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
            let (base_before, base_after) = base.narrow.split_at(start);
            let walks = [(after, base_after, 0), (before, base_before, after.len())];
            for (scores, prices, first) in walks {
                if base.kind == Kind::Plain {
                    offer_plain(selection, scores, absent, first);
                } else {
                    offer_less(selection, scores, prices, absent, first, base);
                }
            }
        }
        Row::Sparse { mentors, scores } => {
            let items = base.narrow.len();
            for (&mentor, &score) in mentors.iter().zip(scores) {
                let worth = base.worth(score.max(FLOOR), base.narrow[mentor as usize]);
                selection.offer(worth, walk::steps(mentor as usize, start, items));
            }
        }
    }
}

fn offer_plain(selection: &mut Selection, scores: &[i32], absent: Option<i32>, first: usize) {
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let absent = absent.unwrap_or(FLOOR); // what is not above the floor does not count either
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
    let absent = absent.unwrap_or(FLOOR);
    let counts = |score: i32| (score > FLOOR) & (score != absent);
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
    limits: &(impl Fn(usize) -> Limits + Sync),
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
        let mut part = Columns::new(base, range, limits);
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
    fn new(base: &'b Base, range: Range<usize>, limits: &impl Fn(usize) -> Limits) -> Self {
        let selection = |column| {
            let Limits { length, above } = limits(column);
            let mut selection = Selection::new(length);
            selection.begin(length, above);
            selection
        };
        let selections: Vec<_> = range.clone().map(selection).collect();
        let thresholds = selections.iter().map(Selection::threshold).collect();
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

    /// Reads a single column, which a source may have by itself.
    fn read_one(&mut self, problem: &Problem<'_>, watch: &Watch) {
        let mut buffer = RowBuffer::default();
        match problem.column(self.range.start, &mut buffer) {
            Some(Row::Dense { scores, absent }) => {
                for (item, score) in scores.chunks(1).enumerate() {
                    self.offer(item, score, absent);
                }
            }
            _ => self.read(problem, watch),
        }
    }

    /// Offers one item to every bidder.
    fn offer(&mut self, item: usize, scores: &[i32], absent: Option<i32>) {
        let absent = absent.unwrap_or(FLOOR);
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
        let price = self.base.narrow[item];
        let thresholds = self.thresholds[first..].first_chunk::<BLOCK>();
        thresholds.is_some_and(|thresholds| {
            let pairs = scores.iter().zip(thresholds);
            let reaches =
                |score: i32, threshold: i32| i32::from(self.base.worth(score, price) >= threshold);
            pairs.fold(0, |any, (&score, &threshold)| {
                any | reaches(score, threshold)
            }) != 0
        })
    }

    fn offer_some(&mut self, item: usize, first: usize, scores: &[i32], absent: i32) {
        let price = self.base.narrow[item];
        for (at, &score) in (first..).zip(scores) {
            let worth = self.base.worth(score, price);
            if score > FLOOR && score != absent && worth >= self.thresholds[at] {
                let selection = &mut self.selections[at];
                selection.offer(worth, lot(item, self.range.start + at));
                self.thresholds[at] = selection.threshold();
            }
        }
    }

    fn finish(mut self) -> Part {
        let mut part = Part::default();
        for (column, selection) in self.range.clone().zip(&mut self.selections) {
            part.take(selection, |lot| drawn(lot, column));
        }
        part
    }
}

/// An odd number and its inverse modulo 2^32; multiplying by the first spreads neighbours.
const SPREAD: u32 = 0x9E37_79B1;
const GATHER: u32 = 0x0E8B_2F51;

/// An item's place in a column's own order: by lot, for the same reason as the walks of rows.
fn lot(item: usize, column: usize) -> u32 {
    position(item)
        .wrapping_add(draw(column))
        .wrapping_mul(SPREAD)
}

/// The item that drew a lot.
fn drawn(lot: u32, column: usize) -> u32 {
    lot.wrapping_mul(GATHER).wrapping_sub(draw(column))
}

#[expect(clippy::cast_possible_truncation, reason = "any 32 bits will do")]
fn draw(column: usize) -> u32 {
    hash::spread(column as u64) as u32
}

#[cfg(test)]
mod tests;
