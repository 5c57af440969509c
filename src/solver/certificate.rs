//! The proof that an assignment is optimal, and its check.
//!
//! This file imports no solver. It reads the problem, the levels, the assignment and a set of
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
//! For a result that claims less, a bound: with any prices at all, the positive parts of all
//! reduced values add up to an upper bound on what any assignment is worth.
//!
//! # Complexity
//! One pass over the allowed pairs, in parallel; O(people × levels) beside.
//!
//! # References
//! L. R. Ford and D. R. Fulkerson, *Flows in Networks*, 1962, chapter III;
//! A. Schrijver, *Combinatorial Optimization*, 2003, section 17.2 and chapter 21.

use std::cmp::Ordering;

use super::assignment::Assignment;
use super::level::{Level, Owner, segments};
use super::problem::{Problem, Side};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

mod violation;

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
}

/// What a certificate proves.
///
/// ```
/// use mentormatch::solver::{Claim, Hooks, Level, Problem, SolveOptions, solve};
///
/// let mut hooks = Hooks::default();
/// hooks.work_limit = Some(0);
/// let problem = Problem::dense(1, 1, vec![70], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]).hooks(hooks))?;
/// assert_eq!(solution.value, [0]);
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
}

/// Prices further out are refused; those of a solver stay below 2⁵⁶ a round of pricing.
const PRICE_LIMIT: u64 = 1 << 60;

/// One level's prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prices {
    pub(super) mentees: Vec<i64>,
    pub(super) mentors: Vec<i64>,
    pub(super) mentee_groups: Vec<i64>,
    pub(super) mentor_groups: Vec<i64>,
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

    /// The claim that these prices prove when only the levels before `level` are solved.
    pub(super) fn bounded(
        problem: &Problem<'_>,
        levels: Vec<Level>,
        prices: Vec<Prices>,
        level: usize,
    ) -> Self {
        let bound = Proof {
            problem,
            levels: &levels,
            prices: &prices,
            given_up: &|| false,
        }
        .bound(level);
        Self {
            levels,
            prices,
            claim: Claim::Bounded { level, bound },
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
    }

    /// The same, except that a call that is given up passes no proof.
    pub(super) fn check_unless(
        &self,
        problem: &Problem<'_>,
        assignment: &Assignment,
        given_up: GivenUp<'_>,
    ) -> Result<(), Violation> {
        let proof = Proof {
            problem,
            levels: &self.levels,
            prices: &self.prices,
            given_up,
        };
        proof.check_shape(assignment)?;
        proof.check_price_range()?;
        proof.check_allowed(assignment)?;
        match self.claim {
            Claim::Optimal => proof.check_slackness(assignment, self.levels.len()),
            Claim::Bounded { level, .. } if level >= self.levels.len() => Err(Violation::Bound),
            Claim::Bounded { level, bound } => {
                proof.check_slackness(assignment, level)?;
                proof.check_bound(level, bound)
            }
        }
    }
}

/// A certificate's prices beside the problem they are about.
struct Proof<'a> {
    problem: &'a Problem<'a>,
    levels: &'a [Level],
    prices: &'a [Prices],
    given_up: GivenUp<'a>,
}

/// Whether the caller has lost interest.
type GivenUp<'a> = &'a (dyn Fn() -> bool + Sync);

impl Proof<'_> {
    fn check_shape(&self, assignment: &Assignment) -> Result<(), Violation> {
        let problem = self.problem;
        let fits = |prices: &Prices| {
            prices.mentees.len() == problem.mentees()
                && prices.mentors.len() == problem.mentors()
                && prices.mentee_groups.len() == problem.mentees.groups.len()
                && prices.mentor_groups.len() == problem.mentors.groups.len()
        };
        let complete = self.prices.len() == self.levels.len() && self.prices.iter().all(fits);
        if complete && assignment.fits(problem) {
            Ok(())
        } else {
            Err(Violation::Shape)
        }
    }

    /// Prices within the range leave every reduced value below 2⁶², so nothing below can wrap.
    fn check_price_range(&self) -> Result<(), Violation> {
        let small = |price: &i64| price.unsigned_abs() <= PRICE_LIMIT;
        if self.prices.iter().flat_map(Prices::all).all(small) {
            Ok(())
        } else {
            Err(Violation::PriceRange)
        }
    }

    fn check_allowed(&self, assignment: &Assignment) -> Result<(), Violation> {
        let mut before = None;
        for (mentee, mentor) in assignment.pairs() {
            let twice = before.replace((mentee, mentor)) == Some((mentee, mentor));
            if twice || self.problem.score(mentee, mentor).is_none() {
                return Err(Violation::NotAllowed { mentee, mentor });
            }
        }
        for (owner, load) in assignment.loads(self.problem).owners() {
            let max = owner.max(self.problem);
            if load > u64::from(max) {
                let (what, index) = owner.name();
                return Err(Violation::Overloaded {
                    what,
                    index,
                    load,
                    max,
                });
            }
        }
        Ok(())
    }

    /// Complementary slackness at the first `levels` levels.
    fn check_slackness(&self, assignment: &Assignment, levels: usize) -> Result<(), Violation> {
        for (owner, load) in assignment.loads(self.problem).owners() {
            if !self.is_place_proved(owner, load, levels) {
                let (what, index) = owner.name();
                return Err(Violation::Place { what, index });
            }
        }
        let fails = |mentee: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a problem has fewer than 2^24 people"
            )]
            let mentee = MenteeIdx::new(mentee as u32);
            ((self.given_up)() || !self.is_row_proved(mentee, assignment, levels)).then_some(mentee)
        };
        match parallel::find_first(self.problem.mentees(), fails) {
            Some(mentee) => Err(Violation::Pair { mentee }),
            None => Ok(()),
        }
    }

    /// The last place taken loses nothing and the next one, if anybody is left to take it, gains
    /// nothing. Values never rise from place to place, so the others follow.
    fn is_place_proved(&self, owner: Owner, load: u64, levels: usize) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "loads were checked against u32 maxima"
        )]
        let load = load as u32;
        let sign = |place| self.sign(levels, |level| self.place_reduced(level, owner, place));
        (load == 0 || sign(load) != Ordering::Less)
            && (load == owner.places(self.problem) || sign(load + 1) != Ordering::Greater)
    }

    fn is_row_proved(&self, mentee: MenteeIdx, assignment: &Assignment, levels: usize) -> bool {
        let chosen = assignment.mentors_of(mentee);
        let row = mentee.index();
        let mut proved = true;
        self.problem.for_each_allowed(row, |mentor, score| {
            let sign = self.sign(levels, |level| {
                self.pair_reduced(level, row, mentor as usize, score)
            });
            let is_chosen = || chosen.binary_search(&MentorIdx::new(mentor)).is_ok();
            proved &= match sign {
                Ordering::Greater => is_chosen(),
                Ordering::Less => !is_chosen(),
                Ordering::Equal => true,
            };
        });
        proved
    }

    /// The lexicographic sign of a reduced value.
    fn sign(&self, levels: usize, reduced: impl Fn(usize) -> i64) -> Ordering {
        (0..levels)
            .map(|level| reduced(level).cmp(&0))
            .find(|sign| sign.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn pair_reduced(&self, level: usize, mentee: usize, mentor: usize, score: i32) -> i64 {
        let prices = &self.prices[level];
        self.levels[level].pair_value(mentee, mentor, score)
            - prices.mentees[mentee]
            - prices.mentors[mentor]
    }

    fn place_reduced(&self, level: usize, owner: Owner, place: u32) -> i64 {
        let (own, above) = self.prices[level].of(self.problem, owner);
        self.levels[level].place_value(self.problem, owner, place) + own - above
    }

    fn check_bound(&self, level: usize, bound: i128) -> Result<(), Violation> {
        if bound >= self.bound(level) {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }

    /// An upper bound on what an assignment that is optimal at the levels before is worth at
    /// `level`: what every pair and every place could add to it.
    fn bound(&self, level: usize) -> i128 {
        let pairs = parallel::sum(self.problem.mentees(), |row| {
            let mut gain = 0;
            self.problem.for_each_allowed(row, |mentor, score| {
                gain += self.gain(level, |l| self.pair_reduced(l, row, mentor as usize, score));
            });
            gain
        });
        pairs
            + Owner::all(self.problem)
                .map(|owner| self.place_gain(level, owner))
                .sum::<i128>()
    }

    fn place_gain(&self, level: usize, owner: Owner) -> i128 {
        let price = |level: usize| {
            let (own, above) = self.prices[level].of(self.problem, owner);
            own - above
        };
        segments(self.problem, self.levels, owner)
            .iter()
            .map(|segment| {
                i128::from(segment.places) * self.gain(level, |l| segment.values[l] + price(l))
            })
            .sum()
    }

    /// What one pair or place could add at `level`: nothing if an earlier level forbids its use,
    /// its reduced value if an earlier level demands it, else the better of the two.
    fn gain(&self, level: usize, reduced: impl Fn(usize) -> i64) -> i128 {
        i128::from(match self.sign(level, &reduced) {
            Ordering::Less => 0,
            Ordering::Equal => reduced(level).max(0),
            Ordering::Greater => reduced(level),
        })
    }
}

impl Prices {
    fn all(&self) -> impl Iterator<Item = &i64> {
        let groups = self.mentee_groups.iter().chain(&self.mentor_groups);
        self.mentees.iter().chain(&self.mentors).chain(groups)
    }

    /// A node's own price and the price of the group above it.
    fn of(&self, problem: &Problem<'_>, owner: Owner) -> (i64, i64) {
        let above = |groups: &[i64], group: Option<usize>| group.map_or(0, |group| groups[group]);
        let (mentees, mentors): (&Side, &Side) = (&problem.mentees, &problem.mentors);
        match owner {
            Owner::Mentee(i) => (
                self.mentees[i],
                above(&self.mentee_groups, mentees.groups.of(i)),
            ),
            Owner::Mentor(j) => (
                self.mentors[j],
                above(&self.mentor_groups, mentors.groups.of(j)),
            ),
            Owner::MenteeGroup(g) => (
                self.mentee_groups[g],
                above(&self.mentee_groups, mentees.groups.above(g)),
            ),
            Owner::MentorGroup(g) => (
                self.mentor_groups[g],
                above(&self.mentor_groups, mentors.groups.above(g)),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
