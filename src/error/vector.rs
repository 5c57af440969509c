//! What can be wrong with a vector of a host's.

use thiserror::Error;

use crate::ids::{ParticipantId, Role};

/// A vector for [`TextSimilarity`](crate::TextSimilarity) that has no direction to compare: whose,
/// and what is wrong with it. Of several the first by role and id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{role} {participant:?}: the vector {problem}")]
#[non_exhaustive]
pub struct VectorError {
    /// The role in which the vector was given.
    pub role: Role,
    /// Whose it is.
    pub participant: ParticipantId,
    /// What is wrong with it.
    pub problem: VectorProblem,
}

/// What is wrong with a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VectorProblem {
    /// All components are zero, or there is none.
    #[error("is zero")]
    Zero,
    /// A component is NaN or infinite.
    #[error("holds a number that is not finite")]
    NotFinite,
    /// Its length differs from that of the first vector by role and id.
    #[error("has {found} components, where {expected} are expected")]
    Length {
        /// How many it has.
        found: usize,
        /// How many the first one has.
        expected: usize,
    },
    /// Two vectors are given for one person in one role.
    #[error("is given twice")]
    Repeated,
}
