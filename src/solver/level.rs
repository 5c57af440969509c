//! Objective levels: what is maximised first, what second, and so on.
//!
//! Every level is a sum of two kinds of terms: a value per chosen *pair*, and a value per *place*
//! taken, where each further place of one participant (or group) is worth at most as much as the
//! one before (convex costs). That shape is enough for participation, minimum loads, spread of
//! load, priority tiers, wishes, kept pairs and quotas, and it keeps every level a network-flow problem.

use std::fmt;

use super::error::ProblemError;
use super::problem::{Problem, Side};

mod listed;

mod places;

mod segments;

mod unchanged;

pub use listed::ListedValues;
use places::value_of;
pub(super) use segments::{Segment, for_each_segment, segments};
pub use unchanged::Unchanged;

/// One objective; earlier levels come strictly first.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// // One good pair beats two poor ones by score, not by participation.
/// let scores = [90, 10, 10, -1];
/// let problem = Problem::dense(2, 2, &scores, Some(-1))?;
/// let by_score = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// assert_eq!(by_score.assignment.len(), 1);
/// let by_people = solve(&problem, &SolveOptions::new([Level::Participation, Level::TotalScore]))?;
/// assert_eq!(by_people.assignment.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Fill as many minimum places as possible. Comes first by itself where there is a minimum and
    /// the caller names no other place for it.
    Minimums,
    /// As many mentees as possible have at least one mentor.
    Participation,
    /// As many pairs as possible.
    Pairs,
    /// The largest sum of scores.
    TotalScore,
    /// The largest sum of values of the pairs that are listed; all others are worth 0.
    Listed(ListedValues),
    /// The largest sum of scores, with these values added to those of the pairs that are listed.
    ///
    /// ```
    /// use mentormatch::solver::{Level, ListedValues, Problem, SolveOptions, solve};
    /// use mentormatch::{MenteeIdx, MentorIdx};
    ///
    /// // 90 + 80, but for a pair that is wanted 20 less.
    /// let less = [(MenteeIdx::new(0), MentorIdx::new(0), -20)];
    /// let level = Level::ScoreAnd(ListedValues::new(2, less)?);
    /// let problem = Problem::dense(2, 2, vec![90, 75, 78, 80], None)?;
    /// assert_eq!(solve(&problem, &SolveOptions::new([level]))?.value, [75 + 78]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ScoreAnd(ListedValues),
    /// As few pairs as possible of a score between these two; any where the first is the higher.
    Avoid {
        /// The lowest such score.
        from: i32,
        /// The highest.
        to: i32,
    },
    /// The largest sum of values of the places that the members of groups take together, on either side.
    GroupPlaces {
        /// Values of the places of groups of mentees, if they have any.
        mentees: Option<PlaceValues>,
        /// Values of the places of groups of mentors, if they have any.
        mentors: Option<PlaceValues>,
    },
    /// The largest sum of scores and of values of the places that the members of groups take together.
    ScoreWithGroups {
        /// Values of the places of groups of mentees, if they have any.
        mentees: Option<PlaceValues>,
        /// Values of the places of groups of mentors, if they have any.
        mentors: Option<PlaceValues>,
    },
    /// As few pairs as possible that are not as in an assignment.
    Unchanged(Unchanged),
    /// The largest sum of values of the places taken, on either side.
    Places {
        /// Values of the mentees' places, if they have any.
        mentees: Option<PlaceValues>,
        /// Values of the mentors' places, if they have any.
        mentors: Option<PlaceValues>,
    },
}

/// What each place of each participant is worth: values that never rise from one place to the
/// next. Places beyond the listed ones are worth what the last listed one is, or 0 in an empty list.
///
/// ```
/// use mentormatch::solver::PlaceValues;
///
/// // Of two mentors, the first minds a second mentee a little and a third one more.
/// let spread = PlaceValues::new([vec![0, -1, -3], vec![]])?;
/// assert_eq!((spread.value(0, 1), spread.value(0, 3), spread.value(0, 9)), (0, -3, -3));
/// assert_eq!(spread.value(1, 1), 0);
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceValues {
    /// Participant `p` has `steps[starts[p]..starts[p + 1]]`.
    starts: Vec<usize>,
    steps: Vec<Step>,
}

/// Consecutive places of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) places: u32,
    pub(super) value: i64,
}

/// Who has places, with a minimum and a maximum of them to fill: a participant or a group, by
/// position.
///
/// ```
/// use mentormatch::solver::Owner;
///
/// assert_eq!(Owner::MentorGroup(3).to_string(), "mentor group 3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A mentee (row).
    Mentee(usize),
    /// A mentor (column).
    Mentor(usize),
    /// A group of mentees.
    MenteeGroup(usize),
    /// A group of mentors.
    MentorGroup(usize),
}

/// What decides the value of a pair at one level.
#[derive(Clone, Copy, Debug)]
pub(super) enum PairValues<'a> {
    /// The same for every pair.
    Same(i32),
    /// Its score.
    Score,
    /// −1 for a score in this range.
    Avoided(i32, i32),
    /// What is listed, 0 for most.
    Listed(&'a ListedValues),
    /// Its score and what is listed.
    ScoreAnd(&'a ListedValues),
    /// Whether it is to stay as it is.
    Unchanged(&'a Unchanged),
}

/// The places of one node that are worth something, in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Steps<'a> {
    One([Step; 1]),
    Listed(&'a [Step]),
}

impl std::ops::Deref for Steps<'_> {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        match self {
            Self::One(step) => step,
            Self::Listed(steps) => steps,
        }
    }
}

const FIRST: [Step; 1] = [Step {
    places: 1,
    value: 1,
}];

impl PlaceValues {
    /// Values from one list a participant: the first place's value, the second's, and so on.
    ///
    /// # Errors
    /// Values that rise from one place to the next, or lie outside ±2³¹.
    pub fn new<V: AsRef<[i64]>>(lists: impl IntoIterator<Item = V>) -> Result<Self, ProblemError> {
        let (mut starts, mut steps) = (vec![0], Vec::new());
        for (index, list) in lists.into_iter().enumerate() {
            let list = list.as_ref();
            places::check(index, list)?;
            steps.extend(list.iter().map(|&value| Step { places: 1, value }));
            if let Some(&value) = list.last() {
                steps.push(Step {
                    places: u32::MAX,
                    value,
                });
            }
            starts.push(steps.len());
        }
        Ok(Self { starts, steps })
    }

    /// Values that make it best for everybody's number of places to come near a target: each place up to it
    /// is worth 1, each further one −1; nothing for those without a target.
    ///
    /// ```
    /// use mentormatch::solver::PlaceValues;
    ///
    /// let values = PlaceValues::towards([Some(2), None]);
    /// assert_eq!([1, 2, 3, 9].map(|place| values.value(0, place)), [1, 1, -1, -1]);
    /// assert_eq!(values.value(1, 1), 0);
    /// ```
    #[must_use]
    pub fn towards(targets: impl IntoIterator<Item = Option<u32>>) -> Self {
        Self::towards_at(targets, 1)
    }

    /// The same with another worth of each place.
    pub(super) fn towards_at(targets: impl IntoIterator<Item = Option<u32>>, worth: u32) -> Self {
        let (mut starts, mut steps) = (vec![0], Vec::new());
        let value = i64::from(worth);
        for target in targets {
            let wanted = target.filter(|&places| places > 0);
            steps.extend(wanted.map(|places| Step { places, value }));
            let (places, value) = (u32::MAX, -value);
            steps.extend(target.map(|_| Step { places, value }));
            starts.push(steps.len());
        }
        Self { starts, steps }
    }

    /// The value of a participant's `place`-th place, counted from 1; 0 without a list.
    #[must_use]
    pub fn value(&self, participant: usize, place: u32) -> i64 {
        if participant < self.len() {
            value_of(self.steps(participant), place)
        } else {
            0
        }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn steps(&self, participant: usize) -> &[Step] {
        &self.steps[self.starts[participant]..self.starts[participant + 1]]
    }
}

impl Level {
    /// Avoids every score below a floor.
    pub(crate) fn below(floor: i32) -> Self {
        match floor.checked_sub(1) {
            Some(to) => Self::up_to(to),
            None => Self::nothing(),
        }
    }

    /// Avoids every score up to this one.
    pub(crate) fn up_to(to: i32) -> Self {
        let from = i32::MIN;
        Self::Avoid { from, to }
    }

    /// Avoids nothing.
    pub(crate) fn nothing() -> Self {
        Self::Avoid { from: 0, to: -1 }
    }

    /// Whether scores add up at it, whatever is added to them.
    pub(super) fn is_score(&self) -> bool {
        matches!(
            self,
            Self::TotalScore | Self::ScoreAnd(_) | Self::ScoreWithGroups { .. }
        )
    }

    /// The values that are listed, if they are.
    pub(super) fn listed(&self) -> Option<&ListedValues> {
        match self {
            Self::Listed(list) | Self::ScoreAnd(list) => Some(list),
            _ => None,
        }
    }

    /// What choosing a pair of this score adds.
    #[inline]
    pub(super) fn pair_value(&self, mentee: usize, mentor: usize, score: i32) -> i64 {
        match self.pair_values() {
            PairValues::Score => i64::from(score),
            PairValues::Same(value) => i64::from(value),
            PairValues::Avoided(from, to) => -i64::from((from..=to).contains(&score)),
            PairValues::Listed(listed) => i64::from(listed.value(mentee, mentor)),
            PairValues::ScoreAnd(listed) => {
                i64::from(score) + i64::from(listed.value(mentee, mentor))
            }
            PairValues::Unchanged(own) => own.value(mentee, mentor).into(),
        }
    }

    /// What decides the value of a pair.
    pub(super) fn pair_values(&self) -> PairValues<'_> {
        match self {
            Self::TotalScore | Self::ScoreWithGroups { .. } => PairValues::Score,
            Self::Pairs => PairValues::Same(1),
            Self::Avoid { from, to } => PairValues::Avoided(*from, *to),
            Self::Listed(listed) => PairValues::Listed(listed),
            Self::ScoreAnd(listed) => PairValues::ScoreAnd(listed),
            Self::Unchanged(own) => PairValues::Unchanged(own),
            Self::Minimums
            | Self::Participation
            | Self::Places { .. }
            | Self::GroupPlaces { .. } => PairValues::Same(0),
        }
    }

    /// What a pair that is not listed is worth at most.
    pub(super) fn highest_pair_value(&self) -> i64 {
        match self.pair_values() {
            PairValues::Same(value) => i64::from(value),
            PairValues::Avoided(..) | PairValues::Listed(_) => 0,
            PairValues::Score | PairValues::ScoreAnd(_) | PairValues::Unchanged(_) => {
                i64::from(i32::MAX)
            }
        }
    }

    /// Whether any place can be worth something.
    pub(super) fn values_places(&self) -> bool {
        matches!(
            self,
            Self::Minimums
                | Self::Participation
                | Self::Places { .. }
                | Self::GroupPlaces { .. }
                | Self::ScoreWithGroups { .. }
        )
    }

    /// What the places of one node add; places beyond the listed steps add nothing.
    #[inline]
    pub(super) fn steps(&self, problem: &Problem<'_>, owner: Owner) -> Steps<'_> {
        match (self, owner) {
            (Self::Minimums, owner) => match owner.min(problem) {
                0 => Steps::Listed(&[]),
                places => Steps::One([Step { places, value: 1 }]),
            },
            (Self::Participation, Owner::Mentee(_)) => Steps::One(FIRST),
            (
                Self::Places {
                    mentees: Some(values),
                    ..
                },
                Owner::Mentee(index),
            )
            | (
                Self::Places {
                    mentors: Some(values),
                    ..
                },
                Owner::Mentor(index),
            )
            | (
                Self::GroupPlaces {
                    mentees: Some(values),
                    ..
                }
                | Self::ScoreWithGroups {
                    mentees: Some(values),
                    ..
                },
                Owner::MenteeGroup(index),
            )
            | (
                Self::GroupPlaces {
                    mentors: Some(values),
                    ..
                }
                | Self::ScoreWithGroups {
                    mentors: Some(values),
                    ..
                },
                Owner::MentorGroup(index),
            ) => Steps::Listed(values.steps(index)),
            _ => Steps::Listed(&[]),
        }
    }

    /// The value of a node's `place`-th place, counted from 1.
    #[inline]
    pub(super) fn place_value(&self, problem: &Problem<'_>, owner: Owner, place: u32) -> i64 {
        value_of(&self.steps(problem, owner), place)
    }

    /// Refuses lists made for another number of people.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        let fits = |what, values: &Option<PlaceValues>, expected| match values {
            Some(values) if values.len() != expected => Err(ProblemError::Length {
                what,
                found: values.len(),
                expected,
            }),
            _ => Ok(()),
        };
        match self {
            Self::Places { mentees, mentors } => {
                fits("place values of mentees", mentees, problem.mentees())?;
                fits("place values of mentors", mentors, problem.mentors())
            }
            Self::GroupPlaces { mentees, mentors } | Self::ScoreWithGroups { mentees, mentors } => {
                let (of_mentees, of_mentors) = (&problem.mentees.groups, &problem.mentors.groups);
                fits(
                    "place values of groups of mentees",
                    mentees,
                    of_mentees.len(),
                )?;
                fits(
                    "place values of groups of mentors",
                    mentors,
                    of_mentors.len(),
                )
            }
            Self::Listed(listed) | Self::ScoreAnd(listed) => listed.check(problem),
            Self::Unchanged(own) => own.check(problem),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, index) = self.name();
        write!(f, "{what} {index}")
    }
}

impl Owner {
    /// Every node that has places: mentees, mentors, then the groups of either side.
    pub(super) fn all(problem: &Problem<'_>) -> impl Iterator<Item = Self> + use<> {
        let (mentees, mentors) = (&problem.mentees, &problem.mentors);
        (0..mentees.len())
            .map(Self::Mentee)
            .chain((0..mentors.len()).map(Self::Mentor))
            .chain((0..mentees.groups.len()).map(Self::MenteeGroup))
            .chain((0..mentors.groups.len()).map(Self::MentorGroup))
    }

    /// The node's position in [`all`](Self::all).
    pub(super) fn number(self, problem: &Problem<'_>) -> usize {
        let mentors = problem.mentees();
        let mentee_groups = mentors + problem.mentors();
        match self {
            Self::Mentee(index) => index,
            Self::Mentor(index) => mentors + index,
            Self::MenteeGroup(index) => mentee_groups + index,
            Self::MentorGroup(index) => mentee_groups + problem.mentees.groups.len() + index,
        }
    }

    /// The group above the node.
    pub(super) fn above(self, problem: &Problem<'_>) -> Option<Self> {
        let (mentees, mentors) = (&problem.mentees.groups, &problem.mentors.groups);
        match self {
            Self::Mentee(index) => mentees.of(index).map(Self::MenteeGroup),
            Self::Mentor(index) => mentors.of(index).map(Self::MentorGroup),
            Self::MenteeGroup(index) => mentees.above(index).map(Self::MenteeGroup),
            Self::MentorGroup(index) => mentors.above(index).map(Self::MentorGroup),
        }
    }

    /// What the node is, and its position.
    pub(super) fn name(self) -> (&'static str, usize) {
        match self {
            Self::Mentee(index) => ("mentee", index),
            Self::Mentor(index) => ("mentor", index),
            Self::MenteeGroup(index) => ("mentee group", index),
            Self::MentorGroup(index) => ("mentor group", index),
        }
    }

    /// The fewest places the node should fill.
    pub(super) fn min(self, problem: &Problem<'_>) -> u32 {
        match self {
            Self::Mentee(index) => problem.mentees.min[index],
            Self::Mentor(index) => problem.mentors.min[index],
            Self::MenteeGroup(index) => problem.mentees.groups.min[index],
            Self::MentorGroup(index) => problem.mentors.groups.min[index],
        }
    }

    /// The most places the node may fill.
    #[inline]
    pub(super) fn max(self, problem: &Problem<'_>) -> u32 {
        match self {
            Self::Mentee(index) => problem.mentees.max[index],
            Self::Mentor(index) => problem.mentors.max[index],
            Self::MenteeGroup(index) => problem.mentees.groups.max[index],
            Self::MentorGroup(index) => problem.mentors.groups.max[index],
        }
    }

    /// The most places the node can fill, there being only so many people on the other side.
    #[inline]
    pub(super) fn places(self, problem: &Problem<'_>) -> u32 {
        let partners = match self {
            Self::Mentee(_) => problem.mentors(),
            Self::Mentor(_) => problem.mentees(),
            // Be the pairs a matrix or listed: a proof of the one holds of the other.
            Self::MenteeGroup(_) | Self::MentorGroup(_) => {
                problem.mentees().saturating_mul(problem.mentors())
            }
        };
        self.max(problem)
            .min(u32::try_from(partners).unwrap_or(u32::MAX))
    }
}

/// The levels of a solve: the minimums first where there are any, then the caller's.
pub(super) fn with_minimums(problem: &Problem<'_>, levels: &[Level]) -> Vec<Level> {
    let has = |side: &Side| side.has_minimum();
    let needed =
        (has(&problem.mentees) || has(&problem.mentors)) && !levels.contains(&Level::Minimums);
    needed
        .then_some(Level::Minimums)
        .into_iter()
        .chain(levels.iter().cloned())
        .collect()
}

#[cfg(test)]
mod tests;
