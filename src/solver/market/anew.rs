//! What a market does that has begun at the wrong end: it begins anew at the other.
//!
//! # Idea
//! Two guesses are made before any bid, and either may be wrong:
//!
//! 1. *What all [agree](super::agreed) on.* A few whom the sample did not meet may pay no attention to it. Everybody
//!    else ties with everybody then, and to take prices back where a place stays vacant takes a search among all of
//!    them. Once that has taken as long as all before, the market begins without agreed prices. Two of 2,000 mentees
//!    are enough: 2,000 × 500 with a quarter of the places to spare took 350 ms, 60 if they are found out so late,
//!    and 10 if the sample meets them.
//! 2. *That mentors bid where places are few.* If nearly all mentees are [twins](super::twins), a mentor who is outbid
//!    finds all others just as good, and a search passes all of them. So the mentees bid as one. With nine mentees in
//!    ten alike, 2,000 × 500 with places for seven in ten takes 15 ms instead of 75.

use super::augment::Patience;
use super::lists::Lists;
use super::sides::Sides;
use super::twins::Twins;
use super::{Accelerator, Market};
use crate::solver::control::{Control, Stop};
use crate::solver::problem::Access;

/// What a market begins with once more, at prices of nothing.
pub(super) struct Anew<'p> {
    sides: Sides<'p>,
    /// Who is alike, if bidders are to bid as one from the beginning.
    twins: Option<Twins>,
}

impl<'p> Market<'p> {
    /// Forgets everything but the problem, and begins with this.
    pub(super) fn begin_anew(
        &mut self,
        anew: Anew<'p>,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        self.lists = Lists::default(); // freed before new ones are made, and so is the copy
        self.sides.forget_copy();
        *self = Self::at_first(anew.sides, None, self.tuning);
        if let Some(twins) = anew.twins {
            self.share(twins, control)?;
        }
        self.run(control)
    }

    /// How long agreed prices may take to be taken back, after so much work.
    pub(super) fn patience_with_agreed(&self, work: u64) -> Patience {
        match self.are_agreed {
            true => Patience::Candidates(work),
            false => Patience::Endless,
        }
    }

    pub(super) fn without_agreed(&self, control: &Control<'_>) -> Anew<'p> {
        Anew {
            sides: Sides::new(self.sides.problem(), control),
            twins: None,
        }
    }

    /// With mentees as bidders, if mentors bid at present and nearly all mentees are twins.
    pub(super) fn led_by_twins(&self, control: &Control<'_>) -> Option<Anew<'p>> {
        let problem = self.sides.problem();
        let are_sought = self.tuning.uses(Accelerator::Twins) && self.sides.mentors_bid;
        if !are_sought || self.twins.is_some() || problem.access() == Access::OnDemand {
            return None; // mentors are twins themselves; or to ask would cost two rounds of rows
        }
        let sides = Sides::led_by_mentees(problem, control);
        let twins = Twins::find(&sides)?;
        twins.are_nearly_all(sides.bidders()).then_some(Anew {
            sides,
            twins: Some(twins),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::accelerators::Accelerators;
    use crate::solver::common::random::Random;
    use crate::solver::market::Tuning;
    use crate::solver::options::{Method, SolveOptions};
    use crate::solver::problem::Problem;
    use crate::solver::sample;
    use crate::solver::{Level, solve};

    const MENTEES: usize = 400;
    const MENTORS: usize = 100;

    /// One profile for all but some, who have scores of their own.
    fn alike_but(own: impl Fn(usize) -> bool, places: u32) -> Problem<'static> {
        let mut random = Random::new(7);
        let profile: Vec<i32> = (0..MENTORS).map(|_| random.between(0, 9_999)).collect();
        let rows = (0..MENTEES).flat_map(|mentee| match own(mentee) {
            true => (0..MENTORS).map(|_| random.between(0, 9_999)).collect(),
            false => profile.clone(),
        });
        let problem = Problem::dense(MENTEES, MENTORS, rows.collect::<Vec<_>>(), None).unwrap();
        problem.with_capacities(vec![places; MENTORS]).unwrap()
    }

    /// The market that has solved a problem, whose worth is as an independent method finds it.
    fn solved<'p>(problem: &'p Problem<'p>, tuning: Tuning) -> Market<'p> {
        let options = SolveOptions::new([Level::TotalScore]).method(Method::MinCostFlow);
        let expected = solve(problem, &options).unwrap().value[0];
        let (market, ended) = Market::solve(problem, tuning, &mut Control::idle());
        assert!(ended.is_ok());
        let worth: i64 = market.held().iter().map(|pair| i64::from(pair.2)).sum();
        assert_eq!(i128::from(worth), expected);
        market
    }

    #[test]
    fn agreed_prices_are_given_up_where_a_few_whom_no_sample_meets_go_their_own_way() {
        let met: Vec<usize> = [32, 256]
            .into_iter()
            .flat_map(|rows| sample::about(rows, MENTEES))
            .collect();
        let is_met = |mentee: usize| met.contains(&mentee);
        let all = alike_but(|_| false, 5);
        assert!(solved(&all, Tuning::default()).are_agreed);
        let most = alike_but(|mentee| !is_met(mentee) && mentee % 5 == 0, 5);
        assert!(!solved(&most, Tuning::default()).are_agreed);
    }

    #[test]
    fn mentees_bid_where_nearly_all_are_alike_and_mentors_would_fight_for_them() {
        let listed = Accelerators::default().without(Accelerator::RowSearches);
        let impatient = Tuning {
            patience: 0,
            pairs_a_look: 1 << 40,
            ..Tuning::with(listed)
        };
        for (one_in, is_turned) in [(20, true), (2, false)] {
            let problem = alike_but(|mentee| mentee % one_in == 3 % one_in, 3);
            let market = solved(&problem, impatient);
            assert_eq!(!market.sides.mentors_bid, is_turned, "one in {one_in}");
        }
    }
}
