//! An answer is the same, with its prices and its proof, whatever the number of threads, by whichever door, and
//! wherever it starts.
#![cfg(feature = "parallel")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::instance::{Instance, People};
use common::random::Random;
use common::shapes::Case;
use judge::{setting, through_each_door};
use mentormatch::solver::{Level, Problem, SolveOptions, Start, solve, solve_from};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// So many pairs that passes over them are shared out, in more parts than there are threads.
const MENTEES: usize = 900;
const MENTORS: usize = 170;

/// A twelfth of the pairs is not allowed; some mentors are wanted by all, and few scores make many ties.
fn scores(random: &mut Random) -> Vec<Vec<Option<i32>>> {
    let favour = [(); MENTORS].map(|()| random.between(0, 8));
    let mut row = || {
        let score = |favour: &i32| (random.below(12) > 0).then(|| favour + random.between(0, 20));
        favour.iter().map(score).collect()
    };
    (0..MENTEES).map(|_| row()).collect()
}

/// A few more places than mentees, nothing beside: for the market.
fn plain() -> Case {
    let instance = Instance::one_to_one(MENTORS, scores(&mut Random::new(1)));
    Case {
        instance: instance.with_capacities(vec![6; MENTORS]),
        absent: Some(-1),
        levels: vec![Level::Participation, Level::TotalScore],
    }
}

/// The same for the network, since some mentors are to have more mentees than others would leave them.
fn with_minimums() -> Case {
    let mut case = plain();
    let min = (0..MENTORS).map(|at| if at % 5 == 0 { 6 } else { 0 });
    case.instance.mentors = People {
        min: min.collect(),
        ..case.instance.mentors
    };
    case
}

fn pools() -> [ThreadPool; 3] {
    [1, 2, 3].map(|threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap()
    })
}

/// All that a solve says, from nothing and from an earlier solution.
fn told(problem: &Problem<'_>, options: &SolveOptions, start: &Start) -> [String; 2] {
    let cold = solve(problem, options).unwrap();
    let warm = solve_from(problem, options, start).unwrap();
    [cold, warm].map(|solution| format!("{solution:?}"))
}

fn is_the_same_for_any_number_of_threads(case: &Case, ties: u32) {
    let options = setting(case, ties);
    let before = case.day_before(&mut Random::new(2));
    let earlier = solve(&before.dense(), &options).unwrap();
    let (start, pools) = (Start::of(&earlier), pools());
    through_each_door(case, &start, |door, problem| {
        assert!(problem.pairs() > 2 << 16, "large enough to be shared out");
        let [one, others @ ..] = &pools;
        let expected = one.install(|| told(problem, &options, &start));
        for pool in others {
            let found = pool.install(|| told(problem, &options, &start));
            let threads = pool.current_num_threads();
            assert!(found == expected, "{threads} threads, door {door}");
        }
    });
}

/// A thread reads the columns of a band together, as wide as there are threads for: a mentor who wants more than the
/// others of his band must not change what is listed for them.
#[test]
fn where_mentors_of_unlike_demands_bid() {
    let (mentees, mentors) = (2_300, 600);
    let mut random = Random::new(5);
    let scores: Vec<i32> = (0..mentees * mentors)
        .map(|_| random.between(0, 99_999))
        .collect();
    let problem = Problem::rows(mentors, scores.chunks(mentors).collect(), None).unwrap();
    let mut capacities = vec![1; mentors];
    capacities[mentors - 1] = 10;
    let problem = problem.with_capacities(capacities).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let [one, others @ ..] = &pools();
    let start = Start::of(&one.install(|| solve(&problem, &options)).unwrap());
    let expected = one.install(|| told(&problem, &options, &start));
    for pool in others {
        assert!(pool.install(|| told(&problem, &options, &start)) == expected);
    }
}

#[test]
fn on_the_market_whichever_is_found_first() {
    is_the_same_for_any_number_of_threads(&plain(), 0);
}

#[test]
fn on_the_market_by_lot() {
    is_the_same_for_any_number_of_threads(&plain(), 1);
}

#[test]
fn on_the_network_whichever_is_found_first() {
    is_the_same_for_any_number_of_threads(&with_minimums(), 0);
}

#[test]
fn on_the_network_by_lot() {
    is_the_same_for_any_number_of_threads(&with_minimums(), 1);
}
