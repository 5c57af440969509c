//! Input that no problem can be made of.

use super::*;

fn refused(starts: &[u64], mentors: &[u32]) -> ProblemError {
    let scores = vec![5; mentors.len()];
    Problem::sparse(2, starts, mentors, &scores).unwrap_err()
}

#[test]
fn starts_of_rows_are_refused_that_do_not_ascend_from_nothing_to_all_pairs() {
    let at = |row| ProblemError::RowStarts { row };
    assert_eq!(refused(&[], &[]), at(0));
    assert_eq!(refused(&[1, 2], &[0, 1]), at(0));
    assert_eq!(refused(&[0, 1], &[0, 1]), at(0));
    assert_eq!(refused(&[0, 3], &[0, 1]), at(0));
    assert_eq!(refused(&[0, 2, 1, 2], &[0, 1]), at(1));
}

#[test]
fn a_row_is_refused_whose_mentors_do_not_ascend_or_are_not_there() {
    let at = |row| ProblemError::Row { row, mentors: 2 };
    assert_eq!(refused(&[0, 2, 2], &[1, 0]), at(0));
    assert_eq!(refused(&[0, 0, 2], &[1, 1]), at(1));
    assert_eq!(refused(&[0, 1, 2], &[1, 2]), at(1));
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
