//! Where in a line of nodes the last cut before a place was made, and the first behind it, of those made before a moment.
//!
//! # Complexity
//! O(log nodes): a look at a few chunks of each storey.

use super::super::lot::Moment;

/// Moments of cuts by place, with the earliest of each chunk, of each chunk of chunks, and so on.
pub(super) struct Tower(Vec<Vec<Moment>>);

const CHUNK: usize = 32;

impl Tower {
    pub(super) fn of(cuts: &[Moment]) -> Self {
        let mut storeys = vec![cuts.to_vec()];
        while let Some(last) = storeys.last().filter(|last| last.len() > CHUNK) {
            let earliest = |chunk: &[Moment]| chunk.iter().copied().min();
            storeys.push(last.chunks(CHUNK).filter_map(earliest).collect());
        }
        Self(storeys)
    }

    /// Where the block of a place begins, of the cuts that were made before `moment`.
    pub(super) fn begin(&self, place: u32, moment: Moment) -> u32 {
        let found = self.last(0, place as usize + 1, moment);
        found.map_or(0, number)
    }

    /// The place behind that block.
    pub(super) fn end(&self, place: u32, moment: Moment) -> u32 {
        let found = self.first(0, place as usize + 1, moment);
        found.map_or(number(self.0[0].len()), number)
    }

    /// The last place in front of `past` that is earlier than a moment.
    fn last(&self, storey: usize, past: usize, moment: Moment) -> Option<usize> {
        let own = self.0.get(storey)?;
        let chunk = past.saturating_sub(1) / CHUNK * CHUNK;
        let is_earlier = |at: &usize| own[*at] < moment;
        (chunk..past).rev().find(is_earlier).or_else(|| {
            let chunk = self.last(storey + 1, chunk / CHUNK, moment)? * CHUNK;
            (chunk..chunk + CHUNK).rev().find(is_earlier)
        })
    }

    /// The first place from `from` on that is.
    fn first(&self, storey: usize, from: usize, moment: Moment) -> Option<usize> {
        let own = self.0.get(storey)?;
        let next = from.next_multiple_of(CHUNK).min(own.len());
        let is_earlier = |at: &usize| own[*at] < moment;
        (from..next).find(is_earlier).or_else(|| {
            let chunk = self.first(storey + 1, next.div_ceil(CHUNK), moment)? * CHUNK;
            (chunk..(chunk + CHUNK).min(own.len())).find(is_earlier)
        })
    }
}

/// Nodes fit 32 bits, since a problem has fewer than 2²⁴ people.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Up to three storeys, and lines that end within a chunk or with one.
        #[test]
        fn blocks_are_found_as_by_a_look_at_every_place(
            turns in prop_oneof![
                prop::collection::vec(0..40u32, 1..100),
                prop::collection::vec(0..4000u32, 1000..1100),
            ],
            asked in prop::collection::vec((any::<prop::sample::Index>(), 0..4000u32), 50),
        ) {
            let cuts: Vec<_> = turns.iter().map(|&turn| Moment::of_turn(turn)).collect();
            let tower = Tower::of(&cuts);
            for (place, turn) in asked {
                let (place, moment) = (place.index(cuts.len()), Moment::of_turn(turn));
                let is_earlier = |at: &usize| cuts[*at] < moment;
                let begin = (0..=place).rev().find(is_earlier).unwrap_or(0);
                let end = (place + 1..cuts.len()).find(is_earlier).unwrap_or(cuts.len());
                prop_assert_eq!(tower.begin(number(place), moment), number(begin));
                prop_assert_eq!(tower.end(number(place), moment), number(end));
            }
        }
    }
}
