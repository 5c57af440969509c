//! Pairs that add nothing to the total score, for whoever is left over.
//!
//! The market makes no pair that gains nothing. Where participation comes first each such pair counts: of people who
//! have nothing in common, or all score 0, nearly all would be left to the network otherwise, which took 300 times as long
//! for 10,000 mentees and two mentors. A pair of no score between a mentee and a mentor who both have a place left is
//! worth just their prices, which are 0; so prices prove the total score as before.
//!
//! # Complexity
//! A look at the rows of mentees who are left over, if there are places for them.

use super::super::assignment::Assignment;
use super::super::control::Control;
use super::super::problem::{Problem, Row, RowBuffer};
use super::super::walk::position;

/// The assignment with a pair of no score for each mentee without a mentor for whom there is a place, by
/// turn; part of them if cancelled.
pub(in crate::solver) fn filled(
    problem: &Problem<'_>,
    assignment: Assignment,
    control: &Control<'_>,
) -> Assignment {
    let loads = assignment.loads(problem);
    let places = problem.mentors.max.iter().zip(&loads.mentors);
    let mut room: Vec<u64> = places
        .map(|(&max, &load)| u64::from(max).saturating_sub(load))
        .collect();
    let mut left = room.iter().filter(|&&room| room > 0).count();
    let is_left_over =
        |&mentee: &usize| loads.mentees[mentee] == 0 && problem.mentees.max[mentee] > 0;
    let (mut added, mut buffer) = (Vec::new(), RowBuffer::default());
    for mentee in control
        .until_cancelled(0..problem.mentees())
        .filter(is_left_over)
    {
        if left == 0 {
            break;
        }
        let row = problem.row(mentee, &mut buffer);
        let Some(mentor) = row.and_then(|row| idle(&row, &room)) else {
            continue;
        };
        room[mentor as usize] -= 1;
        left -= usize::from(room[mentor as usize] == 0);
        added.push((position(mentee), mentor));
    }
    if added.is_empty() {
        return assignment;
    }
    let pairs = assignment
        .pairs()
        .map(|(mentee, mentor)| (mentee.get(), mentor.get()));
    Assignment::from_pairs(problem.mentees(), pairs.chain(added))
}

/// The first mentor of a row who has room and no score.
fn idle(row: &Row<'_>, room: &[u64]) -> Option<u32> {
    let is_idle = |mentor: u32, score: i32| score == 0 && room[mentor as usize] > 0;
    match *row {
        Row::Dense { scores, absent } => {
            let mut allowed = (0..)
                .zip(scores)
                .filter(|&(_, &score)| Some(score) != absent);
            allowed.find(|&(mentor, &score)| is_idle(mentor, score))
        }
        Row::Sparse { mentors, scores } => {
            let mut pairs = mentors.iter().copied().zip(scores);
            pairs.find(|&(mentor, &score)| is_idle(mentor, score))
        }
    }
    .map(|(mentor, _)| mentor)
}
