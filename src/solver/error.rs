//! What can be wrong with a problem, and why a solve may end without a solution.

use thiserror::Error;

use crate::ids::MenteeIdx;

/// Why a problem was refused.
///
/// Positions are row (mentee) and column (mentor) numbers.
///
/// ```
/// use mentormatch::solver::{Problem, ProblemError};
///
/// let refused = Problem::dense(2, 2, vec![1, 2, 3], None).unwrap_err();
/// assert_eq!(refused.to_string(), "the score matrix: 3 entries, expected 4");
/// assert!(matches!(refused, ProblemError::Length { found: 3, .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// A slice has the wrong length.
    #[error("{what}: {found} entries, expected {expected}")]
    Length {
        /// Which slice.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length that fits.
        expected: usize,
    },
    /// A sparse row is not listed with strictly ascending mentors below the number of mentors.
    #[error("row {row}: mentors must be strictly ascending and below {mentors}")]
    Row {
        /// The row.
        row: usize,
        /// The number of mentors.
        mentors: usize,
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
    #[error("row starts must ascend from 0 to the number of pairs; they fail at row {row}")]
    RowStarts {
        /// The row.
        row: usize,
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
    /// A group names a parent that does not come after it, or a member names no group.
    #[error(
        "{what} {index}: there is no group {group} that it can belong to (a group's parent comes after it)"
    )]
    Group {
        /// A member or a group.
        what: &'static str,
        /// Its position.
        index: usize,
        /// The group it names.
        group: u32,
    },
    /// Place values must not rise from one place to the next, and stay within ±2³¹.
    #[error(
        "place values of participant {index} rise from one place to the next, or lie outside ±2^31"
    )]
    PlaceValues {
        /// The participant.
        index: usize,
    },
    /// A value is listed for a pair of somebody who is not there, or does not fit 32 bits.
    #[error(
        "mentee {mentee}: a listed value is of somebody who is not there, or outside of 32 bits"
    )]
    PairValue {
        /// The mentee of the pair.
        mentee: usize,
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
