//! Solving within a branch: on the core, proved over all pairs.

use std::collections::BTreeSet;

use super::super::weights::Weights;
use super::super::{Line, nearest};
use super::{Branch, Pair, Settling};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::certificate::{Violation, Weighing, check_together};
use crate::solver::control::{Progress, Stage};
use crate::solver::error::SolveError;
use crate::solver::level::{Level, ListedValues};
use crate::solver::problem::{Problem, Weighed};
use crate::solver::solve::solve_from;

/// Weights that have failed as often are solved for on all pairs.
const FAILURES: usize = 2;

/// Solutions that are kept to start from.
const KEPT: usize = 16;

/// What weights have told of a branch.
pub(super) enum Told {
    /// There have been enough solves.
    Unsolved,
    /// There is no assignment that has the pairs, lacks the others, and is as good at what is held with enough gain.
    Empty,
    /// None with enough gain has a larger total.
    AtMost(i128),
}

impl Settling<'_> {
    /// What a line by these weights tells, proved over all pairs.
    pub(super) fn ask(
        &mut self,
        branch: &mut Branch,
        weights: Weights,
    ) -> Result<Told, SolveError> {
        let barred: Vec<Pair> = branch.without.iter().copied().collect();
        let problem = self.problem;
        let weighed = Weighed {
            barred: &barred,
            ..self.found.weighed(problem, weights)
        };
        let mut failures = 0;
        let line = loop {
            if self.solves >= self.most_solves {
                return Ok(Told::Unsolved);
            }
            self.count_solve();
            let is_on_all = failures >= FAILURES;
            let line = self.solve(&branch.with, &weighed, weights, is_on_all)?;
            if is_on_all || self.is_proved(&line, &weighed)? {
                break line;
            }
            failures += 1;
        };
        let told = if self.is_in(branch, &line) {
            self.meet(branch, &line);
            line.bound(self.gain).map_or(Told::Empty, Told::AtMost)
        } else {
            Told::Empty
        };
        self.latest.push_front(line);
        self.latest.truncate(KEPT);
        Ok(told)
    }

    fn count_solve(&mut self) {
        if let Some(tell) = &self.progress {
            let done = self.solves as u64;
            tell(Progress::new(Stage::Solving, done, done + 1));
        }
        self.solves += 1;
    }

    /// The best by these weights, with all pairs of a branch first.
    fn solve(
        &mut self,
        with: &BTreeSet<Pair>,
        weighed: &Weighed<'_>,
        weights: Weights,
        is_on_all: bool,
    ) -> Result<Line, SolveError> {
        let start = nearest(self.latest.iter().chain(&self.found.lines), weights);
        let problem = if is_on_all {
            weighed.problem()
        } else {
            self.core.problem(weighed).ok()
        };
        let problem = problem.ok_or(SolveError::CheckFailed(Violation::Shape))?;
        let mut levels = self.found.levels(&problem, weights);
        if !with.is_empty() {
            levels.insert(self.place_of_first(), first_level(&problem, with)?);
        }
        self.options.levels = levels;
        let solution = solve_from(&problem, &self.options, &start)?;
        if let Some(mentee) = self.problem.refused() {
            return Err(SolveError::RowOutOfRange { mentee });
        }
        if solution.gap().is_some() {
            return Err(SolveError::Cancelled);
        }
        Ok(Line::new(weights, solution))
    }

    /// Where the level of the pairs that must be there stands: after minimums.
    fn place_of_first(&self) -> usize {
        let levels = self.found.lines.first();
        let levels = levels.map(|line| line.solution.certificate.levels());
        usize::from(levels.is_some_and(|levels| levels.first() == Some(&Level::Minimums)))
    }

    /// Whether a line is proved over all pairs. What stands against it joins the core.
    fn is_proved(&mut self, line: &Line, weighed: &Weighed<'_>) -> Result<bool, SolveError> {
        let weighing = [Weighing {
            scores: *weighed,
            certificate: &line.solution.certificate,
            assignment: &line.solution.assignment,
        }];
        let is_cancelled = || self.watch.is_cancelled();
        let checked = check_together(self.problem, &weighing, 0, &is_cancelled);
        if self.watch.is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        self.core.add(checked.near);
        match checked.verdicts.into_iter().collect::<Result<(), _>>() {
            Err(Violation::RowOutOfRange { mentee }) => Err(SolveError::RowOutOfRange { mentee }),
            verdict => Ok(verdict.is_ok()),
        }
    }

    /// Whether what is best by some weights has all pairs of a branch, and is as good at what is held as without
    /// them. If not, nothing in the branch is.
    fn is_in(&self, branch: &Branch, line: &Line) -> bool {
        let before = |line: &Line| {
            let value = &line.solution.value;
            value[..value.len().saturating_sub(1)].to_vec()
        };
        let Some(first) = self.found.lines.first() else {
            return false;
        };
        let mut best = before(first);
        if !branch.with.is_empty() {
            best.insert(self.place_of_first(), branch.with.len() as i128);
        }
        before(line) == best
    }
}

/// The level of pairs that must be there.
fn first_level(problem: &Problem<'_>, with: &BTreeSet<Pair>) -> Result<Level, SolveError> {
    let pairs = with.iter();
    let pairs = pairs.map(|&(i, j)| (MenteeIdx::new(i), MentorIdx::new(j), 1));
    let listed = ListedValues::new(problem.mentees(), pairs);
    let listed = listed.map_err(|problem| SolveError::Level { level: 0, problem })?;
    Ok(Level::Listed(listed))
}
