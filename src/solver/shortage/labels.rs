//! What one more pair at each node would save of the shortfall: the labels that show where it
//! comes from.
//!
//! # The labels
//! Send one more unit of flow into a node: a mentor below her minimum turns it into one unit of
//! shortfall less, a mentor at her maximum must send it back over one of her pairs. A *step* is a
//! way for one unit to change its course, with what it gains: forward over an arc with room (1
//! below the minimum, else 0), backward over an arc in use (−1 where that breaks a minimum, else
//! 0). Labels *fit* if nobody's is below that of a node one step away plus the step's gain; the
//! hub's is 0. Fitting labels are exactly the optimal dual solutions, so there are some if, and only
//! if, the shortfall is the least possible, and they do not depend on which of several best
//! assignments one starts from.
//!
//! # Which of them
//! First the greatest, by shortest paths from the hub ([`Fall`]): nodes that no shortage of mentors
//! concerns are at 0 or above. Then, with all labels up to 0 kept, the least ([`Rise`]): nodes that no
//! shortage of mentees concerns are at 0. Both exist, since the larger and the smaller of two fitting
//! sets of labels fit too. So the labels depend on the problem alone, and the sets read off them
//! are small.
//!
//! # Complexity
//! Labels are whole numbers between ±(2 × groups + 2), and each only moves one way. A mentee's row is
//! read each time her label falls (at most three times without groups, mostly once), and once more
//! if a shortage of mentees may concern her. Pairs between those concerned may be noted, at one
//! word each.
//!
//! # References
//! A. J. Hoffman, *Some recent applications of the theory of linear inequalities to extremal
//! combinatorial analysis*, 1960 (circulations with lower bounds); K. Murota, *Discrete Convex
//! Analysis*, 2003, section 5 (the lattice of potentials).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::super::assignment::Assignment;
use super::super::problem::{Problem, RowBuffer};
use super::super::slots::Slots;
use super::arcs::place_arc;
use crate::ids::{MenteeIdx, MentorIdx};

/// A way for one unit of flow to change its course.
#[derive(Clone, Copy)]
struct Step {
    tail: usize,
    head: usize,
    /// What that saves of the shortfall.
    gain: i32,
}

/// A problem with an assignment, whose flow runs through nodes: people, groups, the hub, and then the pairs of mentors
/// of kinds.
#[derive(Clone, Copy)]
pub(super) struct Flow<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) assignment: &'a Assignment,
    pub(super) slots: &'a Slots,
}

impl Flow<'_> {
    /// The node by which the flow of a pair leaves its mentee.
    pub(super) fn tail(&self, mentee: usize, mentor: usize) -> usize {
        let slot = self.slots.find(self.problem, mentee, mentor);
        slot.map_or(mentee, |slot| self.problem.nodes() + 1 + slot)
    }

    /// The mentee whose pairs' flow leaves her by this node, if any does.
    fn mentee(&self, node: usize) -> Option<usize> {
        match node.checked_sub(self.problem.nodes() + 1) {
            Some(slot) => Some(self.slots.all[slot].mentee),
            None => (node < self.problem.mentees()).then_some(node),
        }
    }

    /// All nodes by which a mentee's flow leaves her.
    fn tails(&self, mentee: usize) -> impl Iterator<Item = usize> + use<> {
        let first = self.problem.nodes() + 1;
        let slots = self.slots.of(mentee).map(move |slot| first + slot);
        std::iter::once(mentee).chain(slots)
    }

    /// Calls `visit` with each mentor to whom a unit may go by this node, and does not.
    fn for_each_free(
        &self,
        tail: usize,
        buffer: &mut RowBuffer,
        mut visit: impl FnMut(usize),
    ) -> Option<()> {
        let mentee = self.mentee(tail)?;
        // Chosen mentors come in the order of the row.
        let chosen = u32::try_from(mentee).ok().map(MenteeIdx::new)?;
        let chosen = self.assignment.mentors_of(chosen);
        self.problem.row(mentee, buffer)?.for_each(|mentor, _| {
            let is_chosen = chosen.binary_search(&MentorIdx::new(mentor)).is_ok();
            if !is_chosen && self.tail(mentee, mentor as usize) == tail {
                visit(mentor as usize);
            }
        });
        Some(())
    }
}

/// Indexed by node, the hub after all people and groups. `None` if the shortfall is not the least possible, or a row
/// is not as promised.
pub(super) fn labels(flow: Flow<'_>) -> Option<Vec<i32>> {
    let problem = flow.problem;
    let mut steps = steps(flow);
    let groups = problem.mentees.groups.len() + problem.mentors.groups.len();
    // A path without repeats takes at most two place arcs a group, and one at the hub.
    let limit = i32::try_from(2 * groups + 2).ok()?;
    let mut labels = vec![limit; problem.nodes()];
    labels.push(0);
    labels.resize(labels.len() + flow.slots.all.len(), limit);
    let mut fall = Fall {
        flow,
        labels,
        queue: BinaryHeap::new(),
    };
    steps.sort_unstable_by_key(|step| step.tail);
    fall.run(&steps)?;
    let most = fall.labels;
    steps.sort_unstable_by_key(|step| step.head);
    let mut rise = Rise {
        flow,
        steps,
        labels: most.iter().map(|&label| label.min(0)).collect(),
        most,
        columns: vec![Vec::new(); problem.mentors()],
        queue: BinaryHeap::new(),
    };
    rise.run()?;
    Some(rise.labels)
}

/// All steps but those over pairs that are free, which are read from the rows when needed.
fn steps(flow: Flow<'_>) -> Vec<Step> {
    let Flow {
        problem,
        assignment,
        slots,
    } = flow;
    let mut steps = Vec::new();
    for (owner, load) in assignment.loads(problem).owners() {
        let (tail, head) = place_arc(problem, owner);
        let min = u64::from(owner.min(problem));
        if load < u64::from(owner.max(problem)) {
            let gain = i32::from(load < min);
            steps.push(Step { tail, head, gain });
        }
        if load > 0 {
            let gain = -i32::from(load <= min);
            let (tail, head) = (head, tail);
            steps.push(Step { tail, head, gain });
        }
    }
    let back = |tail, head| Step {
        tail,
        head,
        gain: 0,
    };
    steps.extend(assignment.pairs().map(|(mentee, mentor)| {
        let tail = flow.tail(mentee.index(), mentor.index());
        back(problem.mentees() + mentor.index(), tail)
    }));
    let slots = slots.all.iter().zip(problem.nodes() + 1..);
    steps.extend(slots.map(|(slot, node)| back(node, slot.mentee)));
    steps
}

/// Where, among steps sorted by `key`, those are whose key is `node`.
fn at(steps: &[Step], node: usize, key: impl Fn(&Step) -> usize) -> Range<usize> {
    let start = steps.partition_point(|step| key(step) < node);
    let len = steps[start..].partition_point(|step| key(step) == node);
    start..start + len
}

/// Labels that fall until they fit.
struct Fall<'a> {
    flow: Flow<'a>,
    labels: Vec<i32>,
    /// Lowest first: what is low seldom falls again.
    queue: BinaryHeap<(Reverse<i32>, usize)>,
}

impl Fall<'_> {
    /// `steps` are sorted by tail.
    fn run(&mut self, steps: &[Step]) -> Option<()> {
        let (mut buffer, mut below) = (RowBuffer::default(), Vec::new());
        self.queue.push((Reverse(0), self.flow.problem.nodes()));
        while let Some((Reverse(label), node)) = self.queue.pop() {
            if label > self.labels[node] {
                continue;
            }
            for step in &steps[at(steps, node, |step| step.tail)] {
                self.lower(step.head, label - step.gain)?;
            }
            let mentees = self.flow.problem.mentees();
            if self.flow.mentee(node).is_some() {
                let labels = &self.labels;
                below.clear();
                let higher = |mentor| {
                    if labels[mentees + mentor] > label {
                        below.push(mentees + mentor);
                    }
                };
                self.flow.for_each_free(node, &mut buffer, higher)?;
                for &mentor in &below {
                    self.lower(mentor, label)?;
                }
            }
        }
        Some(())
    }

    /// `None` if labels would fall for ever: round a way that changes pairs, and so from one of its
    /// mentees, who has one, back to the hub.
    fn lower(&mut self, node: usize, label: i32) -> Option<()> {
        if label < self.labels[node] {
            if node == self.flow.problem.nodes() {
                return None;
            }
            self.labels[node] = label;
            self.queue.push((Reverse(label), node));
        }
        Some(())
    }
}

/// Labels that rise from 0 until they fit, `most` at most.
struct Rise<'a> {
    flow: Flow<'a>,
    /// Sorted by head.
    steps: Vec<Step>,
    labels: Vec<i32>,
    most: Vec<i32>,
    /// By mentor: mentees whose label may have to follow hers.
    columns: Vec<Vec<usize>>,
    /// Highest first.
    queue: BinaryHeap<(i32, usize)>,
}

impl Rise<'_> {
    fn run(&mut self) -> Option<()> {
        for number in 0..self.steps.len() {
            let step = self.steps[number];
            self.raise(step.tail, self.labels[step.head] + step.gain)?;
        }
        self.settle()?;
        let (mut buffer, mut free) = (RowBuffer::default(), Vec::new());
        let flow = self.flow;
        for tail in (0..flow.problem.mentees()).flat_map(|mentee| flow.tails(mentee)) {
            if self.labels[tail] < self.most[tail] {
                free.clear();
                flow.for_each_free(tail, &mut buffer, |mentor| free.push(mentor))?;
                self.follow(tail, &free)?;
            }
        }
        Some(())
    }

    /// Raises a mentee, or a pair of hers, to the highest of the mentors she might go to instead, now and whenever one
    /// rises.
    fn follow(&mut self, mentee: usize, free: &[usize]) -> Option<()> {
        let mentees = self.flow.problem.mentees();
        let labels = free.iter().map(|mentor| self.labels[mentees + mentor]);
        if let Some(highest) = labels.max() {
            self.raise(mentee, highest)?;
            self.settle()?;
        }
        let label = self.labels[mentee];
        if label < self.most[mentee] {
            for &mentor in free {
                if self.most[mentees + mentor] > label {
                    self.columns[mentor].push(mentee);
                }
            }
        }
        Some(())
    }

    /// Raises whoever must follow those that have risen.
    fn settle(&mut self) -> Option<()> {
        while let Some((label, node)) = self.queue.pop() {
            if label < self.labels[node] {
                continue;
            }
            for number in at(&self.steps, node, |step| step.head) {
                let step = self.steps[number];
                self.raise(step.tail, label + step.gain)?;
            }
            let mentor = node.checked_sub(self.flow.problem.mentees());
            if let Some(mentor) = mentor.filter(|&mentor| mentor < self.columns.len()) {
                for at in 0..self.columns[mentor].len() {
                    self.raise(self.columns[mentor][at], label)?;
                }
            }
        }
        Some(())
    }

    /// `None` if labels would rise for ever.
    fn raise(&mut self, node: usize, label: i32) -> Option<()> {
        if label > self.labels[node] {
            if label > self.most[node] {
                return None;
            }
            self.labels[node] = label;
            self.queue.push((label, node));
        }
        Some(())
    }
}
