//! A few out of many, by which the rest is judged.
//!
//! People may come in an order that repeats itself, as when three profiles take turns. A sample that takes every
//! ninth of them would meet one profile alone; so of each stretch one is taken, anywhere in it.

use super::walk;

/// One of each stretch of so many in `0..all`, ascending; nobody is left out where stretches are of one.
pub(super) fn one_in(stretch: usize, all: usize) -> impl Iterator<Item = usize> {
    let stretch = stretch.max(1);
    (0..all)
        .step_by(stretch)
        .map(move |first| first + walk::start(first, stretch.min(all - first)))
}

/// About so many of `0..all`, ascending, one of each stretch.
pub(super) fn about(wanted: usize, all: usize) -> impl Iterator<Item = usize> {
    one_in(all.div_ceil(wanted.max(1)), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stretch_gives_one() {
        for (stretch, all) in [(0, 5), (1, 5), (3, 9), (7, 20), (50, 20), (3, 0)] {
            let sample: Vec<usize> = one_in(stretch, all).collect();
            let stretch = stretch.max(1);
            let of_stretch: Vec<usize> = sample.iter().map(|one| one / stretch).collect();
            let stretches: Vec<usize> = (0..all.div_ceil(stretch)).collect();
            assert_eq!(of_stretch, stretches, "stretches of {stretch} in {all}");
            assert!(sample.iter().all(|&one| one < all));
        }
    }

    #[test]
    fn a_period_does_not_hide_anybody() {
        for period in 2..12 {
            for all in [500, 1_999, 2_000, 2_100, 10_000] {
                let mut met = vec![0; period];
                about(32, all).for_each(|one| met[one % period] += 1);
                assert!(
                    met.iter().filter(|&&times| times > 0).count() >= period.min(3).max(period / 2),
                    "{period} in {all}: {met:?}"
                );
            }
        }
    }
}
