//! How close a call each chosen pair was: at the objectives alone, whatever else would change.
//!
//! # Problem
//! By how much does the optimum fall if a pair must not be chosen? Its mentee needs a way round to its mentor; the
//! pair's reduced value and the shortest such way together are its *margin*.
//!
//! # Idea
//! A search for each pair sees much of the graph. But every node's distance to the hub is known from one search
//! ([`approach`](super::approach)), and from the hub all of them are reached at no length ([`tree`](super::tree)). So a
//! way through the hub is known to all, and a way from a node to the mentor can be shorter by no more than the
//! mentor's own distance to the hub: the triangle inequality. Therefore
//!
//! - a margin lies between two numbers that cost nothing, and where they are equal it is known;
//! - otherwise a search may drop whatever is too far for it by the same inequality, which leaves little where
//!   the mentor is near the hub: where a place of his, one more or one fewer, is worth nearly the same.
//!
//! Another bound from below: a way round leaves the mentee by some step and arrives at the mentor by another.
//!
//! Whoever wants the closest calls only sets a limit, by the bounds from below. Pairs whose bound is above it need
//! no search, and the others' searches end at the limit. If too few are found below, it is raised.
//!
//! # Complexity
//! What [`approach`](super::approach) takes, one more pass, and a search for each pair that the bounds do not settle.
//!
//! # References
//! A. V. Goldberg and C. Harrelson, "Computing the shortest path: A* search meets graph theory", 2005, for distances
//! to landmarks as bounds. The hub is the landmark here.

use super::super::problem::{Row, RowBuffer};
use super::groundwork::Guides;
use super::length::Length;
use super::residual::{Residual, number};
use super::search::{Reach, Search};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};

/// A chosen pair between two bounds.
#[derive(Clone)]
struct Bounded {
    mentee: usize,
    /// The node to which the pair's step leads back.
    tail: usize,
    mentor: usize,
    /// The pair's reduced value.
    own: Length,
    least: Length,
    most: Length,
}

/// A chosen pair and its margin.
pub(super) struct Margin {
    pub(super) pair: (MenteeIdx, MentorIdx),
    pub(super) margin: Length,
}

/// The margins of all chosen pairs, in no order.
pub(super) fn all(residual: &Residual<'_>, guides: &Guides) -> Vec<Margin> {
    up_to(residual, guides, (&bounded(residual, guides), None))
}

/// The so many pairs of the smallest margins, the smallest first, equal ones by pair.
pub(super) fn closest(residual: &Residual<'_>, guides: &Guides, count: usize) -> Vec<Margin> {
    let mut pairs = bounded(residual, guides);
    pairs.sort_by(|a, b| a.least.cmp(&b.least));
    let mut wanted = count;
    let mut found = loop {
        // Nobody behind this one, or whoever is level with it, can have a margin within the limit.
        let limit = wanted.checked_sub(1).and_then(|last| pairs.get(last));
        let limit = limit.map(|last| last.least.clone());
        let within = match &limit {
            Some(limit) => pairs.partition_point(|own| own.least <= *limit),
            None => pairs.len().min(wanted),
        };
        let found = up_to(residual, guides, (&pairs[..within], limit.as_ref()));
        if found.len() >= count || within == pairs.len() && limit.is_none() {
            break found;
        }
        wanted = 2 * within.max(1);
    };
    found.sort_by(|a, b| (&a.margin, a.pair).cmp(&(&b.margin, b.pair)));
    found.truncate(count);
    found
}

/// The margins of those of the pairs where they are within the limit, if there is one.
fn up_to(
    residual: &Residual<'_>,
    guides: &Guides,
    (pairs, limit): (&[Bounded], Option<&Length>),
) -> Vec<Margin> {
    let extent = Extent {
        rows: pairs.len(),
        columns: residual.problem.mentors(),
    };
    let scratch = || None;
    let margins = parallel::map(extent, scratch, |search, at| {
        let own = &pairs[at];
        let margin = own.margin(residual, guides, (limit, search))?;
        let mentee = MenteeIdx::new(number(own.mentee));
        let mentor = MentorIdx::new(number(own.mentor));
        let pair = (mentee, mentor);
        Some(Margin { pair, margin })
    });
    margins.into_iter().flatten().collect()
}

impl Bounded {
    /// The margin, unless it is beyond the limit. A search is made if one is needed.
    fn margin<'r>(
        &self,
        residual: &'r Residual<'r>,
        guides: &'r Guides,
        (limit, search): (Option<&Length>, &mut Option<Search<'r>>),
    ) -> Option<Length> {
        let is_within = |margin: &Length| limit.is_none_or(|limit| margin <= limit);
        let most = Some(self.most.clone()).filter(is_within);
        if self.least == self.most {
            return most;
        }
        let bound = match (&most, limit) {
            (None, Some(limit)) => limit.next(residual.levels().len()),
            _ => self.most.clone(),
        };
        let search = search.get_or_insert_with(|| Search::new(residual));
        let goal = residual.mentor_node(self.mentor);
        let bound = bound.plus(&self.own.negated());
        let reach = Reach::new(guides.to_hub(residual), goal, bound);
        let way = search.length_within((self.tail, goal), reach);
        way.map(|way| self.own.plus(&way)).or(most)
    }
}

/// All chosen pairs with the bounds of their margins.
fn bounded(residual: &Residual<'_>, guides: &Guides) -> Vec<Bounded> {
    let to_hub = guides.to_hub(residual);
    let steps = Steps::find(residual);
    let mut pairs = Vec::new();
    for mentor in 0..residual.problem.mentors() {
        let node = residual.mentor_node(mentor);
        for &(mentee, score) in residual.chosen(mentor) {
            let mentee = mentee as usize;
            let tail = residual.tail(mentee, mentor);
            // Whoever has a partner may go without: there is a way to the hub.
            let (Some(mentees), Some(mentors)) = (&to_hub[tail], &to_hub[node]) else {
                continue;
            };
            let own = residual.pair(mentee, mentor, score);
            let none = Length::new(residual.levels().len(), |_| 0);
            let round = steps.out_and_in(tail, mentor).unwrap_or(none.clone());
            let beyond = mentees.plus(&mentors.negated());
            pairs.push(Bounded {
                mentee,
                tail,
                mentor,
                least: own.plus(&round.max(beyond).max(none)),
                most: own.plus(mentees),
                own,
            });
        }
    }
    pairs
}

/// The shortest step out of each mentee, or each pair of hers, and into each mentor.
struct Steps {
    /// By node.
    out: Vec<Option<Length>>,
    into: Vec<Option<Length>>,
}

impl Steps {
    fn find(residual: &Residual<'_>) -> Self {
        let mentors = residual.problem.mentors();
        let parts = parallel::blocks(residual.problem.extent(), |mentees| {
            let (mut buffer, mut out) = (RowBuffer::default(), Vec::new());
            let mut into = vec![None; mentors];
            for mentee in mentees {
                if let Some(row) = residual.problem.row(mentee, &mut buffer) {
                    out.extend(shortest(residual, mentee, &row, &mut into));
                }
            }
            (out, into)
        });
        let mut steps = Self {
            out: vec![None; residual.nodes()],
            into: vec![None; mentors],
        };
        for (out, into) in parts {
            for (tail, step) in out {
                steps.out[tail] = Some(step);
            }
            for (known, step) in steps.into.iter_mut().zip(into) {
                note(known, step);
            }
        }
        for (node, out) in steps.out.iter_mut().enumerate() {
            note(out, residual.up(node).cloned());
        }
        for (mentor, into) in steps.into.iter_mut().enumerate() {
            note(into, residual.down(residual.mentor_node(mentor)).cloned());
        }
        steps
    }

    /// A way from a mentee, or her pair, to a mentor she has is at least two steps long, if there is one.
    fn out_and_in(&self, tail: usize, mentor: usize) -> Option<Length> {
        let (out, into) = (self.out[tail].as_ref()?, self.into[mentor].as_ref()?);
        Some(out.plus(into))
    }
}

/// The shortest steps out of a mentee and her pairs along others; each mentor notes the step into him.
fn shortest(
    residual: &Residual<'_>,
    mentee: usize,
    row: &Row<'_>,
    into: &mut [Option<Length>],
) -> Vec<(usize, Length)> {
    let has = residual
        .assignment
        .mentors_of(MenteeIdx::new(number(mentee)));
    let tails = std::iter::once(mentee).chain(residual.slots_of(mentee));
    let mut out: Vec<_> = tails.map(|tail| (tail, None)).collect();
    row.for_each(|mentor, score| {
        if !has.contains(&MentorIdx::new(mentor)) {
            let tail = residual.tail(mentee, mentor as usize);
            let step = residual.pair(mentee, mentor as usize, score).negated();
            note(&mut into[mentor as usize], Some(step.clone()));
            if let Some((_, known)) = out.iter_mut().find(|(other, _)| *other == tail) {
                note(known, Some(step));
            }
        }
    });
    let out = out.into_iter();
    out.filter_map(|(tail, step)| Some((tail, step?))).collect()
}

/// Keeps the shorter of two.
fn note(known: &mut Option<Length>, step: Option<Length>) {
    let is_shorter = |step: &Length| known.as_ref().is_none_or(|known| step < known);
    if let Some(step) = step.filter(is_shorter) {
        *known = Some(step);
    }
}
