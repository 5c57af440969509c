//! Everybody's own order of the other side: a walk around it from a place of one's own.
//!
//! Among equal scores those come first that the walk meets first. If everybody walked from the same
//! place, they would all list the same few people whenever scores are equal.

use crate::hash;

/// Where somebody's walk around `len` others starts.
pub(super) fn start(person: usize, len: usize) -> usize {
    let spread = hash::spread(person as u64) >> 32;
    usize::try_from((spread * len as u64) >> 32).unwrap_or(0)
}

/// Who is met after so many steps from `start`, fewer than `len`.
pub(super) fn at(steps: usize, start: usize, len: usize) -> u32 {
    let at = steps + start;
    position(if at >= len { at - len } else { at })
}

/// After how many steps from `start` somebody is met.
pub(super) fn steps(other: usize, start: usize, len: usize) -> u32 {
    at(other, len - start, len)
}

/// Positions fit 32 bits, since a problem has fewer than 2^24 people.
pub(super) fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
