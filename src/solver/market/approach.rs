//! Prices that are nearly right, where everybody competes with everybody.
//!
//! # Idea
//! This is ε-scaling: a raise of ε ends price wars in time, and leaves everybody within ε of her best. Whole
//! scores have optimal whole prices, so what lies between two whole ones is dropped, and everybody
//! [claims](super::claim) what is best for her then. No auction starts from empty hands, so that few places with a
//! price stay vacant.
//!
//! Many may still want more, and a search for each reads many rows: 2,000 mentees, 1,031 of them left over after one
//! round at 500 mentors whom all rank nearly alike, took 124 ms to place. So rounds with ever smaller raises follow,
//! each from the prices of the one before: five more took 25 ms and left nobody over. They pay only where bidders look
//! at [whole] rows, since new lists would take a pass a round; and only after a round that came to an end by itself, as
//! otherwise its raise was already too small.
//!
//! # References
//! D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the transportation problem", 1989 (ε-scaling).

use super::auction::{Hands, Limit};
use super::lists::{Base, Lists};
use super::whole::Whole;
use super::{BEYOND, Market};
use crate::solver::control::{Control, Stop};

/// Scores are scaled up to here, so that raises can be fine where scores are few.
const SCALE: i32 = 1 << 28;

/// How many times smaller the raise of the next round is. With 4 or 16 times, rounds take as long together.
const FINER: i64 = 8;

/// Where no more than one bidder in so many wants more, searches place her sooner than another round.
const OF_MANY: usize = 16;

impl Market<'_> {
    /// Finds prices that are nearly right, by auctions with small raises; gives the bidders who want more at them.
    pub(super) fn approach(&mut self, control: &mut Control<'_>) -> Result<Vec<u32>, Stop> {
        let (highest, median) = self.highest_of_all();
        let shift = (SCALE / highest).checked_ilog2().unwrap_or(0);
        let mut raise = (i64::from(median) << shift) / self.tuning.raise;
        loop {
            raise = raise.max(1);
            let has_ended = self.bid_round(shift, raise, control)?;
            let open = self.claim(control)?;
            let are_many = open.len() > self.sides.bidders() / OF_MANY;
            if !(are_many && has_ended && self.whole.is_some() && raise > 1) {
                return Ok(open);
            }
            raise /= FINER;
        }
    }

    /// Lets those who want more bid with a raise, scores being shifted; whether that came to an end by itself.
    fn bid_round(
        &mut self,
        shift: u32,
        raise: i64,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let asked = |price: &&mut i64| **price < BEYOND;
        for price in self.price.iter_mut().filter(asked) {
            *price <<= shift;
        }
        self.look_anew(shift, control)?;
        let limit = Limit {
            bids: self.tuning.bids_to_approach,
            looks: if self.can_scan() {
                self.tuning.looks_to_approach
            } else {
                u64::MAX
            },
        };
        let ended = self.auction(Hands::Full, raise, limit, control);
        for price in self.price.iter_mut().filter(asked) {
            *price >>= shift;
        }
        self.look_anew(0, control)?;
        ended
    }

    /// The highest score that somebody can have and the median bidder's, at least 1.
    fn highest_of_all(&self) -> (i32, i32) {
        // Lists made at other prices than nothing do not tell.
        match Whole::to_begin_with(&self.sides, self.tuning, &self.price) {
            Some(_) => self.highest_scores(),
            None if self.are_agreed => self.highest_scores(),
            None => match &self.first_look {
                Some(first) => first.highest,
                None => self.lists.highest(),
            },
        }
    }

    /// Has bidders look at whole rows at today's prices, if twins do not share lists, or at new lists.
    fn look_anew(&mut self, shift: u32, control: &Control<'_>) -> Result<(), Stop> {
        if self.are_rows_dear() && self.lists.rescale(shift) {
            return control.check();
        }
        let whole = Whole::of(&self.sides, self.tuning, &self.price, shift);
        self.whole = whole.filter(|_| self.twins.is_none());
        if self.whole.is_none() {
            return self.relist(shift, control);
        }
        let base = Base::new(&self.price, shift);
        self.lists = Lists::empty(self.sides.bidders(), base, self.tuning.length_at_prices);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::common::random::Random;
    use crate::solver::control::Control;
    use crate::solver::market::Tuning;
    use crate::solver::options::{Method, SolveOptions};
    use crate::solver::problem::Problem;
    use crate::solver::{Level, solve};

    #[test]
    fn rounds_of_ever_smaller_raises_leave_few_over_where_all_rank_mentors_nearly_alike() {
        let (mentees, mentors) = (400, 100);
        let mut random = Random::new(3);
        let ranks: Vec<i32> = (0..mentors).map(|_| random.between(0, 600_000)).collect();
        let pairs = (0..mentees).flat_map(|_| 0..mentors);
        let scores: Vec<i32> = pairs
            .map(|mentor| ranks[mentor] + random.between(0, 40_000))
            .collect();
        let problem = Problem::dense(mentees, mentors, scores, None).unwrap();
        let problem = problem.with_capacities(vec![4; mentors]).unwrap();
        let mut control = Control::idle();

        let mut market = Market::new(&problem, Tuning::default(), &control);
        market
            .auction(Hands::Empty, 0, market.bids(), &mut control)
            .unwrap();
        market.claim(&mut control).unwrap();
        let open = market.approach(&mut control).unwrap();
        assert!(open.len() <= mentees / OF_MANY, "{} want more", open.len());
        market.place_whole(open, &mut control).unwrap();

        let flow = SolveOptions::new([Level::TotalScore]).method(Method::MinCostFlow);
        let expected = solve(&problem, &flow).unwrap().value[0];
        let worth: i64 = market.held().iter().map(|pair| i64::from(pair.2)).sum();
        assert_eq!(i128::from(worth), expected);
    }
}
