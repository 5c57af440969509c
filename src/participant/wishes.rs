//! What participants say about each other.

use crate::ids::ParticipantId;

/// A partner a participant would like, with a rank.
#[derive(Clone, PartialEq, Eq)]
pub struct Wish {
    /// The wanted partner.
    pub partner: ParticipantId,
    /// 1 is the first wish; several partners may share a rank.
    pub rank: u32,
}
