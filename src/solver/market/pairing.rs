//! One item for everybody: squares of scores that lie in the cache, and larger ones in which all
//! [agree](super::agreed) who is best.
//!
//! # Problem
//! Every bidder wants one item, every item has one place, there are no fewer items than bidders, and
//! the scores are a matrix of which all rows are at hand. The largest total, as everywhere in the market.
//!
//! # Idea
//! Then everybody can be given an item, if only one that is worth nothing to her: such a pair, and one
//! that is not allowed, counts as a score of 0 and is dropped at the end. Nobody has to weigh doing
//! without, who holds what are two arrays, and everything is 32 bits wide:
//!
//! 1. in a square, every item first costs the highest score anybody has with it, and that bidder takes
//!    it if she has nothing yet (*column reduction*): the items that are wanted by all are dear at once. Where a few
//!    bidders score higher than all others whatever the item, each score counts less the bidder's highest (*row
//!    reduction* first): 600 × 600 of such scores take 1 ms instead of 23;
//! 2. a few exact bids a bidder, as in [`auction`](super::auction) (*augmenting row reduction*);
//! 3. shortest augmenting paths that read whole rows, with the distances of all items at once
//!    ([`frontier`](super::frontier)).
//!
//! # Invariant
//! Between two steps nobody who holds an item has one that is worth more to her, and an item that nobody
//! holds costs what it did at first: nothing, or in a square the highest score with it, reduced or not.
//!
//! # Prices that prove it
//! In a square prices are right but for a constant: if all cost a little less and everybody gains as
//! much more, nothing changes. Profit and price together are at least a score, so at least 0, with every
//! pair; so what the least profit lacks can be taken off every price. A pair that is dropped has a price
//! and a profit of 0 then.
//!
//! # Differences from the paper
//! 1. Bids take turns, and their number is limited: the paper lets whoever is outbid bid at once, which
//!    on structured scores is a price war of dozens of bids.
//! 2. Who is indifferent takes an item that nobody holds or waits for a search; nobody is driven out for
//!    nothing. Everybody looks first from a place of her own ([`walk`](crate::solver::walk)).
//! 3. There is no reduction transfer: bids do the same.
//!
//! # Complexity
//! O(items) a bid and a bidder visited; a search visits at most all, so that all of it is
//! O(bidders² · items). That bound is reached where scores are products of two numbers: 500 × 500 then take
//! less than half as long as prices found by small raises.
//!
//! # References
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987.

use std::collections::VecDeque;

use super::frontier::MOST;
use super::tuning::Tuning;
use super::whole::Whole;
use super::{Accelerator, Market, SHARES, free};
use crate::lanes;
use crate::solver::control::{Control, Stop};
use crate::solver::walk::{self, position};

mod row;

mod search;

use search::Search;

/// The bidder has no item.
const NONE: u32 = u32::MAX;

/// The highest score that counts, so that no sum of prices and scores passes 32 bits.
const HIGHEST: i32 = MOST / 4;

/// If fewer than one bidder in so many would get an item, hardly anybody would.
const FEW: usize = 8;

/// Who has what at which prices.
struct Pairing<'s> {
    /// Row by row; what is at most nothing counts as nothing.
    scores: &'s [i32],
    /// By item: what it costs; never negative.
    price: Vec<i32>,
    /// By item: who holds it, [`NONE`] for nobody.
    holder: Vec<u32>,
    /// By bidder: what she holds, [`NONE`] for nothing.
    item: Vec<u32>,
    /// Whether no pair is worth more than nothing, since every item costs the highest score with it at least.
    is_reduced: bool,
    /// How long it takes to read a row, in candidates of a list.
    work_of_row: u64,
}

impl Market<'_> {
    /// Gives everybody an item if the problem is of this kind; whether it is. When stopped, some have none.
    pub(super) fn pair_off(&mut self, control: &mut Control<'_>) -> Result<bool, Stop> {
        let is_open = self.whole.is_some() && self.sides.are_one_to_one();
        if !is_open || !self.tuning.uses(Accelerator::Pairing) {
            return Ok(false);
        }
        let matrix = self.sides.rows().and_then(|rows| rows.matrix());
        let Some((scores, absent @ (None | Some(..=0)))) = matrix else {
            return Ok(false);
        };
        let people = (self.sides.bidders(), self.sides.items());
        let work = self.row_in_candidates() + 1;
        let Some(mut pairing) = Pairing::begin(scores, people, work, control) else {
            return Ok(false);
        };
        control.check()?; // what has been reduced by some rows alone may send a search round for ever
        let ended = self.pair_all(&mut pairing, control);
        let held = pairing.held();
        let price = pairing.price;
        self.take_over(&price, &held, absent);
        match ended {
            Ok(()) => self.even_out(),
            Err(_) => self.free_what_is_left(),
        }
        ended.map(|()| true)
    }

    /// Has everybody bid, and searches for who is left over.
    fn pair_all(&self, pairing: &mut Pairing<'_>, control: &mut Control<'_>) -> Result<(), Stop> {
        let open = pairing.bid_in_turns(&self.tuning, control)?;
        control.begin_phase(SHARES[1], open.len());
        if open.is_empty() {
            return Ok(());
        }
        Search::new(pairing).serve(&open, control)
    }

    /// Takes over prices, who holds what that she may have and that is worth something, and profits.
    fn take_over(&mut self, price: &[i32], held: &[Option<(u32, i32)>], absent: Option<i32>) {
        for (kept, &price) in self.price.iter_mut().zip(price) {
            *kept = i64::from(price);
        }
        for (bidder, &held) in (0u32..).zip(held) {
            let Some((item, score)) = held else {
                continue;
            };
            self.profit[bidder as usize] = i64::from(score.max(0)) - self.price[item as usize];
            if score >= 0 && Some(score) != absent {
                self.held.add(bidder, item, score);
            }
        }
    }

    /// Takes off prices what the least profit lacks, and adds it to profits.
    fn even_out(&mut self) {
        let least = self.profit.iter().copied().fold(0, i64::min);
        if least < 0 {
            self.profit.iter_mut().for_each(|profit| *profit -= least);
            self.price.iter_mut().for_each(|price| *price += least);
        }
    }

    /// What nobody holds costs nothing; profits are yet to be found.
    fn free_what_is_left(&mut self) {
        let price = std::mem::replace(&mut self.price, free(&self.sides.supply));
        for bidder in self.sides.all() {
            for &(item, _) in self.held.of(bidder) {
                self.price[item as usize] = price[item as usize];
            }
        }
        self.profit.fill(0);
        self.whole = Some(Whole::at(&self.price, 0));
    }
}

impl<'s> Pairing<'s> {
    /// Everybody without an item, or in a square, with one of those that she scores higher than anybody
    /// else; `None` if a score is too high.
    fn begin(
        scores: &'s [i32],
        (bidders, items): (usize, usize),
        work_of_row: u64,
        control: &Control<'_>,
    ) -> Option<Self> {
        let mut pairing = Self {
            scores,
            price: vec![0; items],
            holder: vec![NONE; items],
            item: vec![NONE; bidders],
            is_reduced: false,
            work_of_row,
        };
        if bidders == items {
            return pairing.reduce(control).then_some(pairing);
        }
        let highest = lanes::widest(
            #[inline(always)]
            || row::highest(scores),
        );
        (highest <= HIGHEST).then_some(pairing)
    }

    /// Every item costs the highest score with it, and is for the first who has that. If hardly anybody would get one,
    /// since some score higher than others whatever the item, each bids her score less her highest, should that suit
    /// more of them: in a square no assignment gains or loses by it. `false` if a score is too high.
    fn reduce(&mut self, control: &Control<'_>) -> bool {
        let mut best = self.reduced(|_| Some(0), control);
        self.is_reduced = true;
        if best.0.iter().any(|&price| price > HIGHEST) {
            return false;
        }
        if FEW * different(&best.1) < self.item.len() {
            let all = (0..).take(self.item.len());
            let highest: Vec<i32> = all.map(|bidder| self.highest(bidder)).collect();
            // To whom nothing is worth anything all items are the best.
            let wanted = |&highest: &i32| highest > 0;
            let less = |bidder: u32| Some(highest[bidder as usize]).filter(wanted);
            let is_any_higher = highest.iter().any(|&other| other != highest[0]);
            let less = is_any_higher.then(|| self.reduced(less, control));
            if let Some(less) = less.filter(|less| different(&less.1) > different(&best.1)) {
                best = less;
                self.is_reduced = false;
            }
        }
        self.price = best.0;
        for (item, bidder) in (0..).zip(best.1) {
            if self.item[bidder as usize] == NONE {
                self.give(item, bidder);
            }
        }
        true
    }

    /// By item: what it costs if it costs the most anybody bids, which is her score less so much, and who that is; who
    /// has no such difference does not bid.
    fn reduced(
        &self,
        less: impl Fn(u32) -> Option<i32>,
        control: &Control<'_>,
    ) -> (Vec<i32>, Vec<u32>) {
        let (mut price, mut first) = (
            vec![-HIGHEST - 1; self.price.len()],
            vec![0; self.price.len()],
        );
        let bidders = control.until_cancelled((0..).take(self.item.len()));
        for (bidder, less) in bidders.filter_map(|bidder| Some((bidder, less(bidder)?))) {
            let (scores, price, first) = (self.row(bidder), &mut price, &mut first);
            lanes::widest(
                #[inline(always)]
                || row::raise(scores, less, bidder, price, first),
            );
        }
        let least = price.iter().copied().fold(0, i32::min);
        price.iter_mut().for_each(|price| *price -= least);
        (price, first)
    }

    fn highest(&self, bidder: u32) -> i32 {
        let scores = self.row(bidder);
        lanes::widest(
            #[inline(always)]
            || row::highest(scores),
        )
    }

    fn row(&self, bidder: u32) -> &'s [i32] {
        let items = self.price.len();
        &self.scores[bidder as usize * items..][..items]
    }

    /// What a bidder gains by the item she holds.
    fn profit(&self, bidder: u32, item: u32) -> i32 {
        self.row(bidder)[item as usize].max(0) - self.price[item as usize]
    }

    /// By bidder: what she holds, with her score.
    fn held(&self) -> Vec<Option<(u32, i32)>> {
        let held = |(bidder, &item): (u32, &u32)| {
            (item != NONE).then(|| (item, self.row(bidder)[item as usize]))
        };
        (0..).zip(&self.item).map(held).collect()
    }

    /// Hands an item to a bidder; gives who held it.
    fn give(&mut self, item: u32, bidder: u32) -> Option<u32> {
        let before = std::mem::replace(&mut self.holder[item as usize], bidder);
        self.item[bidder as usize] = item;
        if before == NONE {
            return None;
        }
        self.item[before as usize] = NONE;
        Some(before)
    }

    /// Lets everybody without an item bid, and those whom they outbid; gives who is left over.
    fn bid_in_turns(
        &mut self,
        tuning: &Tuning,
        control: &mut Control<'_>,
    ) -> Result<Vec<u32>, Stop> {
        let bidders = (0..).zip(&self.item);
        let open = bidders.filter(|&(_, &item)| item == NONE);
        let mut queue: VecDeque<u32> = open.map(|(bidder, _)| bidder).collect();
        let mut open = Vec::new();
        let bids = tuning.bids_to_pair + self.price.len() / tuning.items_a_bid;
        for turn in 0..bids * self.item.len() {
            let Some(bidder) = queue.pop_front() else {
                break;
            };
            if turn % bids == 0 {
                control.step();
            }
            control.spend(self.work_of_row)?;
            match self.bid(bidder) {
                Bid::Taken(outbid) => queue.extend(outbid),
                Bid::Indifferent => open.push(bidder),
            }
        }
        open.extend(queue);
        Ok(open)
    }

    /// One bidder's turn: she takes the best and pays what makes the next best as good, if that is more
    /// than nothing, or takes what nobody holds. If that is near, and nothing can be worth more, she looks no further:
    /// where all score all alike, 500 × 500 take half the time for it.
    fn bid(&mut self, bidder: u32) -> Bid {
        let row = self.row(bidder);
        let start = walk::start(bidder as usize, row.len());
        let price = &self.price;
        let is_free = |item: usize| self.holder[item] == NONE;
        let free = self.is_reduced.then(|| {
            lanes::widest(
                #[inline(always)]
                || row::find_near(row, price, 0, start, is_free),
            )
        });
        if let Some(item) = free.flatten() {
            return Bid::Taken(self.give(position(item), bidder));
        }
        let best = lanes::widest(
            #[inline(always)]
            || row::best_two(row, price, start),
        );
        let raise = best.worth - best.next;
        let item = if raise > 0 || is_free(best.item) {
            Some(best.item)
        } else {
            row::find(row, price, best.worth, start, is_free)
        };
        match item {
            Some(item) => {
                self.price[item] += raise;
                Bid::Taken(self.give(position(item), bidder))
            }
            None => Bid::Indifferent,
        }
    }
}

/// How many different bidders these are.
fn different(bidders: &[u32]) -> usize {
    let mut sorted = bidders.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

/// How a bid has ended.
enum Bid {
    /// With an item, that somebody may have held before.
    Taken(Option<u32>),
    /// Without: others hold all that is worth most.
    Indifferent,
}

#[cfg(test)]
mod tests;
