//! What another order of objectives would give.

use super::decisions;
use super::error::RunError;
use super::outcome::{Outcome, Stages};
use super::plan::tie_break;
use crate::programme::Objective;
use crate::solver::{self, CancelToken, Hooks, Level, SolveOptions};

/// What the best matching by other objectives is worth.
///
/// ```
/// use mentormatch::{Cohort, Engine, Objective, Profile, Programme, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
///
/// let other = outcome.under(&[Objective::TotalScore], None)?;
/// assert_eq!((other.matched_mentees, other.score_ppm), (1, 1_000_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Alternative {
    /// The objectives, first things first.
    pub objectives: Vec<Objective>,
    /// Mentees who would have a mentor.
    pub matched_mentees: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
}

impl Outcome {
    /// What the best matching by other objectives would be worth, for the same people, scores,
    /// rules and decisions. Where several are equally good by them, ties are broken as in the run.
    ///
    /// # Errors
    /// No objectives; cancellation; a criterion of the host's own that gives something that is no score
    /// when it is asked again.
    ///
    /// # Complexity
    /// Solves once more; nothing is scored again, unless the run's scores are computed
    /// [on demand](super::Statistics::on_demand). No memory limit applies to the solver.
    pub fn under(
        &self,
        objectives: &[Objective],
        cancel: Option<CancelToken>,
    ) -> Result<Alternative, RunError> {
        let Stages {
            cohort,
            candidates,
            tie_breaking,
            ..
        } = self.stages();
        let token = cancel.clone();
        let goes_on = || !token.as_ref().is_some_and(CancelToken::is_cancelled);
        let hooks = Hooks {
            cancel,
            ..Hooks::default()
        };
        let levels = decisions::levels(cohort, candidates.scorer(), objectives)?;
        let options = SolveOptions::new(levels)
            .tie_break(tie_break(*tie_breaking, cohort))
            .hooks(hooks);
        let all = [Level::Participation, Level::TotalScore];
        let values = candidates.ask(cohort, &goes_on, |problem| {
            let assignment = solver::solve(problem, &options)?.assignment;
            Ok::<_, RunError>(assignment.value(problem, &all).unwrap_or_default())
        })?;
        let value = |at: usize| values.get(at).and_then(|&value| u64::try_from(value).ok());
        Ok(Alternative {
            objectives: objectives.to_vec(),
            matched_mentees: value(0).unwrap_or_default(),
            score_ppm: value(1).unwrap_or_default(),
        })
    }
}
