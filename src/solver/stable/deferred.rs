//! Deferred acceptance: one side proposes, the other holds the best so far.
//!
//! # Problem
//! A matching in which nobody has more partners than they take, and no two people who are allowed to be
//! a pair, and are none, would both rather be: each has room, or likes the other better than somebody
//! she has.
//!
//! # Idea
//! Everybody on one side proposes to the partners that she likes best, as many as she takes. Whoever
//! receives more proposals than there are places holds the best of them and turns the others down, who
//! propose to the next on their lists. When nobody is left to propose, what is held is stable: whoever
//! stands above somebody's partners in her list has turned her down, for people who stand higher. And it
//! is the stable matching that the proposing side likes best, person by person, since nobody is ever
//! turned down by somebody she could have in a stable matching.
//!
//! # Invariant
//! At the top of each round: what a receiver holds only gets better; a proposer has been turned down by
//! everybody on her list above the offers she has left, or is held by them.
//!
//! # Differences from the paper
//! 1. Places and demands: a proposer makes as many proposals as she has places free, a receiver holds as
//!    many as she takes (Gale and Shapley's colleges; on both sides at once: Roth 1984). Sets of partners
//!    are compared partner by partner (*responsive* preferences), and a pair blocks by itself; coalitions
//!    of more people are not looked at.
//! 2. Lists are short, and made when they are needed: see [`lists`](super::lists). So the work comes in
//!    rounds, each of which makes the lists of all who wait for one, in parallel.
//! 3. People propose one after the other, not all at once: the order changes nothing (Gusfield and
//!    Irving, theorem 1.2.2).
//!
//! # Complexity
//! O(pairs) proposals at worst, close to people × log people in practice, each O(log places); and a pass
//! over the pairs of those who need a new list.
//!
//! # References
//! D. Gale and L. S. Shapley, "College admissions and the stability of marriage", 1962;
//! A. E. Roth, "Stability and polarization of interests in job matching", 1984 (both sides with several
//! partners); D. Gusfield and R. W. Irving, *The Stable Marriage Problem*, 1989, sections 1.2 and 1.6;
//! D. F. Manlove, *Algorithmics of Matching Under Preferences*, 2013, chapters 3 and 5.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::assignment::Assignment;
use super::super::control::{Control, Stop};
use super::lists::{self, List, Offer, Source};
use super::preferences::{Preferences, Rank};
use crate::ids::Role;

/// A proposal that is held: where the proposer stands with the receiver, the worst first.
type Held = Reverse<Rank>;

/// The two sides of a proposal.
pub(super) struct Market<'a> {
    preferences: &'a Preferences<'a>,
    proposing: Role,
    /// By proposer: how many more partners she wants.
    wanted: Vec<u32>,
    /// By proposer.
    lists: Vec<List>,
    /// By proposer: whether she waits for a new list already.
    waits: Vec<bool>,
    /// By receiver.
    held: Vec<BinaryHeap<Held>>,
    /// By receiver: only proposals above this are accepted.
    bars: Vec<Rank>,
    /// How often lists were made.
    pub(super) rounds: usize,
    /// How many offers were listed.
    pub(super) listed: usize,
}

impl<'a> Market<'a> {
    pub(super) fn new(preferences: &'a Preferences<'a>, proposing: Role) -> Self {
        let wanted = preferences.maxima(proposing).to_vec();
        let places = preferences.maxima(other(proposing));
        let bar = |&places: &u32| match places {
            0 => Rank::HIGHEST,
            _ => Rank::LOWEST,
        };
        Self {
            preferences,
            proposing,
            lists: wanted.iter().map(|&own| List::new(own)).collect(),
            waits: vec![false; wanted.len()],
            wanted,
            held: places.iter().map(|_| BinaryHeap::new()).collect(),
            bars: places.iter().map(bar).collect(),
            rounds: 0,
            listed: 0,
        }
    }

    /// Proposals and answers, until nobody wants to propose any more.
    pub(super) fn run(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let mut asking = self.all_who_want();
        while !asking.is_empty() {
            self.rounds += 1;
            self.list(&asking, control)?;
            asking = self.propose(asking, control)?;
        }
        Ok(())
    }

    fn all_who_want(&self) -> Vec<u32> {
        let wanted = (0..).zip(&self.wanted);
        let who = wanted.filter(|&(_, &wanted)| wanted > 0);
        who.map(|(proposer, _)| proposer).collect()
    }

    fn list(&mut self, people: &[u32], control: &Control<'_>) -> Result<(), Stop> {
        let source = Source {
            preferences: self.preferences,
            proposing: self.proposing,
            bars: &self.bars,
            most: lists::most(people.len(), &self.lists),
            watch: control.watch(),
        };
        lists::fill(source, people, &mut self.lists);
        for &person in people {
            self.waits[person as usize] = false;
            self.listed += self.lists[person as usize].offers.len();
        }
        control.check()
    }

    /// Everybody proposes as far as her list goes; gives those who need a new one, in ascending order.
    fn propose(
        &mut self,
        mut asking: Vec<u32>,
        control: &mut Control<'_>,
    ) -> Result<Vec<u32>, Stop> {
        let mut at_end = Vec::new();
        while let Some(proposer) = asking.pop() {
            while self.wanted[proposer as usize] > 0
                && let Some(offer) = self.lists[proposer as usize].offers.pop()
            {
                control.spend(1)?;
                asking.extend(self.answer(proposer, offer));
            }
            if self.wanted[proposer as usize] > 0 && self.may_go_on(proposer) {
                at_end.push(proposer);
            }
        }
        at_end.sort_unstable();
        Ok(at_end)
    }

    /// Whether somebody whose list is used up is to get another; asked once a round.
    fn may_go_on(&mut self, proposer: u32) -> bool {
        let waits = &mut self.waits[proposer as usize];
        let first = !std::mem::replace(waits, true);
        first && !self.lists[proposer as usize].is_at_end()
    }

    /// The receiver holds the proposal or turns it down; gives whoever is given up for it.
    fn answer(&mut self, proposer: u32, offer: Offer) -> Option<u32> {
        let receiver = offer.partner as usize;
        let hash = (self.preferences).hash(self.proposing, proposer, offer.partner);
        let theirs = Rank::new(offer.value, hash, proposer);
        if theirs <= self.bars[receiver] {
            return None;
        }
        self.wanted[proposer as usize] -= 1;
        let held = &mut self.held[receiver];
        held.push(Reverse(theirs));
        let places = self.preferences.maxima(other(self.proposing))[receiver] as usize;
        let given_up = if held.len() > places {
            held.pop()
        } else {
            None
        };
        if held.len() == places {
            self.bars[receiver] = held.peek().map_or(Rank::HIGHEST, |worst| worst.0);
        }
        let Reverse(rank) = given_up?;
        self.wanted[rank.partner() as usize] += 1;
        Some(rank.partner())
    }

    /// What is held.
    pub(super) fn assignment(&self) -> Assignment {
        let held = (0u32..).zip(&self.held);
        let pairs = held
            .flat_map(|(receiver, held)| held.iter().map(move |rank| (rank.0.partner(), receiver)));
        let mentees = self.preferences.people(Role::Mentee);
        match self.proposing {
            Role::Mentee => Assignment::from_pairs(mentees, pairs),
            Role::Mentor => Assignment::from_pairs(mentees, pairs.map(|(own, other)| (other, own))),
        }
    }
}

pub(super) fn other(role: Role) -> Role {
    match role {
        Role::Mentee => Role::Mentor,
        Role::Mentor => Role::Mentee,
    }
}
