//! The façade: people and a programme in, a proven and explained matching out.
//!
//! The only part that knows every stage: score the pairs, solve, name the pairs, find the reasons.

mod alternative;

mod error;

mod gap;

mod options;

mod outcome;

#[cfg(feature = "serde")]
mod stored;

mod timings;

mod warnings;

pub use alternative::Alternative;
pub use error::{AskError, RunError};
pub use gap::{GapOf, OptimalityGap};
pub use options::{Clock, RunOptions, TieBreaking};
pub use outcome::{Outcome, Statistics};
pub use timings::Timings;
pub use warnings::RunWarning;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::candidates::Candidates;
use crate::participant::Cohort;
use crate::programme::{Objective, Programme};
use crate::scoring::Scorer;
use crate::solver::{
    self, CancelToken, Level, PairHash, Progress, SolveError, SolveOptions, Stage, TieBreak,
};
use outcome::Stages;
use timings::Stopwatch;

/// Matches cohorts by one programme.
///
/// Cheap to clone, and to be shared between threads. Calls block; an async host runs them on a
/// thread for blocking work. Parallel passes run in the caller's rayon pool.
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
///
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
/// assert_eq!(outcome.matching().pairs[0].mentor.as_str(), "ana");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    programme: Programme,
}

impl Engine {
    /// An engine for this programme.
    #[must_use]
    pub fn new(programme: Programme) -> Self {
        Self { programme }
    }

    /// The programme.
    #[must_use]
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Matches a cohort with the default options.
    ///
    /// # Errors
    /// See [`run_with`](Self::run_with).
    pub fn run(&self, cohort: &Cohort) -> Result<Outcome, RunError> {
        self.run_with(cohort, &RunOptions::default())
    }

    /// Matches a cohort.
    ///
    /// Shortages, minimums that cannot be met and people without a partner are part of the
    /// outcome, never an error.
    ///
    /// # Errors
    /// A programme that does not fit the cohort's answers; a criterion of the host's own that gives
    /// something that is no score; too little memory; cancellation. Nothing is changed then.
    ///
    /// # Complexity
    /// One score a pair and criterion, then see [`solver::solve`]. Four bytes a pair.
    pub fn run_with(&self, cohort: &Cohort, options: &RunOptions) -> Result<Outcome, RunError> {
        let mut watch = Stopwatch::new(options.clock.as_ref());
        let cohort = cohort.seeded(options.seed);
        let scored = self.check_memory(&cohort, options)?;
        let scorer = Scorer::new(&self.programme, &cohort)?;
        let candidates = collect(&scorer, &cohort, options)?;
        watch.lap(|timings| &mut timings.scoring);
        let problem = candidates.problem(&cohort)?;
        let solve_options = self.solve_options(&cohort, scored, options);
        let solution =
            solver::solve(&problem, &solve_options).map_err(|error| whole(error, scored))?;
        drop(problem);
        watch.lap(|timings| &mut timings.solving);
        let programme = self.programme.clone();
        let stages = Stages {
            programme,
            cohort,
            scorer,
            candidates,
            solution,
        };
        Ok(Outcome::new(stages, watch)?)
    }

    /// Bytes the scored pairs will take; refused if that is too much already.
    fn check_memory(&self, cohort: &Cohort, options: &RunOptions) -> Result<u64, RunError> {
        let needed = Candidates::bytes(cohort, self.programme.rules().len());
        match options.memory_limit {
            Some(budget) if needed > budget => Err(SolveError::TooLarge { needed, budget }.into()),
            _ => Ok(needed),
        }
    }

    fn solve_options(&self, cohort: &Cohort, scored: u64, options: &RunOptions) -> SolveOptions {
        let levels = self.programme.objectives().iter().map(level);
        let tie_break = match options.tie_breaking {
            TieBreaking::Fast => TieBreak::Fast,
            TieBreaking::Canonical => TieBreak::CanonicalBy(PairHash::new(
                cohort.mentee_keys().to_vec(),
                cohort.mentor_keys().to_vec(),
                0,
            )),
        };
        let mut solve_options = SolveOptions::new(levels)
            .method(options.method)
            .tie_break(tie_break)
            .candidate_lists(!options.all_pairs)
            .hooks(options.hooks.clone());
        let left = |limit: u64| limit.saturating_sub(scored);
        solve_options.memory_limit = options.memory_limit.map(left);
        solve_options
    }
}

/// The solver's refusal for size, in terms of the whole run.
fn whole(error: SolveError, scored: u64) -> SolveError {
    match error {
        SolveError::TooLarge { needed, budget } => SolveError::TooLarge {
            needed: needed.saturating_add(scored),
            budget: budget.saturating_add(scored),
        },
        error => error,
    }
}

fn level(objective: &Objective) -> Level {
    match objective {
        Objective::Participation => Level::Participation,
        Objective::TotalScore => Level::TotalScore,
    }
}

fn collect(scorer: &Scorer, cohort: &Cohort, options: &RunOptions) -> Result<Candidates, RunError> {
    let (done, total) = (AtomicU64::new(0), cohort.mentees().len() as u64);
    let step = || {
        if let Some(progress) = &options.hooks.progress {
            progress(Progress::new(
                Stage::Scoring,
                done.fetch_add(1, Ordering::Relaxed) + 1,
                total,
            ));
        }
        !options
            .hooks
            .cancel
            .as_ref()
            .is_some_and(CancelToken::is_cancelled)
    };
    let candidates = Candidates::collect(scorer, cohort, step)?;
    candidates.ok_or_else(|| SolveError::Cancelled.into())
}
