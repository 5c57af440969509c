//! Cancelling a solve.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::random::Random;
use mentormatch::solver::{
    Hooks, Level, Method, Problem, SolveError, SolveOptions, TieBreak, solve,
};
use mentormatch::{CancelToken, MenteeIdx};

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

/// So many people at so many sites, each mentee with so many pairs there, of so many different scores.
type Sizes = (u32, u32, u32, u32, u32);

/// Rows of pairs: where they start, mentors and scores.
fn rows((mentees, mentors, sites, each, scores): Sizes) -> (Vec<u64>, Vec<u32>, Vec<i32>) {
    let (mut random, width) = (Random::new(5), mentors / sites);
    let (mut starts, mut columns, mut of_pairs) = (vec![0], Vec::new(), Vec::new());
    for mentee in 0..mentees {
        let first = mentee % sites * width;
        let own: BTreeSet<u32> = (0..each).map(|_| first + random.below(width)).collect();
        of_pairs.extend(
            own.iter()
                .map(|_| i32::try_from(random.below(scores)).unwrap()),
        );
        columns.extend(own);
        starts.push(columns.len() as u64);
    }
    (starts, columns, of_pairs)
}

/// Many vacant places; several parts; many ties, so that the draw begins by turn; mentors who bid.
#[test]
fn a_call_that_is_cancelled_at_any_moment_gives_nothing_or_all() {
    let shapes = [
        (4_000, 9_000, 1, 3, 9),
        (6_000, 6_000, 8, 4, 90),
        (1_500, 1_500, 1, 14, 3),
        (6_000, 1_500, 1, 5, 9),
    ];
    for shape in shapes {
        let (starts, columns, scores) = rows(shape);
        let problem = Problem::sparse(shape.1 as usize, &starts, &columns, &scores).unwrap();
        let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
        let whole = solve(&problem, &options).unwrap();
        let began = Instant::now();
        solve(&problem, &options).unwrap();
        let took = began.elapsed();
        let mut cancelled = 0;
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
                Err(error) => {
                    assert_eq!(error, SolveError::Cancelled);
                    cancelled += 1;
                }
            }
        }
        assert!(cancelled > 0);
    }
}

/// All want nearly the same mentors, so that lists are made longer again and again: at any row that is read.
#[test]
fn a_call_on_demand_that_is_cancelled_at_any_row_ends() {
    let (mentees, mentors) = (700, 900);
    let rows = |mentee: MenteeIdx, scores: &mut [i32]| {
        for (mentor, score) in (0..).zip(scores) {
            let noise = (i32::try_from(mentee.index()).unwrap() * 37 + mentor * 11) % 7;
            *score = 3 * mentor + noise;
        }
    };
    let read = AtomicUsize::new(0);
    let counted = |mentee: MenteeIdx, scores: &mut [i32]| {
        read.fetch_add(1, Ordering::Relaxed);
        rows(mentee, scores);
    };
    let options = SolveOptions::new([Level::TotalScore]);
    let problem = Problem::on_demand(mentees, mentors, &counted, 0..=3_000, None).unwrap();
    solve(&problem, &options).unwrap();
    let all = read.into_inner();
    assert!(all > 2 * mentees + 100, "{all}");
    for row in (1..all).step_by(all / 25) {
        let (token, read) = (CancelToken::default(), AtomicUsize::new(0));
        let source = |mentee: MenteeIdx, scores: &mut [i32]| {
            if read.fetch_add(1, Ordering::Relaxed) + 1 == row {
                token.cancel();
            }
            rows(mentee, scores);
        };
        let problem = Problem::on_demand(mentees, mentors, &source, 0..=3_000, None).unwrap();
        let options = options.clone().hooks(Hooks::new().cancel(token.clone()));
        assert_eq!(
            solve(&problem, &options).unwrap_err(),
            SolveError::Cancelled
        );
    }
}
