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
