//! Cohort × programme → scored, allowed pairs, as the solver wants them.

use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::participant::{Bounds, Cohort};
use crate::score::Score;
use crate::scoring::{Scorer, Scratch};
use crate::solver::{CancelToken, Problem, ProblemError};

/// Marks a pair that is not allowed. Scores are never negative.
const ABSENT: i32 = -1;

/// The score of every allowed pair: one row a mentee, one column a mentor.
pub(crate) struct Candidates {
    scores: Vec<i32>,
    mentors: usize,
    /// By mentee and rule: the mentors this rule forbids her.
    removed: Vec<Vec<u32>>,
}

impl Candidates {
    /// Bytes a cohort's candidates take.
    pub(crate) fn bytes(cohort: &Cohort) -> u64 {
        let pairs = (cohort.mentees().len() as u64).saturating_mul(cohort.mentors().len() as u64);
        pairs.saturating_mul(size_of::<i32>() as u64)
    }

    /// Scores every pair; `None` when cancelled.
    ///
    /// # Errors
    /// A host's criterion gave something that is no score: the first such pair, by row.
    pub(crate) fn collect(
        scorer: &Scorer,
        cohort: &Cohort,
        cancel: Option<&CancelToken>,
    ) -> Result<Option<Self>, ProgrammeError> {
        let mentors = cohort.mentors().len();
        let mut scores = vec![ABSENT; cohort.mentees().len() * mentors];
        let rows = parallel::fill_rows(&mut scores, mentors, Scratch::default, |scratch, row, cells| {
            if cancel.is_some_and(CancelToken::is_cancelled) {
                return Ok(None);
            }
            score_row(scorer, scratch, row, cells).map(Some)
        });
        let removed: Option<Vec<_>> = rows.into_iter().collect::<Result<_, _>>()?;
        Ok(removed.map(|removed| Self { scores, mentors, removed }))
    }

    /// The assignment problem, with the cohort's capacities and demands.
    pub(crate) fn problem(&self, cohort: &Cohort) -> Result<Problem<'_>, ProblemError> {
        let side = |bounds: &mut dyn Iterator<Item = Bounds>| -> (Vec<u32>, Vec<u32>) {
            bounds.map(|bounds| (bounds.min, bounds.max)).unzip()
        };
        let (min_load, capacity) = side(&mut cohort.mentors().iter().map(|m| m.capacity));
        let (min_demand, demand) = side(&mut cohort.mentees().iter().map(|m| m.demand));
        Problem::dense(cohort.mentees().len(), self.mentors, &self.scores, Some(ABSENT))?
            .with_capacities(capacity)?
            .with_minimum_loads(min_load)?
            .with_demands(demand)?
            .with_minimum_demands(min_demand)
    }

    /// The score of a pair, if it is allowed.
    pub(crate) fn score(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        let score = self.scores[mentee.index() * self.mentors + mentor.index()];
        u32::try_from(score).ok().map(Score::from_ppm_saturating)
    }

    /// A mentee's allowed mentors with their scores.
    pub(crate) fn allowed(&self, mentee: MenteeIdx) -> impl Iterator<Item = (MentorIdx, Score)> + '_ {
        MentorIdx::all(self.mentors)
            .filter_map(move |mentor| self.score(mentee, mentor).map(|score| (mentor, score)))
    }

    /// How many mentors each rule forbids a mentee; a mentor may be forbidden by several.
    pub(crate) fn removed(&self, mentee: MenteeIdx) -> &[u32] {
        &self.removed[mentee]
    }

    /// How many pairs there are, and how many of them are allowed.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let allowed = self.scores.iter().filter(|&&score| score != ABSENT).count();
        (self.scores.len() as u64, allowed as u64)
    }
}
