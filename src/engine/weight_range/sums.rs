//! Every pair before anything is rounded: what all criteria give it, and what one of them does.

use super::super::outcome::Stages;
use super::super::variant::goes_on;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::score::Score;
use crate::scoring::{ScoringError, Scratch, Unrounded};
use crate::solver::{CancelToken, SolveError};

use super::super::error::RunError;

/// By mentee: her pairs, whichever criterion moves.
pub(super) struct Sums {
    rows: Vec<Unrounded>,
}

/// By mentee and mentor: what the criterion in motion counts.
pub(super) struct Own {
    rows: Vec<Vec<Option<Score>>>,
}

/// A pair before anything is rounded.
pub(super) struct Parts<'a> {
    row: &'a Unrounded,
    mentor: usize,
    /// What the criterion in motion counts; `None` if it is left out.
    pub(super) own: Option<Score>,
}

impl Sums {
    /// Scores every pair.
    ///
    /// # Errors
    /// A criterion of the host's own that gives what is no score; cancellation.
    pub(super) fn new(stages: &Stages, cancel: Option<&CancelToken>) -> Result<Self, RunError> {
        let scorer = stages.candidates.scorer();
        let rows = by_mentee(stages, cancel, |scratch: &mut Scratch, mentee| {
            scorer.unrounded(mentee, scratch)
        })?;
        Ok(Self { rows })
    }

    /// A pair's parts.
    pub(super) fn of<'a>(&'a self, own: &Own, mentee: usize, mentor: usize) -> Parts<'a> {
        Parts {
            row: &self.rows[mentee],
            mentor,
            own: own.rows[mentee][mentor],
        }
    }
}

impl Own {
    /// Scores every pair by one criterion.
    ///
    /// # Errors
    /// As [`Sums::new`].
    pub(super) fn new(
        stages: &Stages,
        criterion: usize,
        cancel: Option<&CancelToken>,
    ) -> Result<Self, RunError> {
        let scorer = stages.candidates.scorer();
        let rows = by_mentee(stages, cancel, |(): &mut (), mentee| {
            scorer.counted_row(criterion, mentee)
        })?;
        Ok(Self { rows })
    }
}

impl Parts<'_> {
    /// What the score must reach; `None` where something else forbids the pair.
    pub(super) fn floor(&self) -> Option<Score> {
        self.row.floors[self.mentor]
    }

    /// What preferred rules take, in parts per million.
    pub(super) fn cost(&self) -> u32 {
        self.row.costs.get(self.mentor).copied().unwrap_or(0)
    }

    /// In a view: what the criteria give times their weights, and the weights of those that are left out.
    pub(super) fn view(&self, view: usize) -> (u64, u32) {
        let left_out = self.row.left_out[view].get(self.mentor);
        let left_out = left_out.copied().unwrap_or(0);
        (self.row.points[view][self.mentor], left_out)
    }
}

/// Rows of all mentees, in parallel.
fn by_mentee<S: Default, T: Send>(
    stages: &Stages,
    cancel: Option<&CancelToken>,
    row: impl Fn(&mut S, MenteeIdx) -> Result<T, ScoringError> + Sync + Send,
) -> Result<Vec<T>, RunError> {
    let (mentees, mentors) = (stages.cohort.mentees().len(), stages.cohort.mentors().len());
    let extent = Extent {
        rows: mentees,
        columns: mentors,
    };
    let rows = parallel::map(extent, S::default, |scratch, at| {
        if !goes_on(cancel) {
            return Err(SolveError::Cancelled.into());
        }
        let mentee = MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX));
        row(scratch, mentee).map_err(RunError::from)
    });
    rows.into_iter().collect()
}

/// The position of a mentor in a row.
pub(super) fn mentor_at(at: usize) -> MentorIdx {
    MentorIdx::new(u32::try_from(at).unwrap_or(u32::MAX))
}
