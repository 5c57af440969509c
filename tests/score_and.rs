//! Scores with values added to some pairs: the same as the total of scores that were changed beforehand.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::exhaustive;
use common::generate::{self, Shape, TINY};
use common::instance::Instance;
use common::random::Random;
use mentormatch::solver::{Level, ListedValues, Method, Problem, SolveOptions, TieBreak, solve};
use mentormatch::{MenteeIdx, MentorIdx};
use proptest::prelude::*;

const FEW: Shape = Shape {
    mentees: 5,
    mentors: 4,
    ..TINY
};

/// Values of some pairs, and the instance with them in its scores.
fn added(instance: &Instance, seed: u64) -> (ListedValues, Instance) {
    let mut random = Random::new(seed);
    let (mut listed, mut changed) = (Vec::new(), instance.clone());
    for (mentee, row) in (0..).zip(&mut changed.scores) {
        for (mentor, score) in (0..).zip(row) {
            if random.below(2) == 0 {
                let value = i32::try_from(random.below(9)).unwrap() - 6;
                listed.push((MenteeIdx::new(mentee), MentorIdx::new(mentor), value));
                *score = score.map(|score| score + value);
            }
        }
    }
    (
        ListedValues::new(instance.scores.len(), listed).unwrap(),
        changed,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn added_values_count_as_if_they_were_in_the_scores(
        (instance, levels) in generate::instance(FEW).prop_flat_map(|instance| {
            let levels = generate::levels(instance.mentees.len(), instance.mentors.len());
            (Just(instance), levels)
        }),
        seed: u64,
    ) {
        let is_extreme = |score: &&Option<i32>| score.is_some_and(|score| score.unsigned_abs() > 1 << 30);
        prop_assume!(!instance.scores.iter().flatten().any(|score| is_extreme(&score)));
        let (listed, changed) = added(&instance, seed);
        let with = levels.iter().map(|level| match level {
            Level::TotalScore => Level::ScoreAnd(listed.clone()),
            level => level.clone(),
        });
        let with: Vec<_> = with.collect();
        for method in [Method::Auto, Method::MinCostFlow] {
            for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
                let options = SolveOptions::new(with.clone()).method(method).tie_break(tie_break);
                let solution = solve(&instance.dense(), &options).unwrap();
                let stated = solution.certificate.levels().iter();
                let back = stated.map(|level| match level {
                    Level::ScoreAnd(_) => Level::TotalScore,
                    level => level.clone(),
                });
                let back: Vec<_> = back.collect();
                prop_assert_eq!(&solution.value[..back.len()], exhaustive::optimum(&changed, &back));
            }
        }
    }
}

/// More pairs than are listed at first, so that those left out must be screened.
#[test]
fn added_values_count_where_pairs_are_left_out_of_the_lists() {
    let (n, m) = (240, 120);
    for seed in 0..4 {
        let mut random = Random::new(seed);
        let scores: Vec<i32> = (0..n * m)
            .map(|_| i32::try_from(random.below(1_000_001)).unwrap())
            .collect();
        let (mut listed, mut changed) = (Vec::new(), scores.clone());
        for at in 0..n * m {
            // Often the best of a row, as pairs of an earlier plan are.
            if scores[at] > 900_000 {
                let value = -i32::try_from(random.below(400_000)).unwrap();
                let (mentee, mentor) = (
                    u32::try_from(at / m).unwrap(),
                    u32::try_from(at % m).unwrap(),
                );
                listed.push((MenteeIdx::new(mentee), MentorIdx::new(mentor), value));
                changed[at] += value;
            }
        }
        let listed = ListedValues::new(n, listed).unwrap();
        let problem = |scores: Vec<i32>| {
            let problem = Problem::dense(n, m, scores, None).unwrap();
            problem
                .with_capacities(vec![1 + u32::try_from(seed).unwrap() % 3; m])
                .unwrap()
        };
        let solved = |scores: &[i32], total: Level| {
            let options = SolveOptions::new([Level::Participation, total]);
            solve(&problem(scores.to_vec()), &options).unwrap().value
        };
        assert_eq!(
            solved(&scores, Level::ScoreAnd(listed)),
            solved(&changed, Level::TotalScore)
        );
    }
}
