//! The check of a frontier: its proofs, and that they follow each other without a gap.

use super::{Frontier, Step};
use crate::solver::assignment::Assignment;
use crate::solver::certificate::{Claim, Violation};
use crate::solver::level::Level;
use crate::solver::problem::Problem;

impl Frontier {
    /// Checks that every step is what it says, and that nothing is missing between two of them, or above the
    /// last, unless floors of a stated width only were tried. A pass over the pairs a step.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub(crate) fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        self.floor.check(problem, &self.before)?;
        let mut next = Some(i32::MIN);
        for step in &self.steps {
            self.check_step(problem, step)?;
            if self.width == 1 && next != Some(step.from) {
                return Err(Violation::Bound);
            }
            next = step.lowest.checked_add(1);
        }
        let last = self.steps.last().map(|step| step.lowest);
        if self.width == 1 && last.is_some_and(|last| last != self.floor.score) {
            return Err(Violation::Bound);
        }
        Ok(())
    }

    fn check_step(&self, problem: &Problem<'_>, step: &Step) -> Result<(), Violation> {
        let floored = [Level::below(step.from), Level::TotalScore];
        let levels: Vec<_> = self.before.iter().cloned().chain(floored).collect();
        let proof = step.proof();
        if proof.certificate.levels() != levels || proof.certificate.claim() != Claim::Optimal {
            return Err(Violation::Shape);
        }
        proof.certificate.check(problem, &proof.assignment)?;
        let value = |assignment: &Assignment| assignment.value(problem, &levels);
        let best = value(&proof.assignment).ok_or(Violation::Shape)?;
        let is_kept = best[self.before.len()] == 0 && best.last() == Some(&step.total);
        let own = &step.solution.assignment;
        let scores = own.scores(problem).ok_or(Violation::Shape)?;
        let lowest = scores.into_iter().min().unwrap_or(i32::MAX);
        if is_kept && lowest == step.lowest && value(own) == Some(best) {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }
}
