//! From an earlier solution to the optimum of today.
//!
//! # Idea
//! Earlier prices and profits are right but for what has changed. Everybody keeps what she has as far as
//! it still suits her best, and the few who have lost something, or found something better, look for a
//! place by the same searches as ever. All that costs more than a moment is to find them: one pass over
//! the pairs, which also makes lists of what is near its price.
//!
//! Where mentees bid, that pass lists for each what is worth nearly as much to her as her profit was.
//! Where mentors do, [`near`] collects such pairs row by row, as they lie in memory, and mends prices on
//! the way. A vacant place that makes many prices fall is filled [from outside](super::scan), row by row.
//!
//! # Complexity
//! A pass over the pairs, and a short search for each person whom a change concerns.

use super::augment::Patience;
use super::lists::{Base, Lists};
use super::near::{self, Before};
use super::selection::FLOOR;
use super::sides::Sides;
use super::{Market, SHARES, Tuning, priced};
use crate::solver::control::{Control, Stop};
use crate::solver::problem::Problem;
use crate::solver::start::Start;

/// Columns are read for a small part of the time that all searches may take.
const OF_PATIENCE: u64 = 64;

/// How often all rows may be read to fill vacant places, before all begins anew.
const PASSES: u64 = 8;

/// Where one mentee in fewer than these wants more, prices are too far from right, and all begins anew at once. Measured
/// on matrices of all families with 1 to 100 % of the rows of others: where searches are worth it, one in seven does at most.
/// Of mentors who want more, each may want much or little, so their number does not tell.
const OF_FAR: usize = 6;

/// Where one in more than these wants more, prices are nearly right: searches may take [longer](MORE_PATIENCE).
const OF_NEAR: usize = 16;

/// Times the usual patience: with 1 to 5 % of the rows of others and as many places as mentees, searches
/// end in half the time that it takes to begin anew, but after more than the usual.
const MORE_PATIENCE: u64 = 4;

/// What an earlier solution tells of one side's prices, where they can be such.
struct Known<'s>(&'s [Option<i64>]);

impl Known<'_> {
    fn of(&self, person: usize) -> Option<i64> {
        let price = self.0.get(person).copied().flatten();
        price.filter(|price| (0..i64::from(i32::MAX)).contains(price))
    }

    fn prices(&self, places: &[u32]) -> Vec<i64> {
        priced(places, |person| self.of(person).unwrap_or(0))
    }
}

impl<'p> Market<'p> {
    /// A market with the pairs and prices of an earlier one. Lists hold only what is worth as much to
    /// a bidder as her profit was: for nearly everybody, that is what she has.
    pub(super) fn resumed(
        problem: &'p Problem<'p>,
        start: &Start,
        tuning: Tuning,
        control: &Control<'_>,
    ) -> Self {
        let sides = Sides::new(problem, control);
        let (bidders, items) = if sides.mentors_bid {
            (Known(&start.mentors), Known(&start.mentees))
        } else {
            (Known(&start.mentees), Known(&start.mentors))
        };
        let (mut price, mut profit) = (items.prices(&sides.supply), bidders.prices(&sides.demand));
        let margin = near::margin(&sides, &price, &profit);
        let lists = match margin {
            Some(margin) if sides.mentors_bid && !problem.is_sparse() => {
                let before = Before::new(start, |mentee| items.of(mentee).is_some());
                let lengths = (margin, tuning.column_length);
                near::mend(&sides, &before, lengths, (&mut price, &mut profit))
            }
            _ => {
                let slack = margin.map_or(1, |margin| margin + margin / 4); // prices will move
                let least = |bidder: usize| profit[bidder] - slack;
                let threshold = |bidder| i32::try_from(least(bidder)).unwrap_or(FLOOR);
                let base = Base::new(&price, 0);
                Lists::above(&sides, base, tuning.length_at_prices, &threshold)
            }
        };
        let mut market = Self::with_lists(sides, lists, price, profit, tuning);
        market.are_near = margin.is_some();
        for &(mentee, mentor) in &start.pairs {
            let (bidder, item) = market.sides.pair(mentee.get(), mentor.get());
            market.remember(bidder, item);
        }
        market
    }

    /// Notes who held what, for the next claim.
    pub(super) fn remember(&mut self, bidder: u32, item: u32) {
        let listed = self.lists.score_of(bidder, item);
        if let Some(score) = listed.or_else(|| self.sides.score(bidder, item))
            && self.held.open(bidder) > 0
            && !self.held.contains(bidder, item)
        {
            self.held.add(bidder, item, score);
        }
    }

    /// From earlier prices and pairs to the optimum: as they are, or where they prove to be far from
    /// it, from the beginning.
    pub(super) fn resume(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let open = self.claim(control)?;
        control.begin_phase(SHARES[1], open.len());
        if self.mend(open, control)? {
            return self.place_last(control);
        }
        self.lists = Lists::default(); // freed before others are made
        self.sides.forget_copy();
        *self = Self::new(self.sides.problem(), self.tuning, control);
        self.run(control)
    }

    /// Places those who want more, and fills vacant places; `false` if it would be quicker to begin anew.
    fn mend(&mut self, open: Vec<u32>, control: &mut Control<'_>) -> Result<bool, Stop> {
        let bidders = self.sides.bidders();
        if !self.sides.mentors_bid && open.len() > bidders / OF_FAR {
            return Ok(false);
        }
        let usual = self.patience();
        let patience = match usual {
            Patience::Candidates(work) if open.len() <= bidders / OF_NEAR => {
                Patience::Candidates(work.saturating_mul(MORE_PATIENCE))
            }
            usual => usual,
        };
        Ok(self.place_all(open, patience, control)? && self.fill_near(usual, control)?)
    }

    /// Fills vacant places as long as that is quick: from the places, by what is near, if they are many or
    /// hardly any column has to be read beyond that; otherwise from outside.
    fn fill_near(&mut self, patience: Patience, control: &mut Control<'_>) -> Result<bool, Stop> {
        let are_few = self.vacant() < self.tuning.searches_a_pass;
        let patience = match patience {
            Patience::Candidates(work) if are_few && self.can_scan() => {
                Patience::Candidates(work / OF_PATIENCE)
            }
            other => other,
        };
        Ok(self.fill_vacant(patience, control)? || self.fill_by_rows(PASSES, control)?)
    }
}
