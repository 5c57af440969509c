//! The Hungarian method on the `pathfinding` crate, as an independent second opinion.
//!
//! # Idea
//! A mentor of `c` places becomes `c` equal columns. Where mentees may stay unmatched for the sake
//! of the total, each gets a column of zeros of her own; where as many as possible must be matched
//! and places are scarce, rows and columns change sides. The method gives pairs but no prices; a
//! [`Run`](super::run::Run) finds prices that prove them, and fails if anything else is better.
//!
//! # Limits
//! It needs every pair allowed, since every row must be matched and on extreme values the crate
//! wraps; `i32` scores widened to `i64` are safe. O(rows² · columns) time, one `i64` a cell.
//!
//! # References
//! H. W. Kuhn, "The Hungarian method for the assignment problem", 1955;
//! J. Munkres, "Algorithms for the assignment and transportation problems", 1957.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::assignment::Assignment;
use super::control::Control;
use super::error::SolveError;
use super::level::Level;
use super::problem::{Access, Problem};
use crate::ids::{MenteeIdx, MentorIdx};

/// Optimal pairs for `levels`.
pub(super) fn assign(
    problem: &Problem<'_>,
    levels: &[Level],
    control: &Control<'_>,
) -> Result<Assignment, SolveError> {
    let everybody = check_levels(levels)?;
    let problem = &*problem.in_memory(control.watch());
    let checked = check_problem(problem, control);
    if control.is_cancelled() {
        return Err(SolveError::Cancelled);
    }
    checked?;
    let rows: Vec<usize> = (0..problem.mentees())
        .filter(|&i| problem.mentees.max[i] > 0)
        .collect();
    let places = places(problem, rows.len());
    let pairs = if !everybody {
        by_total(problem, &rows, &places, control)
    } else if rows.len() <= places.len() {
        matched([rows.len(), places.len()], control, |row, place| {
            score(problem, rows[row], places[place])
        })
    } else {
        let flipped = matched([places.len(), rows.len()], control, |place, row| {
            score(problem, rows[row], places[place])
        });
        flipped
            .into_iter()
            .map(|(place, row)| (row, place))
            .collect()
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "problems have fewer than 2^24 people"
    )]
    let pairs = pairs
        .into_iter()
        .map(|(row, place)| (rows[row] as u32, places[place] as u32));
    Ok(Assignment::from_pairs(problem.mentees(), pairs))
}

/// Bytes that the matrix takes at most.
pub(super) fn bytes(problem: &Problem<'_>, access: Access) -> u64 {
    let rows = problem.mentees() as u64;
    let places = problem
        .mentors
        .max
        .iter()
        .map(|&max| u64::from(max).min(rows));
    let cells = rows.saturating_mul(places.sum::<u64>() + rows);
    cells
        .saturating_mul(size_of::<i64>() as u64)
        .saturating_add(problem.bytes_in_memory(access))
}

/// Whether as many mentees as possible must be matched.
fn check_levels(levels: &[Level]) -> Result<bool, SolveError> {
    match levels {
        [Level::TotalScore] => Ok(false),
        [Level::Participation | Level::Pairs, Level::TotalScore] => Ok(true),
        _ => Err(SolveError::NotExpressible {
            what: match levels.contains(&Level::Minimums) {
                true => "minimums",
                false => "levels other than the total score, alone or after participation",
            },
        }),
    }
}

fn check_problem(problem: &Problem<'_>, control: &Control<'_>) -> Result<(), SolveError> {
    let refused = [
        (!problem.is_complete(control.watch()), "absent pairs"),
        (
            problem.mentees.max.iter().any(|&max| max > 1),
            "demands above 1",
        ),
        (
            !problem.mentees.groups.is_empty() || !problem.mentors.groups.is_empty(),
            "groups",
        ),
    ];
    match refused.into_iter().find(|(refused, _)| *refused) {
        Some((_, what)) => Err(SolveError::NotExpressible { what }),
        None => Ok(()),
    }
}

/// One entry a place: its mentor. No mentor needs more places than there are mentees.
fn places(problem: &Problem<'_>, mentees: usize) -> Vec<usize> {
    let repeat = |(mentor, &max): (usize, &u32)| {
        std::iter::repeat_n(
            mentor,
            mentees.min(usize::try_from(max).unwrap_or(usize::MAX)),
        )
    };
    problem
        .mentors
        .max
        .iter()
        .enumerate()
        .flat_map(repeat)
        .collect()
}

fn by_total(
    problem: &Problem<'_>,
    rows: &[usize],
    places: &[usize],
    control: &Control<'_>,
) -> Vec<(usize, usize)> {
    let shape = [rows.len(), places.len() + rows.len()];
    let pairs = matched(shape, control, |row, place| {
        places
            .get(place)
            .map_or(0, |&mentor| score(problem, rows[row], mentor))
    });
    pairs
        .into_iter()
        .filter(|&(_, place)| place < places.len())
        .collect()
}

/// A maximum-weight matching of every row, as `(row, column)`; none if cancelled before the method
/// begins.
fn matched(
    [rows, columns]: [usize; 2],
    control: &Control<'_>,
    weight: impl Fn(usize, usize) -> i64,
) -> Vec<(usize, usize)> {
    if rows == 0 {
        return Vec::new();
    }
    let mut cells = Vec::with_capacity(rows * columns);
    for row in 0..rows {
        let row = (0..columns).map(|column| weight(row, column));
        cells.extend(control.until_cancelled(row));
    }
    // Too few cells have been given if and only if somebody cancelled.
    match Matrix::from_vec(rows, columns, cells) {
        Ok(weights) => kuhn_munkres(&weights).1.into_iter().enumerate().collect(),
        Err(_) => Vec::new(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "problems have fewer than 2^24 people"
)]
fn score(problem: &Problem<'_>, mentee: usize, mentor: usize) -> i64 {
    let pair = (MenteeIdx::new(mentee as u32), MentorIdx::new(mentor as u32));
    problem.score(pair.0, pair.1).map_or(0, i64::from)
}
