//! Which pairs of a row would shorten a way? At the speed at which memory gives the scores.
//!
//! # What is tested
//! A pair of value `w` and prices `u` and `v` is a step of the length `u + v - w`. It shortens the way to the
//! mentor if the mentee's distance and the step are less than his distance, and the way from the mentee if
//! the step and his distance are less than hers. Both say that `w` is more than a number of the mentee's
//! (her *bar*) and one of the mentor's (his *offset*) together, lexicographically.

use super::super::level::Level;
use super::super::problem::Row;

/// A mentee and her bar, by level, against which the pairs of her row are held.
pub(super) struct Screen<'s> {
    pub(super) levels: &'s [Level],
    pub(super) mentee: usize,
    pub(super) bar: &'s [i64],
    /// By level, by mentor.
    pub(super) offsets: &'s [Vec<i64>],
}

impl Screen<'_> {
    /// Calls `visit(mentor, score)` for each pair that is above the bar, mentors ascending.
    pub(super) fn for_each_above(&self, row: &Row<'_>, mut visit: impl FnMut(u32, i32)) {
        row.for_each(|mentor, score| {
            if self.is_above(mentor as usize, score) {
                visit(mentor, score);
            }
        });
    }

    #[inline]
    fn is_above(&self, mentor: usize, score: i32) -> bool {
        for (level, values) in self.levels.iter().enumerate() {
            let value = values.pair_value(self.mentee, mentor, score);
            let needed = self.bar[level] + self.offsets[level][mentor];
            if value != needed {
                return value > needed;
            }
        }
        false
    }
}
