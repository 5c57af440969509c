//! The market on the pairs above a floor.
//!
//! # Problem
//! After participation, or the number of pairs, a level may avoid all scores below a floor, and the total score
//! comes next. Without that level the problem is [plain](super::plain).
//!
//! # Idea
//! Leave the low pairs out, and let the market solve the rest. If it matches as many mentees as can be
//! matched with all pairs, then to avoid the low ones costs nobody her place, and their level is at its
//! optimum, which is 0, at prices of 0. There a low pair loses, so that no later level asks anything of it.
//! The prices of participation are those of a cover of all pairs; the market's hold for the pairs that are left.

use super::super::problem::Above;
use super::*;

/// A floor under the scores of a problem that is plain otherwise.
pub(super) struct Floored {
    levels: Vec<Level>,
    /// Where the level stands that avoids what is below it.
    at: usize,
    floor: i32,
}

impl Floored {
    /// `None` where this way is not open.
    pub(super) fn take_out(problem: &Problem<'_>, levels: &[Level]) -> Option<Self> {
        let is_floor = |level: &Level| matches!(level, Level::Avoid { from: i32::MIN, .. });
        let at = levels.iter().position(is_floor)?;
        let Level::Avoid { to, .. } = levels[at] else {
            return None;
        };
        let floored = Self {
            levels: levels.to_vec(),
            at,
            floor: to.checked_add(1)?,
        };
        let is_open = plain::counts_mentees(problem, &levels[..at])
            && plain::is_plain(problem, &floored.rest());
        is_open.then_some(floored)
    }

    /// Participation, and what comes after the floor.
    fn rest(&self) -> Vec<Level> {
        let later = self.levels[self.at + 1..].iter().cloned();
        [Level::Participation].into_iter().chain(later).collect()
    }

    /// Solves what is left on the market; on the network if that does not do.
    pub(super) fn solve(
        self,
        problem: &Problem<'_>,
        options: &SolveOptions,
        start: Option<&Start>,
    ) -> Result<Solution, SolveError> {
        let mut control = Control::new(&options.hooks);
        let tuning = tuning(options);
        let above = Above::new(problem, self.floor);
        let of_market = Market::bytes(problem, Access::InMemory, tuning);
        let is_copied = above.has_room(options.memory_limit, of_market);
        let left = above.problem(is_copied, control.watch());
        let Some(left) = left else {
            return Err(SolveError::NoObjective); // never: it is smaller than the whole
        };
        let asked = Asked {
            start,
            whole: Some(problem),
            tuning,
            memory_limit: options.memory_limit,
        };
        let Tried {
            market,
            answer,
            is_solved,
        } = asked.try_market(&left, self.rest(), &mut control)?;
        if !is_solved {
            return by_network(problem, &market, self.levels, options, control)?.finish();
        }
        let answer = self.with_low_pairs(problem, answer, &control);
        self.put_back(problem, answer, &control)
            .certify(problem, options, &mut control)
    }

    /// The same, with pairs below the floor too if the market was stopped, which may have left places for them.
    fn with_low_pairs(
        &self,
        problem: &Problem<'_>,
        mut answer: Answer,
        control: &Control<'_>,
    ) -> Answer {
        if answer.stopped.is_some() {
            let start = answer.assignment.scored(problem);
            let best = greedy::best(problem, &self.levels, (&[], &[start]), control);
            answer.assignment = best.assignment();
        }
        answer
    }

    /// What was found, with the levels that were taken out.
    fn put_back(&self, problem: &Problem<'_>, rest: Answer, control: &Control<'_>) -> Answer {
        let mut answer = rest;
        let first = answer.prices.first().cloned().unwrap_or_default();
        let prices = self.levels[..self.at].iter().map(|level| {
            let proof = plain::participation(problem, level, &answer.assignment, control);
            proof.unwrap_or_else(|| first.clone())
        });
        let flat = plain::flat(problem, 0, 0);
        let prices: Vec<_> = prices.chain([flat]).collect();
        answer.prices.splice(..1, prices);
        answer.levels.clone_from(&self.levels);
        let stopped = answer.stopped;
        answer.stopped = stopped.map(|level| if level > 0 { level + self.at } else { 0 });
        answer
    }
}
