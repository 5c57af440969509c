//! A first tree for a flow that is there already.
//!
//! # Idea
//! A flow that another method found is nearly as good as what is sought; what is missing is a tree, and
//! with it potentials. The tree of shortest ways to the root will do: where arcs are as long as a
//! unit of flow would lose by taking them, and the flow is the best there is, it proves so at once.
//!
//! # Invariant
//! Every node can send a little more along its way to the root. So all nodes lean that way; those that
//! have no such way carry no flow, and hang on what is above them as in a network without any. Arcs that
//! are neither empty nor full are in the tree.
//!
//! # Complexity
//! One search: O(arcs · log nodes).
//!
//! # References
//! W. H. Cunningham, "A network simplex method", 1976 (strongly feasible trees);
//! R. E. Bixby and M. J. Saltzman, "Recovering an optimal LP basis from an interior point solution", 1994.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Arc, Network};
use crate::solver::control::Control;

/// The tree that grows.
struct Growth<'a> {
    arcs: &'a [Arc],
    potentials: &'a [i64],
    /// Node `v` touches the arcs `touching[starts[v]..starts[v + 1]]`.
    starts: Vec<u32>,
    touching: Vec<u32>,
    /// By node: the arc by which the tree has reached her.
    above: Vec<Option<u32>>,
    /// By node: the length of the shortest way that has been found.
    shortest: Vec<i64>,
    /// Ways that have been found, shortest first: their length, the node, and the first arc.
    found: BinaryHeap<Reverse<(i64, u32, u32)>>,
    /// Those of the length that has been reached, which in a good start are nearly all: the node, and the first arc.
    near: Vec<(u32, u32)>,
    /// Nodes of the tree whose arcs have not been looked at.
    reached: Vec<u32>,
    root: u32,
}

impl Network {
    /// Takes the flow that the arcs have, with the tree of shortest ways to the root by these potentials.
    /// No level is solved yet.
    pub(in crate::solver) fn start_from_flow(&mut self, potentials: &[i64], control: &Control<'_>) {
        let from = (self.tree.root(), potentials);
        let mut growth = Growth::new(&self.arcs, from, control);
        growth.grow(control);
        if control.is_cancelled() {
            return;
        }
        let above = std::mem::take(&mut growth.above);
        self.tree.plant(&self.arcs, &above, control);
    }
}

impl<'a> Growth<'a> {
    fn new(arcs: &'a [Arc], (root, potentials): (u32, &'a [i64]), control: &Control<'_>) -> Self {
        let nodes = potentials.len();
        let mut starts = vec![0; nodes + 1];
        for arc in control.until_cancelled(arcs) {
            starts[arc.tail as usize + 1] += 1;
            starts[arc.head as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let (mut next, mut touching) = (starts.clone(), vec![0; 2 * arcs.len()]);
        for (number, arc) in (0..).zip(control.until_cancelled(arcs)) {
            for node in [arc.tail, arc.head] {
                let at: &mut u32 = &mut next[node as usize];
                touching[*at as usize] = number;
                *at += 1;
            }
        }
        Self {
            arcs,
            potentials,
            starts,
            touching,
            above: vec![None; nodes],
            shortest: vec![i64::MAX; nodes],
            found: BinaryHeap::new(),
            near: Vec::new(),
            reached: Vec::new(),
            root,
        }
    }

    fn grow(&mut self, control: &Control<'_>) {
        let mut length = 0;
        self.reached.push(self.root);
        self.look_around(length, control);
        while !control.is_cancelled() {
            let next = self.near.pop().or_else(|| {
                let Reverse((further, node, arc)) = self.found.pop()?;
                length = further;
                Some((node, arc))
            });
            let Some((node, arc)) = next else {
                return;
            };
            if !self.has(node) {
                self.attach(node, arc);
                self.look_around(length, control);
            }
        }
    }

    fn has(&self, node: u32) -> bool {
        node == self.root || self.above[node as usize].is_some()
    }

    fn attach(&mut self, node: u32, arc: u32) {
        self.above[node as usize] = Some(arc);
        self.reached.push(node);
    }

    /// Nodes are part of the tree: so are those behind arcs that must be, and others may follow. The root
    /// may have arcs to everybody.
    fn look_around(&mut self, length: i64, control: &Control<'_>) {
        while let Some(node) = self.reached.pop() {
            let (from, to) = (self.starts[node as usize], self.starts[node as usize + 1]);
            for at in control.until_cancelled(from..to) {
                let number = self.touching[at as usize];
                let arc = &self.arcs[number as usize];
                let other = if arc.tail == node { arc.head } else { arc.tail };
                if self.has(other) {
                    continue;
                }
                if 0 < arc.flow && arc.flow < arc.capacity {
                    self.attach(other, number);
                    continue;
                }
                let Some(loss) = self.loss(arc, other) else {
                    continue;
                };
                // Without this, most ways found are of no use: 20,000,000 arcs took 14 s of 48, and 640 MB.
                if length + loss >= self.shortest[other as usize] {
                    continue;
                }
                self.shortest[other as usize] = length + loss;
                if loss == 0 {
                    self.near.push((other, number));
                } else {
                    self.found.push(Reverse((length + loss, other, number)));
                }
            }
        }
    }

    /// What a unit sent from a node along the arc would lose; `None` if there is no room.
    fn loss(&self, arc: &Arc, from: u32) -> Option<i64> {
        let reduced = arc.reduced_value(self.potentials);
        let (room, loss) = if arc.tail == from {
            (arc.capacity - arc.flow, -reduced)
        } else {
            (arc.flow, reduced)
        };
        (room > 0).then_some(loss.max(0))
    }
}

#[cfg(test)]
mod tests;
