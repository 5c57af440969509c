//! What a market that is stopped early gives: what is held, and what can be had for the asking.
//!
//! # Idea
//! Between two steps the bidders hold something legal, but some of them less than they want although
//! there is room: nobody has bid yet, or a dearer item is waited for. Each of them takes the best of
//! her list that has room and is worth something, in turn; then mentees with a place left take the best
//! mentors who have one, listed or not. At last everybody gets the profit at which no listed item is
//! worth more to her than the last she wants; with that the prices bound what is missing.
//!
//! # Complexity
//! O(list) a bidder, and one pass over the rows of mentees who have a place left.

use std::cmp::Reverse;

use super::Market;
use super::choice::Choice;
use crate::solver::control::{Control, Stop};
use crate::solver::problem::RowBuffer;

impl Market<'_> {
    /// Makes the best of what there is; says why the market stopped.
    pub(super) fn make_do(&mut self, control: &Control<'_>) -> Result<(), Stop> {
        self.list(control)?;
        self.take_what_is_left(control);
        self.price_out(control);
        control.check()?;
        Err(Stop::Limit)
    }

    fn take_what_is_left(&mut self, control: &Control<'_>) {
        let mut room = self.sides.supply.to_vec();
        for bidder in control.until_cancelled(self.sides.all()) {
            for &(item, _) in self.held.of(bidder) {
                room[item as usize] -= 1;
            }
        }
        for bidder in control.until_cancelled(self.sides.all()) {
            for at in 0..self.lists.of(bidder as usize).len() {
                let candidate = self.lists.of(bidder as usize)[at];
                let score = self.lists.listed_score(candidate);
                self.take_left(bidder, candidate.item, score, &mut room);
            }
        }
        self.take_unlisted(&mut room, control);
    }

    /// Takes an item that has room, if the bidder wants one more.
    fn take_left(&mut self, bidder: u32, item: u32, score: i32, room: &mut [u32]) {
        let has_place = self.held.open(bidder) > 0 && room[item as usize] > 0;
        if has_place && !self.held.contains(bidder, item) {
            room[item as usize] -= 1;
            self.held.add(bidder, item, score);
        }
    }

    /// Goes through the mentees, and offers each the mentors who have a place left, best first.
    fn take_unlisted(&mut self, room: &mut [u32], control: &Control<'_>) {
        let problem = self.sides.problem();
        let (mut buffer, mut offers) = (RowBuffer::default(), Vec::new());
        for mentee in control.until_cancelled((0..).take(problem.mentees())) {
            let is_open = |bidder: u32, item: u32, room: &[u32]| {
                self.held.open(bidder) > 0 && room[item as usize] > 0
            };
            let has_place = if self.sides.mentors_bid {
                room[mentee as usize] > 0
            } else {
                self.held.open(mentee) > 0
            };
            if !has_place {
                continue;
            }
            offers.clear();
            problem.for_each_allowed(mentee as usize, &mut buffer, |mentor, score| {
                let (bidder, item) = self.sides.of_pair(mentee, mentor);
                if score >= 0 && is_open(bidder, item, room) {
                    offers.push((Reverse(score), bidder, item));
                }
            });
            offers.sort_unstable();
            for &(Reverse(score), bidder, item) in &offers {
                self.take_left(bidder, item, score, room);
            }
        }
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
