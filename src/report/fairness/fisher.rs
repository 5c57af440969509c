//! Fisher's exact test: how often chance makes two groups differ so.
//!
//! # Problem
//! Of two groups of `n` and `m` people, `a` and `b` are placed. Had lots been drawn for the `a + b` places, how often
//! would the first group have got a number of them that is no more likely than `a` is? (Both tails, as `fisher.test` of
//! R counts them.)
//!
//! # Idea
//! The chance of `k` places for the first group is `w(k) / Σ w`, with
//! `w(k + 1) / w(k) = (a + b − k)(n − k) / ((k + 1)(m − (a + b) + k + 1))`. Start at the most likely `k` with `w = 2⁶²`
//! and multiply outwards until nothing is left: no factorial, no logarithm, no float.
//!
//! # Accuracy
//! Every step rounds down by less than 1, and steps away from the middle only shrink what went before. So after `s` steps
//! a weight is short by less than `s`, and all of them by less than `s²` of more than 2⁶². Weights are spent after some ten
//! standard deviations: with ten million people, `s` is below 10⁵, and the result is off by less than 10⁻⁸, before it is
//! rounded to parts per million. Two weights are as likely as each other if they differ by less than 10⁻⁷ of themselves
//! (R's margin) and their own roundings.
//!
//! # References
//! R. A. Fisher, *The Design of Experiments*, 1935, chapter II; A. Agresti, *Categorical Data Analysis*, 2002, section 3.5.

use super::Share;

/// A group: how many are placed, and how many there are.
pub(super) type Placed = (u32, u32);

/// The most likely outcome's weight.
const MOST: u128 = 1 << 62;

/// The chance of a difference that is as unlikely as this, or less likely, if groups made none.
pub(super) fn p_value(first: Placed, second: Placed) -> Share {
    let table = Table::new(first, second);
    let mode = table.mode();
    let above: Vec<u128> = table.upwards(mode).collect();
    let below: Vec<u128> = table.downwards(mode).collect();
    let own = match u64::from(first.0).checked_sub(mode) {
        Some(up) => weight_at(&above, up),
        None => weight_at(&below, mode - u64::from(first.0)),
    };
    let margin = (own >> 23) + (above.len() + below.len()) as u128;
    let all = || above.iter().chain(below.iter().skip(1)); // both start at the mode
    let rare: u128 = all().filter(|&&weight| weight <= own + margin).sum();
    Share::new(rare, all().sum())
}

/// What is left of the weight after so many steps.
fn weight_at(weights: &[u128], steps: u64) -> u128 {
    let step = usize::try_from(steps).unwrap_or(usize::MAX);
    weights.get(step).copied().unwrap_or(0)
}

/// Two groups and the places they had together; all numbers below 2³³.
struct Table {
    /// People of the first group, and of the second.
    first: u64,
    second: u64,
    /// People of either who are placed.
    placed: u64,
}

impl Table {
    fn new((a, first): Placed, (b, second): Placed) -> Self {
        Self {
            first: first.into(),
            second: second.into(),
            placed: u64::from(a) + u64::from(b),
        }
    }

    /// The fewest and the most of the first group who can be placed.
    fn ends(&self) -> (u64, u64) {
        let fewest = self.placed.saturating_sub(self.second);
        (fewest, self.placed.min(self.first))
    }

    /// The most likely number of them.
    fn mode(&self) -> u64 {
        let product = u128::from(self.first + 1) * u128::from(self.placed + 1);
        let mode = product / u128::from(self.first + self.second + 2);
        let (fewest, most) = self.ends();
        u64::try_from(mode).unwrap_or(most).clamp(fewest, most)
    }

    /// What the weight of `k + 1` is of the weight of `k`, as a fraction; both numbers below 2⁶⁶.
    fn step(&self, k: u64) -> (u128, u128) {
        let rest = self.second + k + 1 - self.placed; // of the second group, after the step, without a place
        let up = u128::from(self.placed - k) * u128::from(self.first - k);
        (up, u128::from(k + 1) * u128::from(rest))
    }

    /// The weights from this number of places up, until they are spent.
    fn upwards(&self, from: u64) -> impl Iterator<Item = u128> + '_ {
        let steps = (from..self.ends().1).map(|k| self.step(k));
        spend(steps)
    }

    /// The weights from this number of places down, until they are spent.
    fn downwards(&self, from: u64) -> impl Iterator<Item = u128> + '_ {
        let steps = (self.ends().0..from).rev().map(|k| self.step(k));
        spend(steps.map(|(up, down)| (down, up)))
    }
}

/// The most likely weight, and what is left of it after each step.
fn spend(steps: impl Iterator<Item = (u128, u128)>) -> impl Iterator<Item = u128> {
    let left = steps.scan(MOST, |weight, (times, over)| {
        *weight = multiply(*weight, times, over);
        (*weight > 0).then_some(*weight)
    });
    std::iter::once(MOST).chain(left)
}

/// A weight of at most [`MOST`] by a fraction that is at most 1, rounded down.
fn multiply(weight: u128, times: u128, over: u128) -> u128 {
    match weight.checked_mul(times) {
        Some(product) => product / over,
        None => (weight >> 4) * times / (over >> 4).max(1), // sides of billions of people: a little less exact
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ppm(first: Placed, second: Placed) -> u32 {
        p_value(first, second).ppm()
    }

    #[test]
    fn published_and_hand_computed_tables() {
        // The lady tasting tea: 3 of 4 against 1 of 4, (1 + 16 + 16 + 1) / 70.
        assert_eq!(ppm((3, 4), (1, 4)), 485_714);
        // 1 of 10 against 11 of 14: 0.002759456 by R.
        assert_eq!(ppm((1, 10), (11, 14)), 2_759);
        // All of five against none of five: 2 / 252.
        assert_eq!(ppm((5, 5), (0, 5)), 7_937);
        // All of six against two of six: 2 × 15 × 1 / 495.
        assert_eq!(ppm((6, 6), (2, 6)), 60_606);
        // No difference, nobody placed, everybody placed, nobody there.
        for (first, second) in [
            ((5, 10), (5, 10)),
            ((0, 9), (0, 3)),
            ((9, 9), (3, 3)),
            ((0, 0), (2, 3)),
        ] {
            assert_eq!(ppm(first, second), 1_000_000);
        }
    }

    fn choose(n: u32, k: u32) -> u128 {
        (0..k).fold(1, |all, at| all * u128::from(n - at) / u128::from(at + 1))
    }

    /// The definition, by binomials.
    fn by_definition((a, n): Placed, (b, m): Placed) -> Share {
        let placed = a + b;
        let ways = |k: u32| choose(n, k) * choose(m, placed - k);
        let all = placed.saturating_sub(m)..=placed.min(n);
        let rare = all.map(ways).filter(|&own| own <= ways(a)).sum();
        Share::new(rare, choose(n + m, placed))
    }

    #[test]
    fn every_small_table_is_as_the_definition_says() {
        for (n, m) in (0..=9).flat_map(|n| (0..=9).map(move |m| (n, m))) {
            for (a, b) in (0..=n).flat_map(|a| (0..=m).map(move |b| (a, b))) {
                let (first, second) = ((a, n), (b, m));
                assert_eq!(
                    p_value(first, second),
                    by_definition(first, second),
                    "{a}/{n} {b}/{m}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn larger_tables_too((n, m) in (0..50u32, 0..50u32), (a, b) in (0..50u32, 0..50u32)) {
            let (first, second) = ((a.min(n), n), (b.min(m), m));
            prop_assert_eq!(p_value(first, second), by_definition(first, second));
        }

        #[test]
        fn it_does_not_matter_which_group_is_named_first_or_what_is_counted(
            (n, m) in (0..5_000_000u32, 0..3_000u32), (a, b) in (0..5_000_000u32, 0..3_000u32),
        ) {
            let (first, second) = ((a.min(n), n), (b.min(m), m));
            let p = p_value(first, second);
            prop_assert_eq!(p, p_value(second, first));
            let without = |(placed, people): Placed| (people - placed, people);
            prop_assert_eq!(p, p_value(without(first), without(second)));
        }
    }

    #[test]
    fn groups_as_large_as_can_be_do_no_harm() {
        let most = u32::MAX;
        assert_eq!(ppm((most, most), (0, most)), 0);
        assert_eq!(ppm((most / 2, most), (most / 2, most)), 1_000_000);
    }
}
