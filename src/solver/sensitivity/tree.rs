//! The smallest prices that prove the optimum, and ways of no length from the hub.
//!
//! # Idea
//! Moving every price by its node's distance from the hub gives prices that prove the optimum as well, by which a
//! shortest way from the hub to any node has no length. Of all prices that do, mentors have the smallest: what one
//! more place of theirs is worth. With them the hub is as near to a node as anything can be, and a search for a
//! node may stop at the hub.
//!
//! # Numbers stay small
//! On a way from the hub prices cancel, so those that were moved are sums of values: below 2⁵⁷. A node that the hub
//! does not reach is of somebody who takes nobody, or may have only such people; no way passes through it.
//!
//! # Complexity
//! One search over everything: each row is read once.

use super::residual::{Residual, number};
use super::search::Search;

/// A way of no length from the hub to each node that can be reached.
#[derive(Clone)]
pub(super) struct Tree {
    /// By node: the one before it; itself if it is the hub or out of reach.
    before: Vec<u32>,
    hub: usize,
}

impl Tree {
    /// Makes the prices the smallest.
    pub(super) fn grow(residual: &mut Residual<'_>) -> Self {
        let hub = residual.hub();
        let mut search = Search::new(residual);
        search.everywhere(hub);
        let mut before = search.before().to_vec();
        for (node, before) in before.iter_mut().enumerate() {
            if search.distance_of(node).is_none() {
                *before = number(node);
            }
        }
        let distances = (0..hub).map(|node| search.distance_of(node).cloned());
        let distances: Vec<_> = distances.collect();
        residual.shift(&distances);
        Self { before, hub }
    }

    pub(super) fn reaches(&self, node: usize) -> bool {
        node == self.hub || self.before[node] as usize != node
    }

    /// The way from the hub to a node that can be reached.
    pub(super) fn way_to(&self, node: usize) -> Vec<usize> {
        let mut nodes = vec![node];
        let mut node = node;
        while node != self.hub {
            node = self.before[node] as usize;
            nodes.push(node);
        }
        nodes.reverse();
        nodes
    }
}
