//! Which pairs of a row are worth just their price at the level of scores.
//!
//! A word has a bit for each of 64 mentors. Scores and prices are compared modulo 2^32, many at once; where prices
//! are so small that their sum fits 32 bits that is all there is to it, elsewhere what it finds is looked
//! at again.

use std::ops::Range;

use crate::lanes;
use crate::solver::certificate::Prices;
use crate::solver::kept_rows::{Blocks, Found, Peaks};
use crate::solver::kinds::{Kinds, OpenWorths};
use crate::solver::problem::{Problem, Row};
use crate::solver::walk::position;

/// Scores compared at once.
const BLOCK: usize = u64::BITS as usize;

/// The sum of two prices below this, in size, fits 32 bits.
const NARROW: i64 = 1 << 30;

/// The test for pairs that are worth just their price.
pub(super) struct AtPrice<'a> {
    kinds: &'a Kinds,
    prices: &'a Prices,
    /// The mentors' prices modulo 2^32.
    low: Vec<i32>,
    are_narrow: bool,
    /// If rows are kept, and prices are narrow.
    peaks: Option<Peaks<'a>>,
}

impl<'a> AtPrice<'a> {
    pub(super) fn new(problem: &'a Problem<'a>, prices: &'a Prices) -> Self {
        let low: Vec<_> = prices.mentors.iter().map(|&price| low(price)).collect();
        let are_narrow = prices.mentors.iter().all(|&price| is_narrow(price));
        Self {
            peaks: are_narrow.then(|| problem.peaks(&low)).flatten(),
            kinds: &problem.mentors.kinds,
            are_narrow,
            prices,
            low,
        }
    }

    /// What a pair is worth modulo 2^32 without its mentee's price.
    #[inline]
    pub(super) fn worth(&self, (mentor, score): (u32, i32)) -> i32 {
        score.wrapping_sub(self.low[mentor as usize])
    }

    /// What the open pairs are worth of a mentee whom kinds bind, and who has these.
    pub(super) fn by_kind(
        &self,
        mentee: usize,
        own: impl Iterator<Item = (u32, i32)>,
    ) -> OpenWorths<'a> {
        let worths = own.map(|pair| (pair.0 as usize, self.worth(pair)));
        OpenWorths::new(self.kinds, low(self.prices.mentees[mentee]), worths)
    }

    /// Where some mentees' pairs may be worth just their price, if that is known beforehand.
    pub(super) fn find(&self, mentees: Range<usize>) -> Found {
        let below = |mentee: usize| i32::try_from(self.prices.mentees[mentee] - 1).ok();
        Found::of_rows(mentees, |mentee| {
            Some((self.peaks.as_ref()?, below(mentee)?))
        })
    }

    /// Visits the pairs of a mentee's row that are worth just their price, of those that are to be read.
    pub(super) fn visit(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        mut visit: impl FnMut(u32, i32),
    ) {
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(|mentor, score| {
                if self.is_at_price(mentee, mentor as usize, score) {
                    visit(mentor, score);
                }
            });
        };
        let mut visit_among = |mentors: Range<usize>| {
            let scores = &scores[mentors.clone()];
            self.words((mentee, mentors.start), (scores, absent), |at, mut word| {
                while word != 0 {
                    let at = at * BLOCK + word.trailing_zeros() as usize;
                    visit(position(mentors.start + at), scores[at]);
                    word &= word - 1;
                }
            });
        };
        match blocks {
            Some(blocks) => blocks.iter().cloned().for_each(visit_among),
            None => visit_among(0..scores.len()),
        }
    }

    /// Visits the words that are not 0 of the scores of a mentee's row from a mentor on.
    pub(super) fn words(
        &self,
        (mentee, first): (usize, usize),
        (scores, absent): (&[i32], Option<i32>),
        mut visit: impl FnMut(usize, u64),
    ) {
        let prices = &self.low[first..first + scores.len()];
        let price = self.prices.mentees[mentee];
        let is_exact = self.are_narrow && is_narrow(price);
        let own = low(price);
        lanes::words_of_equal([scores, prices], own, absent, |at, word| {
            let is_right = |bit: &u32| {
                let at = at * BLOCK + *bit as usize;
                self.is_at_price(mentee, first + at, scores[at])
            };
            let word = match is_exact {
                true => word,
                false => (0..u64::BITS)
                    .filter(|bit| word >> bit & 1 == 1)
                    .filter(is_right)
                    .fold(0, |word, bit| word | 1 << bit),
            };
            if word != 0 {
                visit(at, word);
            }
        });
    }

    fn is_at_price(&self, mentee: usize, mentor: usize, score: i32) -> bool {
        i64::from(score) == self.prices.mentees[mentee] + self.prices.mentors[mentor]
    }
}

fn is_narrow(price: i64) -> bool {
    price.abs() < NARROW // prices were checked against 2^60, or are a solver's own, which are smaller
}

#[expect(clippy::cast_possible_truncation, reason = "compared modulo 2^32")]
fn low(price: i64) -> i32 {
    price as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums of prices that 32 bits do not tell from a score.
    #[test]
    fn pairs_far_from_their_price_are_told_from_those_at_it() {
        let mentors = 100;
        for price in [5, 1 << 30, 1 << 31, 1 << 32] {
            let scores: Vec<_> = [0, i32::MIN, 10]
                .into_iter()
                .cycle()
                .take(mentors)
                .collect();
            let signs = [price, -price].into_iter().cycle().take(mentors);
            let prices = Prices {
                mentees: vec![price],
                mentors: signs.collect(),
                ..Prices::default()
            };
            let problem = Problem::dense(1, mentors, &scores, None).unwrap();
            let row = Row::Dense {
                scores: &scores,
                absent: None,
            };
            let mut found = Vec::new();
            let test = AtPrice::new(&problem, &prices);
            test.visit(0, (&row, None), |mentor, _| found.push(mentor));
            let both = scores.iter().zip(&prices.mentors);
            let expected: Vec<_> = (0..)
                .zip(both)
                .filter(|(_, (score, own))| i64::from(**score) == price + **own)
                .map(|(mentor, _)| mentor)
                .collect();
            assert_eq!(found, expected);
        }
    }
}
