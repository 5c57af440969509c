//! Where a participant's places are cut, against asking for the value of each place.

use proptest::prelude::*;

use super::*;
use crate::solver::{Assignment, Groups, SolveError, SolveOptions, solve};

/// Values of a single mentor's places that never rise.
fn values() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(-3i64..4, 0..6).prop_map(|mut values| {
        values.sort_unstable_by(|a, b| b.cmp(a));
        values
    })
}

fn of_mentor(values: PlaceValues) -> Level {
    Level::Places {
        mentees: None,
        mentors: Some(values),
    }
}

fn one_mentor(mentees: usize, capacity: u32) -> Problem<'static> {
    let problem = Problem::dense(mentees, 1, vec![1; mentees], None).unwrap();
    problem.with_capacities(vec![capacity]).unwrap()
}

proptest! {
    #[test]
    fn segments_give_each_place_its_values(
        lists in proptest::collection::vec(values(), 0..4),
        target in proptest::option::of(0u32..9),
        capacity in 0u32..12,
    ) {
        let problem = one_mentor(8, capacity);
        let mut levels = vec![of_mentor(PlaceValues::towards([target])), Level::TotalScore];
        levels.extend(lists.iter().map(|list| of_mentor(PlaceValues::new([list]).unwrap())));
        let owner = Owner::Mentor(0);
        let found = segments(&problem, &levels, owner);
        let repeated = found.iter().flat_map(|one| vec![one.values.clone(); one.places as usize]);
        let places = 1..=owner.places(&problem);
        let asked = places.map(|place| {
            let value = |level: &Level| level.place_value(&problem, owner, place);
            levels.iter().map(value).collect::<Vec<_>>()
        });
        prop_assert!(repeated.eq(asked));
    }
}

/// A walk along 60,000 steps: asking each anew for its value would take their square.
#[test]
fn many_different_steps_are_cut_in_one_walk() {
    let steps = 60_000;
    let values: Vec<i64> = (0..steps).map(|place| -place).collect();
    let level = of_mentor(PlaceValues::new([&values]).unwrap());
    let problem = one_mentor(60_000, 60_000);
    let found = segments(&problem, &[level], Owner::Mentor(0));
    let expected = values.iter().map(|&value| Segment {
        places: 1,
        values: vec![value],
    });
    assert!(found.into_iter().eq(expected));
}

#[test]
fn levels_made_for_other_people_or_groups_are_refused() {
    let group = Groups::new(vec![Some(0), None], vec![None], vec![2]).unwrap();
    let problem = Problem::dense(2, 2, vec![1; 4], None)
        .and_then(|problem| problem.with_mentee_groups(group.clone()))
        .and_then(|problem| problem.with_mentor_groups(group))
        .unwrap();
    let three = || Some(PlaceValues::new([[1]; 3]).unwrap());
    let of_places = [(three(), None), (None, three())].map(|(mentees, mentors)| {
        let groups = (mentees.clone(), mentors.clone());
        let scores = groups.clone();
        [
            Level::Places { mentees, mentors },
            Level::GroupPlaces {
                mentees: groups.0,
                mentors: groups.1,
            },
            Level::ScoreWithGroups {
                mentees: scores.0,
                mentors: scores.1,
            },
        ]
    });
    let listed = ListedValues::new(3, []).unwrap();
    let of_pairs = [
        Level::Listed(listed.clone()),
        Level::ScoreAnd(listed),
        Level::Unchanged(Unchanged::new(Assignment::from_pairs(3, []))),
    ];
    for level in of_places.into_iter().flatten().chain(of_pairs) {
        let options = SolveOptions::new([Level::Pairs, level.clone()]);
        let refused = solve(&problem, &options).unwrap_err();
        let SolveError::Level { level: 1, problem } = refused else {
            panic!("{level:?}: {refused}");
        };
        assert!(matches!(problem, ProblemError::Length { found: 3, .. }));
    }
}

#[test]
fn an_assignment_of_mentors_who_are_not_there_is_refused() {
    let problem = Problem::dense(2, 2, vec![7; 4], None).unwrap();
    let before = Assignment::from_pairs(2, [(0, 1), (1, 2)]);
    let unchanged = Level::Unchanged(Unchanged::new(before));
    let refused = solve(&problem, &SolveOptions::new([unchanged])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "objective level 0: mentee 1 with mentor 2: there are 2 mentors, counted from 0"
    );
}
