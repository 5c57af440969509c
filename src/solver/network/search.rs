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
    /// The distance the search has reached.
    reach: i64,
    /// The nearest node seen that the search may end at.
    goal: Option<usize>,
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
            reach: 0,
            goal: None,
        }
    }

    pub(super) fn begin(&mut self, source: usize) {
        for node in self.seen.drain(..) {
            self.state[node as usize] = State::Unseen;
        }
        self.near.clear();
        self.far.clear();
        self.reach = 0;
        self.goal = None;
        self.distance[source] = 0;
        self.state[source] = State::Open;
        #[expect(clippy::cast_possible_truncation, reason = "node numbers fit u32")]
        let source = source as u32;
        self.seen.push(source);
        self.near.push(source);
    }

    /// Closes the nearest open node and gives it; `None` when no open node is nearer than the goal.
    ///
    /// Nodes as far away as the goal are left alone: with many equal values that is nearly all of
    /// them.
    pub(super) fn next(&mut self) -> Option<usize> {
        loop {
            if self
                .goal
                .is_some_and(|goal| self.distance[goal] <= self.reach)
            {
                return None;
            }
            let node = match self.near.pop() {
                Some(node) => node as usize,
                None => self.next_far()?,
            };
            if self.state[node] != State::Closed {
                self.state[node] = State::Closed;
                return Some(node);
            }
        }
    }

    fn next_far(&mut self) -> Option<usize> {
        let Reverse((distance, node)) = self.far.pop()?;
        if self
            .goal
            .is_some_and(|goal| self.distance[goal] <= distance)
        {
            return None;
        }
        self.reach = distance;
        Some(node as usize)
    }

    /// The nearest node seen that the search may end at.
    pub(super) fn goal(&self) -> Option<usize> {
        self.goal
    }

    /// Notes a seen node that the search may end at.
    pub(super) fn aim(&mut self, node: u32) {
        let node = node as usize;
        if self
            .goal
            .is_none_or(|goal| self.distance[node] < self.distance[goal])
        {
            self.goal = Some(node);
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
