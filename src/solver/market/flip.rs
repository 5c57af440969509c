//! Vacant places with a price: the market seen from the other side.
//!
//! # Idea
//! Complementary slackness does not tell bidders from items: a price is to an item what a profit is to
//! a bidder. So an item with a price and a vacant place is, from the other side, a bidder who wants one
//! more at a profit. The market is turned round, the same auction and the same searches lower prices
//! until somebody moves or a price is gone, and the market is turned back. Lists of the other side are
//! only made for those who come to bid.
//!
//! # References
//! D. P. Bertsekas, D. A. Castañón and H. Tsaknakis, "Reverse auction and the solution of inequality
//! constrained assignment problems", 1993.

use super::Market;
use super::augment::Patience;
use super::holders::Holders;
use super::holdings::Holdings;
use super::lists::{Base, Lists};
use super::near;
use crate::solver::control::{Control, Stop};

impl Market<'_> {
    /// Fills vacant places that have a price or must be filled, or takes the price back; `false` if
    /// patience has run out before.
    pub(super) fn fill_vacant(
        &mut self,
        patience: Patience,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let mut vacant = self.vacant();
        if vacant > 0 {
            self.list(control)?;
            self.take_what_costs_its_worth();
            vacant = self.vacant();
        }
        control.check()?;
        if vacant == 0 {
            return Ok(true);
        }
        let lists = self.lists_of_others(vacant);
        let items = control.until_cancelled((0..).take(self.sides.items()));
        let room: Vec<u32> = items.map(|item| self.room_to_turn(item)).collect();
        control.check()?;
        let lists = self.turn(&room, lists, control)?;
        let ended = self.place_open(patience, control);
        // Whoever comes next may want anybody to take more than she has.
        let room = self.sides.supply.to_vec();
        self.turn(&room, lists, control)?;
        ended
    }

    /// How many items have a vacant place that is to be filled; fewer if cancelled.
    pub(super) fn vacant(&self) -> usize {
        let items = self
            .sides
            .watch
            .until_cancelled((0..).take(self.sides.items()));
        items.filter(|&item| self.is_vacant(item)).count()
    }

    /// Gives vacant places to bidders who gain nothing by them and would take one more: prices that ask
    /// for all that an item is worth leave such bidders behind. Everybody with a profit is placed.
    fn take_what_costs_its_worth(&mut self) {
        let watch = self.sides.watch.clone();
        for bidder in watch.until_cancelled(self.sides.eager()) {
            for at in 0..self.lists.of(bidder as usize).len() {
                if self.held.open(bidder) == 0 || self.profit[bidder as usize] != 0 {
                    break;
                }
                let candidate = self.lists.of(bidder as usize)[at];
                let (item, price) = (candidate.item, self.price[candidate.item as usize]);
                let is_free = candidate.worth == self.lists.rise(item, price);
                if is_free && self.is_vacant(item) && !self.held.contains(bidder, item) {
                    self.hand_over(bidder, item);
                }
            }
        }
    }

    /// Places what is open at a profit.
    fn place_open(&mut self, patience: Patience, control: &mut Control<'_>) -> Result<bool, Stop> {
        self.outbid(control)?;
        let open = self.open();
        self.place_all(open, patience, control)
    }

    /// Lists in which items look for bidders, at the bidders' profits: what is near, where that is known or many
    /// would have to read columns, otherwise all empty to start with.
    fn lists_of_others(&self, vacant: usize) -> Lists {
        let are_many = vacant >= self.tuning.searches_a_pass;
        if (are_many || self.are_near || self.are_rows_dear())
            && self.sides.items_are_columns()
            && let Some(margin) = near::margin(&self.sides, &self.price, &self.profit)
        {
            return self.lists_of_near(margin);
        }
        let length = if self.sides.mentors_bid {
            self.tuning.length
        } else {
            self.tuning.column_length
        };
        Lists::empty(self.sides.items(), Base::new(&self.profit, 0), length)
    }

    /// Turns the market round, items being able to hold so much then; gives the lists it had.
    fn turn(&mut self, room: &[u32], lists: Lists, control: &Control<'_>) -> Result<Lists, Stop> {
        let mut held = Holdings::new(room);
        let mut holders = Holders::new(&self.sides.demand, room);
        for bidder in control.until_cancelled(self.sides.all()) {
            for &(item, score) in self.held.of(bidder) {
                held.add(item, bidder, score);
                holders.add(bidder, item, score);
            }
        }
        control.check()?;
        (self.held, self.holders) = (held, holders);
        std::mem::swap(&mut self.price, &mut self.profit);
        self.sides.turn();
        self.twins = None; // they are of the other side now
        Ok(std::mem::replace(&mut self.lists, lists))
    }

    /// How many places of an item are kept while the market is turned. There, only who wants more gets more;
    /// of the others, one place tells whether there is any vacant.
    fn room_to_turn(&self, item: u32) -> u32 {
        let supply = self.sides.supply[item as usize];
        if self.is_vacant(item) {
            return supply;
        }
        let holders = self.holders.of(item).len();
        u32::try_from(holders + 1).map_or(supply, |room| room.min(supply))
    }
}
