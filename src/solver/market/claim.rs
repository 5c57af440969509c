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

use super::Market;
use super::choice::{Choice, Worth};
use super::holdings::{Holdings, Own};
use crate::solver::control::{Control, Stop};

/// Marks the items a bidder held before.
struct Marks {
    /// By item: whose it is, counted from 1; 0 for nobody.
    last: Vec<u32>,
    bidder: u32,
}

impl Marks {
    fn set(&mut self, item: u32) {
        self.last[item as usize] = self.bidder + 1;
    }

    fn clear(&mut self, item: u32) {
        self.last[item as usize] = 0;
    }

    fn has(&self, item: u32) -> bool {
        self.last[item as usize] == self.bidder + 1
    }
}

impl Market<'_> {
    /// Starts from empty hands; gives the bidders who want more at a profit.
    pub(super) fn claim(&mut self, control: &mut Control<'_>) -> Result<Vec<u32>, Stop> {
        let empty = Holdings::new(&self.sides.demand);
        let before = std::mem::replace(&mut self.held, empty);
        self.holders.clear();
        let mut marks = Marks {
            last: vec![0; self.sides.items()],
            bidder: 0,
        };
        let mut choice = Choice::default();
        let eager = self.sides.eager();
        self.lengthen_for_all(&eager, &mut choice);
        for &bidder in control.until_cancelled(&eager) {
            self.reclaim(bidder, &before, &mut marks, &mut choice);
        }
        let mut open = Vec::new();
        let mut work = 0;
        for bidder in control.until_cancelled(eager) {
            work += self.claim_rest(bidder, &mut choice);
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
    fn reclaim(&mut self, bidder: u32, before: &Holdings, marks: &mut Marks, choice: &mut Choice) {
        let wanted = self.held.open(bidder);
        if before.of(bidder).is_empty() {
            return;
        }
        marks.bidder = bidder;
        for &(item, _) in before.of(bidder) {
            marks.set(item);
        }
        self.choose(bidder, wanted, false, choice);
        for &(worth, item) in &choice.best {
            if marks.has(item) {
                self.take(bidder, item, worth);
                marks.clear(item);
            }
        }
        if choice.last(wanted) == Some(choice.next) {
            self.reclaim_equals(bidder, before, marks, choice);
        }
    }

    /// Takes what is worth just as much as the last of the best, which came before it by chance.
    fn reclaim_equals(&mut self, bidder: u32, before: &Holdings, marks: &Marks, choice: &Choice) {
        let mut own = Own::default();
        own.note(bidder, &self.held);
        let is_missed =
            |&&(worth, item): &&Worth| worth > choice.next && !own.contains(item, &self.held);
        let reserved = choice.best.iter().filter(is_missed).count();
        for &(item, score) in before.of(bidder) {
            let worth = self.worth_to_holder(&(item, score));
            let has_need = self.held.open(bidder) > reserved;
            if worth == choice.next && marks.has(item) && has_need {
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
            self.holders.add(item, bidder, score);
        }
        has_room
    }

    pub(super) fn give_up(&mut self, bidder: u32, item: u32) {
        self.held.remove(bidder, item);
        self.holders.remove(item, bidder);
    }

    /// Takes what else a bidder wants, and states her profit; gives the work it took.
    fn claim_rest(&mut self, bidder: u32, choice: &mut Choice) -> u64 {
        let wanted = self.sides.demand[bidder as usize] as usize;
        if self.held.open(bidder) == 0 {
            self.profit[bidder as usize] = self.least_worth(bidder);
            return 0;
        }
        self.choose(bidder, wanted, false, choice);
        let mut work = choice.work;
        let blocked = self.take_best(bidder, &choice.best);
        if blocked == Some(choice.next) && choice.last(wanted) == blocked {
            work += self.take_equals(bidder, choice.next);
        }
        self.profit[bidder as usize] = if self.held.open(bidder) > 0 {
            blocked.unwrap_or(0)
        } else {
            self.least_worth(bidder)
        };
        work
    }

    /// Takes the best until one blocks, and gives up what is worth less than that one; gives what it is
    /// worth.
    fn take_best(&mut self, bidder: u32, best: &[Worth]) -> Option<i64> {
        let mut own = Own::default();
        own.note(bidder, &self.held);
        let mut is_blocked = |&(worth, item): &Worth| {
            let is_wanted = self.held.open(bidder) > 0 && !own.contains(item, &self.held);
            is_wanted && !self.take(bidder, item, worth)
        };
        let blocked = best.iter().position(&mut is_blocked)?;
        let (least, _) = best[blocked];
        let others = &best[blocked + 1..];
        for of_least in others.iter().take_while(|worth| worth.0 == least) {
            is_blocked(of_least);
        }
        self.give_up_below(bidder, least);
        Some(least)
    }

    /// Gives up what is worth less than this.
    pub(super) fn give_up_below(&mut self, bidder: u32, least: i64) {
        let is_less = |held: &&(u32, i32)| self.worth_to_holder(held) < least;
        let less = self.held.of(bidder).iter().filter(is_less);
        let less: Vec<u32> = less.map(|held| held.0).collect();
        for item in less {
            self.give_up(bidder, item);
        }
    }

    /// Takes listed items of one worth.
    fn take_equals(&mut self, bidder: u32, worth: i64) -> u64 {
        if let Some(whole) = &self.whole {
            let will_do = |item| self.has_room(item);
            if let Some(item) = self.find_whole(whole, bidder, worth, will_do) {
                self.take(bidder, item, worth);
            }
            return self.row_in_candidates() + 1;
        }
        let mut work = 0;
        for at in 0..self.lists.of(bidder as usize).len() {
            let candidate = self.lists.of(bidder as usize)[at];
            let (item, listed) = (candidate.item, candidate.worth);
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
    pub(super) fn least_worth(&self, bidder: u32) -> i64 {
        let worths = self
            .held
            .of(bidder)
            .iter()
            .map(|held| self.worth_to_holder(held));
        worths.min().unwrap_or(0)
    }

    pub(super) fn worth_to_holder(&self, &(item, score): &(u32, i32)) -> i64 {
        i64::from(score) - self.price[item as usize]
    }
}

#[cfg(test)]
mod tests;
