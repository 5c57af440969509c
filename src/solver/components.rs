//! Strongly connected components: which nodes lie on a cycle together.
//!
//! Two optimal circulations differ by cycles of the residual network on which no level changes,
//! so a pair is in all of them, or in none, exactly if no such cycle uses it.
//!
//! # Complexity
//! O(nodes + edges), without recursion.
//!
//! # References
//! H. N. Gabow, "Path-based depth-first search for strong and biconnected components", 2000.

use super::control::Control;

/// A directed graph in compressed rows.
struct Graph {
    starts: Vec<u32>,
    heads: Vec<u32>,
}

/// Numbers the strongly connected components of a graph on `0..nodes`; two nodes have the same
/// number exactly if each can be reached from the other. Any numbers if cancelled.
pub(super) fn components(nodes: usize, edges: &[(u32, u32)], control: &Control<'_>) -> Vec<u32> {
    let graph = Graph::new(nodes, edges, control);
    let mut walk = Walk::new(nodes);
    for root in control.until_cancelled(0..nodes) {
        if walk.order[root] == UNSEEN {
            walk.explore(&graph, root, control);
        }
    }
    walk.component
}

const UNSEEN: u32 = u32::MAX;

/// Gabow's two stacks, and the path that recursion would hold.
struct Walk {
    /// When each node was first seen.
    order: Vec<u32>,
    /// The finished component of each node.
    component: Vec<u32>,
    /// Seen nodes that belong to no finished component.
    pending: Vec<u32>,
    /// Those of them that may be the first of their component.
    borders: Vec<u32>,
    /// The path walked: a node, and where to go on in its row.
    path: Vec<(u32, u32)>,
    seen: u32,
    finished: u32,
}

impl Graph {
    fn new(nodes: usize, edges: &[(u32, u32)], control: &Control<'_>) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for &(tail, _) in control.until_cancelled(edges) {
            starts[tail as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut heads = vec![0; edges.len()];
        for &(tail, head) in control.until_cancelled(edges) {
            heads[next[tail as usize] as usize] = head;
            next[tail as usize] += 1;
        }
        Self { starts, heads }
    }
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self {
            order: vec![UNSEEN; nodes],
            component: vec![UNSEEN; nodes],
            pending: Vec::new(),
            borders: Vec::new(),
            path: Vec::new(),
            seen: 0,
            finished: 0,
        }
    }

    fn explore(&mut self, graph: &Graph, root: usize, control: &Control<'_>) {
        self.enter(graph, root);
        for () in control.until_cancelled(std::iter::repeat(())) {
            let Some((node, at)) = self.path.last_mut() else {
                return;
            };
            if *at == graph.starts[*node as usize + 1] {
                let node = *node;
                self.path.pop();
                self.leave(node);
                continue;
            }
            let head = graph.heads[*at as usize] as usize;
            *at += 1;
            if self.order[head] == UNSEEN {
                self.enter(graph, head);
            } else if self.component[head] == UNSEEN {
                self.merge_back_to(head);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "node numbers fit u32")]
    fn enter(&mut self, graph: &Graph, node: usize) {
        self.order[node] = self.seen;
        self.seen += 1;
        self.pending.push(node as u32);
        self.borders.push(node as u32);
        self.path.push((node as u32, graph.starts[node]));
    }

    /// A cycle is closed: everything since `head` is one component.
    fn merge_back_to(&mut self, head: usize) {
        while self
            .borders
            .last()
            .is_some_and(|&top| self.order[top as usize] > self.order[head])
        {
            self.borders.pop();
        }
    }

    fn leave(&mut self, node: u32) {
        if self.borders.last() != Some(&node) {
            return;
        }
        self.borders.pop();
        while let Some(member) = self.pending.pop() {
            self.component[member as usize] = self.finished;
            if member == node {
                break;
            }
        }
        self.finished += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Control, components};
    use proptest::prelude::*;

    fn reaches(nodes: usize, edges: &[(u32, u32)], from: usize) -> Vec<bool> {
        let mut reached = vec![false; nodes];
        reached[from] = true;
        for _ in 0..nodes {
            for &(tail, head) in edges {
                reached[head as usize] |= reached[tail as usize];
            }
        }
        reached
    }

    proptest! {
        #[test]
        fn components_are_mutual_reachability(
            edges in proptest::collection::vec((0u32..7, 0u32..7), 0..16)
        ) {
            let found = components(7, &edges, &Control::idle());
            let reach: Vec<_> = (0..7).map(|node| reaches(7, &edges, node)).collect();
            for a in 0..7 {
                for b in 0..7 {
                    prop_assert_eq!(found[a] == found[b], reach[a][b] && reach[b][a]);
                }
            }
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<_> = (0..200_000).map(|node| (node, node + 1)).collect();
        let found = components(200_001, &edges, &Control::idle());
        assert_eq!(found.len(), 200_001);
    }
}
