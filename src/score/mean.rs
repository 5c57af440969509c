//! Exact weighted means of scores, and their split into parts.
//!
//! Integer weights sum to at most `u32::MAX` (see `integer_weights`) and a score is at most 10^6,
//! so every sum here is below 2^52.

use super::Score;

/// A running Σ weight · score, and the Σ weight it is measured against.
#[derive(Clone, Copy, Default)]
pub(crate) struct WeightedSum {
    pub(crate) points: u64,
    pub(crate) weight: u64,
}

impl WeightedSum {
    pub(crate) fn of(terms: &[(u32, Score)]) -> Self {
        let mut sum = Self::default();
        for &(weight, score) in terms {
            sum.add(weight, score);
        }
        sum
    }

    pub(crate) fn add(&mut self, weight: u32, score: Score) {
        self.points += u64::from(weight) * u64::from(score.ppm());
        self.weight += u64::from(weight);
    }

    /// The weighted mean, rounded half up; 0 where nothing was weighed.
    pub(crate) fn mean(self) -> Score {
        if self.weight == 0 {
            return Score::ZERO;
        }
        let mean = (self.points + self.weight / 2) / self.weight;
        Score::from_ppm_saturating(u32::try_from(mean).unwrap_or(u32::MAX))
    }
}

/// The mean over one fixed Σ weight, without a division for each pair (5 ns each, a quarter of the
/// time of eight criteria).
///
/// With N = 52 bits of numerator and l = ⌈log2 weight⌉, ⌊n · m / 2^(N + l)⌋ is ⌊n / weight⌋ for
/// every n < 2^N when m = ⌊2^(N + l) / weight⌋ + 1 (Granlund and Montgomery, *Division by invariant
/// integers using multiplication*, 1994, theorem 4.2).
#[derive(Clone, Copy)]
pub(crate) struct FixedMean {
    half: u64,
    multiplier: u64, // at most 2^53 + 1
    shift: u32,
}

const NUMERATOR_BITS: u32 = 52;

impl FixedMean {
    /// The mean over a sum of weights of at least 1.
    pub(crate) fn over(weight: u32) -> Self {
        let weight = weight.max(1);
        let shift = NUMERATOR_BITS + (u32::BITS - (weight - 1).leading_zeros());
        Self {
            half: u64::from(weight / 2),
            multiplier: u64::try_from((1_u128 << shift) / u128::from(weight)).unwrap_or(0) + 1,
            shift,
        }
    }

    /// [`WeightedSum::mean`] for the fixed weight.
    pub(crate) fn of(self, points: u64) -> Score {
        let mean = (u128::from(points + self.half) * u128::from(self.multiplier)) >> self.shift;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a mean of scores is at most 10^6"
        )]
        Score::from_ppm_saturating(mean as u32)
    }
}

/// `part / whole` as a score, rounded half up; 1 where `part` exceeds `whole`, 0 where `whole` is 0.
pub(crate) fn ratio(part: u64, whole: u64) -> Score {
    if whole == 0 {
        return Score::ZERO;
    }
    let narrow = part
        .checked_mul(1_000_000)
        .and_then(|ppm| ppm.checked_add(whole / 2));
    let ppm = match narrow {
        Some(sum) => u128::from(sum / whole), // 128-bit division costs several times as much
        None => (u128::from(part) * 1_000_000 + u128::from(whole / 2)) / u128::from(whole),
    };
    Score::from_ppm_saturating(u32::try_from(ppm).unwrap_or(u32::MAX))
}

/// What each term contributes to the mean of `terms` (weight and score), in parts per million.
///
/// Each contribution is its exact share rounded down; the ppm then missing go to the largest
/// remainders, equal ones in the order of the terms. The parts sum to [`WeightedSum::mean`] exactly.
pub(crate) fn largest_remainder_parts(terms: &[(u32, Score)]) -> Vec<u32> {
    let sum = WeightedSum::of(terms);
    let whole = sum.weight.max(1);
    let shares: Vec<u64> = terms
        .iter()
        .map(|&(weight, score)| u64::from(weight) * u64::from(score.ppm()))
        .collect();
    let mut parts: Vec<u64> = shares.iter().map(|share| share / whole).collect();
    let mut by_remainder: Vec<usize> = (0..terms.len()).collect();
    by_remainder.sort_by_key(|&at| std::cmp::Reverse(shares[at] % whole)); // stable: ties by order
    let missing = u64::from(sum.mean().ppm()) - parts.iter().sum::<u64>();
    for (&at, _) in by_remainder.iter().zip(0..missing) {
        parts[at] += 1;
    }
    parts
        .into_iter()
        .map(|part| u32::try_from(part).unwrap_or(u32::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ppm(value: u32) -> Score {
        Score::from_ppm_saturating(value)
    }

    fn mean(terms: &[(u32, Score)]) -> Score {
        WeightedSum::of(terms).mean()
    }

    #[test]
    fn half_a_ppm_rounds_up() {
        assert_eq!(mean(&[(1, ppm(0)), (1, ppm(1))]), ppm(1));
        assert_eq!(mean(&[(2, ppm(0)), (1, ppm(1))]), ppm(0));
        assert_eq!(mean(&[(3, ppm(1)), (2, ppm(0))]), ppm(1));
        assert_eq!(mean(&[(0, Score::ONE)]), Score::ZERO);
    }

    #[test]
    fn ties_go_to_the_first_criterion() {
        assert_eq!(largest_remainder_parts(&[(1, ppm(1)), (1, ppm(0))]), [1, 0]);
        assert_eq!(largest_remainder_parts(&[(1, ppm(1)); 2]), [1, 0]);
        assert_eq!(
            largest_remainder_parts(&[(1, ppm(2)), (1, ppm(1)), (1, ppm(2))]),
            [1, 0, 1]
        );
    }

    #[test]
    fn the_largest_weights_do_not_overflow() {
        let terms = [(u32::MAX - 1, Score::ONE), (1, Score::ONE)];
        assert_eq!(mean(&terms), Score::ONE);
        assert_eq!(ratio(u64::MAX, u64::MAX), Score::ONE);
        assert_eq!(ratio(1, 3), ppm(333_333));
        assert_eq!(ratio(2, 3), ppm(666_667));
    }

    #[test]
    fn fixed_means_are_right_at_every_step() {
        for weight in [1, 2, 3, 5, 7, 64, 1000, 65_537, u32::MAX - 1, u32::MAX] {
            let whole = u64::from(weight);
            for ppm in (0_u64..1_000_000).step_by(999) {
                let step = ppm * whole + whole.div_ceil(2); // the first sum that rounds up
                for points in [step - 1, step, step + 1] {
                    let plain = WeightedSum {
                        points,
                        weight: whole,
                    };
                    let fixed = FixedMean::over(weight).of(points);
                    assert_eq!(fixed, plain.mean(), "{points} / {weight}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn fixed_means_are_means(weight in 1_u32.., share in 0_u64..=1_000_000, less: u32) {
            let points = (u64::from(weight) * share).saturating_sub(u64::from(less));
            let plain = WeightedSum { points, weight: weight.into() }.mean();
            prop_assert_eq!(FixedMean::over(weight).of(points), plain);
        }

        #[test]
        fn parts_sum_to_the_mean(
            terms in prop::collection::vec((0_u32..100_000, 0_u32..=1_000_000), 0..12),
        ) {
            let terms: Vec<_> = terms.into_iter().map(|(w, s)| (w, ppm(s))).collect();
            let parts = largest_remainder_parts(&terms);
            prop_assert_eq!(parts.iter().sum::<u32>(), mean(&terms).ppm());
            let whole: u64 = terms.iter().map(|&(w, _)| u64::from(w)).sum::<u64>().max(1);
            for (&(weight, score), part) in terms.iter().zip(parts) {
                let share = u64::from(weight) * u64::from(score.ppm());
                prop_assert!(u64::from(part) == share / whole || u64::from(part) == share.div_ceil(whole));
            }
        }
    }
}
