//! Which pairs of a row could gain? At the speed at which memory gives the scores.
//!
//! # Idea
//! Whether a pair gains is decided by the first level at which its value differs from the prices of
//! its two people. At the levels before the total score pairs are worth the same, or next to nothing: there
//! only the mentor's prices count, and mentors are *ranked* by them once. Where a mentee's own prices fall
//! among them says of most mentors of her row at once that none gains, or that all do, mostly of the whole row.
//! For those of just that rank the score decides, with one comparison a pair in 32 bits, which the compiler
//! vectorises: each rank has a list of prices of its own, in which all other mentors cost more than
//! prices come to, so that of them only scores beyond all usual ones come through.
//!
//! The [check](super::certificate) of a proof tests rows likewise, by code of its own: what one of the two
//! overlooks, the other finds.
//!
//! # Invariant
//! No pair that gains is held back. What comes through may gain, and is to be asked.
//!
//! # Complexity
//! One pass over a row at most; O(mentors · levels · log mentors) to begin with, and [`CACHED`] prices at most.

use std::ops::Range;

use super::certificate::Prices;
use super::kept_rows::{Blocks, Found, Peaks};
use super::level::Level;
use super::problem::{Problem, Row};
use super::walk::position;
use crate::lanes;

/// Scores compared at once.
const BLOCK: usize = 64;

/// Prices below this in size add up within 32 bits.
const NARROW: i32 = 1 << 29;

/// What a mentor of another rank costs: more than prices come to.
const OTHER: i32 = 2 * NARROW;

/// So many prices of all ranks together stay in the cache; more are not made.
const CACHED: usize = 1 << 17;

/// Prices of all mentors, prepared for many rows.
pub(super) struct Screen<'a> {
    levels: &'a [Level],
    prices: &'a [Prices],
    /// How many levels come before the total score.
    before: usize,
    /// Different prices at those, ascending.
    ranks: Vec<Vec<i64>>,
    /// By mentor.
    rank: Vec<usize>,
    /// By mentor, at the total score; all 0 where there is none, `None` where 32 bits do not do.
    narrow: Option<Vec<i32>>,
    /// By rank: the same for mentors of that rank, and [`OTHER`] for the others. None where they are more than [`CACHED`].
    of_rank: Vec<OfRank<'a>>,
}

/// What mentors of one rank cost.
struct OfRank<'a> {
    prices: Vec<i32>,
    /// If rows are kept.
    peaks: Option<Peaks<'a>>,
}

/// What separates the pairs of one row.
#[derive(Clone, Copy)]
struct Cut {
    /// Mentors of a lower rank gain before the total score.
    below: usize,
    /// Of this rank the score decides.
    equal: Option<usize>,
    /// What it has to reach beyond the mentor's price; their sum fits 32 bits.
    bar: i32,
}

impl<'a> Screen<'a> {
    pub(super) fn new(
        problem: &'a Problem<'_>,
        (levels, prices): (&'a [Level], &'a [Prices]),
    ) -> Self {
        let total = levels.iter().position(Level::is_score);
        let before = total.unwrap_or(levels.len());
        let mentors = prices.first().map_or(0, |prices| prices.mentors.len());
        let (ranks, rank) = ranked(&prices[..before], mentors);
        let narrow = match total {
            Some(total) => narrowed(&prices[total].mentors),
            None => Some(vec![0; mentors]),
        };
        let of_rank = match &narrow {
            Some(prices) if total.is_some() && ranks.len() * mentors <= CACHED => {
                let of_rank = |own: usize| {
                    let prices = only(own, &rank, prices);
                    let peaks = problem.peaks(&prices);
                    OfRank { prices, peaks }
                };
                (0..ranks.len()).map(of_rank).collect()
            }
            _ => Vec::new(),
        };
        Self {
            levels,
            prices,
            before,
            ranks,
            rank,
            narrow,
            of_rank,
        }
    }

    /// Lets everything through.
    pub(super) fn open((levels, prices): (&'a [Level], &'a [Prices])) -> Self {
        Self {
            levels,
            prices,
            before: levels.len(),
            ranks: Vec::new(),
            rank: Vec::new(),
            narrow: None,
            of_rank: Vec::new(),
        }
    }

    /// Looks up where pairs of these mentees' rows could gain, if they are kept.
    pub(super) fn find(&self, mentees: Range<usize>) -> Found {
        Found::of_rows(mentees, |mentee| {
            let cut = self.cut(mentee).filter(|cut| cut.below == 0)?;
            let peaks = self.of_rank.get(cut.equal?)?.peaks.as_ref()?;
            Some((peaks, cut.bar - 1))
        })
    }

    /// Calls `visit(mentor, score)` for every allowed pair of a mentee's row that could gain.
    pub(super) fn for_each(
        &self,
        mentee: usize,
        (row, found): (&Row<'_>, Blocks<'_>),
        mut visit: impl FnMut(u32, i32),
    ) {
        let (Some(prices), Some(cut)) = (&self.narrow, self.cut(mentee)) else {
            return row.for_each(visit);
        };
        let alone = match cut.equal {
            None if cut.below == 0 => return,
            Some(rank) if cut.below == 0 => self.of_rank.get(rank),
            _ => None, // where prices are right, there are no such rows
        };
        if let (Row::Dense { scores, absent }, Some(of_rank)) = (row, alone) {
            let prices = &of_rank.prices;
            return cut.for_each_of_rank((scores, found), prices, |at, score| {
                if Some(score) != *absent {
                    visit(position(at), score);
                }
            });
        }
        row.for_each(|mentor, score| {
            let at = mentor as usize;
            if cut.lets_through(self.rank[at], prices[at], score) {
                visit(mentor, score);
            }
        });
    }

    /// `None` where 32 bits do not do.
    fn cut(&self, mentee: usize) -> Option<Cut> {
        let own = |level: usize| {
            self.levels[level].highest_pair_value() - self.prices[level].mentees[mentee]
        };
        let to_own = |rank: &Vec<i64>| rank.iter().copied().cmp((0..self.before).map(own));
        let below = self.ranks.partition_point(|rank| to_own(rank).is_lt());
        let is_equal = self
            .ranks
            .get(below)
            .is_some_and(|rank| to_own(rank).is_eq());
        let has_score = self.before < self.levels.len();
        let bar = if has_score {
            // Later levels may still gain.
            let goes_on = self.before + 1 < self.levels.len();
            let price = i32::try_from(self.prices[self.before].mentees[mentee]).ok()?;
            is_narrow(price).then(|| price + i32::from(!goes_on))?
        } else {
            i32::MIN
        };
        Some(Cut {
            below,
            equal: (is_equal && has_score).then_some(below),
            bar,
        })
    }
}

/// The mentors' different prices, ascending, and by mentor which of them are his.
fn ranked(prices: &[Prices], mentors: usize) -> (Vec<Vec<i64>>, Vec<usize>) {
    let at = |mentor: usize| prices.iter().map(move |prices| prices.mentors[mentor]);
    let mut order: Vec<usize> = (0..mentors).collect();
    order.sort_unstable_by(|&one, &other| at(one).cmp(at(other)));
    let (mut ranks, mut rank) = (Vec::new(), vec![0; mentors]);
    for of_rank in order.chunk_by(|&one, &other| at(one).eq(at(other))) {
        of_rank
            .iter()
            .for_each(|&mentor| rank[mentor] = ranks.len());
        ranks.push(at(of_rank[0]).collect());
    }
    (ranks, rank)
}

impl Cut {
    fn lets_through(self, rank: usize, price: i32, score: i32) -> bool {
        let is_equal = Some(rank) == self.equal;
        (rank < self.below) | (is_equal & (score >= price + self.bar))
    }

    /// Visits the scores that come through at these prices, where no rank is below.
    fn for_each_of_rank(
        self,
        (scores, found): (&[i32], Blocks<'_>),
        prices: &[i32],
        mut visit: impl FnMut(usize, i32),
    ) {
        let mut visit_all = |mentors: Range<usize>| {
            let both = scores[mentors.clone()].iter().zip(&prices[mentors.clone()]);
            for (mentor, (&score, &price)) in mentors.zip(both) {
                if score >= price + self.bar {
                    visit(mentor, score);
                }
            }
        };
        if let Some(found) = found {
            return found.iter().cloned().for_each(visit_all);
        }
        let (blocks, rest) = scores.as_chunks::<BLOCK>();
        let (of_prices, _) = prices.as_chunks::<BLOCK>();
        for (number, (scores, prices)) in blocks.iter().zip(of_prices).enumerate() {
            if lanes::any::<BLOCK>(|at| scores[at] >= prices[at] + self.bar) {
                visit_all(number * BLOCK..(number + 1) * BLOCK);
            }
        }
        visit_all(scores.len() - rest.len()..scores.len());
    }
}

/// The prices of mentors of one rank.
fn only(own: usize, rank: &[usize], prices: &[i32]) -> Vec<i32> {
    let both = rank.iter().zip(prices);
    let price = |(&rank, &price)| if rank == own { price } else { OTHER };
    both.map(price).collect()
}

fn is_narrow(price: i32) -> bool {
    price.abs_diff(0) < NARROW.unsigned_abs()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::common::random::Random;
    use crate::solver::kept_rows::KeptRows;
    use crate::solver::problem::RowBuffer;

    /// Numbers of a size.
    fn number(random: &mut Random, size: i64) -> i64 {
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
        let (mut held_back, mut through, mut in_blocks) = (0, 0, 0);
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
            // Of every size, so that 32 bits do not always do, and ranks are few and many.
            let mut size = || [3, 3, 1 << 20, 1 << 29, 1 << 31, 1 << 40][random.below(6) as usize];
            let (before, own) = (size(), size());
            let prices: Vec<_> = levels
                .iter()
                .map(|level| {
                    let size = if level.is_score() { own } else { before };
                    Prices {
                        mentees: vec![number(&mut random, size)],
                        mentors: (0..mentors).map(|_| number(&mut random, size)).collect(),
                        ..Prices::default()
                    }
                })
                .collect();
            let scores: Vec<i32> = (0..mentors)
                .map(|_| i32::try_from(number(&mut random, own)).unwrap_or(i32::MIN))
                .collect();
            let absent = Some(0).filter(|_| random.below(2) == 0);
            let kept = KeptRows::new(mentors, [scores.clone()], absent).unwrap();
            let kept = kept.at_prices((0..mentors).map(|_| number(&mut random, own)));
            let problem = match random.below(2) {
                0 => Problem::dense(1, mentors, &scores[..], absent),
                _ => Problem::kept(&kept),
            };
            let (problem, mut buffer) = (problem.unwrap(), RowBuffer::default());
            let row = problem.row(0, &mut buffer).unwrap();
            let mut seen = vec![false; mentors];
            let screen = Screen::new(&problem, (levels, &prices));
            let is_of_a_rank = |cut: Cut| cut.below == 0 && cut.equal.is_some();
            let is_in_blocks = !screen.of_rank.is_empty() && mentors >= BLOCK;
            in_blocks += usize::from(is_in_blocks && screen.cut(0).is_some_and(is_of_a_rank));
            let found = screen.find(0..1);
            screen.for_each(0, (&row, found.of(0)), |mentor, score| {
                assert_eq!(score, scores[mentor as usize]);
                assert_ne!(Some(score), absent);
                seen[mentor as usize] = true;
            });
            for (mentor, &score) in scores.iter().enumerate() {
                let gain = gain(levels, &prices, mentor, score);
                let is_wanted = gain.is_some_and(|gain| gain > 0) && Some(score) != absent;
                assert!(seen[mentor] || !is_wanted, "{levels:?}");
                through += usize::from(seen[mentor]);
                held_back += usize::from(!seen[mentor]);
            }
        }
        assert!(
            held_back > 1_000 && through > 1_000 && in_blocks > 100,
            "{held_back} {through} {in_blocks}"
        );
    }
}
