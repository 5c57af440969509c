//! What a bidder would choose of her whole row.
//!
//! # Idea
//! To list the best of a row takes as long as to look at it five times or more. So where rows are short
//! there are no lists: a bidder who wants one item finds the best and what the next best is worth by a
//! comparison a pair, in 32 bits and in order, which the compiler vectorises, and [`scan`](super::scan)
//! does the searches. On 100 × 100 structured scores that is twice as fast, on 500 × 150 with spare places
//! too.
//!
//! Where rows are longer, lists serve those well who get what they first look for. When prices are
//! approached, everybody bids for everything, and whole rows are faster again as long as all of them stay
//! in the cache: on 1000 × 1000 scores by a fifth to a third.
//!
//! Where all [agree](super::agreed) who is best, bidders look at whole rows from the beginning, however long.
//!
//! Where everybody wants one item of one place, [`pairing`](super::pairing) reads rows from the beginning.
//!
//! # Complexity
//! O(items) a choice.

use std::ops::Range;

use super::choice::Choice;
use super::sides::Sides;
use super::tuning::Tuning;
use super::{Accelerator, BEYOND, Market, free};
use crate::lanes;
use crate::solver::problem::{Row, RowBuffer};
use crate::solver::walk::{self, position};

/// Items that are looked at together.
const CHUNK: usize = 16;

/// Today's prices, for looking at whole rows.
pub(super) struct Whole {
    /// By item: its price in 32 bits; the highest of them if it is no less.
    price: Vec<i32>,
    /// Scores are multiplied by two to this power.
    shift: u32,
    /// Whether there is an item that nobody can have: a bidder's score with it may be of any size.
    hides_any: bool,
}

/// The best of a row, and what the next best is worth; nothing is worth less than nothing.
#[derive(Default)]
struct BestTwo {
    best: i32,
    chunk: usize,
    next: i32,
}

impl Whole {
    /// If bidders are to look at whole rows from the beginning.
    pub(super) fn to_begin_with(sides: &Sides<'_>, tuning: Tuning, price: &[i64]) -> Option<Self> {
        let are_short = sides.items() <= tuning.items_to_read_whole || sides.are_one_to_one();
        let whole = are_short.then(|| Self::of(sides, tuning, price, 0));
        whole.flatten()
    }

    /// If bidders are to look at whole rows: these [will do](Self::will_do), and stay in the cache.
    pub(super) fn of(sides: &Sides<'_>, tuning: Tuning, price: &[i64], shift: u32) -> Option<Self> {
        let is_small = sides.problem().pairs() <= tuning.pairs_in_cache;
        (is_small && Self::will_do(sides, tuning)).then(|| Self::at(price, shift))
    }

    /// Whether whole rows may be looked at, and tell all that bidders need: these lie in memory, and nobody wants
    /// more than one item.
    pub(super) fn will_do(sides: &Sides<'_>, tuning: Tuning) -> bool {
        let want_one = sides.demand.iter().all(|&demand| demand <= 1);
        tuning.uses(Accelerator::WholeRows) && want_one && sides.are_rows_whole()
    }

    /// At these prices of scores that are multiplied by two to some power.
    pub(super) fn at(price: &[i64], shift: u32) -> Self {
        Self {
            hides_any: price.iter().any(|&price| price >= BEYOND),
            price: price.iter().map(|&price| narrow(price)).collect(),
            shift,
        }
    }

    /// An item has a new price.
    pub(super) fn set_price(&mut self, item: u32, price: i64) {
        self.price[item as usize] = narrow(price);
    }
}

/// A row at today's prices.
struct Look<'a> {
    whole: &'a Whole,
    scores: &'a [i32],
    /// What is no score at all, if that is above nothing.
    absent: Option<i32>,
    /// Where the walk around the row starts.
    first: usize,
}

impl Look<'_> {
    /// Whether every score above nothing counts, and none is too high.
    fn is_plain(&self) -> bool {
        self.absent.is_none() && !self.whole.hides_any
    }

    /// What a pair is worth: at most nothing if it is not allowed, or nobody can have the item.
    ///
    /// Scores with items that somebody can have are shifted by no more than the highest of them allows.
    /// The others stay as low as the shift allows, and cost more than that.
    #[inline(always)]
    fn worth<const PLAIN: bool>(&self, score: i32, price: i32) -> i32 {
        let gain = if PLAIN {
            score.max(0)
        } else if Some(score) == self.absent {
            0
        } else {
            score.clamp(0, i32::MAX >> self.whole.shift)
        };
        (gain << self.whole.shift) - price
    }

    /// Every chunk once, from the first on and around.
    #[inline(always)]
    fn chunks(&self) -> [Range<usize>; 2] {
        let chunks = self.scores.len().div_ceil(CHUNK);
        [self.first..chunks, 0..self.first]
    }

    /// The best and the next best; the first of equals.
    #[inline(always)]
    fn best_two<const PLAIN: bool>(&self) -> BestTwo {
        let mut found = BestTwo::default();
        for numbers in self.chunks() {
            for number in numbers {
                found.add(self.highest::<PLAIN>(number), number);
            }
        }
        found
    }

    /// The highest worth in a chunk, at least 0.
    #[inline(always)]
    fn highest<const PLAIN: bool>(&self, chunk: usize) -> i32 {
        let (scores, prices) = (
            of_chunk(self.scores, chunk),
            of_chunk(&self.whole.price, chunk),
        );
        // Chunks of a constant length are what the compiler makes the most of.
        match (scores.first_chunk::<CHUNK>(), prices.first_chunk::<CHUNK>()) {
            (Some(scores), Some(prices)) => self.highest_of::<PLAIN>(scores, prices),
            _ => self.highest_of::<PLAIN>(scores, prices),
        }
    }

    #[inline(always)]
    fn highest_of<const PLAIN: bool>(&self, scores: &[i32], prices: &[i32]) -> i32 {
        let pairs = scores.iter().zip(prices);
        let worths = pairs.map(|(&score, &price)| self.worth::<PLAIN>(score, price));
        worths.fold(0, i32::max)
    }

    /// The worths of a chunk with their items.
    fn worths(&self, chunk: usize) -> impl Iterator<Item = (i32, u32)> {
        let scores = of_chunk(self.scores, chunk).iter();
        let pairs = scores.zip(of_chunk(&self.whole.price, chunk));
        let worths = pairs.map(|(&score, &price)| self.worth::<false>(score, price));
        worths.zip(position(chunk * CHUNK)..)
    }

    fn choose(&self, choice: &mut Choice) {
        let found = if self.is_plain() {
            lanes::widest(
                #[inline(always)]
                || self.best_two::<true>(),
            )
        } else {
            lanes::widest(
                #[inline(always)]
                || self.best_two::<false>(),
            )
        };
        let mut next = found.next;
        let mut best = None;
        for (worth, item) in self.worths(found.chunk) {
            if worth == found.best && best.is_none() {
                best = Some((i64::from(worth), item));
            } else {
                next = next.max(worth);
            }
        }
        choice.next = i64::from(next);
        choice.best.extend(best.filter(|best| best.0 > 0));
    }

    /// The first item of this worth that will do.
    fn find(&self, worth: i32, will_do: impl Fn(u32) -> bool) -> Option<u32> {
        let highest = |chunk| match self.is_plain() {
            true => self.highest::<true>(chunk),
            false => self.highest::<false>(chunk),
        };
        self.chunks().into_iter().flatten().find_map(|chunk| {
            let fits = |&(other, item): &(i32, u32)| other == worth && will_do(item);
            let found = (highest(chunk) >= worth).then(|| self.worths(chunk).find(fits))?;
            found.map(|(_, item)| item)
        })
    }
}

impl BestTwo {
    #[inline(always)]
    fn add(&mut self, worth: i32, chunk: usize) {
        if worth > self.best {
            (self.next, self.best, self.chunk) = (self.best, worth, chunk);
        } else {
            self.next = self.next.max(worth);
        }
    }
}

impl Market<'_> {
    /// Finds what is worth most to a bidder, if anything is worth more than nothing, in her whole row.
    pub(super) fn choose_whole(&self, whole: &Whole, bidder: u32, choice: &mut Choice) {
        choice.best.clear();
        (choice.next, choice.work) = (0, self.row_in_candidates() + 1);
        let mut buffer = RowBuffer::default();
        if let Some(look) = self.look(whole, bidder, &mut buffer) {
            look.choose(choice);
        }
    }

    /// An item in a bidder's whole row that is worth so much and will do.
    pub(super) fn find_whole(
        &self,
        whole: &Whole,
        bidder: u32,
        worth: i64,
        will_do: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let worth = i32::try_from(worth).ok()?;
        let mut buffer = RowBuffer::default();
        self.look(whole, bidder, &mut buffer)?.find(worth, will_do)
    }

    fn look<'a>(
        &'a self,
        whole: &'a Whole,
        bidder: u32,
        buffer: &'a mut RowBuffer,
    ) -> Option<Look<'a>> {
        let row = self.sides.rows()?.row(bidder as usize, buffer);
        let Some(Row::Dense { scores, absent }) = row else {
            return None;
        };
        Some(Look {
            whole,
            scores,
            absent: absent.filter(|&absent| absent > 0),
            first: walk::start(bidder as usize, scores.len()) / CHUNK,
        })
    }

    /// The highest score that somebody can have and the median bidder's, at least 1.
    pub(super) fn highest_scores(&self) -> (i32, i32) {
        let (mut best, mut choice) = (Vec::new(), Choice::default());
        let free = Whole::at(&free(&self.sides.supply), 0);
        for bidder in self.sides.eager() {
            self.choose_whole(&free, bidder, &mut choice);
            best.push(choice.last(1).map_or(1, narrow));
        }
        let middle = best.len() / 2;
        let median = match best.get(middle) {
            Some(_) => *best.select_nth_unstable(middle).1,
            None => 1,
        };
        (best.iter().copied().max().unwrap_or(1), median)
    }
}

/// The part of a row's scores or prices that is a chunk.
#[inline(always)]
fn of_chunk(list: &[i32], chunk: usize) -> &[i32] {
    &list[chunk * CHUNK..list.len().min((chunk + 1) * CHUNK)]
}

fn narrow(price: i64) -> i32 {
    i32::try_from(price).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
