//! What is worked out once, to be kept beside a problem and its solution.
//!
//! [`Sensitivity`](super::Sensitivity) borrows both, so whoever owns them cannot keep it as well. Its arrays borrow
//! nothing: they are handed out and taken back, and what is asked for the second time costs no pass over the scores.

use std::sync::OnceLock;

use super::approach;
use super::length::Length;
use super::residual::{Measured, Residual};
use super::tree::Tree;

/// The arrays of a [`Sensitivity`](super::Sensitivity): about 200 bytes a person, 8 more a level, 8 a pair; twice as
/// much once margins or alternates have been asked for.
#[derive(Clone)]
pub(crate) struct Groundwork {
    pub(super) measured: Measured,
    pub(super) guides: Guides,
}

/// Distances that searches are guided by.
#[derive(Clone)]
pub(super) struct Guides {
    /// From the hub: of no length.
    pub(super) tree: Tree,
    /// To the hub, once they have been asked for.
    to_hub: OnceLock<Vec<Option<Length>>>,
    /// Everything at the objectives alone, once it has been asked for.
    objectives: OnceLock<Box<Groundwork>>,
}

impl Guides {
    pub(super) fn new(tree: Tree) -> Self {
        Self {
            tree,
            to_hub: OnceLock::new(),
            objectives: OnceLock::new(),
        }
    }

    /// By node: its distance to the hub, if there is a way; if anybody has asked for them before.
    pub(super) fn known_to_hub(&self) -> Option<&[Option<Length>]> {
        self.to_hub.get().map(Vec::as_slice)
    }

    /// By node: its distance to the hub, if there is a way. Found when it is first asked for, which takes a few
    /// passes over the rows.
    pub(super) fn to_hub(&self, residual: &Residual<'_>) -> &[Option<Length>] {
        let find = || approach::distances_to(residual, residual.hub());
        self.to_hub.get_or_init(find)
    }

    /// The same without the level that counts changes, for questions where no way is told: a search is over as
    /// soon as it has found any of those that are of one length.
    pub(super) fn at_objectives(&self, residual: &Residual<'_>) -> &Groundwork {
        self.objectives.get_or_init(|| {
            let levels = residual.objectives();
            let distances = self.to_hub(residual).iter();
            let distances = distances.map(|own| own.as_ref().map(|own| own.up_to(levels)));
            let guides = Self {
                to_hub: OnceLock::from(distances.collect::<Vec<_>>()),
                ..Self::new(self.tree.clone())
            };
            Box::new(Groundwork {
                measured: residual.of_objectives().into_measured(),
                guides,
            })
        })
    }
}
