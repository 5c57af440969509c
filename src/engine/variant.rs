//! A run's problem with something changed, solved again: the same pairs with other bounds or locks, or with pairs
//! that a changed programme scores anew.

use std::collections::BTreeSet;

use super::decisions;
use super::error::RunError;
use super::levels::{self, Ground};
use super::outcome::Stages;
use super::worst;
use crate::candidates::{Candidates, minimums};
use crate::participant::{Cohort, Decisions};
use crate::programme::Programme;
use crate::report::ObjectiveValue;
use crate::scoring::{PairIdx, Quotas};
use crate::solver::{
    CancelToken, Floor, Hooks, Level, Solution, SolveError, SolveOptions, Start, TieBreak,
};

/// A run's problem with something changed.
pub(super) struct Variant<'a> {
    stages: &'a Stages,
    pub(super) cohort: Cohort,
    pub(super) quotas: Quotas,
    pub(super) locks: BTreeSet<PairIdx>,
    /// The pairs, where a changed programme or other decisions give others than the run's.
    scored: Option<Candidates>,
}

/// What a variant comes to.
pub(super) struct Solved {
    /// By how much minimums fall short.
    pub(super) missing: u64,
    /// What the objectives are worth, level by level: more is better.
    pub(super) worth: Vec<i128>,
    pub(super) values: Vec<ObjectiveValue>,
    pub(super) matched_mentees: u64,
    pub(super) score_ppm: u64,
}

impl<'a> Variant<'a> {
    /// Nothing changed yet.
    pub(super) fn new(stages: &'a Stages) -> Self {
        let scorer = stages.candidates.scorer();
        Self {
            stages,
            cohort: stages.cohort.clone(),
            quotas: scorer.quotas().clone(),
            locks: scorer.locks().clone(),
            scored: None,
        }
    }

    /// The run's people under another programme and other decisions; pairs are scored anew.
    pub(super) fn scored(
        stages: &'a Stages,
        programme: &Programme,
        decisions: &Decisions,
        cancel: Option<&CancelToken>,
    ) -> Result<Self, RunError> {
        let (cohort, scorer) = decisions::prepare(programme, &stages.cohort, decisions)?;
        let access = stages.candidates.access();
        let goes_on = || goes_on(cancel);
        let scored = Candidates::collect(scorer, &cohort, access, &goes_on)?;
        let scored = scored.ok_or(SolveError::Cancelled)?;
        Ok(Self {
            stages,
            cohort,
            quotas: scored.scorer().quotas().clone(),
            locks: scored.scorer().locks().clone(),
            scored: Some(scored),
        })
    }

    /// Finds the best matching by the programme's objectives, as the run did, and checks its proof.
    pub(super) fn solve(&self, cancel: Option<&CancelToken>) -> Result<Solved, RunError> {
        let objectives = self.stages.programme.objectives();
        let options = SolveOptions::new(self.ground().levels(objectives)?)
            .tie_break(TieBreak::Fast)
            .hooks(hooks(cancel));
        let start = Start::of(&self.stages.solution);
        let all = [Level::Participation, Level::TotalScore];
        let candidates = self.scored.as_ref().unwrap_or(&self.stages.candidates);
        let (bounds, goes_on) = ((&self.cohort, &self.quotas), || goes_on(cancel));
        let (solved, totals) =
            candidates.ask_about(bounds, &BTreeSet::new(), &goes_on, |problem| {
                let solved =
                    worst::solve(problem, (&self.cohort, objectives), &options, Some(&start))?;
                let assignment = &solved.solution.assignment;
                let totals = assignment.value(problem, &all).unwrap_or_default();
                Ok::<_, RunError>((solved, totals))
            })?;
        let worst::Solved { solution, floor } = &solved;
        Ok(self.solved((solution, floor.as_ref()), &totals))
    }

    /// What the run's own matching comes to.
    pub(super) fn of_run(&self) -> Solved {
        self.solved((&self.stages.solution, self.stages.floor.as_ref()), &[])
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            cohort: &self.cohort,
            quotas: &self.quotas,
            locks: &self.locks,
            ..self.stages.ground()
        }
    }

    fn solved(&self, (solution, floor): (&Solution, Option<&Floor>), totals: &[i128]) -> Solved {
        let objectives = self.stages.programme.objectives();
        let before = levels::before(solution, !self.locks.is_empty());
        let stated = minimums(&self.cohort, &self.quotas);
        let mut worth = solution.value[before..].to_vec();
        // A level that keeps a floor is worth the same wherever the floor is.
        let floor_level = levels::floor_among(&self.cohort, objectives);
        if let (Some(at), Some(floor)) = (floor_level, floor) {
            worth[at] = worst::lowest_ppm(floor).into();
        }
        let total = |at: usize| totals.get(at).and_then(|&total| u64::try_from(total).ok());
        Solved {
            missing: levels::shortfall(solution, !self.locks.is_empty(), stated),
            worth,
            values: levels::values_of(self.ground(), objectives, (solution, floor, before)),
            matched_mentees: total(0).unwrap_or_default(),
            score_ppm: total(1).unwrap_or_default(),
        }
    }
}

/// Hooks by which a caller can only cancel.
pub(super) fn hooks(cancel: Option<&CancelToken>) -> Hooks {
    Hooks {
        cancel: cancel.cloned(),
        ..Hooks::default()
    }
}

pub(super) fn goes_on(cancel: Option<&CancelToken>) -> bool {
    !cancel.is_some_and(CancelToken::is_cancelled)
}
