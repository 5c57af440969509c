//! The optimal face: what optimal assignments have in common, and what is left to choose.
//!
//! # Idea
//! Prices that prove an assignment optimal say of every pair what any other optimal assignment does
//! with it: one of positive reduced value is in all of them, one of negative reduced value in none, and
//! the rest, the *open* pairs, are free to choose. Of places they say the same: so many of a person or a
//! group are taken in all, so many more may be. An assignment is optimal exactly if it has the forced
//! pairs, none but open ones beside, and keeps to these bounds.
//!
//! # Nodes
//! Flow runs from a *hub* down through the groups of a mentee to her, along a pair to a mentor, and up through
//! his groups back to the hub. The pairs of a mentee and a kind that binds her run through a *slot* below
//! her, whose price is the reduced value of the pair in it. Mentees come first, then slots: the *tails*
//! of pairs; then mentors, groups of mentees, groups of mentors, and the hub.
//!
//! # Complexity
//! One parallel pass over the pairs; memory for the [open] ones only, and a few numbers a node.
//!
//! # References
//! A. Schrijver, *Combinatorial Optimization*, 2003, section 5.6 (complementary slackness and faces).

mod at_price;

mod bounds;

mod open;

mod tight;

use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::Control;
use super::level::{Level, Owner};
use super::problem::Problem;
use super::walk::position;
pub(super) use open::{Bits, Open};
pub(super) use tight::{BYTES_A_SLOT, BYTES_BY_SLOT};

/// An optimal assignment and the prices that prove it.
#[derive(Clone, Copy)]
pub(super) struct Optimum<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) levels: &'a [Level],
    /// By level.
    pub(super) prices: &'a [Prices],
    pub(super) assignment: &'a Assignment,
}

/// What is left to choose.
pub(super) struct Face {
    pub(super) open: Open,
    /// The open pairs that are chosen, as tails and mentors.
    pub(super) chosen: Vec<(u32, u32)>,
    /// Pairs in every optimal assignment.
    pub(super) forced: Vec<(u32, u32)>,
    mentees: u32,
    /// Mentees and slots.
    tails: u32,
    mentors: u32,
    /// The first group of mentors.
    mentor_groups: u32,
    /// By slot: the mentee.
    slot_mentees: Vec<u32>,
    /// By node: the node above; the hub's is the hub.
    above: Vec<u32>,
    /// By node: how many units pass between it and the node above, and how many may in an optimal assignment.
    flow: Vec<u32>,
    low: Vec<u32>,
    high: Vec<u32>,
    /// By node: `members[first_member[node]..first_member[node + 1]]` are below it, and not bound to their flow.
    members: Vec<u32>,
    first_member: Vec<u32>,
    /// By node: from how many members a step leads up, and to how many one leads down.
    lead_up: Vec<u32>,
    lead_down: Vec<u32>,
}

impl Face {
    pub(super) fn nodes(&self) -> usize {
        self.above.len()
    }

    pub(super) fn mentors(&self) -> usize {
        self.mentors as usize
    }

    /// Mentees and slots.
    #[inline]
    pub(super) fn tails(&self) -> u32 {
        self.tails
    }

    #[inline]
    pub(super) fn is_tail(&self, node: u32) -> bool {
        node < self.tails()
    }

    /// Whose pairs those of a tail are.
    #[inline]
    pub(super) fn mentee(&self, tail: u32) -> usize {
        let slot = tail.checked_sub(self.mentees);
        slot.map_or(tail, |slot| self.slot_mentees[slot as usize]) as usize
    }

    /// The slots of a mentee.
    pub(super) fn slots(&self, mentee: u32) -> std::ops::Range<u32> {
        if self.slot_mentees.is_empty() {
            return 0..0;
        }
        let at = |mentee: u32| position(self.slot_mentees.partition_point(|&own| own < mentee));
        self.mentees + at(mentee)..self.mentees + at(mentee + 1)
    }

    #[inline]
    pub(super) fn mentor_node(&self, mentor: u32) -> u32 {
        self.tails() + mentor
    }

    /// The mentor whose node it is, if it is one's.
    #[inline]
    pub(super) fn mentor(&self, node: u32) -> Option<u32> {
        let mentor = node.checked_sub(self.tails())?;
        (mentor < self.mentors).then_some(mentor)
    }

    /// How many open pairs a tail can have at most.
    pub(super) fn hands(&self, tail: u32) -> u32 {
        self.high[tail as usize].min(self.open.degree(tail))
    }

    #[inline]
    pub(super) fn above(&self, node: u32) -> u32 {
        self.above[node as usize]
    }

    /// The members from which a step leads up, and others that may change; none if none does.
    #[inline]
    pub(super) fn members_up(&self, node: u32) -> &[u32] {
        match self.lead_up[node as usize] {
            0 => &[],
            _ => self.members(node),
        }
    }

    /// The members to which a step leads down, and others that may change; none if none does.
    #[inline]
    pub(super) fn members_down(&self, node: u32) -> &[u32] {
        match self.lead_down[node as usize] {
            0 => &[],
            _ => self.members(node),
        }
    }

    fn members(&self, node: u32) -> &[u32] {
        let at = |node: usize| self.first_member[node] as usize;
        &self.members[at(node as usize)..at(node as usize + 1)]
    }

    /// Whether flow runs up from a node, from a mentor to the hub, and not down.
    #[inline]
    fn runs_up(&self, node: u32) -> bool {
        self.mentor(node).is_some() || node >= self.mentor_groups
    }

    /// Whether a step leads from a node to the one above: one unit more up, or one less down.
    #[inline]
    pub(super) fn leads_up(&self, node: u32) -> bool {
        self.may_change(node, self.runs_up(node))
    }

    /// Whether a step leads to a node from the one above.
    #[inline]
    pub(super) fn leads_down(&self, node: u32) -> bool {
        self.may_change(node, !self.runs_up(node))
    }

    /// Whether one unit more or less may pass by a node.
    #[inline]
    fn may_change(&self, node: u32, to_more: bool) -> bool {
        let node = node as usize;
        if to_more {
            self.flow[node] < self.high[node]
        } else {
            self.flow[node] > self.low[node]
        }
    }

    /// Takes a step between a node and the one above.
    pub(super) fn send(&mut self, from: u32, to: u32) {
        let is_up = self.above(from) == to;
        let member = if is_up { from } else { to };
        let is_more = is_up == self.runs_up(member);
        self.discount(member);
        let flow = &mut self.flow[member as usize];
        *flow = if is_more { *flow + 1 } else { *flow - 1 };
        self.count(member);
    }

    /// How many units pass by each node.
    pub(super) fn flow(&self) -> Vec<u32> {
        self.flow.clone()
    }

    /// Has as many pass by each node again.
    pub(super) fn set_flow(&mut self, flow: Vec<u32>) {
        self.flow = flow;
        self.count_all();
    }

    /// Counts all steps.
    fn count_all(&mut self) {
        self.lead_up = vec![0; self.nodes()];
        self.lead_down = vec![0; self.nodes()];
        (0..position(self.nodes() - 1)).for_each(|node| self.count(node));
    }

    /// Counts the steps between a node and the one above.
    fn count(&mut self, member: u32) {
        let (up, down) = (self.leads_up(member), self.leads_down(member));
        let above = self.above(member) as usize;
        self.lead_up[above] += u32::from(up);
        self.lead_down[above] += u32::from(down);
    }

    /// Takes them out of the count.
    fn discount(&mut self, member: u32) {
        let (up, down) = (self.leads_up(member), self.leads_down(member));
        let above = self.above(member) as usize;
        self.lead_up[above] -= u32::from(up);
        self.lead_down[above] -= u32::from(down);
    }

    /// The assignment of these open pairs.
    pub(super) fn assignment(&self, open: &[(u32, u32)]) -> Assignment {
        let open = open
            .iter()
            .map(|&(tail, mentor)| (position(self.mentee(tail)), mentor));
        let forced = self.forced.iter().copied();
        Assignment::from_pairs(self.mentees as usize, open.chain(forced))
    }

    /// Lists who is directly below every node, and may pass another number of units; of no use if cancelled.
    fn list_members(&mut self, control: &Control<'_>) {
        let may_change = |&node: &usize| self.low[node] < self.high[node];
        let nodes = control.until_cancelled(0..self.nodes());
        let free: Vec<usize> = nodes.filter(may_change).collect();
        let mut first = vec![0u32; self.nodes() + 1];
        for &node in control.until_cancelled(&free) {
            first[self.above[node] as usize + 1] += 1;
        }
        for node in 0..self.nodes() {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        self.members = vec![0; free.len()];
        for node in free {
            let place = &mut next[self.above[node] as usize];
            self.members[*place as usize] = position(node);
            *place += 1;
        }
        self.first_member = first;
        self.count_all();
    }
}

impl Optimum<'_> {
    /// The face; `None` if its open pairs take more bytes than this, or if cancelled.
    pub(super) fn face(&self, bytes: usize, control: &Control<'_>) -> Option<Face> {
        let found = tight::find(self, bytes, control)?;
        self.face_of(found, control)
    }

    /// The face of these open pairs; `None` if cancelled.
    fn face_of(&self, found: tight::Pairs, control: &Control<'_>) -> Option<Face> {
        let (problem, loads) = (self.problem, self.assignment.loads(self.problem));
        let tails = problem.mentees() + found.slots.len();
        let nodes = problem.nodes() + found.slots.len() + 1;
        let by_node = || Vec::with_capacity(nodes);
        let mut face = Face {
            open: found.open,
            chosen: found.chosen,
            forced: found.forced,
            mentees: position(problem.mentees()),
            tails: position(tails),
            mentors: position(problem.mentors()),
            mentor_groups: position(tails + problem.mentors() + problem.mentees.groups.len()),
            slot_mentees: found.slots.iter().map(|slot| slot.mentee).collect(),
            above: by_node(),
            flow: by_node(),
            low: by_node(),
            high: by_node(),
            members: Vec::new(),
            first_member: Vec::new(),
            lead_up: Vec::new(),
            lead_down: Vec::new(),
        };
        let shift = position(found.slots.len());
        let node = |owner: Owner| match owner {
            Owner::Mentee(mentee) => position(mentee),
            other => position(other.number(problem)) + shift,
        };
        let hub = position(problem.nodes()) + shift;
        let mut owners = loads.owners();
        for (owner, load) in control.until_cancelled(owners.by_ref().take(problem.mentees())) {
            face.add(
                owner.above(problem).map_or(hub, node),
                load,
                self.bounds(owner),
            );
        }
        for slot in control.until_cancelled(&found.slots) {
            let least = u32::from(slot.is_forced);
            face.add(slot.mentee, u64::from(slot.is_used), (least, 1));
        }
        for (owner, load) in control.until_cancelled(owners) {
            face.add(
                owner.above(problem).map_or(hub, node),
                load,
                self.bounds(owner),
            );
        }
        face.add(hub, 0, (0, 0));
        if control.is_cancelled() {
            return None;
        }
        face.list_members(control);
        (!control.is_cancelled()).then_some(face)
    }
}

impl Face {
    /// Adds the next node.
    fn add(&mut self, above: u32, flow: u64, (low, high): (u32, u32)) {
        self.above.push(above);
        self.flow.push(u32::try_from(flow).unwrap_or(u32::MAX)); // loads were checked against 32 bits
        self.low.push(low);
        self.high.push(high);
    }
}

#[cfg(test)]
mod tests;
