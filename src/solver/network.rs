//! Maximum-value circulation: successive shortest augmenting paths with prices.
//!
//! # Problem
//! A directed graph whose arcs have a capacity and a value a unit. Choose a flow on every arc,
//! between 0 and its capacity and balanced at every node, so that the total value is largest.
//!
//! # Idea
//! Every node has a potential. The *reduced value* of an arc is its value plus the potential of its
//! head less that of its tail. A flow is optimal if no arc with room left has a positive reduced
//! value and no arc in use has a negative one. We keep that true and give up balance instead:
//! saturate every arc that gains, empty every arc that loses, which leaves some nodes with an
//! excess and some with a deficit. Then send each excess to the nearest deficit along a shortest
//! path, where the length of a step is what the reduced value loses, and shift the potentials of
//! the nodes passed so that the path costs nothing. When no excess is left, the flow is optimal.
//!
//! # Invariant
//! At the top of each search, every arc of the residual network that is not settled has a reduced
//! value ≤ 0 (forwards) or ≥ 0 (backwards).
//!
//! # Levels
//! For a second objective, arcs whose reduced value is not zero are *settled*: no flow that is
//! optimal at the first level uses them differently. The rest, the optimal face, is solved again
//! with the next values.
//!
//! # Differences from the textbook
//! 1. A search ends as soon as nothing nearer than a deficit it has seen is left; nodes as far away
//!    as that deficit are not visited. With many equal values that saves most of the work.
//! 2. Nodes at the distance of the search are kept on a stack beside the heap.
//! 3. Only nodes that were passed get a new potential.
//!
//! # Complexity
//! O(F · A log N) for F units of excess, A arcs and N nodes; far less when places are plenty,
//! since most searches touch a few nodes.
//!
//! # References
//! R. K. Ahuja, T. L. Magnanti and J. B. Orlin, *Network Flows*, 1993, section 9.7;
//! N. Tomizawa, "On some techniques useful for solution of transportation network problems", 1971.

use super::control::{Control, Stop};

mod search;

use search::Search;

/// An arc that every earlier level leaves open.
pub(super) const OPEN: u8 = u8::MAX;

/// More arcs than this cannot be numbered: a step is an arc's number doubled.
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

/// Where searches start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// At nodes with an excess, along the arcs.
    FromExcess,
    /// At nodes with a deficit, against the arcs: shorter where deficits are few, as they are when
    /// places are scarce.
    FromDeficit,
}

/// A graph with a flow on it.
pub(super) struct Network {
    nodes: usize,
    pub(super) arcs: Vec<Arc>,
    /// Node `v` touches the arcs `touching[starts[v]..starts[v + 1]]`.
    starts: Vec<u32>,
    /// An arc number doubled, plus one where the arc is entered at its head.
    touching: Vec<u32>,
    /// Inflow less outflow, by node; all zero between solves.
    excess: Vec<i64>,
    search: Search,
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

    /// How many units a step may add to the flow, or take off it.
    fn room(&self, lowers: bool) -> u32 {
        if lowers {
            self.flow
        } else {
            self.capacity - self.flow
        }
    }

    /// The end at which a search came upon the arc by this step.
    fn expanded_end(&self, step: u32) -> usize {
        (if step % 2 == 1 { self.head } else { self.tail }) as usize
    }

    pub(super) fn reduced_value(&self, potentials: &[i64]) -> i64 {
        self.value + potentials[self.head as usize] - potentials[self.tail as usize]
    }
}

/// What a search goes by.
struct View<'a> {
    level: u8,
    direction: Direction,
    potentials: &'a [i64],
}

impl Direction {
    /// Whether a path that takes this step has less flow on its arc afterwards: when it goes
    /// against the arc with the flow's direction, or along it against that direction.
    fn lowers(self, step: u32) -> bool {
        (step % 2 == 1) == (self == Self::FromExcess)
    }
}

impl Network {
    pub(super) fn new(nodes: usize, arcs: Vec<Arc>, control: &Control<'_>) -> Self {
        let mut network = Self {
            nodes,
            arcs,
            starts: Vec::new(),
            touching: Vec::new(),
            excess: vec![0; nodes],
            search: Search::new(nodes),
        };
        network.index(control);
        network
    }

    /// Lists each node's arcs anew; to be called after arcs were added.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "solve() allows at most ARC_LIMIT arcs"
    )]
    pub(super) fn index(&mut self, control: &Control<'_>) {
        self.starts = vec![0; self.nodes + 1];
        for arc in control.until_cancelled(&self.arcs) {
            self.starts[arc.tail as usize + 1] += 1;
            self.starts[arc.head as usize + 1] += 1;
        }
        for node in 0..self.nodes {
            self.starts[node + 1] += self.starts[node];
        }
        let mut next = self.starts.clone();
        self.touching = vec![0; 2 * self.arcs.len()];
        for (number, arc) in control.until_cancelled(self.arcs.iter().enumerate()) {
            for (node, step) in [(arc.tail, 2 * number), (arc.head, 2 * number + 1)] {
                self.touching[next[node as usize] as usize] = step as u32;
                next[node as usize] += 1;
            }
        }
    }

    /// The flow on every arc.
    pub(super) fn flow(&self, control: &Control<'_>) -> Vec<u32> {
        let mut flow = Vec::with_capacity(self.arcs.len());
        flow.extend(control.until_cancelled(&self.arcs).map(|arc| arc.flow));
        flow
    }

    /// Puts back a flow taken earlier.
    pub(super) fn restore(&mut self, flow: Vec<u32>, control: &Control<'_>) {
        for (arc, flow) in control.until_cancelled(self.arcs.iter_mut().zip(flow)) {
            arc.flow = flow;
        }
    }

    /// Takes the flow off every arc that `level` may change.
    pub(super) fn empty_open(&mut self, level: u8, control: &Control<'_>) {
        for arc in control.until_cancelled(&mut self.arcs) {
            if arc.settled >= level {
                arc.flow = 0;
            }
        }
    }

    /// Makes the flow optimal for the arcs' values, changing only arcs that levels before `level`
    /// left open, and adjusts the potentials to prove it.
    ///
    /// On [`Stop`] the flow is left unbalanced.
    pub(super) fn optimise(
        &mut self,
        level: u8,
        potentials: &mut [i64],
        direction: Direction,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        self.saturate(level, potentials, control);
        control.check()?;
        control.begin_steps(self.nodes);
        for start in 0..self.nodes {
            control.step();
            while self.is_start(start, direction) {
                let view = View {
                    level,
                    direction,
                    potentials,
                };
                let Some(goal) = self.search(start, &view, control)? else {
                    break;
                };
                self.shift_potentials(goal, direction, potentials);
                self.augment(start, goal, direction);
            }
        }
        debug_assert!(self.excess.iter().all(|&excess| excess == 0));
        Ok(())
    }

    fn is_start(&self, node: usize, direction: Direction) -> bool {
        match direction {
            Direction::FromExcess => self.excess[node] > 0,
            Direction::FromDeficit => self.excess[node] < 0,
        }
    }

    fn is_goal(&self, node: usize, direction: Direction) -> bool {
        match direction {
            Direction::FromExcess => self.excess[node] < 0,
            Direction::FromDeficit => self.excess[node] > 0,
        }
    }

    /// Finds potentials that prove the flow optimal at `level`, by Bellman and Ford's method;
    /// `false` if there are none, or if cancelled. O(nodes · arcs).
    pub(super) fn find_potentials(
        &self,
        level: u8,
        potentials: &mut [i64],
        control: &Control<'_>,
    ) -> bool {
        potentials.fill(0);
        for _ in 0..=self.nodes {
            let mut changed = false;
            let arcs = control.until_cancelled(&self.arcs);
            for arc in arcs.filter(|arc| arc.settled >= level) {
                let reduced = arc.reduced_value(potentials);
                if reduced > 0 && arc.room(false) > 0 {
                    potentials[arc.tail as usize] += reduced;
                    changed = true;
                } else if reduced < 0 && arc.room(true) > 0 {
                    potentials[arc.head as usize] -= reduced;
                    changed = true;
                }
            }
            if !changed {
                return true;
            }
        }
        false
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

    /// Fills arcs that gain, empties arcs that lose, and books what that leaves at the nodes.
    fn saturate(&mut self, level: u8, potentials: &[i64], control: &Control<'_>) {
        self.excess.fill(0);
        for arc in control.until_cancelled(&mut self.arcs) {
            if arc.settled >= level {
                match arc.reduced_value(potentials) {
                    1.. => arc.flow = arc.capacity,
                    0 => {}
                    _ => arc.flow = 0,
                }
            }
            self.excess[arc.tail as usize] -= i64::from(arc.flow);
            self.excess[arc.head as usize] += i64::from(arc.flow);
        }
    }

    /// Shortest path from a start to the nearest goal; `None` if there is no way.
    fn search(
        &mut self,
        start: usize,
        view: &View<'_>,
        control: &mut Control<'_>,
    ) -> Result<Option<usize>, Stop> {
        self.search.begin(start);
        while let Some(node) = self.search.next() {
            let (from, to) = (self.starts[node] as usize, self.starts[node + 1] as usize);
            control.spend((to - from) as u64)?;
            for &step in &self.touching[from..to] {
                let (arc, lowers) = (&self.arcs[step as usize / 2], view.direction.lowers(step));
                if arc.settled < view.level || arc.room(lowers) == 0 {
                    continue;
                }
                let value = arc.reduced_value(view.potentials);
                let loss = if lowers { value } else { -value };
                debug_assert!(loss >= 0);
                let end = if step % 2 == 1 { arc.tail } else { arc.head };
                if self.search.relax(node, end, loss, step)
                    && self.is_goal(end as usize, view.direction)
                {
                    self.search.aim(end);
                    if loss == 0 {
                        break;
                    }
                }
            }
        }
        Ok(self.search.goal())
    }

    /// Makes every step of the path found cost nothing, and keeps all others from gaining.
    fn shift_potentials(&self, goal: usize, direction: Direction, potentials: &mut [i64]) {
        let reach = self.search.distance[goal];
        for &node in &self.search.seen {
            let nearer = (reach - self.search.distance[node as usize]).max(0);
            match direction {
                Direction::FromExcess => potentials[node as usize] -= nearer,
                Direction::FromDeficit => potentials[node as usize] += nearer,
            }
        }
    }

    fn augment(&mut self, start: usize, goal: usize, direction: Direction) {
        let units = self.path_room(start, goal, direction);
        let mut node = goal;
        while node != start {
            let step = self.search.reached_by[node];
            let arc = &mut self.arcs[step as usize / 2];
            if direction.lowers(step) {
                arc.flow -= units;
            } else {
                arc.flow += units;
            }
            node = arc.expanded_end(step);
        }
        let (gives, takes) = match direction {
            Direction::FromExcess => (start, goal),
            Direction::FromDeficit => (goal, start),
        };
        self.excess[gives] -= i64::from(units);
        self.excess[takes] += i64::from(units);
    }

    fn path_room(&self, start: usize, goal: usize, direction: Direction) -> u32 {
        let most = self.excess[start]
            .unsigned_abs()
            .min(self.excess[goal].unsigned_abs());
        let mut units = u32::try_from(most).unwrap_or(u32::MAX);
        let mut node = goal;
        while node != start {
            let step = self.search.reached_by[node];
            let arc = &self.arcs[step as usize / 2];
            units = units.min(arc.room(direction.lowers(step)));
            node = arc.expanded_end(step);
        }
        units
    }
}
