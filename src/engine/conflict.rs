//! Why not all minimums can be met, or not everybody can have a mentor, in people's terms.
//!
//! The solver's [`Shortage`](crate::solver::Shortage) tells where and proves by how much; this names the people.

mod find;

mod text;

use super::error::RunError;
use super::outcome::Outcome;
use super::what_if::NamedPair;
use crate::ids::{ParticipantId, Role};
use crate::solver::CancelToken;
pub(super) use find::{Found, find, named_pair};

/// What there may be too little for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Shortfall {
    /// The minimums that people and quotas state.
    #[default]
    Minimums,
    /// A mentor for every mentee who takes part and wants one, beside the minimums.
    Participation,
}

/// Bounds that cannot all be kept: what some need is more than others may give them.
///
/// Each conflict is proved, by counting: every pair that helps those who need something uses one of the places that
/// are listed, or is one of the single pairs. All conflicts together account for everything that is missing.
///
/// ```
/// use mentormatch::{Cohort, Engine, Field, Shortfall, Profile, Programme, Same};
///
/// // Three mentors want two mentees each, and there are five.
/// let mentors = ["ana", "eve", "ida"].map(|id| Profile::new(id).mentor(2..=3));
/// let mentees = (0..5).map(|at| Profile::new(format!("e{at}")).mentee());
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let cohort = Cohort::new(mentors, mentees.collect::<Vec<_>>())?;
/// let outcome = Engine::new(programme).run(&cohort)?;
///
/// let conflicts = outcome.conflicts(Shortfall::Minimums, None)?;
/// assert_eq!(
///     conflicts[0].to_string(),
///     "3 minimum loads (ana 2, eve 2, ida 2) exceed 5 willing mentees (e0, e1, e2, e3, e4)",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConflictingSet {
    /// What there is too little for.
    pub about: Shortfall,
    /// In which role people are scarce.
    pub scarce: Role,
    /// Everybody who falls short here.
    pub whole: ConflictingBounds,
    /// Some of them, who are in conflict by themselves: see [`irreducible`](Self::irreducible).
    pub core: ConflictingBounds,
    /// Whether without any one of the core's claims and limits the others can be kept, were there no other bounds:
    /// proved, as it is but in very large conflicts, in some of nested quotas, and where distinct mentors bind.
    pub irreducible: bool,
    /// Locks that use places of the limits, in the order of ids.
    pub locks: Vec<NamedPair>,
}

/// Claims and the limits that they exceed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConflictingBounds {
    /// Minimums, in order.
    pub claims: Vec<StatedBound>,
    /// Maxima, in order.
    pub limits: Vec<StatedBound>,
    /// How many allowed pairs help and use none of the limits; each can be used once.
    pub single_pairs: u64,
}

/// A minimum or a maximum, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StatedBound {
    /// Whose it is.
    pub of: BoundOf,
    /// The minimum or maximum as stated; 1 for a mentee who should have a mentor and states no minimum.
    pub places: u32,
    /// Places that locks fill already.
    pub locked: u32,
}

/// Whose a bound is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum BoundOf {
    /// A mentee.
    Mentee(ParticipantId),
    /// A mentor.
    Mentor(ParticipantId),
    /// A quota, by its name.
    Quota(String),
}

impl StatedBound {
    /// What is left of it beside locks.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.places.saturating_sub(self.locked)
    }
}

impl ConflictingBounds {
    /// What the claims add up to, beside locks.
    #[must_use]
    pub fn needed(&self) -> u64 {
        total(&self.claims)
    }

    /// What they can have at the most.
    #[must_use]
    pub fn available(&self) -> u64 {
        total(&self.limits) + self.single_pairs
    }

    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.needed().saturating_sub(self.available())
    }
}

fn total(bounds: &[StatedBound]) -> u64 {
    bounds.iter().map(|bound| u64::from(bound.free())).sum()
}

impl Outcome {
    /// Why not all minimums can be met, or why not everybody can have a mentor: nothing if they can. The largest
    /// shortage first. What a programme prefers does not matter here, only what it allows.
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when it is asked again.
    ///
    /// # Complexity
    /// One solve for what can be met, and one search a unit of each conflict's needs for its core. No memory limit
    /// applies.
    pub fn conflicts(
        &self,
        about: Shortfall,
        cancel: Option<CancelToken>,
    ) -> Result<Vec<ConflictingSet>, RunError> {
        let found = find(self.stages(), about, cancel.as_ref())?;
        Ok(found.into_iter().map(|own| own.conflict).collect())
    }
}
