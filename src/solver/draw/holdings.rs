//! Who has whom, among the pairs that may still change.
//!
//! Each tail (a mentee, or a slot of hers) has as many *hands* as she can have pairs, and mentors know the hands
//! that hold them. A pair that is fixed stays in its hand, but its mentor knows of it no more.
//!
//! # Complexity
//! O(1) for each change; a mentor's hands are a list through the hands themselves.

use super::super::face::Bits;
use super::super::walk::position;

/// With more hands than this, a pair is sooner found among bits.
const MANY: u32 = 16;

/// Bits may take as much as the hands themselves.
const BITS_A_HAND: usize = 128;

/// No hand, nobody, or the end of a list.
const NONE: u32 = u32::MAX;

/// The hands of all tails.
pub(super) struct Holdings {
    /// Tail `t` has the hands `starts[t]..starts[t + 1]`.
    starts: Vec<u32>,
    /// By hand.
    tails: Vec<u32>,
    /// By hand: the mentor.
    held: Vec<u32>,
    /// By tail: how many of its pairs may change.
    changeable: Vec<u32>,
    /// By tail: its hands before this one are full.
    full: Vec<u32>,
    /// By hand: the next and the one before in the mentor's list.
    next: Vec<u32>,
    before: Vec<u32>,
    /// By mentor: the first hand of the list.
    first: Vec<u32>,
    /// Which pairs there are, row by row, where somebody has many hands.
    pairs: Option<(Bits, usize)>,
}

impl Holdings {
    /// Empty hands, so many a tail.
    pub(super) fn new(hands: impl Iterator<Item = u32>, mentors: usize) -> Self {
        let (mut starts, mut tails) = (vec![0], Vec::new());
        for (tail, hands) in (0..).zip(hands) {
            tails.resize(tails.len() + hands as usize, tail);
            starts.push(position(tails.len()));
        }
        let none = || vec![NONE; tails.len()];
        let most = starts.windows(2).map(|both| both[1] - both[0]).max();
        let is_wide = most.is_some_and(|most| most > MANY);
        let cells = (starts.len() - 1).saturating_mul(mentors);
        let fit = cells < (NONE as usize).min(tails.len() * BITS_A_HAND);
        let pairs = (is_wide && fit).then(|| (Bits::below(cells), mentors));
        Self {
            pairs,
            changeable: vec![0; starts.len() - 1],
            full: starts[..starts.len() - 1].to_vec(),
            starts,
            held: none(),
            next: none(),
            before: none(),
            first: vec![NONE; mentors],
            tails,
        }
    }

    fn hands(&self, tail: u32) -> std::ops::Range<usize> {
        let tail = tail as usize;
        self.starts[tail] as usize..self.starts[tail + 1] as usize
    }

    fn hand(&self, tail: u32, mentor: u32) -> Option<usize> {
        self.hands(tail).find(|&hand| self.held[hand] == mentor)
    }

    /// How many pairs of a tail may change.
    pub(super) fn changeable(&self, tail: u32) -> u32 {
        self.changeable[tail as usize]
    }

    /// Whether these two are a pair.
    #[inline]
    pub(super) fn has(&self, tail: u32, mentor: u32) -> bool {
        match &self.pairs {
            Some((pairs, mentors)) => pairs.has(cell(*mentors, tail, mentor)),
            None => self.hand(tail, mentor).is_some(),
        }
    }

    /// The mentors of a tail whose pairs may change; of a mentee whose turn has come, all.
    pub(super) fn mentors(&self, tail: u32) -> impl Iterator<Item = u32> {
        let held = self.held[self.hands(tail)].iter().copied();
        held.filter(|&mentor| mentor != NONE)
    }

    /// The first hand that holds a mentor, of a pair that may change.
    #[inline]
    pub(super) fn first(&self, mentor: u32) -> Option<u32> {
        some(self.first[mentor as usize])
    }

    /// The next one.
    #[inline]
    pub(super) fn next(&self, hand: u32) -> Option<u32> {
        some(self.next[hand as usize])
    }

    /// Whose hand it is.
    #[inline]
    pub(super) fn tail(&self, hand: u32) -> u32 {
        self.tails[hand as usize]
    }

    /// Makes a pair; a tail has an empty hand for each that can be.
    pub(super) fn take(&mut self, tail: u32, mentor: u32) {
        let mut hands = self.full[tail as usize] as usize..self.hands(tail).end;
        let Some(hand) = hands.find(|&hand| self.held[hand] == NONE) else {
            return;
        };
        self.full[tail as usize] = position(hand + 1);
        let first = std::mem::replace(&mut self.first[mentor as usize], position(hand));
        (self.held[hand], self.next[hand], self.before[hand]) = (mentor, first, NONE);
        self.changeable[tail as usize] += 1;
        if let Some(next) = some(first) {
            self.before[next as usize] = position(hand);
        }
        if let Some((pairs, mentors)) = &mut self.pairs {
            pairs.insert(cell(*mentors, tail, mentor));
        }
    }

    /// Ends a pair.
    pub(super) fn release(&mut self, tail: u32, mentor: u32) {
        if let Some(hand) = self.hand(tail, mentor) {
            self.forget(hand);
            self.held[hand] = NONE;
            let full = &mut self.full[tail as usize];
            *full = (*full).min(position(hand));
        }
        if let Some((pairs, mentors)) = &mut self.pairs {
            pairs.remove(cell(*mentors, tail, mentor));
        }
    }

    /// Fixes a pair.
    pub(super) fn fix(&mut self, tail: u32, mentor: u32) {
        if let Some(hand) = self.hand(tail, mentor) {
            self.forget(hand);
        }
    }

    /// Takes a hand out of its mentor's list.
    fn forget(&mut self, hand: usize) {
        self.changeable[self.tails[hand] as usize] -= 1;
        let (before, next) = (self.before[hand], self.next[hand]);
        match some(before) {
            Some(before) => self.next[before as usize] = next,
            None => self.first[self.held[hand] as usize] = next,
        }
        if let Some(next) = some(next) {
            self.before[next as usize] = before;
        }
    }

    /// All pairs.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        let all = self.tails.iter().copied().zip(self.held.iter().copied());
        all.filter(|&(_, mentor)| mentor != NONE)
    }
}

/// A pair's place among fewer than 2^32.
fn cell(mentors: usize, tail: u32, mentor: u32) -> u32 {
    position(tail as usize * mentors + mentor as usize)
}

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}
