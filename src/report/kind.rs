//! Reasons counted by their kind.

use crate::ids::Role;
use crate::reasons::{Unmatched, UnmatchedReason};

/// The kind of an [`UnmatchedReason`], without its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum UnmatchedKind {
    /// Paused or gone.
    NotTakingPart,
    /// The capacity or demand is 0.
    NoPlaces,
    /// There is nobody in the other role.
    NobodyThere,
    /// Every partner is forbidden by some rule.
    NoAllowedPartner,
    /// All allowed partners have a capacity or demand of 0.
    PartnersHaveNoPlaces,
    /// The quota of the person's own group is used up.
    QuotaUsedUp,
    /// Others have the allowed partners.
    AllTaken,
    /// In a stable matching: the allowed partners prefer others.
    AllPreferOthers,
    /// Taking a place would not raise any objective.
    NothingToGain,
    /// The search was stopped before all objectives were proved.
    SearchStopped,
}

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
