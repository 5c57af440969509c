//! The search for the corners: on the pairs that matter, with proofs over all.
//!
//! # Idea
//! Solving by some weights on all pairs takes a pass over them before anything else; checking the proof takes
//! another. So a [core](super::core) of pairs is solved on, which are worth nearly their price by the weights so far, and the
//! proofs of many weights are checked over all pairs in one pass. What stands against a proof joins the core, and
//! these weights are tried again. In the end every line is proved over all pairs.
//!
//! Of two points that are known, the corners between mostly are steps of [`chains`]. So they are guessed, and most
//! solves prove an edge instead of finding a corner.
//!
//! # Rounds
//! A round solves for edges that no line is known of, the widest first, and then has its lines proved. Rounds are
//! short at first, while the core is poor. Weights that have failed twice are solved for on all pairs. So every
//! edge is settled in the end.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::chains;
use super::core;
use super::weights::Weights;
use super::{Line, Point, TradeOff, nearest};
use crate::parallel;
use crate::solver::certificate::{Violation, check_together};
use crate::solver::control::{Progress, ProgressHook, Stage, Watch};
use crate::solver::error::SolveError;
use crate::solver::options::SolveOptions;
use crate::solver::problem::Problem;
use crate::solver::solution::Solution;
use crate::solver::solve::solve_from;

/// Lines of the first round on the core; of a round after one of which most were proved, twice as many.
const FIRST_ROUND: usize = 4;

/// Lines of the longest round.
const LONGEST_ROUND: usize = 256;

/// Lines of the longest round after which the core takes what is nearly worth its price too.
const LONGEST_TO_ENRICH: usize = 16;

/// Weights that have failed as often are solved for on all pairs.
const FAILURES: usize = 6;

/// How the search goes about it.
pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) options: SolveOptions,
    pub(super) progress: Option<ProgressHook>,
    pub(super) most_solves: usize,
    /// Pairs that each mentee has in the core to begin with, on average.
    pub(super) each: usize,
    pub(super) watch: Watch,
    /// What is held and traded, and all lines that are proved.
    pub(super) found: TradeOff,
    /// By gain: the point of the largest total.
    pub(super) points: BTreeMap<i128, Point>,
    pub(super) solves: usize,
    /// How often the proof of weights has failed.
    pub(super) failures: BTreeMap<Weights, usize>,
}

impl Search<'_> {
    /// Both ends, then what lies between neighbours.
    pub(super) fn run(&mut self) -> Result<(), SolveError> {
        let ends = Weights::ends(self.found.held.highest);
        for weights in ends {
            let line = self.solve_on_all(weights)?;
            self.found.lines.extend(line);
        }
        let Some(margin) = self.begin_core() else {
            return Ok(());
        };
        let mut length = FIRST_ROUND;
        loop {
            let lines = self.round(length)?;
            if lines.is_empty() {
                return Ok(());
            }
            let (asked, known) = (lines.len(), self.found.lines.len());
            let margin = if asked <= LONGEST_TO_ENRICH {
                margin
            } else {
                0
            };
            self.prove(lines, margin)?;
            if 2 * (self.found.lines.len() - known) >= asked {
                length = (2 * length).min(LONGEST_ROUND);
            }
        }
    }

    /// Fills the core with what the ends tell; gives the margin that it was filled to, if there are any.
    fn begin_core(&mut self) -> Option<i32> {
        let lines = &self.found.lines;
        let assignments: Vec<_> = lines.iter().map(|own| &own.solution.assignment).collect();
        let known = core::known_pairs(self.problem, self.found.listed(), &assignments);
        let total = lines.first()?;
        let weighed = self.found.weighed(self.problem, total.weights);
        let prices = total.solution.certificate.prices().last()?;
        let margin = core::margin(&weighed, (&prices.mentees, &prices.mentors), self.each);
        self.found.core.add(known);
        let lines = std::mem::take(&mut self.found.lines);
        self.enrich_core(lines.iter(), margin);
        self.found.lines = lines;
        for gain in self.points.keys().copied().collect::<Vec<_>>() {
            self.guess_beside(gain);
        }
        Some(margin)
    }

    /// Adds to the core what is worth nearly its price.
    fn enrich_core<'l>(&mut self, lines: impl Iterator<Item = &'l Line>, margin: i32) {
        let lines = lines.filter(|line| line.weights.score > 0);
        let weighings: Vec<_> = lines
            .map(|line| self.found.weighing(self.problem, line))
            .collect();
        let near = check_together(self.problem, &weighings, margin, &|| false).near;
        drop(weighings);
        self.found.core.add(near);
    }

    /// Solves for edges that no line is known of, until there are none or enough.
    fn round(&mut self, length: usize) -> Result<Vec<Line>, SolveError> {
        let mut lines: Vec<Line> = Vec::new();
        loop {
            let asked = self.open_edges(&lines).into_iter().flatten();
            let (hard, mut asked): (Vec<_>, Vec<_>) =
                asked.partition(|own| self.failures.get(own) >= Some(&FAILURES));
            for weights in hard {
                let line = self.solve_on_all(weights)?;
                self.found.lines.extend(line);
            }
            let left = self.most_solves.saturating_sub(self.solves);
            asked.truncate(length.saturating_sub(lines.len()).min(left));
            if asked.is_empty() {
                return Ok(lines);
            }
            self.tell(asked.len());
            self.solves += asked.len();
            let solve = |at: usize| self.solve_on_core(asked[at], &lines);
            let solved = parallel::each(asked.len(), solve);
            for (weights, solved) in asked.into_iter().zip(solved) {
                let (solution, point) = solved?;
                lines.push(Line::new(weights, solution));
                point.into_iter().for_each(|point| self.meet(point));
            }
        }
    }

    /// Weights of edges that are not settled, the widest first.
    fn open_edges(&self, pending: &[Line]) -> Vec<Vec<Weights>> {
        let lines = self.found.lines.iter().chain(pending);
        let known: BTreeSet<_> = lines.map(|line| line.weights).collect();
        let corners = super::corners(self.points.values());
        let edges = corners.windows(2).filter_map(|two| {
            let [low, high] = two else { return None };
            let mut weights = Weights::of_line(low, high, self.found.held.highest);
            weights.retain(|own| !known.contains(own));
            let area = (high.gain - low.gain) * (low.total - high.total);
            (!weights.is_empty()).then_some((area, weights))
        });
        let mut edges: Vec<_> = edges.collect();
        edges.sort_by_key(|(area, _)| Reverse(*area));
        edges.into_iter().map(|(_, weights)| weights).collect()
    }

    /// Has lines proved over all pairs. What stands against one joins the core.
    fn prove(&mut self, mut lines: Vec<Line>, margin: i32) -> Result<(), SolveError> {
        lines.sort_by_key(|line| line.weights.slope());
        let weighing = |line| self.found.weighing(self.problem, line);
        let weighings: Vec<_> = lines.iter().map(weighing).collect();
        let is_cancelled = || self.watch.is_cancelled();
        let checked = check_together(self.problem, &weighings, margin, &is_cancelled);
        if self.watch.is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        drop(weighings);
        for (line, verdict) in lines.into_iter().zip(checked.verdicts) {
            match verdict {
                Ok(()) => self.found.lines.push(line),
                Err(Violation::RowOutOfRange { mentee }) => {
                    return Err(SolveError::RowOutOfRange { mentee });
                }
                Err(_) => {
                    *self.failures.entry(line.weights).or_default() += 1;
                    self.solves -= 1; // it counts when it succeeds
                }
            }
        }
        self.found.core.add(checked.near);
        Ok(())
    }

    /// The best by these weights among the pairs of the core, and its point.
    fn solve_on_core(
        &self,
        weights: Weights,
        pending: &[Line],
    ) -> Result<(Solution, Option<Point>), SolveError> {
        let weighed = self.found.weighed(self.problem, weights);
        let problem = self.found.core.problem(&weighed);
        let problem = problem.map_err(|_| SolveError::CheckFailed(Violation::Shape))?;
        let options = SolveOptions {
            levels: self.found.levels(&problem, weights),
            ..self.options.clone()
        };
        let start = nearest(self.found.lines.iter().chain(pending), weights);
        let solution = proved(solve_from(&problem, &options, &start)?)?;
        // Where the core lacks pairs, less may be had of what is held.
        let best = self.found.lines.first();
        let is_held = best.is_some_and(|own| own.is_held_by(&solution));
        let point = self.found.point_by(&problem, weights, &solution);
        Ok((solution, point.filter(|_| is_held)))
    }

    /// The best by these weights, with its proof; nothing if there have been enough solves.
    fn solve_on_all(&mut self, weights: Weights) -> Result<Option<Line>, SolveError> {
        if self.solves >= self.most_solves {
            return Ok(None);
        }
        self.tell(1);
        self.solves += 1;
        let start = nearest(&self.found.lines, weights);
        let weighed = self.found.weighed(self.problem, weights);
        let Some(problem) = weighed.problem() else {
            return Ok(None); // never: it is as large as the whole
        };
        // A solve from the start reads rows so often that a matrix of its own is worth having.
        let problem = if self.problem.is_matrix() && self.found.lines.is_empty() {
            problem.in_memory(&self.watch)
        } else {
            Cow::Borrowed(&problem)
        };
        self.options.levels = self.found.levels(&problem, weights);
        let solution = solve_from(&problem, &self.options, &start)?;
        if let Some(mentee) = self.problem.refused() {
            return Err(SolveError::RowOutOfRange { mentee });
        }
        let solution = proved(solution)?;
        let point = self.found.point(self.problem, solution.assignment.clone());
        if let Some(point) = point {
            self.meet(point);
        }
        Ok(Some(Line::new(weights, solution)))
    }

    /// Tells of so many solves that come next.
    fn tell(&self, next: usize) {
        if let Some(tell) = &self.progress {
            let done = self.solves as u64;
            tell(Progress::new(Stage::Solving, done, done + next as u64));
        }
    }

    /// Remembers a point, and what leads to it from its neighbours, if it is better than what was known.
    fn meet(&mut self, point: Point) {
        let gain = point.gain;
        if self.remember(point) {
            self.guess_beside(gain);
        }
    }

    /// Remembers what leads from a point to its neighbours.
    fn guess_beside(&mut self, gain: i128) {
        let Some(own) = self
            .points
            .get(&gain)
            .filter(|_| chains::are_free(self.problem))
        else {
            return;
        };
        let core = &self.found.core;
        let below = self.points.range(..gain).next_back();
        let above = self.points.range(gain + 1..).next();
        let below = below.map(|(_, low)| chains::between(low, own, core));
        let above = above.map(|(_, high)| chains::between(own, high, core));
        for point in below.into_iter().chain(above).flatten() {
            self.remember(point);
        }
    }

    fn remember(&mut self, point: Point) -> bool {
        let known = self.points.get(&point.gain);
        let is_better = known.is_none_or(|known| known.total < point.total);
        if is_better {
            self.points.insert(point.gain, point);
        }
        is_better
    }
}

/// A solution that is proved; one that was stopped ends the call.
fn proved(solution: Solution) -> Result<Solution, SolveError> {
    if solution.gap().is_some() {
        return Err(SolveError::Cancelled);
    }
    Ok(solution)
}
