//! What rows say beside their scores, noted when each is first computed.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ids::MenteeIdx;

/// Counts of every row, that any thread may note: they are the same whoever does.
pub(super) struct Tallies {
    /// By mentee and [`Scorer::refusals`](crate::scoring::Scorer::refusals): how many mentors it
    /// forbids her.
    removed: Vec<AtomicU32>,
    /// By mentee: how many mentors are allowed; [`UNREAD`] until her row has been computed.
    allowed: Vec<AtomicU32>,
    refusals: usize,
}

/// No row has as many mentors.
const UNREAD: u32 = u32::MAX;

impl Tallies {
    pub(super) fn new(mentees: usize, refusals: usize) -> Self {
        let counts = |len: usize, count: u32| (0..len).map(|_| AtomicU32::new(count)).collect();
        Self {
            removed: counts(mentees * refusals, 0),
            allowed: counts(mentees, UNREAD),
            refusals,
        }
    }

    pub(super) fn is_noted(&self, mentee: MenteeIdx) -> bool {
        self.allowed[mentee].load(Ordering::Relaxed) != UNREAD
    }

    pub(super) fn note(&self, mentee: MenteeIdx, removed: &[u32], allowed: u32) {
        for (noted, &count) in self.removed_of(mentee).iter().zip(removed) {
            noted.store(count, Ordering::Relaxed);
        }
        self.allowed[mentee].store(allowed, Ordering::Relaxed);
    }

    /// By refusal: how many mentors it forbids a mentee.
    pub(super) fn removed(&self, mentee: MenteeIdx) -> impl Iterator<Item = u32> + '_ {
        let counts = self.removed_of(mentee).iter();
        counts.map(|count| count.load(Ordering::Relaxed))
    }

    /// How many pairs are allowed, of the rows that have been computed.
    pub(super) fn allowed(&self) -> u64 {
        let counts = self.allowed.iter();
        let counts = counts.map(|count| count.load(Ordering::Relaxed));
        let noted = counts.filter(|&count| count != UNREAD);
        noted.map(u64::from).sum()
    }

    fn removed_of(&self, mentee: MenteeIdx) -> &[AtomicU32] {
        &self.removed[mentee.index() * self.refusals..][..self.refusals]
    }
}
