//! One level's prices.

use std::fmt;

use super::super::level::{Level, Owner};
use super::super::problem::{Problem, Side};
use crate::lanes;

/// Prices further out are refused; those of a solver stay below 2⁵⁶ a round of pricing.
const PRICE_LIMIT: u64 = 1 << 60;

/// One level's prices.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Prices {
    pub(crate) mentees: Vec<i64>,
    pub(crate) mentors: Vec<i64>,
    pub(crate) mentee_groups: Vec<i64>,
    pub(crate) mentor_groups: Vec<i64>,
}

/// Where few compete, prices are scores, which are personal data.
impl fmt::Debug for Prices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prices")
            .field("mentees", &self.mentees.len())
            .field("mentors", &self.mentors.len())
            .finish_non_exhaustive()
    }
}

impl Prices {
    /// Everything is free.
    pub(in crate::solver) fn none(problem: &Problem<'_>) -> Self {
        Self {
            mentees: vec![0; problem.mentees()],
            mentors: vec![0; problem.mentors()],
            mentee_groups: vec![0; problem.mentees.groups.len()],
            mentor_groups: vec![0; problem.mentors.groups.len()],
        }
    }

    /// Whether there is a price for everybody.
    pub(super) fn fit(&self, problem: &Problem<'_>) -> bool {
        self.mentees.len() == problem.mentees()
            && self.mentors.len() == problem.mentors()
            && self.mentee_groups.len() == problem.mentees.groups.len()
            && self.mentor_groups.len() == problem.mentors.groups.len()
    }

    /// Whether every reduced value stays below 2⁶², so that nothing can wrap.
    pub(super) fn are_small(&self) -> bool {
        let are_small = |prices: &[i64]| {
            let (lowest, highest) = extremes(prices);
            lowest.unsigned_abs().max(highest.unsigned_abs()) <= PRICE_LIMIT
        };
        self.by_sort().into_iter().all(are_small)
    }

    /// By mentee, by mentor, by group of mentees, by group of mentors.
    pub(super) fn by_sort(&self) -> [&[i64]; 4] {
        [
            &self.mentees,
            &self.mentors,
            &self.mentee_groups,
            &self.mentor_groups,
        ]
    }

    /// A node's own price and the price of the group above it.
    #[inline]
    pub(in crate::solver) fn of(&self, problem: &Problem<'_>, owner: Owner) -> (i64, i64) {
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

    /// The reduced value of a pair at this level.
    pub(in crate::solver) fn reduced(
        &self,
        level: &Level,
        mentee: usize,
        mentor: usize,
        score: i32,
    ) -> i64 {
        level.pair_value(mentee, mentor, score) - self.mentees[mentee] - self.mentors[mentor]
    }
}

/// The lowest and the highest of some prices; nothing of nobody.
pub(super) fn extremes(prices: &[i64]) -> (i64, i64) {
    let first = prices.first().copied().unwrap_or_default();
    lanes::widest(
        #[inline(always)]
        || {
            let both = |(lowest, highest): (i64, i64), &price: &i64| {
                (lowest.min(price), highest.max(price))
            };
            prices.iter().fold((first, first), both)
        },
    )
}
