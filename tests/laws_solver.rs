//! What must not change, or change in one direction only, when a problem is changed.
#![allow(clippy::unwrap_used)]

mod common;

use common::generate::{self, SMALL};
use common::instance::{Forest, Instance, Pairs, People, pairs_of};
use common::random::Random;
use mentormatch::solver::{
    Level, Lot, PlaceValues, Problem, Solution, SolveOptions, TieBreak, solve,
};
use proptest::prelude::*;

fn solved(instance: &Instance, levels: &[Level]) -> Solution {
    solve(&instance.dense(), &SolveOptions::new(levels.to_vec())).unwrap()
}

/// Levels without numbers of people in them.
fn plain_levels() -> impl Strategy<Value = Vec<Level>> {
    generate::levels(0, 0).prop_map(|mut levels| {
        levels.retain(|level| !matches!(level, Level::Places { .. } | Level::Unchanged(_)));
        if levels.is_empty() {
            levels.push(Level::TotalScore);
        }
        levels
    })
}

/// A list in another order.
fn permuted<T: Clone>(list: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&at| list[at].clone()).collect()
}

fn permuted_people(people: &People, order: &[usize]) -> People {
    People {
        min: permuted(&people.min, order),
        max: permuted(&people.max, order),
        groups: people.groups.as_ref().map(|groups| Forest {
            group_of: permuted(&groups.group_of, order),
            ..groups.clone()
        }),
    }
}

/// The instance with its rows and columns in other orders.
fn permuted_instance(instance: &Instance, rows: &[usize], columns: &[usize]) -> Instance {
    let scores = permuted(&instance.scores, rows);
    Instance {
        scores: scores.iter().map(|row| permuted(row, columns)).collect(),
        mentees: permuted_people(&instance.mentees, rows),
        mentors: permuted_people(&instance.mentors, columns),
        kinds: columns
            .iter()
            .filter_map(|&column| instance.kinds.get(column).copied())
            .collect(),
    }
}

/// The canonical pairs where people are known by `names`.
fn pairs_by_name(instance: &Instance, levels: &[Level], names: &[Vec<usize>; 2]) -> Pairs {
    let key = |&name: &usize| (name as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let keys = |names: &Vec<usize>| names.iter().map(key).collect::<Vec<_>>();
    let lot = Lot::new(&keys(&names[0]), &keys(&names[1]));
    let options = SolveOptions::new(levels.to_vec()).tie_break(TieBreak::CanonicalBy(lot));
    let solution = solve(&instance.dense(), &options).unwrap();
    let mut pairs: Pairs = pairs_of(&solution.assignment)
        .into_iter()
        .map(|(mentee, mentor)| (names[0][mentee], names[1][mentor]))
        .collect();
    pairs.sort_unstable();
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_order_of_people_changes_nothing(
        instance in generate::instance(SMALL),
        levels in plain_levels(),
        seed in any::<u64>(),
    ) {
        let mut random = Random::new(seed);
        let (n, m) = (instance.mentees.len(), instance.mentors.len());
        let in_order = [(0..n).collect(), (0..m).collect()];
        let shuffled = [random.order(n), random.order(m)];
        let other = permuted_instance(&instance, &shuffled[0], &shuffled[1]);
        prop_assert_eq!(solved(&instance, &levels).value, solved(&other, &levels).value);
        prop_assert_eq!(
            pairs_by_name(&instance, &levels, &in_order),
            pairs_by_name(&other, &levels, &shuffled)
        );
    }

    /// Groups' maxima included: no bound on one side or the other ever helps.
    #[test]
    fn more_capacity_never_lowers_the_value(
        (instance, levels) in generate::instance_and_levels(SMALL),
        seed in any::<u64>(),
    ) {
        let mut random = Random::new(seed);
        let mut larger = instance.clone();
        for people in [&mut larger.mentees, &mut larger.mentors] {
            let groups = people.groups.iter_mut().flat_map(|groups| &mut groups.max);
            for max in people.max.iter_mut().chain(groups) {
                *max += random.below(2);
            }
        }
        prop_assert!(solved(&larger, &levels).value >= solved(&instance, &levels).value);
    }

    #[test]
    fn a_pair_that_is_not_used_may_go(
        (instance, levels) in generate::instance_and_levels(SMALL),
        seed in any::<u64>(),
    ) {
        let solution = solved(&instance, &levels);
        let used = pairs_of(&solution.assignment);
        let mut random = Random::new(seed);
        let mut without = instance.clone();
        for (mentee, row) in without.scores.iter_mut().enumerate() {
            for (mentor, score) in row.iter_mut().enumerate() {
                if !used.contains(&(mentee, mentor)) && random.below(2) == 0 {
                    *score = None;
                }
            }
        }
        prop_assert_eq!(solved(&without, &levels).value, solution.value);
    }

    #[test]
    fn a_pair_that_is_used_cannot_go_for_more(
        (instance, levels) in generate::instance_and_levels(SMALL),
        at in any::<proptest::sample::Index>(),
    ) {
        let solution = solved(&instance, &levels);
        let used = pairs_of(&solution.assignment);
        prop_assume!(!used.is_empty());
        let (mentee, mentor) = used[at.index(used.len())];
        let mut without = instance.clone();
        without.scores[mentee][mentor] = None;
        prop_assert!(solved(&without, &levels).value <= solution.value);
    }

    #[test]
    fn a_constant_on_all_scores_adds_it_once_a_pair(
        mut instance in generate::instance(SMALL),
        constant in -1_000i32..=1_000,
    ) {
        let levels = [Level::Pairs, Level::TotalScore];
        each_score(&mut instance, |score| score / 2);
        let before = solved(&instance, &levels);
        each_score(&mut instance, |score| score + constant);
        let after = solved(&instance, &levels);
        let pairs = before.value.len() - 2;
        let added = before.value[pairs] * i128::from(constant);
        prop_assert_eq!(after.value[pairs + 1], before.value[pairs + 1] + added);
    }

    #[test]
    fn a_factor_on_all_scores_scales_the_total_and_keeps_the_pairs(
        mut instance in generate::instance(SMALL),
        levels in plain_levels(),
        factor in 2i32..=1_000,
    ) {
        each_score(&mut instance, |score| score / 1_000);
        let canonical = SolveOptions::new(levels.clone()).tie_break(TieBreak::Canonical);
        let before = solve(&instance.dense(), &canonical).unwrap();
        each_score(&mut instance, |score| score * factor);
        let after = solve(&instance.dense(), &canonical).unwrap();
        prop_assert_eq!(&before.assignment, &after.assignment);
        for (at, level) in before.certificate.levels().iter().enumerate() {
            let scale = if *level == Level::TotalScore { i128::from(factor) } else { 1 };
            prop_assert_eq!(after.value[at], before.value[at] * scale);
        }
    }

    /// Either side may be called the mentees.
    #[test]
    fn the_sides_may_change_places(instance in generate::instance(SMALL), seed in any::<u64>()) {
        let m = instance.mentors.len();
        let other = Instance {
            scores: (0..m).map(|j| instance.scores.iter().map(|row| row[j]).collect()).collect(),
            mentees: instance.mentors.clone(),
            mentors: instance.mentees.clone(),
            kinds: Vec::new(),
        };
        let mut random = Random::new(seed);
        let values = Some(spread(m, &mut random));
        let there = Level::Places { mentees: None, mentors: values.clone() };
        let back = Level::Places { mentees: values, mentors: None };
        let one = solved(&instance, &[Level::Pairs, there, Level::TotalScore]);
        let two = solved(&other, &[Level::Pairs, back, Level::TotalScore]);
        prop_assert_eq!(one.value, two.value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Where all agree who is best, and by how much, everybody competes with everybody. The best is
    /// known without a solver: the first with the first (Hardy, Littlewood and Pólya 1934, § 10.2).
    #[test]
    fn where_all_agree_the_best_meet_the_best(
        (mentees, mentors) in (60usize..160, 40usize..90),
        capacity in 1u32..4,
        spare in 0u32..3,
        seed in any::<u64>(),
    ) {
        let mut random = Random::new(seed);
        let mut strengths = |people: usize, most: i32| -> Vec<i32> {
            (0..people).map(|_| random.between(0, most)).collect()
        };
        let (wishes, gifts) = (strengths(mentees, 3_000), strengths(mentors, 3_000));
        let scores = wishes.iter().flat_map(|wish| gifts.iter().map(move |gift| wish * gift));
        let capacity = capacity.saturating_add(spare * 2);
        let problem = Problem::dense(mentees, mentors, scores.collect::<Vec<_>>(), None).unwrap();
        let problem = problem.with_capacities(vec![capacity; mentors]).unwrap();
        let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
        let descending = |strengths: &[i32], places: u32| {
            let mut all: Vec<i128> = strengths
                .iter()
                .flat_map(|&one| (0..places).map(move |_| i128::from(one)))
                .collect();
            all.sort_unstable_by(|one, other| other.cmp(one));
            all
        };
        let (wishes, gifts) = (descending(&wishes, 1), descending(&gifts, capacity));
        let best: i128 = wishes.iter().zip(&gifts).map(|(wish, gift)| wish * gift).sum();
        prop_assert_eq!(&solution.value, &[best]);
        solution.certificate.check(&problem, &solution.assignment).unwrap();
    }
}

fn each_score(instance: &mut Instance, change: impl Fn(i32) -> i32) {
    for score in instance.scores.iter_mut().flatten().flatten() {
        *score = change(*score);
    }
}

/// Each further place costs somebody a little more.
fn spread(people: usize, random: &mut Random) -> PlaceValues {
    let mut list = || {
        let first = -i64::from(random.below(3));
        [first, first - i64::from(random.below(3)), first - 4]
    };
    PlaceValues::new((0..people).map(|_| list()).collect::<Vec<_>>()).unwrap()
}
