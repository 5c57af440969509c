//! The start of a plain problem: mentees bid for places until hardly anybody is left over.
//!
//! # Problem
//! Mentees take at most one mentor, mentors at most `capacity` mentees, nobody must be matched, and
//! the total score is all that counts.
//!
//! # Idea
//! A mentee without a partner looks for the mentor who is worth most to her, score less price, and
//! bids the price at which her second choice would be just as good. A mentor who has room takes
//! her. One who is full drops her lowest bidder if the new bid is higher, and that one bids again.
//! A full mentor's price is her lowest bid.
//!
//! # Invariant
//! Prices are never negative, only rise, and are positive only at full mentors; everybody who has a
//! partner has nobody she would rather have. So whoever is left over (because she bids no more than
//! a price, or because the bidding went on too long) can be placed by shortest augmenting paths at
//! once, and nothing needs mending.
//!
//! # Differences from the paper
//! 1. Bids are exact, not raised by an ε: a mentee who is indifferent is left to the augmenting
//!    paths instead of fighting over equal scores.
//! 2. A mentor is one node with a heap of bids, however many places she has.
//! 3. A row's left-out scores bound the second choice; a row is widened when its first could be
//!    left out.
//!
//! # Complexity
//! O(row) a bid and O(log capacity) a change; at most [`BIDS`] bids a mentee.
//!
//! # References
//! D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment
//! problem", 1988; D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the
//! transportation problem", 1989 (several equal places).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::control::{Control, Stop};
use super::problem::Problem;
use super::rows::Rows;

/// Bids a mentee on average before the rest is left to augmenting paths.
const BIDS: usize = 12;

/// Who has whom, and the prices that make everybody content.
pub(super) struct Market<'p> {
    pub(super) rows: Rows<'p>,
    /// By mentee: whether she wants a mentor.
    pub(super) wants: Vec<bool>,
    /// By mentor: how many mentees she takes.
    pub(super) capacity: Vec<u32>,
    /// By mentor: what a place costs.
    pub(super) price: Vec<i64>,
    /// By mentee: what her partner is worth to her beyond the price; 0 without a partner.
    pub(super) profit: Vec<i64>,
    /// By mentee.
    pub(super) partner: Vec<Option<u32>>,
    /// By mentee: the score of the pair with her partner.
    pub(super) score: Vec<i64>,
}

/// A mentee's first choice and what her second is worth. Having nobody is worth 0.
pub(super) struct Choice {
    pub(super) mentor: Option<u32>,
    pub(super) score: i64,
    pub(super) worth: i64,
    second: i64,
}

/// A mentor's bids, the lowest first, with who made them.
type Bids = BinaryHeap<Reverse<(i64, u32)>>;

impl<'p> Market<'p> {
    /// A market in which nobody has a partner and every place is free of charge.
    pub(super) fn new(problem: &Problem<'_>, rows: Rows<'p>) -> Self {
        Self {
            rows,
            wants: problem
                .mentees
                .max
                .iter()
                .map(|&demand| demand > 0)
                .collect(),
            capacity: problem.mentors.max.clone(),
            price: vec![0; problem.mentors()],
            profit: vec![0; problem.mentees()],
            partner: vec![None; problem.mentees()],
            score: vec![0; problem.mentees()],
        }
    }

    /// Lets mentees bid; gives those who are left without a partner they want.
    pub(super) fn auction(&mut self, control: &mut Control<'_>) -> Result<Vec<u32>, Stop> {
        let left_over = self.take_bids(control);
        self.settle_profits();
        left_over
    }

    fn take_bids(&mut self, control: &mut Control<'_>) -> Result<Vec<u32>, Stop> {
        let mut bids: Vec<Bids> = vec![Bids::new(); self.price.len()];
        let mut queue: VecDeque<u32> = (0..)
            .zip(&self.wants)
            .filter(|(_, wants)| **wants)
            .map(|(mentee, _)| mentee)
            .collect();
        let mut left_over = Vec::new();
        let mut allowance = BIDS * self.partner.len();
        while let Some(mentee) = queue.pop_front() {
            if allowance == 0 {
                left_over.push(mentee);
                continue;
            }
            allowance -= 1;
            let choice = self.choose(mentee as usize);
            control.spend(self.rows.row(mentee as usize).len() as u64)?;
            let Some(mentor) = choice.mentor else {
                continue;
            };
            match self.bid(&mut bids[mentor as usize], mentee, &choice) {
                Ok(None) => {}
                Ok(Some(outbid)) => queue.push_back(outbid),
                Err(Indifferent) => left_over.push(mentee),
            }
        }
        Ok(left_over)
    }

    /// What a mentee would choose at today's prices, over all her allowed pairs.
    pub(super) fn choose(&mut self, mentee: usize) -> Choice {
        loop {
            let mut choice = self.choose_listed(mentee);
            let left_out = self.rows.left_out(mentee).map_or(i64::MIN, i64::from);
            if left_out <= choice.worth {
                choice.second = choice.second.max(left_out);
                return choice;
            }
            self.rows.widen(mentee);
        }
    }

    fn choose_listed(&self, mentee: usize) -> Choice {
        let mut choice = Choice {
            mentor: None,
            score: 0,
            worth: 0,
            second: 0,
        };
        for &(Reverse(score), mentor) in self.rows.row(mentee) {
            let score = i64::from(score);
            let is_enough =
                score < choice.second || score == choice.second && choice.mentor.is_some();
            if is_enough {
                break; // prices are never negative, and the row is in the order of scores
            }
            let worth = score - self.price[mentor as usize];
            if worth > choice.worth || (worth == choice.worth && choice.mentor.is_none()) {
                let second = choice.worth;
                choice = Choice {
                    mentor: Some(mentor),
                    score,
                    worth,
                    second,
                };
            } else {
                choice.second = choice.second.max(worth);
            }
        }
        choice
    }

    /// Takes a bid if it is high enough; who lost the place to it, if anybody did.
    fn bid(
        &mut self,
        bids: &mut Bids,
        mentee: u32,
        choice: &Choice,
    ) -> Result<Option<u32>, Indifferent> {
        let Some(mentor) = choice.mentor else {
            return Ok(None);
        };
        let (places, price) = (
            self.capacity[mentor as usize],
            &mut self.price[mentor as usize],
        );
        let bid = *price + choice.worth - choice.second;
        let has_room = (bids.len() as u64) < u64::from(places);
        if !has_room && bid <= *price {
            return Err(Indifferent);
        }
        bids.push(Reverse((bid, mentee)));
        self.partner[mentee as usize] = Some(mentor);
        self.score[mentee as usize] = choice.score;
        let outbid = if has_room {
            None
        } else {
            bids.pop().map(|Reverse((_, outbid))| outbid)
        };
        if bids.len() as u64 == u64::from(places) {
            *price = bids.peek().map_or(bid, |Reverse((lowest, _))| *lowest);
        }
        if let Some(outbid) = outbid {
            self.partner[outbid as usize] = None;
        }
        Ok(outbid)
    }

    /// States everybody's profit at the final prices.
    fn settle_profits(&mut self) {
        for (mentee, partner) in self.partner.iter().enumerate() {
            self.profit[mentee] =
                partner.map_or(0, |mentor| self.score[mentee] - self.price[mentor as usize]);
        }
    }
}

/// The bidder gains nothing by paying more than the price.
struct Indifferent;
