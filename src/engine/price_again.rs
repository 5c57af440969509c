//! What a condition costs where one shortest path does not tell: another solve, from the run's own solution.
//!
//! Where the lowest score is an objective, its level counts pairs below the run's lowest score, and says nothing of how far
//! that falls. And a mentee with several mentors loses all of them in more than one step.

use std::collections::BTreeSet;

use super::error::RunError;
use super::levels::{self, Ground};
use super::outcome::{Outcome, Stages};
use super::storage::tie_break;
use super::what_if::named_move;
use super::worst::{self, Solved, lowest_ppm};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::reasons::{GapOf, ObjectiveChange, PairPrice};
use crate::scoring::PairIdx;
use crate::solver::{Assignment, Move, Solution, SolveOptions, Start};

/// One more condition on a matching.
#[derive(Clone, Default)]
pub(super) struct Condition {
    /// A pair that must be made.
    pub(super) with: Option<PairIdx>,
    /// Pairs that must not be.
    pub(super) without: BTreeSet<PairIdx>,
}

impl Outcome {
    /// What the best matching under one more condition is worth, compared with the run's; `None` if there is none.
    pub(super) fn price_again(&self, condition: &Condition) -> Result<Option<PairPrice>, RunError> {
        let stages = self.stages();
        let again = stages.solve_under(condition)?;
        let assignment = &again.solution.assignment;
        let must = stages.locks_under(condition);
        if !must
            .iter()
            .all(|pair| assignment.mentors_of(pair.0).contains(&pair.1))
        {
            return Ok(None);
        }
        let moves = moves_between(&stages.solution.assignment, assignment);
        let moves = moves.iter().map(|one| named_move(self.cohort(), *one));
        Ok(Some(PairPrice {
            change: stages.change_to(&again, !must.is_empty()),
            moves: moves.collect(),
        }))
    }
}

impl Stages {
    /// The pairs that must be made: the locks that the condition leaves, and its own.
    fn locks_under(&self, condition: &Condition) -> BTreeSet<PairIdx> {
        let locks = self.candidates.scorer().locks();
        let kept = locks.difference(&condition.without).copied();
        kept.chain(condition.with).collect()
    }

    fn solve_under(&self, condition: &Condition) -> Result<Solved, RunError> {
        let (cohort, quotas) = (&self.cohort, self.candidates.scorer().quotas());
        let objectives = self.programme.objectives();
        let ground = Ground {
            locks: &self.locks_under(condition),
            ..self.ground()
        };
        let levels = ground.levels(objectives)?;
        let options = SolveOptions::new(levels).tie_break(tie_break(self.tie_breaking, cohort));
        let start = Start::of(&self.solution);
        let bounds = (cohort, quotas);
        self.candidates
            .ask_about(bounds, &condition.without, &|| true, |problem| {
                let solved = worst::solve(problem, (cohort, objectives), &options, Some(&start));
                solved.map_err(RunError::from)
            })
    }

    /// By how much each objective differs from the run's, the lowest score by itself.
    fn change_to(&self, again: &Solved, has_locks: bool) -> Vec<ObjectiveChange> {
        let number =
            |(solution, before): (&Solution, usize), at: usize| solution.value[before + at];
        let run = (
            &self.solution,
            levels::before(&self.solution, self.has_locks()),
        );
        let other = (&again.solution, levels::before(&again.solution, has_locks));
        let mut change = Vec::new();
        if run.1 > usize::from(self.has_locks()) && other.1 > usize::from(has_locks) {
            let met = |(solution, before): (&Solution, usize)| solution.value[before - 1];
            let (of, by) = (GapOf::Minimums, met(other) - met(run));
            change.push(ObjectiveChange { of, by });
        }
        let floor = levels::floor_among(&self.cohort, self.programme.objectives());
        let lowest = |own: &Option<_>| own.as_ref().map_or(0, |own| i128::from(lowest_ppm(own)));
        let owners = levels::owners(&self.cohort, self.programme.objectives());
        for (at, own) in owners.into_iter().enumerate() {
            let by = if floor == Some(at) {
                lowest(&again.floor) - lowest(&self.floor)
            } else {
                number(other, at) - number(run, at)
            };
            let of = GapOf::Objective(own);
            change.push(ObjectiveChange { of, by });
        }
        change
    }
}

/// Who moves from one assignment to another, in the order of mentees.
fn moves_between(before: &Assignment, after: &Assignment) -> Vec<Move> {
    let moves_of = |mentee: MenteeIdx| {
        let (had, has) = (before.mentors_of(mentee), after.mentors_of(mentee));
        let only = |these: &[MentorIdx], others: &[MentorIdx]| {
            let these = these.iter().copied();
            these
                .filter(|one| !others.contains(one))
                .collect::<Vec<_>>()
        };
        let (from, to) = (only(had, has), only(has, had));
        let moves = 0..from.len().max(to.len());
        moves.map(move |at| Move {
            mentee,
            from: from.get(at).copied(),
            to: to.get(at).copied(),
        })
    };
    MenteeIdx::all(before.mentees())
        .flat_map(moves_of)
        .collect()
}
