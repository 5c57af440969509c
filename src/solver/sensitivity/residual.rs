//! The residual graph of an optimal assignment, with what each step costs.
//!
//! # Nodes
//! Mentees, mentors, groups, and a *hub* where all places come from and go to. A unit of flow runs from the
//! hub through the groups of a mentee to her, along a pair to a mentor, and through his groups back.
//!
//! # Steps
//! Forwards along what could be used once more, backwards along what is used: to a mentor whom a mentee
//! does not have, from a mentor to a mentee whom he has, *up* from a member to the group above (or the hub),
//! and *down* from there. A step's length is what its reduced value loses, which complementary slackness
//! makes at least 0. A cycle of steps is another legal assignment, worth less by the cycle's length: all
//! prices cancel on the way. The last level is that as little as possible changes: so of several ways of one
//! length the shortest is taken, the same whatever prices the proof has and in whatever order questions are
//! asked.
//!
//! Where mentors are of kinds, the pairs of those kinds have nodes of their own: [`slots`](super::super::slots).
//! The price of such a node follows from the pair in it, whose reduced value it takes up, so that the pair's
//! step has no length.

use std::borrow::Cow;

use super::super::assignment::Assignment;
use super::super::certificate::Prices;
use super::super::level::{Level, Owner, Unchanged};
use super::super::problem::Problem;
use super::super::slots::{Slot, Slots};
use super::length::Length;
use crate::ids::MentorIdx;

/// The graph.
pub(super) struct Residual<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) assignment: &'a Assignment,
    measured: Cow<'a, Measured>,
}

/// What is worked out of an assignment and its prices, once.
#[derive(Clone)]
pub(super) struct Measured {
    /// Those of the solution, and last that as little as possible changes, unless it is left out.
    levels: Vec<Level>,
    /// How many the solution has.
    objectives: usize,
    /// By level.
    prices: Vec<Prices>,
    /// Pairs of mentors of kinds; their nodes come after the hub.
    slots: Slots,
    /// By slot: the score of its pair.
    slot_scores: Vec<i32>,
    /// By person and group: their pairs.
    loads: Vec<u32>,
    /// By node: the step to the node above, if there is one.
    up: Vec<Option<Length>>,
    /// By person and group: the step from the node above, if there is one.
    down: Vec<Option<Length>>,
    /// By group, then the hub: its members.
    members: Vec<Vec<u32>>,
    /// By group, then the hub: the members to which a step leads down, nearest first.
    below: Vec<Vec<u32>>,
    /// By mentor: his mentees with their scores.
    chosen: Vec<Vec<(u32, i32)>>,
}

/// What a node is to a search.
pub(super) enum Node {
    Mentee(usize),
    Mentor(usize),
    /// A group, or the hub.
    Junction,
    /// A pair with a mentor of a kind.
    Slot(Slot),
}

impl<'a> Residual<'a> {
    /// The graph of an assignment that these prices prove optimal, whose pairs have these scores.
    pub(super) fn new(
        problem: &'a Problem<'a>,
        levels: &[Level],
        mut prices: Vec<Prices>,
        (assignment, scores): (&'a Assignment, &[i32]),
    ) -> Self {
        let mut chosen = vec![Vec::new(); problem.mentors()];
        for ((mentee, mentor), &score) in assignment.pairs().zip(scores) {
            chosen[mentor].push((mentee.get(), score));
        }
        let loads = assignment.loads(problem);
        let loads = loads.owners().map(|(_, load)| narrow(load)).collect();
        // Those of mentees whom kinds do not bind do no harm, and tell what a second mentor would be worth.
        let slots = Slots::new(problem, assignment, |_| true);
        let has_slot = |mentor: MentorIdx| problem.mentors.kinds.of(mentor.index()).is_some();
        let slot_scores = assignment.pairs().zip(scores);
        let slot_scores = slot_scores.filter(|((_, mentor), _)| has_slot(*mentor));
        let unchanged = Level::Unchanged(Unchanged::new(assignment.clone()));
        prices.push(Prices::none(problem));
        let measured = Measured {
            levels: levels.iter().cloned().chain([unchanged]).collect(),
            objectives: levels.len(),
            prices,
            slots,
            slot_scores: slot_scores.map(|(_, &score)| score).collect(),
            loads,
            up: Vec::new(),
            down: Vec::new(),
            members: Vec::new(),
            below: Vec::new(),
            chosen,
        };
        let mut residual = Self {
            problem,
            assignment,
            measured: Cow::Owned(measured),
        };
        residual.measured.to_mut().members = residual.list_members();
        residual.measure();
        residual
    }

    /// The graph that was measured before, of the same problem and assignment.
    pub(super) fn of_measured(
        problem: &'a Problem<'a>,
        assignment: &'a Assignment,
        measured: &'a Measured,
    ) -> Self {
        Self {
            problem,
            assignment,
            measured: Cow::Borrowed(measured),
        }
    }

    /// The same without the last level.
    pub(super) fn of_objectives(&self) -> Self {
        let mut measured = self.measured.as_ref().clone();
        measured.levels.truncate(self.objectives());
        measured.prices.truncate(self.objectives());
        let mut residual = Self {
            measured: Cow::Owned(measured),
            ..*self
        };
        residual.measure();
        residual
    }

    /// What was measured, to be kept.
    pub(super) fn into_measured(self) -> Measured {
        self.measured.into_owned()
    }

    fn list_members(&self) -> Vec<Vec<u32>> {
        let junctions = self.hub() + 1 - self.first_junction();
        let mut members = vec![Vec::new(); junctions];
        for node in 0..self.hub() {
            let junction = self.above(node) - self.first_junction();
            members[junction].push(number(node));
        }
        members
    }

    /// Measures the steps up and down.
    fn measure(&mut self) {
        let owners = Owner::all(self.problem);
        let steps = owners.map(|owner| {
            let (more, less) = (self.one_more(owner), self.one_less(owner));
            if is_of_mentees(owner) {
                (less, more)
            } else {
                (more, less)
            }
        });
        let (mut up, down): (Vec<_>, _) = steps.unzip();
        let slots = self
            .measured
            .slots
            .all
            .iter()
            .zip(&self.measured.slot_scores);
        up.push(None); // the hub's
        up.extend(slots.map(|(own, &score)| Some(self.reduced(own.mentee, own.mentor, score))));
        let measured = self.measured.to_mut();
        (measured.up, measured.down) = (up, down);
        let members = self.measured.members.iter();
        let below = members.map(|all| self.nearest(all)).collect();
        self.measured.to_mut().below = below;
    }

    /// Members to which a step leads down, nearest first.
    fn nearest(&self, members: &[u32]) -> Vec<u32> {
        let step = |&member: &u32| self.down(member as usize);
        let members = members.iter().copied();
        let mut below: Vec<_> = members.filter(|member| step(member).is_some()).collect();
        below.sort_by(|a, b| step(a).cmp(&step(b)));
        below
    }

    /// Moves all prices by the nodes' distances from the hub, which leaves every length at 0 or more, and makes 0
    /// of those of the ways by which the nodes are so far. Nodes without a distance keep their prices.
    pub(super) fn shift(&mut self, distances: &[Option<Length>]) {
        let measured = self.measured.to_mut();
        for owner in Owner::all(self.problem) {
            let Some(distance) = &distances[owner.number(self.problem)] else {
                continue;
            };
            for (level, prices) in measured.prices.iter_mut().enumerate() {
                let shift = distance.at(level);
                match owner {
                    Owner::Mentee(mentee) => prices.mentees[mentee] += shift,
                    Owner::Mentor(mentor) => prices.mentors[mentor] -= shift,
                    Owner::MenteeGroup(group) => prices.mentee_groups[group] += shift,
                    Owner::MentorGroup(group) => prices.mentor_groups[group] -= shift,
                }
            }
        }
        self.measure();
    }

    /// The levels of the solution, and the last unless it is left out.
    pub(super) fn levels(&self) -> &[Level] {
        &self.measured.levels
    }

    /// How many levels the solution has.
    pub(super) fn objectives(&self) -> usize {
        self.measured.objectives
    }

    /// By level.
    pub(super) fn prices(&self) -> &[Prices] {
        &self.measured.prices
    }

    /// A mentor's price at a level.
    #[inline]
    pub(super) fn price(&self, level: usize, mentor: usize) -> i64 {
        self.prices()[level].mentors[mentor]
    }

    /// What a pair's value must exceed beside the mentor's price, by the node that its step leaves.
    pub(super) fn price_of_tail(&self, tail: usize) -> Length {
        let levels = self.levels().len();
        let price =
            |mentee: usize| Length::new(levels, |level| self.prices()[level].mentees[mentee]);
        match (self.node(tail), self.up(tail)) {
            (Node::Slot(slot), Some(worth)) => price(slot.mentee).plus(worth),
            _ => price(tail),
        }
    }

    /// What filling one more place of a node loses, if there is one to fill.
    fn one_more(&self, owner: Owner) -> Option<Length> {
        let load = self.load(owner.number(self.problem));
        let has_room = load < owner.places(self.problem);
        has_room.then(|| self.place(owner, load + 1).negated())
    }

    /// What giving up the last place that a node fills loses, if it fills any.
    fn one_less(&self, owner: Owner) -> Option<Length> {
        match self.load(owner.number(self.problem)) {
            0 => None,
            load => Some(self.place(owner, load)),
        }
    }

    /// The reduced value of a node's `place`-th place, which may be one that it does not have.
    pub(super) fn place(&self, owner: Owner, place: u32) -> Length {
        Length::new(self.levels().len(), |level| {
            let (own, above) = self.prices()[level].of(self.problem, owner);
            self.levels()[level].place_value(self.problem, owner, place) + own - above
        })
    }

    /// The reduced value of the first place of somebody else who is just like a node's owner, but has no minimum.
    pub(super) fn first_place(&self, owner: Owner) -> Length {
        Length::new(self.levels().len(), |level| {
            let (own, above) = self.prices()[level].of(self.problem, owner);
            let value = match &self.levels()[level] {
                Level::Minimums => 0,
                level => level.place_value(self.problem, owner, 1),
            };
            value + own - above
        })
    }

    /// The reduced value of a pair; less that of the one of its kind that she has, if there is one.
    pub(super) fn pair(&self, mentee: usize, mentor: usize, score: i32) -> Length {
        let reduced = self.reduced(mentee, mentor, score);
        match self.up(self.tail(mentee, mentor)) {
            Some(worth) if self.tail(mentee, mentor) != mentee => reduced.plus(&worth.negated()),
            _ => reduced,
        }
    }

    /// The reduced value of a pair by the prices alone.
    fn reduced(&self, mentee: usize, mentor: usize, score: i32) -> Length {
        Length::new(self.levels().len(), |level| {
            self.prices()[level].reduced(&self.levels()[level], mentee, mentor, score)
        })
    }

    /// The node that a pair's step leaves for the mentor: the mentee's, or that of the pair of this kind that she
    /// has.
    #[inline]
    pub(super) fn tail(&self, mentee: usize, mentor: usize) -> usize {
        let slot = self.measured.slots.find(self.problem, mentee, mentor);
        slot.map_or(mentee, |slot| self.hub() + 1 + slot)
    }

    /// The nodes of a mentee's pairs with mentors of kinds.
    pub(super) fn slots_of(&self, mentee: usize) -> impl Iterator<Item = usize> + use<> {
        let first = self.hub() + 1;
        self.measured.slots.of(mentee).map(move |slot| first + slot)
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.hub() + 1 + self.measured.slots.all.len()
    }

    /// The hub's node; those before it are in the order of [`Owner::all`].
    pub(super) fn hub(&self) -> usize {
        self.problem.nodes()
    }

    fn first_junction(&self) -> usize {
        self.problem.mentees() + self.problem.mentors()
    }

    pub(super) fn mentor_node(&self, mentor: usize) -> usize {
        self.problem.mentees() + mentor
    }

    pub(super) fn node(&self, node: usize) -> Node {
        let mentees = self.problem.mentees();
        if node < mentees {
            Node::Mentee(node)
        } else if node < self.first_junction() {
            Node::Mentor(node - mentees)
        } else {
            match node.checked_sub(self.hub() + 1) {
                Some(slot) => Node::Slot(self.measured.slots.all[slot]),
                None => Node::Junction,
            }
        }
    }

    /// The node above one that is not the hub.
    pub(super) fn above(&self, node: usize) -> usize {
        if let Node::Slot(slot) = self.node(node) {
            return slot.mentee;
        }
        let above = self.owner(node).and_then(|owner| owner.above(self.problem));
        above.map_or(self.hub(), |above| above.number(self.problem))
    }

    /// Whose node it is; nobody's if it is the hub, or a pair's.
    fn owner(&self, node: usize) -> Option<Owner> {
        let mentee_groups = self.problem.mentees.groups.len();
        match self.node(node) {
            Node::Mentee(mentee) => Some(Owner::Mentee(mentee)),
            Node::Mentor(mentor) => Some(Owner::Mentor(mentor)),
            Node::Slot(_) => None,
            Node::Junction if node == self.hub() => None,
            Node::Junction => {
                let group = node - self.first_junction();
                Some(match group.checked_sub(mentee_groups) {
                    None => Owner::MenteeGroup(group),
                    Some(group) => Owner::MentorGroup(group),
                })
            }
        }
    }

    /// How many pairs a node has that is not the hub.
    pub(super) fn load(&self, node: usize) -> u32 {
        self.measured.loads[node]
    }

    pub(super) fn up(&self, node: usize) -> Option<&Length> {
        self.measured.up.get(node)?.as_ref()
    }

    pub(super) fn down(&self, node: usize) -> Option<&Length> {
        self.measured.down.get(node)?.as_ref()
    }

    /// To whom steps lead down from a group or the hub, nearest first.
    pub(super) fn below(&self, junction: usize) -> &[u32] {
        &self.measured.below[junction - self.first_junction()]
    }

    /// Whose place leads to a group or the hub.
    pub(super) fn members(&self, junction: usize) -> &[u32] {
        &self.measured.members[junction - self.first_junction()]
    }

    /// A mentor's mentees with their scores.
    pub(super) fn chosen(&self, mentor: usize) -> &[(u32, i32)] {
        &self.measured.chosen[mentor]
    }
}

pub(super) fn is_of_mentees(owner: Owner) -> bool {
    matches!(owner, Owner::Mentee(_) | Owner::MenteeGroup(_))
}

/// Loads were checked against maxima of 32 bits.
fn narrow(load: u64) -> u32 {
    u32::try_from(load).unwrap_or(u32::MAX)
}

/// Nodes fit 32 bits, since a problem has fewer than 2²⁴ people.
pub(super) fn number(node: usize) -> u32 {
    u32::try_from(node).unwrap_or(u32::MAX)
}
