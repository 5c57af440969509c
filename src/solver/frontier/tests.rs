//! The frontier against every assignment there is.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::super::common::generate::{self, PLAIN, TINY};
use super::super::common::instance::{Instance, People};
use super::*;
use crate::solver::certificate::Violation;
use crate::solver::{Hooks, solve};

/// Every legal set of pairs, as scores of its pairs and value at the levels.
fn all_figures(instance: &Instance, levels: &[Level]) -> Vec<(Vec<i128>, i32, i128)> {
    let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    for (mentee, row) in instance.scores.iter().enumerate() {
        for (mentor, score) in row.iter().enumerate() {
            if score.is_some() {
                let with = |pairs: &Vec<_>| [&pairs[..], &[(mentee, mentor)]].concat();
                let longer: Vec<_> = all.iter().map(with).collect();
                all.extend(longer.into_iter().filter(|pairs| is_legal(instance, pairs)));
            }
        }
    }
    let figures = |pairs: &Vec<(usize, usize)>| {
        let scores = pairs.iter().map(|&(i, j)| instance.scores[i][j].unwrap());
        let (lowest, total) = (scores.clone().min(), scores.map(i128::from).sum());
        (
            instance.value(pairs, levels),
            lowest.unwrap_or(i32::MAX),
            total,
        )
    };
    all.iter().map(figures).collect()
}

fn is_legal(instance: &Instance, pairs: &Vec<(usize, usize)>) -> bool {
    let (mentees, mentors) = instance.loads(pairs);
    let sides = [(&instance.mentees, mentees), (&instance.mentors, mentors)];
    let is_legal = |people: &People, loads: &[u32]| {
        let groups = people.group_loads(loads);
        people.is_within_maxima(loads) && people.are_groups_within_maxima(&groups)
    };
    sides.iter().all(|(people, loads)| is_legal(people, loads))
}

/// The figures of the best at the levels that no others beat in both.
fn non_dominated(instance: &Instance, before: &[Level]) -> Vec<(i32, i128)> {
    let all = all_figures(instance, before);
    let best = all.iter().map(|own| own.0.clone()).max().unwrap();
    let best: BTreeSet<_> = all
        .into_iter()
        .filter(|own| own.0 == best)
        .map(|(_, lowest, total)| (lowest, total))
        .collect();
    let beats = |one: &(i32, i128), other: &(i32, i128)| {
        one != other && one.0 >= other.0 && one.1 >= other.1
    };
    let stays = |own: &&(i32, i128)| !best.iter().any(|other| beats(other, own));
    best.iter().filter(stays).copied().collect()
}

fn assert_frontier(instance: &Instance, before: &[Level]) {
    let problem = instance.dense();
    let options = SolveOptions::new(before.to_vec());
    let found = frontier(&problem, &options, 1).unwrap();
    assert_eq!(found.check(&problem), Ok(()));
    let figures = found.steps.iter().map(|step| (step.lowest, step.total));
    let all = with_minimums(&problem, before);
    assert_eq!(figures.collect::<Vec<_>>(), non_dominated(instance, &all));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn after_participation_all_points_are_found_and_no_others(
        instance in generate::instance(generate::Shape { mentees: 4, mentors: 4, ..PLAIN }),
    ) {
        assert_frontier(&instance, &[Level::Participation]);
    }

    #[test]
    fn after_other_levels_all_points_are_found_and_no_others(
        instance in generate::instance(TINY),
        first in prop_oneof![Just(Level::Pairs), Just(Level::Participation)],
    ) {
        assert_frontier(&instance, &[first, Level::Participation]);
    }

    #[test]
    fn a_frontier_with_a_step_missing_proves_nothing(
        instance in generate::instance(PLAIN),
        at: prop::sample::Index,
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new([Level::Participation]);
        let mut found = frontier(&problem, &options, 1).unwrap();
        found.steps.remove(at.index(found.steps.len()));
        prop_assert!(found.steps.is_empty() || found.check(&problem).is_err());
    }
}

/// Two pairs of people who may change partners: the lowest score rises from 1 to 2 and to 4.
fn of_three_steps() -> (Problem<'static>, Frontier) {
    let rows = [
        [9, 4, -1, -1],
        [4, 1, -1, -1],
        [-1, -1, 9, 5],
        [-1, -1, 5, 2],
    ];
    let problem = Problem::dense(4, 4, rows.concat(), Some(-1)).unwrap();
    let options = SolveOptions::new([Level::Participation]);
    let found = frontier(&problem, &options, 1).unwrap();
    let figures = found.steps.iter().map(|step| (step.lowest, step.total));
    assert_eq!(figures.collect::<Vec<_>>(), [(1, 21), (2, 19), (4, 18)]);
    (problem, found)
}

#[test]
fn a_step_is_refused_that_says_what_its_solution_does_not() {
    let (problem, mut found) = of_three_steps();
    found.width = 2; // then steps need not follow each other, and each stands for itself
    assert_eq!(found.check(&problem), Ok(()));
    let forged = |change: &dyn Fn(&mut Step)| {
        let mut forged = found.clone();
        change(&mut forged.steps[1]);
        forged.check(&problem)
    };
    assert_eq!(forged(&|step| step.total += 1), Err(Violation::Bound));
    assert_eq!(forged(&|step| step.lowest += 1), Err(Violation::Bound));
    // The total is proved, and there is an assignment with that lowest score, but not with both.
    let higher = &found.steps[2];
    let with_both = |step: &mut Step| {
        let solution = higher.solution.clone();
        step.proof = Some(std::mem::replace(&mut step.solution, solution));
        step.lowest = higher.lowest;
    };
    assert_eq!(forged(&with_both), Err(Violation::Bound));
}

#[test]
fn a_step_is_refused_whose_proof_is_of_a_higher_floor() {
    let (problem, mut found) = of_three_steps();
    let first = found.steps.remove(0);
    found.steps[0].from = first.from;
    assert_eq!(found.check(&problem), Err(Violation::Shape));
}

#[test]
fn a_step_is_refused_whose_solve_was_stopped() {
    let (problem, mut found) = of_three_steps();
    found.width = 2;
    let levels = found.steps[0].solution.certificate.levels().to_vec();
    let hooks = Hooks {
        stop: Some(Arc::new(|| true)),
        ..Hooks::default()
    };
    let solution = solve(&problem, &SolveOptions::new(levels).hooks(hooks)).unwrap();
    assert!(solution.gap().is_some());
    found.steps[0] = Step {
        from: found.steps[0].from,
        lowest: lowest(&problem, &solution),
        total: *solution.value.last().unwrap(),
        solution,
        proof: None,
    };
    assert_eq!(found.check(&problem), Err(Violation::Shape));
}
