//! Nodes for the pairs of a mentee and a kind of mentors, between her and the mentors.

use super::super::network::Arc;
use super::super::problem::Problem;

/// No slots.
const NONE: u32 = u32::MAX;

/// The slots of those whom kinds bind: as many nodes each as there are kinds.
pub(super) struct Slots {
    /// The first one's node.
    first: usize,
    kinds: usize,
    /// By mentee: her rank among those who have slots; [`NONE`] without. Empty where nobody has.
    ranks: Vec<u32>,
    /// By rank.
    mentees: Vec<u32>,
}

impl Slots {
    /// Slots come after people and groups.
    pub(super) fn new(problem: &Problem<'_>) -> Self {
        let (mut ranks, mut mentees) = (Vec::new(), Vec::new());
        if problem.has_kinds() {
            for (at, mentee) in (0..problem.mentees()).zip(0..) {
                let is_bound = problem.has_kinds_for(at);
                let rank = u32::try_from(mentees.len()).unwrap_or(NONE);
                ranks.push(if is_bound { rank } else { NONE });
                mentees.extend(is_bound.then_some(mentee));
            }
        }
        Self {
            first: problem.nodes(),
            kinds: problem.mentors.kinds.len(),
            ranks,
            mentees,
        }
    }

    /// The node after the last slot.
    pub(super) fn end(&self) -> usize {
        self.first + self.mentees.len() * self.kinds
    }

    /// One arc a slot, from its mentee, in the order of their nodes.
    pub(super) fn arcs(&self) -> impl Iterator<Item = Arc> + '_ {
        let nodes = self.first..self.end();
        nodes.map(|node| Arc::new(self.mentee(node), node, 1))
    }

    /// Where the flow of a pair leaves its mentee.
    pub(super) fn tail(&self, problem: &Problem<'_>, mentee: usize, mentor: usize) -> usize {
        match (self.ranks.get(mentee), problem.mentors.kinds.of(mentor)) {
            (Some(&rank), Some(kind)) if rank != NONE => {
                self.first + rank as usize * self.kinds + kind
            }
            _ => mentee,
        }
    }

    /// The mentee whose pairs' flow leaves by this node.
    #[inline]
    pub(super) fn mentee(&self, tail: usize) -> usize {
        match tail.checked_sub(self.first) {
            Some(slot) => self.mentees[slot / self.kinds] as usize,
            None => tail,
        }
    }
}
