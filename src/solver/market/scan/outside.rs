//! From outside to a vacant place: who moves there, or by how much all prices fall.
//!
//! # Idea
//! A place with a price that has lost its taker pulls prices down, until somebody moves there or a place is left
//! vacant that costs nothing. With exactly as many places as bidders that concerns nearly everything: all
//! prices hang together. From the vacant place it is seen item by item, which here are columns, each of
//! them read across all rows. So the search runs the other way. It starts *outside*: there any place can go at
//! a loss of its price. Whoever held it moves on, at the loss of what suits her next best, and so forth;
//! the search ends at the vacant place that is nearest. That visits bidders, whose rows lie in memory.
//!
//! Afterwards every price falls by the distance of its item from outside, at most by that of the vacant place,
//! and profits rise likewise: all in one go.
//!
//! # Invariant
//! That of the market. No pair comes to be worth more than its price and profit, since distances of two items
//! differ by no more than the loss of who moves from one to the other.
//!
//! # Complexity
//! At most one pass over the rows for each vacant place.
//!
//! # References
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987; the search from the other end is that of a reverse auction, as in
//! [`flip`](super::super::flip).

use super::{End, FAR, Goal, Market, Scanner, Sought};
use crate::solver::control::{Control, Stop};
use crate::solver::walk::position;

/// Stands for the visit by which a place goes outside.
const OUTSIDE: u32 = u32::MAX;

impl Market<'_> {
    /// Fills vacant places that have a price, or takes it back, by searches that read rows; `false` if rows
    /// cannot be read, or if that takes longer than `passes` over all of them.
    pub(in super::super) fn fill_by_rows(
        &mut self,
        passes: u64,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        if !self.can_scan() {
            let is_full = self.vacant() == 0;
            control.check()?;
            return Ok(is_full);
        }
        let mut idle = self.sides.eager();
        let most = passes.saturating_mul(self.sides.bidders() as u64);
        let mut scanner = Scanner::new(self, Sought::Vacancy);
        while scanner.market.vacant() > 0 {
            if scanner.rows_read > most {
                return Ok(false);
            }
            idle.retain(|&bidder| scanner.market.is_idle(bidder));
            scanner.fill_nearest(&idle, control)?;
        }
        control.check()?;
        Ok(true)
    }

    /// Whether a bidder would take one more item at no profit.
    fn is_idle(&self, bidder: u32) -> bool {
        self.held.open(bidder) > 0 && self.profit[bidder as usize] == 0
    }
}

impl Scanner<'_, '_> {
    /// Fills the vacant place that is nearest to outside, or takes its price back.
    fn fill_nearest(&mut self, idle: &[u32], control: &mut Control<'_>) -> Result<(), Stop> {
        let goal = self.search_from_outside(idle, control)?;
        self.follow(goal.distance);
        self.lower(i64::from(goal.distance));
        if let End::Item(item) = goal.end {
            self.move_to(item);
        }
        Ok(())
    }

    /// Whoever has nothing to lose may move first, as well as who holds something that may go outside.
    fn search_from_outside(
        &mut self,
        idle: &[u32],
        control: &mut Control<'_>,
    ) -> Result<Goal, Stop> {
        self.frontier.begin_at_prices(OUTSIDE);
        self.begin();
        let mut goal = Goal::UNKNOWN;
        for &bidder in idle {
            self.visit(bidder, 0, None, &mut goal, control)?;
        }
        self.walk(goal, control)
    }

    /// All prices fall, and all profits rise.
    fn lower(&mut self, by: i64) {
        for (item, price) in self.market.price.iter_mut().enumerate() {
            if *price < super::super::BEYOND {
                *price -= by;
            }
            let price = i32::try_from(*price).unwrap_or(FAR);
            self.frontier.open(position(item), price);
        }
        for bidder in self.market.sides.eager() {
            self.market.profit[bidder as usize] += by;
        }
    }

    /// Moves everybody on the path on by one item, from its end back to who held what goes outside.
    fn move_to(&mut self, vacant: u32) {
        let mut next = Some(vacant);
        while let Some(item) = next {
            let visit = self.frontier.from(item);
            if visit == OUTSIDE {
                return;
            }
            next = self.leave(visit);
            let bidder = self.visited[visit as usize].bidder;
            self.market.hand_over(bidder, item);
        }
    }
}

#[cfg(test)]
mod tests;
