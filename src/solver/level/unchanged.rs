//! As little change as possible.

use crate::hash;
use crate::solver::assignment::Assignment;
use crate::solver::error::ProblemError;
use crate::solver::groups::expect_length;
use crate::solver::problem::Problem;

/// What each change counts at least: more than what some of them differ by, up to a thousand changes.
const A_CHANGE: i32 = 1 << 30;

/// What changes differ by: of two ways to change as many pairs, hardly any come to the same.
const DIFFERENCES: u32 = 1 << 20;

/// Values by which an assignment is the best one, and others are the worse the more pairs they have that it does not
/// have, or do not have that it has, up to a thousand; beyond that changes count as much to a thousandth. Two that differ
/// from it by as many pairs are told apart by hash values.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, Unchanged, solve};
///
/// // Both mentees could as well change their mentors; but let them not.
/// let problem = Problem::dense(2, 2, vec![7; 4], None)?;
/// let total = SolveOptions::new([Level::TotalScore]);
/// let before = solve(&problem, &total)?.assignment;
/// let unchanged = Level::Unchanged(Unchanged::new(before.clone()));
/// let again = solve(&problem, &SolveOptions::new([Level::TotalScore, unchanged]))?;
/// assert_eq!(again.assignment, before);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchanged(Assignment);

impl Unchanged {
    /// Values by which this assignment is the best one.
    #[must_use]
    pub fn new(assignment: Assignment) -> Self {
        Self(assignment)
    }

    /// The value of a pair: above 2³⁰ − 1 if the assignment has it, else below 1 − 2³⁰.
    #[must_use]
    pub fn value(&self, mentee: usize, mentor: usize) -> i32 {
        let difference = hash::pair(mentee as u64, mentor as u64) % DIFFERENCES;
        let worth = A_CHANGE + difference.cast_signed(); // below 2^31
        let is_own = self.0.has_at(mentee, mentor);
        if is_own { worth } else { -worth }
    }

    /// Refuses an assignment of other people.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        let mentees = self.0.mentees();
        expect_length("mentees of an assignment", mentees, problem.mentees())?;
        let mentors = problem.mentors();
        let stranger = self.0.pairs().find(|(_, mentor)| mentor.index() >= mentors);
        match stranger {
            Some((mentee, mentor)) => Err(ProblemError::NoSuchMentor {
                mentee: mentee.index(),
                mentor: mentor.get(),
                mentors,
            }),
            None => Ok(()),
        }
    }
}
