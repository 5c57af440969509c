//! A run is a pure function of people, programme and seed.

use std::fs;
use std::path::Path;

use mentormatch::{Method, RunOptions, TieBreaking};
use proptest::prelude::*;

use crate::{
    coarse, cohort, criteria, everything, pairs, people, record, run, run_with, story,
    unbarred_people, values,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn input_order_is_never_seen(
        (seed, (mentors, mentees)) in any::<u64>().prop_flat_map(|seed| {
            let (mentors, mentees) = people(seed, 14, 24);
            (Just(seed), (Just(mentors).prop_shuffle(), Just(mentees).prop_shuffle()))
        }),
    ) {
        for programme in [everything(1), coarse()] {
            let listed = run(&programme, &cohort(people(seed, 14, 24)));
            let shuffled = run(&programme, &cohort((mentors.clone(), mentees.clone())));
            prop_assert_eq!(record(&listed), record(&shuffled));
        }
    }

    #[test]
    fn every_way_to_solve_gives_the_same_bytes(seed: u64) {
        let cohort = cohort(people(seed, 14, 24));
        for programme in [everything(1), coarse()] {
            let usual = record(&run(&programme, &cohort));
            for options in [
                RunOptions::default().all_pairs(true),
                RunOptions::default().method(Method::MinCostFlow),
            ] {
                prop_assert_eq!(&record(&run_with(&programme, &cohort, &options)), &usual);
            }
        }
    }

    #[test]
    fn the_hungarian_method_gives_the_same_bytes(seed: u64, mentors in 1_u64..9) {
        let cohort = cohort(unbarred_people(seed, mentors, 11));
        let options = RunOptions::default().method(Method::KuhnMunkres);
        for programme in [criteria(1).build().unwrap(), coarse()] {
            let hungarian = run_with(&programme, &cohort, &options);
            prop_assert_eq!(record(&hungarian), record(&run(&programme, &cohort)));
        }
    }

    #[test]
    fn a_fast_tie_break_gives_the_same_objective_values(seed: u64) {
        let cohort = cohort(people(seed, 14, 24));
        for programme in [everything(1), coarse()] {
            let canonical = values(&run(&programme, &cohort));
            let fast = RunOptions::default().tie_breaking(TieBreaking::Fast);
            for options in [fast.clone(), fast.clone().all_pairs(true), fast.method(Method::MinCostFlow)] {
                prop_assert_eq!(&values(&run_with(&programme, &cohort, &options)), &canonical);
            }
        }
    }
}

#[test]
fn another_seed_decides_between_equally_good_matchings_only() {
    let cohort = cohort(people(7, 14, 24));
    let usual = run(&coarse(), &cohort);
    let others = (1..9).map(|seed| run_with(&coarse(), &cohort, &RunOptions::default().seed(seed)));
    let others: Vec<_> = others.collect();
    for other in &others {
        assert_eq!(values(other), values(&usual));
    }
    let differ = others.iter().filter(|other| pairs(other) != pairs(&usual));
    assert!(differ.count() >= 6, "equal people are drawn by lot");
}

/// Enough pairs for candidate lists and for rows on several threads.
const LARGE: (u64, u64, u64) = (11, 70, 300);

#[test]
fn candidate_lists_are_never_seen_where_they_are_used() {
    let (seed, mentors, mentees) = LARGE;
    let cohort = cohort(people(seed, mentors, mentees));
    for programme in [everything(1), coarse()] {
        let listed = run(&programme, &cohort);
        let all = run_with(&programme, &cohort, &RunOptions::default().all_pairs(true));
        let pairs_listed = [&listed, &all].map(|own| own.statistics().search.pairs_listed);
        assert!(pairs_listed[0] < pairs_listed[1], "{pairs_listed:?}");
        assert_eq!(record(&listed), record(&all));
    }
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_is_never_seen() {
    let (seed, mentors, mentees) = LARGE;
    let cohort = cohort(people(seed, mentors, mentees));
    for programme in [everything(1), coarse()] {
        let records = [1, 2, 4, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            pool.install(|| record(&run(&programme, &cohort)))
        });
        for other in &records[1..] {
            assert_eq!(*other, records[0]);
        }
    }
}

/// Pins pairs, scores, contributions and reasons across releases, platforms and feature sets. A
/// change here changes what hosts have stored: raise a version and say so in the change log.
#[test]
fn the_golden_run_is_unchanged() {
    let story = story(&run(&everything(1), &cohort(people(2_026, 16, 40))));
    if story != include_str!("../golden/roster_matching.txt") {
        let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("roster_matching.txt");
        fs::write(&written, story).unwrap();
        panic!(
            "differs from tests/golden/roster_matching.txt: {}",
            written.display()
        );
    }
}
