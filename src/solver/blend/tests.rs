use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::control::Hooks;
use crate::solver::level::PlaceValues;

fn listed(mentees: usize, pairs: &[(u32, u32, i32)]) -> Level {
    let pairs = pairs.iter();
    let pairs = pairs.map(|&(i, j, value)| (MenteeIdx::new(i), MentorIdx::new(j), value));
    Level::Listed(ListedValues::new(mentees, pairs).unwrap())
}

fn of_mentors(values: &[&[i64]]) -> Level {
    Level::Places {
        mentees: None,
        mentors: Some(PlaceValues::new(values).unwrap()),
    }
}

fn pairs(problem: &Problem<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for mentee in 0..problem.mentees() {
        problem.for_each_allowed(mentee, &mut RowBuffer::default(), |mentor, score| {
            pairs.push((mentee, mentor as usize, score));
        });
    }
    pairs
}

#[test]
fn scores_come_back_from_the_blend_and_forbidden_pairs_stay_forbidden() {
    let (hooks, levels) = (
        Hooks::default(),
        [
            listed(2, &[(0, 0, 1), (0, 1, 3), (1, 2, -2)]),
            Level::Participation,
            listed(2, &[(1, 0, 1), (1, 1, 1)]),
            Level::TotalScore,
        ],
    );
    let control = Control::new(&hooks);
    let (starts, columns) = ([0, 3, 5], [0, 1, 2, 1, 2]);
    let dense = Problem::dense(2, 3, vec![5, -7, 0, 9, 9, 2], Some(9)).unwrap();
    let sparse = Problem::sparse(3, &starts, &columns, &[5, -7, 0, 8, 2]).unwrap();
    for problem in [dense, sparse] {
        let blend = Blend::of(&problem, &levels, &control);
        let blended = blend.problem(&problem, &levels, &control);
        let found = pairs(&blended);
        assert_ne!(found, pairs(&problem), "levels count");
        for (blended, pair) in found.iter().zip(pairs(&problem)) {
            assert_eq!(i64::from(blended.2), blend.pair_value(&levels, pair));
        }
        assert_eq!(blend.scores_of(&levels, found), pairs(&problem));
    }
}

#[test]
fn an_earlier_level_counts_more_than_all_later_ones_together() {
    let hooks = Hooks::default();
    let levels = [
        listed(1, &[(0, 0, 1)]),
        listed(1, &[(0, 1, 3)]),
        Level::TotalScore,
    ];
    let problem = Problem::dense(1, 3, vec![-100, 0, 100], None).unwrap();
    let blend = Blend::of(&problem, &levels, &Control::new(&hooks));
    let value = |pair| blend.pair_value(&levels, pair);
    assert!(value((0, 0, -100)) > value((0, 1, 0)));
    assert!(value((0, 1, 0)) > value((0, 2, 100)));
}

#[test]
fn scores_that_leave_no_room_are_left_alone() {
    let hooks = Hooks::default();
    let levels = [listed(1, &[(0, 0, 1)]), Level::TotalScore];
    for score in [i32::MAX, i32::MIN, 1 << 28] {
        let problem = Problem::dense(1, 2, vec![score, 3], None).unwrap();
        let control = Control::new(&hooks);
        let blend = Blend::of(&problem, &levels, &control);
        assert_eq!(
            pairs(&blend.problem(&problem, &levels, &control)),
            pairs(&problem)
        );
        let value = blend.pair_value(&levels, (0, 0, score));
        assert_eq!(value, i64::from(score));
    }
}

#[test]
fn places_end_where_everybody_has_one() {
    let hooks = Hooks::default();
    let spread: [&[i64]; 3] = [&[0, -1, -2], &[0, -1], &[0, -1, -2, -3]];
    let levels = [Level::Participation, of_mentors(&spread), Level::TotalScore];
    let problem = Problem::dense(5, 3, vec![1; 15], None).unwrap();
    let problem = problem.with_capacities(vec![3, 2, 4]).unwrap();
    let control = Control::new(&hooks);
    let blend = Blend::of(&problem, &levels, &control);
    assert_eq!(
        blend.problem(&problem, &levels, &control).mentors.max,
        [2, 2, 2]
    );
    let used: [&[i64]; 3] = [&[1, 0]; 3];
    let first = [Level::Participation, of_mentors(&used), Level::TotalScore];
    let blend = Blend::of(&problem, &first, &control);
    assert_eq!(
        blend.problem(&problem, &first, &control).mentors.max,
        [3, 2, 4]
    );
}

#[test]
fn the_last_places_are_given_where_prices_are_highest() {
    let hooks = Hooks::default();
    let spread: [&[i64]; 3] = [&[0, -1], &[0, -1], &[0, -1]];
    let levels = [Level::Participation, of_mentors(&spread), Level::TotalScore];
    let scores = [1, 9, 1].repeat(4); // all want the second mentor
    let problem = Problem::dense(4, 3, scores, None).unwrap();
    let problem = problem.with_capacities(vec![2, 2, 2]).unwrap();
    let mut control = Control::new(&hooks);
    let blend = Blend::of(&problem, &levels, &control);
    let blended = blend.problem(&problem, &levels, &control);
    let tuning = crate::solver::market::Tuning::default();
    let (market, ended) = Market::solve(&blended, tuning, &mut control);
    assert_eq!(ended, Ok(()));
    let exact = blend.exact_places(&problem, &levels, &market, &control);
    assert_eq!(exact, Some(vec![1, 2, 1]));
}
