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

use super::Market;
use super::choice::Choice;
use super::on_use::OnUse;
use super::twins::Level;
use crate::solver::control::{Control, Stop};

/// An item's bids, the lowest first, with who made them.
type Bids = BinaryHeap<Reverse<(i64, u32)>>;

/// The most a bid is above the price: what somebody would give who has no other choice.
const MOST: i64 = 1 << 32;

/// What bidders hold when an auction begins.
#[derive(Clone, Copy)]
pub(super) enum Hands {
    /// Nothing.
    Empty,
    /// What they hold already.
    Full,
}

/// When an auction ends that has not come to an end by itself, by bidder on average.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) bids: u64,
    /// Candidates looked at.
    pub(super) looks: u64,
}

/// An auction under way.
struct Round {
    bids: OnUse<Bids>,
    queue: VecDeque<u32>,
    /// Who waits for a longer list, where rows are dear; still queued.
    aside: Vec<u32>,
    is_queued: Vec<bool>,
    /// Who has had a turn, or is to have one.
    has_bid: Vec<bool>,
    raise: i64,
    /// By the first of some twins; empty if nobody has any.
    levels: Vec<Level>,
}

impl Market<'_> {
    /// Lets bidders bid, up to a limit, at today's prices: from empty hands, or those
    /// who want more for what others hold; whether bids came to an end by themselves. Says who holds what at the
    /// end; sets no profits.
    pub(super) fn auction(
        &mut self,
        hands: Hands,
        raise: i64,
        limit: Limit,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let mut round = match hands {
            Hands::Empty => Round::open(self, raise),
            Hands::Full => Round::resume(self, raise),
        };
        self.hold(&mut round, limit, self.sides.bidders(), control)
    }

    /// Holds an auction, whose limit is for so many bidders; whether it ended before that.
    fn hold(
        &mut self,
        round: &mut Round,
        limit: Limit,
        bidders: usize,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let mut allowance = limit.bids.saturating_mul(bidders as u64);
        let mut looks = limit.looks.saturating_mul(bidders as u64);
        let bids_a_step = allowance / (self.sides.bidders() as u64).max(1);
        let mut left_of_step = bids_a_step;
        let mut choice = Choice::default();
        while let Some(bidder) = self.next_in_turn(round, &mut choice) {
            round.is_queued[bidder as usize] = false;
            let Some(left) = allowance.checked_sub(1) else {
                return Ok(false);
            };
            allowance = left;
            left_of_step = left_of_step.saturating_sub(1);
            if left_of_step == 0 {
                left_of_step = bids_a_step;
                control.step();
            }
            let work = self.bid(bidder, round, &mut choice);
            control.spend(work)?;
            looks = match looks.checked_sub(work) {
                Some(left) => left,
                None => return Ok(false),
            };
        }
        Ok(true)
    }

    /// Who bids next. Where rows are dear, those whose lists are too short stand aside until nobody else
    /// is left, and get longer ones together.
    fn next_in_turn(&mut self, round: &mut Round, choice: &mut Choice) -> Option<u32> {
        if !self.are_rows_dear() {
            return round.queue.pop_front();
        }
        loop {
            if round.queue.is_empty() {
                let aside = std::mem::take(&mut round.aside);
                self.lengthen_together(&aside);
                round.queue.extend(aside);
            }
            let bidder = round.queue.pop_front()?;
            let (open, skip_held) = (self.held.open(bidder), !self.held.of(bidder).is_empty());
            if !self.lacks(bidder, open, skip_held, choice) {
                return Some(bidder);
            }
            round.aside.push(bidder);
        }
    }

    /// Lets those who want more bid exactly for what others hold, and settles profits and holders.
    pub(super) fn outbid(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let mut round = Round::resume(self, 0);
        let bidders = round.queue.len();
        let ended = self.hold(&mut round, self.bids(), bidders, control);
        control.check()?;
        self.holders.clear();
        for bidder in control.until_cancelled(self.sides.all()) {
            for &(item, score) in self.held.of(bidder) {
                self.holders.add(item, bidder, score);
            }
        }
        for bidder in control.until_cancelled(self.sides.eager()) {
            if round.has_bid[bidder as usize] {
                self.settle_profit(bidder);
            }
        }
        control.check()?;
        ended.map(drop)
    }

    /// States the profit of somebody whose items have changed. If bidding ended too early, she may have
    /// lost what was worth more than something she has kept: that she gives up.
    fn settle_profit(&mut self, bidder: u32) {
        let mut choice = Choice::default();
        self.choose(bidder, 1, true, &mut choice);
        let missed = choice.last(1).unwrap_or(0);
        self.give_up_below(bidder, missed);
        self.profit[bidder as usize] = if self.held.open(bidder) > 0 {
            choice.last(1).unwrap_or(0)
        } else {
            self.least_worth(bidder)
        };
    }

    /// One bidder's turn; gives the work it took.
    fn bid(&mut self, bidder: u32, round: &mut Round, choice: &mut Choice) -> u64 {
        let open = self.held.open(bidder);
        let skip_held = !self.held.of(bidder).is_empty();
        self.choose(bidder, open, skip_held, choice);
        if let Some(level) = self.level(bidder, &mut round.levels) {
            choice.next = choice.next.min(level);
        }
        for &(worth, item) in &choice.best {
            let score = self.lists.score(worth + self.price[item as usize]);
            let gain = (worth - choice.next).min(MOST);
            let bid = self.price[item as usize] + gain + round.raise;
            if self.take_bid(bidder, item, bid, round) {
                self.held.add(bidder, item, score);
            }
        }
        let is_indifferent = self.held.open(bidder) > 0 && choice.last(open) == Some(choice.next);
        if is_indifferent {
            choice.work += self.bid_for_equals(bidder, choice.next, round);
        }
        choice.work
    }

    /// Takes items with room that are worth just as much as one that has none; gives the work.
    fn bid_for_equals(&mut self, bidder: u32, worth: i64, round: &mut Round) -> u64 {
        if let Some(whole) = &self.whole {
            let has_room = |item: u32| {
                let supply = u64::from(self.sides.supply[item as usize]);
                (round.bids.of(item).len() as u64) < supply
            };
            if let Some(item) = self.find_whole(whole, bidder, worth, has_room) {
                let price = self.price[item as usize];
                self.take_bid(bidder, item, price + round.raise, round);
                self.held.add(bidder, item, self.lists.score(worth + price));
            }
            return self.row_in_candidates() + 1;
        }
        let mut work = 0;
        for at in 0..self.lists.of(bidder as usize).len() {
            let candidate = self.lists.of(bidder as usize)[at];
            let (item, price) = (candidate.item, self.price[candidate.item as usize]);
            if candidate.worth < worth || self.held.open(bidder) == 0 {
                break;
            }
            work += 1;
            let supply = u64::from(self.sides.supply[item as usize]);
            let has_room = (round.bids.of(item).len() as u64) < supply;
            let is_equal = candidate.worth - self.lists.rise(item, price) == worth;
            if has_room && is_equal && !self.held.contains(bidder, item) {
                self.take_bid(bidder, item, price + round.raise, round);
                self.held.add(bidder, item, self.lists.score(worth + price));
            }
        }
        work
    }

    /// Takes a bid if there is room for it or it is high enough; whether it did.
    fn take_bid(&mut self, bidder: u32, item: u32, bid: i64, round: &mut Round) -> bool {
        let (bids, price) = (round.bids.of_mut(item), &mut self.price[item as usize]);
        let supply = u64::from(self.sides.supply[item as usize]);
        let has_room = (bids.len() as u64) < supply;
        if !has_room && (bid <= *price || supply == 0) {
            return false; // she gains nothing by paying more than the price
        }
        bids.push(Reverse((bid, bidder)));
        let outbid = if has_room { None } else { bids.pop() };
        if bids.len() as u64 == supply {
            let lowest = bids.peek().map_or(bid, |Reverse((lowest, _))| *lowest);
            *price = lowest.max(*price);
            if let Some(whole) = &mut self.whole {
                whole.set_price(item, *price);
            }
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
        let bids = OnUse::new(market.sides.items());
        Self::new(market, bids, queue, raise)
    }

    /// Everybody keeps what she has, for which she has bid its price.
    fn resume(market: &Market<'_>, raise: i64) -> Self {
        let mut bids: OnUse<Bids> = OnUse::new(market.sides.items());
        for (item, &price) in (0..).zip(&market.price) {
            let holders = market.holders.of(item).iter();
            let of_item = holders.map(|holder| Reverse((price, holder.0)));
            if of_item.len() > 0 {
                *bids.of_mut(item) = of_item.collect();
            }
        }
        Self::new(market, bids, market.open().into(), raise)
    }

    fn new(market: &Market<'_>, bids: OnUse<Bids>, queue: VecDeque<u32>, raise: i64) -> Self {
        let mut is_queued = vec![false; market.sides.bidders()];
        for &bidder in &queue {
            is_queued[bidder as usize] = true;
        }
        let levels = match market.twins {
            Some(_) => vec![Level::default(); market.sides.bidders()],
            None => Vec::new(),
        };
        Self {
            bids,
            queue,
            aside: Vec::new(),
            has_bid: is_queued.clone(),
            is_queued,
            raise,
            levels,
        }
    }

    /// Gives somebody another turn.
    fn call(&mut self, bidder: u32) {
        self.has_bid[bidder as usize] = true;
        if !std::mem::replace(&mut self.is_queued[bidder as usize], true) {
            self.queue.push_back(bidder);
        }
    }
}
