//! Who would rather have whom: both sides' values of every pair, and a strict order made of them.

use std::cmp::Reverse;
use std::ops::Range;

use super::super::error::ProblemError;
use super::super::pair_hash::PairHash;
use super::super::problem::{Problem, Row, RowBuffer, Side};
use crate::ids::{MenteeIdx, Role};

/// What each side makes of every pair: the input of a stable matching.
///
/// A pair is allowed if it is in both problems, so either side can leave the other out of its list.
/// Everybody ranks the allowed partners by her own side's values, and those of equal value by the
/// larger hash of the pair; so there are no ties, and what is stable by these lists is stable by the
/// values too (*weak* stability: no two people who would both gain). How many partners everybody takes
/// at most is what the mentees' problem says.
///
/// ```
/// use mentormatch::Role;
/// use mentormatch::solver::{Hooks, Preferences, Problem, solve_stable};
///
/// // Two mentees and two mentors: the mentees would rather have what the mentors would rather not.
/// let mentees = Problem::dense(2, 2, vec![9, 1, 1, 9], None)?;
/// let mentors = Problem::dense(2, 2, vec![1, 9, 9, 1], None)?;
/// let preferences = Preferences::new(mentees, mentors)?;
/// for (proposing, expected) in [(Role::Mentee, [(0, 0), (1, 1)]), (Role::Mentor, [(0, 1), (1, 0)])] {
///     let solution = solve_stable(&preferences, proposing, &Hooks::default())?;
///     let pairs = solution.assignment.pairs().map(|(i, j)| (i.get(), j.get()));
///     assert_eq!(pairs.collect::<Vec<_>>(), expected);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Preferences<'a> {
    mentees: Problem<'a>,
    /// `None` where both sides judge alike.
    mentors: Option<Problem<'a>>,
    ties: PairHash,
}

/// Buffers for a row in both views.
#[derive(Default)]
pub(super) struct Buffers([RowBuffer; 2]);

/// Where a partner stands in somebody's list: of two, the higher is preferred.
///
/// The key holds the value in its upper and the hash of the pair in its lower 31 bits. Should two
/// hashes be equal, the partner who comes first counts as better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    key: u64,
    partner: Reverse<u32>,
}

/// Bits of a hash.
const HASH_BITS: u32 = 31;

impl Rank {
    /// Below everybody.
    pub(super) const LOWEST: Self = Self {
        key: 0,
        partner: Reverse(u32::MAX), // no problem has as many people
    };

    /// Above everybody.
    pub(super) const HIGHEST: Self = Self {
        key: u64::MAX, // keys have 63 bits
        partner: Reverse(0),
    };

    pub(super) fn new(value: i32, hash: u32, partner: u32) -> Self {
        Self {
            key: above_hash(value) | u64::from(hash),
            partner: Reverse(partner),
        }
    }

    /// Who stands here; [`LOWEST`](Self::LOWEST) and [`HIGHEST`](Self::HIGHEST) are nobody's places.
    pub(super) fn partner(self) -> u32 {
        self.partner.0
    }

    /// Whether every partner of this value stands below.
    pub(super) fn is_above_all_of(self, value: i32) -> bool {
        above_hash(value) | ((1 << HASH_BITS) - 1) < self.key
    }

    /// Whether every partner of this value stands above.
    pub(super) fn is_below_all_of(self, value: i32) -> bool {
        above_hash(value) > self.key
    }
}

impl Rank {
    /// Whether somebody whose bar this is gains by a partner of this value, whatever the hash says.
    pub(super) fn gains_by(self, value: i32) -> bool {
        self == Self::LOWEST || self.is_below_all_of(value)
    }
}

/// Values in their order, with room for a hash below.
fn above_hash(value: i32) -> u64 {
    u64::from(value.abs_diff(i32::MIN)) << HASH_BITS
}

impl<'a> Preferences<'a> {
    /// What mentees and what mentors make of the pairs. Both problems are for the same people, one row a
    /// mentee; only capacities and demands of the mentees' problem count.
    ///
    /// # Errors
    /// Problems of different size; minimums or groups, with which there need not be a stable
    /// matching; mentors of kinds that bind somebody.
    pub fn new(mentees: Problem<'a>, mentors: Problem<'a>) -> Result<Self, ProblemError> {
        let same = |what, found, expected| match found == expected {
            true => Ok(()),
            false => Err(ProblemError::Length {
                what,
                found,
                expected,
            }),
        };
        same(
            "mentees in the mentors' view",
            mentors.mentees(),
            mentees.mentees(),
        )?;
        same(
            "mentors in the mentors' view",
            mentors.mentors(),
            mentees.mentors(),
        )?;
        check_bounds(&mentors)?;
        let alike = Self::alike(mentees)?;
        Ok(Self {
            mentors: Some(mentors),
            ..alike
        })
    }

    /// Both sides make the same of every pair. Then there is one stable matching, whoever proposes.
    ///
    /// ```
    /// use mentormatch::solver::{Preferences, Problem};
    ///
    /// let preferences = Preferences::alike(Problem::dense(1, 2, vec![70, 60], None)?)?;
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    ///
    /// # Errors
    /// Minimums, groups, or mentors of kinds that bind somebody.
    pub fn alike(problem: Problem<'a>) -> Result<Self, ProblemError> {
        check_bounds(&problem)?;
        Ok(Self {
            ties: PairHash::by_position(&problem),
            mentees: problem,
            mentors: None,
        })
    }

    /// The same with ties decided by this hash; by people's positions unless stated.
    ///
    /// # Errors
    /// A hash for another number of people.
    pub fn with_ties(mut self, ties: PairHash) -> Result<Self, ProblemError> {
        ties.check(&self.mentees)?;
        self.ties = ties;
        Ok(self)
    }

    /// The mentees' view, with everybody's bounds.
    pub(super) fn problem(&self) -> &Problem<'a> {
        &self.mentees
    }

    pub(super) fn people(&self, role: Role) -> usize {
        self.side(role).len()
    }

    /// How many partners everybody takes at most.
    pub(super) fn maxima(&self, role: Role) -> &[u32] {
        &self.side(role).max
    }

    fn side(&self, role: Role) -> &Side {
        match role {
            Role::Mentee => &self.mentees.mentees,
            Role::Mentor => &self.mentees.mentors,
        }
    }

    /// The problems there are.
    pub(super) fn views(&self) -> impl Iterator<Item = &Problem<'a>> {
        std::iter::once(&self.mentees).chain(&self.mentors)
    }

    /// Whether all values lie in memory, also those of pairs that are not allowed.
    pub(super) fn is_matrix(&self) -> bool {
        self.views().all(Problem::is_matrix)
    }

    /// The lowest mentee whose row has broken the promise of an on-demand source.
    pub(super) fn refused(&self) -> Option<MenteeIdx> {
        self.views().filter_map(Problem::refused).min()
    }

    /// The hash of a pair: somebody in this role, and a partner.
    pub(super) fn hash(&self, role: Role, person: u32, partner: u32) -> u32 {
        let (mentee, mentor) = match role {
            Role::Mentee => (person, partner),
            Role::Mentor => (partner, person),
        };
        let hash = self.ties.value(mentee as usize, mentor as usize);
        u32::try_from(hash).unwrap_or(u32::MAX) // it has 31 bits
    }

    /// Calls `visit(mentor, mentee's value, mentor's value)` for each allowed pair of a mentee with one of
    /// these mentors, in their order. A row that breaks its promise has none.
    pub(super) fn for_each(
        &self,
        mentee: usize,
        mentors: &Range<usize>,
        buffers: &mut Buffers,
        visit: impl FnMut(u32, i32, i32),
    ) {
        let [own, other] = &mut buffers.0;
        let Some(by_mentee) = self.mentees.row(mentee, own) else {
            return;
        };
        let by_mentor = match &self.mentors {
            Some(view) => view.row(mentee, other),
            None => Some(by_mentee),
        };
        if let Some(by_mentor) = by_mentor {
            for_each_in_both([by_mentee, by_mentor], mentors, visit);
        }
    }
}

fn for_each_in_both(
    rows: [Row<'_>; 2],
    mentors: &Range<usize>,
    mut visit: impl FnMut(u32, i32, i32),
) {
    match rows {
        [
            Row::Dense {
                scores: own,
                absent,
            },
            Row::Dense {
                scores: other,
                absent: absent_too,
            },
        ] => {
            let (own, other) = (&own[mentors.clone()], &other[mentors.clone()]);
            let first = u32::try_from(mentors.start).unwrap_or(u32::MAX); // people fit u32
            for ((mentor, &own), &other) in (first..).zip(own).zip(other) {
                if Some(own) != absent && Some(other) != absent_too {
                    visit(mentor, own, other);
                }
            }
        }
        [by_mentee, by_mentor] => by_mentee.for_each(|mentor, own| {
            if let Some(other) = by_mentor.score(mentor)
                && mentors.contains(&(mentor as usize))
            {
                visit(mentor, own, other);
            }
        }),
    }
}

fn check_bounds(problem: &Problem<'_>) -> Result<(), ProblemError> {
    let sides = [&problem.mentees, &problem.mentors];
    let what = if sides.iter().any(|side| side.has_minimum()) {
        "minimums"
    } else if sides.iter().any(|side| !side.groups.is_empty()) {
        "groups"
    } else if problem.has_kinds() {
        "kinds of mentors"
    } else {
        return Ok(());
    };
    Err(ProblemError::NotStable { what })
}

#[cfg(test)]
mod tests {
    use super::Rank;

    #[test]
    fn the_lowest_and_the_highest_values_are_between_nobody_and_nobody() {
        for value in [i32::MIN, -1, 0, i32::MAX] {
            for hash in [0, (1 << 31) - 1] {
                let rank = Rank::new(value, hash, 7);
                assert!(Rank::LOWEST < rank && rank < Rank::HIGHEST);
                assert!(
                    Rank::new(value, hash, 8) < rank,
                    "the first of equals is better"
                );
            }
        }
        assert!(Rank::new(-1, u32::MAX >> 1, 0) < Rank::new(0, 0, 1));
    }

    #[test]
    fn coarse_comparisons_agree_with_exact_ones() {
        let bar = Rank::new(5, 1_000, 3);
        for value in 4..=6 {
            let ranks = [0, 999, 1_000, 1_001, (1 << 31) - 1].map(|hash| Rank::new(value, hash, 1));
            assert_eq!(
                bar.is_above_all_of(value),
                ranks.iter().all(|rank| *rank < bar)
            );
            assert_eq!(
                bar.is_below_all_of(value),
                ranks.iter().all(|rank| *rank > bar)
            );
        }
    }
}
