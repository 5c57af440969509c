//! What a market that is stopped early gives: what is held, and what can be had for the asking.
//!
//! # Idea
//! Between two steps the bidders hold something legal, but some of them less than they want although
//! there is room: nobody has bid yet, or a dearer item is waited for. Each of them takes the best of
//! her list that has room and is worth something, in turn. Then everybody gets the profit at which no
//! item is worth more to her than the last she wants; with that the prices bound what is missing.
//!
//! # Complexity
//! O(list) a bidder.

use super::Market;
use super::choice::Choice;
use crate::solver::control::{Control, Stop};

impl Market<'_> {
    /// Makes the best of what there is; says why the market stopped.
    pub(super) fn make_do(&mut self, control: &Control<'_>) -> Result<(), Stop> {
        self.take_what_is_left(control);
        self.price_out(control);
        control.check()?;
        Err(Stop::Limit)
    }

    fn take_what_is_left(&mut self, control: &Control<'_>) {
        let mut room = self.sides.supply.clone();
        for bidder in control.until_cancelled(self.sides.all()) {
            for &(item, _) in self.held.of(bidder) {
                room[item as usize] -= 1;
            }
        }
        for bidder in control.until_cancelled(self.sides.all()) {
            for at in 0..self.lists.of(bidder as usize).len() {
                if self.held.open(bidder) == 0 {
                    break;
                }
                let candidate = self.lists.of(bidder as usize)[at];
                let item = candidate.item;
                if room[item as usize] > 0 && !self.held.contains(bidder, item) {
                    room[item as usize] -= 1;
                    let score = self.lists.listed_score(candidate);
                    self.held.add(bidder, item, score);
                }
            }
        }
    }

    /// Gives everybody the profit at which no item is worth more to her than the last she wants.
    fn price_out(&mut self, control: &Control<'_>) {
        let mut choice = Choice::default();
        for bidder in control.until_cancelled(self.sides.eager()) {
            let wanted = self.sides.demand[bidder as usize] as usize;
            self.choose(bidder, wanted, false, &mut choice);
            self.profit[bidder as usize] = choice.last(wanted).unwrap_or(0).max(0);
        }
    }
}
