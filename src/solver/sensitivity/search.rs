//! Shortest ways through the residual graph, from one node.
//!
//! # Idea
//! Dijkstra's method, with vectors in lexicographic order for lengths. A search ends as soon as its goal is
//! settled, and looks at nothing that is as far as a way to the goal that it knows. A mentee's row is read when
//! she is settled, not before.
//!
//! Where the prices are the smallest ([`tree`](super::tree)), the hub is as near to the goal as can be, and by a
//! known way; so a search that settles the hub has found what it looks for.
//!
//! # Complexity
//! The rows of the mentees who are nearer than the goal and the hub, O(N log N) beside for N nodes met.
//!
//! # References
//! E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::problem::RowBuffer;
use super::groundwork::Guides;
use super::length::{FARTHEST, Length};
use super::residual::{Node, Residual, number};
use super::screen::{Offsets, Screen};
use crate::ids::{MenteeIdx, MentorIdx};

/// A search; made once and used for many.
pub(super) struct Search<'r> {
    residual: &'r Residual<'r>,
    /// By node, the hub included; farther than any way if not met.
    distance: Vec<Length>,
    /// By node: from where it was met.
    before: Vec<u32>,
    /// Nodes met.
    met: Vec<u32>,
    /// By mentor: the price less the distance.
    offsets: Offsets,
    queue: BinaryHeap<Reverse<(Length, u32)>>,
    /// A step that must not be taken.
    closed: Option<(usize, usize)>,
    /// Where the search ends.
    goal: Option<usize>,
    /// Whether it ends at the hub too.
    stops_at_hub: bool,
    /// Beyond which nothing is looked at.
    reach: Option<Reach<'r>>,
    /// Whether the mentors' offsets say so.
    is_bounded: bool,
    has_settled_hub: bool,
    found: Vec<(u32, i32)>,
    buffer: RowBuffer,
}

/// How far from its start a search has to look: less far than a bound, and from a node to the goal it is at least as
/// far as their distances to the hub differ.
pub(super) struct Reach<'r> {
    to_hub: &'r [Option<Length>],
    goal: usize,
    bound: Length,
}

impl<'r> Reach<'r> {
    /// Of a search for ways shorter than `bound` to a goal that has a way to the hub.
    pub(super) fn new(to_hub: &'r [Option<Length>], goal: usize, bound: Length) -> Self {
        Self {
            to_hub,
            goal,
            bound,
        }
    }

    /// A way by a node must reach it at less than this to be of use; `None` if no way by it leads to the goal.
    fn at(&self, node: usize) -> Option<Length> {
        let (own, goal) = (
            self.to_hub[node].as_ref()?,
            self.to_hub[self.goal].as_ref()?,
        );
        if own <= goal {
            return Some(self.bound.clone());
        }
        Some(self.bound.plus(&goal.plus(&own.negated())))
    }
}

/// A shortest way.
pub(super) struct Way {
    pub(super) length: Length,
    /// From start to goal.
    pub(super) nodes: Vec<usize>,
}

impl<'r> Search<'r> {
    pub(super) fn new(residual: &'r Residual<'r>) -> Self {
        let levels = residual.levels().len();
        let nodes = residual.nodes();
        let mentors = residual.problem.mentors();
        let mut offsets = Offsets::new(levels, mentors);
        for mentor in 0..mentors {
            offsets.set(mentor, |level| residual.price(level, mentor) - FARTHEST);
        }
        Self {
            residual,
            distance: vec![Length::new(levels, |_| FARTHEST); nodes],
            before: vec![0; nodes],
            met: Vec::new(),
            offsets,
            queue: BinaryHeap::new(),
            closed: None,
            goal: None,
            stops_at_hub: false,
            reach: None,
            is_bounded: false,
            has_settled_hub: false,
            found: Vec::new(),
            buffer: RowBuffer::default(),
        }
    }

    /// The shortest way from `start` to `goal`, if there is one, that does not take the step `closed`. A tree of
    /// ways of no length from the hub leads to whatever can be reached at all. Where distances to the hub are known,
    /// it is the same way, found in less time: whatever lies on any shortest way is within reach.
    pub(super) fn way(
        &mut self,
        (start, goal): (usize, usize),
        closed: Option<(usize, usize)>,
        guides: &'r Guides,
    ) -> Option<Way> {
        let tree = &guides.tree;
        if !tree.reaches(goal) {
            return None;
        }
        (self.goal, self.closed) = (Some(goal), closed);
        let from_hub = tree.way_to(goal);
        let is_open = |steps: &[usize]| Some((steps[0], steps[1])) != closed;
        self.stops_at_hub = from_hub.windows(2).all(is_open);
        let to_hub = guides.known_to_hub().filter(|_| self.stops_at_hub);
        self.reach = to_hub.and_then(|to_hub| {
            let most = to_hub[start].as_ref().filter(|_| to_hub[goal].is_some())?;
            let bound = most.next(self.residual.levels().len()); // the way through the hub is within it
            Some(Reach::new(to_hub, goal, bound))
        });
        self.run(start);
        if self.has_settled_hub {
            let length = self.distance_of(self.residual.hub())?.clone();
            let nodes = joined(self.way_from(start, self.residual.hub()), &from_hub);
            return Some(Way { length, nodes });
        }
        let length = self.distance_of(goal)?.clone();
        let nodes = self.way_from(start, goal);
        Some(Way { length, nodes })
    }

    /// The length of the shortest way from `start` to `goal` if it is within reach.
    pub(super) fn length_within(
        &mut self,
        (start, goal): (usize, usize),
        reach: Reach<'r>,
    ) -> Option<Length> {
        (self.goal, self.closed, self.stops_at_hub) = (Some(goal), None, false);
        self.reach = Some(reach);
        self.run(start);
        self.distance_of(goal).cloned()
    }

    /// The nodes on the way found to a node.
    fn way_from(&self, start: usize, goal: usize) -> Vec<usize> {
        let mut nodes = vec![goal];
        let mut node = goal;
        while node != start {
            node = self.before[node] as usize;
            nodes.push(node);
        }
        nodes.reverse();
        nodes
    }

    /// Finds the distance of every node from `start`.
    pub(super) fn everywhere(&mut self, start: usize) {
        (self.goal, self.closed, self.stops_at_hub) = (None, None, false);
        self.reach = None;
        self.run(start);
    }

    /// From where the last search has met each node.
    pub(super) fn before(&self) -> &[u32] {
        &self.before
    }

    /// A node's distance, if the last search has met it.
    pub(super) fn distance_of(&self, node: usize) -> Option<&Length> {
        Some(&self.distance[node]).filter(|distance| distance.at(0) < FARTHEST)
    }

    fn run(&mut self, start: usize) {
        self.forget();
        if self.reach.is_some() || self.is_bounded {
            self.bound_mentors();
        }
        let levels = self.residual.levels().len();
        self.meet(start, start, Length::new(levels, |_| 0));
        while let Some(Reverse((length, node))) = self.queue.pop() {
            let node = node as usize;
            if length == self.distance[node] {
                self.settle(node, &length);
            }
            if self.has_ended(&length) {
                break;
            }
        }
    }

    /// Whether the goal, or the hub where that will do, was met at this distance: nothing is nearer, and where many
    /// lengths are equal, it would be long until it is settled.
    fn has_ended(&mut self, distance: &Length) -> bool {
        let is_met = |node: usize| self.distance[node] <= *distance;
        if self.goal.is_some_and(is_met) {
            return true;
        }
        self.has_settled_hub = self.stops_at_hub && is_met(self.residual.hub());
        self.has_settled_hub
    }

    /// Makes ready for another search.
    fn forget(&mut self) {
        self.queue.clear();
        self.has_settled_hub = false;
        let levels = self.residual.levels().len();
        while let Some(node) = self.met.pop() {
            self.set(node as usize, Length::new(levels, |_| FARTHEST));
        }
    }

    /// Lets rows be screened by how far it is worth to go: nobody is met yet.
    fn bound_mentors(&mut self) {
        self.is_bounded = self.reach.is_some();
        let residual = self.residual;
        for mentor in 0..residual.problem.mentors() {
            let node = residual.mentor_node(mentor);
            let bound = match &self.reach {
                Some(reach) => reach.at(node),
                None => Some(Length::new(residual.levels().len(), |_| FARTHEST)),
            };
            match bound {
                Some(bound) => (self.offsets).set(mentor, |level| {
                    residual.price(level, mentor) - bound.at(level)
                }),
                None => self.offsets.set(mentor, |_| FARTHEST),
            }
        }
    }

    fn set(&mut self, node: usize, distance: Length) {
        if let Node::Mentor(mentor) = self.residual.node(node) {
            let residual = self.residual;
            let offset = |level| residual.price(level, mentor) - distance.at(level);
            self.offsets.set(mentor, offset);
        }
        self.distance[node] = distance;
    }

    /// Takes the steps from a node at this distance.
    fn settle(&mut self, node: usize, distance: &Length) {
        if let Some(step) = self.residual.up(node) {
            self.meet(node, self.residual.above(node), distance.plus(step));
        }
        match self.residual.node(node) {
            Node::Mentee(mentee) => self.choose((node, mentee), distance),
            Node::Slot(slot) => self.choose((node, slot.mentee), distance),
            Node::Mentor(mentor) => self.drop_one(mentor, distance),
            Node::Junction => self.go_down(node, distance),
        }
    }

    fn go_down(&mut self, junction: usize, distance: &Length) {
        for &member in self.residual.below(junction) {
            let Some(step) = self.residual.down(member as usize) else {
                continue;
            };
            let length = distance.plus(step);
            if self.is_beyond_goal(&length) {
                break; // and so are the others
            }
            self.meet(junction, member as usize, length);
        }
    }

    fn drop_one(&mut self, mentor: usize, distance: &Length) {
        let node = self.residual.mentor_node(mentor);
        for &(mentee, score) in self.residual.chosen(mentor) {
            let mentee = mentee as usize;
            let step = self.residual.pair(mentee, mentor, score);
            let tail = self.residual.tail(mentee, mentor);
            self.meet(node, tail, distance.plus(&step));
        }
    }

    /// Takes the steps to mentors from a mentee, or from a pair of hers to others of the kind.
    fn choose(&mut self, (tail, mentee): (usize, usize), distance: &Length) {
        let residual = self.residual;
        let (mut buffer, mut found) = (
            std::mem::take(&mut self.buffer),
            std::mem::take(&mut self.found),
        );
        if let Some(row) = residual.problem.row(mentee, &mut buffer) {
            let screen = Screen {
                levels: residual.levels(),
                mentee,
                bar: distance.plus(&residual.price_of_tail(tail)),
                offsets: &self.offsets,
            };
            screen.for_each_above(&row, |mentor, score| found.push((mentor, score)));
        }
        let has = residual
            .assignment
            .mentors_of(MenteeIdx::new(number(mentee)));
        for (mentor, score) in found.drain(..) {
            let is_new = !has.contains(&MentorIdx::new(mentor));
            if is_new && residual.tail(mentee, mentor as usize) == tail {
                let step = residual.pair(mentee, mentor as usize, score).negated();
                let node = residual.mentor_node(mentor as usize);
                self.meet(tail, node, distance.plus(&step));
            }
        }
        (self.buffer, self.found) = (buffer, found);
    }

    fn is_beyond_goal(&self, length: &Length) -> bool {
        self.goal.is_some_and(|goal| *length >= self.distance[goal])
    }

    fn is_within_reach(&self, node: usize, length: &Length) -> bool {
        let Some(reach) = &self.reach else {
            return true;
        };
        reach.at(node).is_some_and(|bound| *length < bound)
    }

    fn meet(&mut self, from: usize, node: usize, length: Length) {
        let is_open = self.closed != Some((from, node));
        let is_nearer = length < self.distance[node] && !self.is_beyond_goal(&length);
        if is_nearer && is_open && self.is_within_reach(node, &length) {
            self.met.push(number(node));
            self.before[node] = number(from);
            self.queue.push(Reverse((length.clone(), number(node))));
            self.set(node, length);
        }
    }
}

/// A way to the hub and a way from there, without the loop that they make where they meet before.
fn joined(mut to_hub: Vec<usize>, from_hub: &[usize]) -> Vec<usize> {
    let meets = |node: &usize| from_hub.iter().rposition(|other| other == node);
    let mut nodes = to_hub.iter().enumerate();
    if let Some((at, other)) = nodes.find_map(|(at, node)| Some((at, meets(node)?))) {
        to_hub.truncate(at);
        to_hub.extend_from_slice(&from_hub[other..]);
    }
    to_hub
}
