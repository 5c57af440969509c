//! Cohort × programme → scored, allowed pairs, as the solver wants them.

use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::participant::{Bounds, Cohort, Profile};
use crate::score::Score;
use crate::scoring::{Scorer, ScoringError, Scratch};
use crate::solver::{Problem, ProblemError};

/// Marks a pair that is not allowed. Scores are never negative.
const ABSENT: i32 = -1;

/// The score of every allowed pair: one row a mentee, one column a mentor.
pub(crate) struct Candidates {
    scores: Vec<i32>,
    mentors: usize,
    /// By mentee and [`Scorer::refusals`]: how many mentors it forbids her.
    removed: Vec<Vec<u32>>,
}

impl Candidates {
    /// Bytes a cohort's candidates take: the scores, and a count a mentee and rule.
    pub(crate) fn bytes(cohort: &Cohort, rules: usize) -> u64 {
        let (mentees, mentors) = (cohort.mentees().len() as u64, cohort.mentors().len() as u64);
        let counts = (size_of::<Vec<u32>>() + size_of::<u32>() * (rules + 3)) as u64;
        mentees.saturating_mul(
            mentors
                .saturating_mul(size_of::<i32>() as u64)
                .saturating_add(counts),
        )
    }

    /// Scores every pair, rows in parallel. `step` is called after each row and may end the work,
    /// which gives `None`.
    ///
    /// # Errors
    /// A criterion of the host's own gave something that is no score: the first such row's error.
    pub(crate) fn collect(
        scorer: &Scorer,
        cohort: &Cohort,
        step: impl Fn() -> bool + Sync + Send,
    ) -> Result<Option<Self>, ScoringError> {
        let mentors = cohort.mentors().len();
        let mut scores = vec![ABSENT; cohort.mentees().len() * mentors];
        let scratch = || (Scratch::default(), vec![None; mentors]);
        let rows = parallel::fill_rows(
            &mut scores,
            mentors,
            scratch,
            |(scratch, row), at, cells| {
                if step() {
                    score_row(scorer, scratch, row, at, cells).map(Some)
                } else {
                    Ok(None)
                }
            },
        );
        let mut removed = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(row) = row? else { return Ok(None) };
            removed.push(row);
        }
        removed.resize(cohort.mentees().len(), Vec::new()); // without mentors there are no rows
        Ok(Some(Self {
            scores,
            mentors,
            removed,
        }))
    }

    /// The assignment problem, with the cohort's capacities and demands.
    pub(crate) fn problem(&self, cohort: &Cohort) -> Result<Problem<'_>, ProblemError> {
        let (min_loads, capacities) = split(
            (cohort.mentors().iter()).map(|mentor| taking_part(&mentor.profile, mentor.capacity)),
        );
        let (min_demands, demands) = split(
            (cohort.mentees().iter()).map(|mentee| taking_part(&mentee.profile, mentee.demand)),
        );
        Problem::dense(
            cohort.mentees().len(),
            self.mentors,
            &self.scores,
            Some(ABSENT),
        )?
        .with_capacities(capacities)?
        .with_minimum_loads(min_loads)?
        .with_demands(demands)?
        .with_minimum_demands(min_demands)
    }

    /// The score of a pair, if it is allowed.
    pub(crate) fn score(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        let score = self.scores[mentee.index() * self.mentors + mentor.index()];
        u32::try_from(score).ok().map(Score::from_ppm_saturating)
    }

    /// A mentee's allowed mentors with their scores.
    pub(crate) fn mentors_of(
        &self,
        mentee: MenteeIdx,
    ) -> impl Iterator<Item = (MentorIdx, Score)> + '_ {
        MentorIdx::all(self.mentors)
            .filter_map(move |mentor| self.score(mentee, mentor).map(|score| (mentor, score)))
    }

    /// A mentor's allowed mentees with their scores.
    pub(crate) fn mentees_of(
        &self,
        mentor: MentorIdx,
    ) -> impl Iterator<Item = (MenteeIdx, Score)> + '_ {
        MenteeIdx::all(self.removed.len())
            .filter_map(move |mentee| self.score(mentee, mentor).map(|score| (mentee, score)))
    }

    /// By [`Scorer::refusals`]: how many mentors it forbids a mentee. A mentor may be forbidden
    /// by several.
    pub(crate) fn removed(&self, mentee: MenteeIdx) -> &[u32] {
        &self.removed[mentee]
    }

    /// The scores as a matrix of mentees × mentors, [`ABSENT`] where a pair is not allowed.
    #[cfg(feature = "ndarray")]
    pub(crate) fn view(&self) -> ndarray::ArrayView2<'_, i32> {
        let shape = (self.removed.len(), self.mentors);
        ndarray::ArrayView2::from_shape(shape, &self.scores)
            .unwrap_or_else(|_| ndarray::aview2::<i32, 0>(&[])) // the shape fits by construction
    }

    /// How many pairs are allowed.
    pub(crate) fn allowed(&self) -> u64 {
        self.scores.iter().filter(|&&score| score != ABSENT).count() as u64
    }
}

fn score_row(
    scorer: &Scorer,
    scratch: &mut Scratch,
    row: &mut [Option<Score>],
    at: usize,
    cells: &mut [i32],
) -> Result<Vec<u32>, ScoringError> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cohort has at most u32::MAX mentees"
    )]
    let mentee = MenteeIdx::new(at as u32);
    scorer.score_row(mentee, scratch, row)?;
    for (cell, score) in cells.iter_mut().zip(row) {
        *cell = score.map_or(ABSENT, |score| score.ppm().cast_signed());
    }
    Ok(scratch.removed().to_vec())
}

/// Nobody who sits a run out has places, or a minimum of them.
fn taking_part(profile: &Profile, bounds: Bounds) -> Bounds {
    if profile.status.is_active() {
        bounds
    } else {
        Bounds::from(0)
    }
}

fn split(bounds: impl Iterator<Item = Bounds>) -> (Vec<u32>, Vec<u32>) {
    bounds.map(|bounds| (bounds.min, bounds.max)).unzip()
}
