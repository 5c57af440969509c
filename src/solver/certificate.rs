//! The proof that an assignment is optimal, and its check.
//!
//! This file and its parts import no solver. It reads the problem, the levels, the assignment and a set of
//! prices, and nothing else.
//!
//! # What is proved
//! A *price* per participant and group and level. The *reduced value* of a pair is, at each level,
//! its value less the mentee's price less the mentor's price. The reduced value of a place is its
//! value plus its owner's price less the price of the owner's group (0 if it has none). Reduced
//! values are vectors, one entry a level, compared lexicographically.
//!
//! *Complementary slackness*: no pair and no place that is free has a reduced value above zero, and
//! none that is used has one below zero. Adding up reduced values over any other assignment shows
//! that it is worth at most as much, because every price cancels (each pair uses one place of its
//! mentee and one of its mentor). Vectors in lexicographic order form an ordered group, so the sum
//! argument of linear programming holds for them as it does for numbers: one check proves all
//! levels at once.
//!
//! A mentee who has at most one mentor of each kind has a group below her for each, whose prices follow from the
//! others: [`slots`].
//!
//! That of all optimal assignments it is the one which a lot singles out is proved by the order in which its turns
//! were taken: [`lot`].
//!
//! For a result that claims less, a bound: with any prices at all, the positive parts of all
//! reduced values add up to an upper bound on what any assignment is worth. Where people and places allow less than
//! that, no prices are needed to see it: [`most`].
//!
//! Shape, prices and rows are checked by [`proof`], loads and places by [`places`], the pairs of a row by [`pair_test`].
//!
//! # Complexity
//! One pass over the pairs, in parallel, about as fast as memory gives their scores; O(people ×
//! levels) beside. Each row is read once, so that a source of rows cannot show one to the proof and
//! another to the sum.
//!
//! # References
//! L. R. Ford and D. R. Fulkerson, *Flows in Networks*, 1962, chapter III;
//! A. Schrijver, *Combinatorial Optimization*, 2003, section 17.2 and chapter 21.

use super::assignment::Assignment;
use super::level::Level;
use super::lot::Lot;
use super::problem::Problem;
use crate::ids::Role;
use crate::parallel;

mod ceiling;

mod lot;

mod most;

mod pair_test;

mod places;

mod prices;

mod proof;

mod slots;

mod together;

mod tower;

mod violation;

pub(in crate::solver) use ceiling::{Ceiling, CeilingProof};
pub(crate) use lot::Drawn;
use lot::Turns;
pub(crate) use prices::Prices;
use proof::{GivenUp, Proof};
pub(in crate::solver) use together::{Weighing, check_together};
pub use violation::Violation;

/// The proof of what a solution claims.
///
/// Its prices are one of many possible sets; only what is proved with them is the same everywhere.
///
/// ```
/// use mentormatch::solver::{Claim, Level, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let certificate = solve(&problem, &SolveOptions::new([Level::TotalScore]))?.certificate;
/// assert_eq!(certificate.levels(), [Level::TotalScore]);
/// assert_eq!(certificate.claim(), Claim::Optimal);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The objective levels the proof is about, first things first; the minimums are listed.
    pub(super) levels: Vec<Level>,
    /// One set a level.
    pub(super) prices: Vec<Prices>,
    /// What is claimed.
    pub(super) claim: Claim,
    /// By which lot the assignment was drawn of all optimal ones, if it was.
    pub(super) drawn: Option<Drawn>,
}

/// What a certificate proves.
///
/// ```
/// use mentormatch::solver::{Claim, Hooks, Level, Problem, SolveOptions, solve};
///
/// let hooks = Hooks::new().work_limit(0);
/// let problem = Problem::dense(1, 1, vec![70], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]).hooks(hooks))?;
/// // Found when the search was stopped; the bound shows that nothing is better.
/// assert_eq!(solution.value, [70]);
/// assert_eq!(solution.certificate.claim(), Claim::Bounded { level: 0, bound: 70 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// No assignment is better at the first level in which it differs.
    Optimal,
    /// Optimal at the levels before `level`; at `level`, no assignment that is as good before is
    /// worth more than `bound`.
    Bounded {
        /// The first level that is not proved optimal.
        level: usize,
        /// An upper bound on its value.
        bound: i128,
    },
    /// No two people who may be paired would both rather be than have what they have, and everybody on
    /// one side is as well off as in any other such assignment. Nothing is optimised: there are no
    /// levels. [`Preferences::check`](super::Preferences::check) checks it.
    Stable {
        /// The side for which it is the best, since it proposed.
        proposing: Role,
    },
}

impl Certificate {
    /// The objective levels the proof is about, first things first.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// What is proved.
    #[must_use]
    pub fn claim(&self) -> Claim {
        self.claim
    }

    /// The lot that singles the assignment out of all optimal ones, which is proved too; `None` where any of them
    /// would do, and where a limit came before it was drawn: whoever asked for
    /// [`TieBreak::Canonical`](super::TieBreak) under a limit looks here whether she has it.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, TieBreak, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![7; 4], None)?;
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// assert!(solve(&problem, &options)?.certificate.lot().is_none());
    /// let drawn = solve(&problem, &options.tie_break(TieBreak::Canonical))?;
    /// assert!(drawn.certificate.lot().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lot(&self) -> Option<&Lot> {
        self.drawn.as_ref().map(|drawn| &drawn.lot)
    }

    /// Whether it is claimed that a level is optimal.
    pub(in crate::solver) fn settles(&self, at: usize) -> bool {
        match self.claim {
            Claim::Bounded { level, .. } => at < level,
            Claim::Optimal | Claim::Stable { .. } => true,
        }
    }

    /// A claim that somebody has written down, with its prices, one set a level: to be checked.
    #[allow(dead_code, reason = "only stored forms write claims down")]
    pub(crate) fn stated(
        levels: Vec<Level>,
        prices: Vec<Prices>,
        claim: Claim,
        drawn: Option<Drawn>,
    ) -> Self {
        Self {
            levels,
            prices,
            claim,
            drawn,
        }
    }

    /// How the assignment was drawn.
    #[allow(dead_code, reason = "only stored forms write claims down")]
    pub(crate) fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref()
    }

    /// The prices, one set a level: one of many that prove the same.
    #[allow(dead_code, reason = "only stored forms write claims down")]
    pub(crate) fn prices(&self) -> &[Prices] {
        &self.prices
    }

    /// The claim of a stable assignment, which takes no prices.
    pub(super) fn stable(proposing: Role) -> Self {
        Self {
            levels: Vec::new(),
            prices: Vec::new(),
            claim: Claim::Stable { proposing },
            drawn: None,
        }
    }

    /// The claim that these prices prove when only the levels before `level` are solved. A call
    /// that is given up claims anything.
    pub(super) fn bounded(
        problem: &Problem<'_>,
        levels: Vec<Level>,
        prices: Vec<Prices>,
        level: usize,
        given_up: GivenUp<'_>,
    ) -> Self {
        let proof = Proof {
            problem,
            levels: &levels,
            prices: &prices,
            given_up,
        };
        let bound = proof.bound(level);
        Self {
            levels,
            prices,
            claim: Claim::Bounded { level, bound },
            drawn: None,
        }
    }

    /// Checks the proof of `assignment` for `problem`, at the [`levels`](Self::levels) that the
    /// certificate is about: compare those with the ones you asked for.
    ///
    /// # Errors
    /// The first thing that fails, in the order of [`Violation`]'s variants.
    ///
    /// ```
    /// use mentormatch::solver::{Assignment, Level, Problem, SolveOptions, solve};
    ///
    /// let scores = [70, 60, 20, 90];
    /// let problem = Problem::dense(2, 2, &scores, None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// assert!(solution.certificate.check(&problem, &solution.assignment).is_ok());
    /// let worse = Assignment::from_pairs(2, [(0, 1), (1, 0)]);
    /// assert!(solution.certificate.check(&problem, &worse).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, problem: &Problem<'_>, assignment: &Assignment) -> Result<(), Violation> {
        self.check_unless(problem, assignment, &|| false)
            .map(|_| ())
    }

    /// The same, and what the assignment is worth at each level, by the very scores that were
    /// checked. A call that is given up passes no proof.
    pub(super) fn check_unless(
        &self,
        problem: &Problem<'_>,
        assignment: &Assignment,
        given_up: GivenUp<'_>,
    ) -> Result<Vec<i128>, Violation> {
        let proof = Proof {
            problem,
            levels: &self.levels,
            prices: &self.prices,
            given_up,
        };
        proof.check_shape(assignment)?;
        proof.check_price_range()?;
        let (proved, bound) = match self.claim {
            Claim::Optimal => (self.levels.len(), None),
            Claim::Bounded { level, bound } => (level, Some(bound)),
            Claim::Stable { .. } => return Err(Violation::NeedsPreferences),
        };
        if bound.is_some() && proved >= self.levels.len() {
            return Err(Violation::Bound);
        }
        if bound.is_some() && self.drawn.is_some() {
            return Err(Violation::Lot); // nothing is drawn among what is not known to be optimal
        }
        let turns = |drawn| Turns::new(&proof, drawn, assignment);
        let turns = self.drawn.as_ref().map(turns).transpose()?;
        let people = || {
            let loads = assignment.loads(problem);
            let places = proof.check_loads(&loads);
            let places = places.and_then(|()| proof.check_places(&loads, proved));
            (loads, places)
        };
        let rows = || proof.read_rows(assignment, proved, bound.is_some(), turns.as_ref());
        let ((loads, places), rows) = parallel::both(problem.extent(), people, rows);
        rows.check_allowed()?;
        places?;
        rows.check_proved()?;
        if let Some(turns) = &turns {
            turns.check_places(&proof, &loads)?;
        }
        rows.check_drawn()?;
        if bound.is_some_and(|bound| bound < proof.highest(proved, rows.gains)) {
            return Err(Violation::Bound);
        }
        let levels = self.levels.iter().zip(rows.values);
        Ok(levels
            .map(|(level, pairs)| pairs + loads.worth(problem, level))
            .collect())
    }
}

#[cfg(test)]
mod tests;
