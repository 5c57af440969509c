//! What another order of objectives would give.

use super::error::RunError;
use super::options::TieBreaking;
use super::outcome::Outcome;
use super::storage::tie_break;
use super::worst::{self, Solved};
use crate::error::ProgrammeError;
use crate::programme::{Objective, check_parts};
use crate::report::ObjectiveValue;
use crate::solver::{CancelToken, Hooks, Level, SolveOptions};

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
    /// What the matching is worth by each of them.
    pub values: Vec<ObjectiveValue>,
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
    /// No objectives, or some with parts out of bounds; cancellation; a criterion of the host's own that gives something that is no score
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
        self.solve_again(objectives, self.stages().tie_breaking, cancel)
    }

    /// The same with ties broken in any way.
    pub(super) fn solve_again(
        &self,
        objectives: &[Objective],
        tie_breaking: TieBreaking,
        cancel: Option<CancelToken>,
    ) -> Result<Alternative, RunError> {
        let (solved, totals) = self.solution_under(objectives, tie_breaking, cancel)?;
        let total = |at: usize| totals.get(at).and_then(|&total| u64::try_from(total).ok());
        Ok(Alternative {
            objectives: objectives.to_vec(),
            values: (self.stages()).values_of(objectives, &solved.solution, solved.floor.as_ref()),
            matched_mentees: total(0).unwrap_or_default(),
            score_ppm: total(1).unwrap_or_default(),
        })
    }

    /// The best matching by other objectives, its mentees with a mentor and its total score.
    pub(super) fn solution_under(
        &self,
        objectives: &[Objective],
        tie_breaking: TieBreaking,
        cancel: Option<CancelToken>,
    ) -> Result<(Solved, Vec<i128>), RunError> {
        ProgrammeError::unless_empty(check_parts(objectives))?;
        let stages = self.stages();
        let cohort = &stages.cohort;
        let token = cancel.clone();
        let goes_on = || !token.as_ref().is_some_and(CancelToken::is_cancelled);
        let hooks = Hooks {
            cancel,
            ..Hooks::default()
        };
        let options = SolveOptions::new(stages.levels(objectives)?)
            .tie_break(tie_break(tie_breaking, cohort))
            .hooks(hooks);
        let all = [Level::Participation, Level::TotalScore];
        stages.candidates.ask(cohort, &goes_on, |problem| {
            let solved = worst::solve(problem, (cohort, objectives), &options, None)?;
            let assignment = &solved.solution.assignment;
            let totals = assignment.value(problem, &all).unwrap_or_default();
            Ok((solved, totals))
        })
    }
}
