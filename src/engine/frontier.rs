//! What a higher lowest score costs of the total: every way that is worth a look.

use super::error::RunError;
use super::outcome::{Outcome, Stages};
use super::storage::tie_break;
use super::what_if::WhatIfError;
use crate::matching::Matching;
use crate::programme::Objective;
use crate::score::Score;
use crate::solver::{
    self, CancelToken, Frontier, Hooks, Level, Problem, ProgressHook, SolveOptions, Violation,
};

/// How a frontier or a trade-off is looked for.
///
/// ```
/// use mentormatch::{FrontierOptions, Score};
///
/// let options = FrontierOptions::default().step(Score::from_unit(0.05)?);
/// assert_eq!(options.step.map(Score::ppm), Some(50_000));
/// # Ok::<(), mentormatch::ScoreError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FrontierOptions {
    /// Only lowest scores that reach a multiple of this are asked for, such as 5, 10, 15 %, …; every one if not
    /// stated.
    pub step: Option<Score>,
    /// The most solves of a [trade-off](super::TradeOff), or of [`TradeOff::settle`](super::TradeOff::settle), which then
    /// says what may be missing; any number if not stated. The same solves on every machine.
    pub solves: Option<usize>,
    /// Watches and cancels the call.
    pub(super) hooks: Hooks,
}

impl FrontierOptions {
    /// The same in steps.
    #[must_use]
    pub fn step(self, step: Score) -> Self {
        let step = Some(step);
        Self { step, ..self }
    }

    /// The same with a limit on solves.
    ///
    /// ```
    /// # use mentormatch::FrontierOptions;
    /// assert_eq!(FrontierOptions::default().solves(20).solves, Some(20));
    /// ```
    #[must_use]
    pub fn solves(self, solves: usize) -> Self {
        let solves = Some(solves);
        Self { solves, ..self }
    }

    /// The same with a token that cancels the call.
    ///
    /// ```
    /// # use mentormatch::{CancelToken, FrontierOptions};
    /// let token = CancelToken::default();
    /// let options = FrontierOptions::default().cancel(token.clone());
    /// token.cancel(); // from another thread
    /// ```
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.hooks.cancel = Some(token);
        self
    }

    /// The same with somebody who hears of progress.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use mentormatch::FrontierOptions;
    /// let options = FrontierOptions::default().progress(Arc::new(|progress| {
    ///     eprintln!("{} of {}", progress.done, progress.total);
    /// }));
    /// ```
    #[must_use]
    pub fn progress(mut self, hook: ProgressHook) -> Self {
        self.hooks.progress = Some(hook);
        self
    }
}

/// Every pair of a lowest score and a total that no matching beats in both, with its proof.
///
/// What is held: locks, minimums and quotas, and the [objectives](Self::held) that stand before the total score
/// in the run, each at its optimum; participation is held too, if none of them settles it. The lowest score
/// itself is not.
///
/// ```
/// use mentormatch::{
///     Cohort, CustomCriterion, Engine, FrontierOptions, Profile, Programme, Score,
/// };
///
/// // Ana suits boris very well and chen not at all; dora suits both somewhat.
/// let fit = CustomCriterion::pairwise("fit", 1, |mentee, mentor| {
///     let pair = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
///     Some(match pair {
///         ("boris", "ana") => 1.0,
///         ("chen", "dora") => 0.2,
///         ("boris", "dora") => 0.5,
///         _ => 0.4,
///     })
/// });
/// let mentors = ["ana", "dora"].map(|id| Profile::new(id).mentor(1));
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).mentee());
/// let programme = Programme::builder().weigh(1, fit).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
///
/// let frontier = outcome.frontier_of_worst_score(&FrontierOptions::default())?;
/// let figures: Vec<_> = frontier.points().iter().map(|at| (at.worst_score.ppm(), at.score_ppm)).collect();
/// assert_eq!(figures, [(200_000, 1_200_000), (400_000, 900_000)]);
/// let fair = frontier.matching(1, None)?.expect("it is there");
/// assert_eq!(fair.pairs[0].score, Score::from_unit(0.5)?);
/// assert_eq!(frontier.verify(), Ok(()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct WorstScoreFrontier {
    outcome: Outcome,
    held: Vec<Objective>,
    points: Vec<FrontierPoint>,
    proof: Frontier,
}

/// A lowest score, and the most that all scores can come to with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FrontierPoint {
    /// The lowest score of any pair.
    pub worst_score: Score,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
}

impl Outcome {
    /// What a higher lowest score costs of the total score: all [non-dominated](WorstScoreFrontier) points, exact
    /// and proved. With a [step](FrontierOptions::step), the largest totals for lowest scores of at least
    /// each multiple of it. None without a pair.
    ///
    /// # Errors
    /// A stable matching; cancellation; a criterion of the host's own that gives something that is no score when asked
    /// again.
    ///
    /// # Complexity
    /// A solve a point, each from the one before; there are as many points as pairs that must go one after
    /// another, up to thousands where scores differ finely, and each keeps a proof of some 20 bytes a person.
    /// State a step then.
    pub fn frontier_of_worst_score(
        &self,
        options: &FrontierOptions,
    ) -> Result<WorstScoreFrontier, WhatIfError> {
        if self.programme().stable().is_some() {
            return Err(WhatIfError::Stable);
        }
        let held = held(self.programme().objectives(), &[Objective::WorstScore]);
        let stages = self.stages();
        let asked = SolveOptions::new(stages.levels(&held).map_err(RunError::from)?)
            .hooks(options.hooks.clone());
        let width = options.step.map_or(1, Score::ppm);
        let proof = ask(stages, options, |problem| {
            solver::frontier(problem, &asked, width).map_err(RunError::from)
        })?;
        let steps = proof.steps.iter();
        let points = steps.filter(|step| !step.solution.assignment.is_empty());
        let points = points.map(|step| FrontierPoint {
            worst_score: Score::from_ppm_saturating(step.lowest.max(0).unsigned_abs()),
            score_ppm: u64::try_from(step.total).unwrap_or_default(),
        });
        Ok(WorstScoreFrontier {
            outcome: self.clone(),
            points: points.collect(),
            held,
            proof,
        })
    }
}

impl WorstScoreFrontier {
    /// The objectives that every point leaves at their optimum, first things first.
    #[must_use]
    pub fn held(&self) -> &[Objective] {
        &self.held
    }

    /// The points: lowest scores rise, totals fall.
    #[must_use]
    pub fn points(&self) -> &[FrontierPoint] {
        &self.points
    }

    /// The matching of a point, by its position; ties are broken as in the run. `None` if there is no
    /// such point.
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when asked again.
    ///
    /// # Complexity
    /// Solves once more.
    pub fn matching(
        &self,
        at: usize,
        cancel: Option<CancelToken>,
    ) -> Result<Option<Matching>, RunError> {
        let Some(point) = self.points.get(at) else {
            return Ok(None);
        };
        let stages = self.outcome.stages();
        let mut levels = stages.levels(&self.held)?;
        levels.push(Level::below(point.worst_score.ppm().cast_signed()));
        levels.push(Level::TotalScore);
        let options = FrontierOptions {
            hooks: Hooks {
                cancel,
                ..Hooks::default()
            },
            ..FrontierOptions::default()
        };
        let asked = SolveOptions::new(levels)
            .tie_break(tie_break(stages.tie_breaking, &stages.cohort))
            .hooks(options.hooks.clone());
        let solution = ask(stages, &options, |problem| {
            solver::solve(problem, &asked).map_err(RunError::from)
        })?;
        let (cohort, candidates) = (&stages.cohort, &stages.candidates);
        Ok(Some(Matching::new(
            cohort,
            candidates,
            &solution.assignment,
        )?))
    }

    /// Checks the proof once more: that every point can be had, and, without a step, that there is no other.
    /// A pass over the pairs a point.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub fn verify(&self) -> Result<(), Violation> {
        let mut checked = Err(Violation::Shape);
        // A row that cannot be scored any more fails the check by itself.
        let _: Result<(), RunError> = ask(
            self.outcome.stages(),
            &FrontierOptions::default(),
            |problem| {
                checked = self.proof.check(problem);
                Ok(())
            },
        );
        checked
    }
}

/// The objectives before the total score, without some; with participation, if none settles it.
pub(super) fn held(stated: &[Objective], without: &[Objective]) -> Vec<Objective> {
    let before = stated
        .iter()
        .take_while(|own| **own != Objective::TotalScore);
    let mut held: Vec<_> = before
        .filter(|own| !without.contains(own))
        .copied()
        .collect();
    let settles = |own: &Objective| {
        matches!(
            own,
            Objective::Participation | Objective::Leximin { .. } | Objective::WorstScore
        )
    };
    if !held.iter().any(settles) {
        held.push(Objective::Participation);
    }
    held
}

/// Asks something of a run's problem, as long as nobody cancels.
pub(super) fn ask<T>(
    stages: &Stages,
    options: &FrontierOptions,
    question: impl FnOnce(&Problem<'_>) -> Result<T, RunError>,
) -> Result<T, RunError> {
    let cancel = options.hooks.cancel.clone();
    let goes_on = || !cancel.as_ref().is_some_and(CancelToken::is_cancelled);
    stages.candidates.ask(&stages.cohort, &goes_on, question)
}
