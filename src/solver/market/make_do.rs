//! What a market that is stopped early tells: what is held, and a bound.
//!
//! # Idea
//! Between two steps the bidders hold something legal, but some of them less than they want although there is room:
//! that is for others to [fill up](crate::solver::greedy). Everybody gets the profit at which no listed item is worth
//! more to her than the last she wants; with that the prices bound what is missing.
//!
//! # Complexity
//! O(list) a bidder.

use super::Market;
use super::choice::Choice;
use crate::solver::control::{Control, Stop};

impl Market<'_> {
    /// Has the prices bound what is missing; says why the market stopped.
    pub(super) fn make_do(&mut self, control: &Control<'_>) -> Result<(), Stop> {
        self.list(control)?;
        self.price_out(control);
        control.check()?;
        Err(Stop::Limit)
    }

    /// Gives everybody the profit at which no listed item is worth more to her than the last she wants,
    /// nor anything else. Lists are not made longer any more.
    fn price_out(&mut self, control: &Control<'_>) {
        let mut choice = Choice::default();
        for bidder in control.until_cancelled(self.sides.eager()) {
            let wanted = self.sides.demand[bidder as usize] as usize;
            self.choose_listed(bidder, wanted, false, &mut choice);
            let left_out = self.lists.left_out(bidder as usize).unwrap_or(0);
            let worth = choice.last(wanted).unwrap_or(0).max(left_out);
            self.profit[bidder as usize] = worth.max(0);
        }
    }
}
