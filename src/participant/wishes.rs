//! What participants say about each other.

use std::fmt;

use crate::ids::ParticipantId;

/// A partner a participant would like, with a rank.
///
/// `Debug` shows nothing of it: who wants whom is a personal answer.
///
/// ```
/// use mentormatch::Wish;
///
/// let first = Wish::new("boris", 1);
/// assert_eq!((first.partner.as_str(), first.rank), ("boris", 1));
/// assert_eq!(format!("{first:?}"), "Wish { .. }");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Wish {
    /// The wanted partner.
    pub partner: ParticipantId,
    /// 1 is the first wish; several partners may share a rank. At least 1.
    pub rank: u32,
}

impl Wish {
    /// A wish for this partner.
    ///
    /// ```
    /// # use mentormatch::Wish;
    /// let shared_second_place = [Wish::new("boris", 2), Wish::new("carol", 2)];
    /// # assert_ne!(shared_second_place[0], shared_second_place[1]);
    /// ```
    #[must_use]
    pub fn new(partner: impl Into<ParticipantId>, rank: u32) -> Self {
        Self {
            partner: partner.into(),
            rank,
        }
    }
}

impl fmt::Debug for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wish").finish_non_exhaustive()
    }
}
