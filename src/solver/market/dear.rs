//! Longer lists where a row must be computed to be read.
//!
//! # Idea
//! Beside a row that is computed, everything else that a bidder does takes next to no time. So few rows
//! should be read, and many at once, by all threads:
//!
//! 1. Who finds her list too short in an auction stands aside until nobody else bids, and before a
//!    claim everybody's list is looked at first; then all lists that are too short are made together.
//! 2. A longer list holds what is worth most at *today's* prices. One made at the prices of the list
//!    before would have to be many times as long, since it begins with all that has become too dear.
//! 3. When prices are approached, lists are [rescaled](super::lists::Lists::rescale), not made anew.
//!
//! # Invariant
//! No item that a list leaves out is worth more to the bidder than the list says, at today's prices or
//! any higher ones.

use super::Market;
use super::choice::Choice;
use crate::solver::problem::Access;

/// What the first lists tell, where rows are dear: those that are made longer later leave out what has
/// become too dear by then.
pub(super) struct FirstLook {
    /// The highest score and the median bidder's, at least 1.
    pub(super) highest: (i32, i32),
    /// Whether many bidders may have a twin.
    pub(super) are_alike: bool,
}

impl Market<'_> {
    /// Whether bidders' rows must be computed to be read.
    pub(super) fn are_rows_dear(&self) -> bool {
        let rows = self.sides.rows();
        rows.is_some_and(|rows| rows.access() == Access::OnDemand)
    }

    /// Looks at the first lists, where rows are dear.
    pub(super) fn first_look(&self) -> Option<FirstLook> {
        self.are_rows_dear().then(|| FirstLook {
            highest: self.lists.highest(),
            are_alike: self.are_lists_alike(),
        })
    }

    /// Makes a bidder's list longer.
    pub(super) fn lengthen(&mut self, bidder: u32) {
        if self.are_rows_dear() {
            self.lengthen_together(&[bidder]);
        } else {
            self.lists.widen(&self.sides, bidder as usize);
        }
    }

    /// Makes the lists of some bidders longer, where rows are dear.
    pub(super) fn lengthen_together(&mut self, bidders: &[u32]) {
        if bidders.is_empty() {
            return;
        }
        let length = self.tuning.length_at_prices;
        self.lists
            .widen_together(&self.sides, bidders, &self.price, length);
    }

    /// Has the lists of these bidders, where rows are dear, hold all that they want most.
    pub(super) fn lengthen_for_all(&mut self, bidders: &[u32], choice: &mut Choice) {
        if self.are_rows_dear() {
            let lacks = |&&bidder: &&u32| self.lacks(bidder, self.held.open(bidder), false, choice);
            let short: Vec<u32> = bidders.iter().filter(lacks).copied().collect();
            self.lengthen_together(&short);
        }
    }
}
