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

use super::super::assignment::Assignment;
use super::super::level::Owner;
use super::super::problem::{Problem, RowBuffer};
use super::arcs::place_arc;
use super::{Bottleneck, Bound, Scarce};

/// A set of nodes, by their labels.
struct Set {
    scarce: Scarce,
    /// The label nearest 0 inside.
    label: i32,
    /// The label of the next larger set, or 0.
    next: i32,
}

/// All bottlenecks, those of the largest labels first; `None` if a row is not as promised.
pub(super) fn bottlenecks(
    problem: &Problem<'_>,
    assignment: &Assignment,
    labels: &[i32],
) -> Option<Vec<Bottleneck>> {
    let mut found = Vec::new();
    for set in sets(labels) {
        let parts = parts(problem, labels, &set)?;
        found.extend(set.read(problem, assignment, labels, &parts));
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
    fn read(
        &self,
        problem: &Problem<'_>,
        assignment: &Assignment,
        labels: &[i32],
        parts: &[usize],
    ) -> Vec<Bottleneck> {
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
        // A pair that enters is used: if it were free, its labels would not fit.
        for (mentee, mentor) in assignment.pairs() {
            let arc = (mentee.index(), problem.mentees() + mentor.index());
            let (from, to) = self.scarce.along(arc);
            if let (None, Some(at)) = (number_of[from], number_of[to]) {
                found[at].pairs.push((mentee, mentor));
            }
        }
        found
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
fn parts(problem: &Problem<'_>, labels: &[i32], set: &Set) -> Option<Vec<usize>> {
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
