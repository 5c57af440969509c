//! Cohort × programme → scored, allowed pairs, as the solver wants them: kept in a matrix, or computed
//! again whenever they are asked for.
//!
//! Either way each row is [counted](tallies) when it is first computed: what forbids how many pairs. For
//! a matrix that is at the start; on demand it is while the solver reads, and what it never asked for
//! is computed at the end.

mod rows;

mod shared_rows;

mod sides;

mod tallies;

mod without;

use std::collections::BTreeSet;

use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::participant::{Bounds, Cohort, Profile};
use crate::score::Score;
use crate::scoring::{Family, PairIdx, Quotas, Scorer, ScoringError};
use crate::solver::{Access, Groups, Problem, ProblemError, RowSource, SolveError};
use rows::{ABSENT, to_score};
pub(crate) use rows::{GoesOn, Row, ScoredRows};
pub(crate) use shared_rows::{Rescored, SharedRows, score_all};
pub(crate) use sides::SidesAsked;
use tallies::Tallies;
use without::Without;

/// Stretches into which rows are divided that are to be looked at: enough for the threads of any
/// machine, and few where each makes something large.
const STRETCHES: usize = 64;

/// A stretch has at least so many cells, so that it is worth a thread's while.
const CELLS_TOGETHER: usize = 1 << 17;

/// The score of every allowed pair: one row a mentee, one column a mentor.
pub(crate) struct Candidates {
    scorer: Scorer,
    /// Row by row, [`ABSENT`] where a pair is not allowed; `None` where rows are computed on demand.
    matrix: Option<Vec<i32>>,
    mentees: usize,
    mentors: usize,
    tallies: Tallies,
}

impl Candidates {
    /// Bytes a cohort's candidates take: a count a mentee and refusal, the scores that are kept, and what
    /// the scorer keeps.
    pub(crate) fn bytes(cohort: &Cohort, scorer: &Scorer, access: Access) -> u64 {
        let (mentees, mentors) = (cohort.mentees().len() as u64, cohort.mentors().len() as u64);
        let kept = match access {
            Access::InMemory => mentees,
            Access::OnDemand => mentees.min(STRETCHES as u64),
        };
        let counts = mentees.saturating_mul(scorer.refusals().len() as u64);
        (kept
            .saturating_mul(mentors)
            .saturating_mul(size_of::<i32>() as u64))
        .saturating_add(counts.saturating_mul(size_of::<u32>() as u64))
        .saturating_add(scorer.bytes())
    }

    /// Scores every pair, rows in parallel, unless that is done on demand; `None` if nobody waits any
    /// more. `goes_on` is asked once before each row.
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
        let mut candidates = Self {
            tallies: Tallies::new(mentees, scorer.refusals().len()),
            scorer,
            matrix: None,
            mentees,
            mentors,
        };
        if access == Access::OnDemand {
            return Ok(goes_on().then_some(candidates));
        }
        let mut matrix = vec![ABSENT; mentees * mentors];
        let rows = candidates.rows(goes_on);
        let fill = |(): &mut (), at: usize, cells: &mut [i32]| {
            let mentee = MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX));
            rows.score(mentee, cells)
        };
        let scored = parallel::fill_rows(&mut matrix, mentors, || (), fill);
        let mut is_whole = true;
        for row in scored {
            is_whole &= row?.is_some();
        }
        candidates.matrix = Some(matrix);
        Ok(is_whole.then_some(candidates))
    }

    /// Computes the rows that nobody has asked for, so that all are counted; of no use if `goes_on`
    /// turns false.
    ///
    /// # Errors
    /// As [`collect`](Self::collect).
    pub(crate) fn count_all(&self, goes_on: GoesOn<'_>) -> Result<(), ScoringError> {
        let is_unread = |&mentee: &MenteeIdx| !self.tallies.is_noted(mentee);
        let unread: Vec<_> = MenteeIdx::all(self.mentees).filter(is_unread).collect();
        self.by_stretches(&unread, goes_on, || (), |(), _, _| ())
            .map(|_| ())
    }

    fn rows<'a>(&'a self, goes_on: GoesOn<'a>) -> ScoredRows<'a> {
        ScoredRows::new(&self.scorer, goes_on).counted(&self.tallies)
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
        let bounds = (cohort, self.scorer.quotas());
        self.ask_about(bounds, &BTreeSet::new(), goes_on, question)
    }

    /// Asks something of the same pairs but some, with the capacities and demands of these people, who stand in the
    /// same order, and with these quotas.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub(crate) fn ask_about<T, E>(
        &self,
        (cohort, quotas): (&Cohort, &Quotas),
        without: &BTreeSet<PairIdx>,
        goes_on: GoesOn<'_>,
        question: impl FnOnce(&Problem<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<ProblemError> + From<ScoringError> + From<SolveError>,
    {
        let rows = self.rows(goes_on);
        let fewer = Without::new(self.matrix.as_deref(), &rows, without);
        let problem = match &self.matrix {
            _ if !without.is_empty() => on_demand(cohort, &fewer)?,
            Some(matrix) => Problem::dense(self.mentees, self.mentors, matrix, Some(ABSENT))?,
            None => on_demand(cohort, &rows)?,
        };
        let problem = bounded(problem, cohort, quotas)?;
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

    /// What is made of the rows of these mentees, a stretch of them at a time, in their order: each
    /// stretch starts from nothing and visits its rows as long as `goes_on`. All questions about columns
    /// are best answered in one such pass: a row may have to be computed.
    ///
    /// # Errors
    /// As [`score`](Self::score): the first such row's.
    pub(crate) fn by_stretches<T: Send>(
        &self,
        mentees: &[MenteeIdx],
        goes_on: GoesOn<'_>,
        nothing: impl Fn() -> T + Sync + Send,
        visit: impl Fn(&mut T, MenteeIdx, Row<'_>) + Sync + Send,
    ) -> Result<Vec<T>, ScoringError> {
        let width = self.mentors;
        let length = mentees.len().div_ceil(STRETCHES).max(rows_together(width));
        let stretches: Vec<_> = mentees.chunks(length).collect();
        let rows = self.rows(goes_on);
        let look = |at: usize| {
            let (mut made, mut cells) = (nothing(), vec![ABSENT; width]);
            for &mentee in stretches[at].iter().take_while(|_| goes_on()) {
                if let Some(matrix) = &self.matrix {
                    let cells = &matrix[mentee.index() * width..][..width];
                    visit(&mut made, mentee, Row(cells));
                } else if rows.score(mentee, &mut cells)?.is_some() {
                    visit(&mut made, mentee, Row(&cells));
                }
            }
            Ok(made)
        };
        parallel::each(stretches.len(), look).into_iter().collect()
    }

    /// By [`Scorer::refusals`]: how many mentors it forbids a mentee. A mentor may be forbidden
    /// by several.
    pub(crate) fn removed(&self, mentee: MenteeIdx) -> impl Iterator<Item = u32> + '_ {
        self.tallies.removed(mentee)
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
        self.tallies.allowed()
    }
}

/// The assignment problem of a cohort whose scores are computed on demand.
pub(crate) fn problem_on_demand<'a>(
    cohort: &Cohort,
    rows: &'a ScoredRows<'a>,
) -> Result<Problem<'a>, ProblemError> {
    bounded(on_demand(cohort, rows)?, cohort, rows.scorer().quotas())
}

fn on_demand<'a>(cohort: &Cohort, rows: &'a dyn RowSource) -> Result<Problem<'a>, ProblemError> {
    let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
    let range = 0..=Score::ONE.ppm().cast_signed();
    Problem::on_demand(mentees, mentors, rows, range, Some(ABSENT))
}

/// The same problem with the cohort's capacities and demands, and with quotas.
pub(crate) fn bounded<'a>(
    problem: Problem<'a>,
    cohort: &Cohort,
    quotas: &Quotas,
) -> Result<Problem<'a>, ProblemError> {
    let (min_loads, capacities) = split(
        (cohort.mentors().iter()).map(|mentor| taking_part(&mentor.profile, mentor.capacity)),
    );
    let (min_demands, demands) =
        split((cohort.mentees().iter()).map(|mentee| taking_part(&mentee.profile, mentee.demand)));
    let mut problem = problem
        .with_capacities(capacities)?
        .with_minimum_loads(min_loads)?
        .with_demands(demands)?
        .with_minimum_demands(min_demands)?;
    if !quotas.mentees.quotas.is_empty() {
        problem = problem.with_mentee_groups(groups(&quotas.mentees)?)?;
    }
    if !quotas.mentors.quotas.is_empty() {
        problem = problem.with_mentor_groups(groups(&quotas.mentors)?)?;
    }
    if !quotas.kinds.is_empty() {
        problem = problem.with_mentor_kinds(&quotas.kinds)?;
    }
    Ok(problem)
}

fn groups(family: &Family) -> Result<Groups, ProblemError> {
    let quotas = family.quotas.iter();
    let most = quotas.clone().map(|own| own.at_most.unwrap_or(u32::MAX));
    let least = quotas.map(|own| own.at_least);
    Groups::new(
        family.group_of.clone(),
        family.parents.clone(),
        most.collect(),
    )?
    .with_minima(least.collect())
}

/// Whether anybody who takes part, or any group, has a minimum.
pub(crate) fn has_minimums(cohort: &Cohort, quotas: &Quotas) -> bool {
    minimums(cohort, quotas) > 0
}

/// What all minimums of those who take part, and of groups, add up to.
pub(crate) fn minimums(cohort: &Cohort, quotas: &Quotas) -> u64 {
    let mentees = cohort.mentees().iter();
    let mentees = mentees.map(|own| taking_part(&own.profile, own.demand).min);
    let mentors = cohort.mentors().iter();
    let mentors = mentors.map(|own| taking_part(&own.profile, own.capacity).min);
    let groups = quotas.mentees.quotas.iter().chain(&quotas.mentors.quotas);
    let groups = groups.map(|own| own.at_least);
    mentees.chain(mentors).chain(groups).map(u64::from).sum()
}

/// Nobody who sits a run out has places, or a minimum of them.
pub(crate) fn taking_part(profile: &Profile, bounds: Bounds) -> Bounds {
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
