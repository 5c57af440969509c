//! The distance of every node *to* one node.
//!
//! # Idea
//! A search against the steps would read columns, and scores come in rows. So it is told of pairs bit by
//! bit: it settles all distances by the pairs it knows, then one parallel pass over the rows finds for each
//! mentee the best pairs that would bring her nearer, and so on until a pass finds none.
//!
//! # Invariant
//! A distance is the length of a way, or farther than any: too long at the worst. After a pass that finds
//! nothing, no step leads to a node that is nearer by more than the step, so none is too long.
//!
//! # Complexity
//! A pass over the rows a round. Every round settles ways through one more unknown pair, and most end after
//! a few since each mentee learns of several pairs at once.
//!
//! # References
//! R. Bellman, "On a routing problem", 1958, for the rounds; Dijkstra, 1959, between them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::problem::{Row, RowBuffer};
use super::length::{FARTHEST, Length};
use super::residual::{Node, Residual, number};
use super::screen::{Offsets, Screen};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

/// Pairs that a mentee learns of in a round.
const NEWS: usize = 8;

/// Distances to one node.
struct Approach<'r> {
    residual: &'r Residual<'r>,
    /// By node, the hub included; farther than any way if none is known.
    distance: Vec<Length>,
    /// By mentor: the price and the distance together.
    offsets: Offsets,
    /// By mentor: mentees known to be allowed with him, with their scores.
    known: Vec<Vec<(u32, i32)>>,
    queue: BinaryHeap<Reverse<(Length, u32)>>,
}

/// A pair that brings a mentee nearer, or one that she has and could exchange for it.
struct News {
    tail: usize,
    mentee: u32,
    mentor: u32,
    score: i32,
    length: Length,
}

/// By node: its distance to `target`, if there is a way.
pub(super) fn distances_to(residual: &Residual<'_>, target: usize) -> Vec<Option<Length>> {
    let mut approach = Approach::new(residual);
    let levels = residual.levels().len();
    approach.shorten(target, Length::new(levels, |_| 0));
    loop {
        approach.settle_all();
        let news = approach.news();
        if news.is_empty() {
            break;
        }
        for pair in news {
            approach.known[pair.mentor as usize].push((pair.mentee, pair.score));
            approach.shorten(pair.tail, pair.length);
        }
    }
    let is_near = |distance: &Length| distance.at(0) < FARTHEST;
    let distances = approach.distance.into_iter();
    distances
        .map(|distance| Some(distance).filter(is_near))
        .collect()
}

impl<'r> Approach<'r> {
    fn new(residual: &'r Residual<'r>) -> Self {
        let levels = residual.levels().len();
        let mentors = residual.problem.mentors();
        let mut offsets = Offsets::new(levels, mentors);
        for mentor in 0..mentors {
            offsets.set(mentor, |level| residual.price(level, mentor) + FARTHEST);
        }
        Self {
            residual,
            distance: vec![Length::new(levels, |_| FARTHEST); residual.nodes()],
            offsets,
            known: vec![Vec::new(); mentors],
            queue: BinaryHeap::new(),
        }
    }

    /// Notes a way from a node if it is shorter than the one known.
    fn shorten(&mut self, node: usize, length: Length) {
        if length >= self.distance[node] {
            return;
        }
        if let Node::Mentor(mentor) = self.residual.node(node) {
            let residual = self.residual;
            let offset = |level| residual.price(level, mentor) + length.at(level);
            self.offsets.set(mentor, offset);
        }
        self.queue.push(Reverse((length.clone(), number(node))));
        self.distance[node] = length;
    }

    /// Follows the steps known, against their direction.
    fn settle_all(&mut self) {
        while let Some(Reverse((length, node))) = self.queue.pop() {
            let node = node as usize;
            if length == self.distance[node] {
                self.settle(node, &length);
            }
        }
    }

    fn settle(&mut self, node: usize, distance: &Length) {
        let residual = self.residual;
        if let Some(step) = residual.down(node) {
            self.shorten(residual.above(node), distance.plus(step));
        }
        match residual.node(node) {
            Node::Mentee(mentee) => self.reach_mentors(mentee, distance),
            Node::Mentor(mentor) => self.reach_mentees(mentor, distance),
            Node::Junction => self.reach_members(node, distance),
            Node::Slot(slot) => self.shorten(residual.mentor_node(slot.mentor), distance.clone()),
        }
    }

    /// From a mentee's mentors a step leads to her, or to her pairs and from there.
    fn reach_mentors(&mut self, mentee: usize, distance: &Length) {
        let residual = self.residual;
        for slot in residual.slots_of(mentee) {
            if let Some(step) = residual.up(slot) {
                self.shorten(slot, distance.plus(step));
            }
        }
        for mentor in residual.assignment.mentors_of(mentee_at(mentee)) {
            if residual.tail(mentee, mentor.index()) != mentee {
                continue;
            }
            let mentees = residual.chosen(mentor.index());
            let own = mentees.iter().find(|(other, _)| *other as usize == mentee);
            if let Some(&(_, score)) = own {
                let step = residual.pair(mentee, mentor.index(), score);
                let node = residual.mentor_node(mentor.index());
                self.shorten(node, distance.plus(&step));
            }
        }
    }

    fn reach_mentees(&mut self, mentor: usize, distance: &Length) {
        let known = std::mem::take(&mut self.known[mentor]);
        for &(mentee, score) in &known {
            let mentee = mentee as usize;
            let step = self.residual.pair(mentee, mentor, score).negated();
            let tail = self.residual.tail(mentee, mentor);
            self.shorten(tail, distance.plus(&step));
        }
        self.known[mentor] = known;
    }

    fn reach_members(&mut self, junction: usize, distance: &Length) {
        let residual = self.residual;
        for &member in residual.members(junction) {
            let member = member as usize;
            if let Some(step) = residual.up(member) {
                self.shorten(member, distance.plus(step));
            }
        }
    }

    /// The best pairs not known that bring mentees nearer.
    fn news(&self) -> Vec<News> {
        let parts = parallel::blocks(self.residual.problem.extent(), |mentees| {
            let (mut buffer, mut news) = (RowBuffer::default(), Vec::new());
            for mentee in mentees {
                if let Some(row) = self.residual.problem.row(mentee, &mut buffer) {
                    let slots = self.residual.slots_of(mentee);
                    for tail in std::iter::once(mentee).chain(slots) {
                        news.extend(self.news_of((tail, mentee), &row));
                    }
                }
            }
            news
        });
        parts.into_iter().flatten().collect()
    }

    fn news_of(&self, (tail, mentee): (usize, usize), row: &Row<'_>) -> Vec<News> {
        let residual = self.residual;
        let price = residual.price_of_tail(tail);
        let screen = Screen {
            levels: residual.levels(),
            mentee,
            bar: price.plus(&self.distance[tail].negated()),
            offsets: &self.offsets,
        };
        let has = residual.assignment.mentors_of(mentee_at(mentee));
        let mut news: Vec<News> = Vec::new();
        screen.for_each_above(row, |mentor, score| {
            let is_other = residual.tail(mentee, mentor as usize) != tail;
            if is_other || has.contains(&MentorIdx::new(mentor)) {
                return;
            }
            let step = residual.pair(mentee, mentor as usize, score).negated();
            let length = step.plus(&self.distance[residual.mentor_node(mentor as usize)]);
            let at = news.partition_point(|other| other.length <= length);
            if at < NEWS {
                news.truncate(NEWS - 1);
                let mentee = number(mentee);
                news.insert(
                    at,
                    News {
                        tail,
                        mentee,
                        mentor,
                        score,
                        length,
                    },
                );
            }
        });
        news
    }
}

fn mentee_at(mentee: usize) -> MenteeIdx {
    MenteeIdx::new(number(mentee))
}
