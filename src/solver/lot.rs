//! Which of several equally good assignments: drawn by lot, the same lot everywhere.
//!
//! # Idea
//! Mentees draw turns. In the order of their turns each gets the best mentors that the objectives, and those
//! whose turn was before hers, leave her: a *random serial dictatorship* among the optimal assignments.
//! What is best for a mentee is a matter of the lot too: mentors stand in a circle, and she prefers
//! whomever she meets first from a place that is drawn for her. So the lot orders the pairs, by turn and
//! then by what is met first, and the assignment that is chosen is the lexicographically first: of two, the
//! one that has the first pair in which they differ. There is exactly one, whatever the method.
//!
//! The order asks nothing of a pair but one subtraction. (Up to version 1 of the hash the lot was the largest
//! sum of a hash value a pair; then each pair that tied had to be hashed, and an assignment of random values to
//! be solved and proved, which took ten times as long as the objectives where nearly all scores were equal.)
//!
//! # References
//! A. Abdulkadiroğlu and T. Sönmez, "Random serial dictatorship and the core from random endowments in house
//! allocation problems", Econometrica 66 (1998).

use std::sync::Arc;

use super::error::ProblemError;
use super::groups::expect_length;
use super::problem::Problem;
use super::walk::{self, position};
use crate::hash;

/// Which of several optimal assignments: turns of the mentees, a circle of the mentors, and where each mentee starts
/// on it.
///
/// In the order of their turns each mentee gets, of the mentors whom the objectives and those before her leave her,
/// the one whom she meets first on the circle from her start (the first ones, if she takes several), which goes on at
/// its beginning behind the last. This is a random serial dictatorship among the optimal assignments: of two of them
/// the one is taken that has the first pair in which they differ, by turn and then by what is met first. It is never
/// worse by any objective, and says nothing of who suits whom.
///
/// By version [`H_VERSION`](crate::H_VERSION) of the hash: turns and the circle are in the order of the keys, and a
/// mentee of key `z` starts at the first mentor whose key is at least `mix(z + 0x9e3779b97f4a7c15)`, where `mix` is
/// the finaliser of splitmix64. So keys are to be spread over all 64 bits, as hash values of ids and a seed are:
/// numbers like 0, 1, 2 give the first turns to the lowest and have all mentees start at one place. People of equal
/// keys come in the order of their positions.
///
/// ```
/// use mentormatch::solver::{Level, Lot, Problem, SolveOptions, TieBreak, solve};
///
/// // Two mentees to whom two mentors are the same: the first turn decides.
/// let problem = Problem::dense(2, 2, vec![7; 4], None)?;
/// let lot = Lot::new(&[9 << 60, 3 << 60], &[1 << 60, 8 << 60]);
/// assert_eq!(lot.turn(1), 0);
/// let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::CanonicalBy(lot.clone()));
/// let solution = solve(&problem, &options)?;
/// let hers = solution.assignment.mentors_of(mentormatch::MenteeIdx::new(1))[0];
/// assert!((0..2).all(|other| lot.distance(1, hers.index()) <= lot.distance(1, other)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Mentees, by turn.
    order: Arc<[u32]>,
    /// By mentee.
    turns: Arc<[u32]>,
    /// Mentors, by their place on the circle.
    circle: Arc<[u32]>,
    /// By mentor: the place on the circle.
    places: Arc<[u32]>,
    /// Whether the circle is in the order of positions.
    is_in_place: bool,
    /// By mentee: where on the circle she starts.
    starts: Arc<[u32]>,
}

/// When a pair's turn comes: the mentee's turn, then how far the mentor is from her start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    /// Later than any pair's.
    pub(crate) const NEVER: Self = Self(u64::MAX);

    /// The moment of a turn at which a mentor's comes who is so far from the start.
    #[inline]
    pub(crate) const fn new(turn: u32, distance: u32) -> Self {
        Self((turn as u64) << 32 | distance as u64)
    }

    /// The turn and the distance; `None` of never.
    #[allow(dead_code, reason = "only stored forms write moments down")]
    pub(crate) fn parts(self) -> Option<(u32, u32)> {
        let low = u32::try_from(self.0 & u64::from(u32::MAX)).ok()?;
        let turn = u32::try_from(self.0 >> 32).ok()?;
        (self != Self::NEVER).then_some((turn, low))
    }

    /// The moment behind.
    pub(super) const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The first moment of a turn.
    #[inline]
    pub(super) const fn of_turn(turn: u32) -> Self {
        Self::new(turn, 0)
    }
}

impl Lot {
    /// A lot from one key a mentee and one a mentor.
    #[must_use]
    pub fn new(mentees: &[u64], mentors: &[u64]) -> Self {
        let (order, circle) = (in_order(mentees), in_order(mentors));
        let keys: Vec<u64> = circle
            .iter()
            .map(|&mentor| mentors[mentor as usize])
            .collect();
        let start = |&key: &u64| {
            let from = hash::spread(key);
            position(keys.partition_point(|&key| key < from))
        };
        Self {
            turns: places_of(&order),
            places: places_of(&circle),
            is_in_place: circle.is_sorted(),
            starts: mentees.iter().map(start).collect(),
            order: order.into(),
            circle: circle.into(),
        }
    }

    /// A lot for people known only by their positions: turns and the circle are in their order.
    pub(super) fn by_position(problem: &Problem<'_>) -> Self {
        let (mentees, mentors) = (problem.mentees(), problem.mentors());
        let in_place = |people: usize| (0..position(people)).collect::<Arc<[_]>>();
        let (turns, places) = (in_place(mentees), in_place(mentors));
        let starts = (0..mentees).map(|mentee| position(walk::start(mentee, mentors)));
        Self {
            order: Arc::clone(&turns),
            turns,
            circle: Arc::clone(&places),
            places,
            is_in_place: true,
            starts: starts.collect(),
        }
    }

    /// A mentee's turn, counted from 0; after everybody's for one who is not there.
    #[must_use]
    pub fn turn(&self, mentee: usize) -> u32 {
        let turn = self.turns.get(mentee).copied();
        turn.unwrap_or(position(self.turns.len()))
    }

    /// How much a mentee would rather have others than this mentor: less is better, and nothing else is told by
    /// the number. `u32::MAX` for somebody who is not there, and now and then for the last mentor.
    #[must_use]
    pub fn distance(&self, mentee: usize, mentor: usize) -> u32 {
        match (self.places.get(mentor), self.starts.get(mentee)) {
            // Places before the start wrap around: they are further than all those after it.
            (Some(place), Some(start)) => place.wrapping_sub(*start),
            _ => u32::MAX,
        }
    }

    /// When the turn of a pair comes.
    #[inline]
    pub(super) fn moment(&self, mentee: usize, mentor: usize) -> Moment {
        Moment::new(self.turns[mentee], self.distance(mentee, mentor))
    }

    /// By mentee: her turn.
    pub(super) fn turns(&self) -> &[u32] {
        &self.turns
    }

    /// Mentees in the order of their turns.
    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    /// Mentors in the order of their places on the circle.
    pub(super) fn circle(&self) -> &[u32] {
        &self.circle
    }

    /// By mentor: the place on the circle.
    pub(super) fn places(&self) -> &[u32] {
        &self.places
    }

    /// Where on the circle a mentee starts.
    pub(super) fn start(&self, mentee: usize) -> u32 {
        self.starts[mentee]
    }

    /// Whether the circle is in the order of positions.
    pub(super) fn is_in_place(&self) -> bool {
        self.is_in_place
    }

    /// All mentors, in the order in which a mentee prefers them.
    pub(super) fn walk(&self, mentee: usize) -> impl Iterator<Item = u32> {
        let (before, after) = self.circle.split_at(self.starts[mentee] as usize);
        after.iter().chain(before).copied()
    }

    /// Refuses a lot for other people.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        expect_length("turns of mentees", self.turns.len(), problem.mentees())?;
        expect_length("places of mentors", self.places.len(), problem.mentors())
    }
}

/// Positions in the order of their keys.
fn in_order(keys: &[u64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..position(keys.len())).collect();
    order.sort_by_key(|&person| keys[person as usize]);
    order
}

/// Where each position stands in an order of them.
fn places_of(order: &[u32]) -> Arc<[u32]> {
    let mut places = vec![0; order.len()];
    for (place, &person) in (0..).zip(order) {
        places[person as usize] = place;
    }
    places.into()
}
