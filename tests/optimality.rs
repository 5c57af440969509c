//! Every method against the exhaustive optimum, on small instances of every shape.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::exhaustive;
use common::generate::{self, PLAIN, SMALL};
use common::instance::{Instance, Pairs, pairs_of};
use mentormatch::solver::{
    Claim, Level, Method, PairHash, PlaceValues, Problem, Solution, SolveError, SolveOptions,
    TieBreak, solve,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Solves, and judges the solution by everything a test can know about it.
fn solved(instance: &Instance, problem: &Problem<'_>, options: &SolveOptions) -> Solution {
    let solution = solve(problem, options).unwrap();
    judge(instance, problem, &solution);
    solution
}

fn judge(instance: &Instance, problem: &Problem<'_>, solution: &Solution) {
    let pairs = pairs_of(&solution.assignment);
    let levels = solution.certificate.levels();
    instance.assert_legal(&pairs);
    assert_eq!(
        solution.value,
        instance.value(&pairs, levels),
        "reported value"
    );
    assert_eq!(solution.certificate.claim(), Claim::Optimal);
    assert_eq!(solution.gap(), None);
    assert_eq!(
        solution.certificate.check(problem, &solution.assignment),
        Ok(())
    );
    assert_eq!(
        solution.value,
        exhaustive::optimum(instance, levels),
        "optimum at {levels:?}"
    );
}

/// Each way to solve a problem that admits every instance.
fn ways(levels: &[Level], tie_break: &TieBreak) -> [SolveOptions; 3] {
    let options = SolveOptions::new(levels.to_vec()).tie_break(tie_break.clone());
    [
        options.clone(),
        options.clone().candidate_lists(false),
        options.method(Method::MinCostFlow),
    ]
}

/// The same pairs in every way, dense and sparse; they are returned.
fn canonical_pairs(instance: &Instance, levels: &[Level], tie_break: &TieBreak) -> Pairs {
    let rows = instance.rows();
    let problems = [instance.dense(), instance.sparse(&rows)];
    let mut found: Vec<Pairs> = Vec::new();
    for problem in &problems {
        for options in ways(levels, tie_break) {
            found.push(pairs_of(&solved(instance, problem, &options).assignment));
        }
    }
    assert!(found.iter().all(|pairs| *pairs == found[0]), "{found:?}");
    found.swap_remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn fast_reaches_the_optimum_at_every_level(
        (instance, levels) in generate::instance_and_levels(SMALL)
    ) {
        let problem = instance.dense();
        for options in ways(&levels, &TieBreak::Fast) {
            let solution = solved(&instance, &problem, &options);
            let expected = instance.expected_levels(&levels);
            prop_assert_eq!(solution.certificate.levels(), expected.as_slice());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn canonical_gives_the_same_pairs_in_every_way(
        (instance, levels) in generate::instance_and_levels(SMALL),
        salt in any::<u64>(),
    ) {
        canonical_pairs(&instance, &levels, &TieBreak::Canonical);
        canonical_pairs(&instance, &levels, &TieBreak::CanonicalBy(generate::keys(&instance, salt)));
    }

    /// The chosen pairs have the largest sum of hashes of all optimal ones.
    #[test]
    fn the_tie_break_is_a_level_like_any_other(
        (instance, levels) in generate::instance_and_levels(SMALL),
        salt in any::<u64>(),
    ) {
        let hash = generate::keys(&instance, salt);
        let by_tie_break = canonical_pairs(&instance, &levels, &TieBreak::CanonicalBy(hash.clone()));
        let explicit = [levels, vec![Level::TieBreak(hash)]].concat();
        let by_level = solved(&instance, &instance.dense(), &SolveOptions::new(explicit));
        prop_assert_eq!(by_tie_break, pairs_of(&by_level.assignment));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_hungarian_method_agrees_or_refuses(
        instance in generate::instance(PLAIN),
        levels in proptest::sample::select(vec![
            vec![Level::TotalScore],
            vec![Level::Participation, Level::TotalScore],
            vec![Level::Pairs, Level::TotalScore],
            vec![Level::Pairs],
        ]),
    ) {
        let problem = instance.dense();
        for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
            let options = SolveOptions::new(levels.clone())
                .tie_break(tie_break.clone())
                .method(Method::KuhnMunkres);
            if !instance.is_hungarian(&levels) {
                let refused = matches!(solve(&problem, &options), Err(SolveError::NotExpressible { .. }));
                prop_assert!(refused);
                continue;
            }
            let pairs = pairs_of(&solved(&instance, &problem, &options).assignment);
            if tie_break == TieBreak::Canonical {
                prop_assert_eq!(pairs, canonical_pairs(&instance, &levels, &tie_break));
            }
        }
    }
}

/// Every non-empty sequence of different numbers below `len`.
fn sequences(len: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = (0..len).map(|first| vec![first]).collect();
    let mut at = 0;
    while at < all.len() {
        for next in (0..len)
            .filter(|next| !all[at].contains(next))
            .collect::<Vec<_>>()
        {
            let longer = [all[at].as_slice(), &[next]].concat();
            all.push(longer);
        }
        at += 1;
    }
    all
}

#[test]
fn every_sequence_of_levels_is_solved() {
    let mut runner = TestRunner::deterministic();
    let cases = generate::instance(SMALL).prop_flat_map(|instance| {
        let levels = generate::every_level(instance.mentees.len(), instance.mentors.len());
        (Just(instance), levels)
    });
    let sequences = sequences(5);
    assert_eq!(sequences.len(), 325);
    for sequence in sequences {
        let (instance, all) = cases.new_tree(&mut runner).unwrap().current();
        let levels: Vec<_> = sequence.iter().map(|&at| all[at].clone()).collect();
        for options in ways(&levels, &TieBreak::Fast) {
            solved(&instance, &instance.dense(), &options);
        }
    }
}

/// What the property tests rely on: each kind of trouble is there often enough.
#[test]
fn the_generator_makes_trouble() {
    let mut runner = TestRunner::deterministic();
    let cases = generate::instance(SMALL);
    let mut seen = [0; 7];
    for _ in 0..1_000 {
        let instance = cases.new_tree(&mut runner).unwrap().current();
        let scores = || instance.scores.iter().flatten();
        let trouble = [
            instance.scores.is_empty() || instance.mentors.len() == 0,
            instance
                .scores
                .iter()
                .any(|row| row.iter().all(Option::is_none)),
            scores().any(|score| *score == Some(i32::MIN)),
            instance.has_minimum(),
            instance.has_groups(),
            instance.mentees.max.contains(&2),
            instance.mentors.max.iter().sum::<u32>() < instance.mentees.max.iter().sum(),
        ];
        for (seen, trouble) in seen.iter_mut().zip(trouble) {
            *seen += u32::from(trouble);
        }
    }
    assert!(seen.iter().all(|&times| times > 50), "{seen:?}");
}

/// A mentor with more places than there are mentees is full when all of them have come, even if
/// one more would be worth something. (The proof's check used to ask for a reason why the third
/// place is empty.)
#[test]
fn places_that_nobody_is_left_to_take_need_no_proof() {
    let instance =
        Instance::one_to_one(1, vec![vec![Some(0)], vec![Some(0)]]).with_capacities(vec![3]);
    let mentors = Some(PlaceValues::new([[7]]).unwrap());
    let levels = [Level::Places {
        mentees: None,
        mentors,
    }];
    let solution = solved(&instance, &instance.dense(), &SolveOptions::new(levels));
    assert_eq!(solution.value, [14]);
}

/// The pairs and the last level of an instance of equal scores, the same in every way.
fn drawn(instance: &Instance, tie_break: &TieBreak, levels: &[Level]) -> (Pairs, Option<Level>) {
    let hungarian = SolveOptions::new(levels.to_vec()).tie_break(tie_break.clone());
    let hungarian = hungarian.method(Method::KuhnMunkres);
    let is_hungarian = instance.is_hungarian(levels);
    let ways = ways(levels, tie_break).into_iter();
    let found = ways
        .chain(is_hungarian.then_some(hungarian))
        .map(|options| {
            let solution = solved(instance, &instance.dense(), &options);
            let last = solution.certificate.levels().last().cloned();
            (pairs_of(&solution.assignment), last)
        });
    let found: Vec<_> = found.collect();
    assert!(found.iter().all(|one| *one == found[0]), "{found:?}");
    found[0].clone()
}

/// Two mentees whose hashes with the mentor are equal under the first salt, and not under the next.
#[test]
fn hashes_that_collide_are_drawn_again_with_the_next_salt() {
    let (first, second) = (5_622, 38_814);
    for mentees in [vec![first, second], vec![second, first]] {
        let hash = |salt| PairHash::new(mentees.clone(), vec![1], salt);
        assert_eq!(hash(0).value(0, 0), hash(0).value(1, 0));
        let instance = Instance::one_to_one(1, vec![vec![Some(5)]; 2]);
        let tie_break = TieBreak::CanonicalBy(hash(0));
        let (pairs, last) = drawn(&instance, &tie_break, &[Level::TotalScore]);
        assert_eq!(last, Some(Level::TieBreak(hash(1))));
        assert_eq!(mentees[pairs[0].0], second);
    }
}

/// Two mentees of one key.
#[test]
fn a_tie_that_no_salt_breaks_is_left_after_eight() {
    let hash = |salt| PairHash::new(vec![3, 3], vec![1, 2], salt);
    let instance = Instance::one_to_one(2, vec![vec![Some(5); 2]; 2]);
    let tie_break = TieBreak::CanonicalBy(hash(0));
    for levels in [
        vec![Level::TotalScore],
        vec![Level::Pairs, Level::TotalScore],
    ] {
        for options in ways(&levels, &tie_break) {
            let solution = solved(&instance, &instance.dense(), &options);
            let last = solution.certificate.levels().last();
            assert_eq!(last, Some(&Level::TieBreak(hash(7))));
        }
    }
}

#[test]
fn a_tie_break_that_is_a_level_keeps_its_salt() {
    let level = Level::TieBreak(PairHash::new(vec![3, 3], vec![1], 0));
    let instance = Instance::one_to_one(1, vec![vec![Some(5)]; 2]);
    for options in ways(&[Level::TotalScore, level.clone()], &TieBreak::Fast) {
        let solution = solved(&instance, &instance.dense(), &options);
        assert_eq!(solution.certificate.levels().last(), Some(&level));
    }
}

#[test]
fn keys_of_other_people_break_no_ties() {
    let instance = Instance::one_to_one(1, vec![vec![Some(5)]; 2]);
    for (mentees, mentors, what) in [(1, 1, "mentees"), (3, 1, "mentees"), (2, 2, "mentors")] {
        let hash = PairHash::new(vec![7; mentees], vec![8; mentors], 0);
        let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::CanonicalBy(hash));
        let refused = solve(&instance.dense(), &options).unwrap_err();
        assert!(matches!(refused, SolveError::Level { level: 1, .. }));
        assert!(refused.to_string().contains(what), "{refused}");
    }
}

#[test]
fn a_solve_on_all_pairs_takes_one_round() {
    let instance = Instance::one_to_one(2, vec![vec![Some(5), Some(7)]; 2]);
    for method in [Method::MinCostFlow, Method::KuhnMunkres] {
        let options = SolveOptions::new([Level::TotalScore]).method(method);
        let solution = solved(&instance, &instance.dense(), &options);
        assert_eq!(solution.stats.rounds, 1);
    }
}
