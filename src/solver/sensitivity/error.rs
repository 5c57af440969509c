//! Why a question has no answer.

use thiserror::Error;

use super::super::certificate::Violation;
use crate::ids::{MenteeIdx, MentorIdx};

/// Why a question has no answer.
///
/// ```
/// use mentormatch::solver::{Level, Problem, Sensitivity, SensitivityError, SolveOptions, solve};
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// let problem = Problem::dense(1, 2, vec![9, -1], Some(-1))?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let sensitivity = Sensitivity::new(&problem, &solution)?;
/// let refused = sensitivity.forced(MenteeIdx::new(0), MentorIdx::new(1)).unwrap_err();
/// assert!(matches!(refused, SensitivityError::NotAllowed { .. }));
/// let refused = sensitivity.matched(MenteeIdx::new(7)).unwrap_err();
/// assert_eq!(refused.to_string(), "there is no mentee 7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SensitivityError {
    /// An objective of the solution is not proved optimal, since the search was stopped before.
    #[error("level {level} of the solution is not proved optimal")]
    NotOptimal {
        /// The first level that is not.
        level: usize,
    },
    /// The solution is a stable matching, which is not the best by any objective.
    #[error("a stable matching has no objectives that could change")]
    Stable,
    /// The solution is not one of this problem, or was changed since.
    #[error("the solution is not proved for this problem: {0}")]
    NotProved(#[from] Violation),
    /// There is no such mentee.
    #[error("there is no mentee {}", .0.get())]
    NoMentee(MenteeIdx),
    /// There is no such mentor.
    #[error("there is no mentor {}", .0.get())]
    NoMentor(MentorIdx),
    /// The pair is not allowed.
    #[error("mentee {} and mentor {} may not be paired", .mentee.get(), .mentor.get())]
    NotAllowed {
        /// The mentee.
        mentee: MenteeIdx,
        /// The mentor.
        mentor: MentorIdx,
    },
}
