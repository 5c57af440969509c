//! Vacant places with a price get cheaper, until hardly any is left.
//!
//! # Idea
//! The mirror image of the [`auction`](super::auction). An item with a price and a vacant place looks
//! for the bidder who would pay most for it: what it scores with her, less her profit. It goes down to
//! what the next one would pay, and she takes it, leaving another item, which is vacant then. If
//! nobody would pay more than the next one, it goes down to that price and waits for
//! [`fill`](super::fill).
//!
//! # Invariant
//! Complementary slackness, but for vacant places. Prices only fall and profits only rise, both by
//! whole steps, and the number of steps is limited.
//!
//! # Complexity
//! O(bidders who list the item) a step.
//!
//! # References
//! D. P. Bertsekas, D. A. Castañón and H. Tsaknakis, "Reverse auction and the solution of inequality
//! constrained assignment problems", 1993.

use std::collections::VecDeque;

use super::Market;
use super::listers::Listers;
use crate::solver::control::{Control, Stop};

/// Who would pay most for an item, and what the next one would pay.
struct Offers {
    best: Option<(u32, i32)>,
    highest: i64,
    next: i64,
}

impl Market<'_> {
    /// Lowers prices of vacant items until none is left, or for so many looks at a bidder.
    pub(super) fn lower(
        &mut self,
        vacant: &[u32],
        listers: &Listers,
        patience: u64,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let mut queue: VecDeque<u32> = vacant.iter().copied().collect();
        let mut looks = 0;
        while let Some(item) = queue.pop_front() {
            while self.is_vacant(item) && looks <= patience {
                let work = listers.of(item).len() as u64 + 1;
                looks += work;
                control.spend(work)?;
                let Some(left) = self.step_down(item, listers) else {
                    break;
                };
                queue.extend(left);
            }
        }
        Ok(())
    }

    /// Somebody takes a place; gives the item she left, if any. `None` if nobody takes it yet.
    fn step_down(&mut self, item: u32, listers: &Listers) -> Option<Option<u32>> {
        let offers = self.offers(item, listers);
        let least = if self.sides.must_fill(item) { i64::MIN } else { 0 };
        let floor = listers.unlisted(self, item).max(least);
        let next = offers.next.max(floor);
        let price = self.price[item as usize];
        let (taker, score) = match offers.best {
            Some(best) if offers.highest > next => best,
            _ => {
                self.cheapen(item, offers.highest.max(floor).min(price));
                return None;
            }
        };
        self.cheapen(item, next.min(price));
        let left = (self.held.open(taker) == 0).then(|| self.least_item(taker));
        if let Some(left) = left {
            self.give_up(taker, left);
        }
        self.held.add(taker, item, score);
        self.holders[item as usize].push(taker);
        if self.held.open(taker) == 0 {
            self.profit[taker as usize] = self.least_worth(taker);
        }
        Some(left)
    }

    /// What bidders who list an item and do not hold it would pay.
    fn offers(&self, item: u32, listers: &Listers) -> Offers {
        let mut offers = Offers {
            best: None,
            highest: i64::MIN,
            next: i64::MIN,
        };
        for &(bidder, score) in listers.of(item) {
            let pays = i64::from(score) - self.profit[bidder as usize];
            if pays <= offers.next || self.held.contains(bidder, item) {
                continue;
            }
            if pays > offers.highest {
                offers.next = offers.highest;
                (offers.highest, offers.best) = (pays, Some((bidder, score)));
            } else {
                offers.next = pays;
            }
        }
        offers
    }

    /// Sets a lower price; whoever holds nothing else gains by it.
    fn cheapen(&mut self, item: u32, price: i64) {
        self.price[item as usize] = price;
        for at in 0..self.holders[item as usize].len() {
            let holder = self.holders[item as usize][at];
            if self.held.open(holder) == 0 {
                self.profit[holder as usize] = self.least_worth(holder);
            }
        }
    }

    /// The item that is worth least to somebody who holds one.
    fn least_item(&self, bidder: u32) -> u32 {
        let held = self.held.of(bidder).iter();
        let least = held.min_by_key(|held| self.worth_to_holder(held));
        least.map_or(0, |held| held.0)
    }
}
