//! Nodes for the pairs of a mentee and a kind of mentors, between her and the mentors.
//!
//! Most mentees have at most one pair listed of most kinds, which needs no node: it takes one unit itself. A
//! *slot* gets its node when a second pair of it is listed.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::super::control::Control;
use super::super::problem::Problem;
use super::super::walk::position;
use super::FlowModel;

/// The slots of listed pairs.
pub(super) struct Slots {
    /// The first one's node.
    first: usize,
    /// By node: the mentee.
    mentees: Vec<u32>,
    /// What is listed of a mentee and a kind that binds her.
    listed: BTreeMap<(u32, u32), Listed>,
    /// The pairs of the latest slots, which the network does not have yet.
    fresh: Vec<Vec<u32>>,
}

/// The listed pairs of a slot.
enum Listed {
    /// A single one, by number.
    One(u32),
    /// Several, which share this node.
    Several(usize),
}

impl Slots {
    /// What is known of a listed pair and, until the network has it, of its slot.
    pub(super) const BYTES_A_PAIR: u64 = 48;

    /// No slots; their nodes come after all others.
    pub(super) fn none(first: usize) -> Self {
        Self {
            first,
            mentees: Vec::new(),
            listed: BTreeMap::new(),
            fresh: Vec::new(),
        }
    }

    /// The node after the last slot.
    pub(super) fn end(&self) -> usize {
        self.first + self.mentees.len()
    }

    /// Where the flow of a pair that is new leaves its mentee; in a slot that is new too, it does so for now.
    pub(super) fn add(
        &mut self,
        problem: &Problem<'_>,
        (mentee, mentor): (usize, usize),
        number: u32,
    ) -> usize {
        let Some(kind) = problem.kind_for(mentee, mentor) else {
            return mentee;
        };
        let key = (position(mentee), position(kind));
        let known = self.end() - self.fresh.len();
        let mut listed = match self.listed.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Listed::One(number));
                return mentee;
            }
            Entry::Occupied(entry) => entry,
        };
        match *listed.get() {
            Listed::One(first) => {
                listed.insert(Listed::Several(self.first + self.mentees.len()));
                self.mentees.push(key.0);
                self.fresh.push(vec![first, number]);
                mentee
            }
            Listed::Several(node) if node < known => node,
            Listed::Several(node) => {
                self.fresh[node - known].push(number);
                mentee
            }
        }
    }

    /// The pairs of the slots that are new, in the order of their nodes, which are the last ones.
    pub(super) fn take_fresh(&mut self) -> Vec<Vec<u32>> {
        std::mem::take(&mut self.fresh)
    }

    /// The mentee whose pairs' flow leaves by this node.
    #[inline]
    pub(super) fn mentee(&self, tail: usize) -> usize {
        match tail.checked_sub(self.first) {
            Some(slot) => self.mentees[slot] as usize,
            None => tail,
        }
    }
}

impl FlowModel<'_> {
    /// Gives the slots that are new their nodes. Those that may hang by any pair do so by the one that is worth most,
    /// so that none of their pairs gains.
    pub(super) fn add_slots(&mut self, control: &Control<'_>) {
        let (mut fresh, places) = (self.slots.take_fresh(), self.place_arcs());
        for pairs in &mut fresh {
            if let Some(best) =
                (0..pairs.len()).max_by(|&one, &other| self.order(pairs, one, other))
            {
                pairs.swap(0, best);
            }
            pairs.iter_mut().for_each(|pair| *pair += position(places));
        }
        self.network.add_forks(places, &fresh, control);
        let nodes = self.slots.end() - fresh.len()..self.slots.end();
        self.owners.extend(nodes.clone().map(position));
        let values = self.owners.len() * self.levels.len();
        self.place_values.resize(values, 0);
        nodes.for_each(|node| self.find_potential(node));
    }

    /// How the values of two of these pairs compare, each less the price of its mentor.
    fn order(&self, pairs: &[u32], one: usize, other: usize) -> Ordering {
        let worth = |at: usize, level: usize| self.worth(level, pairs[at] as usize);
        let levels = 0..self.levels.len();
        let mut orders = levels.map(|level| worth(one, level).cmp(&worth(other, level)));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// The value of a pair at a level, less the price of its mentor.
    fn worth(&self, level: usize, pair: usize) -> i64 {
        let arc = &self.network.arcs[self.place_arcs() + pair];
        let (mentee, mentor) = self.pair_of(arc);
        let (mentee, mentor) = (mentee as usize, mentor as usize);
        let value = self.levels[level].pair_value(mentee, mentor, self.scores[pair]);
        value + self.potentials[level][arc.head as usize]
    }

    /// The potentials of a slot that is new, by the arc on which it hangs.
    fn find_potential(&mut self, node: usize) {
        let above = self.network.arc_above(node);
        let pair = above.checked_sub(self.place_arcs());
        let mentee = self.slots.mentee(node);
        for level in 0..self.levels.len() {
            let potential = match pair {
                Some(pair) => self.worth(level, pair),
                None => self.potentials[level][mentee],
            };
            self.potentials[level].push(potential);
        }
    }

    /// Looks for the first level at which a pair from a number on gains within its slot: what the slot is worth there
    /// is not in the prices by which pairs are listed.
    pub(super) fn find_gain_within_slots(&mut self, first: usize) {
        for pair in first..self.pairs() {
            let tail = self.network.arcs[self.place_arcs() + pair].tail as usize;
            if tail > self.problem.nodes() {
                let gain = |level: usize| self.worth(level, pair) - self.potentials[level][tail];
                let gains = (0..self.levels.len()).map(|level| (level, gain(level)));
                let first = gains.into_iter().find(|&(_, gain)| gain != 0);
                if let Some((level, 1..)) = first {
                    self.unsolved = self.unsolved.min(level);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
