//! What is given at once: legal, no loss, the best first.

use super::super::common::instance::{Pairs, pairs_of};
use super::super::control::Hooks;
use super::super::groups::Groups;
use super::*;

/// What is taken of pairs offered in this order.
fn taken(problem: &Problem<'_>, levels: &[Level], offered: &[Pair]) -> Pairs {
    let hooks = Hooks::default();
    let mut greedy = Greedy::new(problem, levels);
    greedy.offer_all(offered, &Control::new(&hooks));
    pairs_of(&greedy.assignment())
}

fn problem(scores: &[i32], mentors: usize) -> Problem<'_> {
    Problem::dense(scores.len() / mentors, mentors, scores, None).unwrap()
}

#[test]
fn a_pair_is_taken_once_and_within_all_maxima() {
    let two = problem(&[5; 4], 2).with_capacities(vec![2, 2]).unwrap();
    let two = two.with_demands(vec![2, 2]).unwrap();
    let levels = [Level::TotalScore];
    let all = [(1, 0, 5), (1, 0, 5), (0, 1, 5), (0, 0, 5), (1, 1, 5)];
    assert_eq!(taken(&two, &levels, &all), [(0, 0), (0, 1), (1, 0), (1, 1)]);
    let one = two.clone().with_capacities(vec![1, 2]).unwrap();
    assert_eq!(taken(&one, &levels, &all), [(0, 1), (1, 0), (1, 1)]);
    let groups = Groups::new(vec![Some(0); 2], vec![Some(1), None], vec![9, 3]);
    let three = two.with_mentor_groups(groups.unwrap()).unwrap();
    assert_eq!(taken(&three, &levels, &all), [(0, 0), (0, 1), (1, 0)]);
}

#[test]
fn a_pair_is_taken_if_it_gains_at_the_first_level_it_changes() {
    let scores = [-1, 0, 2];
    let offered = [(0, 0, -1), (0, 1, 0), (0, 2, 2)];
    let one = problem(&scores, 3).with_demands(vec![3]).unwrap();
    let total = Level::TotalScore;
    assert_eq!(
        taken(&one, std::slice::from_ref(&total), &offered),
        [(0, 2)]
    );
    let pairs = [Level::Pairs, total.clone()];
    assert_eq!(taken(&one, &pairs, &offered), [(0, 0), (0, 1), (0, 2)]);
    // Whoever takes part already gains nothing there by one pair more.
    let people = [Level::Participation, total];
    assert_eq!(taken(&one, &people, &offered), [(0, 0), (0, 2)]);
}

#[test]
fn the_highest_score_of_all_rows_comes_first() {
    let scores = [5, 4, 9, 6, 1, 7];
    let two = problem(&scores, 3);
    let (levels, hooks) = ([Level::TotalScore], Hooks::default());
    let control = Control::new(&hooks);
    let pairs = (0..6).map(|at| (at / 3, at % 3, scores[at])).collect();
    let rows = Rows::new(pairs, &control);
    let mut greedy = Greedy::new(&two, &levels);
    greedy.offer_rows(&rows, &control);
    assert_eq!(pairs_of(&greedy.assignment()), [(0, 2), (1, 0)]);
}

#[test]
fn a_row_comes_again_by_its_next_score() {
    let scores = [9, 1, 0, 8];
    let two = problem(&scores, 2).with_demands(vec![2, 1]).unwrap();
    let (levels, hooks) = ([Level::TotalScore], Hooks::default());
    let control = Control::new(&hooks);
    let rows = Rows::new(vec![(0, 0, 9), (0, 1, 1), (1, 0, 0), (1, 1, 8)], &control);
    let mut greedy = Greedy::new(&two, &levels);
    greedy.offer_rows(&rows, &control);
    assert_eq!(pairs_of(&greedy.assignment()), [(0, 0), (1, 1)]);
}

#[test]
fn the_better_of_two_is_worth_more_or_came_first() {
    let scores = [5, 5, 6];
    let one = problem(&scores, 3);
    let (levels, hooks) = ([Level::TotalScore], Hooks::default());
    let with = |mentor: usize| {
        let mut greedy = Greedy::new(&one, &levels);
        greedy.offer_all(&[(0, mentor, scores[mentor])], &Control::new(&hooks));
        greedy
    };
    for (first, second, better) in [(0, 1, 0), (1, 0, 1), (0, 2, 2), (2, 0, 2)] {
        let found = with(first).better(with(second)).assignment();
        assert_eq!(pairs_of(&found), [(0, better)]);
    }
}
