//! Few of a problem's pairs, with all its bounds.

use std::borrow::Cow;

use super::{Problem, ProblemError, Scores, check_rows};
use crate::solver::groups::expect_length;

impl Problem<'_> {
    /// The same people and bounds with other pairs: compressed rows, as [`sparse`](Self::sparse) takes them.
    pub(in crate::solver) fn part<'p>(
        &self,
        (starts, mentors): (Cow<'p, [u64]>, Cow<'p, [u32]>),
        scores: Vec<i32>,
    ) -> Result<Problem<'p>, ProblemError> {
        expect_length("scores", scores.len(), mentors.len())?;
        expect_length("rows", starts.len(), self.mentees() + 1)?;
        check_rows(self.mentors(), &starts, &mentors)?;
        Ok(Problem {
            scores: Scores::Sparse {
                starts,
                mentors,
                scores: scores.into(),
            },
            mentees: self.mentees.clone(),
            mentors: self.mentors.clone(),
        })
    }
}
