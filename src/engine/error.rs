//! Why a run ends without an outcome.

use thiserror::Error;

use super::decisions::DecisionsError;
use crate::error::ProgrammeError;
use crate::ids::{ParticipantId, Role};
use crate::scoring::ScoringError;
use crate::solver::{ProblemError, SolveError};

/// Why a run ends without an outcome.
///
/// ```
/// use mentormatch::{Cohort, Engine, Hooks, CancelToken, Profile, Programme, RunError, RunOptions, Same, Field};
///
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let cohort = Cohort::new([Profile::new("ana").mentor(1)], [Profile::new("boris").mentee()])?;
/// let cancel = CancelToken::default();
/// cancel.cancel();
///
/// let options = RunOptions::default().cancel(cancel);
/// let error = Engine::new(programme).run_with(&cohort, &options).unwrap_err();
/// assert!(error.is_cancelled());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The programme does not fit the cohort's answers.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// What the programme manager decided cannot be obeyed.
    #[error(transparent)]
    Decisions(#[from] DecisionsError),
    /// A criterion of the host's own gave something that is no score.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
    /// The cohort is too large for exact sums.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// The programme wants a stable matching, and some participants state a minimum: there need not be
    /// a stable matching that meets it.
    #[error("a stable matching knows no minimums; people who state one: {}", .people.len())]
    MinimumsBesideStable {
        /// Who states one, and in which role: mentees, then mentors, in the order of ids.
        people: Vec<(Role, ParticipantId)>,
    },
    /// Cancelled, or too little memory.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

impl RunError {
    /// Whether the caller cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Solve(SolveError::Cancelled))
    }
}

/// Why a question about an outcome has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AskError {
    /// Nobody of that id is there in that role.
    #[error("no {role} {id:?} in this cohort")]
    Unknown {
        /// The role in which the person was looked for.
        role: Role,
        /// The id that was asked for.
        id: ParticipantId,
    },
    /// A criterion of the host's own gave something that is no score.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
}
