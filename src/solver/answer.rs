//! From what was found to what is proved: the claim, its certificate, the check.

use super::assignment::Assignment;
use super::certificate::{Certificate, Claim, Prices};
use super::control::{Control, Progress, Stage, Stop};
use super::error::SolveError;
use super::face::Optimum;
use super::level::Level;
use super::market::{Market, Tuning};
use super::options::{SolveOptions, TieBreak};
use super::plain;
use super::problem::Problem;
use super::solution::{Solution, Stats};
use super::tie_break::SALTS;

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
    /// Takes what proves the levels before a tie-break, and breaks ties; `false` if another way must
    /// be found.
    pub(super) fn take_proof(
        &mut self,
        problem: &Problem<'_>,
        proof: Vec<Prices>,
        options: &SolveOptions,
        tuning: Tuning,
        control: &mut Control<'_>,
    ) -> Result<bool, SolveError> {
        let scored = proof.len();
        self.prices = proof;
        let [Level::TieBreak(hash)] = &self.levels[scored..] else {
            return Ok(scored == self.levels.len());
        };
        let optimum = Optimum {
            problem,
            levels: &self.levels[..scored],
            prices: &self.prices,
            assignment: &self.assignment,
        };
        let salts = if options.tie_break == TieBreak::Fast {
            1
        } else {
            SALTS
        };
        let taken = Market::bytes(problem, problem.access(), tuning);
        let left = options
            .memory_limit
            .map_or(u64::MAX, |limit| limit.saturating_sub(taken));
        match plain::break_ties(&optimum, hash.clone(), (salts, left), tuning, control) {
            Err(Stop::Cancelled) => return Err(SolveError::Cancelled),
            Err(Stop::Limit) => {
                self.stopped = Some(scored);
                self.prices.push(plain::flat(problem, 0, 0));
            }
            Ok(None) => return Ok(false),
            Ok(Some(broken)) => {
                self.assignment = broken.assignment;
                self.prices.push(broken.prices);
                self.levels[scored] = Level::TieBreak(broken.hash);
            }
        }
        self.stats.work = control.work();
        Ok(true)
    }

    /// Breaks ties with the proof of the levels before that the answer has; `false` if another way must be
    /// found.
    pub(super) fn take_own_proof(
        &mut self,
        problem: &Problem<'_>,
        options: &SolveOptions,
        tuning: Tuning,
        control: &mut Control<'_>,
    ) -> Result<bool, SolveError> {
        if self.stopped.is_some() {
            let open = self.levels.len() - self.prices.len();
            let flat = std::iter::repeat_with(|| plain::flat(problem, 0, 0));
            self.prices.extend(flat.take(open));
            return Ok(true);
        }
        let proof = std::mem::take(&mut self.prices);
        self.take_proof(problem, proof, options, tuning, control)
    }

    /// States the claim, proves it, has it checked.
    pub(super) fn certify(
        self,
        problem: &Problem<'_>,
        control: &mut Control<'_>,
    ) -> Result<Solution, SolveError> {
        control.end_levels();
        control.report(Progress::new(Stage::Verifying, 0, 1));
        let is_cancelled = || control.is_cancelled();
        let certificate = match self.stopped {
            None => Certificate {
                levels: self.levels,
                prices: self.prices,
                claim: Claim::Optimal,
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
}
