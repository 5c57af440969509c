//! Where a run's scores are kept, decided by the memory there is.
//!
//! A matrix is the faster way and is taken where it fits beside the solver. Where it does not, scores
//! are computed on demand; where not even that fits, the run is refused before anything large is
//! allocated. All of it by estimates from above. What a solver needs can turn out to be more than was
//! estimated: then it starts again without the matrix.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::RunError;
use super::levels::Ground;
use super::options::{RunOptions, TieBreaking};
use super::previous::Previous;
use super::worst::{self, Solved};
use crate::candidates::{Candidates, ScoredRows, problem_on_demand};
use crate::participant::Cohort;
use crate::programme::Programme;
use crate::scoring::Scorer;
use crate::solver::{
    self, Accelerator, Access, CancelToken, Hooks, Lot, ProblemError, ProgressHook, SolveError,
    SolveOptions, Stage, TieBreak,
};

/// No vector can be larger, which matters where addresses have 32 bits.
pub(super) const MOST_BYTES: u64 = isize::MAX.unsigned_abs() as u64;

/// What is to be run.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) programme: &'a Programme,
    /// The people as they were handed in, in the order of the seed.
    pub(super) given: &'a Cohort,
    /// The same, of whom all are paused who are left out.
    pub(super) cohort: &'a Cohort,
    pub(super) previous: &'a Previous,
    pub(super) options: &'a RunOptions,
}

impl Job<'_> {
    pub(super) fn is_cancelled(self) -> bool {
        let cancel = self.options.hooks.cancel.as_ref();
        cancel.is_some_and(CancelToken::is_cancelled)
    }
}

/// How a run keeps its scores, and what that leaves to the solver.
pub(super) struct Storage {
    pub(super) access: Access,
    /// Bytes the candidates take.
    scored: u64,
    options: SolveOptions,
}

impl Storage {
    /// A matrix if it fits, else rows on demand.
    ///
    /// # Errors
    /// Neither fits: what the one that needs less would need.
    pub(super) fn choose(job: Job<'_>, scorer: &Scorer) -> Result<Self, RunError> {
        match Self::new(job, scorer, Access::InMemory) {
            Err(RunError::Solve(kept @ SolveError::TooLarge { .. })) => {
                Self::new(job, scorer, Access::OnDemand).map_err(|error| lesser(kept, error))
            }
            storage => storage,
        }
    }

    /// Scores kept as `access` says.
    ///
    /// # Errors
    /// They do not fit, with what the solver needs at first.
    pub(super) fn new(job: Job<'_>, scorer: &Scorer, access: Access) -> Result<Self, RunError> {
        let mut options = solve_options(job, scorer)?;
        let unread = ScoredRows::new(scorer, &|| true);
        let problem = problem_on_demand(job.cohort, &unread)?;
        let solving = solver::check_memory(&problem, &options, access)?;
        let scored = Candidates::bytes(job.cohort, scorer, access);
        let needed = scored.saturating_add(solving);
        let limit = job.options.memory_limit;
        let budget = limit.unwrap_or(u64::MAX).min(MOST_BYTES);
        if needed > budget {
            return Err(SolveError::TooLarge { needed, budget }.into());
        }
        options.memory_limit = limit.map(|limit| limit - scored);
        Ok(Self {
            access,
            scored,
            options,
        })
    }

    /// Solves, and once more without the matrix if the solver finds that it does not fit after all.
    pub(super) fn solve(
        mut self,
        job: Job<'_>,
        candidates: &mut Candidates,
    ) -> Result<Solved, RunError> {
        self.options.hooks = forward_only(&job.options.hooks);
        let solved = self.ask(job, candidates);
        let (Err(RunError::Solve(SolveError::TooLarge { .. })), Access::InMemory) =
            (&solved, self.access)
        else {
            return solved;
        };
        let Ok(mut again) = Self::new(job, candidates.scorer(), Access::OnDemand) else {
            return solved;
        };
        again.options.hooks = self.options.hooks;
        candidates.forget_matrix();
        again.ask(job, candidates)
    }

    fn ask(&self, job: Job<'_>, candidates: &Candidates) -> Result<Solved, RunError> {
        let objectives = (job.cohort, job.programme.objectives());
        candidates.ask(job.cohort, &|| !job.is_cancelled(), |problem| {
            let solved = worst::solve(problem, objectives, &self.options, None);
            solved.map_err(|error| self.whole(error).into())
        })
    }

    /// The solver's refusal for size, in terms of the whole run.
    fn whole(&self, error: SolveError) -> SolveError {
        match error {
            SolveError::TooLarge { needed, budget } => SolveError::TooLarge {
                needed: needed.saturating_add(self.scored),
                budget: budget.saturating_add(self.scored),
            },
            error => error,
        }
    }
}

/// Of two refusals, the one that asks for less.
fn lesser(kept: SolveError, other: RunError) -> RunError {
    let needed = |error: &SolveError| match error {
        SolveError::TooLarge { needed, .. } => *needed,
        _ => 0,
    };
    match other {
        RunError::Solve(other) if needed(&kept) < needed(&other) => kept.into(),
        other => other,
    }
}

/// The same hooks with progress that does not go back when the solver starts again.
fn forward_only(hooks: &Hooks) -> Hooks {
    let mut forward = hooks.clone();
    forward.progress = hooks.progress.clone().map(|hear| {
        let heard = AtomicU64::new(0); // one more than what was told
        let tell: ProgressHook = Arc::new(move |progress| {
            let is_new = progress.stage != Stage::Solving
                || heard.fetch_max(progress.done + 1, Ordering::Relaxed) <= progress.done;
            if is_new {
                hear(progress);
            }
        });
        tell
    });
    forward
}

/// How a solver breaks the ties among these people.
pub(super) fn tie_break(tie_breaking: TieBreaking, cohort: &Cohort) -> TieBreak {
    match tie_breaking {
        TieBreaking::Fast => TieBreak::Fast,
        TieBreaking::Canonical => TieBreak::CanonicalBy(lot(cohort)),
    }
}

/// The lot that is drawn among these people, whose keys rest on the run's seed.
pub(super) fn lot(cohort: &Cohort) -> Lot {
    Lot::new(cohort.mentee_keys(), cohort.mentor_keys())
}

fn solve_options(job: Job<'_>, scorer: &Scorer) -> Result<SolveOptions, ProblemError> {
    let Job {
        programme,
        cohort,
        previous,
        options,
        ..
    } = job;
    let levels = Ground::new(cohort, scorer, &previous.pairs).levels(programme.objectives())?;
    let tie_break = tie_break(options.tie_breaking, cohort);
    let solving = SolveOptions::new(levels)
        .method(options.method)
        .tie_break(tie_break)
        .hooks(options.hooks.clone());
    Ok(match options.all_pairs {
        true => solving.without(Accelerator::CandidateLists),
        false => solving,
    })
}
