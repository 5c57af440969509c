//! Why a proof fails.

use thiserror::Error;

use crate::ids::{MenteeIdx, MentorIdx, Role};

/// Why a certificate does not prove its claim.
///
/// ```
/// use mentormatch::solver::{Assignment, Level, Problem, SolveOptions, Violation, solve};
///
/// let problem = Problem::dense(2, 1, vec![70, 60], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let crowded = Assignment::from_pairs(2, [(0, 0), (1, 0)]);
/// let refused = solution.certificate.check(&problem, &crowded).unwrap_err();
/// assert!(matches!(refused, Violation::Overloaded { load: 2, max: 1, .. }));
/// assert_eq!(refused.to_string(), "mentor 0 has 2 partners, more than 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Violation {
    /// The assignment is for another number of people, or a pair names somebody who is not there.
    #[error("the assignment or the prices are for another number of people")]
    Shape,
    /// A price lies so far out that sums could wrap.
    #[error("a price lies outside ±2^60")]
    PriceRange,
    /// A [`RowSource`](crate::solver::RowSource) gave a score outside the range that was declared.
    #[error("the row of mentee {} has a score outside the declared range", .mentee.get())]
    RowOutOfRange {
        /// The mentee whose row it is.
        mentee: MenteeIdx,
    },
    /// A chosen pair is not allowed, or chosen twice.
    #[error("mentee {} and mentor {} may not be paired, or are paired twice", .mentee.get(), .mentor.get())]
    NotAllowed {
        /// The mentee.
        mentee: MenteeIdx,
        /// The mentor.
        mentor: MentorIdx,
    },
    /// A mentee has two mentors of one kind, of which she may have one.
    #[error("mentee {} has two mentors of one kind: {} and {}", .mentee.get(), .mentors[0].get(), .mentors[1].get())]
    OfOneKind {
        /// The mentee.
        mentee: MenteeIdx,
        /// The mentors.
        mentors: [MentorIdx; 2],
    },
    /// Somebody has more partners than they take.
    #[error("{what} {index} has {load} partners, more than {max}")]
    Overloaded {
        /// A mentee, a mentor or a group.
        what: &'static str,
        /// Its position.
        index: usize,
        /// Its partners.
        load: u64,
        /// Its maximum.
        max: u32,
    },
    /// The prices leave a gain on a pair that is free, or a loss on one that is chosen.
    #[error("the prices do not prove the choice about mentee {}", .mentee.get())]
    Pair {
        /// The mentee whose row fails.
        mentee: MenteeIdx,
    },
    /// The prices leave a gain on a place that is free, or a loss on one that is taken.
    #[error("the prices do not prove the load of {what} {index}")]
    Place {
        /// A mentee, a mentor or a group.
        what: &'static str,
        /// Its position.
        index: usize,
    },
    /// Another assignment is as good, and the lot prefers it for all that is proved of this mentee's pairs.
    #[error("nothing proves that the turn of mentee {} was taken", .mentee.get())]
    Turn {
        /// The mentee.
        mentee: MenteeIdx,
    },
    /// What is said of the lot does not prove it of places that could as well be left or taken.
    #[error("nothing proves that the lot was drawn as it says")]
    Lot,
    /// The claimed bound is not the one the prices prove.
    #[error("the prices do not prove the claimed bound")]
    Bound,
    /// The lowest score is claimed to be as high as can be, which nothing proves.
    #[error("nothing proves that the lowest score could not be higher, as is claimed")]
    OpenFloor,
    /// A pair would rather be together than as they are.
    #[error("mentee {} and mentor {} would both rather be a pair", .mentee.get(), .mentor.get())]
    Blocked {
        /// The mentee.
        mentee: MenteeIdx,
        /// The mentor.
        mentor: MentorIdx,
    },
    /// The assignment is stable, but another stable one is better for the side that proposed.
    #[error("another stable assignment is better for the {side}s")]
    NotBestFor {
        /// The side.
        side: Role,
    },
    /// The claim is about both sides' preferences, which one problem does not tell.
    #[error("a claim of stability is checked with both sides' preferences")]
    NeedsPreferences,
}
