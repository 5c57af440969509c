//! What a lot says, as levels whose optimum is found by trying everything.

use mentormatch::solver::{Level, ListedValues, Lot};
use mentormatch::{MenteeIdx, MentorIdx};

use super::instance::Instance;

/// Pairs of one level, each worth more than all that come after it together.
const EACH: usize = 30;

/// A lot from keys that a seed tells.
pub fn lot(instance: &Instance, seed: u64) -> Lot {
    let key = |person: u64| {
        (person + 1)
            .wrapping_mul(seed | 1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let keys = |people: usize, side: u64| {
        (0..people as u64)
            .map(|p| key(side + p))
            .collect::<Vec<_>>()
    };
    Lot::new(
        &keys(instance.mentees.len(), 0),
        &keys(instance.mentors.len(), 1 << 20),
    )
}

/// Levels at which the best of all choices of pairs is the one that comes first by the lot: has the pair, at the
/// first turn of a pair at which two differ.
pub fn levels_of(instance: &Instance, lot: &Lot) -> Vec<Level> {
    let mut pairs: Vec<(usize, usize)> = instance.allowed();
    pairs.sort_by_key(|&(mentee, mentor)| (lot.turn(mentee), lot.distance(mentee, mentor)));
    let level = |pairs: &[(usize, usize)]| {
        let index = |person: usize| u32::try_from(person).unwrap();
        let worths = (0..EACH).rev().map(|power| 1 << power);
        let listed = pairs.iter().zip(worths).map(|(&(mentee, mentor), worth)| {
            (
                MenteeIdx::new(index(mentee)),
                MentorIdx::new(index(mentor)),
                worth,
            )
        });
        Level::Listed(ListedValues::new(instance.mentees.len(), listed).unwrap())
    };
    pairs.chunks(EACH).map(level).collect()
}
