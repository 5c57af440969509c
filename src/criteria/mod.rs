//! WHAT MAKES A GOOD PAIR: one criterion a file, each prepared against a cohort once and then
//! scoring a row (one mentee, all mentors) at a time.

use std::fmt::Debug;

use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::score::{Score, ScoreError};

/// One aspect of compatibility.
pub trait Criterion: Debug + Send + Sync {
    /// The name reports and files use.
    fn name(&self) -> &str;

    /// Raised whenever the same answers give another score.
    fn version(&self) -> u32 {
        1
    }

    /// Turns a cohort's answers into arrays that rows are scored from.
    ///
    /// # Errors
    /// When the criterion cannot be used on this cohort.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError>;
}

/// What a criterion or a rule is prepared against.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The people.
    pub cohort: &'a Cohort,
}

/// A criterion prepared against a cohort.
pub trait ScoreRow: Send + Sync {
    /// Scores one mentee against every mentor; `None` where an answer is missing.
    ///
    /// # Errors
    /// A host's own criterion may give something that is no score.
    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore>;
}

/// A criterion gave something that is no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadScore {
    /// The mentor of the pair.
    pub mentor: MentorIdx,
    /// What is wrong with the value.
    pub problem: ScoreError,
}
