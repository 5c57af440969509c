//! Maximum-value circulation: the network simplex method, level by level on one spanning tree.
//!
//! # Problem
//! A directed graph whose arcs have a capacity and a value a unit. Choose a flow on every arc,
//! between 0 and its capacity and balanced at every node, so that the total value is largest.
//!
//! # Idea
//! A flow is kept in which every arc outside of a [spanning tree](Tree) is empty or full. Potentials
//! make every arc of the tree worth nothing: its *reduced value*, its value plus the potential of
//! its head less that of its tail, is 0. An arc outside that would gain, because it has room and a
//! positive reduced value or is in use at a negative one, closes a cycle with the tree. As much flow as
//! will go is sent round, some arc of the cycle becomes empty or full, and leaves the tree to the one
//! that *enters*. When nothing gains, the flow is optimal, and the potentials prove it.
//!
//! # Invariant
//! The flow is legal at any time, so a search may be stopped anywhere. With a *lean* of a node's own
//! added to what it needs, far less than a unit, every arc of the tree is strictly between empty and
//! full: every exchange is a step forward, and no tree ever comes back.
//!
//! # Levels
//! For a second objective, arcs whose reduced value is not zero are *settled*: no flow that is
//! optimal at the first level uses them differently. No arc of the tree is settled, so the same tree
//! serves the next level: it gets new potentials, and goes on with the arcs that are open.
//!
//! # Differences from the textbook
//! 1. The tree begins with the arcs between a node and what is above it, which are there in any case. No
//!    arcs are made up, and no large number stands for what they cost.
//! 2. Cunningham's rule against cycling asks for trees that can send a little from every node to the root.
//!    Here nodes before the middle receive it from the root, so the little is counted, as leans.
//! 3. Arcs may be added at any time, empty, and nodes on the way to several arcs (see [`fork`]); the tree stays.
//!
//! # Complexity
//! An exchange looks at a block of arcs, the cycle, and the part of the tree that moves. There is no
//! polynomial bound; in practice there are a few exchanges a node and level, since most cycles are short.
//!
//! # References
//! W. H. Cunningham, "A network simplex method", 1976; R. K. Ahuja, T. L. Magnanti and J. B. Orlin,
//! *Network Flows*, 1993, chapter 11; Z. Király and P. Kovács, "Efficient implementations of
//! minimum-cost flow algorithms", 2012 (search by blocks).

use super::control::{Control, Stop};

mod fork;

mod start;

mod tree;

use tree::{Part, Tree};

/// An arc that every earlier level leaves open.
pub(super) const OPEN: u8 = u8::MAX;

/// More arcs than this cannot be numbered.
pub(super) const ARC_LIMIT: u64 = 1 << 31;

/// A directed arc with its flow.
#[derive(Clone, Debug)]
pub(super) struct Arc {
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) capacity: u32,
    pub(super) flow: u32,
    /// The level that settled this arc's flow, or [`OPEN`].
    pub(super) settled: u8,
    /// What a unit is worth at the level being solved.
    pub(super) value: i64,
}

/// A graph with a flow on it.
pub(super) struct Network {
    pub(super) arcs: Vec<Arc>,
    tree: Tree,
}

/// The arcs that may enter at a level, looked at block by block.
struct Queue {
    open: Vec<u32>,
    /// Where the next block starts.
    next: usize,
}

/// Arcs of a block. Nearly all exchanges change no flow but only prices, so that it does not pay to look
/// long for the best: with as many arcs as blocks, as is usual, kept pairs and wishes take twice as long.
const BLOCK: usize = 16;

/// How far the flow of an arc can go, in units, and beyond them in leans.
type Room = (u32, i64);

/// Where flow is sent round: along the arc that enters, and back through the tree.
struct Cycle {
    entering: u32,
    /// Whether the flow of the entering arc rises.
    raises: bool,
    /// Where flow leaves the entering arc, and climbs to the join.
    climbs_from: u32,
    /// Where flow that descends from the join comes back to the entering arc.
    descends_to: u32,
    join: u32,
}

/// What stops the flow of a cycle.
#[derive(Clone, Copy)]
enum Blocker {
    /// The entering arc is full or empty itself.
    Entering,
    /// The arc above this node, on the way up to the join.
    Climbing(u32),
    /// The arc above this node, on the way down from it.
    Descending(u32),
}

impl Arc {
    pub(super) fn new(tail: usize, head: usize, capacity: u32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "problems have fewer than 2^24 nodes"
        )]
        Self {
            tail: tail as u32,
            head: head as u32,
            capacity,
            flow: 0,
            settled: OPEN,
            value: 0,
        }
    }

    pub(super) fn reduced_value(&self, potentials: &[i64]) -> i64 {
        self.value + potentials[self.head as usize] - potentials[self.tail as usize]
    }

    /// What a unit more, or a unit less, would gain; 0 where there is no room for it.
    fn gain(&self, potentials: &[i64]) -> i64 {
        let reduced = self.reduced_value(potentials);
        let has_room = if reduced > 0 {
            self.flow < self.capacity
        } else {
            self.flow > 0
        };
        if has_room { reduced.abs() } else { 0 }
    }
}

impl Network {
    /// A network without flow, with its first tree: the arc above node `v` is `arcs[above[v]]`, and the
    /// last node, which has none, is the root. Some nodes send flow towards the root; the others receive
    /// it from there.
    pub(super) fn new(
        arcs: Vec<Arc>,
        above: Vec<u32>,
        sends: &[bool],
        control: &Control<'_>,
    ) -> Self {
        let tree = Tree::new(&arcs, above, sends, control);
        Self { arcs, tree }
    }

    /// Makes the flow optimal for the arcs' values, changing only arcs that levels before `level`
    /// left open, and finds the potentials that prove it.
    ///
    /// On [`Stop`] the flow is legal, and worth no less than before.
    pub(super) fn optimise(
        &mut self,
        level: u8,
        potentials: &mut [i64],
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        control.check()?;
        self.tree.find_potentials(&self.arcs, potentials);
        let mut queue = Queue::new(&self.arcs, level, control);
        control.check()?;
        control.begin_steps(potentials.len());
        while let Some(arc) = queue.best(&self.arcs, potentials, control)? {
            self.exchange(arc, potentials, control)?;
        }
        Ok(())
    }

    /// Settles every open arc whose reduced value at this level is not zero.
    pub(super) fn settle(&mut self, level: u8, potentials: &[i64], control: &Control<'_>) {
        let arcs = control.until_cancelled(&mut self.arcs);
        for arc in arcs.filter(|arc| arc.settled >= level) {
            arc.settled = if arc.reduced_value(potentials) == 0 {
                OPEN
            } else {
                level
            };
        }
    }

    /// Sends flow round the cycle that an arc closes, and puts the arc in the place of the one that
    /// stops it.
    fn exchange(
        &mut self,
        entering: u32,
        potentials: &mut [i64],
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let reduced = self.arcs[entering as usize].reduced_value(potentials);
        let cycle = self.cycle(entering, reduced > 0);
        let (blocker, units) = self.blocker(&cycle);
        self.send(&cycle, units);
        let (bottom, top) = match blocker {
            Blocker::Entering => return control.spend(1),
            Blocker::Climbing(node) => (node, cycle.climbs_from),
            Blocker::Descending(node) => (node, cycle.descends_to),
        };
        let is_head = top == self.arcs[entering as usize].head;
        let shift = if is_head { -reduced } else { reduced };
        let part = Part {
            bottom,
            top,
            join: cycle.join,
        };
        let moved = self.tree.hang(&self.arcs, part, entering, |node| {
            potentials[node as usize] += shift;
        });
        control.step();
        control.spend(moved)
    }

    fn cycle(&self, entering: u32, raises: bool) -> Cycle {
        let arc = &self.arcs[entering as usize];
        let (climbs_from, descends_to) = if raises {
            (arc.head, arc.tail)
        } else {
            (arc.tail, arc.head)
        };
        Cycle {
            entering,
            raises,
            climbs_from,
            descends_to,
            join: self.tree.join(climbs_from, descends_to),
        }
    }

    /// What stops the flow first, and after how many units. Leans leave no tie.
    fn blocker(&self, cycle: &Cycle) -> (Blocker, u32) {
        let capacity = self.arcs[cycle.entering as usize].capacity;
        let mut first = ((capacity, 0), Blocker::Entering);
        let climb = self.tree.path(cycle.climbs_from, cycle.join);
        let descent = self.tree.path(cycle.descends_to, cycle.join);
        let climb = climb.map(|node| (self.room(node, true), Blocker::Climbing(node)));
        let descent = descent.map(|node| (self.room(node, false), Blocker::Descending(node)));
        for stop in climb.chain(descent) {
            if stop.0 < first.0 {
                first = stop;
            }
        }
        (first.1, first.0.0)
    }

    /// How much more flow the arc above a node takes upwards, or downwards.
    fn room(&self, node: u32, upwards: bool) -> Room {
        let arc = &self.arcs[self.tree.arc_above(node) as usize];
        let points_up = arc.tail == node;
        let lean = self.tree.lean(node);
        let lean_of_flow = if points_up { lean } else { -lean };
        if points_up == upwards {
            (arc.capacity - arc.flow, -lean_of_flow)
        } else {
            (arc.flow, lean_of_flow)
        }
    }

    fn send(&mut self, cycle: &Cycle, units: u32) {
        if units == 0 {
            return;
        }
        let arc = &mut self.arcs[cycle.entering as usize];
        add(arc, units, cycle.raises);
        for (from, upwards) in [(cycle.climbs_from, true), (cycle.descends_to, false)] {
            for node in self.tree.path(from, cycle.join) {
                let arc = &mut self.arcs[self.tree.arc_above(node) as usize];
                let points_up = arc.tail == node;
                add(arc, units, points_up == upwards);
            }
        }
    }
}

fn add(arc: &mut Arc, units: u32, raises: bool) {
    if raises {
        arc.flow += units;
    } else {
        arc.flow -= units;
    }
}

impl Queue {
    fn new(arcs: &[Arc], level: u8, control: &Control<'_>) -> Self {
        let numbered = control.until_cancelled((0..).zip(arcs));
        let open = numbered.filter(|(_, arc)| arc.settled >= level && arc.capacity > 0);
        Self {
            open: open.map(|(number, _)| number).collect(),
            next: 0,
        }
    }

    /// The arc that gains most in the first block in which one gains at all.
    fn best(
        &mut self,
        arcs: &[Arc],
        potentials: &[i64],
        control: &mut Control<'_>,
    ) -> Result<Option<u32>, Stop> {
        let mut looked_at = 0;
        while looked_at < self.open.len() {
            let end = (self.next + BLOCK).min(self.open.len());
            let slice = &self.open[self.next..end];
            looked_at += slice.len();
            self.next = if end == self.open.len() { 0 } else { end };
            control.spend(slice.len() as u64)?;
            let mut best = (0, None);
            for &number in slice {
                let gain = arcs[number as usize].gain(potentials);
                if gain > best.0 {
                    best = (gain, Some(number));
                }
            }
            if best.1.is_some() {
                return Ok(best.1);
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
