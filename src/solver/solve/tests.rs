//! Candidate lists so short that every small instance needs rounds of pricing.

use proptest::prelude::*;

use super::super::common::generate::{self, SMALL};
use super::super::common::instance::pairs_of;
use super::super::common::{self, exhaustive};
use super::*;

/// As [`solve`] with the method `Auto`, on lists of `length` pairs a mentee to start with.
fn solve_listed(problem: &Problem<'_>, options: &SolveOptions, length: usize) -> Solution {
    let (levels, control) = (
        levels(problem, options).unwrap(),
        Control::new(&options.hooks),
    );
    let mut run = Run::new(problem, levels, options, control);
    run.by_flow(length).unwrap();
    run.finish().unwrap()
}

/// The fast way, on rows of `length` pairs to start with, whether or not places are scarce.
fn solve_plainly(problem: &Problem<'_>, options: &SolveOptions, length: usize) -> Solution {
    let levels = levels(problem, options).unwrap();
    solve_plain(problem, levels, options, length).unwrap()
}

/// Capacities, and mentees who want one mentor or none.
fn plain_instance() -> impl Strategy<Value = common::instance::Instance> {
    generate::instance(generate::PLAIN).prop_map(|mut instance| {
        instance
            .mentees
            .max
            .iter_mut()
            .for_each(|demand| *demand = (*demand).min(1));
        instance
    })
}

fn plain_levels() -> impl Strategy<Value = Vec<Level>> {
    prop_oneof![
        Just(vec![Level::TotalScore]),
        Just(vec![Level::Participation, Level::TotalScore]),
    ]
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

    #[test]
    fn the_fast_way_reaches_the_optimum_over_all_pairs(
        instance in plain_instance(),
        levels in plain_levels(),
        length in 1usize..=3,
    ) {
        let problem = instance.dense();
        let solution = solve_plainly(&problem, &SolveOptions::new(levels), length);
        let optimum = exhaustive::optimum(&instance, solution.certificate.levels());
        prop_assert_eq!(solution.value, optimum);
    }

    #[test]
    fn the_fast_way_gives_the_canonical_pairs(
        instance in plain_instance(),
        levels in plain_levels(),
        length in 1usize..=3,
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
        let fast = solve_plainly(&problem, &options, length);
        let slow = solve_listed(&problem, &options, usize::MAX);
        prop_assert_eq!(fast.assignment, slow.assignment);
        prop_assert_eq!(fast.value, slow.value);
    }

    #[test]
    fn the_fast_way_under_a_work_limit_claims_no_more_than_is_true(
        instance in plain_instance(),
        levels in plain_levels(),
        limit in 0u64..60,
    ) {
        let problem = instance.dense();
        let mut options = SolveOptions::new(levels);
        options.hooks.work_limit = Some(limit);
        let solution = solve_plainly(&problem, &options, 1);
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
