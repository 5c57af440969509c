//! The check of a trade-off: its lines and its points.

use super::{Line, Point, TradeOff};
use crate::parallel;
use crate::solver::assignment::Assignment;
use crate::solver::certificate::{Claim, Violation, check_together};
use crate::solver::problem::Problem;

impl TradeOff {
    /// Checks that every line is proved, and that every point is what it says and leaves what is held at its
    /// optimum. A few passes over the pairs.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub(crate) fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        let weighings = self.lines.iter().map(|line| self.weighing(problem, line));
        let weighings: Vec<_> = weighings.collect();
        let checked = check_together(problem, &weighings, 0, &|| false);
        checked.verdicts.into_iter().collect::<Result<(), _>>()?;
        for line in &self.lines {
            self.check_line(problem, line)?;
        }
        self.check_points(problem)
    }

    /// The part of the check that is about points.
    pub(super) fn check_points(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        let best = self.lines.first().ok_or(Violation::Bound)?;
        let best = self.held_value(problem, &best.solution.assignment)?;
        let points: Vec<_> = self.points.iter().chain(&self.others).collect();
        let checks = parallel::each(points.len(), |at| {
            self.check_point(problem, points[at], &best)
        });
        checks.into_iter().collect()
    }

    /// Checks that a line, proved as it may be, is about its weights and says what its assignment is worth.
    fn check_line(&self, problem: &Problem<'_>, line: &Line) -> Result<(), Violation> {
        let (certificate, assignment) = (&line.solution.certificate, &line.solution.assignment);
        let levels = self.levels(problem, line.weights);
        if certificate.levels() != levels || certificate.claim() != Claim::Optimal {
            return Err(Violation::Shape);
        }
        let point = self.point(problem, assignment.clone());
        let point = point.ok_or(Violation::Shape)?;
        let worth = i128::from(line.weights.score) * point.total
            + i128::from(line.weights.gain) * point.gain;
        if worth == line.value {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }

    pub(super) fn check_point(
        &self,
        problem: &Problem<'_>,
        point: &Point,
        best: &[i128],
    ) -> Result<(), Violation> {
        let own = self.point(problem, point.assignment.clone());
        let is_held = self.held_value(problem, &point.assignment)? == best;
        let loads = point.assignment.loads(problem);
        let mut loads = loads.owners();
        let fits = loads.all(|(owner, load)| load <= u64::from(owner.max(problem)));
        let scores = point.assignment.scores(problem).ok_or(Violation::Shape)?;
        let is_high = scores.iter().all(|&score| score >= self.held.floor);
        if let Some((mentee, mentors)) = point.assignment.of_one_kind(problem) {
            return Err(Violation::OfOneKind { mentee, mentors });
        }
        if own.as_ref() == Some(point) && is_held && is_high && fits {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }

    /// What an assignment is worth at the levels that are held.
    pub(super) fn held_value(
        &self,
        problem: &Problem<'_>,
        assignment: &Assignment,
    ) -> Result<Vec<i128>, Violation> {
        let levels = crate::solver::level::with_minimums(problem, &self.held.levels);
        assignment.value(problem, &levels).ok_or(Violation::Shape)
    }
}
