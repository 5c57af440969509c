//! Inputs on which other matchers failed, each named after the report.
//!
//! Reports about costs are solved as scores of opposite sign, with as many pairs as possible first.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::exhaustive;
use common::instance::{Forest, Instance, Pairs, pairs_of};
use common::random::Random;
use mentormatch::solver::{
    Assignment, Claim, Hooks, Level, Problem, ProblemError, Solution, SolveOptions, TieBreak,
    Violation, solve,
};

/// A forbidden pair.
const X: Option<i32> = None;

/// As many pairs as possible, then the least cost.
fn least_cost(costs: &[&[Option<i32>]]) -> (Pairs, i64) {
    let negated = |row: &&[Option<i32>]| row.iter().map(|cost| cost.map(|cost| -cost)).collect();
    let mentors = costs.first().map_or(0, |row| row.len());
    let instance = Instance::one_to_one(mentors, costs.iter().map(negated).collect());
    let solution = solved(&instance, &[Level::Pairs, Level::TotalScore]);
    let total = i64::try_from(-solution.value[1]).unwrap();
    (pairs_of(&solution.assignment), total)
}

/// The same where every pair is allowed.
fn least_cost_of(costs: &[&[i32]]) -> (Pairs, i64) {
    let rows: Vec<Vec<_>> = costs
        .iter()
        .map(|row| row.iter().map(|&cost| Some(cost)).collect())
        .collect();
    least_cost(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// A canonical solution that is legal, and whose reported value is the recomputed one.
fn solved(instance: &Instance, levels: &[Level]) -> Solution {
    let options = SolveOptions::new(levels.to_vec()).tie_break(TieBreak::Canonical);
    let solution = solve(&instance.dense(), &options).unwrap();
    let pairs = pairs_of(&solution.assignment);
    instance.assert_legal(&pairs);
    assert_eq!(
        solution.value,
        instance.value(&pairs, solution.certificate.levels())
    );
    solution
}

#[test]
fn pathfinding_349_extreme_cells() {
    let forbidden = [X, X];
    assert_eq!(least_cost(&[&forbidden, &forbidden]), (vec![], 0));
    let scores = [[5, i32::MIN], [i32::MIN, 7]].map(|row| row.map(Some).to_vec());
    let solution = solved(
        &Instance::one_to_one(2, scores.to_vec()),
        &[Level::Pairs, Level::TotalScore],
    );
    assert_eq!(solution.value[..2], [2, 12]);
    for extreme in [i32::MIN, i32::MAX] {
        let scores = vec![vec![Some(extreme); 2]; 2];
        let solution = solved(
            &Instance::one_to_one(2, scores),
            &[Level::Pairs, Level::TotalScore],
        );
        assert_eq!(solution.value[..2], [2, 2 * i128::from(extreme)]);
    }
}

#[test]
fn scipy_7005_and_6900_an_empty_row() {
    let costs: [&[_]; 3] = [&[X, X, Some(4)], &[X, X, X], &[X, Some(4), X]];
    assert_eq!(least_cost(&costs), (vec![(0, 2), (2, 1)], 8));
}

#[test]
fn ultralytics_25508_an_empty_column() {
    assert_eq!(
        least_cost(&[&[Some(1), X], &[Some(2), X]]),
        (vec![(0, 0)], 1)
    );
}

#[test]
fn hungarian_jl_18_ends() {
    assert_eq!(least_cost(&[&[Some(1), X], &[X, X]]), (vec![(0, 0)], 1));
}

#[test]
fn lap_20_more_columns_than_rows() {
    let costs: [&[_]; 2] = [&[X, Some(11), Some(8)], &[Some(8), X, Some(7)]];
    assert_eq!(least_cost(&costs), (vec![(0, 2), (1, 0)], 16));
}

#[test]
fn lap_19_a_row_without_pairs() {
    let costs: [&[_]; 4] = [
        &[Some(4_000), Some(10_000), Some(5_000), X],
        &[Some(0), X, Some(0), Some(0)],
        &[Some(3_166), Some(3_166), X, X],
        &[X, X, X, X],
    ];
    let (pairs, total) = least_cost(&costs);
    assert_eq!(total, 7_166);
    assert!(pairs.len() == 3 && pairs.iter().all(|&(row, _)| row != 3));
}

/// No cost is so large that it would stand for a forbidden pair, nor the other way round.
#[test]
fn py_lapsolver_10_lapx_20_networkx_7562_no_big_m() {
    let mut random = Random::new(10);
    for _ in 0..200 {
        let palette = [i32::MIN, -1_000_000_000, -1, 0, 1, 1_000_000_000, i32::MAX];
        let mut cell = || (random.below(3) > 0).then(|| palette[random.below(7) as usize]);
        let scores = (0..4).map(|_| (0..4).map(|_| cell()).collect()).collect();
        let instance = Instance::one_to_one(4, scores);
        let solution = solved(&instance, &[Level::Pairs, Level::TotalScore]);
        let optimum = exhaustive::optimum(&instance, solution.certificate.levels());
        assert_eq!(solution.value, optimum);
    }
}

#[test]
fn src_d_lapjv_83_the_true_optimum() {
    let costs: [&[_]; 4] = [
        &[90, 76, 75, 70],
        &[35, 85, 55, 65],
        &[125, 95, 90, 105],
        &[45, 110, 95, 115],
    ];
    assert_eq!(
        least_cost_of(&costs),
        (vec![(0, 3), (1, 2), (2, 1), (3, 0)], 265)
    );
}

#[test]
fn pylapjv_5_the_true_optimum() {
    let costs: [&[_]; 4] = [&[1, 1, 1, 2], &[3, 2, 4, 1], &[4, 4, 2, 4], &[2, 3, 3, 3]];
    assert_eq!(least_cost_of(&costs).1, 6);
}

#[test]
fn gosl_6_and_scipy_5429_more_rows_than_columns() {
    let costs: [&[_]; 3] = [&[11_757, 6_957], &[28_985, 24_171], &[33_857, 29_057]];
    assert_eq!(least_cost_of(&costs), (vec![(0, 0), (1, 1)], 35_928));
}

#[test]
fn accord_1596_forbidden_pairs_and_spare_rows() {
    let costs: [&[_]; 6] = [
        &[Some(10), Some(20), Some(2), Some(40)],
        &[Some(10), X, Some(3), X],
        &[Some(20), Some(10), Some(60), Some(1)],
        &[Some(20), X, Some(25), X],
        &[X, Some(40), Some(60), X],
        &[Some(0), Some(19), X, Some(2)],
    ];
    let (pairs, total) = least_cost(&costs);
    assert_eq!((pairs.len(), total), (4, 24));
}

#[test]
fn scipy_pr_14540_and_vroom_50_large_costs_add_up_exactly() {
    for cost in [1 << 29, 1 << 30, i32::MAX] {
        let row = vec![cost; 40];
        let rows = vec![row.as_slice(); 40];
        assert_eq!(least_cost_of(&rows).1, 40 * i64::from(cost));
    }
    let scores = vec![vec![Some(i32::MAX); 3]; 3];
    let instance = Instance::one_to_one(3, scores).with_capacities(vec![u32::MAX; 3]);
    let solution = solved(&instance, &[Level::TotalScore]);
    assert_eq!(solution.value[0], 3 * i128::from(i32::MAX));
}

#[test]
fn scipy_13421_more_than_2_to_31_cells() {
    let refused = |n, m| Problem::dense(n, m, &[] as &[i32], None).unwrap_err();
    let what = "the score matrix";
    let expected = 65_536 * 32_769;
    assert_eq!(
        refused(65_536, 32_769),
        ProblemError::Length {
            what,
            found: 0,
            expected
        }
    );
    let expected = usize::MAX;
    assert_eq!(
        refused(usize::MAX, 2),
        ProblemError::Length {
            what,
            found: 0,
            expected
        }
    );
}

#[test]
fn networkx_609_1858_and_yongyanghz_lapjv_2_fractions_end() {
    let weights = [600_000, 714_286, 900_000, 333_333, 666_667, 100_000];
    let mut random = Random::new(609);
    let mut cell = || Some(weights[random.below(6) as usize]);
    let scores = (0..60).map(|_| (0..60).map(|_| cell()).collect()).collect();
    solved(&Instance::one_to_one(60, scores), &[Level::TotalScore]);
}

#[test]
fn scipy_11602_a_constant_matrix_has_one_canonical_solution() {
    let instance = Instance::one_to_one(20, vec![vec![Some(7); 20]; 20]);
    let solution = solved(&instance, &[Level::TotalScore]);
    let lines: String = pairs_of(&solution.assignment)
        .iter()
        .map(|(mentee, mentor)| format!("{mentee} {mentor}\n"))
        .collect();
    assert_eq!(lines, include_str!("golden/constant_20x20.txt"));
}

#[cfg(feature = "parallel")]
#[test]
fn or_tools_3590_and_5295_any_number_of_threads() {
    let mut random = Random::new(3_590);
    let scores: Vec<i32> = (0..300 * 120).map(|_| random.between(-1, 20)).collect();
    let problem = Problem::dense(300, 120, &scores, Some(-1)).unwrap();
    let problem = problem.with_capacities(vec![2; 120]).unwrap();
    for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
        let options =
            SolveOptions::new([Level::Participation, Level::TotalScore]).tie_break(tie_break);
        let results = [1, 2, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let solution = pool.install(|| solve(&problem, &options)).unwrap();
            format!("{solution:?}")
        });
        assert!(results[0] == results[1] && results[1] == results[2]);
    }
}

#[test]
fn highs_947_and_2226_limits_of_nothing() {
    let mut random = Random::new(947);
    let scores: Vec<i32> = (0..600 * 400).map(|_| random.between(0, 1_000)).collect();
    let problem = Problem::dense(600, 400, &scores, None).unwrap();
    let bounded = |hooks| {
        let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
        let solution = solve(&problem, &options).unwrap();
        assert!(matches!(
            solution.certificate.claim(),
            Claim::Bounded { level: 0, .. }
        ));
        assert!(solution.gap().unwrap() >= 0);
    };
    for limit in [0, 1] {
        let mut hooks = Hooks::default();
        hooks.work_limit = Some(limit);
        bounded(hooks);
    }
    let mut hooks = Hooks::default();
    hooks.stop = Some(Arc::new(|| true)); // a deadline that has passed
    bounded(hooks);
}

#[test]
fn openreview_278_all_zero_scores_with_conflicts() {
    let mut random = Random::new(278);
    let mut cell = || (random.below(2) == 0).then_some(0);
    let scores = (0..30).map(|_| (0..20).map(|_| cell()).collect()).collect();
    solved(
        &Instance::one_to_one(20, scores),
        &[Level::Participation, Level::TotalScore],
    );
}

/// Filling minimum loads greedily first costs more than it must.
#[test]
fn openreview_minmax_minimum_loads_in_one_model() {
    let scores = vec![
        vec![Some(10), Some(9)],
        vec![Some(10), Some(1)],
        vec![Some(10), X],
    ];
    let mut instance = Instance::one_to_one(2, scores).with_capacities(vec![3, 3]);
    instance.mentors.min = vec![0, 1];
    let solution = solved(&instance, &[Level::TotalScore]);
    assert_eq!(solution.value[..2], [1, 29]);
    assert_eq!(pairs_of(&solution.assignment), [(0, 1), (1, 0), (2, 0)]);
}

#[test]
fn openreview_27_101_and_pr_226_minimum_loads_hold_wherever_they_can() {
    let mut random = Random::new(27);
    for _ in 0..100 {
        let mut cell = || (random.below(4) > 0).then(|| random.between(-9, 9));
        let scores = (0..5).map(|_| (0..4).map(|_| cell()).collect()).collect();
        let mut instance = Instance::one_to_one(4, scores).with_capacities(vec![2; 4]);
        instance.mentors.min = (0..4).map(|_| random.below(3)).collect();
        let solution = solved(&instance, &[Level::TotalScore]);
        let optimum = exhaustive::optimum(&instance, solution.certificate.levels());
        assert_eq!(solution.value, optimum);
    }
}

#[test]
fn openreview_103_and_pr_287_demand_above_supply() {
    let instance =
        Instance::one_to_one(11, vec![vec![Some(1); 11]; 99]).with_capacities(vec![5; 11]);
    let solution = solved(&instance, &[Level::Participation, Level::TotalScore]);
    assert_eq!(solution.value[..2], [55, 55]);
}

/// Two mentees and a group's limit stand between the mentors and a perfect matching.
#[test]
fn graphs_matching_jl_10_no_perfect_matching() {
    let mut instance = Instance::one_to_one(4, vec![vec![Some(1); 4]; 4]);
    instance.scores[0] = vec![X; 4];
    instance.mentors.groups = Some(Forest {
        group_of: vec![Some(0), Some(0), Some(0), None],
        parent: vec![None],
        min: vec![0],
        max: vec![1],
    });
    assert_eq!(solved(&instance, &[Level::Pairs]).value[0], 2);
}

#[test]
fn lap_10_and_scipy_15383_an_overloaded_mentor_is_refused() {
    let scores = [1, 1];
    let problem = Problem::dense(2, 1, &scores, None).unwrap();
    let solution = solve(&problem, &SolveOptions::new([Level::Pairs])).unwrap();
    let overloaded = Assignment::from_pairs(2, [(0, 0), (1, 0)]);
    let refused = solution.certificate.check(&problem, &overloaded);
    assert!(matches!(
        refused,
        Err(Violation::Overloaded {
            load: 2,
            max: 1,
            ..
        })
    ));
}

#[test]
fn capacities_of_nothing_and_of_everything_are_legal() {
    let instance = Instance::one_to_one(2, vec![vec![Some(3), Some(9)]; 5]);
    let none = instance.clone().with_capacities(vec![0, 0]);
    assert_eq!(solved(&none, &[Level::Pairs]).value[0], 0);
    let all = instance.with_capacities(vec![u32::MAX, 0]);
    assert_eq!(solved(&all, &[Level::TotalScore]).value[0], 15);
}

#[test]
fn empty_problems_are_legal() {
    for (n, m) in [(0, 0), (0, 3), (3, 0), (1, 1)] {
        let instance = Instance::one_to_one(m, vec![vec![X; m]; n]);
        for level in [
            Level::Participation,
            Level::Pairs,
            Level::TotalScore,
            Level::Minimums,
        ] {
            let solution = solved(&instance, &[level]);
            assert!(solution.assignment.is_empty());
            assert_eq!(solution.value[0], 0);
        }
    }
}
