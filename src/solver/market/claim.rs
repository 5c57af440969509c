//! At today's prices everybody takes what suits her best, as far as there is room.
//!
//! # Idea
//! An auction leaves prices that are right or nearly so. From empty hands, each bidder takes the items
//! worth most to her, those she held in the auction before others of the same worth. An item without
//! room blocks: what is worth less than it she must not take. Prices stay as they are.
//!
//! # Invariant
//! Afterwards everybody holds what is worth more to her than her profit and nothing that is worth less;
//! she has a profit, and wants more, only if something blocked her.
//!
//! # Complexity
//! O(list) a bidder.

use super::holdings::Holdings;
use super::{Market, Worth};
use crate::solver::control::{Control, Stop};

/// Marks the items a bidder held before.
struct Marks {
    last: Vec<u32>,
    bidder: u32,
}

impl Marks {
    fn has(&self, item: u32) -> bool {
        self.last[item as usize] == self.bidder
    }
}

impl Market<'_> {
    /// Starts from empty hands; gives the bidders who want more at a profit.
    pub(super) fn claim(&mut self, control: &mut Control<'_>) -> Result<Vec<u32>, Stop> {
        let empty = Holdings::new(&self.sides.demand);
        let before = std::mem::replace(&mut self.held, empty);
        self.holders.iter_mut().for_each(Vec::clear);
        let mut marks = Marks {
            last: vec![u32::MAX; self.sides.items()],
            bidder: u32::MAX,
        };
        let mut best = Vec::new();
        let eager = self.sides.eager();
        for &bidder in control.until_cancelled(&eager) {
            self.reclaim(bidder, &before, &mut marks, &mut best);
        }
        let mut open = Vec::new();
        let mut work = 0;
        for bidder in control.until_cancelled(eager) {
            work += self.claim_rest(bidder, &mut best);
            if self.wants_more(bidder) {
                open.push(bidder);
            }
        }
        // A limit stops nobody half-way: with hands half empty, all before would have been in vain.
        control.check()?;
        control.spend(work)?;
        Ok(open)
    }

    /// Takes what a bidder held before and is still among her best.
    fn reclaim(
        &mut self,
        bidder: u32,
        before: &Holdings,
        marks: &mut Marks,
        best: &mut Vec<Worth>,
    ) {
        let wanted = self.held.open(bidder);
        if before.of(bidder).is_empty() {
            return;
        }
        marks.bidder = bidder;
        for &(item, _) in before.of(bidder) {
            marks.last[item as usize] = bidder;
        }
        let (next, _) = self.best(bidder, wanted, false, best);
        for &(worth, item) in best.iter() {
            if marks.has(item) {
                self.take(bidder, item, worth);
                marks.last[item as usize] = u32::MAX;
            }
        }
        let missed = best
            .iter()
            .filter(|&&(worth, item)| worth > next && !self.held.contains(bidder, item));
        let reserved = missed.count();
        // Equals of the last one, which the others only come before by chance.
        for &(item, score) in before.of(bidder) {
            let worth = i64::from(score) - self.price[item as usize];
            let is_equal = worth == next && best.last().is_some_and(|last| last.0 == next);
            if is_equal && marks.has(item) && self.held.open(bidder) > reserved {
                self.take(bidder, item, worth);
            }
        }
    }

    /// Takes an item if it has room.
    fn take(&mut self, bidder: u32, item: u32, worth: i64) -> bool {
        let has_room = self.has_room(item);
        if has_room {
            let score = self.lists.score(worth + self.price[item as usize]);
            self.held.add(bidder, item, score);
            self.holders[item as usize].push(bidder);
        }
        has_room
    }

    pub(super) fn give_up(&mut self, bidder: u32, item: u32) {
        self.held.remove(bidder, item);
        let holders = &mut self.holders[item as usize];
        if let Some(at) = holders.iter().position(|&holder| holder == bidder) {
            holders.swap_remove(at);
        }
    }

    /// Takes what else a bidder wants, and states her profit; gives the work it took.
    fn claim_rest(&mut self, bidder: u32, best: &mut Vec<Worth>) -> u64 {
        let wanted = self.sides.demand[bidder as usize] as usize;
        let mut work = 0;
        let mut blocked = 0;
        if self.held.open(bidder) > 0 {
            let next;
            (next, work) = self.best(bidder, wanted, false, best);
            blocked = self.take_best(bidder, best);
            let last = best.last().map_or(0, |last| last.0);
            if self.held.open(bidder) > 0 && next == last && blocked == next && next > 0 {
                work += self.take_equals(bidder, next);
            }
        }
        self.profit[bidder as usize] = if self.held.open(bidder) > 0 {
            blocked
        } else {
            self.least_worth(bidder)
        };
        work
    }

    /// Takes the best until one blocks; gives what that one is worth, or 0.
    fn take_best(&mut self, bidder: u32, best: &[Worth]) -> i64 {
        let mut blocked = 0;
        for &(worth, item) in best {
            if worth < blocked {
                if self.held.contains(bidder, item) {
                    self.give_up(bidder, item);
                }
            } else if !self.held.contains(bidder, item) && !self.take(bidder, item, worth) {
                blocked = worth;
            }
        }
        blocked
    }

    /// Takes listed items of one worth.
    fn take_equals(&mut self, bidder: u32, worth: i64) -> u64 {
        let mut work = 0;
        for at in 0..self.lists.of(bidder as usize).len() {
            let candidate = self.lists.of(bidder as usize)[at];
            let (item, listed) = (candidate.item, i64::from(candidate.worth));
            if listed < worth || self.held.open(bidder) == 0 {
                break;
            }
            work += 1;
            let rise = self.lists.rise(item, self.price[item as usize]);
            if listed - rise == worth && !self.held.contains(bidder, item) {
                self.take(bidder, item, worth);
            }
        }
        work
    }

    /// What the least of a bidder's items is worth to her.
    fn least_worth(&self, bidder: u32) -> i64 {
        let worth = |&(item, score): &(u32, i32)| i64::from(score) - self.price[item as usize];
        self.held.of(bidder).iter().map(worth).min().unwrap_or(0)
    }
}
