//! The bottlenecks that labels show.
//!
//! Everybody whose label is at least `s` (`s` > 0), or at most `s` (`s` < 0), is a set whose minimums
//! cannot be met from what comes in. Of an arc whose ends have different labels, either the flow
//! is at its maximum and enters sets, or it is at or below its minimum and leaves them; a minimum
//! is counted in the outermost set alone, so that none is counted twice. Then shortfalls of all
//! sets add up to that of the assignment: this is the sum of linear programming duality, sorted
//! by sets. A set without arcs between its parts is the sum of its parts, so each connected part is
//! given for itself. Each is short: were it not, labels one nearer to 0 in it would fit too, and
//! [`labels`](super::labels) are as near to 0 as fitting ones can be.

use super::super::level::Owner;
use super::super::problem::{Problem, RowBuffer};
use super::arcs::place_arc;
use super::labels::Flow;
use super::{Bottleneck, Bound, Scarce};
use crate::ids::{MenteeIdx, MentorIdx};

/// A set of nodes, by their labels.
struct Set {
    scarce: Scarce,
    /// The label nearest 0 inside.
    label: i32,
    /// The label of the next larger set, or 0.
    next: i32,
}

/// All bottlenecks, those of the largest labels first; `None` if a row is not as promised.
pub(super) fn bottlenecks(flow: Flow<'_>, labels: &[i32]) -> Option<Vec<Bottleneck>> {
    let mut found = Vec::new();
    for set in sets(&labels[..=flow.problem.nodes()]) {
        let parts = parts(flow, labels, &set)?;
        found.extend(set.read(flow, labels, &parts)?);
    }
    Some(found)
}

/// One set for each label but 0.
fn sets(labels: &[i32]) -> Vec<Set> {
    let mut values = labels.to_vec();
    values.sort_unstable();
    values.dedup();
    let neighbours = values.windows(2).flat_map(|pair| {
        let above = (pair[1] > 0).then_some(Set {
            scarce: Scarce::Mentees,
            label: pair[1],
            next: pair[0].max(0),
        });
        let below = (pair[0] < 0).then_some(Set {
            scarce: Scarce::Mentors,
            label: pair[0],
            next: pair[1].min(0),
        });
        [above, below]
    });
    // The hub's label is 0, so every other label has a neighbour towards it.
    neighbours.flatten().collect()
}

impl Set {
    fn has(&self, label: i32) -> bool {
        match self.scarce {
            Scarce::Mentees => label >= self.label,
            Scarce::Mentors => label <= self.label,
        }
    }

    /// Whether the minimum of an arc that leaves the set to this label is counted here: in the
    /// largest set that it leaves. No arc with a minimum leaves sets on both sides of 0: it would
    /// have to be free, and then one of its ends has no label but what the other gives it.
    fn counts(&self, outside: i32) -> bool {
        match self.scarce {
            Scarce::Mentees => outside >= self.next,
            Scarce::Mentors => outside <= self.next,
        }
    }

    /// The set's parts, as bottlenecks.
    fn read(&self, flow: Flow<'_>, labels: &[i32], parts: &[usize]) -> Option<Vec<Bottleneck>> {
        let problem = flow.problem;
        let (mut found, number_of) = self.members(problem, labels, parts);
        for owner in Owner::all(problem) {
            let (from, to) = self.scarce.along(place_arc(problem, owner));
            let (min, max) = (owner.min(problem), owner.max(problem));
            match (number_of[from], number_of[to]) {
                (Some(at), None) if min > 0 && self.counts(labels[to]) => {
                    found[at].claims.push(Bound { owner, places: min });
                }
                (None, Some(at)) => found[at].limits.push(Bound { owner, places: max }),
                _ => {}
            }
        }
        let entered = |mentee: MenteeIdx, mentor: MentorIdx| {
            let arc = (mentee.index(), problem.mentees() + mentor.index());
            let (from, to) = self.scarce.along(arc);
            number_of[to].filter(|_| number_of[from].is_none())
        };
        // A pair that enters is used, or another with a mentor of the kind is: if it were free, its labels would
        // not fit.
        let mut buffer = RowBuffer::default();
        for (mentee, mentor) in flow.assignment.pairs() {
            let Some(at) = entered(mentee, mentor) else {
                continue;
            };
            found[at].usable += 1;
            let tail = flow.tail(mentee.index(), mentor.index());
            if tail == mentee.index() {
                found[at].pairs.push((mentee, mentor));
                continue;
            }
            let row = problem.row(mentee.index(), &mut buffer)?;
            row.for_each(|other, _| {
                let other = MentorIdx::new(other);
                if flow.tail(mentee.index(), other.index()) == tail
                    && let Some(at) = entered(mentee, other)
                {
                    found[at].pairs.push((mentee, other));
                }
            });
        }
        found.iter_mut().for_each(|own| own.pairs.sort_unstable());
        Some(found)
    }

    /// The set's parts with their members, and for each member the number of its part.
    fn members(
        &self,
        problem: &Problem<'_>,
        labels: &[i32],
        parts: &[usize],
    ) -> (Vec<Bottleneck>, Vec<Option<usize>>) {
        let mut found: Vec<Bottleneck> = Vec::new();
        let mut number_of = vec![None; parts.len()];
        for (node, owner) in Owner::all(problem).enumerate() {
            if self.has(labels[node]) {
                // A part goes by its first node, which comes before its others.
                let number = number_of[parts[node]].unwrap_or(found.len());
                if number == found.len() {
                    found.push(Bottleneck::empty(self.scarce));
                }
                found[number].members.push(owner);
                number_of[node] = Some(number);
            }
        }
        (found, number_of)
    }
}

/// For each node a node of its part: nodes of the set that arcs within it connect share one.
fn parts(flow: Flow<'_>, labels: &[i32], set: &Set) -> Option<Vec<usize>> {
    let problem = flow.problem;
    let mut parts: Vec<usize> = (0..labels.len()).collect();
    for owner in Owner::all(problem) {
        let (tail, head) = place_arc(problem, owner);
        if set.has(labels[tail]) && set.has(labels[head]) {
            join(&mut parts, tail, head);
        }
    }
    let (mentees, mut buffer) = (problem.mentees(), RowBuffer::default());
    for mentee in (0..mentees).filter(|&mentee| set.has(labels[mentee])) {
        problem.row(mentee, &mut buffer)?.for_each(|mentor, _| {
            let mentor = mentees + mentor as usize;
            if set.has(labels[mentor]) {
                join(&mut parts, mentee, mentor);
            }
        });
    }
    // A slot within the set connects the mentors of its kind.
    for (number, slot) in flow.slots.all.iter().enumerate() {
        let node = problem.nodes() + 1 + number;
        if !set.has(labels[node]) {
            continue;
        }
        problem
            .row(slot.mentee, &mut buffer)?
            .for_each(|mentor, _| {
                let at = mentees + mentor as usize;
                if flow.tail(slot.mentee, mentor as usize) == node && set.has(labels[at]) {
                    join(&mut parts, node, at);
                }
            });
    }
    (0..labels.len()).for_each(|node| parts[node] = root(&mut parts, node));
    Some(parts)
}

fn join(parts: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parts, one), root(parts, other));
    parts[one.max(other)] = one.min(other);
}

fn root(parts: &mut [usize], mut node: usize) -> usize {
    while parts[node] != node {
        parts[node] = parts[parts[node]];
        node = parts[node];
    }
    node
}
