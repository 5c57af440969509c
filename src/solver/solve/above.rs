//! The market on the pairs above a floor.
//!
//! # Problem
//! After participation, a level may avoid all scores below a floor, and the total score comes next. Without
//! that level the problem is [plain](super::plain).
//!
//! # Idea
//! Leave the low pairs out, and let the market solve the rest. If it matches as many mentees as can be
//! matched with all pairs, then to avoid the low ones costs nobody her place, and their level is at its
//! optimum, which is 0, at prices of 0. There a low pair loses, so that no later level asks anything of it.
//! The prices of participation are those of a cover of all pairs; the market's, and those of the tie-break on the
//! face that they leave, hold for the pairs that are left.

use super::super::problem::Above;
use super::*;
use std::borrow::Cow;

/// A floor under the scores of a problem that is plain otherwise.
pub(super) struct Floored {
    avoid: Level,
    floor: i32,
    /// All levels but that one.
    rest: Vec<Level>,
}

impl Floored {
    /// `None` where this way is not open.
    pub(super) fn take_out(problem: &Problem<'_>, levels: &[Level]) -> Option<Self> {
        let [first, avoid, rest @ ..] = levels else {
            return None;
        };
        let Level::Avoid { from: i32::MIN, to } = *avoid else {
            return None;
        };
        let rest: Vec<_> = std::iter::once(first).chain(rest).cloned().collect();
        let floor = to.checked_add(1)?;
        let is_open = *first != Level::TotalScore && plain::is_plain(problem, &rest);
        is_open.then(|| Self {
            avoid: avoid.clone(),
            floor,
            rest,
        })
    }

    /// Solves what is left on the market; on the network if that does not do.
    pub(super) fn solve(
        self,
        problem: &Problem<'_>,
        options: &SolveOptions,
        start: Option<&Start>,
    ) -> Result<Solution, SolveError> {
        let mut control = Control::new(&options.hooks);
        let tuning = Tuning::default();
        let above = Above::new(problem, self.floor);
        let Some(left) = above.problem() else {
            return Err(SolveError::NoObjective); // never: it is smaller than the whole
        };
        // A matrix of its own serves the market better than rows that are read through the whole one.
        let needed = left.bytes_in_memory(Access::OnDemand);
        let needed = needed.saturating_add(Market::bytes(problem, Access::InMemory, tuning));
        let left = if problem.is_matrix() && options.memory_limit.is_none_or(|most| needed <= most)
        {
            left.in_memory(control.watch())
        } else {
            Cow::Borrowed(&left)
        };
        let asked = Asked {
            options,
            start,
            whole: Some(problem),
            tuning,
        };
        let mut tried = asked.try_market(&left, self.rest, &mut control)?;
        tried.answer.levels.insert(1, self.avoid);
        if !tried.is_solved {
            let (market, levels) = (&tried.market, tried.answer.levels);
            return by_network(problem, market, levels, options, control)?.finish();
        }
        tried.answer.prices.insert(1, plain::flat(problem, 0, 0));
        let stopped = tried.answer.stopped;
        tried.answer.stopped = stopped.map(|level| if level > 0 { level + 1 } else { 0 });
        tried.answer.certify(problem, &mut control)
    }
}
