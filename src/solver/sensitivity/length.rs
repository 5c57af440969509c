//! Lengths of steps and paths: one number a level, compared lexicographically.
//!
//! # No sum overflows
//! A price lies within ±2⁶⁰ (the certificate's check says so), a value within ±2³². The prices on a path
//! cancel but for those of its ends, so a path of fewer than 2²⁵ steps is less than 2⁶¹ + 2⁵⁷ long at each level,
//! which is [`FARTHEST`], and what the searches add to that stays below 2⁶³.

/// Levels whose numbers lie in the length itself; more are rare, and cost an allocation.
const INLINE: usize = 4;

/// No path is as long at any level.
pub(super) const FARTHEST: i64 = (1 << 61) + (1 << 57);

/// The length of a step or a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length {
    /// The first levels; 0 beyond the last.
    first: [i64; INLINE],
    rest: Vec<i64>,
}

impl Length {
    /// The length with these numbers, by level.
    pub(super) fn new(levels: usize, number: impl Fn(usize) -> i64) -> Self {
        let mut first = [0; INLINE];
        for (level, entry) in first.iter_mut().enumerate().take(levels) {
            *entry = number(level);
        }
        let rest = (INLINE..levels).map(number).collect();
        Self { first, rest }
    }

    /// The number of one level.
    #[inline]
    pub(super) fn at(&self, level: usize) -> i64 {
        if level < INLINE {
            self.first[level]
        } else {
            self.rest[level - INLINE]
        }
    }

    #[inline]
    pub(super) fn plus(&self, other: &Self) -> Self {
        let rest = self.rest.iter().zip(&other.rest);
        Self {
            first: std::array::from_fn(|level| self.first[level] + other.first[level]),
            rest: rest.map(|(one, other)| one + other).collect(),
        }
    }

    /// The next longer length.
    pub(super) fn next(&self, levels: usize) -> Self {
        let last = levels.saturating_sub(1);
        self.plus(&Self::new(levels, |level| i64::from(level == last)))
    }

    /// The first so many levels of it.
    pub(super) fn up_to(&self, levels: usize) -> Self {
        Self::new(levels, |level| self.at(level))
    }

    pub(super) fn negated(&self) -> Self {
        Self {
            first: self.first.map(|number| -number),
            rest: self.rest.iter().map(|number| -number).collect(),
        }
    }

    /// Whether the first so many numbers are all 0.
    pub(super) fn is_zero_up_to(&self, levels: usize) -> bool {
        (0..levels).all(|level| self.at(level) == 0)
    }

    /// One number a level.
    pub(super) fn numbers(&self, levels: usize) -> Vec<i128> {
        (0..levels)
            .map(|level| i128::from(self.at(level)))
            .collect()
    }
}
