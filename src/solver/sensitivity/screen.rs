//! Which pairs of a row would shorten a way? At the speed at which memory gives the scores.
//!
//! # What is tested
//! A pair of value `w` and prices `u` and `v` is a step of the length `u + v - w`. It shortens the way to the
//! mentor if the mentee's distance and the step are less than his distance, and the way from the mentee if
//! the step and his distance are less than hers. Both say that `w` is more than a number of the mentee's
//! (her *bar*) and one of the mentor's (his *offset*) together, lexicographically.
//!
//! # How it is fast
//! Blocks of pairs are held against the bar in 32 bits, which the compiler vectorises, at the levels where all
//! pairs have one value and at the level of scores that may follow; only pairs that pass are looked at one by one.
//! A number beyond 32 bits becomes the nearest one within: that keeps order, so that a pair above the bar is held
//! back by no level, unless two numbers that differ become equal. That cannot be where one of them lies strictly
//! within, which bars of equal values must; and after the level of scores equal ones pass.

use super::super::level::{Level, PairValues};
use super::super::problem::Row;
use super::length::Length;

/// Pairs screened together.
const BLOCK: usize = 64;

/// The mentors' offsets by level, each twice.
pub(super) struct Offsets {
    exact: Vec<Vec<i64>>,
    /// The nearest numbers of 32 bits.
    near: Vec<Vec<i32>>,
}

impl Offsets {
    pub(super) fn new(levels: usize, mentors: usize) -> Self {
        Self {
            exact: vec![vec![0; mentors]; levels],
            near: vec![vec![0; mentors]; levels],
        }
    }

    pub(super) fn set(&mut self, mentor: usize, offset: impl Fn(usize) -> i64) {
        let lists = self.exact.iter_mut().zip(&mut self.near);
        for (level, (exact, near)) in lists.enumerate() {
            exact[mentor] = offset(level);
            near[mentor] = nearest(exact[mentor]);
        }
    }
}

/// A mentee and her bar, against which the pairs of her row are held.
pub(super) struct Screen<'s> {
    pub(super) levels: &'s [Level],
    pub(super) mentee: usize,
    pub(super) bar: Length,
    pub(super) offsets: &'s Offsets,
}

/// One level's test of a block.
enum Layer<'s> {
    /// Every pair has this value, less the bar.
    Same(i32, &'s [[i32; BLOCK]]),
    /// A pair has its score, less this bar.
    Score(i32, &'s [[i32; BLOCK]]),
}

impl Screen<'_> {
    /// Calls `visit(mentor, score)` for each pair that is above the bar, mentors ascending.
    pub(super) fn for_each_above(&self, row: &Row<'_>, mut visit: impl FnMut(u32, i32)) {
        let layers = self.layers();
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(|mentor, score| self.look_at(mentor, score, &mut visit));
        };
        let (blocks, rest) = scores.as_chunks::<BLOCK>();
        let mut look_at_all = |scores: &[i32], first: usize| {
            for (mentor, &score) in (first..).zip(scores) {
                if Some(score) != absent {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "a problem has fewer than 2^24 people"
                    )]
                    self.look_at(mentor as u32, score, &mut visit);
                }
            }
        };
        for (number, block) in blocks.iter().enumerate() {
            if any_passes(block, number, &layers) {
                look_at_all(block, number * BLOCK);
            }
        }
        look_at_all(rest, blocks.len() * BLOCK);
    }

    /// The levels that can be screened.
    fn layers(&self) -> Vec<Layer<'_>> {
        let mut layers = Vec::new();
        for (level, values) in self.levels.iter().enumerate() {
            let near = self.offsets.near[level].as_chunks().0;
            match values.pair_values() {
                PairValues::Same(value) => {
                    let value = nearest(i64::from(value) - self.bar.at(level));
                    if value == i32::MIN || value == i32::MAX {
                        break;
                    }
                    layers.push(Layer::Same(value, near));
                }
                PairValues::Score => {
                    if let Ok(bar) = i32::try_from(self.bar.at(level)) {
                        layers.push(Layer::Score(bar, near));
                    }
                    break;
                }
                _ => break,
            }
        }
        layers
    }

    #[inline]
    fn look_at(&self, mentor: u32, score: i32, visit: &mut impl FnMut(u32, i32)) {
        if self.is_above(mentor as usize, score) {
            visit(mentor, score);
        }
    }

    #[inline]
    fn is_above(&self, mentor: usize, score: i32) -> bool {
        for (level, values) in self.levels.iter().enumerate() {
            let value = values.pair_value(self.mentee, mentor, score);
            let needed = self.bar.at(level) + self.offsets.exact[level][mentor];
            if value != needed {
                return value > needed;
            }
        }
        false
    }
}

/// Whether a pair of the block may be above the bar.
fn any_passes(scores: &[i32; BLOCK], number: usize, layers: &[Layer<'_>]) -> bool {
    // Whole numbers, not truth values, are what the compiler vectorises well.
    let (mut above, mut equal) = ([0; BLOCK], [1; BLOCK]);
    for layer in layers {
        match layer {
            Layer::Same(value, offsets) => {
                let offsets = &offsets[number];
                for at in 0..BLOCK {
                    above[at] |= equal[at] & i32::from(*value > offsets[at]);
                    equal[at] &= i32::from(*value == offsets[at]);
                }
            }
            Layer::Score(bar, offsets) => {
                let offsets = &offsets[number];
                for at in 0..BLOCK {
                    equal[at] &= i32::from(scores[at].saturating_sub(*bar) >= offsets[at]);
                }
            }
        }
    }
    let passed = above.iter().zip(&equal);
    passed.fold(0, |any, (above, equal)| any | above | equal) != 0
}

/// The nearest number of 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "clamped to 32 bits")]
fn nearest(number: i64) -> i32 {
    number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

#[cfg(test)]
mod tests {
    use super::super::length::FARTHEST;
    use super::*;
    use crate::solver::common::random::Random;

    /// Numbers near to where 32 bits end and to where there is no way, and ordinary ones.
    fn number(random: &mut Random) -> i64 {
        let near = i64::from(random.between(-2, 2));
        let ends = [
            0,
            0,
            0,
            i64::from(i32::MIN),
            i64::from(i32::MAX),
            FARTHEST,
            -FARTHEST,
        ];
        ends[random.below(7) as usize] + near
    }

    /// Long rows are screened in blocks, with a rest; what passes is what is above the bar.
    #[test]
    fn the_screen_holds_back_nothing_that_is_above_the_bar() {
        let lists: [&[Level]; 4] = [
            &[Level::TotalScore],
            &[Level::Participation, Level::TotalScore],
            &[
                Level::Pairs,
                Level::Participation,
                Level::TotalScore,
                Level::Pairs,
            ],
            &[Level::TotalScore, Level::Pairs],
        ];
        let (mut random, mut above) = (Random::new(9), 0);
        for turn in 0..3000 {
            let (levels, mentors) = (lists[turn % 4], 150);
            let mut offsets = Offsets::new(levels.len(), mentors);
            for mentor in 0..mentors {
                let drawn = [(); 4].map(|()| number(&mut random));
                offsets.set(mentor, |level| drawn[level]);
            }
            let drawn = [(); 4].map(|()| number(&mut random));
            let scores: Vec<_> = (0..mentors).map(|_| nearest(number(&mut random))).collect();
            let screen = Screen {
                levels,
                mentee: 0,
                bar: Length::new(levels.len(), |level| drawn[level]),
                offsets: &offsets,
            };
            let absent = (turn % 3 == 0).then_some(1);
            let row = Row::Dense {
                scores: &scores,
                absent,
            };
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            row.for_each(|mentor, score| {
                if screen.is_above(mentor as usize, score) {
                    expected.push((mentor, score));
                }
            });
            screen.for_each_above(&row, |mentor, score| found.push((mentor, score)));
            assert_eq!(found, expected);
            above += found.len();
        }
        assert!(above > 10_000, "{above}");
    }
}
