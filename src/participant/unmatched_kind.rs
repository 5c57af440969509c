//! Why somebody has no partner, as far as it names nobody.

/// The kind of an [`UnmatchedReason`](crate::UnmatchedReason), without its facts: it names nobody.
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
