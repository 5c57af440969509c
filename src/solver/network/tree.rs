//! The spanning tree of the network simplex method.
//!
//! # Invariant
//! Every node but the root hangs on its parent by one arc. A node's *lean* is the sum of its own and
//! those of all below it: what the arc above it would carry towards the root beside its flow, in
//! units far below one, if every node needed so much of its own. Own leans are such that no
//! subtree's sum is 0.

use super::Arc;
use crate::solver::control::Control;

/// No node, or no arc.
const NONE: u32 = u32::MAX;

/// The own lean of nodes that receive flow from the root: further than that of all others together.
const AWAY: i64 = -(1 << 32);

/// A part of a tree that changes its place: what lies below the arc above `bottom`.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) bottom: u32,
    /// The node by which it will hang.
    pub(super) top: u32,
    /// Where the ways from both ends of the entering arc meet.
    pub(super) join: u32,
}

/// Who hangs on whom; all by node.
pub(super) struct Tree {
    /// [`NONE`] for the root.
    parent: Vec<u32>,
    /// The arc between the node and its parent; [`NONE`] for the root.
    arc: Vec<u32>,
    /// Steps to the root.
    depth: Vec<u32>,
    /// Of the node alone, and of all below it with it.
    own_lean: Vec<i64>,
    lean: Vec<i64>,
    first_child: Vec<u32>,
    /// The node's neighbours among its parent's children.
    next: Vec<u32>,
    previous: Vec<u32>,
    root: u32,
    /// Nodes of the part that is being moved.
    moving: Vec<u32>,
}

impl Tree {
    /// The tree in which node `v` hangs on its parent by `arcs[above[v]]`; the last node is the root. Of
    /// the others, those that `sends` says lean towards the root by one, and the rest away from it by
    /// more than all nodes together.
    pub(super) fn new(
        arcs: &[Arc],
        mut above: Vec<u32>,
        sends: &[bool],
        control: &Control<'_>,
    ) -> Self {
        let nodes = above.len() + 1;
        above.push(NONE);
        let mut tree = Self {
            parent: vec![NONE; nodes],
            arc: above,
            depth: vec![0; nodes],
            own_lean: vec![0; nodes],
            lean: Vec::new(),
            first_child: vec![NONE; nodes],
            next: vec![NONE; nodes],
            previous: vec![NONE; nodes],
            root: u32::try_from(nodes - 1).unwrap_or(NONE),
            moving: Vec::new(),
        };
        for (node, &sends) in sends.iter().enumerate() {
            tree.own_lean[node] = if sends { 1 } else { AWAY };
        }
        tree.link_all(arcs, control);
        tree
    }

    /// Starts anew, before any arc has moved, from the tree in which nodes hang on these arcs, and lean
    /// towards the root; the others hang and lean as they did.
    pub(super) fn plant(&mut self, arcs: &[Arc], above: &[Option<u32>], control: &Control<'_>) {
        for (node, &above) in above.iter().enumerate() {
            if let Some(arc) = above {
                (self.arc[node], self.own_lean[node]) = (arc, 1);
            }
        }
        self.link_all(arcs, control);
    }

    /// Arcs from this number on have moved on by so many numbers.
    pub(super) fn renumber(&mut self, first: u32, added: u32) {
        let moved = self.arc.iter_mut().filter(|arc| **arc >= first);
        moved.for_each(|arc| *arc = arc.saturating_add(added));
    }

    /// Adds a node that hangs on an arc and leans towards the root; all are to be linked then.
    pub(super) fn add(&mut self, above: u32) {
        self.arc.push(above);
        self.own_lean.push(1);
        self.depth.push(0);
        let links = [
            &mut self.parent,
            &mut self.first_child,
            &mut self.next,
            &mut self.previous,
        ];
        links.into_iter().for_each(|own| own.push(NONE));
    }

    /// Hangs a node on another arc; all are to be linked then.
    pub(super) fn set_arc_above(&mut self, node: u32, arc: u32) {
        self.arc[node as usize] = arc;
    }

    /// Links all nodes as their arcs say; not all of them if cancelled.
    pub(super) fn link_all(&mut self, arcs: &[Arc], control: &Control<'_>) {
        self.first_child.fill(NONE);
        for node in control.until_cancelled(0..self.end()) {
            if node == self.root {
                continue;
            }
            let arc = &arcs[self.arc[node as usize] as usize];
            let parent = if arc.tail == node { arc.head } else { arc.tail };
            self.link(node, parent);
        }
        if !control.is_cancelled() {
            self.sum_up(control);
        }
    }

    /// Depths of all, and the sums of leans.
    fn sum_up(&mut self, control: &Control<'_>) {
        let mut order = std::mem::take(&mut self.moving);
        order.clear();
        self.list_below(self.root, &mut order);
        self.lean.clone_from(&self.own_lean);
        for &node in control.until_cancelled(&order[1..]) {
            self.depth[node as usize] = self.depth[self.parent[node as usize] as usize] + 1;
        }
        for &node in control.until_cancelled(order[1..].iter().rev()) {
            self.lean[self.parent[node as usize] as usize] += self.lean[node as usize];
        }
        self.moving = order;
    }

    pub(super) fn root(&self) -> u32 {
        self.root
    }

    /// The node after the last one.
    pub(super) fn end(&self) -> u32 {
        u32::try_from(self.parent.len()).unwrap_or(NONE)
    }

    pub(super) fn arc_above(&self, node: u32) -> u32 {
        self.arc[node as usize]
    }

    pub(super) fn lean(&self, node: u32) -> i64 {
        self.lean[node as usize]
    }

    /// The nodes from one up to another above it, which is left out.
    pub(super) fn path(&self, from: u32, to: u32) -> impl Iterator<Item = u32> {
        let up = |&node: &u32| Some(self.parent[node as usize]);
        std::iter::successors(Some(from), up).take_while(move |&node| node != to)
    }

    /// Where the ways up from two nodes meet.
    pub(super) fn join(&self, mut one: u32, mut other: u32) -> u32 {
        while one != other {
            if self.depth[one as usize] >= self.depth[other as usize] {
                one = self.parent[one as usize];
            } else {
                other = self.parent[other as usize];
            }
        }
        one
    }

    /// Potentials by which every arc of the tree has a reduced value of 0, and the root's is 0.
    pub(super) fn find_potentials(&mut self, arcs: &[Arc], potentials: &mut [i64]) {
        let mut order = std::mem::take(&mut self.moving);
        order.clear();
        self.list_below(self.root, &mut order);
        potentials[self.root as usize] = 0;
        for &node in &order[1..] {
            let arc = &arcs[self.arc[node as usize] as usize];
            potentials[node as usize] = if arc.tail == node {
                arc.value + potentials[arc.head as usize]
            } else {
                potentials[arc.tail as usize] - arc.value
            };
        }
        self.moving = order;
    }

    /// Cuts a part off and hangs it on the `entering` arc. Calls back for every node of the part;
    /// gives their number.
    pub(super) fn hang(
        &mut self,
        arcs: &[Arc],
        part: Part,
        entering: u32,
        mut each: impl FnMut(u32),
    ) -> u64 {
        let Part { top, bottom, join } = part;
        let arc = &arcs[entering as usize];
        let parent = if arc.tail == top { arc.head } else { arc.tail };
        let lean = self.lean[bottom as usize];
        self.add_lean_between(bottom, join, -lean);
        self.turn(part, parent, entering);
        self.add_lean_between(top, join, lean);
        let mut moving = std::mem::take(&mut self.moving);
        moving.clear();
        self.list_below(top, &mut moving);
        for &node in &moving {
            self.depth[node as usize] = self.depth[self.parent[node as usize] as usize] + 1;
            each(node);
        }
        let moved = moving.len() as u64;
        self.moving = moving;
        moved
    }

    /// Turns the way from `top` up to `bottom` round, so that it leads down from `parent`.
    fn turn(&mut self, part: Part, mut parent: u32, mut arc: u32) {
        let whole = self.lean[part.bottom as usize];
        let (mut node, mut above) = (part.top, 0);
        loop {
            let (old_parent, old_arc) = (self.parent[node as usize], self.arc[node as usize]);
            let old_lean = self.lean[node as usize];
            self.unlink(node);
            self.link(node, parent);
            self.arc[node as usize] = arc;
            self.lean[node as usize] = whole - above;
            if node == part.bottom {
                return;
            }
            (parent, arc, above, node) = (node, old_arc, old_lean, old_parent);
        }
    }

    /// Adds to the leans of the nodes above one, up to the join, which has both ends of a cycle below.
    fn add_lean_between(&mut self, node: u32, join: u32, lean: i64) {
        let mut above = self.parent[node as usize];
        while above != join {
            self.lean[above as usize] += lean;
            above = self.parent[above as usize];
        }
    }

    /// A node and all below it, each after its parent.
    fn list_below(&self, node: u32, found: &mut Vec<u32>) {
        let first = found.len();
        found.push(node);
        let mut at = first;
        while at < found.len() {
            let mut child = self.first_child[found[at] as usize];
            while child != NONE {
                found.push(child);
                child = self.next[child as usize];
            }
            at += 1;
        }
    }

    fn link(&mut self, node: u32, parent: u32) {
        let sibling = std::mem::replace(&mut self.first_child[parent as usize], node);
        self.parent[node as usize] = parent;
        self.previous[node as usize] = NONE;
        self.next[node as usize] = sibling;
        if sibling != NONE {
            self.previous[sibling as usize] = node;
        }
    }

    fn unlink(&mut self, node: u32) {
        let (previous, next) = (self.previous[node as usize], self.next[node as usize]);
        if previous == NONE {
            self.first_child[self.parent[node as usize] as usize] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }
}
