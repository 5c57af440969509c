//! Cohort × programme → scored, allowed pairs, as the solver wants them: kept in a matrix, or computed
//! again whenever they are asked for.
//!
//! Either way every row is computed once at the start. That finds what a criterion of the host's own
//! gives that is no score, and counts what forbids how many pairs.

mod rows;

mod sides;

use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::participant::{Bounds, Cohort, Profile};
use crate::score::Score;
use crate::scoring::{Scorer, ScoringError};
use crate::solver::{Access, Problem, ProblemError, SolveError};
use rows::{ABSENT, Tally, to_score};
pub(crate) use rows::{GoesOn, Row, ScoredRows};
pub(crate) use sides::SidesAsked;

/// Rows that are computed to be shown one after the other are computed together in blocks of about
/// this many cells: enough for several threads, and half a megabyte.
const CELLS_TOGETHER: usize = 1 << 17;

/// The score of every allowed pair: one row a mentee, one column a mentor.
pub(crate) struct Candidates {
    scorer: Scorer,
    /// Row by row, [`ABSENT`] where a pair is not allowed; `None` where rows are computed on demand.
    matrix: Option<Vec<i32>>,
    mentees: usize,
    mentors: usize,
    /// By mentee and [`Scorer::refusals`]: how many mentors it forbids her.
    removed: Vec<u32>,
    allowed: u64,
}

impl Candidates {
    /// Bytes a cohort's candidates take: a count a mentee and refusal, the scores that are kept, and what
    /// the scorer keeps.
    pub(crate) fn bytes(cohort: &Cohort, scorer: &Scorer, access: Access) -> u64 {
        let (mentees, mentors) = (cohort.mentees().len() as u64, cohort.mentors().len() as u64);
        let kept = match access {
            Access::InMemory => mentees,
            Access::OnDemand => mentees.min(rows_together(cohort.mentors().len()) as u64),
        };
        let counts = mentees.saturating_mul(scorer.refusals().len() as u64);
        (kept
            .saturating_mul(mentors)
            .saturating_mul(size_of::<i32>() as u64))
        .saturating_add(counts.saturating_mul(size_of::<u32>() as u64))
        .saturating_add(scorer.bytes())
    }

    /// Scores every pair, rows in parallel; `None` if nobody waits any more. `goes_on` is asked once
    /// before each row.
    ///
    /// # Errors
    /// A criterion of the host's own gave something that is no score: the first such row's error.
    pub(crate) fn collect(
        scorer: Scorer,
        cohort: &Cohort,
        access: Access,
        goes_on: GoesOn<'_>,
    ) -> Result<Option<Self>, ScoringError> {
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let rows = ScoredRows::new(&scorer, goes_on);
        let tally = |at, cells: &mut [i32]| {
            let mentee = MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX));
            rows.tally(mentee, cells)
        };
        let (matrix, tallies) = match access {
            Access::InMemory => {
                let mut matrix = vec![ABSENT; mentees * mentors];
                let fill = |(): &mut (), at, cells: &mut [i32]| tally(at, cells);
                let tallies = parallel::fill_rows(&mut matrix, mentors, || (), fill);
                (Some(matrix), tallies)
            }
            Access::OnDemand => {
                let (rows, columns) = (mentees, mentors);
                let cells = || vec![ABSENT; mentors];
                let fill = |cells: &mut Vec<i32>, at| tally(at, cells);
                (None, parallel::map(Extent { rows, columns }, cells, fill))
            }
        };
        let counted = Counted::of(tallies)?;
        Ok(counted.map(
            |Counted {
                 mut removed,
                 allowed,
             }| {
                removed.resize(mentees * scorer.refusals().len(), 0); // a matrix without mentors has no rows
                Self {
                    scorer,
                    matrix,
                    mentees,
                    mentors,
                    removed,
                    allowed,
                }
            },
        ))
    }

    /// What scores the pairs.
    pub(crate) fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Where the scores are to be had.
    pub(crate) fn access(&self) -> Access {
        match self.matrix {
            Some(_) => Access::InMemory,
            None => Access::OnDemand,
        }
    }

    /// Gives the matrix up: scores are computed on demand from now on.
    pub(crate) fn forget_matrix(&mut self) {
        self.matrix = None;
    }

    /// Asks something of the assignment problem, with the cohort's capacities and demands.
    ///
    /// # Errors
    /// Cancellation if `goes_on` turns false; then what a criterion of the host's own gave that is no
    /// score. Both come before the answer: the problem was not what it is.
    pub(crate) fn ask<T, E>(
        &self,
        cohort: &Cohort,
        goes_on: GoesOn<'_>,
        question: impl FnOnce(&Problem<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<ProblemError> + From<ScoringError> + From<SolveError>,
    {
        let rows = ScoredRows::new(&self.scorer, goes_on);
        let problem = match &self.matrix {
            Some(matrix) => Problem::dense(self.mentees, self.mentors, matrix, Some(ABSENT))
                .and_then(|problem| bounded(problem, cohort))?,
            None => problem_on_demand(cohort, &rows)?,
        };
        let answer = question(&problem);
        if !goes_on() {
            return Err(SolveError::Cancelled.into());
        }
        rows.check()?;
        answer
    }

    /// The score of a pair, if it is allowed.
    ///
    /// # Errors
    /// A criterion of the host's own that gives something that is no score when asked again.
    pub(crate) fn score(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<Score>, ScoringError> {
        match &self.matrix {
            Some(matrix) => Ok(to_score(
                matrix[mentee.index() * self.mentors + mentor.index()],
            )),
            None => self.scorer.score_pair(mentee, mentor),
        }
    }

    /// Shows the rows of these mentees, one after the other, as long as `goes_on`. All questions about
    /// columns are best answered in one such pass: a row may have to be computed.
    ///
    /// # Errors
    /// As [`score`](Self::score).
    pub(crate) fn for_each_row(
        &self,
        mentees: &[MenteeIdx],
        goes_on: GoesOn<'_>,
        mut visit: impl FnMut(MenteeIdx, Row<'_>),
    ) -> Result<(), ScoringError> {
        let width = self.mentors;
        if let Some(matrix) = &self.matrix {
            for &mentee in mentees.iter().take_while(|_| goes_on()) {
                visit(mentee, Row(&matrix[mentee.index() * width..][..width]));
            }
            return Ok(());
        }
        let rows = ScoredRows::new(&self.scorer, goes_on);
        let together = rows_together(width).min(mentees.len());
        let mut cells = vec![ABSENT; together * width];
        for block in mentees.chunks(together.max(1)) {
            let cells = &mut cells[..block.len() * width];
            let fill = |(): &mut (), at: usize, cells: &mut [i32]| rows.score(block[at], cells);
            let scored = parallel::fill_rows(cells, width, || (), fill);
            scored.into_iter().collect::<Result<(), _>>()?;
            if !goes_on() {
                return Ok(());
            }
            for (at, &mentee) in block.iter().enumerate() {
                visit(mentee, Row(&cells[at * width..][..width]));
            }
        }
        Ok(())
    }

    /// By [`Scorer::refusals`]: how many mentors it forbids a mentee. A mentor may be forbidden
    /// by several.
    pub(crate) fn removed(&self, mentee: MenteeIdx) -> &[u32] {
        let refusals = self.scorer.refusals().len();
        &self.removed[mentee.index() * refusals..][..refusals]
    }

    /// The scores as a matrix of mentees × mentors, [`ABSENT`] where a pair is not allowed, if they
    /// are kept.
    #[cfg(feature = "ndarray")]
    pub(crate) fn view(&self) -> Option<ndarray::ArrayView2<'_, i32>> {
        let shape = (self.mentees, self.mentors);
        ndarray::ArrayView2::from_shape(shape, self.matrix.as_ref()?).ok() // it fits by construction
    }

    /// How many pairs are allowed.
    pub(crate) fn allowed(&self) -> u64 {
        self.allowed
    }
}

/// The assignment problem of a cohort whose scores are computed on demand.
pub(crate) fn problem_on_demand<'a>(
    cohort: &Cohort,
    rows: &'a ScoredRows<'a>,
) -> Result<Problem<'a>, ProblemError> {
    let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
    let range = 0..=Score::ONE.ppm().cast_signed();
    let problem = Problem::on_demand(mentees, mentors, rows, range, Some(ABSENT))?;
    bounded(problem, cohort)
}

/// The same problem with the cohort's capacities and demands.
fn bounded<'a>(problem: Problem<'a>, cohort: &Cohort) -> Result<Problem<'a>, ProblemError> {
    let (min_loads, capacities) = split(
        (cohort.mentors().iter()).map(|mentor| taking_part(&mentor.profile, mentor.capacity)),
    );
    let (min_demands, demands) =
        split((cohort.mentees().iter()).map(|mentee| taking_part(&mentee.profile, mentee.demand)));
    problem
        .with_capacities(capacities)?
        .with_minimum_loads(min_loads)?
        .with_demands(demands)?
        .with_minimum_demands(min_demands)
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

fn rows_together(mentors: usize) -> usize {
    (CELLS_TOGETHER / mentors.max(1)).max(1)
}

/// What all rows say beside their scores.
#[derive(Default)]
struct Counted {
    removed: Vec<u32>,
    allowed: u64,
}

impl Counted {
    /// The rows' tallies put together; `None` if one is missing.
    fn of(tallies: Vec<Result<Option<Tally>, ScoringError>>) -> Result<Option<Self>, ScoringError> {
        let mut counted = Self::default();
        for tally in tallies {
            let Some(tally) = tally? else { return Ok(None) };
            counted.removed.extend(tally.removed);
            counted.allowed += tally.allowed;
        }
        Ok(Some(counted))
    }
}
