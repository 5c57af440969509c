//! Reasons counted by their kind.

use crate::ids::Role;
use crate::participant::UnmatchedKind;
use crate::reasons::{Unmatched, UnmatchedReason};

impl From<&UnmatchedReason> for UnmatchedKind {
    fn from(reason: &UnmatchedReason) -> Self {
        match reason {
            UnmatchedReason::NotTakingPart => Self::NotTakingPart,
            UnmatchedReason::NoPlaces => Self::NoPlaces,
            UnmatchedReason::NobodyThere => Self::NobodyThere,
            UnmatchedReason::NoAllowedPartner { .. } => Self::NoAllowedPartner,
            UnmatchedReason::PartnersHaveNoPlaces { .. } => Self::PartnersHaveNoPlaces,
            UnmatchedReason::QuotaUsedUp { .. } => Self::QuotaUsedUp,
            UnmatchedReason::AllTaken { .. } => Self::AllTaken,
            UnmatchedReason::AllPreferOthers { .. } => Self::AllPreferOthers,
            UnmatchedReason::NothingToGain { .. } => Self::NothingToGain,
            UnmatchedReason::SearchStopped { .. } => Self::SearchStopped,
        }
    }
}

/// How many people have no partner, by role and kind of reason, in the order of both.
pub(super) fn count(unmatched: &[Unmatched]) -> Vec<(Role, UnmatchedKind, u64)> {
    let mut counts: Vec<(Role, UnmatchedKind, u64)> = Vec::new();
    for person in unmatched {
        let own = (person.role, UnmatchedKind::from(&person.reason));
        match counts
            .iter_mut()
            .find(|(role, kind, _)| (*role, *kind) == own)
        {
            Some((_, _, count)) => *count += 1,
            None => counts.push((own.0, own.1, 1)),
        }
    }
    counts.sort_unstable();
    counts
}
