//! The market once more, with [raised](plain::raised) scores, where more people can take part than the total score wants.

use super::super::certificate::Prices;
use super::super::plain::raised;
use super::super::problem::Above;
use super::*;

impl Asked<'_> {
    /// Solves a plain problem for participation and the total score, from what the market made of the latter; `None` if
    /// that does not do.
    pub(super) fn try_raised(
        self,
        problem: &Problem<'_>,
        (market, levels): (&Market<'_>, &[Level]),
        control: &mut Control<'_>,
    ) -> Result<Option<Answer>, SolveError> {
        let [first, Level::TotalScore] = levels else {
            return Ok(None);
        };
        if !self.tuning.uses(Accelerator::Raise) {
            return Ok(None);
        }
        let Some(raise) = raised::raise(problem, control) else {
            return Ok(None);
        };
        let start = raised::start_of(market, problem, raise, self.tuning.bidders_an_open)
            .or_else(|| raised::start_from(self.start?, raise, first));
        let above = Above::raised(problem, raise);
        // From a start on, few rows are read again.
        let is_copy_dear =
            start.is_some() && problem.is_matrix() && problem.pairs() > self.tuning.pairs_to_copy;
        let is_copied = !is_copy_dear && self.has_room(problem, &above);
        if problem.is_sparse() && !is_copied {
            return Ok(None);
        }
        let Some(higher) = above.problem(is_copied, control.watch()) else {
            return Ok(None);
        };
        let (market, ended) = match start {
            Some(start) => Market::solve_from(&higher, &start, self.tuning, control),
            None => Market::solve(&higher, self.tuning, control),
        };
        let assignment = served(problem, levels, &market, ended, control)?;
        let proof = self.of_raised((problem, levels), (&market, raise), &assignment, control);
        let (settled, prices) = match (proof, ended) {
            ((0, _), Ok(())) => return Ok(None),
            proved => proved.0,
        };
        Ok(Some(Answer {
            prices,
            assignment,
            stats: stats(&market, 2, control),
            levels: levels.to_vec(),
            stopped: ended.err().map(|_| settled),
        }))
    }

    /// Whether two markets and a copy of the scores have room.
    fn has_room(self, problem: &Problem<'_>, above: &Above<'_>) -> bool {
        let of_market = Market::bytes(problem, Access::InMemory, self.tuning);
        above.has_room(self.memory_limit, of_market.saturating_mul(2))
    }

    /// Whether participation is settled, 1 or 0, and prices that prove it, and the total score as far as the market's do.
    fn of_raised(
        self,
        (problem, levels): (&Problem<'_>, &[Level]),
        (market, raise): (&Market<'_>, i32),
        assignment: &Assignment,
        control: &Control<'_>,
    ) -> (usize, Vec<Prices>) {
        let whole = self.whole.unwrap_or(problem);
        match plain::participation(whole, &levels[0], assignment, control) {
            Some(first) => {
                let total = raised::lowered(market.prices(), raise, &first, &levels[0]);
                (1, vec![first, total])
            }
            None => {
                let total = (&Prices::none(problem), market.is_led_by_mentors());
                plain::bounds(whole, levels, total, assignment, control)
            }
        }
    }
}
