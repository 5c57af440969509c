//! Is a row of pairs proved? At the speed at which memory gives the scores.
//!
//! # What is tested
//! The definition is [`PairTest::sign`]: the sign of a pair's first reduced value that is not zero.
//! A row is proved if no chosen pair is below zero and every pair above zero is chosen. Chosen pairs
//! are few and looked at one by one; then it is enough to *count* the pairs above zero, chosen or
//! not, and to compare the two counts.
//!
//! # How it is fast
//! 1. Prices that are small fit 32 bits, and the sum of two still does. A pair is above zero at the
//!    level of scores exactly if its score is above that sum. Nothing is subtracted from a score,
//!    so scores may be any.
//! 2. At a level of equal values, one look at the lowest and the highest price often decides the
//!    whole row, or shows that it decides nothing.
//! 3. The row is *screened* block by block with one comparison or two a pair, which the compiler
//!    vectorises: could any pair of the block be above zero? In a solution hardly any can.
//! 4. The others are *counted* block by block, level by level, exactly. Where a price is too large
//!    or a value is drawn by hash, pairs that are still undecided are tested by definition.
//!
//! Steps 1 to 3 may call any number of blocks for step 4 without need; the count stays exact.

use std::cmp::Ordering;

use super::super::level::{Level, PairValues};
use super::super::problem::Row;
use super::Prices;
use crate::ids::MentorIdx;

/// Pairs looked at together.
const BLOCK: usize = 128;

/// Two prices below this, and 1 beside, add up within 32 bits.
const NARROW: u32 = (1 << 30) - 1;

/// Levels and prices, prepared for testing many rows.
pub(super) struct PairTest<'a> {
    levels: &'a [Level],
    prices: &'a [Prices],
    /// By level: the mentors' prices in 32 bits, where they and the pairs' values are so simple.
    narrow: Vec<Option<Narrow>>,
}

/// The mentors' prices at one level in 32 bits.
struct Narrow {
    values: Values,
    prices: Vec<i32>,
    lowest: i32,
    highest: i32,
}

/// What pairs are worth at one level.
#[derive(Clone, Copy)]
enum Values {
    Same(i32),
    Score,
}

/// What separates pairs above zero from pairs below at one level of one row.
#[derive(Clone, Copy)]
enum Cut<'k> {
    /// Pairs are above zero where the mentor's price is below `free`.
    Price { narrow: &'k Narrow, free: i32 },
    /// Pairs are above zero where the score is above the mentor's price and `own`.
    Score { narrow: &'k Narrow, own: i32 },
}

/// What the prices say of a row as a whole.
enum Outlook {
    NoneAbove,
    AllAbove,
    /// Equal at the levels before this one, and to be decided from here on.
    From(usize),
}

/// Consecutive pairs of a row.
struct Block<'r> {
    scores: &'r [i32],
    absent: Option<i32>,
    mentors: Mentors<'r>,
}

/// The mentors of a block.
#[derive(Clone, Copy)]
enum Mentors<'r> {
    /// From this one on.
    From(usize),
    Listed(&'r [u32]),
}

impl<'a> PairTest<'a> {
    pub(super) fn new(levels: &'a [Level], prices: &'a [Prices]) -> Self {
        let narrow = levels.iter().zip(prices);
        Self {
            levels,
            prices,
            narrow: narrow
                .map(|(level, prices)| Narrow::new(level, prices))
                .collect(),
        }
    }

    /// The lexicographic sign of a pair's reduced values: the definition.
    pub(super) fn sign(&self, mentee: usize, mentor: usize, score: i32) -> Ordering {
        self.sign_from(0, mentee, mentor, score)
    }

    /// The same for a pair that is equal at the levels before `level`.
    fn sign_from(&self, level: usize, mentee: usize, mentor: usize, score: i32) -> Ordering {
        let levels = self.levels.iter().zip(self.prices).skip(level);
        levels
            .map(|(level, prices)| prices.reduced(level, mentee, mentor, score).cmp(&0))
            .find(|sign| sign.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// Whether no pair of the row that is above zero is left out, and none below zero is chosen.
    /// `chosen` pairs are different and allowed; `scores` are theirs.
    pub(super) fn proves(
        &self,
        mentee: usize,
        row: &Row<'_>,
        chosen: &[MentorIdx],
        scores: &[i32],
    ) -> bool {
        let mut above = 0;
        for (mentor, &score) in chosen.iter().zip(scores) {
            match self.sign(mentee, mentor.index(), score) {
                Ordering::Greater => above += 1,
                Ordering::Equal => {}
                Ordering::Less => return false,
            }
        }
        self.count_above(mentee, row) == above
    }

    /// How many allowed pairs of the row are above zero.
    fn count_above(&self, mentee: usize, row: &Row<'_>) -> usize {
        match self.outlook(mentee, 0) {
            Outlook::NoneAbove => 0,
            Outlook::AllAbove => row.allowed(),
            Outlook::From(level) => match *row {
                Row::Dense { scores, absent } => {
                    self.count_in_blocks(mentee, level, absent, dense_blocks(scores, absent))
                }
                Row::Sparse { mentors, scores } => {
                    self.count_in_blocks(mentee, level, None, sparse_blocks(mentors, scores))
                }
            },
        }
    }

    fn count_in_blocks<'r>(
        &self,
        mentee: usize,
        level: usize,
        absent: Option<i32>,
        blocks: impl Iterator<Item = Block<'r>>,
    ) -> usize {
        let screen = Screen::new(self, mentee, level, absent);
        blocks
            .filter(|block| screen.may_hold_one_above(block))
            .map(|block| self.count_in_block(mentee, level, &block))
            .sum()
    }

    fn outlook(&self, mentee: usize, first: usize) -> Outlook {
        for level in first..self.levels.len() {
            let Some(Cut::Price { narrow, free }) = self.cut(mentee, level) else {
                return Outlook::From(level);
            };
            if free < narrow.lowest {
                return Outlook::NoneAbove;
            } else if free > narrow.highest {
                return Outlook::AllAbove;
            } else if narrow.lowest < narrow.highest {
                return Outlook::From(level);
            }
        }
        Outlook::NoneAbove
    }

    /// `None` where 32 bits do not suffice.
    fn cut(&self, mentee: usize, level: usize) -> Option<Cut<'_>> {
        let narrow = self.narrow[level].as_ref()?;
        let own = narrowed(self.prices[level].mentees[mentee])?;
        Some(match narrow.values {
            Values::Score => Cut::Score { narrow, own },
            Values::Same(value) => {
                let free = value - own; // `value` is 0 or 1
                Cut::Price { narrow, free }
            }
        })
    }

    /// The next level at which scores divide a row that is equal before `first`, with the mentors'
    /// prices and the mentee's.
    fn score_cut(&self, mentee: usize, first: usize) -> Option<(usize, &[i32], i32)> {
        let Outlook::From(level) = self.outlook(mentee, first) else {
            return None;
        };
        match self.cut(mentee, level)? {
            Cut::Score { narrow, own } => Some((level, &narrow.prices, own)),
            Cut::Price { .. } => None,
        }
    }

    /// How many allowed pairs of a block are above zero, where all are equal before `first`.
    fn count_in_block(&self, mentee: usize, first: usize, block: &Block<'_>) -> usize {
        let mut open = [false; BLOCK];
        let open = &mut open[..block.scores.len()];
        for (open, &score) in open.iter_mut().zip(block.scores) {
            *open = Some(score) != block.absent;
        }
        let mut above = 0;
        for level in first..self.levels.len() {
            let Some(cut) = self.cut(mentee, level) else {
                let late =
                    |at: usize| self.sign_from(level, mentee, block.mentor(at), block.scores[at]);
                let open = (0..open.len()).filter(|&at| open[at]);
                return above + open.filter(|&at| late(at).is_gt()).count();
            };
            above += cut.divide(block, open);
            if !open.contains(&true) {
                break;
            }
        }
        above
    }
}

impl Narrow {
    fn new(level: &Level, prices: &Prices) -> Option<Self> {
        let values = match level.pair_values() {
            PairValues::Same(value) => Values::Same(value),
            PairValues::Score => Values::Score,
            PairValues::Drawn(_) => return None,
        };
        let prices: Vec<i32> = prices
            .mentors
            .iter()
            .map(|&price| narrowed(price))
            .collect::<Option<_>>()?;
        let lowest = prices.iter().copied().min().unwrap_or_default();
        let highest = prices.iter().copied().max().unwrap_or_default();
        Some(Self {
            values,
            prices,
            lowest,
            highest,
        })
    }
}

fn narrowed(price: i64) -> Option<i32> {
    i32::try_from(price)
        .ok()
        .filter(|price| price.unsigned_abs() < NARROW)
}

impl Cut<'_> {
    /// Counts the open pairs above zero at this level; those equal to zero stay open.
    fn divide(&self, block: &Block<'_>, open: &mut [bool]) -> usize {
        let mut space = [0; BLOCK];
        match *self {
            Self::Price { narrow, free } => {
                let prices = block.prices(&narrow.prices, &mut space);
                divide(open, prices, |price| (free > *price, free == *price))
            }
            Self::Score { narrow, own } => {
                let prices = block.prices(&narrow.prices, &mut space);
                let pairs = block.scores.iter().zip(prices);
                divide(open, pairs, |(&score, &price)| {
                    (score > price + own, score == price + own)
                })
            }
        }
    }
}

/// Counts the open pairs that are above zero; only those that are equal stay open.
fn divide<T>(
    open: &mut [bool],
    pairs: impl IntoIterator<Item = T>,
    compare: impl Fn(T) -> (bool, bool),
) -> usize {
    let mut above = 0;
    for (open, pair) in open.iter_mut().zip(pairs) {
        let (is_above, is_equal) = compare(pair);
        above += usize::from(*open & is_above);
        *open &= is_equal;
    }
    above
}

/// A quick look at a block: `false` only if none of its pairs is above zero.
#[derive(Clone, Copy)]
enum Screen<'k> {
    /// Every block has to be counted.
    Pass,
    /// Pairs of a price below `free` may be above zero.
    Price { prices: &'k [i32], free: i32 },
    /// Pairs of a score above price and `own` may be above zero.
    Score {
        prices: &'k [i32],
        own: i32,
        /// No pair that is not allowed looks as if it were above zero.
        ignores_absent: bool,
    },
    /// Pairs of a price below `free` may be above zero, and among those of a price equal to `free`
    /// the ones of a score above the price in `then` and `own`.
    PriceThenScore {
        prices: &'k [i32],
        free: i32,
        then: &'k [i32],
        own: i32,
    },
}

impl<'k> Screen<'k> {
    fn new(test: &'k PairTest<'_>, mentee: usize, level: usize, absent: Option<i32>) -> Self {
        // Before the last level, a pair that is equal may turn out to be above zero.
        let slack = |level: usize| i32::from(level + 1 < test.levels.len());
        match test.cut(mentee, level) {
            None => Self::Pass,
            Some(Cut::Score { narrow, own }) => {
                let (prices, own) = (&narrow.prices, own - slack(level));
                let ignores_absent = absent.is_none_or(|absent| absent <= narrow.lowest + own);
                Self::Score {
                    prices,
                    own,
                    ignores_absent,
                }
            }
            Some(Cut::Price { narrow, free }) => {
                let prices = &narrow.prices;
                match test.score_cut(mentee, level + 1) {
                    Some((next, then, own)) => Self::PriceThenScore {
                        prices,
                        free,
                        then,
                        own: own - slack(next),
                    },
                    None => Self::Price {
                        prices,
                        free: free + slack(level),
                    },
                }
            }
        }
    }

    fn may_hold_one_above(&self, block: &Block<'_>) -> bool {
        let (mut space, mut more) = ([0; BLOCK], [0; BLOCK]);
        let scores = block.scores;
        match *self {
            Self::Pass => true,
            Self::Price { prices, free } => {
                let prices = block.prices(prices, &mut space);
                any_of(scores.iter().zip(prices), |(_, &price)| free > price)
            }
            Self::Score {
                prices,
                own,
                ignores_absent,
            } => {
                let pairs = scores.iter().zip(block.prices(prices, &mut space));
                match block.absent {
                    Some(absent) if !ignores_absent => any_of(pairs, |(&score, &price)| {
                        (score > price + own) & (score != absent)
                    }),
                    _ => any_of(pairs, |(&score, &price)| score > price + own),
                }
            }
            Self::PriceThenScore {
                prices,
                free,
                then,
                own,
            } => {
                let (prices, then) = (
                    block.prices(prices, &mut space),
                    block.prices(then, &mut more),
                );
                let pairs = scores.iter().zip(prices).zip(then);
                let is_above = |score, price, then: i32| {
                    (free > price) | ((free == price) & (score > then + own))
                };
                match block.absent {
                    Some(absent) => any_of(pairs, |((&score, &price), &then)| {
                        is_above(score, price, then) & (score != absent)
                    }),
                    None => any_of(pairs, |((&score, &price), &then)| {
                        is_above(score, price, then)
                    }),
                }
            }
        }
    }
}

/// Whether a test holds for any pair; looks at all of them, so that it can look at many at once.
fn any_of<T>(pairs: impl Iterator<Item = T>, test: impl Fn(T) -> bool) -> bool {
    pairs.fold(false, |found, pair| found | test(pair))
}

impl Block<'_> {
    fn mentor(&self, at: usize) -> usize {
        match self.mentors {
            Mentors::From(first) => first + at,
            Mentors::Listed(mentors) => mentors[at] as usize,
        }
    }

    /// The prices of the block's mentors: where they lie, or gathered in `space`.
    fn prices<'s>(&self, prices: &'s [i32], space: &'s mut [i32; BLOCK]) -> &'s [i32] {
        match self.mentors {
            Mentors::From(first) => &prices[first..][..self.scores.len()],
            Mentors::Listed(mentors) => {
                for (price, &mentor) in space.iter_mut().zip(mentors) {
                    *price = prices[mentor as usize];
                }
                &space[..mentors.len()]
            }
        }
    }
}

fn dense_blocks(scores: &[i32], absent: Option<i32>) -> impl Iterator<Item = Block<'_>> {
    let starts = (0..).step_by(BLOCK);
    scores
        .chunks(BLOCK)
        .zip(starts)
        .map(move |(scores, start)| Block {
            scores,
            absent,
            mentors: Mentors::From(start),
        })
}

fn sparse_blocks<'r>(mentors: &'r [u32], scores: &'r [i32]) -> impl Iterator<Item = Block<'r>> {
    scores
        .chunks(BLOCK)
        .zip(mentors.chunks(BLOCK))
        .map(|(scores, mentors)| Block {
            scores,
            absent: None,
            mentors: Mentors::Listed(mentors),
        })
}

#[cfg(test)]
mod tests;
