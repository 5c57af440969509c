//! From what was found to what is proved: the lot, the claim, its certificate, the check.

use super::assignment::Assignment;
use super::certificate::{Certificate, Claim, Drawn, Prices};
use super::control::{Control, Progress, Stage, Stop};
use super::draw::{self, Draw};
use super::error::SolveError;
use super::face::Optimum;
use super::level::Level;
use super::lot::Lot;
use super::options::SolveOptions;
use super::problem::Problem;
use super::solution::{Solution, Stats};

/// What a way of solving found, before anybody has checked it.
pub(super) struct Answer {
    pub(super) assignment: Assignment,
    pub(super) levels: Vec<Level>,
    pub(super) prices: Vec<Prices>,
    /// The first level that is not solved, if the search was stopped.
    pub(super) stopped: Option<usize>,
    pub(super) stats: Stats,
}

impl Answer {
    /// Draws the lot if one is asked for, and proves it all.
    pub(super) fn certify(
        mut self,
        problem: &Problem<'_>,
        options: &SolveOptions,
        control: &mut Control<'_>,
    ) -> Result<Solution, SolveError> {
        let lot = options.tie_break.lot(problem);
        let drawn = match lot.filter(|_| self.stopped.is_none()) {
            Some(lot) => self.draw(problem, lot, options, control)?,
            None => None,
        };
        self.prove(problem, drawn, control)
    }

    /// States the claim, proves it, has it checked.
    pub(super) fn prove(
        self,
        problem: &Problem<'_>,
        drawn: Option<Drawn>,
        control: &mut Control<'_>,
    ) -> Result<Solution, SolveError> {
        control.go_on()?;
        control.end_levels();
        control.report(Progress::new(Stage::Verifying, 0, 1));
        let is_cancelled = || control.is_cancelled();
        let certificate = match self.stopped {
            None => Certificate {
                levels: self.levels,
                prices: self.prices,
                claim: Claim::Optimal,
                drawn,
            },
            Some(level) => {
                Certificate::bounded(problem, self.levels, self.prices, level, &is_cancelled)
            }
        };
        let checked = certificate.check_unless(problem, &self.assignment, &is_cancelled);
        if is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        let value = checked?;
        control.report(Progress::new(Stage::Verifying, 1, 1));
        Ok(Solution {
            assignment: self.assignment,
            value,
            certificate,
            stats: self.stats,
        })
    }

    /// Takes the assignment that the lot singles out of all optimal ones; `None`, and nothing is drawn, if
    /// a limit comes before.
    fn draw(
        &mut self,
        problem: &Problem<'_>,
        lot: Lot,
        options: &SolveOptions,
        control: &mut Control<'_>,
    ) -> Result<Option<Drawn>, SolveError> {
        let optimum = Optimum {
            problem,
            levels: &self.levels,
            prices: &self.prices,
            assignment: &self.assignment,
        };
        let room = draw::room(problem, options.memory_limit);
        let face = optimum.face(room, control);
        control.go_on()?;
        let Some(mut face) = face else {
            return Err(SolveError::TooLarge {
                needed: draw::most_bytes(problem),
                budget: options.memory_limit.unwrap_or(room as u64),
            });
        };
        if face.open.pairs() == 0 {
            return Ok(Some(Drawn::whole(lot)));
        }
        let draw = Draw::of(&mut face, &lot, control);
        self.stats.work = control.work();
        match draw {
            Err(Stop::Cancelled) => Err(SolveError::Cancelled),
            Err(Stop::Limit) => Ok(None),
            Ok(draw) => {
                self.assignment = face.assignment(&draw.pairs);
                let drawn = draw.proof((problem, &face), lot, &self.assignment, control);
                Ok(Some(drawn))
            }
        }
    }
}
