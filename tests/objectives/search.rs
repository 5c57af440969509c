//! Against exhaustive search, and the laws of levels.

use mentormatch::{Cohort, Engine, Objective, Outcome, RunOptions};
use proptest::prelude::*;

use crate::oracle::{Pairs, Town};
use crate::{Demands, all, people, percent, previous, programme, run};

/// What a matching is worth by all objectives together, after the minimums.
fn whole(town: &Town<'_>, objectives: &[Objective], pairs: &Pairs) -> Vec<Vec<i64>> {
    let own = objectives.iter().map(|&own| town.value(own, pairs));
    std::iter::once(vec![town.minimums(pairs)])
        .chain(own)
        .collect()
}

/// The figures an outcome states are those of its pairs.
fn assert_stated(town: &Town<'_>, outcome: &Outcome) {
    let pairs = town.pairs(outcome);
    for own in outcome.objectives() {
        assert!(own.proved);
        let value = town.value(own.objective, &pairs);
        let total = value.iter().sum::<i64>();
        let expected = match own.objective {
            Objective::WorstScore => town.lowest(&pairs),
            Objective::Leximin { resolution } => {
                let width = u64::from(resolution.ppm());
                let lowest = town.classes(&pairs, width).into_iter().min();
                lowest.unwrap_or(1_000_000_u64.div_ceil(width) - 1) * width
            }
            Objective::Wishes { .. } if value.len() == own.levels.len() && value.len() > 1 => {
                let granted: u64 = own.levels.iter().map(|level| level.count).sum();
                assert!(granted == value[0].unsigned_abs() || granted == total.unsigned_abs());
                granted
            }
            _ => total.unsigned_abs(),
        };
        assert_eq!(own.value, expected, "{}", own.objective);
    }
}

fn assert_best(seed: u64, sequences: &[Vec<Objective>], demands: Demands) {
    let before = previous(seed);
    let first = run(seed, &all(), people(seed, demands));
    let town = Town::of(&first, &before);
    let matchings = town.matchings();
    for objectives in sequences {
        let outcome = run(seed, objectives, people(seed, demands));
        let found = whole(&town, objectives, &town.pairs(&outcome));
        let best = matchings
            .iter()
            .map(|pairs| whole(&town, objectives, pairs))
            .max();
        assert_eq!(Some(found), best, "{objectives:?}");
        assert_stated(&town, &outcome);
    }
}

/// Each objective alone, and each before each other one.
fn pairs_of_objectives() -> Vec<Vec<Objective>> {
    let all = all();
    let alone = all.iter().map(|&own| vec![own]);
    let pairs = all.iter().flat_map(|&first| {
        let others = all.iter().filter(move |&&second| second != first);
        others.map(move |&second| vec![first, second])
    });
    alone.chain(pairs).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn each_objective_and_each_pair_of_them_is_the_best_of_all_matchings(seed: u64) {
        for demands in [Demands::One, Demands::Several] {
            assert_best(seed, &pairs_of_objectives(), demands);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn long_sequences_are_the_best_of_all_matchings(
        seed: u64,
        order in Just(all()).prop_shuffle(),
        length in 3_usize..=15,
    ) {
        assert_best(seed, &[order[..length].to_vec()], Demands::Several);
    }

    /// A level never gets worse when one below it is added, taken away or changed.
    #[test]
    fn later_objectives_change_nothing_above(
        seed: u64,
        order in Just(all()).prop_shuffle(),
        length in 1_usize..15,
    ) {
        let long = run(seed, &order, people(seed, Demands::Several));
        let short = run(seed, &order[..length], people(seed, Demands::Several));
        prop_assert_eq!(&long.objectives()[..length], &short.objectives()[..]);
    }

    /// Leximin by its usual definition: scores sorted, those of people without a mentor below all.
    #[test]
    fn leximin_compares_sorted_scores(seed: u64, step in 5_u32..50) {
        let objective = Objective::Leximin { resolution: percent(step) };
        let outcome = run(seed, &[objective], people(seed, Demands::One));
        let town = Town::of(&outcome, &[]);
        let width = u64::from(percent(step).ppm());
        let sorted = |pairs: &Pairs| {
            let mut all = vec![0; 4 - pairs.len()];
            all.extend(town.classes(pairs, width).into_iter().map(|class| class + 1));
            all.sort_unstable();
            all
        };
        let best = town.matchings().iter().map(sorted).max().unwrap();
        prop_assert_eq!(sorted(&town.pairs(&outcome)), best);
    }

    /// With as many pairs, the least cost of crowding is the least sum of squares.
    #[test]
    fn spread_load_has_the_least_sum_of_squares(seed: u64) {
        let objectives = [Objective::Pairs, Objective::SpreadLoad];
        let outcome = run(seed, &objectives, people(seed, Demands::One));
        let town = Town::of(&outcome, &[]);
        let squares = |pairs: &Pairs| -> usize {
            let load = |mentor| pairs.iter().filter(|pair| pair.1 == mentor).count();
            (0..3).map(|mentor| load(mentor).pow(2)).sum()
        };
        let found = town.pairs(&outcome);
        let matchings = town.matchings();
        let as_many = matchings.iter().filter(|pairs| pairs.len() == found.len());
        prop_assert_eq!(as_many.map(squares).min(), Some(squares(&found)));
    }

    #[test]
    fn the_order_of_people_and_of_earlier_pairs_is_never_seen(
        seed: u64,
        order in Just(all()).prop_shuffle(),
    ) {
        let told = |turned: bool| {
            let (mut mentors, mut mentees) = people(seed, Demands::Several);
            let mut before = previous(seed);
            if turned {
                mentors.reverse();
                mentees.rotate_left(1);
                before.reverse();
                before.extend(previous(seed));
            }
            let cohort = Cohort::new(mentors, mentees).unwrap();
            let engine = Engine::new(programme(seed, &order));
            let options = RunOptions::default().previous(before);
            let outcome = engine.run_with(&cohort, &options).unwrap();
            let warnings = outcome.warnings().iter().map(ToString::to_string);
            let warnings: Vec<_> = warnings.collect();
            (outcome.matching().clone(), outcome.objectives(), outcome.report(), warnings)
        };
        prop_assert_eq!(told(false), told(true));
    }
}

/// As many levels as a programme may have, beside minimums and ties.
#[test]
fn the_most_levels_there_can_be_are_solved() {
    let resolution = mentormatch::Score::from_ppm_saturating(4_000); // 250 classes
    let objectives = [
        Objective::Participation,
        Objective::Leximin { resolution },
        Objective::Pairs,
        Objective::TotalScore,
    ];
    let seeds = (0..).filter(|&seed| {
        let (mentors, _) = people(seed, Demands::Several);
        mentors.iter().any(|own| own.capacity.min > 0)
    });
    for seed in seeds.take(3) {
        assert_best(seed, &[objectives.to_vec()], Demands::Several);
    }
}

/// An objective that nobody's answers are about decides nothing, and is no error.
#[test]
fn tiers_that_nobody_is_in_are_no_error() {
    let (mentors, mut mentees) = people(1, Demands::One);
    mentees
        .iter_mut()
        .for_each(|own| own.profile.priority = None);
    let outcome = run(1, &[Objective::PriorityTiers], (mentors, mentees));
    assert_eq!(outcome.objectives()[0].value, 0);
}
