//! New nodes on the way from a node to the heads of some of its arcs.
//!
//! # Idea
//! Arcs that leave one node, and of which at most one may be used, get a node of their own: a *fork*. It has one
//! arc from the node that they left, with room for one unit. Nothing else changes: the flow, and which nodes of the
//! tree are above others. If an arc of the tree leaves the fork now, the new arc is in the tree too. If not, the
//! fork hangs by the new arc where that is in use, and by an empty one of its own where not.
//!
//! # Invariant
//! However it hangs, the fork can send a little towards the root, and leans that way by one. Nodes that do not lean
//! so far away that no number of forks below them turns them round.
//!
//! # Complexity
//! A pass over the arcs and the tree, for any number of forks.

use super::{Arc, Network};
use crate::solver::control::Control;
use crate::solver::walk::position;

impl Network {
    /// Adds forks, each with arcs from the same node: one that was there when the flow changed last, at most, and
    /// others that have been added since. Without an arc in use or in the tree, a fork hangs by the first of its
    /// arcs. Their own arcs come before the one that has number `at`, all others behind it move on.
    pub(in crate::solver) fn add_forks(
        &mut self,
        at: usize,
        forks: &[Vec<u32>],
        control: &Control<'_>,
    ) {
        let (first, added) = (position(at), position(forks.len()));
        self.tree.renumber(first, added);
        let mut above = Vec::with_capacity(forks.len());
        for (node, arcs) in (self.tree.end()..).zip(forks) {
            above.push(self.move_to(node, arcs));
        }
        self.arcs.splice(at..at, above);
        for (own, arcs) in (first..).zip(forks) {
            let above = self.hang_fork(own, arcs.iter().map(|arc| arc + added));
            self.tree.add(above);
        }
        self.tree.link_all(&self.arcs, control);
    }

    /// Moves arcs to a fork; its own arc.
    fn move_to(&mut self, node: u32, arcs: &[u32]) -> Arc {
        let mut own = Arc::new(0, node as usize, 1);
        for &arc in arcs {
            let arc = &mut self.arcs[arc as usize];
            own.tail = std::mem::replace(&mut arc.tail, node);
            own.flow += arc.flow;
        }
        own
    }

    /// Finds the arc by which a fork hangs.
    fn hang_fork(&mut self, own: u32, mut arcs: impl Iterator<Item = u32> + Clone) -> u32 {
        let Arc { tail, flow, .. } = self.arcs[own as usize];
        let first = arcs.clone().next().unwrap_or(own);
        if let Some(arc) = arcs.clone().find(|&arc| self.tree.arc_above(tail) == arc) {
            self.tree.set_arc_above(tail, own);
            return arc;
        }
        let is_in_tree = |arc: u32| self.tree.arc_above(self.arcs[arc as usize].head) == arc;
        if flow > 0 || arcs.any(is_in_tree) {
            own
        } else {
            first
        }
    }

    /// The number of the arc above a node.
    pub(in crate::solver) fn arc_above(&self, node: usize) -> usize {
        self.tree.arc_above(position(node)) as usize
    }
}
