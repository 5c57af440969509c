//! Which pairs of a row could gain? At the speed at which memory gives the scores.
//!
//! # Idea
//! Whether a pair gains is decided by the first level at which its value differs from the prices of
//! its two people. At the levels before the total score pairs are worth the same, or next to nothing: there
//! only the mentor's prices count, and mentors are *ranked* by them once. Where a mentee's own prices fall
//! among them says of most mentors of her row at once that none gains, or that all do. For the few of
//! just that rank the score decides, with one comparison a pair in 32 bits, which the compiler
//! vectorises.
//!
//! The [check](super::certificate) of a proof tests rows likewise, by code of its own: what one of the two
//! overlooks, the other finds.
//!
//! # Invariant
//! No pair that gains is held back. What comes through may gain, and is to be asked.
//!
//! # Complexity
//! One pass over a row; O(mentors · levels · log mentors) to begin with.

use super::certificate::Prices;
use super::level::Level;
use super::problem::Row;
use super::walk::position;
use crate::lanes;

/// Scores compared at once.
const BLOCK: usize = 64;

/// Prices below this in size add up within 32 bits.
const NARROW: u32 = 1 << 29;

/// Prices of all mentors, prepared for many rows.
pub(super) struct Screen<'a> {
    levels: &'a [Level],
    prices: &'a [Prices],
    /// How many levels come before the total score.
    before: usize,
    /// Different prices at those, ascending.
    ranks: Vec<Vec<i64>>,
    /// By mentor.
    rank: Vec<i32>,
    /// By mentor, at the total score; all 0 where there is none, `None` where 32 bits do not do.
    narrow: Option<Vec<i32>>,
    /// Whether pairs that change nothing are wanted too.
    ties: bool,
}

/// What separates the pairs of one row.
#[derive(Clone, Copy)]
struct Cut {
    /// Mentors of a lower rank gain before the total score.
    below: i32,
    /// Of this rank the score decides; −1 for none.
    equal: i32,
    /// What it has to reach beyond the mentor's price.
    bar: i32,
}

impl<'a> Screen<'a> {
    pub(super) fn new(levels: &'a [Level], prices: &'a [Prices], ties: bool) -> Self {
        let total = levels.iter().position(Level::is_score);
        let before = total.unwrap_or(levels.len());
        let mentors = prices.first().map_or(0, |prices| prices.mentors.len());
        let at = |mentor: usize| -> Vec<i64> {
            let prices = prices[..before].iter();
            prices.map(|prices| prices.mentors[mentor]).collect()
        };
        let mut ranks: Vec<_> = (0..mentors).map(at).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let rank_of = |mentor| narrow(ranks.partition_point(|rank| *rank < at(mentor)));
        let rank = (0..mentors).map(rank_of).collect();
        let narrow = match total {
            Some(total) => narrowed(&prices[total].mentors),
            None => Some(vec![0; mentors]),
        };
        Self {
            levels,
            prices,
            before,
            ranks,
            rank,
            narrow,
            ties,
        }
    }

    /// Calls `visit(mentor, score)` for every allowed pair of a mentee's row that could gain.
    pub(super) fn for_each(&self, mentee: usize, row: &Row<'_>, mut visit: impl FnMut(u32, i32)) {
        let (Some(prices), Some(cut)) = (&self.narrow, self.cut(mentee)) else {
            return row.for_each(visit);
        };
        match *row {
            Row::Sparse { .. } => row.for_each(|mentor, score| {
                let at = mentor as usize;
                if cut.lets_through(self.rank[at], prices[at], score) {
                    visit(mentor, score);
                }
            }),
            Row::Dense { scores, absent } => {
                let mut first = 0;
                while let Some(start) = cut.next_block(&self.rank, prices, scores, first) {
                    first = (start + BLOCK).min(scores.len());
                    for at in start..first {
                        let score = scores[at];
                        let comes_through = cut.lets_through(self.rank[at], prices[at], score);
                        if comes_through && Some(score) != absent {
                            visit(position(at), score);
                        }
                    }
                }
            }
        }
    }

    /// `None` where 32 bits do not do.
    fn cut(&self, mentee: usize) -> Option<Cut> {
        let levels = self.levels[..self.before].iter().zip(self.prices);
        let own: Vec<i64> = levels
            .map(|(level, prices)| level.highest_pair_value() - prices.mentees[mentee])
            .collect();
        let below = self.ranks.partition_point(|rank| *rank < own);
        let mut equal = match self.ranks.get(below) {
            Some(rank) if *rank == own => narrow(below),
            _ => -1,
        };
        let bar = match self.levels.get(self.before) {
            Some(_) => {
                let price = self.prices[self.before].mentees[mentee];
                let price = i32::try_from(price)
                    .ok()
                    .filter(|&price| is_narrow(price))?;
                // Later levels may still gain.
                let goes_on = self.ties || self.before + 1 < self.levels.len();
                price + i32::from(!goes_on)
            }
            None => {
                equal = if self.ties { equal } else { -1 };
                i32::MIN
            }
        };
        let below = narrow(below);
        Some(Cut { below, equal, bar })
    }
}

impl Cut {
    #[inline(always)]
    fn lets_through(self, rank: i32, price: i32, score: i32) -> bool {
        (rank < self.below) | ((rank == self.equal) & (score >= price + self.bar))
    }

    /// Where the next block of pairs starts, from a start on, of which one comes through.
    fn next_block(
        self,
        ranks: &[i32],
        prices: &[i32],
        scores: &[i32],
        first: usize,
    ) -> Option<usize> {
        lanes::widest(
            #[inline(always)]
            || {
                let blocks = scores[first..]
                    .chunks(BLOCK)
                    .zip(ranks[first..].chunks(BLOCK));
                let mut blocks = blocks.zip(prices[first..].chunks(BLOCK));
                let found = blocks.position(
                    #[inline(always)]
                    |((scores, ranks), prices)| self.lets_any_through(ranks, prices, scores),
                );
                found.map(|blocks| first + blocks * BLOCK)
            },
        )
    }

    /// Made for all pairs of a block, so that many are made at once.
    #[inline(always)]
    fn lets_any_through(self, ranks: &[i32], prices: &[i32], scores: &[i32]) -> bool {
        let triples = ranks.iter().zip(prices).zip(scores);
        triples.fold(0, |any, ((&rank, &price), &score)| {
            any | i32::from(self.lets_through(rank, price, score))
        }) != 0
    }
}

fn is_narrow(price: i32) -> bool {
    price.unsigned_abs() < NARROW
}

/// Prices in 32 bits. One that is beyond all scores may stand as a lower one, which lets more through.
fn narrowed(prices: &[i64]) -> Option<Vec<i32>> {
    let highest = i64::from(NARROW) - 1;
    let narrowed = |&price: &i64| i32::try_from(price.min(highest)).ok();
    let narrow = prices.iter().map(narrowed);
    narrow
        .map(|price| price.filter(|&price| is_narrow(price)))
        .collect()
}

/// There are fewer mentors than 2^24.
fn narrow(rank: usize) -> i32 {
    i32::try_from(rank).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::common::random::Random;

    /// Prices and scores of every size, so that 32 bits do not always do.
    fn number(random: &mut Random) -> i64 {
        let size = [3, 3, 3, 1 << 20, 1 << 29, 1 << 31, 1 << 40][random.below(7) as usize];
        i64::from(random.below(u32::MAX)) % size - size / 3
    }

    fn gain(levels: &[Level], prices: &[Prices], mentor: usize, score: i32) -> Option<i64> {
        let both = levels.iter().zip(prices);
        let mut gains = both.map(|(level, prices)| prices.reduced(level, 0, mentor, score));
        gains.find(|&gain| gain != 0)
    }

    #[test]
    fn no_pair_that_gains_is_held_back_and_hardly_any_other_comes_through() {
        let mut random = Random::new(3);
        let (mut held_back, mut through) = (0, 0);
        for _ in 0..3_000 {
            let all = [
                Level::Participation,
                Level::Avoid { from: 0, to: 1 },
                Level::TotalScore,
                Level::Pairs,
            ];
            let first = random.below(4);
            let last = first + random.below(4 - first);
            let levels = &all[first as usize..=last as usize];
            let mentors = 1 + random.below(150) as usize;
            let prices: Vec<_> = all
                .iter()
                .map(|_| Prices {
                    mentees: vec![number(&mut random)],
                    mentors: (0..mentors).map(|_| number(&mut random)).collect(),
                    ..Prices::default()
                })
                .collect();
            let scores: Vec<i32> = (0..mentors)
                .map(|_| i32::try_from(number(&mut random)).unwrap_or(i32::MIN))
                .collect();
            let absent = Some(0).filter(|_| random.below(2) == 0);
            let ties = random.below(2) == 0;
            let row = Row::Dense {
                scores: &scores,
                absent,
            };
            let mut seen = vec![false; mentors];
            let screen = Screen::new(levels, &prices, ties);
            screen.for_each(0, &row, |mentor, score| {
                assert_eq!(score, scores[mentor as usize]);
                assert_ne!(Some(score), absent);
                seen[mentor as usize] = true;
            });
            for (mentor, &score) in scores.iter().enumerate() {
                let gain = gain(levels, &prices, mentor, score);
                let is_wanted = gain.map_or(ties, |gain| gain > 0) && Some(score) != absent;
                assert!(seen[mentor] || !is_wanted, "{levels:?}");
                through += usize::from(seen[mentor]);
                held_back += usize::from(!seen[mentor]);
            }
        }
        assert!(
            held_back > 1_000 && through > 1_000,
            "{held_back} {through}"
        );
    }
}
