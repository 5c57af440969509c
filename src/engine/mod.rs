//! The façade: people and a programme in, a proven and explained matching out.
//!
//! The only part that knows every stage: score the pairs, solve, name the pairs, find the reasons.

mod alternates;

mod alternative;

mod asked;

#[cfg(feature = "serde")]
mod audit;

mod close_calls;

mod conflict;

mod decisions;

mod drafts;

mod envy;

mod error;

mod explain;

mod fairness;

mod glance;

mod influence;

mod frontier;

mod levels;

mod loads;

mod options;

mod outcome;

mod previous;

mod price;

mod price_again;

mod quota_loads;

mod recruiting;

mod relaxation;

mod stable;

#[cfg(feature = "serde")]
mod stored;

mod storage;

mod suggestions;

mod timings;

mod trade_off;

mod variant;

mod warnings;

mod weight_range;

mod what_if;

mod worst;

mod living;

pub use alternates::Alternate;
pub use alternative::Alternative;
#[cfg(feature = "serde")]
pub use audit::{AuditError, AuditRecord};
pub use close_calls::CloseCall;
pub use conflict::{BoundOf, ConflictingBounds, ConflictingSet, Shortfall, StatedBound};
pub use decisions::{AgainstLock, DecisionProblem, DecisionsError, OverrideRecord};
pub use drafts::{Draft, DraftOptions, DraftPair};
pub use envy::{BlockingPair, JustifiedEnvy};
pub use error::{AskError, RunError};
pub use frontier::{FrontierOptions, FrontierPoint, WorstScoreFrontier};
pub use influence::{Difference, Influence, InfluenceOf};
pub use living::{
    Event, Fate, LimitedPlan, Measure, MeasureEffect, Plan, PlanChanges, PlanError, PlanFigures,
    PlannedPair, PreviousPair, RematchError, StateProblem, StatesError,
};
pub use options::{Clock, RunOptions, TieBreaking};
pub use outcome::{Outcome, Statistics};
pub use price::ObjectivePrice;
pub use quota_loads::QuotaLoad;
pub use recruiting::{MentorTrait, TraitWorth};
pub use relaxation::{Relaxation, RelaxationOptions, Relaxations, Relaxed};
pub use suggestions::{Suggestion, SuggestionList, SuggestionOptions, Suggestions};
pub use timings::Timings;
pub use trade_off::{Against, BestFound, Settled, TradeOff, TradeOffError, TradeOffPoint};
pub use warnings::RunWarning;
pub(crate) use weight_range::Further;
pub use weight_range::{RangeEnd, WeightRange};
pub use what_if::{FirmPairs, MentorPlaces, NamedPair, WhatIfError};

use std::sync::atomic::{AtomicU64, Ordering};

use crate::candidates::Candidates;
use crate::participant::Cohort;
use crate::programme::{Programme, Stable};
use crate::report::gap;
use crate::scoring::Scorer;
use crate::solver::{Access, Progress, SolveError, Stage};
use asked::Asked;
use outcome::Stages;
use previous::Previous;
use storage::{Job, Storage};
use timings::Stopwatch;
use worst::Solved;

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
    /// A programme that does not fit the cohort's answers; decisions that cannot be obeyed; a programme that wants a stable matching where people state
    /// minimums; a criterion of the host's own that gives
    /// something that is no score; too little memory; cancellation. Nothing is changed then.
    ///
    /// # Complexity
    /// One score a pair and criterion, then see [`solve`](crate::solver::solve). Four bytes a pair, or
    /// next to none under a [`memory_limit`](RunOptions::memory_limit) that does not allow them: then
    /// every score is computed a few times.
    pub fn run_with(&self, cohort: &Cohort, options: &RunOptions) -> Result<Outcome, RunError> {
        let watch = Stopwatch::new(options.clock.as_ref());
        let given = cohort.seeded(options.seed);
        let (cohort, scorer) = decisions::prepare(&self.programme, &given, &options.decisions)?;
        let job = Job {
            programme: &self.programme,
            given: &given,
            cohort: &cohort,
            previous: &Previous::of(options, &cohort),
            options,
        };
        match self.programme.stable() {
            Some(stable) => run_stable(job, stable, scorer, watch),
            None => run(job, Storage::choose(job, &scorer)?, scorer, watch),
        }
    }
}

fn run(
    job: Job<'_>,
    storage: Storage,
    scorer: Scorer,
    mut watch: Stopwatch<'_>,
) -> Result<Outcome, RunError> {
    let mut candidates = collect(job, scorer, storage.access)?;
    watch.lap(|timings| &mut timings.scoring);
    let solved = storage.solve(job, &mut candidates)?;
    conclude(job, candidates, solved, watch)
}

fn run_stable(
    job: Job<'_>,
    stable: Stable,
    scorer: Scorer,
    mut watch: Stopwatch<'_>,
) -> Result<Outcome, RunError> {
    stable::check(job)?;
    let access = stable::choose(job, &scorer, stable)?;
    let candidates = collect(job, scorer, access)?;
    watch.lap(|timings| &mut timings.scoring);
    let solution = stable::solve(job, &candidates, stable)?;
    conclude(job, candidates, solution.into(), watch)
}

/// Names the pairs and finds the reasons.
fn conclude(
    job: Job<'_>,
    candidates: Candidates,
    solved: Solved,
    mut watch: Stopwatch<'_>,
) -> Result<Outcome, RunError> {
    candidates.count_all(&|| !job.is_cancelled())?;
    watch.lap(|timings| &mut timings.solving);
    let stages = Stages {
        asked: Asked::new(job.given, job.options),
        programme: job.programme.clone(),
        cohort: job.cohort.clone(),
        previous: job.previous.clone(),
        decisions: job.options.decisions.clone(),
        tie_breaking: job.options.tie_breaking,
        candidates,
        solution: solved.solution,
        floor: solved.floor,
    };
    let goes_on = || !job.is_cancelled();
    let outcome = Outcome::new(stages, watch, &goes_on)?;
    if goes_on() {
        Ok(outcome)
    } else {
        Err(SolveError::Cancelled.into())
    }
}

fn collect(job: Job<'_>, scorer: Scorer, access: Access) -> Result<Candidates, RunError> {
    let (done, total) = (AtomicU64::new(0), job.cohort.mentees().len() as u64);
    let step = match access {
        Access::InMemory => 1,
        Access::OnDemand => total, // nothing is scored before it is asked for
    };
    let goes_on = || {
        if let Some(progress) = &job.options.hooks.progress {
            let done = done.fetch_add(step, Ordering::Relaxed) + step;
            progress(Progress::new(Stage::Scoring, done, total));
        }
        !job.is_cancelled()
    };
    let candidates = Candidates::collect(scorer, job.cohort, access, &goes_on)?;
    candidates.ok_or_else(|| SolveError::Cancelled.into())
}

#[cfg(test)]
mod tests;
