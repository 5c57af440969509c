//! The order in which a search for an augmenting path visits nodes: Dijkstra's, with a stack.
//!
//! Nodes at the distance the search has reached wait on a stack, all others in a heap; with many
//! equal values the heap is hardly used. Only nodes that were seen are touched when a search begins.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Scratch of one search, kept to be used again.
pub(super) struct Search {
    /// What the best way found to a node loses.
    pub(super) distance: Vec<i64>,
    /// The step by which the search reached a node, as in `Network::touching`.
    pub(super) reached_by: Vec<u32>,
    state: Vec<State>,
    /// Nodes whose state is not [`State::Unseen`].
    pub(super) seen: Vec<u32>,
    /// Nodes at the distance of the search.
    near: Vec<u32>,
    far: BinaryHeap<Reverse<(i64, u32)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Closed,
}

impl Search {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            distance: vec![0; nodes],
            reached_by: vec![0; nodes],
            state: vec![State::Unseen; nodes],
            seen: Vec::new(),
            near: Vec::new(),
            far: BinaryHeap::new(),
        }
    }

    pub(super) fn begin(&mut self, source: usize) {
        for node in self.seen.drain(..) {
            self.state[node as usize] = State::Unseen;
        }
        self.near.clear();
        self.far.clear();
        self.distance[source] = 0;
        self.state[source] = State::Open;
        #[expect(clippy::cast_possible_truncation, reason = "node numbers fit u32")]
        let source = source as u32;
        self.seen.push(source);
        self.near.push(source);
    }

    /// Closes the nearest open node and gives it.
    pub(super) fn next(&mut self) -> Option<usize> {
        loop {
            let node = match self.near.pop() {
                Some(node) => node as usize,
                None => self.far.pop()?.0.1 as usize,
            };
            if self.state[node] != State::Closed {
                self.state[node] = State::Closed;
                return Some(node);
            }
        }
    }

    /// Whether the step brings `end` closer than it was.
    pub(super) fn relax(&mut self, node: usize, end: u32, loss: i64, step: u32) -> bool {
        let at = end as usize;
        let distance = self.distance[node] + loss;
        match self.state[at] {
            State::Closed => return false,
            State::Open if self.distance[at] <= distance => return false,
            State::Open => {}
            State::Unseen => {
                self.state[at] = State::Open;
                self.seen.push(end);
            }
        }
        self.distance[at] = distance;
        self.reached_by[at] = step;
        if loss == 0 {
            self.near.push(end);
        } else {
            self.far.push(Reverse((distance, end)));
        }
        true
    }
}
