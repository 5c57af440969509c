//! What is left of a plan between two processes.

use std::collections::BTreeMap;
use std::fmt;

use super::decisions::{DecidedPair, Decisions};
use crate::ids::ParticipantId;

/// A [`Plan`](crate::Plan) to be kept in a file: its pairs, what is decided, and the prices from which a
/// search starts. The people and the programme are kept by themselves.
///
/// Prices and pairs are hints and never trusted: [`Engine::resume`](crate::Engine::resume) solves and proves
/// today's problem, whatever they say. Right ones mostly keep equally good pairs as they are.
///
/// With the feature `serde`, this release reads `format_version` 1 and refuses unknown keys; no error quotes a
/// value. `Debug` shows nothing of the people.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SavedPlan {
    /// The seed of the order and of the lots.
    pub seed: u64,
    /// Whether ties fall by lot ([`TieBreaking::Canonical`](crate::TieBreaking::Canonical)), or to whoever is
    /// found first.
    pub canonical: bool,
    /// What is decided about pairs.
    pub decisions: Decisions,
    /// The pairs, in the order of ids.
    pub pairs: Vec<DecidedPair>,
    /// By mentee: a price at the level of the total score.
    pub mentee_prices: BTreeMap<ParticipantId, i64>,
    /// By mentor: the same for a place.
    pub mentor_prices: BTreeMap<ParticipantId, i64>,
}

impl fmt::Debug for SavedPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedPlan")
            .field("seed", &self.seed)
            .field("canonical", &self.canonical)
            .field("decisions", &self.decisions)
            .field("pairs", &self.pairs.len())
            .finish_non_exhaustive()
    }
}
