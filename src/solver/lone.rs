//! One mentee alone, who takes one mentor: whoever suits her best.
//!
//! # Idea
//! Nobody competes with her, so mentors cost nothing, and her price is the highest score she can have. Where that
//! gains nothing and she need not take part, she has nobody, and costs nothing either.
//!
//! # Complexity
//! One pass over her row, and a price for each mentor.

use super::answer::Answer;
use super::assignment::Assignment;
use super::control::Control;
use super::level::Level;
use super::plain;
use super::problem::{Problem, Row, RowBuffer};
use super::solution::Stats;
use super::walk::position;

/// The optimum of a plain problem of one mentee who takes one mentor, each of whom has a place; `None` for any other,
/// and where ties are to be broken.
pub(super) fn answer(
    problem: &Problem<'_>,
    levels: &[Level],
    control: &Control<'_>,
) -> Option<Answer> {
    let (Some(score), &[1]) = (levels.last(), &*problem.mentees.max) else {
        return None;
    };
    if *score != Level::TotalScore || problem.mentors.max.contains(&0) {
        return None;
    }
    let mut buffer = RowBuffer::default();
    let best = problem.row(0, &mut buffer).and_then(|row| best(&row));
    let chosen = best.filter(|&(_, score)| levels.len() > 1 || score > 0);
    let assignment = Assignment::from_pairs(1, chosen.map(|(mentor, _)| (0, mentor)));
    let prices = levels.iter().map(|level| match level {
        Level::TotalScore => {
            let price = chosen.map_or(0, |(_, score)| i64::from(score));
            Some(plain::flat(problem, price, 0))
        }
        _ => plain::participation(problem, level, &assignment, control),
    });
    Some(Answer {
        prices: prices.collect::<Option<_>>()?,
        assignment,
        levels: levels.to_vec(),
        stopped: None,
        stats: Stats {
            pairs_listed: problem.pairs(),
            rounds: 1,
            work: 0,
        },
    })
}

/// The mentor of the highest score, the first of equals, if any is allowed.
fn best(row: &Row<'_>) -> Option<(u32, i32)> {
    match *row {
        Row::Dense { scores, absent } => {
            let counted = |&score: &i32| match Some(score) == absent {
                true => i32::MIN,
                false => score,
            };
            let highest = scores.iter().map(counted).max()?;
            let is_best = |&score: &i32| score == highest && Some(score) != absent;
            let mentor = scores.iter().position(is_best)?;
            Some((position(mentor), highest))
        }
        Row::Sparse { mentors, scores } => {
            let pairs = mentors.iter().copied().zip(scores.iter().copied());
            pairs.rev().max_by_key(|&(_, score)| score)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;
    use crate::solver::{Hooks, SolveOptions, solve};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn whoever_suits_her_best_is_had_unless_nobody_gains(
            scores in prop::collection::vec(prop_oneof![-2i32..3, Just(i32::MIN), Just(i32::MAX)], 1..6),
            absent in prop_oneof![Just(None), (-2i32..3).prop_map(Some), Just(Some(i32::MIN))],
            first in prop_oneof![Just(None), Just(Some(Level::Participation)), Just(Some(Level::Pairs))],
        ) {
            let levels: Vec<_> = first.into_iter().chain([Level::TotalScore]).collect();
            let allowed = || scores.iter().filter(|&&score| Some(score) != absent);
            let had = allowed().max().filter(|&&score| levels.len() > 1 || score > 0);
            let expected = had.map_or(0, |&score| i128::from(score));
            let dense = Problem::dense(1, scores.len(), &scores[..], absent).unwrap();
            let listed: Vec<_> = (0u32..).zip(&scores).filter(|pair| Some(*pair.1) != absent).collect();
            let (mentors, values): (Vec<u32>, Vec<i32>) = listed.into_iter().unzip();
            let starts = [0, values.len() as u64];
            let sparse = Problem::sparse(scores.len(), &starts, &mentors, &values).unwrap();
            for problem in [dense, sparse] {
                let found = answer(&problem, &levels, &Control::idle());
                prop_assert!(found.is_some());
                let solution = solve(&problem, &SolveOptions::new(levels.clone())).unwrap();
                prop_assert_eq!(*solution.value.last().unwrap(), expected);
                prop_assert_eq!(solution.assignment.len(), usize::from(had.is_some()));
            }
        }
    }

    #[test]
    fn progress_has_a_whole_of_which_something_is_done() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        let hooks = Hooks {
            progress: Some(Arc::new(move |progress| {
                listener
                    .lock()
                    .unwrap()
                    .push((progress.done, progress.total));
            })),
            ..Hooks::default()
        };
        let problem = Problem::dense(1, 2, vec![5, 7], None).unwrap();
        let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
        assert_eq!(solve(&problem, &options).unwrap().value, [7]);
        let told = told.lock().unwrap();
        assert!(told.len() > 1 && told.iter().all(|&(done, total)| done <= total && total > 0));
    }

    #[test]
    fn others_are_left_to_other_ways() {
        let of = |mentees: usize, places: Vec<u32>, levels: &[Level]| {
            let problem = Problem::dense(mentees, 2, vec![1; 2 * mentees], None).unwrap();
            let problem = problem.with_capacities(places).unwrap();
            answer(&problem, levels, &Control::idle()).is_some()
        };
        assert!(of(1, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(2, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 0], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 3], &[]));
    }
}
