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

/// [`FixedMean`] for sums below 2^31, which needs no 128-bit product and so is done in vector
/// registers: the same theorem with N = 31, where the multiplier is below 2^32.
#[derive(Clone, Copy)]
pub(crate) struct NarrowMean {
    half: u32,
    multiplier: u32,
    shift: u32,
}

const NARROW_BITS: u32 = 31;

impl NarrowMean {
    /// The largest sum of weights of which all sums of points, and half of it, stay below 2^31.
    pub(crate) const MOST: u32 = ((1 << NARROW_BITS) - 1) / 1_000_001;

    /// The mean over a sum of weights of `1..=MOST`.
    pub(crate) fn over(weight: u32) -> Self {
        let weight = weight.max(1);
        let shift = NARROW_BITS + (u32::BITS - (weight - 1).leading_zeros());
        let multiplier = (1_u64 << shift) / u64::from(weight) + 1;
        Self {
            half: weight / 2,
            multiplier: u32::try_from(multiplier).unwrap_or(u32::MAX),
            shift,
        }
    }

    /// [`WeightedSum::mean`] for the fixed weight.
    pub(crate) fn of(self, points: u32) -> Score {
        let mean = (u64::from(points + self.half) * u64::from(self.multiplier)) >> self.shift;
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

/// `amount` divided in proportion to `shares`, of which at least one is above 0 unless the amount is.
///
/// Each part is its exact share rounded down; what is then missing goes to the largest remainders,
/// equal ones in the order of the shares. The parts sum to the amount exactly.
pub(crate) fn largest_remainder_parts(shares: &[u64], amount: u32) -> Vec<u32> {
    let whole = shares
        .iter()
        .map(|&share| u128::from(share))
        .sum::<u128>()
        .max(1);
    let exact = |share: u64| u128::from(share) * u128::from(amount);
    let mut parts: Vec<u32> = shares
        .iter()
        .map(|&share| u32::try_from(exact(share) / whole).unwrap_or(u32::MAX))
        .collect();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|&at| std::cmp::Reverse(exact(shares[at]) % whole)); // stable: ties by order
    let missing = amount.saturating_sub(parts.iter().sum());
    for (&at, _) in by_remainder.iter().zip(0..missing) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ppm(value: u32) -> Score {
        Score::from_ppm_saturating(value)
    }

    fn mean(terms: &[(u32, Score)]) -> Score {
        let mut sum = WeightedSum::default();
        terms
            .iter()
            .for_each(|&(weight, score)| sum.add(weight, score));
        sum.mean()
    }

    #[test]
    fn half_a_ppm_rounds_up() {
        assert_eq!(mean(&[(1, ppm(0)), (1, ppm(1))]), ppm(1));
        assert_eq!(mean(&[(2, ppm(0)), (1, ppm(1))]), ppm(0));
        assert_eq!(mean(&[(3, ppm(1)), (2, ppm(0))]), ppm(1));
        assert_eq!(mean(&[(0, Score::ONE)]), Score::ZERO);
    }

    #[test]
    fn ties_go_to_the_first_share() {
        assert_eq!(largest_remainder_parts(&[1, 1, 1], 1), [1, 0, 0]);
        assert_eq!(largest_remainder_parts(&[2, 1, 2], 2), [1, 0, 1]);
        assert_eq!(largest_remainder_parts(&[0, 0], 0), [0, 0]);
        assert_eq!(largest_remainder_parts(&[u64::MAX, u64::MAX], 3), [2, 1]);
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
    fn narrow_means_are_right_at_every_step() {
        for weight in 1..=NarrowMean::MOST {
            for ppm in (0..1_000_000).step_by(9_999) {
                let step = ppm * weight + weight.div_ceil(2); // the first sum that rounds up
                for points in [step - 1, step, step + 1] {
                    let points = points.min(1_000_000 * weight);
                    let plain = WeightedSum {
                        points: points.into(),
                        weight: weight.into(),
                    };
                    let narrow = NarrowMean::over(weight).of(points);
                    assert_eq!(narrow, plain.mean(), "{points} / {weight}");
                }
            }
        }
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
        fn parts_sum_to_the_amount_and_are_exact_but_for_rounding(
            shares in prop::collection::vec(0_u64..1 << 52, 1..12),
            amount in 0_u32..=1_000_000,
        ) {
            let parts = largest_remainder_parts(&shares, amount);
            let whole: u128 = shares.iter().map(|&share| u128::from(share)).sum();
            prop_assume!(whole > 0);
            prop_assert_eq!(parts.iter().sum::<u32>(), amount);
            for (share, part) in shares.into_iter().zip(parts) {
                let exact = u128::from(share) * u128::from(amount);
                let part = u128::from(part);
                prop_assert!(part == exact / whole || part == exact.div_ceil(whole));
            }
        }

        #[test]
        fn narrow_means_are_means(weight in 1..=NarrowMean::MOST, share in 0..=1_000_000_u32, less in 0..9_u32) {
            let points = (weight * share).saturating_sub(less);
            let plain = WeightedSum { points: points.into(), weight: weight.into() }.mean();
            prop_assert_eq!(NarrowMean::over(weight).of(points), plain);
        }
    }
}
