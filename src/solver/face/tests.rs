//! The face against all optimal assignments of tiny instances, one by one.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::common::exhaustive;
use super::super::common::generate::{self, SMALL, TINY};
use super::super::common::instance::{Instance, Pairs, pairs_of};
use super::super::control::Hooks;
use super::super::kept_rows::KeptRows;
use super::super::options::SolveOptions;
use super::super::solve::solve;
use super::*;
use crate::hash::spread;

fn subsets<T: Copy>(pairs: &[T]) -> Vec<Vec<T>> {
    let mut sets = vec![Vec::new()];
    for &pair in pairs {
        let with = |set: &Vec<T>| [set.as_slice(), &[pair]].concat();
        sets.extend(sets.iter().map(with).collect::<Vec<_>>());
    }
    sets
}

fn optimal_assignments(instance: &Instance, levels: &[Level]) -> BTreeSet<Pairs> {
    let optimum = exhaustive::optimum(instance, levels);
    let is_optimal = |pairs: &Pairs| {
        let (mentees, mentors) = instance.loads(pairs);
        instance.mentees.is_within_maxima(&mentees)
            && instance.mentors.is_within_maxima(&mentors)
            && instance.has_distinct_kinds(pairs)
            && instance.value(pairs, levels) == optimum
    };
    subsets(&instance.allowed())
        .into_iter()
        .filter(is_optimal)
        .collect()
}

fn open_pairs(face: &Face) -> Vec<(u32, u32)> {
    let of_tail = |tail| face.open.mentors(tail).map(move |mentor| (tail, mentor));
    (0..face.tails()).flat_map(of_tail).collect()
}

/// Whether every node passes as many units as it may.
fn keeps_to_bounds(face: &Face, pairs: &[(u32, u32)]) -> bool {
    let mut flow = vec![0; face.nodes()];
    for &(tail, mentor) in pairs.iter().chain(&face.forced) {
        for end in [tail, face.mentor_node(mentor)] {
            let mut node = end;
            while face.above(node) != node {
                flow[node as usize] += 1;
                node = face.above(node);
            }
        }
    }
    let bounds = face.low.iter().zip(&face.high);
    flow.iter()
        .zip(bounds)
        .all(|(flow, (low, high))| (low..=high).contains(&flow))
}

/// Two mentees can only have mentor 0, who has one place; the third could take it at no loss of
/// score, but then fewer would take part.
#[test]
fn a_pair_that_is_tight_at_one_level_alone_is_not_on_the_face() {
    let (scores, starts) = ([1, 1, 1, 0], [0, 1, 2, 4]);
    let problem = Problem::sparse(2, &starts, &[0, 0, 0, 1], &scores).unwrap();
    let prices = |mentees: [i64; 3], mentors: [i64; 2]| Prices {
        mentees: mentees.to_vec(),
        mentors: mentors.to_vec(),
        ..Prices::default()
    };
    let hooks = Hooks::default();
    let optimum = Optimum {
        problem: &problem,
        levels: &[Level::Participation, Level::TotalScore],
        prices: &[prices([-1, -1, 0], [1, 0]), prices([0; 3], [1, 0])],
        assignment: &Assignment::from_pairs(3, [(0, 0), (2, 1)]),
    };
    let face = optimum.face(usize::MAX, &Control::new(&hooks)).unwrap();
    assert_eq!(open_pairs(&face), [(0, 0), (1, 0), (2, 1)]);
}

/// Both forms of 5 × 70 pairs that are all open: two words of bits a row, or 8 bytes a pair.
#[test]
fn a_face_takes_no_more_room_than_there_is() {
    let problem = Problem::dense(5, 70, vec![3; 350], None).unwrap();
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let optimum = Optimum {
        problem: &problem,
        levels: solution.certificate.levels(),
        prices: solution.certificate.prices(),
        assignment: &solution.assignment,
    };
    let (hooks, needed) = (Hooks::default(), Open::bytes_of_bits(5, 70));
    let fits = |bytes: usize| optimum.face(bytes, &Control::new(&hooks)).is_some();
    assert!(needed < 8 * 350);
    assert!(fits(needed) && !fits(needed - 1));
}

/// So many pairs that threads share them.
#[test]
fn bits_tell_the_same_pairs_as_lists() {
    let (mentees, mentors) = (400, 300);
    let score = |pair: usize| i32::from(spread(pair as u64).is_multiple_of(3));
    let scores: Vec<i32> = (0..mentees * mentors).map(score).collect();
    let problem = Problem::dense(mentees, mentors, scores, None).unwrap();
    let problem = problem.with_capacities(vec![2; mentors]).unwrap();
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let optimum = Optimum {
        problem: &problem,
        levels: solution.certificate.levels(),
        prices: solution.certificate.prices(),
        assignment: &solution.assignment,
    };
    let control = Control::idle();
    let bits = optimum.face(usize::MAX, &control).unwrap();
    let listed = optimum.listed_face(&control).unwrap();
    assert!(bits.open.is_wide() && !listed.open.is_wide());
    assert_eq!(open_pairs(&bits), open_pairs(&listed));
    assert!(bits.open.pairs() > mentees);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn choices_on_the_face_are_the_optimal_assignments(
        (instance, levels) in generate::instance_and_levels(TINY)
            .prop_flat_map(|(instance, levels)| (generate::of_kinds(instance), Just(levels))),
    ) {
        let problem = instance.dense();
        let solution = solve(&problem, &SolveOptions::new(levels)).unwrap();
        let optimum = Optimum {
            problem: &problem,
            levels: solution.certificate.levels(),
            prices: solution.certificate.prices(),
            assignment: &solution.assignment,
        };
        let control = Control::idle();
        let expected = optimal_assignments(&instance, optimum.levels);
        for face in [optimum.face(usize::MAX, &control), optimum.listed_face(&control)] {
            let face = face.unwrap();
            let choices = subsets(&open_pairs(&face));
            let choices = choices.iter().filter(|pairs| keeps_to_bounds(&face, pairs));
            let found: BTreeSet<Pairs> = choices.map(|pairs| pairs_of(&face.assignment(pairs))).collect();
            prop_assert_eq!(found, expected.clone());
        }
    }

    /// Where rows are kept, blocks without open pairs are passed over.
    #[test]
    fn kept_rows_have_the_same_open_pairs(
        (instance, levels) in generate::instance_and_levels(SMALL)
            .prop_flat_map(|(instance, levels)| (generate::of_kinds(instance), Just(levels))),
    ) {
        let (dense, absent) = (instance.dense(), instance.unused_score());
        let row = |row: &Vec<Option<i32>>| row.iter().map(|score| score.unwrap_or(absent)).collect();
        let rows: Vec<Vec<i32>> = instance.scores.iter().map(row).collect();
        let kept = KeptRows::new(dense.mentors(), rows, Some(absent)).unwrap();
        let mut kept = Problem::kept(&kept).unwrap();
        kept.mentees = dense.mentees.clone();
        kept.mentors = dense.mentors.clone();
        let solution = solve(&dense, &SolveOptions::new(levels)).unwrap();
        let [of_dense, of_kept] = [&dense, &kept].map(|problem| {
            let optimum = Optimum {
                problem,
                levels: solution.certificate.levels(),
                prices: solution.certificate.prices(),
                assignment: &solution.assignment,
            };
            open_pairs(&optimum.listed_face(&Control::idle()).unwrap())
        });
        prop_assert_eq!(of_kept, of_dense);
    }
}
