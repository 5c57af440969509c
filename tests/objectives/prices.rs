//! What an objective costs those below it, and what other objectives would give.

use mentormatch::{Objective, RunError};
use proptest::prelude::*;

use crate::{Demands, all, people, percent, run};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A price is what a run without the objective finds.
    #[test]
    fn prices_are_those_of_runs_without_the_objective(
        seed: u64,
        order in Just(all()).prop_shuffle(),
        length in 1_usize..5,
    ) {
        let objectives = &order[..length];
        let outcome = run(seed, objectives, people(seed, Demands::Several));
        let prices = outcome.prices_of_objectives(None).unwrap();
        prop_assert_eq!(prices.len(), length - 1);
        for (at, price) in prices.iter().enumerate() {
            prop_assert_eq!(price.objective, objectives[at]);
            let others = [&objectives[..at], &objectives[at + 1..]].concat();
            let without = run(seed, &others, people(seed, Demands::Several)).objectives();
            prop_assert_eq!(&price.below_without[..], &without[at..]);
        }
    }

    /// What other objectives would give is what a run by them gives.
    #[test]
    fn other_objectives_give_what_a_run_by_them_gives(
        seed: u64,
        orders in (Just(all()).prop_shuffle(), Just(all()).prop_shuffle()),
    ) {
        // Groups have targets where they are to be balanced.
        let others = orders.0.iter().filter(|own| **own != Objective::GroupBalance);
        let first: Vec<_> = [Objective::GroupBalance].iter().chain(others.take(2)).copied().collect();
        let outcome = run(seed, &first, people(seed, Demands::Several));
        let other = outcome.under(&orders.1[..3], None).unwrap();
        let ran = run(seed, &orders.1[..3], people(seed, Demands::Several));
        prop_assert_eq!(other.values, ran.objectives());
        prop_assert_eq!(other.matched_mentees, u64::from(ran.matching().totals.matched_mentees));
        prop_assert_eq!(other.score_ppm, ran.matching().totals.score_ppm);
    }
}

#[test]
fn an_objective_below_gains_without_the_one_above() {
    let gains = (0..200).filter(|&seed| {
        let objectives = [Objective::Participation, Objective::KeepPairs];
        let outcome = run(seed, &objectives, people(seed, Demands::One));
        let with = outcome.objectives()[1].value;
        let without = outcome.prices_of_objectives(None).unwrap()[0].below_without[0].value;
        assert!(without >= with);
        without > with
    });
    assert!(gains.count() > 0, "no price at all would say little");
}

#[test]
fn parts_out_of_bounds_are_refused_in_questions_too() {
    let outcome = run(1, &[Objective::TotalScore], people(1, Demands::One));
    let none = Objective::Leximin {
        resolution: percent(0),
    };
    let fine = Objective::Leximin {
        resolution: mentormatch::Score::from_ppm_saturating(1),
    };
    for objective in [none, fine] {
        let refused = outcome.under(&[objective], None);
        assert!(
            matches!(refused, Err(RunError::Programme(_))),
            "{refused:?}"
        );
    }
}
