//! The way from one point to another, in steps that can be taken one without the other.
//!
//! # Idea
//! Two assignments differ by *chains*: a pair given up, the pair made with the place, the pair given up for that, …
//! At each person a pair given up is linked with a pair made, so that chains share no place, and any of them taken
//! without the others leaves an assignment. If both assignments are best at what is held, so is each between them:
//! no chain can add anything to the first one's worth, and all together lose nothing.
//!
//! Taken in the order of what a unit of the gain costs, chains lead over a concave curve from one point to the
//! other. Between points that are not far from each other, its corners mostly are those of the envelope.

use std::collections::{BTreeMap, BTreeSet};

use super::Point;
use super::core::Core;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::assignment::Assignment;
use crate::solver::problem::Problem;

/// Chains times gains of a knapsack problem that is solved.
const LARGEST: usize = 1 << 22;

/// A mentee and a mentor.
type Pair = (u32, u32);

/// Pairs given up and pairs made that belong together.
#[derive(Default)]
struct Chain {
    gone: Vec<Pair>,
    made: Vec<Pair>,
    gain: i128,
    total: i128,
}

/// The points between two, at the corners of the way from one to the other.
pub(super) fn between(low: &Point, high: &Point, core: &Core) -> Vec<Point> {
    let Some(chains) = measured(low, high, core) else {
        return Vec::new();
    };
    // What gains nothing costs nothing, and is no step of its own.
    let (free, mut chains): (Vec<_>, Vec<_>) = chains.into_iter().partition(|own| own.gain <= 0);
    chains.sort_by(|a, b| (b.total * a.gain).cmp(&(a.total * b.gain))); // the cheapest first
    let is_as_cheap = |a: &Chain, b: &Chain| a.total * b.gain == b.total * a.gain;
    let steps: Vec<_> = chains.chunk_by(is_as_cheap).collect();
    let mut way = Way::from(low);
    free.iter().for_each(|chain| way.take(chain));
    let mut points = Vec::new();
    for step in &steps[..steps.len().saturating_sub(1)] {
        step.iter().for_each(|chain| way.take(chain));
        points.push(way.point(low.assignment.mentees()));
    }
    points
}

/// Of the steps from one point to another, those that bring enough gain at the least cost: the point they lead to.
///
/// A knapsack problem, solved by the largest total for each gain.
pub(super) fn cheapest(low: &Point, high: &Point, core: &Core, gain: i128) -> Option<Point> {
    let mut chains = measured(low, high, core)?;
    chains.retain(|own| own.gain >= 0 && (own.gain > 0 || own.total > 0));
    let needed = usize::try_from(gain - low.gain).ok()?;
    if needed.saturating_mul(chains.len()) > LARGEST {
        return None;
    }
    // By what is needed still: the largest total so far, and whether the latest step was taken for it.
    let mut totals: Vec<Option<i128>> = vec![None; needed + 1];
    totals[needed] = Some(low.total);
    let mut taken = vec![vec![false; needed + 1]; chains.len()];
    let after = |needed: usize, chain: &Chain| {
        needed.saturating_sub(usize::try_from(chain.gain).unwrap_or(usize::MAX))
    };
    let mut from = vec![vec![0; needed + 1]; chains.len()];
    for (at, chain) in chains.iter().enumerate() {
        let before = totals.clone();
        for (needed, total) in before.iter().enumerate() {
            let Some(total) = total else { continue };
            let (left, total) = (after(needed, chain), total + chain.total);
            if totals[left].is_none_or(|known| known < total) {
                totals[left] = Some(total);
                taken[at][left] = true;
                from[at][left] = needed;
            }
        }
    }
    totals[0]?;
    let mut way = Way::from(low);
    let mut left = 0;
    for (at, chain) in chains.iter().enumerate().rev() {
        if taken[at][left] {
            way.take(chain);
            left = from[at][left];
        }
    }
    Some(way.point(low.assignment.mentees()))
}

/// A pair in which two points differ: of the step that gains most, one that counts for the gain, if there is any.
pub(super) fn dividing_pair(low: &Point, high: &Point, core: &Core) -> Option<Pair> {
    let chains = measured(low, high, core)?;
    let chain = chains.iter().max_by_key(|own| own.gain)?;
    let pairs = || chain.made.iter().chain(&chain.gone);
    let counts = |pair: &&Pair| core.of(pair.0, pair.1).is_some_and(|(_, value)| value != 0);
    pairs().find(counts).or_else(|| pairs().next()).copied()
}

/// Whether any of the chains between two assignments can be taken without the others.
pub(super) fn are_free(problem: &Problem<'_>) -> bool {
    let has_groups = [&problem.mentees, &problem.mentors].map(|side| !side.groups.is_empty());
    !has_groups.contains(&true) && !problem.has_kinds()
}

/// How far one has come from one point to another.
struct Way {
    pairs: BTreeSet<Pair>,
    gain: i128,
    total: i128,
}

impl Way {
    fn from(point: &Point) -> Self {
        Self {
            pairs: plain_pairs(&point.assignment).collect(),
            gain: point.gain,
            total: point.total,
        }
    }

    fn take(&mut self, chain: &Chain) {
        for pair in &chain.gone {
            self.pairs.remove(pair);
        }
        self.pairs.extend(&chain.made);
        self.gain += chain.gain;
        self.total += chain.total;
    }

    fn point(&self, mentees: usize) -> Point {
        Point {
            gain: self.gain,
            total: self.total,
            assignment: Assignment::from_pairs(mentees, self.pairs.iter().copied()),
        }
    }
}

impl Chain {
    /// Adds up what it brings; nothing if the core does not know all of its pairs.
    fn measured(mut self, core: &Core) -> Option<Self> {
        for (pairs, sign) in [(&self.gone, -1), (&self.made, 1)] {
            for &(mentee, mentor) in pairs {
                let (score, value) = core.of(mentee, mentor)?;
                self.gain += sign * i128::from(value);
                self.total += sign * i128::from(score);
            }
        }
        Some(self)
    }
}

/// The chains from one point to another, with what each brings.
fn measured(low: &Point, high: &Point, core: &Core) -> Option<Vec<Chain>> {
    let chains = chains(&low.assignment, &high.assignment).into_iter();
    chains.map(|chain| chain.measured(core)).collect()
}

fn plain_pairs(assignment: &Assignment) -> impl Iterator<Item = Pair> + '_ {
    assignment
        .pairs()
        .map(|(mentee, mentor)| (mentee.get(), mentor.get()))
}

/// The chains by which one assignment becomes another.
fn chains(from: &Assignment, to: &Assignment) -> Vec<Chain> {
    let gone: Vec<Pair> = missing(from, to);
    let made: Vec<Pair> = missing(to, from);
    let mut leader: Vec<usize> = (0..gone.len() + made.len()).collect();
    for of in [|pair: &Pair| pair.0, |pair: &Pair| pair.1] {
        let mut open: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, pair) in gone.iter().enumerate() {
            open.entry(of(pair)).or_default().push(at);
        }
        for (at, pair) in made.iter().enumerate() {
            let partner = open.get_mut(&of(pair)).and_then(Vec::pop);
            if let Some(partner) = partner {
                let (one, other) = (
                    find(&mut leader, partner),
                    find(&mut leader, gone.len() + at),
                );
                leader[one] = other;
            }
        }
    }
    let mut chains: BTreeMap<usize, Chain> = BTreeMap::new();
    for (at, &pair) in gone.iter().enumerate() {
        chains
            .entry(find(&mut leader, at))
            .or_default()
            .gone
            .push(pair);
    }
    for (at, &pair) in made.iter().enumerate() {
        let own = find(&mut leader, gone.len() + at);
        chains.entry(own).or_default().made.push(pair);
    }
    chains.into_values().collect()
}

/// The pairs of one assignment that another lacks.
fn missing(from: &Assignment, to: &Assignment) -> Vec<Pair> {
    let lacks = |&(mentee, mentor): &Pair| !to.has(MenteeIdx::new(mentee), MentorIdx::new(mentor));
    plain_pairs(from).filter(lacks).collect()
}

/// Who leads those that an element belongs to.
fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

#[cfg(test)]
mod tests;
