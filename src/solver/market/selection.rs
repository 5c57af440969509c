//! The best of one bidder's items, found with a running threshold.
//!
//! # Idea
//! A block of worths is compared with the threshold as a whole, which the compiler vectorises;
//! single ones are looked at only in blocks that hold one above it, and there without a branch: each
//! is written behind the last one kept, which moves on only if it is good enough. Up to three times
//! as many are kept as are wanted, then the worst two thirds go and the threshold rises. On 10,000 ×
//! 2,500 scores that is an eighth of what a branch a score takes.

use crate::lanes;

/// Worths compared with the threshold at once.
pub(super) const BLOCK: usize = 16;

/// Worths compared with the threshold before any block of them is.
pub(super) const SCREEN: usize = 4 * BLOCK;

/// Only what is worth more than this counts: nothing that costs more than it is worth.
pub(super) const FLOOR: i32 = -1;

/// Keeps the `length` best of what is offered.
pub(super) struct Selection {
    length: usize,
    /// Keys of what is kept, and free room for a block behind.
    keys: Vec<u64>,
    kept: usize,
    /// What a worth must exceed to be kept.
    threshold: i32,
    /// The best key that was thrown away.
    left_out: Option<u64>,
    /// Above all places that are still to be offered in blocks.
    ahead: u32,
}

/// Puts the higher worth first, then the lower place in the bidder's own order.
fn key(worth: i32, place: u32) -> u64 {
    (u64::from(u32::MAX - worth.cast_unsigned()) << 32) | u64::from(place)
}

fn worth_of(key: u64) -> i32 {
    let upper = (key >> 32) as u32;
    (u32::MAX - upper).cast_signed()
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half")]
fn place_of(key: u64) -> u32 {
    key as u32
}

impl Selection {
    pub(super) fn new(length: usize) -> Self {
        let mut selection = Self {
            length: 0,
            keys: Vec::new(),
            kept: 0,
            threshold: FLOOR,
            left_out: None,
            ahead: u32::MAX,
        };
        selection.begin(length, FLOOR);
        selection
    }

    /// Starts again, keeping only what is worth more than `above`.
    pub(super) fn begin(&mut self, length: usize, above: i32) {
        self.length = length;
        self.kept = 0;
        self.threshold = above.max(FLOOR);
        self.left_out = (above > FLOOR).then(|| key(above, 0));
        self.ahead = u32::MAX;
    }

    /// From here on, blocks are offered of places that are below this one, and before all so far.
    pub(super) fn go_before(&mut self, place: u32) {
        self.ahead = place;
        self.raise_threshold();
    }

    /// Equals of the best that was thrown away are kept only if they come before it.
    fn raise_threshold(&mut self) {
        if let Some(left_out) = self.left_out {
            let may_precede = i32::from(place_of(left_out) >= self.ahead);
            self.threshold = worth_of(left_out) - may_precede;
        }
    }

    /// What a worth must exceed to be kept, whatever its place.
    pub(super) fn threshold(&self) -> i32 {
        self.threshold
    }

    /// The least worth that may be kept, and the last place that may be at that worth. Whoever starts
    /// [above](Self::begin) something keeps to it by this alone: [`offer`](Self::offer) takes a first place at that worth.
    pub(super) fn bar(&self) -> (i32, u32) {
        match self.left_out {
            None => (self.threshold + 1, u32::MAX),
            Some(left_out) => match place_of(left_out).checked_sub(1) {
                Some(last) => (worth_of(left_out), last),
                None => (worth_of(left_out).saturating_add(1), u32::MAX),
            },
        }
    }

    /// Whether any of some worths exceeds the threshold.
    #[inline]
    pub(super) fn reaches<const WORTHS: usize>(&self, worth: impl Fn(usize) -> i32) -> bool {
        let threshold = self.threshold;
        lanes::any::<WORTHS>(|at| worth(at) > threshold)
    }

    /// Offers a block in order of places (see [`go_before`](Self::go_before)), the first of them
    /// given; `counts` says of each whether it
    /// is a candidate at all.
    #[inline]
    pub(super) fn offer_block(
        &mut self,
        worths: &[i32; BLOCK],
        counts: impl Fn(usize) -> bool,
        first: u32,
    ) {
        if !self.reaches::<BLOCK>(|at| worths[at]) {
            return;
        }
        let threshold = self.threshold;
        self.make_room();
        let free = &mut self.keys[self.kept..self.kept + BLOCK];
        let mut kept = 0;
        for (at, &worth) in (0u32..).zip(worths) {
            // `kept` is at most `at`, so this is in range.
            free[kept] = key(worth.max(0), first + at);
            kept += usize::from((worth > threshold) & counts(at as usize));
        }
        self.kept += kept;
        self.prune_if_full();
    }

    /// Offers one candidate in any order of places.
    #[inline]
    pub(super) fn offer(&mut self, worth: i32, place: u32) {
        let is_below = self
            .left_out
            .is_some_and(|left_out| key(worth.max(0), place) > left_out);
        if worth > FLOOR && !is_below {
            self.make_room();
            self.keys[self.kept] = key(worth, place);
            self.kept += 1;
            self.prune_if_full();
        }
    }

    fn make_room(&mut self) {
        if self.keys.len() < self.kept + BLOCK {
            self.keys.resize(2 * self.kept + 2 * BLOCK, 0);
        }
    }

    fn prune_if_full(&mut self) {
        if self.kept >= self.length.saturating_mul(3).max(BLOCK) {
            self.prune();
        }
    }

    fn prune(&mut self) {
        if self.kept > self.length {
            let (_, &mut best, _) = self.keys[..self.kept].select_nth_unstable(self.length);
            let left_out = self.left_out.map_or(best, |known| known.min(best));
            self.left_out = Some(left_out);
            self.raise_threshold();
            self.kept = self.length;
        }
    }

    /// The best as `(worth, place)`, best first.
    pub(super) fn finish(&mut self) -> impl Iterator<Item = (i32, u32)> + '_ {
        self.prune();
        self.keys[..self.kept].sort_unstable();
        self.keys[..self.kept]
            .iter()
            .map(|&key| (worth_of(key), place_of(key)))
    }

    /// The highest worth that was thrown away; [`FLOOR`] if none was.
    pub(super) fn left_out(&self) -> i32 {
        self.left_out.map_or(FLOOR, worth_of)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_reaches_the_bar_is_kept_and_nothing_else(
            length in 1usize..9,
            above in FLOOR..2,
            worths in prop::collection::vec(0i32..6, 200),
            places in Just((1u32..201).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let mut selection = Selection::new(length);
            selection.begin(length, above);
            for (worth, place) in worths.into_iter().zip(places) {
                let ((least, last), before) = (selection.bar(), selection.kept);
                selection.offer(worth, place);
                prop_assert_eq!(selection.kept != before, (worth, last) >= (least, place));
            }
        }
    }
}
