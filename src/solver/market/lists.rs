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
//! One parallel pass over the pairs, and an eighth more where bidders are columns.

mod columns;
mod dear;
mod rows;

use std::cmp::Reverse;
use std::ops::Range;

use super::selection::{FLOOR, Selection};
use super::sides::Sides;
use crate::parallel;
use crate::solver::control::Watch;
use crate::solver::kept_rows::Peaks;
use crate::solver::problem::Problem;

/// A list that is made longer gets this many times as long.
const WIDER: usize = 4;

/// A list leaves out nothing that counts.
const NOTHING: i64 = i64::MIN;

/// An item and what it was worth when the list was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// By bidder: the highest worth that her list leaves out, or more, since it was made; [`NOTHING`] if
    /// nothing that counts.
    left_out: Vec<i64>,
    base: Base,
    /// A list that is made longer gets at least this long.
    shortest: usize,
    /// By bidder: whose list is hers too; empty if everybody has her own.
    listers: Vec<u32>,
}

/// The prices that lists are made at.
#[derive(Default)]
pub(super) struct Base {
    /// By item, at most its price then. No price is negative, so no worth that counts is above the highest score.
    narrow: Vec<i32>,
    /// Scores are multiplied by two to this power.
    shift: u32,
    /// Whether a price or the shift is not zero; otherwise worths are the scores.
    is_priced: bool,
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
}

impl Base {
    /// No price is negative.
    pub(super) fn new(prices: &[i64], shift: u32) -> Self {
        debug_assert!(prices.iter().all(|&price| price >= 0));
        // Nearly all prices are nothing at first, and zeros take no memory before they are touched.
        let (mut narrow, mut is_priced) = (vec![0; prices.len()], shift != 0);
        for (own, &price) in narrow.iter_mut().zip(prices) {
            if price != 0 {
                *own = i32::try_from(price.clamp(0, i64::from(i32::MAX))).unwrap_or(0);
                is_priced = true;
            }
        }
        Self {
            narrow,
            shift,
            is_priced,
        }
    }

    /// What was taken off for an item.
    #[inline]
    fn price(&self, item: u32) -> i64 {
        i64::from(self.narrow[item as usize])
    }

    /// The prices in 32 bits.
    pub(super) fn narrow(&self) -> &[i32] {
        &self.narrow
    }

    /// The peaks of these rows at these prices, if any are known.
    pub(super) fn peaks<'p>(&self, rows: &'p Problem<'_>) -> Option<Peaks<'p>> {
        (self.shift == 0).then(|| rows.peaks(&self.narrow))?
    }

    /// Meaningful for scores above [`FLOOR`] and prices that are not negative only.
    #[inline]
    fn worth(&self, score: i32, price: i32) -> i32 {
        (score << self.shift).wrapping_sub(price)
    }
}

impl Lists {
    /// Each bidder's best items at some prices: `length` of them, and two more for each one that she
    /// wants; of columns sometimes fewer. Of no use if cancelled meanwhile.
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
            Some(rows) => {
                let peaks = base.peaks(rows);
                let prices = (&base, peaks.as_ref());
                parallel::blocks(rows.extent(), |bidders| {
                    rows::part(rows, bidders, prices, &limits, &sides.watch)
                })
            }
            None => columns::parts(sides.problem(), &base, &limits, &sides.watch),
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
            listers: Vec::new(),
        }
    }

    /// Lists of given pairs in the order of the bidders, and for each bidder a bound on the worth of
    /// what is not among them.
    pub(super) fn given(
        pairs: impl Iterator<Item = (u32, Candidate)> + Clone,
        left_out: impl ExactSizeIterator<Item = i64>,
        base: Base,
        shortest: usize,
    ) -> Self {
        let mut ends = vec![0; left_out.len() + 1];
        for (bidder, _) in pairs.clone() {
            ends[bidder as usize + 1] += 1;
        }
        for bidder in 0..left_out.len() {
            ends[bidder + 1] += ends[bidder];
        }
        let starts = ends.clone();
        let mut candidates = vec![Candidate::default(); ends[left_out.len()]];
        for (bidder, candidate) in pairs {
            let end = &mut ends[bidder as usize];
            candidates[*end] = candidate;
            *end += 1;
        }
        let spans: Vec<_> = starts.windows(2).map(|span| span[0]..span[1]).collect();
        for span in &spans {
            candidates[span.clone()].sort_unstable_by_key(|one| (Reverse(one.worth), one.item));
        }
        let counts = |left_out| {
            if left_out > i64::from(FLOOR) {
                left_out
            } else {
                NOTHING
            }
        };
        Self {
            spans,
            candidates,
            left_out: left_out.map(counts).collect(),
            base,
            shortest,
            listers: Vec::new(),
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
            listers: Vec::new(),
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
        // If cancelled, whoever looks before she hears of it finds nothing.
        lists.spans.resize(bidders, 0..0);
        lists.left_out.resize(bidders, NOTHING);
        lists
    }

    /// A bidder's list, best first.
    pub(super) fn of(&self, bidder: usize) -> &[Candidate] {
        &self.candidates[self.spans[self.lister(bidder)].clone()]
    }

    /// Has bidders who are alike use one list: for each, who has it.
    pub(super) fn share(&mut self, listers: Vec<u32>) {
        self.listers = listers;
    }

    fn lister(&self, bidder: usize) -> usize {
        let lister = self.listers.get(bidder);
        lister.map_or(bidder, |&lister| lister as usize)
    }

    /// The highest worth that a list leaves out, at the prices it was made at or later ones; `None` if it
    /// leaves out only what was worth less than nothing.
    pub(super) fn left_out(&self, bidder: usize) -> Option<i64> {
        let left_out = self.left_out[self.lister(bidder)];
        (left_out > NOTHING).then_some(left_out)
    }

    /// What is to be taken off a listed worth if its item costs so much now.
    #[inline]
    pub(super) fn rise(&self, item: u32, price: i64) -> i64 {
        price - self.base.price(item)
    }

    /// The score that a worth and a price add up to.
    pub(super) fn score(&self, scaled: i64) -> i32 {
        i32::try_from(scaled >> self.base.shift).unwrap_or(i32::MAX)
    }

    /// The score of a listed pair.
    pub(super) fn listed_score(&self, candidate: Candidate) -> i32 {
        let price = self.base.price(candidate.item);
        self.score(candidate.worth + price)
    }

    /// The score of a pair, if it is listed.
    pub(super) fn score_of(&self, bidder: u32, item: u32) -> Option<i32> {
        let span = self.spans.get(self.lister(bidder as usize))?;
        let mut listed = self.candidates[span.clone()].iter();
        let found = listed.find(|candidate| candidate.item == item)?;
        Some(self.listed_score(*found))
    }

    /// The highest worth of all and the median bidder's, at least 1.
    pub(super) fn highest(&self) -> (i32, i32) {
        let best =
            |span: &Range<usize>| (!span.is_empty()).then(|| self.candidates[span.start].worth);
        let mut best: Vec<i64> = self.spans.iter().filter_map(best).collect();
        let middle = best.len() / 2;
        let median = match best.get(middle) {
            Some(_) => *best.select_nth_unstable(middle).1,
            None => 1,
        };
        let highest = best.iter().copied().max().unwrap_or(1);
        let narrow = |worth: i64| i32::try_from(worth.max(1)).unwrap_or(i32::MAX);
        (narrow(highest), narrow(median))
    }

    /// Pairs listed at present.
    pub(super) fn len(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }

    /// Makes a list longer; what it held before stays at its front.
    pub(super) fn widen(&mut self, sides: &Sides<'_>, bidder: usize) {
        let bidder = self.lister(bidder);
        let length = WIDER
            .saturating_mul(self.spans[bidder].len())
            .max(self.shortest);
        let limits = |_| Limits {
            length,
            above: FLOOR,
        };
        let watch = &sides.watch;
        let part = match sides.rows() {
            Some(rows) => Some(rows::part(
                rows,
                bidder..bidder + 1,
                (&self.base, None),
                &limits,
                watch,
            )),
            None => columns::single(sides.problem(), bidder, &self.base, &limits, watch),
        };
        let Some(part) = part else {
            return self.widen_all(sides, length);
        };
        let start = self.candidates.len();
        self.candidates.extend(part.candidates);
        self.spans[bidder] = start..self.candidates.len();
        self.left_out[bidder] = part.left_out.first().copied().unwrap_or(NOTHING);
    }

    /// Makes all lists at least so long, where one would take as long: where rows are computed, and so no sample of them
    /// is read that could leave a list short.
    fn widen_all(&mut self, sides: &Sides<'_>, length: usize) {
        let limits = |bidder: usize| Limits {
            length: length.max(self.spans[bidder].len()),
            above: FLOOR,
        };
        let parts = columns::parts(sides.problem(), &self.base, &limits, &sides.watch);
        let base = std::mem::take(&mut self.base);
        let longer = Self::join(parts, base, &sides.watch);
        *self = Self {
            shortest: self.shortest,
            listers: std::mem::take(&mut self.listers),
            ..longer
        };
    }
}

#[cfg(test)]
mod tests;
