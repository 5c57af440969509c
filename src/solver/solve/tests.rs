//! Candidate lists so short that every small instance needs rounds of pricing.

use proptest::prelude::*;

use super::super::common::exhaustive;
use super::super::common::generate::{self, SMALL};
use super::super::common::instance::pairs_of;
use super::*;

/// As [`solve`] with the method `Auto`, on lists of `length` pairs a mentee to start with.
fn solve_listed(problem: &Problem<'_>, options: &SolveOptions, length: usize) -> Solution {
    let mut run = Run::new(problem, levels(problem, options).unwrap(), options);
    run.by_flow(length).unwrap();
    run.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn short_lists_reach_the_optimum_over_all_pairs(
        (instance, levels) in generate::instance_and_levels(SMALL),
        length in 1usize..=3,
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new(levels);
        let solution = solve_listed(&problem, &options, length);
        let optimum = exhaustive::optimum(&instance, solution.certificate.levels());
        prop_assert_eq!(solution.value, optimum);
    }

    #[test]
    fn short_lists_give_the_canonical_pairs(
        (instance, levels) in generate::instance_and_levels(SMALL),
        length in 1usize..=3,
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
        let listed = solve_listed(&problem, &options, length);
        let unlisted = solve_listed(&problem, &options, usize::MAX);
        prop_assert_eq!(listed.assignment, unlisted.assignment);
        prop_assert_eq!(listed.value, unlisted.value);
    }

    #[test]
    fn short_lists_under_a_work_limit_claim_no_more_than_is_true(
        (instance, levels) in generate::instance_and_levels(SMALL),
        length in 1usize..=3,
        limit in 0u64..200,
    ) {
        let problem = instance.dense();
        let mut options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
        options.hooks.work_limit = Some(limit);
        let solution = solve_listed(&problem, &options, length);
        instance.assert_legal(&pairs_of(&solution.assignment));
        let optimum = exhaustive::optimum(&instance, solution.certificate.levels());
        match solution.certificate.claim() {
            Claim::Optimal => prop_assert_eq!(solution.value, optimum),
            Claim::Bounded { level, bound } => {
                prop_assert_eq!(&solution.value[..level], &optimum[..level]);
                prop_assert!(solution.value[level] <= optimum[level]);
                prop_assert!(optimum[level] <= bound);
            }
        }
    }
}
