//! Which criteria say the same: Pearson's correlation of two criteria over pairs that have an answer
//! to both, in whole numbers.
//!
//! With n pairs, r² = cov² / (var · var) where cov = nΣxy − ΣxΣy and var = nΣx² − (Σx)². Scores are
//! at most 10^6 and n is at most 2^25, so that every term below fits 128 bits; the two sides of the
//! comparison r² ≥ 0.98² = 2401 / 2500 are products of two such numbers and are compared as 256.

/// Fewer pairs than this show nothing.
const FEWEST: u64 = 30;

/// Sums over pairs of values of every two criteria.
#[derive(Clone, Default)]
pub(super) struct Likeness {
    criteria: usize,
    sums: Vec<Sums>, // of criteria (0, 1), (0, 2), …, (1, 2), …
}

/// Sums over the pairs that have an answer to both criteria.
#[derive(Clone, Copy, Default)]
struct Sums {
    pairs: u64,
    x: u128,
    y: u128,
    xx: u128,
    yy: u128,
    xy: u128,
}

/// Two criteria that correlate almost fully.
#[derive(Debug, PartialEq)]
pub(super) struct Alike {
    pub(super) first: usize,
    pub(super) second: usize,
    /// One is high where the other is low.
    pub(super) opposite: bool,
    pub(super) pairs: u64,
}

impl Likeness {
    pub(super) fn of(criteria: usize) -> Self {
        let sums = vec![Sums::default(); criteria * criteria.saturating_sub(1) / 2];
        Self { criteria, sums }
    }

    /// Adds what each criterion gives a pair, in parts per million.
    pub(super) fn add(&mut self, answers: &[Option<u32>]) {
        let mut sums = self.sums.iter_mut();
        for (at, &first) in answers.iter().enumerate() {
            for (&second, sums) in answers[at + 1..].iter().zip(&mut sums) {
                if let (Some(x), Some(y)) = (first, second) {
                    sums.add(x.into(), y.into());
                }
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, other) in self.sums.iter_mut().zip(&other.sums) {
            own.pairs += other.pairs;
            own.x += other.x;
            own.y += other.y;
            own.xx += other.xx;
            own.yy += other.yy;
            own.xy += other.xy;
        }
    }

    /// Every two criteria with |r| ≥ 0.98.
    pub(super) fn alike(&self) -> Vec<Alike> {
        let of = |first| (first + 1..self.criteria).map(move |second| (first, second));
        let named = (0..self.criteria).flat_map(of).zip(&self.sums);
        let alike = named.filter_map(|((first, second), sums)| {
            Some(Alike {
                first,
                second,
                opposite: sums.correlate()?,
                pairs: sums.pairs,
            })
        });
        alike.collect()
    }
}

impl Sums {
    fn add(&mut self, x: u128, y: u128) {
        self.pairs += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    /// Whether the two correlate almost fully, and if so whether negatively.
    fn correlate(&self) -> Option<bool> {
        let pairs = u128::from(self.pairs);
        let (with, without) = (pairs * self.xy, self.x * self.y);
        let var = [
            pairs * self.xx - self.x * self.x,
            pairs * self.yy - self.y * self.y,
        ];
        let both_vary = var.iter().all(|&var| var > 0);
        if self.pairs < FEWEST || !both_vary {
            return None;
        }
        let cov = 50 * with.abs_diff(without);
        (product(cov, cov) >= product(2401 * var[0], var[1])).then_some(with < without)
    }
}

/// The product as its high and its low half.
fn product(one: u128, other: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let ((a, b), (c, d)) = ((one >> 64, one & LOW), (other >> 64, other & LOW));
    let middle = a * d + ((b * d) >> 64); // < 2^128: (2^64 − 1)² + 2^64 − 1
    let carried = b * c + (middle & LOW);
    let high = a * c + (middle >> 64) + (carried >> 64);
    (high, (carried << 64) | ((b * d) & LOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: impl IntoIterator<Item = (u32, u32)>) -> Vec<Alike> {
        let mut likeness = Likeness::of(2);
        for (x, y) in pairs {
            likeness.add(&[Some(x), Some(y)]);
        }
        likeness.alike()
    }

    #[test]
    fn products_of_wide_numbers_are_exact() {
        assert_eq!(product(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(product(u128::MAX, 2), (1, u128::MAX - 1));
        assert_eq!(product(1 << 64, 1 << 64), (1, 0));
        assert_eq!(product(3 << 100, 5 << 30), (15 << 2, 0));
        assert_eq!(product(12_345, 67_890), (0, 838_102_050));
    }

    #[test]
    fn a_line_correlates_fully_in_either_direction() {
        let line = (0..30).map(|x| (x * 1000, 7 + 3 * x));
        let [alike] = &of(line.clone())[..] else {
            panic!()
        };
        assert_eq!((alike.opposite, alike.pairs), (false, 30));
        let [alike] = &of(line.map(|(x, y)| (x, 1_000_000 - y)))[..] else {
            panic!()
        };
        assert!(alike.opposite);
    }

    #[test]
    fn too_few_pairs_and_constants_show_nothing() {
        assert_eq!(of((0..29).map(|x| (x, x))), []);
        assert_eq!(of((0..99).map(|x| (x, 5))), []);
        assert_eq!(of((0..99).map(|_| (1_000_000, 1_000_000))), []);
    }

    /// Two answers of 0 or 1 that differ in `few` of n, half of them in each direction, correlate
    /// with r = 1 − 2 · few / n: 0.98 where one in a hundred differs.
    #[test]
    fn the_threshold_is_exact() {
        let mixed = |few: u32| {
            let differ = (0..few / 2).flat_map(|_| [(0, 1_000_000), (1_000_000, 0)]);
            let agree = (0..(1000 - few) / 2).flat_map(|_| [(0, 0), (1_000_000, 1_000_000)]);
            of(differ.chain(agree)).len()
        };
        assert_eq!((mixed(8), mixed(10), mixed(12)), (1, 1, 0));
    }

    #[test]
    fn missing_answers_are_left_out_and_every_two_are_compared() {
        let mut likeness = Likeness::of(3);
        for x in 0..40 {
            likeness.add(&[Some(x), Some((x * 7) % 40), Some(x)]);
            likeness.add(&[None, Some(x), Some(40 - x)]);
        }
        let [alike] = &likeness.alike()[..] else {
            panic!()
        };
        assert_eq!((alike.first, alike.second, alike.pairs), (0, 2, 40));
    }
}
