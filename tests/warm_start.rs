//! Starting from an earlier solution: the same answer, whatever has changed.
#![allow(clippy::unwrap_used)]

mod common;

use common::random::Random;
use mentormatch::solver::{Level, Problem, SolveOptions, Start, TieBreak, solve, solve_from};
use mentormatch::{MenteeIdx, MentorIdx};

const ABSENT: i32 = -1;

/// Scores of a few hundred mentees, with favourites among the mentors and pairs that are not allowed.
fn scores(random: &mut Random, mentees: usize, mentors: usize) -> Vec<i32> {
    let mut favour = Vec::new();
    favour.resize_with(mentors, || random.between(0, 500));
    let mut row = |_| {
        let score = |favour: &i32| match random.below(12) {
            0 => ABSENT,
            _ => favour + random.between(0, 500),
        };
        favour.iter().map(score).collect::<Vec<i32>>()
    };
    (0..mentees).flat_map(&mut row).collect()
}

/// Some rows change, some mentees leave, and some mentors take one more or nobody.
#[test]
fn small_changes_lead_to_the_same_pairs_from_an_earlier_solution() {
    let (n, m) = (300usize, 80usize);
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed));
        let mut today = scores(&mut random, n, m);
        let mut capacities = vec![[5, 4, 3][usize::from(seed % 3)]; m];
        let problem = |scores: &[i32], capacities: &[u32]| {
            let problem = Problem::dense(n, m, scores.to_vec(), Some(ABSENT)).unwrap();
            problem.with_capacities(capacities.to_vec()).unwrap()
        };
        let before = solve(&problem(&today, &capacities), &options).unwrap();
        for _ in 0..6 {
            let row = random.below(300) as usize * m;
            match random.below(3) {
                0 => today[row..row + m].fill(ABSENT),
                _ => today[row..row + m].fill_with(|| random.between(0, 1_000)),
            }
            let mentor = random.below(80) as usize;
            capacities[mentor] = random.below(2) * (capacities[mentor] + 1);
        }
        let problem = problem(&today, &capacities);
        let cold = solve(&problem, &options).unwrap();
        let warm = solve_from(&problem, &options, &Start::of(&before)).unwrap();
        assert_eq!(warm.value, cold.value, "{seed}");
        assert_eq!(warm.assignment, cold.assignment, "{seed}");
        assert_eq!(warm.certificate.check(&problem, &warm.assignment), Ok(()));
    }
}

/// Mentors come whom nobody knows, and others whom all know better than before, where places are spare,
/// exact and scarce.
#[test]
fn new_mentors_and_better_ones_lead_to_the_same_pairs_from_an_earlier_solution() {
    let (n, m) = (300usize, 80usize);
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed));
        let mut all = scores(&mut random, n, m);
        let capacities = [vec![[5, 4, 3][usize::from(seed % 3)]; m - 2], vec![9; 2]].concat();
        let without_two = |row: &[i32]| row[..m - 2].to_vec();
        let known: Vec<i32> = all.chunks(m).flat_map(without_two).collect();
        let before = Problem::dense(n, m - 2, known, Some(ABSENT)).unwrap();
        let before = before.with_capacities(capacities[..m - 2].to_vec());
        let before = solve(&before.unwrap(), &options).unwrap();
        let better = random.below(70) as usize;
        for score in all.iter_mut().skip(better).step_by(m) {
            *score = (*score + 400).max(0);
        }
        let start = Start::of(&before).with_people(
            MenteeIdx::all(n).map(Some),
            MentorIdx::all(m).map(|mentor| (mentor.index() < m - 2).then_some(mentor)),
        );
        let problem = Problem::dense(n, m, &all, Some(ABSENT)).unwrap();
        let problem = problem.with_capacities(capacities).unwrap();
        let cold = solve(&problem, &options).unwrap();
        let warm = solve_from(&problem, &options, &start).unwrap();
        assert_eq!(warm.value, cold.value, "{seed}");
        assert_eq!(warm.assignment, cold.assignment, "{seed}");
    }
}

/// A mentor with more places than pairs can have them all: no room is made for more.
#[test]
fn places_without_end_take_no_memory() {
    let people: u32 = 50_000;
    let starts: Vec<u64> = (0..=u64::from(people)).collect();
    let mentors: Vec<u32> = (0..people).map(|mentee| mentee / 2).collect();
    let scores = vec![3; people as usize];
    let all = people as usize;
    let problem = Problem::sparse(all, &starts, &mentors, &scores).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let before = solve(&problem, &options).unwrap();
    assert_eq!(before.value, [3 * i128::from(people / 2)]);
    let problem = problem.with_capacities(vec![u32::MAX; all]).unwrap();
    let problem = problem.with_demands(vec![u32::MAX; all]).unwrap();
    let limited = options.memory_limit(64 << 20);
    let after = solve_from(&problem, &limited, &Start::of(&before)).unwrap();
    assert_eq!(after.value, [3 * i128::from(people)]);
}
