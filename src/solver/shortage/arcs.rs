//! The problem as a circulation: where each pair passes through.
//!
//! A pair starts at the hub, goes down through the groups of its mentee to the mentee, over to the
//! mentor, and up through the mentor's groups back to the hub. A node's bounds are those of the one
//! arc between it and what is above it.

use super::super::level::Owner;
use super::super::problem::{Problem, Side};

/// A participant's or group's number, in the order of [`Owner::all`].
pub(super) fn node(problem: &Problem<'_>, owner: Owner) -> usize {
    let people = problem.mentees() + problem.mentors();
    match owner {
        Owner::Mentee(index) => index,
        Owner::Mentor(index) => problem.mentees() + index,
        Owner::MenteeGroup(index) => people + index,
        Owner::MentorGroup(index) => people + problem.mentees.groups.len() + index,
    }
}

/// Tail and head of the arc whose bounds are the owner's.
pub(super) fn place_arc(problem: &Problem<'_>, owner: Owner) -> (usize, usize) {
    let above = above(problem, owner).map_or(problem.nodes(), |group| node(problem, group));
    let own = node(problem, owner);
    match owner {
        Owner::Mentee(_) | Owner::MenteeGroup(_) => (above, own),
        Owner::Mentor(_) | Owner::MentorGroup(_) => (own, above),
    }
}

/// The group the owner belongs to directly.
pub(super) fn above(problem: &Problem<'_>, owner: Owner) -> Option<Owner> {
    let (mentees, mentors): (&Side, &Side) = (&problem.mentees, &problem.mentors);
    match owner {
        Owner::Mentee(index) => mentees.groups.of(index).map(Owner::MenteeGroup),
        Owner::MenteeGroup(group) => mentees.groups.above(group).map(Owner::MenteeGroup),
        Owner::Mentor(index) => mentors.groups.of(index).map(Owner::MentorGroup),
        Owner::MentorGroup(group) => mentors.groups.above(group).map(Owner::MentorGroup),
    }
}
