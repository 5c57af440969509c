//! Pairs that are nearly worth their price, seen from both sides.
//!
//! # Idea
//! A pair's *slack* is what its price and profit are more than its score. From prices that are nearly
//! right, searches take steps of little slack. So all pairs whose slack is below a *margin* are
//! listed: they are the same ones for bidders and items, and collecting them by rows costs one pass,
//! as much as reading a dozen columns of a large matrix one by one.
//!
//! The margin is drawn from a sample of rows, so that a bidder has a few such pairs on average. Any
//! margin leads to the same optimum.

use super::Market;
use super::lists::{Base, Candidate, Lists};
use super::selection::{FLOOR, SCREEN};
use super::sides::Sides;
use crate::parallel;
use crate::solver::problem::{Row, RowBuffer};
use crate::solver::walk::position;

/// Pairs within the margin that a bidder is to have on average, beside those without any slack.
const EACH: usize = 2;

/// With more of them than this, ties are so many that listing them all does not pay.
const CROWD: usize = 64;

/// Pairs within the margin that the sample is to hold, so that it tells the margin well enough.
const SAMPLED: usize = 32;

/// A pair within the margin.
struct Near {
    bidder: u32,
    item: u32,
    score: i32,
}

/// What slack is little at these prices and profits; `None` if too many pairs have no more.
pub(super) fn margin(sides: &Sides<'_>, price: &[i64], profit: &[i64]) -> Option<i64> {
    let problem = sides.problem();
    let (rows, bidders) = (problem.mentees(), sides.bidders().max(1));
    let step = (EACH * bidders / SAMPLED).max(1);
    let (mut slacks, mut buffer) = (Vec::new(), RowBuffer::default());
    for mentee in (0..rows).step_by(step) {
        problem.for_each_allowed(mentee, &mut buffer, |mentor, score| {
            let (bidder, item) = sides.of_pair(position(mentee), mentor);
            let slack = price[item as usize] + profit[bidder as usize] - i64::from(score);
            // Below zero are pairs that are held, and pairs of people who have changed.
            if slack >= 0 {
                slacks.push(slack);
            }
        });
    }
    let in_sample = |each: usize| each * bidders * rows.div_ceil(step) / rows.max(1);
    let free = slacks.iter().filter(|&&slack| slack == 0).count();
    let has_more = free + in_sample(EACH) < slacks.len();
    let near = has_more.then(|| *slacks.select_nth_unstable(free + in_sample(EACH)).1);
    let margin = near.unwrap_or(i64::from(i32::MAX));
    let within = slacks.iter().filter(|&&slack| slack < margin).count();
    (within <= in_sample(CROWD)).then_some(margin)
}

impl Market<'_> {
    /// Lists in which items look for bidders: all pairs of less slack than the margin.
    pub(super) fn lists_of_near(&self, margin: i64) -> Lists {
        let prices = Base::new(&self.price, 0);
        let parts = parallel::blocks(self.sides.problem().extent(), |bidders| {
            let (mut near, mut buffer) = (Vec::new(), RowBuffer::default());
            for bidder in bidders.map(position) {
                self.collect_near(bidder, margin, &prices, &mut buffer, &mut near);
            }
            near
        });
        let candidate = |pair: &Near| {
            let worth = i64::from(pair.score) - self.profit[pair.bidder as usize];
            let item = pair.bidder; // the other side's
            (worth > i64::from(FLOOR)).then_some((pair.item, Candidate { worth, item }))
        };
        let pairs = parts.iter().flatten().filter_map(candidate);
        let left_out = self.price.iter().map(|price| price - margin);
        let base = Base::new(&self.profit, 0);
        Lists::given(pairs, left_out, base, self.tuning.column_length)
    }

    /// Collects a bidder's pairs: from her list, if it leaves out none of them.
    fn collect_near(
        &self,
        bidder: u32,
        margin: i64,
        prices: &Base,
        buffer: &mut RowBuffer,
        near: &mut Vec<Near>,
    ) {
        if self.sides.demand[bidder as usize] == 0 {
            return;
        }
        let bar = self.profit[bidder as usize] - margin;
        let mut keep = |item: u32, score: i32| {
            if score > FLOOR && i64::from(score) - self.price[item as usize] > bar {
                near.push(Near {
                    bidder,
                    item,
                    score,
                });
            }
        };
        let left_out = self.lists.left_out(bidder as usize);
        if left_out.unwrap_or(i64::from(FLOOR)) <= bar {
            for &candidate in self.lists.of(bidder as usize) {
                keep(candidate.item, self.lists.listed_score(candidate));
            }
        } else if let Some(row) = self.sides.problem().row(bidder as usize, buffer) {
            screen(&row, prices, bar, keep);
        }
    }
}

/// Visits pairs of a row: all that are worth more than `bar` at these prices, and few others.
fn screen(row: &Row<'_>, prices: &Base, bar: i64, mut visit: impl FnMut(u32, i32)) {
    let Row::Dense { scores, absent } = *row else {
        return row.for_each(visit);
    };
    // No worth is lower than the lowest number of 32 bits, as no score that counts is negative.
    let bar = i32::try_from(bar).unwrap_or(i32::MIN);
    let mut first = 0;
    for (scores, prices) in scores.chunks(SCREEN).zip(prices.narrow().chunks(SCREEN)) {
        let exceeds = |(&score, &price): (&i32, &i32)| i32::from(score.wrapping_sub(price) > bar);
        let pairs = scores.iter().zip(prices);
        if pairs.fold(0, |any, pair| any | exceeds(pair)) != 0 {
            for (item, &score) in (first..).zip(scores) {
                if Some(score) != absent {
                    visit(item, score);
                }
            }
        }
        first += position(SCREEN);
    }
}

#[cfg(test)]
mod tests;
