//! Solves by one weight after the other, on one network.
//!
//! # Idea
//! By weights that are hardly different, hardly different pairs are the best. So the pairs of the [core](super::core) are
//! put on a network once, and its tree stays from one solve to the next: all that a solve takes is to weigh the
//! pairs, and the exchanges by which its tree differs from the last. Levels that are held know nothing of weights;
//! they are solved when pairs have come, and at no other time.
//!
//! # Invariant
//! What comes out depends on the weights that were solved for before, never on threads: so there is always the same
//! number of networks, and which weights are whose is a matter of their order.
//!
//! # Complexity
//! Two passes over the pairs of the core, and a few exchanges.
//!
//! # References
//! See [`network`](crate::solver::network); the parametric simplex method, S. Gass and T. Saaty, "The computational
//! algorithm for the parametric objective function", 1955, takes the same way with a step for each exchange.

use super::core::Core;
use super::{Line, Point};
use crate::solver::certificate::{Certificate, Claim, Violation};
use crate::solver::control::Control;
use crate::solver::error::SolveError;
use crate::solver::flow_model::FlowModel;
use crate::solver::level::Level;
use crate::solver::options::SolveOptions;
use crate::solver::problem::{Problem, Weighed};
use crate::solver::run::check_budget;
use crate::solver::solution::{Solution, Stats};

/// Weights are shared among so many networks.
pub(super) const SWEEPS: usize = 4;

/// The pairs of the core on a network, solved by the latest weights.
pub(super) struct Sweep<'p> {
    problem: &'p Problem<'p>,
    model: FlowModel<'p>,
    /// What is had at the levels that are held.
    held: Vec<i128>,
}

impl<'p> Sweep<'p> {
    /// Begins with a line whose pairs are all in the core.
    pub(super) fn begin(
        problem: &'p Problem<'p>,
        (core, line): (&Core, &Line),
        weighed: &Weighed<'_>,
        options: &SolveOptions,
    ) -> Result<Self, SolveError> {
        let certificate = &line.solution.certificate;
        let mut sweep = Self {
            problem,
            model: FlowModel::new(problem, certificate.levels().to_vec()),
            held: Vec::new(),
        };
        let mut control = Control::new(&options.hooks);
        sweep.take(core, weighed, options, &control)?;
        let (assignment, prices) = (&line.solution.assignment, certificate.prices());
        sweep.model.start_at(assignment, prices, &control);
        sweep.solve_all(&mut control)?;
        Ok(sweep)
    }

    /// The best by these weights among the pairs of the core, its point, and what proves it if no other pair matters.
    pub(super) fn solve(
        &mut self,
        core: &Core,
        weighed: &Weighed<'_>,
        options: &SolveOptions,
    ) -> Result<(Solution, Point), SolveError> {
        let mut control = Control::new(&options.hooks);
        if self.model.pairs() < core.arrivals().len() {
            self.take(core, weighed, options, &control)?;
            self.solve_all(&mut control)?;
        }
        let scores = core.arrivals().iter();
        let scores = scores.map(|&((_, _, score), value)| weigh(weighed, score, value));
        let solved = self.model.solve_again(scores.collect(), &mut control);
        solved.map_err(|_| SolveError::Cancelled)?;
        let point = self.point(core);
        let worth = i128::from(weighed.weight) * point.total
            + i128::from(weighed.weight_of_listed) * point.gain;
        let solution = Solution {
            assignment: point.assignment.clone(),
            value: [&self.held[..], &[worth]].concat(),
            certificate: Certificate {
                levels: self.model.levels.clone(),
                prices: self.model.prices(),
                claim: Claim::Optimal,
            },
            stats: Stats {
                pairs_listed: self.model.pairs(),
                rounds: 1,
                work: control.work(),
            },
        };
        Ok((solution, point))
    }

    /// Takes the pairs of the core that have come since.
    fn take(
        &mut self,
        core: &Core,
        weighed: &Weighed<'_>,
        options: &SolveOptions,
        control: &Control<'_>,
    ) -> Result<(), SolveError> {
        let (known, all) = (self.model.pairs(), core.arrivals().len());
        let bytes = FlowModel::bytes(self.problem, self.model.levels.len(), all as u64);
        check_budget(options, bytes.saturating_mul(SWEEPS as u64))?;
        let new = core.arrivals()[known..].iter();
        let new = new.map(|&((mentee, mentor, score), value)| {
            let score = weigh(weighed, score, value);
            (mentee as usize, mentor as usize, score)
        });
        self.model.add_pairs(new.collect(), control);
        Ok(())
    }

    fn solve_all(&mut self, control: &mut Control<'_>) -> Result<(), SolveError> {
        let solved = self.model.solve(0, control);
        solved.map_err(|_| SolveError::Cancelled)?;
        let mut held: Vec<Level> = self.model.levels.clone();
        held.pop();
        let value = self.model.assignment().value(self.problem, &held);
        self.held = value.ok_or(SolveError::CheckFailed(Violation::Shape))?;
        Ok(())
    }

    /// What the flow stands for.
    fn point(&self, core: &Core) -> Point {
        let chosen = core.arrivals().iter().zip(self.model.are_chosen());
        let chosen = chosen.filter(|&(_, is_chosen)| is_chosen);
        let (mut gain, mut total) = (0, 0);
        for (&((_, _, score), value), _) in chosen {
            gain += i128::from(value);
            total += i128::from(score);
        }
        Point {
            gain,
            total,
            assignment: self.model.assignment(),
        }
    }
}

/// What a pair of the core is worth; none of them is below the floor.
fn weigh(weighed: &Weighed<'_>, score: i32, value: i32) -> i32 {
    weighed.with(score, value).unwrap_or_default()
}
