//! What slots allow and add, against every set of pairs there is.

use super::super::super::common::instance::{Pairs, pairs_of};
use super::super::super::common::random::Random;
use super::super::super::common::shapes::{Case, Family};
use super::super::Prices;
use super::*;
use crate::solver::assignment::Assignment;
use crate::solver::level::Level;
use crate::solver::problem::RowBuffer;
use crate::solver::{SolveOptions, solve};

const MENTORS: usize = 5;

/// Some prices of everybody.
fn prices(random: &mut Random, case: &Case) -> Prices {
    let mut of = |people: usize| {
        (0..people)
            .map(|_| i64::from(random.between(-1, 2)))
            .collect()
    };
    let mut prices = Prices::none(&case.dense());
    prices.mentees = of(case.instance.mentees.len());
    prices.mentors = of(MENTORS);
    prices
}

/// The most that one mentee's pairs are worth: at a first level if there is one, and then at the next.
fn most(case: &Case, mentee: usize, value: impl Fn(usize, i32) -> [i64; 2]) -> [i64; 2] {
    let row = &case.instance.scores[mentee];
    let sets = (0..1_usize << MENTORS).filter_map(|set| {
        let has = |mentor: &usize| set >> mentor & 1 == 1;
        let pairs: Pairs = (0..MENTORS).filter(has).map(|own| (mentee, own)).collect();
        let scores: Option<Vec<i32>> = pairs.iter().map(|own| row[own.1]).collect();
        let values = pairs
            .iter()
            .zip(scores?)
            .map(|(own, score)| value(own.1, score));
        let sum = values.fold([0, 0], |sum, own| [sum[0] + own[0], sum[1] + own[1]]);
        case.instance.has_distinct_kinds(&pairs).then_some(sum)
    });
    sets.max().unwrap()
}

/// Whatever the prices, a row could add what the best of all sets with mentors of different kinds adds.
#[test]
fn a_row_could_add_what_the_best_set_of_its_pairs_does() {
    let levels = [Level::Pairs, Level::TotalScore];
    let mut bound = 0;
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let mut case = Case::of_size(&mut random, Family::Kinds, (3, MENTORS));
        for score in case.instance.scores.iter_mut().flatten().flatten() {
            *score = score.rem_euclid(5);
        }
        let problem = case.instance.dense();
        let all = [prices(&mut random, &case), prices(&mut random, &case)];
        let first = random.below(2) as usize;
        let test = PairTest::new(&levels[first..1], &all[first..1]);
        for mentee in 0..3 {
            let Some(slots) = Slots::of(&problem, &test, mentee) else {
                continue;
            };
            let value = |mentor: usize, score: i32| {
                let of = |at: usize| all[at].reduced(&levels[at], mentee, mentor, score);
                [if first == 0 { of(0) } else { 0 }, of(1)]
            };
            let mut buffer = RowBuffer::default();
            let row = problem.row(mentee, &mut buffer).unwrap();
            let gain = slots.gain(&row, |(mentor, score)| value(mentor, score)[1]);
            let best = most(&case, mentee, value);
            assert_eq!(gain, i128::from(best[1]), "{seed} {mentee} {case:?}");
            bound += usize::from(best[1] > 0);
        }
    }
    assert!(bound > 200, "{bound}");
}

/// With the proof of an optimum no assignment passes that is worth less, even if all that it lacks is one pair.
#[test]
fn a_pair_left_out_is_missed_whatever_other_kinds_have() {
    let mut refused = 0;
    for seed in 0..300 {
        let mut case = Case::of_size(&mut Random::new(seed), Family::Kinds, (3, MENTORS));
        case.instance.mentees.min.fill(0);
        case.instance.mentors.min.fill(0);
        (case.instance.mentees.groups, case.instance.mentors.groups) = (None, None);
        let (problem, levels) = (case.dense(), [Level::TotalScore]);
        let solution = solve(&problem, &SolveOptions::new(levels.clone())).unwrap();
        let pairs = pairs_of(&solution.assignment);
        for at in 0..pairs.len() {
            let mut fewer = pairs.clone();
            fewer.remove(at);
            let index = |at: usize| u32::try_from(at).unwrap();
            let own = fewer.iter().map(|own| (index(own.0), index(own.1)));
            let assignment = Assignment::from_pairs(3, own);
            let checked = solution.certificate.check(&problem, &assignment);
            let is_best = case.instance.value(&fewer, &levels) == solution.value;
            assert!(checked.is_err() || is_best, "{seed} {fewer:?} {case:?}");
            refused += usize::from(checked.is_err());
        }
    }
    assert!(refused > 300, "{refused}");
}
