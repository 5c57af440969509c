//! Weights of the total score and of the gain.

use super::Point;

/// Weighed scores and gains together are never more.
const LIMIT: i64 = i32::MAX as i64 - 1;

/// What one unit of score and one of gain count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weights {
    pub(super) score: i32,
    pub(super) gain: i32,
}

impl Weights {
    /// The total alone, the gain alone, and the gain as far before the total as fits.
    pub(super) fn ends(highest: i32) -> [Self; 3] {
        let highest = i64::from(highest.max(1));
        [
            Self::new(LIMIT / highest, 0),
            Self::new(0, 1),
            Self::new(1, LIMIT - highest),
        ]
    }

    /// The weights by which two points are equally good, if they fit; else the nearest that do, from below
    /// and from above.
    pub(super) fn of_line(low: &Point, high: &Point, highest: i32) -> Vec<Self> {
        let (wide, deep) = (high.gain - low.gain, low.total - high.total);
        if wide <= 0 || deep < 0 {
            return Vec::new();
        }
        let (limit, highest) = (i128::from(LIMIT), i128::from(highest.max(1)));
        let common = greatest_common_divisor(wide, deep);
        let (score, gain) = (wide / common, deep / common);
        let times = limit / (score * highest + gain);
        if times > 0 {
            return vec![Self::narrow(score * times, gain * times)];
        }
        // The score counts as much as it can while score · highest + score · deep / wide fits.
        let score = (limit * wide / (highest * wide + deep)).max(1);
        let gain = (score * deep / wide).min(limit - score * highest);
        let above = (gain + 1).min(limit - score * highest);
        let mut both = vec![Self::narrow(score, gain), Self::narrow(score, above)];
        both.dedup();
        both
    }

    fn new(score: i64, gain: i64) -> Self {
        Self::narrow(score.into(), gain.into())
    }

    fn narrow(score: i128, gain: i128) -> Self {
        let narrow = |weight| i32::try_from(weight).unwrap_or(i32::MAX);
        Self {
            score: narrow(score),
            gain: narrow(gain),
        }
    }

    /// What a unit of the gain counts beside one of the score, in parts of 2²⁰.
    pub(super) fn slope(self) -> i64 {
        let gain = i64::from(self.gain) << 20;
        gain / i64::from(self.score.max(1))
    }

    /// How different two weights are: the less, the better one solution is as a start for the other.
    pub(super) fn distance(self, other: Self) -> u64 {
        self.slope().abs_diff(other.slope())
    }
}

/// Of a positive number and one that is not negative.
fn greatest_common_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::solver::assignment::Assignment;

    fn point(gain: i128, total: i128) -> Point {
        Point {
            gain,
            total,
            assignment: Assignment::from_pairs(0, []),
        }
    }

    /// The weights of two points, in 128 bits.
    fn weights(low: (i128, i128), by: (i128, i128), highest: i32) -> Vec<(i128, i128)> {
        let (low, high) = (point(low.0, low.1), point(low.0 + by.0, low.1 - by.1));
        let found = Weights::of_line(&low, &high, highest);
        let wide = |own: Weights| (i128::from(own.score), i128::from(own.gain));
        found.into_iter().map(wide).collect()
    }

    fn fits((score, gain): (i128, i128), highest: i32) -> bool {
        score * i128::from(highest) + gain <= LIMIT.into()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn weights_of_a_line_are_its_own_or_the_two_nearest_that_fit(
            low in (-9_i128..1 << 24, 0_i128..1 << 50),
            by in (prop_oneof![1_i128..8, 1_i128..1 << 24], 0_i128..1 << 40),
            highest in 1_i32..1 << 20,
        ) {
            let found = weights(low, by, highest);
            let sign = |own: &(i128, i128)| (own.1 * by.0).cmp(&(own.0 * by.1));
            prop_assert!(found.iter().all(|&own| own.0 > 0 && fits(own, highest)));
            let score = found[0].0;
            // A unit of the gain counts at most what is left beside one of the score.
            let steepest = i128::from(LIMIT) - i128::from(highest);
            if by.1 > steepest * by.0 {
                prop_assert_eq!(found, [(1, steepest)]);
            } else if found.iter().any(|own| sign(own).is_eq()) {
                prop_assert!(found.len() == 1 || sign(&found[0]).is_eq());
            } else {
                let below = found[0].1;
                prop_assert!(sign(&(score, below)).is_lt() && sign(&(score, below + 1)).is_gt());
                let above = fits((score, below + 1), highest).then_some((score, below + 1));
                prop_assert_eq!(found[1..].iter().copied().next(), above);
                // Were the score to count more, the gain would not fit beside it.
                let (next, highest) = (score + 1, i128::from(highest));
                prop_assert!(next * (highest * by.0 + by.1) > i128::from(LIMIT) * by.0);
            }
        }
    }
}
