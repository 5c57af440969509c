use proptest::prelude::*;

use super::*;
use crate::solver::control::Control;

/// Rows taken from a few, of which `None` is no pair, and what decides who bids.
fn instance() -> impl Strategy<Value = (Vec<Vec<Option<i32>>>, u32)> {
    (1usize..6, 1usize..6, 0u32..4).prop_flat_map(|(mentors, kinds, capacity)| {
        let score = prop_oneof![Just(None), (0i32..2).prop_map(Some)];
        let row = proptest::collection::vec(score, mentors);
        let rows = proptest::collection::vec(row, kinds);
        let drawn = proptest::collection::vec(0..kinds, 1..12);
        let instance = |(rows, drawn): (Vec<Vec<_>>, Vec<usize>)| {
            drawn.iter().map(|&kind| rows[kind].clone()).collect()
        };
        ((rows, drawn).prop_map(instance), Just(capacity))
    })
}

fn dense(rows: &[Vec<Option<i32>>]) -> Problem<'static> {
    let scores: Vec<i32> = rows
        .iter()
        .flatten()
        .map(|score| score.unwrap_or(-7))
        .collect();
    Problem::dense(rows.len(), rows[0].len(), scores, Some(-7)).unwrap()
}

/// Row starts, mentors and scores of the pairs.
fn arcs(rows: &[Vec<Option<i32>>]) -> (Vec<u64>, Vec<u32>, Vec<i32>) {
    let (mut starts, mut mentors, mut scores) = (vec![0u64], Vec::new(), Vec::new());
    for row in rows {
        for (mentor, score) in (0u32..).zip(row) {
            mentors.extend(score.map(|_| mentor));
            scores.extend(*score);
        }
        starts.push(scores.len() as u64);
    }
    (starts, mentors, scores)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn twins_are_those_who_have_the_same_scores((rows, capacity) in instance()) {
        let (starts, mentors, scores) = arcs(&rows);
        let sparse = Problem::sparse(rows[0].len(), &starts, &mentors, &scores).unwrap();
        for problem in [dense(&rows), sparse] {
            let problem = problem.with_capacities(vec![capacity; rows[0].len()]).unwrap();
            let sides = Sides::new(&problem, &Control::idle());
            let all: Vec<u32> = sides.all().collect();
            let pairs = |bidder: u32| {
                let items = (0..).take(sides.items());
                items.map(|item| sides.score(bidder, item)).collect::<Vec<_>>()
            };
            let is_like = |one: u32, other: u32| pairs(one) == pairs(other);
            let first = |&bidder: &u32| *all.iter().find(|&&other| is_like(other, bidder)).unwrap();
            let expected: Vec<u32> = all.iter().map(first).collect();
            let alike = |one: &u32| expected.iter().filter(|&other| other == one).count();
            let are_many = expected.iter().map(alike).sum::<usize>() >= 4 * expected.len();
            let twins = Twins::find(&sides);
            prop_assert_eq!(twins.is_some(), are_many);
            if let Some(twins) = twins {
                prop_assert_eq!(twins.listers(), expected);
            }
        }
    }
}
