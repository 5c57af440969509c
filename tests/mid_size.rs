//! Mid-size instances, where candidate lists and pricing rounds are at work, against two methods
//! that share nothing with the solver.
#![allow(clippy::unwrap_used)]

mod common;

use common::instance::{Instance, pairs_of};
use common::random::Random;
use common::shapes::{Case, Family};
use common::shortest_paths::best_totals;
use mentormatch::solver::{Accelerator, Level, Method, Problem, SolveOptions, TieBreak, solve};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// The range of scores: few different ones make many ties, many make few.
fn spread(seed: u64) -> (i32, i32) {
    const SPREADS: [(i32, i32); 5] = [
        (0, 1),
        (0, 6),
        (-40, 40),
        (0, 1_000_000),
        (i32::MIN, i32::MAX),
    ];
    SPREADS[usize::try_from(seed).unwrap() % SPREADS.len()]
}

/// Solves in every way; all values are equal, and so are the canonical pairs.
fn solved(instance: &Instance, problem: &Problem<'_>, levels: &[Level]) -> Vec<i128> {
    let options = SolveOptions::new(levels.to_vec());
    let canonical = options.clone().tie_break(TieBreak::Canonical);
    let fast = solve(problem, &options).unwrap();
    let flow = solve(problem, &options.method(Method::MinCostFlow)).unwrap();
    let listed = solve(problem, &canonical).unwrap();
    let unlisted = solve(problem, &canonical.without(Accelerator::CandidateLists)).unwrap();
    assert_eq!(listed.assignment, unlisted.assignment);
    for solution in [&fast, &flow, &listed] {
        let pairs = pairs_of(&solution.assignment);
        instance.assert_legal(&pairs);
        assert_eq!(instance.value(&pairs, levels), fast.value);
    }
    fast.value
}

fn dense(random: &mut Random, n: usize, m: usize, spread: (i32, i32)) -> Vec<Vec<Option<i32>>> {
    (0..n)
        .map(|_| {
            (0..m)
                .map(|_| Some(random.between(spread.0, spread.1)))
                .collect()
        })
        .collect()
}

/// The best total of as many pairs as possible, by the Hungarian method of another crate: one
/// column a place, and the smaller side in the rows.
fn hungarian(instance: &Instance) -> i64 {
    let (rows, places) = rows_and_places(instance);
    let score = |row: usize, place: usize| score(instance, rows[row], places[place]);
    let weights = if rows.len() <= places.len() {
        Matrix::from_fn(rows.len(), places.len(), |(i, j)| score(i, j))
    } else {
        Matrix::from_fn(places.len(), rows.len(), |(j, i)| score(i, j))
    };
    kuhn_munkres(&weights).0
}

/// The best total of any number of pairs: beside the places, each mentee may have nothing.
fn hungarian_of_any_number(instance: &Instance) -> i64 {
    let (rows, places) = rows_and_places(instance);
    let weight = |(row, at): (usize, usize)| {
        let place = places.get(at);
        place.map_or(0, |&mentor| score(instance, rows[row], mentor))
    };
    kuhn_munkres(&Matrix::from_fn(
        rows.len(),
        places.len() + rows.len(),
        weight,
    ))
    .0
}

fn score(instance: &Instance, mentee: usize, mentor: usize) -> i64 {
    i64::from(instance.scores[mentee][mentor].unwrap())
}

/// The mentees who want a mentor, and each place's mentor.
fn rows_and_places(instance: &Instance) -> (Vec<usize>, Vec<usize>) {
    let (mentees, mentors) = (&instance.mentees, &instance.mentors);
    let rows: Vec<_> = (0..mentees.len()).filter(|&i| mentees.max[i] > 0).collect();
    let places = |j: usize| (mentors.max[j] as usize).min(rows.len());
    let places = (0..mentors.len()).flat_map(|j| std::iter::repeat_n(j, places(j)));
    (rows.clone(), places.collect())
}

#[test]
fn dense_one_to_one_against_the_hungarian_method() {
    let levels = [Level::Pairs, Level::TotalScore];
    for seed in 0..100 {
        let mut random = Random::new(seed);
        let (n, m) = (
            20 + random.below(41) as usize,
            20 + random.below(41) as usize,
        );
        let instance = Instance::one_to_one(m, dense(&mut random, n, m, spread(seed)));
        let value = solved(&instance, &instance.dense(), &levels);
        assert_eq!(
            value,
            [n.min(m) as i128, i128::from(hungarian(&instance))],
            "seed {seed}"
        );
    }
}

/// Scores in patterns, capacities of every kind, for the seeds of a test's own.
fn capacities_against_the_hungarian_method(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let mut random = Random::new(7_000 + seed);
        let sizes = (
            60 + random.below(61) as usize,
            20 + random.below(81) as usize,
        );
        let family = [Family::Plain, Family::Capacities][random.below(2) as usize];
        let case = Case::of_size(&mut random, family, sizes);
        let instance = case.with_every_pair(3).instance;
        let best = i128::from(hungarian(&instance));
        let first = [Level::Participation, Level::Pairs][random.below(2) as usize].clone();
        let value = solved(&instance, &instance.dense(), &[first, Level::TotalScore]);
        assert_eq!(value[1], best, "seed {seed}");
        let value = solved(&instance, &instance.dense(), &[Level::TotalScore]);
        let best = i128::from(hungarian_of_any_number(&instance));
        assert_eq!(value, [best], "seed {seed}");
    }
}

#[test]
fn capacities_against_the_hungarian_method_1() {
    capacities_against_the_hungarian_method(0..50);
}

#[test]
fn capacities_against_the_hungarian_method_2() {
    capacities_against_the_hungarian_method(50..100);
}

/// More than 2¹⁴ pairs: `Method::Auto` uses candidate lists.
#[test]
fn listed_dense_against_the_hungarian_method() {
    for seed in 0..12 {
        let mut random = Random::new(1_000 + seed);
        let (n, m) = if seed % 2 == 0 {
            (200, 100)
        } else {
            (110, 160)
        };
        let instance = Instance::one_to_one(m, dense(&mut random, n, m, spread(seed)));
        let levels = [Level::Pairs, Level::TotalScore];
        let value = solved(&instance, &instance.dense(), &levels);
        assert_eq!(value[1], i128::from(hungarian(&instance)), "seed {seed}");
    }
}

#[test]
fn sparse_with_capacities_against_shortest_paths() {
    for seed in 0..60 {
        let mut random = Random::new(2_000 + seed);
        let (n, m) = (
            10 + random.below(40) as usize,
            5 + random.below(20) as usize,
        );
        let (from, to) = spread(seed);
        let mut cell = || (random.below(4) == 0).then(|| random.between(from, to));
        let scores = (0..n).map(|_| (0..m).map(|_| cell()).collect()).collect();
        let capacities = (0..m).map(|_| random.below(4)).collect();
        let mut instance = Instance::one_to_one(m, scores).with_capacities(capacities);
        instance.mentees.max = (0..n).map(|_| 1 + random.below(2)).collect();
        check_totals(&instance, seed);
    }
}

#[test]
fn listed_sparse_against_shortest_paths() {
    for seed in 0..4 {
        let mut random = Random::new(3_000 + seed);
        let (from, to) = spread(seed);
        let mut cell = || (random.below(4) != 0).then(|| random.between(from, to));
        let scores = (0..250)
            .map(|_| (0..100).map(|_| cell()).collect())
            .collect();
        let capacities = (0..100).map(|_| random.below(4)).collect();
        check_totals(
            &Instance::one_to_one(100, scores).with_capacities(capacities),
            seed,
        );
    }
}

/// The most pairs with their best total, and the best total of any number of pairs.
fn check_totals(instance: &Instance, seed: u64) {
    let totals = best_totals(instance);
    let rows = instance.rows();
    let problem = instance.sparse(&rows);
    let by_total = solved(instance, &problem, &[Level::TotalScore]);
    assert_eq!(by_total, [*totals.iter().max().unwrap()], "seed {seed}");
    let by_pairs = solved(instance, &problem, &[Level::Pairs, Level::TotalScore]);
    assert_eq!(
        by_pairs,
        [totals.len() as i128 - 1, totals[totals.len() - 1]],
        "seed {seed}"
    );
}

#[test]
fn one_person_with_very_many_partners() {
    for (n, m) in [(1, 2_000), (2_000, 1)] {
        let scores: Vec<i32> = (0..2_000).collect();
        let problem = Problem::dense(n, m, &scores, None)
            .and_then(|problem| problem.with_capacities(vec![u32::MAX; m]))
            .and_then(|problem| problem.with_demands(vec![u32::MAX; n]))
            .unwrap();
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
        let solution = solve(&problem, &options).unwrap();
        assert_eq!(solution.value, [2_000, 1_999 * 1_000]);
    }
}
