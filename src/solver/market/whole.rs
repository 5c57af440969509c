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
//! # Complexity
//! O(items) a choice.

use super::Market;
use super::choice::Choice;
use super::sides::Sides;
use super::tuning::Tuning;
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
        let are_short = sides.items() <= tuning.items_to_read_whole;
        let whole = are_short.then(|| Self::of(sides, tuning, price, 0));
        whole.flatten()
    }

    /// If bidders are to look at whole rows: these must lie in memory and be few and short, and nobody
    /// may want or have to take more than one item.
    pub(super) fn of(sides: &Sides<'_>, tuning: Tuning, price: &[i64], shift: u32) -> Option<Self> {
        let is_small = sides.problem().pairs() <= tuning.pairs_in_cache;
        let want_one = || sides.demand.iter().all(|&demand| demand <= 1);
        let must = sides.must_get_any() || sides.must_fill_any();
        let is_open = is_small && !must && want_one() && sides.are_rows_whole();
        is_open.then(|| Self::at(price, shift))
    }

    /// At these prices of scores that are multiplied by two to some power.
    fn at(price: &[i64], shift: u32) -> Self {
        let price = price.iter().map(|&price| narrow(price)).collect();
        Self { price, shift }
    }

    /// An item has a new price.
    pub(super) fn set_price(&mut self, item: u32, price: i64) {
        self.price[item as usize] = narrow(price);
    }

    #[inline(always)]
    fn worth(&self, gain: i32, price: i32) -> i32 {
        (gain << self.shift) - price
    }
}

/// A row at today's prices; `gain` makes nothing of scores that do not count.
struct Look<'a, G> {
    whole: &'a Whole,
    scores: &'a [i32],
    gain: G,
}

impl<G: Fn(i32) -> i32> Look<'_, G> {
    /// The best and the next best, chunk by chunk from the `first` on and around; the first of equals.
    fn best_two(&self, first: usize) -> BestTwo {
        let chunks = self.scores.len().div_ceil(CHUNK);
        let mut found = BestTwo::default();
        for numbers in [first..chunks, 0..first] {
            for number in numbers {
                found.add(self.highest(number), number);
            }
        }
        found
    }

    /// The highest worth in a chunk, at least 0.
    #[inline(always)]
    fn highest(&self, chunk: usize) -> i32 {
        let (scores, prices) = (
            self.of_chunk(self.scores, chunk),
            self.of_chunk(&self.whole.price, chunk),
        );
        // Chunks of a constant length are what the compiler makes the most of.
        match (scores.first_chunk::<CHUNK>(), prices.first_chunk::<CHUNK>()) {
            (Some(scores), Some(prices)) => self.highest_of(scores, prices),
            _ => self.highest_of(scores, prices),
        }
    }

    #[inline(always)]
    fn highest_of(&self, scores: &[i32], prices: &[i32]) -> i32 {
        let pairs = scores.iter().zip(prices);
        let worths = pairs.map(|(&score, &price)| self.whole.worth((self.gain)(score), price));
        worths.fold(0, i32::max)
    }

    fn of_chunk<'l>(&self, list: &'l [i32], chunk: usize) -> &'l [i32] {
        &list[chunk * CHUNK..list.len().min((chunk + 1) * CHUNK)]
    }

    /// The worths of a chunk with their items.
    fn worths(&self, chunk: usize) -> impl Iterator<Item = (i32, u32)> {
        let scores = self.of_chunk(self.scores, chunk).iter();
        let pairs = scores.zip(self.of_chunk(&self.whole.price, chunk));
        let worths = pairs.map(|(&score, &price)| self.whole.worth((self.gain)(score), price));
        worths.zip(position(chunk * CHUNK)..)
    }

    fn choose(&self, first: usize, choice: &mut Choice) {
        let found = self.best_two(first);
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
    fn find(&self, first: usize, worth: i32, will_do: impl Fn(u32) -> bool) -> Option<u32> {
        let chunks = self.scores.len().div_ceil(CHUNK);
        let mut numbers = (first..chunks).chain(0..first);
        numbers.find_map(|chunk| {
            let fits = |&(other, item): &(i32, u32)| other == worth && will_do(item);
            let reaches = self.highest(chunk) >= worth;
            let found = reaches.then(|| self.worths(chunk).find(fits))?;
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

/// What a score counts, unless pairs of a score above nothing are not allowed.
fn gain(score: i32) -> i32 {
    score.max(0)
}

impl Market<'_> {
    /// Finds what is worth most to a bidder, if anything is worth more than nothing, in her whole row.
    pub(super) fn choose_whole(&self, whole: &Whole, bidder: u32, choice: &mut Choice) {
        choice.best.clear();
        (choice.next, choice.work) = (0, self.row_in_candidates() + 1);
        let mut buffer = RowBuffer::default();
        let rows = self.sides.rows();
        let row = rows.and_then(|rows| rows.row(bidder as usize, &mut buffer));
        let Some(Row::Dense { scores, absent }) = row else {
            return;
        };
        let first = walk::start(bidder as usize, scores.len()) / CHUNK;
        match absent {
            None | Some(..=0) => Look {
                whole,
                scores,
                gain,
            }
            .choose(first, choice),
            Some(absent) => {
                let gain = |score| if score == absent { 0 } else { gain(score) };
                Look {
                    whole,
                    scores,
                    gain,
                }
                .choose(first, choice);
            }
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
        let mut buffer = RowBuffer::default();
        let row = self.sides.rows()?.row(bidder as usize, &mut buffer);
        let Some(Row::Dense { scores, absent }) = row else {
            return None;
        };
        let first = walk::start(bidder as usize, scores.len()) / CHUNK;
        let worth = i32::try_from(worth).ok()?;
        match absent {
            None | Some(..=0) => Look {
                whole,
                scores,
                gain,
            }
            .find(first, worth, will_do),
            Some(absent) => {
                let gain = |score| if score == absent { 0 } else { gain(score) };
                Look {
                    whole,
                    scores,
                    gain,
                }
                .find(first, worth, will_do)
            }
        }
    }

    /// The highest score of all and the median bidder's, at least 1.
    pub(super) fn highest_scores(&self) -> (i32, i32) {
        let (mut best, mut choice) = (Vec::new(), Choice::default());
        let free = Whole {
            price: vec![0; self.sides.items()],
            shift: 0,
        };
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

fn narrow(price: i64) -> i32 {
    i32::try_from(price).unwrap_or(i32::MAX)
}
