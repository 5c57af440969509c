//! Input that no problem can be made of.

use super::*;
use crate::solver::{ListedValues, PlaceValues};

fn refused(starts: &[u64], mentors: &[u32]) -> ProblemError {
    let scores = vec![5; mentors.len()];
    Problem::sparse(2, starts, mentors, &scores).unwrap_err()
}

#[test]
fn starts_of_rows_are_refused_that_do_not_ascend_from_nothing_to_all_pairs() {
    let at = |at: usize, found: u64, (low, high): (u64, u64)| ProblemError::RowStarts {
        at,
        found,
        low,
        high,
    };
    let (what, found, expected) = ("row starts, one more than mentees", 0, 1);
    let none = ProblemError::Length {
        what,
        found,
        expected,
    };
    assert_eq!(refused(&[], &[]), none);
    assert_eq!(refused(&[], &[0, 1]), none);
    assert_eq!(refused(&[1, 2], &[0, 1]), at(0, 1, (0, 0)));
    assert_eq!(refused(&[0, 1], &[0, 1]), at(1, 1, (2, 2)));
    assert_eq!(refused(&[0, 3], &[0, 1]), at(1, 3, (0, 2)));
    assert_eq!(refused(&[0, 3, 2], &[0, 1]), at(1, 3, (0, 2)));
    assert_eq!(refused(&[0, 2, 1, 2], &[0, 1]), at(2, 1, (2, 2)));
    assert_eq!(refused(&[2], &[0, 1]), at(0, 2, (0, 0)));
    assert_eq!(refused(&[0], &[0, 1]), at(0, 0, (2, 2)));
}

#[test]
fn a_row_is_refused_whose_mentors_do_not_ascend_or_are_not_there() {
    let order = |mentee, before, mentor| ProblemError::RowOrder {
        mentee,
        before,
        mentor,
    };
    assert_eq!(refused(&[0, 2, 2], &[1, 0]), order(0, 1, 0));
    assert_eq!(refused(&[0, 0, 2], &[1, 1]), order(1, 1, 1));
    assert_eq!(refused(&[0, 0, 3], &[0, 7, 1]), order(1, 7, 1));
    let (mentee, mentor, mentors) = (1, 2, 2);
    let strange = ProblemError::NoSuchMentor {
        mentee,
        mentor,
        mentors,
    };
    assert_eq!(refused(&[0, 1, 2], &[1, 2]), strange);
}

/// What a developer reads says which side is meant, where, what was found and what was expected.
#[test]
fn errors_say_which_row_or_list_and_what() {
    let problem = || Problem::dense(2, 3, vec![5; 6], None).unwrap();
    let group = || Groups::new(vec![Some(0)], vec![None], vec![1]).unwrap();
    let rows: Vec<&[i32]> = vec![&[1, 2, 3], &[1]];
    let sparse = Problem::sparse(2, &[0, 2], &[0, 1], &[5]).unwrap_err();
    let told = [
        (
            Problem::rows(3, rows, None).unwrap_err(),
            "the row of mentee 1: 1 score, expected 3, one a mentor",
        ),
        (sparse, "scores, one a column: 1 entry, expected 2"),
        (
            refused(&[0, 3, 2], &[0, 1]),
            "row start 1 is 3, expected 0..=2; row starts ascend from 0 to the number of pairs",
        ),
        (
            refused(&[1, 2], &[0, 1]),
            "row start 0 is 1, expected 0; row starts ascend from 0 to the number of pairs",
        ),
        (
            refused(&[0, 0, 2], &[1, 1]),
            "the row of mentee 1: mentor 1 is listed after mentor 1; mentors must ascend, and none may be listed twice",
        ),
        (
            problem().with_capacities(vec![1; 2]).unwrap_err(),
            "capacities, one a mentor: 2 entries, expected 3",
        ),
        (
            problem().with_demands(vec![1; 3]).unwrap_err(),
            "demands, one a mentee: 3 entries, expected 2",
        ),
        (
            problem().with_minimum_loads(vec![1; 2]).unwrap_err(),
            "minimum loads, one a mentor: 2 entries, expected 3",
        ),
        (
            problem().with_minimum_demands(vec![1; 3]).unwrap_err(),
            "minimum demands, one a mentee: 3 entries, expected 2",
        ),
        (
            problem().with_mentor_groups(group()).unwrap_err(),
            "groups of mentors, one entry a mentor: 1 entry, expected 3",
        ),
        (
            problem().with_mentee_groups(group()).unwrap_err(),
            "groups of mentees, one entry a mentee: 1 entry, expected 2",
        ),
    ];
    assert_told(told);
}

#[test]
fn errors_say_which_group_or_value_and_what() {
    let group = || Groups::new(vec![Some(0)], vec![None], vec![1]).unwrap();
    let groups = |of, parent| Groups::new(of, parent, vec![1; 2]).unwrap_err();
    let listed = |mentee, values: [i32; 2]| {
        let pair = (MenteeIdx::new(mentee), MentorIdx::new(0));
        ListedValues::new(1, values.map(|value| (pair.0, pair.1, value))).unwrap_err()
    };
    let places = |list: [i64; 3]| PlaceValues::new([vec![1], list.to_vec()]).unwrap_err();
    let told = [
        (
            groups(vec![None, Some(2)], vec![None; 2]),
            "participant 1 in group 2: there are 2 groups, counted from 0",
        ),
        (
            groups(Vec::new(), vec![Some(4), None]),
            "group 0 in group 4: there are 2 groups, counted from 0",
        ),
        (
            groups(Vec::new(), vec![None, Some(1)]),
            "group 1 in group 1: a larger group must come after those in it",
        ),
        (
            group().with_minima(Vec::new()).unwrap_err(),
            "minima of groups: 0 entries, expected 1",
        ),
        (
            Groups::new(Vec::new(), vec![None], Vec::new()).unwrap_err(),
            "maxima of groups: 0 entries, expected 1",
        ),
        (
            listed(1, [1, 1]),
            "mentee 1 with mentor 0: there are 1 mentees, counted from 0",
        ),
        (
            listed(0, [i32::MAX, 1]),
            "mentee 0 with mentor 0: listed values add up to 2147483648, outside 32 bits",
        ),
        (
            places([3, 2, 4]),
            "participant 1: place 3 is worth 4, the one before 2; values must not rise",
        ),
        (
            places([3, -(1 << 31) - 1, 4]),
            "participant 1: place 2 is worth -2147483649, outside ±2^31",
        ),
    ];
    assert_told(told);
}

fn assert_told<const COUNT: usize>(told: [(ProblemError, &str); COUNT]) {
    for (error, text) in told {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn minimums_above_maximums_are_refused_whichever_comes_first() {
    let problem = || Problem::dense(2, 2, vec![5; 4], None).unwrap();
    let groups = Groups::new(vec![None; 2], vec![None; 2], vec![1, 2]).unwrap();
    let sides = [
        (
            "mentor",
            problem().with_minimum_loads(vec![1, 3]).unwrap_err(),
        ),
        (
            "mentee",
            problem().with_minimum_demands(vec![1, 3]).unwrap_err(),
        ),
        ("group", groups.with_minima(vec![1, 3]).unwrap_err()),
    ];
    for (side, error) in sides {
        assert!(
            matches!(error, ProblemError::MinAboveMax { what, index: 1, min: 3, .. } if what == side),
            "{error}"
        );
    }
    let met = problem().with_minimum_loads(vec![1, 1]).unwrap();
    let (what, index, min, max) = ("mentor", 1, 1, 0);
    let refused = met.with_capacities(vec![1, 0]).unwrap_err();
    let expected = ProblemError::MinAboveMax {
        what,
        index,
        min,
        max,
    };
    assert_eq!(refused, expected);
}
