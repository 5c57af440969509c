//! All ways to trade the total score for a higher lowest score.
//!
//! # Problem
//! Of the assignments that are best at some levels, list those that no other beats in both the lowest score
//! and the total: the *non-dominated* ones, one for each pair of figures.
//!
//! # Idea
//! Solve for the total score without a floor. Whatever is to have a higher lowest score has a floor just
//! above the one found, so solve with that, from the solution before; and so on up to the highest
//! [floor](super::floor) that can be kept. If a floor costs nothing, the solution before was dominated.
//!
//! # Why the steps prove it
//! A step from a floor to a lowest score proves that no assignment whose lowest score lies between has a larger
//! total. Steps follow each other without a gap from the lowest number there is to the highest floor, above
//! which there is nothing.
//!
//! # Complexity
//! One solve for each step: as many as there are pairs that must go one after another, hundreds where most
//! scores differ. In steps of a stated width, as many as fit.

mod check;

use super::control::{Progress, Stage};
use super::error::SolveError;
use super::floor::{Floor, highest_floor, lowest};
use super::level::{Level, with_minimums};
use super::options::{SolveOptions, TieBreak};
use super::problem::Problem;
use super::solution::Solution;
use super::solve::solve_from;
use super::start::Start;

/// The non-dominated pairs of a lowest score and a total, with their proofs.
#[derive(Clone, Debug)]
pub(crate) struct Frontier {
    /// Lowest scores rise, totals fall.
    pub(crate) steps: Vec<Step>,
    before: Vec<Level>,
    floor: Floor,
    width: u32,
}

/// A non-dominated assignment, and the best that can be had from a floor on.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The floor.
    from: i32,
    pub(crate) lowest: i32,
    pub(crate) total: i128,
    pub(crate) solution: Solution,
    /// What proves the total from that floor on, where it is not the solution.
    proof: Option<Solution>,
}

impl Step {
    fn proof(&self) -> &Solution {
        self.proof.as_ref().unwrap_or(&self.solution)
    }
}

/// Finds the frontier after these levels. With a `width` only floors that are multiples of it are tried: then
/// totals are the best that these floors allow.
///
/// # Errors
/// As [`solve`](super::solve()). A search that is stopped ends as if cancelled: a part of the frontier proves
/// nothing of the rest.
pub(crate) fn frontier(
    problem: &Problem<'_>,
    options: &SolveOptions,
    width: u32,
) -> Result<Frontier, SolveError> {
    let before = with_minimums(problem, &options.levels);
    let mut options = options.clone();
    options.tie_break = TieBreak::Fast;
    let progress = options.hooks.progress.take();
    let floor = highest_floor(problem, &before, &mut options)?;
    floor.check(problem, &before)?;
    if !floor.is_proved() {
        return Err(SolveError::Cancelled);
    }
    let mut sweep = Sweep {
        problem,
        before: &before,
        options,
        steps: Vec::new(),
    };
    let first = sweep.step(i32::MIN, Start::default())?.lowest;
    let tell = |at: i32| {
        if let Some(tell) = &progress {
            let (done, total) = (at.abs_diff(first), floor.score.abs_diff(first));
            tell(Progress::new(Stage::Solving, done.into(), total.into()));
        }
    };
    while let Some((from, start)) = sweep.next(floor.score, width) {
        let reached = sweep.step(from, start)?.lowest;
        tell(reached);
    }
    Ok(Frontier {
        steps: sweep.steps,
        before,
        floor,
        width: width.max(1),
    })
}

struct Sweep<'a> {
    problem: &'a Problem<'a>,
    before: &'a [Level],
    options: SolveOptions,
    steps: Vec<Step>,
}

impl Sweep<'_> {
    /// The next floor to try, and a solution to start from; none beyond the highest.
    fn next(&self, highest: i32, width: u32) -> Option<(i32, Start)> {
        let last = self.steps.last()?;
        let above = i64::from(last.lowest) + 1;
        let width = i64::from(width.max(1));
        let next = above + (-above).rem_euclid(width);
        let next = i32::try_from(next).ok()?;
        (next <= highest).then(|| (next, Start::of(&last.solution)))
    }

    /// Solves above a floor that can be kept.
    fn step(&mut self, from: i32, start: Start) -> Result<&Step, SolveError> {
        let floored = [Level::below(from), Level::TotalScore];
        self.options.levels = self.before.iter().cloned().chain(floored).collect();
        let solution = solve_from(self.problem, &self.options, &start)?;
        if solution.gap().is_some() {
            return Err(SolveError::Cancelled);
        }
        let total = solution.value.last().copied().unwrap_or_default();
        let (from, proof) = match self.steps.pop_if(|last| last.total == total) {
            Some(dominated) => (
                dominated.from,
                Some(dominated.proof.unwrap_or(dominated.solution)),
            ),
            None => (from, None),
        };
        let lowest = lowest(self.problem, &solution);
        self.steps.push(Step {
            from,
            lowest,
            total,
            solution,
            proof,
        });
        self.steps.last().ok_or(SolveError::Cancelled)
    }
}

#[cfg(test)]
mod tests;
