//! What is given at once: legal, no loss, the best first.

use std::cmp::Reverse;

use super::super::common::instance::{Pairs, pairs_of};
use super::super::common::random::Random;
use super::super::control::Hooks;
use super::super::groups::Groups;
use super::best_first::Cuts;
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

/// Three values out of four are allowed; the absent value is -7.
fn scores_of(kind: &str, mentees: usize, mentors: usize) -> Vec<i32> {
    let mut random = Random::new(7);
    let skills: Vec<i32> = (0..mentees + mentors)
        .map(|_| random.between(1, 1_000))
        .collect();
    let pairs = (0..mentees).flat_map(|i| (0..mentors).map(move |j| (i, mentees + j)));
    let score = |(i, j): (usize, usize)| match kind {
        _ if random.below(4) == 0 => -7,
        "few" => random.between(-1, 3),
        "one" => 5,
        "products" => skills[i] * skills[j],
        "extremes" => [i32::MIN, -1, 0, i32::MAX][random.below(4) as usize],
        _ => random.between(-500_000, 1_000_000),
    };
    pairs.map(score).collect()
}

#[test]
fn bands_of_pairs_come_in_the_order_of_all() {
    let (mentees, mentors) = (60, 25);
    let hooks = Hooks::default();
    let control = Control::new(&hooks);
    for kind in ["any", "few", "one", "products", "extremes"] {
        let scores = scores_of(kind, mentees, mentors);
        let problem = Problem::dense(mentees, mentors, &scores, Some(-7)).unwrap();
        let problem = problem.with_capacities(vec![6; mentors]).unwrap();
        let problem = problem.with_demands(vec![2; mentees]).unwrap();
        let all = (0..scores.len()).filter(|&at| scores[at] != -7);
        let mut all: Vec<Pair> = all
            .map(|at| (at / mentors, at % mentors, scores[at]))
            .collect();
        all.sort_by_key(|&(_, _, score)| Reverse(score));
        for levels in [
            vec![Level::TotalScore],
            vec![Level::Pairs, Level::TotalScore],
        ] {
            let expected = taken(&problem, &levels, &all);
            for (least, rows, pairs_a_row) in [(1, 1, 1), (50, 7, 20), (5_000, 300, 300)] {
                let cuts = Cuts {
                    part: usize::MAX,
                    least,
                    most: least,
                    rows,
                    pairs_a_row,
                };
                let mut greedy = Greedy::new(&problem, &levels);
                greedy.offer_in_bands(cuts, &control);
                let found = pairs_of(&greedy.assignment());
                assert!(found == expected, "{kind} in bands of {least}");
            }
        }
    }
}

/// The best pairs are another mentor's.
#[test]
fn minimums_are_filled_before_the_best_pairs_are_taken() {
    let scores = [9, 1, 8, 2, 7, 3];
    let problem = problem(&scores, 2)
        .with_capacities(vec![3, 3])
        .unwrap()
        .with_minimum_loads(vec![0, 2])
        .unwrap();
    let levels = [Level::Minimums, Level::TotalScore];
    let hooks = Hooks::default();
    let control = Control::new(&hooks);
    let found = best(&problem, &levels, (&[], &[]), &control);
    assert_eq!(found.value(), [2, 9 + 2 + 3]);
    // Of pairs on which the score has the first word, minimums have none.
    let levels = [Level::TotalScore, Level::Minimums];
    let found = best(&problem, &levels, (&[], &[]), &control);
    assert_eq!(found.value(), [9 + 8 + 7, 0]);
}

#[test]
fn a_mentee_of_many_mentors_has_none_of_them_twice() {
    let scores = [5; 4];
    let one = problem(&scores, 4).with_demands(vec![4]).unwrap();
    let offered = [0, 1, 2, 0, 1, 3, 0].map(|mentor| (0, mentor, 5));
    let levels = [Level::TotalScore];
    assert_eq!(
        taken(&one, &levels, &offered),
        [(0, 0), (0, 1), (0, 2), (0, 3)]
    );
}

/// A full group leaves nobody below it room.
#[test]
fn pairs_below_a_full_group_are_not_offered() {
    let scores: Vec<i32> = (0..12).collect();
    let groups = Groups::new(vec![Some(0), Some(0), None], vec![None], vec![1]).unwrap();
    let problem = problem(&scores, 3).with_capacities(vec![4; 3]).unwrap();
    let problem = problem.with_mentor_groups(groups).unwrap();
    let (levels, hooks) = ([Level::TotalScore], Hooks::default());
    let mut greedy = Greedy::new(&problem, &levels);
    greedy.offer_best_first(&Control::new(&hooks));
    assert_eq!(greedy.value(), [11 + 8 + 5 + 2]);
}
