//! The check of a trade-off: its lines and its points.

use super::{Line, Point, TradeOff};
use crate::solver::assignment::Assignment;
use crate::solver::certificate::{Claim, Violation};
use crate::solver::problem::Problem;

impl TradeOff {
    /// Checks that every line is proved, and that every point is what it says and leaves what is held at its
    /// optimum. A pass over the pairs a line.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub(crate) fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        for line in &self.lines {
            self.check_line(problem, line)?;
        }
        let best = self.lines.first().ok_or(Violation::Bound)?;
        let best = self.held_value(problem, &best.solution.assignment)?;
        for point in self.points.iter().chain(&self.others) {
            self.check_point(problem, point, &best)?;
        }
        Ok(())
    }

    fn check_line(&self, problem: &Problem<'_>, line: &Line) -> Result<(), Violation> {
        let weighed = self.weighed(problem, line.weights);
        let weighed = weighed.problem().ok_or(Violation::Shape)?;
        let (certificate, assignment) = (&line.solution.certificate, &line.solution.assignment);
        let levels = self.levels(&weighed, line.weights);
        if certificate.levels() != levels || certificate.claim() != Claim::Optimal {
            return Err(Violation::Shape);
        }
        certificate.check(&weighed, assignment)?;
        let value = assignment.value(&weighed, &levels);
        let point = self.point(problem, assignment.clone());
        let point = point.ok_or(Violation::Shape)?;
        let worth = i128::from(line.weights.score) * point.total
            + i128::from(line.weights.gain) * point.gain;
        let is_worth = value.is_some_and(|value| value.last() == Some(&line.value));
        if is_worth && worth == line.value {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }

    fn check_point(
        &self,
        problem: &Problem<'_>,
        point: &Point,
        best: &[i128],
    ) -> Result<(), Violation> {
        let own = self.point(problem, point.assignment.clone());
        let is_held = self.held_value(problem, &point.assignment)? == best;
        let scores = point.assignment.scores(problem).ok_or(Violation::Shape)?;
        let is_high = scores.iter().all(|&score| score >= self.held.floor);
        if own.as_ref() == Some(point) && is_held && is_high {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }

    /// What an assignment is worth at the levels that are held.
    fn held_value(
        &self,
        problem: &Problem<'_>,
        assignment: &Assignment,
    ) -> Result<Vec<i128>, Violation> {
        let mut levels = crate::solver::level::with_minimums(problem, &self.held.levels);
        levels.retain(|level| !level.is_tie_break());
        assignment.value(problem, &levels).ok_or(Violation::Shape)
    }
}
