//! Why a shortage is not proved.

use thiserror::Error;

use super::super::level::Owner;
use crate::ids::{MenteeIdx, MentorIdx};

/// Why a [`Shortage`](super::Shortage) does not hold for a problem.
///
/// ```
/// use mentormatch::solver::{Level, Owner, Problem, ShortageViolation, SolveOptions, solve};
///
/// let problem = Problem::dense(1, 2, vec![5, 5], None)?.with_minimum_loads(vec![1, 1])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let mut shortage = solution.shortage(&problem).ok_or("short")?;
/// shortage.bottlenecks[0].limits.clear();
/// let refused = shortage.check(&problem).unwrap_err();
/// assert_eq!(refused, ShortageViolation::Limit { owner: Owner::Mentee(0) });
/// assert_eq!(refused.to_string(), "mentee 0 does not limit a bottleneck as stated");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ShortageViolation {
    /// A list is not ascending, or names somebody who is not there.
    #[error("bottleneck {bottleneck} lists somebody twice, out of order, or who is not there")]
    Shape {
        /// Which bottleneck.
        bottleneck: usize,
    },
    /// A minimum does not bind the members, is counted twice, or has another number.
    #[error("the minimum of {owner} does not count as stated")]
    Claim {
        /// Whose minimum it is.
        owner: Owner,
    },
    /// A maximum limits the members and is not listed, or is listed and does not, or has another
    /// number.
    #[error("{owner} does not limit a bottleneck as stated")]
    Limit {
        /// Whose maximum it is.
        owner: Owner,
    },
    /// A [`RowSource`](crate::solver::RowSource) gave a score outside the range that was declared.
    #[error("the row of mentee {} has a score outside the declared range", .mentee.get())]
    RowOutOfRange {
        /// The mentee whose row it is.
        mentee: MenteeIdx,
    },
    /// An allowed pair could help the members and is not listed.
    #[error("mentee {} and mentor {} may be paired, which is not accounted for", .mentee.get(), .mentor.get())]
    PairMissing {
        /// The mentee.
        mentee: MenteeIdx,
        /// The mentor.
        mentor: MentorIdx,
    },
    /// A bottleneck lists a pair that is not allowed, or cannot help its members.
    #[error("bottleneck {bottleneck} lists a pair that cannot help it")]
    PairStated {
        /// Which bottleneck.
        bottleneck: usize,
    },
    /// The numbers do not add up to the stated shortfall.
    #[error("the bottlenecks do not add up to a shortfall of {stated}")]
    Sum {
        /// The shortfall as stated.
        stated: u64,
    },
}
