//! Cancelling a solve.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use common::random::Random;
use mentormatch::CancelToken;
use mentormatch::solver::{
    Hooks, Level, Method, Problem, SolveError, SolveOptions, TieBreak, solve,
};

#[test]
fn a_cancelled_call_gives_nothing() {
    let scores: Vec<i32> = (0..600).map(|pair| pair * 7 % 100).collect();
    let problem = Problem::dense(30, 20, &scores, None).unwrap();
    for method in [Method::Auto, Method::MinCostFlow, Method::KuhnMunkres] {
        let mut hooks = Hooks::default();
        let token = CancelToken::default();
        hooks.cancel = Some(token.clone());
        let options = SolveOptions::new([Level::TotalScore])
            .method(method)
            .hooks(hooks);
        assert!(solve(&problem, &options).is_ok());
        token.cancel();
        assert_eq!(
            solve(&problem, &options).unwrap_err(),
            SolveError::Cancelled
        );
    }
}

/// At once, while candidates are chosen, and during the search. How soon is only judged in an
/// optimised build.
#[test]
fn a_call_is_cancelled_from_another_thread() {
    // All agree who is best, and by how much: everybody competes with everybody.
    let (mentees, mentors) = (2_000, 1_500);
    let scores: Vec<i32> = (1..=mentees)
        .flat_map(|mentee| (1..=mentors).map(move |mentor| mentee * mentor))
        .collect();
    let problem = Problem::dense(2_000, 1_500, &scores, None).unwrap();
    for wait in [0, 5, 15, 40, 200] {
        let token = CancelToken::default();
        let mut hooks = Hooks::default();
        hooks.cancel = Some(token.clone());
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore])
            .tie_break(TieBreak::Canonical)
            .hooks(hooks);
        let (result, waited) = thread::scope(|scope| {
            let solving = scope.spawn(|| solve(&problem, &options));
            thread::sleep(Duration::from_millis(wait));
            let asked = Instant::now();
            token.cancel();
            (solving.join().unwrap(), asked.elapsed())
        });
        assert_eq!(result.unwrap_err(), SolveError::Cancelled);
        assert!(
            cfg!(debug_assertions) || waited.as_millis() < 100,
            "{waited:?}"
        );
    }
}

/// Whatever is half made by then: few pairs, in several parts, many places left over, ties drawn.
#[test]
fn a_call_that_is_cancelled_at_any_moment_gives_nothing_or_all() {
    let mut random = Random::new(5);
    for (mentees, mentors, each) in [(4_000, 9_000, 3), (6_000, 1_500, 5), (3_000, 3_000, 2)] {
        let (mut starts, mut columns, mut scores) = (vec![0u64], Vec::new(), Vec::new());
        for _ in 0..mentees {
            let drawn = (0..each).map(|_| random.below(mentors));
            let own: BTreeSet<u32> = drawn.collect();
            scores.extend(own.iter().map(|_| i32::try_from(random.below(9)).unwrap()));
            columns.extend(own);
            starts.push(columns.len() as u64);
        }
        let problem = Problem::sparse(mentors as usize, &starts, &columns, &scores).unwrap();
        let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
        let began = Instant::now();
        let whole = solve(&problem, &options).unwrap();
        let took = began.elapsed();
        for moment in 0..30 {
            let token = CancelToken::default();
            let options = options.clone().hooks(Hooks::new().cancel(token.clone()));
            let result = thread::scope(|scope| {
                let solving = scope.spawn(|| solve(&problem, &options));
                thread::sleep(took * moment / 30);
                token.cancel();
                solving.join().unwrap()
            });
            match result {
                Ok(solution) => assert_eq!(solution.assignment, whole.assignment),
                Err(error) => assert_eq!(error, SolveError::Cancelled),
            }
        }
    }
}
