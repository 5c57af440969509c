//! What can be wrong with a problem, and why a solve may end without a solution.

use std::fmt;

use thiserror::Error;

use crate::ids::MenteeIdx;

/// Why a problem was refused.
///
/// Positions are row (mentee) and column (mentor) numbers, counted from 0.
///
/// ```
/// use mentormatch::solver::{Problem, ProblemError};
///
/// let refused = Problem::dense(2, 2, vec![1, 2, 3], None).unwrap_err();
/// assert_eq!(refused.to_string(), "the score matrix: 3 entries, expected 4");
/// assert!(matches!(refused, ProblemError::Length { found: 3, .. }));
/// let refused = Problem::sparse(2, &[0, 2], &[1, 2], &[70, 20]).unwrap_err();
/// assert_eq!(refused.to_string(), "mentee 0 with mentor 2: there are 2 mentors, counted from 0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// A slice has the wrong length.
    #[error("{what}: {}, expected {expected}", Count(*.found, ["entry", "entries"]))]
    Length {
        /// Which slice.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length that fits.
        expected: usize,
    },
    /// A mentee's row has not one score a mentor.
    #[error(
        "the row of mentee {mentee}: {}, expected {expected}, one a mentor",
        Count(*.found, ["score", "scores"])
    )]
    RowLength {
        /// Whose row.
        mentee: usize,
        /// How many scores it has.
        found: usize,
        /// The number of mentors.
        expected: usize,
    },
    /// A mentee's row does not list mentors strictly ascending.
    #[error(
        "the row of mentee {mentee}: mentor {mentor} is listed after mentor {before}; mentors must ascend, and none may be listed twice"
    )]
    RowOrder {
        /// Whose row.
        mentee: usize,
        /// A mentor.
        before: u32,
        /// The mentor listed next, who is the same or comes before.
        mentor: u32,
    },
    /// A pair names a mentor who is not there, in a row, among listed values or in an assignment.
    #[error("mentee {mentee} with mentor {mentor}: there are {mentors} mentors, counted from 0")]
    NoSuchMentor {
        /// The mentee of the pair.
        mentee: usize,
        /// The mentor it names.
        mentor: u32,
        /// How many mentors there are.
        mentors: usize,
    },
    /// A listed value names a mentee who is not there.
    #[error("mentee {mentee} with mentor {mentor}: there are {mentees} mentees, counted from 0")]
    NoSuchMentee {
        /// The mentee it names.
        mentee: u32,
        /// The mentor of the pair.
        mentor: u32,
        /// How many mentees there are.
        mentees: usize,
    },
    /// A mentee is to keep the row of somebody who was not there.
    #[error("mentee {mentee}: there was no mentee {of} whose row she could have, of {rows}")]
    NoSuchRow {
        /// The mentee.
        mentee: usize,
        /// Whose row.
        of: usize,
        /// How many there were.
        rows: usize,
    },
    /// The row starts of a sparse problem do not ascend from 0 to the number of pairs.
    #[error(
        "row start {at} is {found}, expected {}; row starts ascend from 0 to the number of pairs",
        Span(*.low, *.high)
    )]
    RowStarts {
        /// The position of the first that fails: that of the mentee whose row it begins, or behind all mentees.
        at: usize,
        /// What it is.
        found: u64,
        /// The least that it may be: what the one before is, or the number of pairs.
        low: u64,
        /// The most that it may be: the number of pairs, but 0 for the first.
        high: u64,
    },
    /// A minimum lies above its maximum.
    #[error("{what} {index}: minimum {min} above maximum {max}")]
    MinAboveMax {
        /// What has the bounds: a mentor, a mentee or a group.
        what: &'static str,
        /// Its position.
        index: usize,
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
    },
    /// A participant or a group is to belong to a group that is not there.
    #[error("{what} {index} in group {group}: there are {groups} groups, counted from 0")]
    NoSuchGroup {
        /// A participant or a group.
        what: &'static str,
        /// Its position.
        index: usize,
        /// The group it names.
        group: u32,
        /// How many groups there are.
        groups: usize,
    },
    /// A group is to belong to one that does not come after it.
    #[error("group {group} in group {parent}: a larger group must come after those in it")]
    GroupOrder {
        /// The group.
        group: usize,
        /// The larger group it names.
        parent: u32,
    },
    /// The values of somebody's places rise from one place to the next.
    #[error(
        "participant {index}: place {place} is worth {value}, the one before {before}; values must not rise"
    )]
    RisingPlaces {
        /// Whose places: a position among mentees, mentors or groups, whichever are listed.
        index: usize,
        /// The first place worth more than the one before, counted from 1.
        place: usize,
        /// What it is worth.
        value: i64,
        /// What the one before is worth.
        before: i64,
    },
    /// A place is worth more or less than fits.
    #[error("participant {index}: place {place} is worth {value}, outside ±2^31")]
    PlaceValueRange {
        /// Whose place: a position among mentees, mentors or groups, whichever are listed.
        index: usize,
        /// Which place, counted from 1.
        place: usize,
        /// What it is worth.
        value: i64,
    },
    /// The values listed for a pair do not fit 32 bits together.
    #[error("mentee {mentee} with mentor {mentor}: listed values add up to {sum}, outside 32 bits")]
    ListedSum {
        /// The mentee of the pair.
        mentee: u32,
        /// The mentor of the pair.
        mentor: u32,
        /// What the values add up to.
        sum: i64,
    },
    /// No score lies in the range that was declared for an on-demand source.
    #[error("no score lies in {low}..={high}")]
    EmptyRange {
        /// The lowest score.
        low: i32,
        /// The highest score, below it.
        high: i32,
    },
    /// A stable matching knows no such thing beside it.
    #[error("no stable matching is offered with {what}")]
    NotStable {
        /// Minimums, groups or kinds of mentors.
        what: &'static str,
    },
    /// Too many people for sums to stay within 64 bits.
    #[error("{people} people and groups; sums are proven for fewer than {limit}")]
    TooManyPeople {
        /// People and groups on both sides.
        people: usize,
        /// The limit.
        limit: usize,
    },
}

/// So many of what has these names: of one of them, and of another number.
struct Count(usize, [&'static str; 2]);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, [one, many]) = self;
        write!(f, "{count} {}", if *count == 1 { one } else { many })
    }
}

/// One number, or a range of them.
struct Span(u64, u64);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(low, high) = self;
        match low == high {
            true => write!(f, "{low}"),
            false => write!(f, "{low}..={high}"),
        }
    }
}

/// Why a solve ended without a solution.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveError, SolveOptions, solve};
///
/// let problem = Problem::dense(1, 1, vec![5], None)?;
/// let refused = solve(&problem, &SolveOptions::new([])).unwrap_err();
/// assert_eq!(refused, SolveError::NoObjective);
/// let options = SolveOptions::new([Level::Pairs]).memory_limit(10);
/// let refused = solve(&problem, &options).unwrap_err();
/// assert!(matches!(refused, SolveError::TooLarge { budget: 10, .. }));
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SolveError {
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Going on would take more memory than the budget allows, or than arcs can be numbered in. Where a
    /// later step needs more than the first, a second call with what the first asked for may ask for more.
    #[error("needs about {needed} bytes, the budget is {budget}")]
    TooLarge {
        /// Bytes needed for the next step, estimated from above.
        needed: u64,
        /// Bytes allowed.
        budget: u64,
    },
    /// The Hungarian method cannot express part of the problem.
    #[error("the Hungarian method cannot express {what}")]
    NotExpressible {
        /// What it cannot express.
        what: &'static str,
    },
    /// No objective level was given.
    #[error("no objective was given")]
    NoObjective,
    /// Too many objective levels were given.
    #[error("{found} objective levels, at most {limit} are possible")]
    TooManyLevels {
        /// Levels, that of minimums included.
        found: usize,
        /// The most there may be: 255.
        limit: usize,
    },
    /// An objective level does not fit the problem.
    #[error("objective level {level}: {problem}")]
    Level {
        /// Which level, from 0.
        level: usize,
        /// What is wrong with it.
        problem: ProblemError,
    },
    /// The lot that is to break ties is for other people.
    #[error("the lot: {0}")]
    Lot(ProblemError),
    /// A [`RowSource`](super::RowSource) gave a score outside the range that was declared for it.
    #[error("the row of mentee {} has a score outside the declared range", .mentee.get())]
    RowOutOfRange {
        /// The mentee whose row it is; the lowest of those found.
        mentee: MenteeIdx,
    },
    /// The solution did not pass the check of its own proof: a bug of this crate, or a
    /// [`RowSource`](super::RowSource) that gives other scores when asked again; never other input.
    #[error(
        "the solution failed its own check: a row source gave other scores when asked again, or this is a bug of mentormatch"
    )]
    CheckFailed(#[from] super::certificate::Violation),
}
