//! Bidders raise prices until hardly anybody is left over.
//!
//! # Idea
//! A bidder who wants `k` more items looks for the `k` that are worth most to her, score less price,
//! and bids for each the price at which the best of the others would be just as good, and a *raise*
//! more. An item with room takes her. One without drops its lowest bidder if the new bid is higher,
//! and that one bids again. The price of a full item is its lowest bid.
//!
//! # Invariant
//! Prices are never negative and only rise; starting from prices of 0, they are positive only at full
//! items. With a raise of 0, whoever holds an item has nothing that she would rather have. (With a
//! demand above 1 that holds once she has bid again for what she lost; [`claim`](super::claim) makes
//! sure of it.)
//!
//! # Differences from the papers
//! 1. With a raise of 0 bids are exact, and a bidder who is indifferent is left to
//!    [`claim`](super::claim) and [`augment`](super::augment) instead of fighting over equal scores.
//! 2. An item is one node with a heap of bids, however many places it has, and a bidder is one
//!    however many items she wants.
//! 3. A list's left-out worth bounds the next best; it is made longer when the best could be missing.
//!
//! # Complexity
//! O(list) a bid and O(log supply) a change of hands; the number of bids is limited.
//!
//! # References
//! D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment
//! problem", 1988; D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the
//! transportation problem", 1989 (several equal places).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::{Market, Worth};
use crate::solver::control::{Control, Stop};

/// An item's bids, the lowest first, with who made them.
type Bids = BinaryHeap<Reverse<(i64, u32)>>;

/// What bidders hold when an auction begins.
#[derive(Clone, Copy)]
pub(super) enum Hands {
    /// Nothing.
    Empty,
    /// What they hold already.
    Full,
}

/// An auction under way.
struct Round {
    bids: Vec<Bids>,
    queue: VecDeque<u32>,
    is_queued: Vec<bool>,
    raise: i64,
}

impl Market<'_> {
    /// Lets bidders bid, `bids` times each on average, at today's prices: from empty hands, or those
    /// who want more for what others hold. Says who holds what at the end; sets no profits.
    pub(super) fn auction(
        &mut self,
        hands: Hands,
        raise: i64,
        bids: u64,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let mut round = match hands {
            Hands::Empty => Round::open(self, raise),
            Hands::Full => Round::resume(self, raise),
        };
        let mut allowance = bids * self.sides.bidders() as u64;
        let mut left_of_step = bids;
        let mut best = Vec::new();
        while let Some(bidder) = round.queue.pop_front() {
            round.is_queued[bidder as usize] = false;
            let Some(left) = allowance.checked_sub(1) else {
                break;
            };
            allowance = left;
            left_of_step = left_of_step.saturating_sub(1);
            if left_of_step == 0 {
                left_of_step = bids;
                control.step();
            }
            control.spend(self.bid(bidder, &mut round, &mut best))?;
        }
        Ok(())
    }

    /// One bidder's turn; gives the work it took.
    fn bid(&mut self, bidder: u32, round: &mut Round, best: &mut Vec<Worth>) -> u64 {
        let open = self.held.open(bidder);
        let skip_held = !self.held.of(bidder).is_empty();
        let (next, work) = self.best(bidder, open, skip_held, best);
        for &(worth, item) in best.iter() {
            let score = self.lists.score(worth + self.price[item as usize]);
            let bid = self.price[item as usize] + worth - next + round.raise;
            if self.take_bid(bidder, item, bid, round) {
                self.held.add(bidder, item, score);
            }
        }
        work
    }

    /// Takes a bid if there is room for it or it is high enough; whether it did.
    fn take_bid(&mut self, bidder: u32, item: u32, bid: i64, round: &mut Round) -> bool {
        let (bids, price) = (
            &mut round.bids[item as usize],
            &mut self.price[item as usize],
        );
        let supply = u64::from(self.sides.supply[item as usize]);
        let has_room = (bids.len() as u64) < supply;
        if !has_room && bid <= *price {
            return false; // she gains nothing by paying more than the price
        }
        bids.push(Reverse((bid, bidder)));
        let outbid = if has_room { None } else { bids.pop() };
        if bids.len() as u64 == supply {
            let lowest = bids.peek().map_or(bid, |Reverse((lowest, _))| *lowest);
            *price = lowest.max(*price);
        }
        if let Some(Reverse((_, outbid))) = outbid {
            self.held.remove(outbid, item);
            round.call(outbid);
        }
        true
    }
}

impl Round {
    /// Everybody starts from empty hands.
    fn open(market: &mut Market<'_>, raise: i64) -> Self {
        market.held.clear();
        let queue: VecDeque<u32> = market.sides.eager().into();
        let bids = vec![Bids::new(); market.sides.items()];
        Self::new(market, bids, queue, raise)
    }

    /// Everybody keeps what she has, for which she has bid its price.
    fn resume(market: &Market<'_>, raise: i64) -> Self {
        let bids_for = |(holders, &price): (&Vec<u32>, &i64)| {
            let bids = holders.iter().map(|&bidder| Reverse((price, bidder)));
            bids.collect()
        };
        let bids = market
            .holders
            .iter()
            .zip(&market.price)
            .map(bids_for)
            .collect();
        let mut queue = market.sides.eager();
        queue.retain(|&bidder| market.wants_more(bidder));
        Self::new(market, bids, queue.into(), raise)
    }

    fn new(market: &Market<'_>, bids: Vec<Bids>, queue: VecDeque<u32>, raise: i64) -> Self {
        let mut is_queued = vec![false; market.sides.bidders()];
        for &bidder in &queue {
            is_queued[bidder as usize] = true;
        }
        Self {
            bids,
            queue,
            is_queued,
            raise,
        }
    }

    /// Gives somebody another turn.
    fn call(&mut self, bidder: u32) {
        if !std::mem::replace(&mut self.is_queued[bidder as usize], true) {
            self.queue.push_back(bidder);
        }
    }
}
