//! How a programme is checked, and why a check ends without an answer.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::error::ProgrammeError;
use crate::scoring::ScoringError;
use crate::solver::{CancelToken, Progress, ProgressHook};

/// How a programme is checked against a cohort.
///
/// ```
/// use mentormatch::{CancelToken, CheckError, CheckOptions, Cohort, Field, Profile, Programme, Same};
///
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let cohort = Cohort::new([Profile::new("ana").mentor(1)], [Profile::new("boris").mentee()])?;
/// let cancel = CancelToken::default();
/// cancel.cancel(); // usually from another thread
///
/// let options = CheckOptions::default().cancel(cancel);
/// assert_eq!(programme.check_with(&cohort, &options).unwrap_err(), CheckError::Cancelled);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Of a cohort with more pairs than this, only some mentees are looked at, each with all
    /// mentors: as many as fit, and at least one. Default 25 million.
    pub most_pairs: u64,
    /// Criteria are asked of this many of these pairs only: of the first mentees' with all mentors, of
    /// as many as fit, and at least of one. Rules are judged for all. Default 4 million.
    pub most_answers: u64,
    /// Ends the check with nothing, before the next mentee.
    pub cancel: Option<CancelToken>,
    /// Hears of progress, in mentees, from the threads that work.
    pub progress: Option<ProgressHook>,
}

impl CheckOptions {
    /// The same with another limit on the pairs that are looked at.
    #[must_use]
    pub fn most_pairs(mut self, pairs: u64) -> Self {
        self.most_pairs = pairs;
        self
    }

    /// The same with another limit on the pairs that criteria are asked of.
    #[must_use]
    pub fn most_answers(mut self, pairs: u64) -> Self {
        self.most_answers = pairs;
        self
    }

    /// The same with a token that ends the check with nothing.
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// The same with somebody to hear of progress.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        let progress: ProgressHook = Arc::new(progress);
        self.progress = Some(progress);
        self
    }
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            most_pairs: 25_000_000,
            most_answers: 4_000_000,
            cancel: None,
            progress: None,
        }
    }
}

impl fmt::Debug for CheckOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckOptions")
            .field("most_pairs", &self.most_pairs)
            .field("most_answers", &self.most_answers)
            .field("cancel", &self.cancel)
            .field("progress", &self.progress.is_some())
            .finish()
    }
}

/// Why a check ends without an answer.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The programme does not fit the cohort's answers.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// A criterion of the host's own gave something that is no score.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
}
