//! The largest total with at least so much gain: branch and bound on the lines.
//!
//! # Problem
//! Between two corners, the best total for a gain is that of exact matching: a matching of the largest weight with a
//! given number of marked pairs. No deterministic polynomial algorithm is known. So this is for those who ask for it, and
//! ends after so many solves with what it has, and a proof of how far that can be from the best.
//!
//! # Idea
//! 1. *Bound.* The line of weights proves what no assignment of so much gain exceeds.
//! 2. *Found.* Two neighbours on it, one with less gain and one with enough, differ by [chains](super::chains). Those that
//!    bring what is missing at the least cost, together, are a small knapsack problem, solved exactly.
//! 3. *Branch.* If the bound is higher still, a pair is chosen in which the neighbours differ: it must be there, or must
//!    not. In each branch one of the two neighbours is gone, and the line with the other is lower, or another.
//!
//! The branch with the highest bound is looked at first, so the bound of what is left falls. Each line is proved over
//! all pairs before it bounds anything.
//!
//! # Complexity
//! A few solves on the pairs that matter and a pass over all pairs for each branch. Their number can be exponential in the
//! pairs in which neighbours differ, which are few where they lie close together.
//!
//! # References
//! C. H. Papadimitriou and M. Yannakakis, "The complexity of restricted spanning tree problems", 1982, which posed
//! exact matching; A. H. Land and A. G. Doig, "An automatic method of solving discrete programming problems", 1960.

mod ask;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use super::chains;
use super::core::Core;
use super::weights::Weights;
use super::{Line, Point, TradeOff};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::certificate::Violation;
use crate::solver::control::{Control, ProgressHook, Watch};
use crate::solver::error::SolveError;
use crate::solver::options::{SolveOptions, TieBreak};
use crate::solver::problem::Problem;
use ask::Told;

/// A mentee and a mentor.
type Pair = (u32, u32);

/// The best that was found, and what nothing exceeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) point: Point,
    /// No assignment with as much gain has a larger total.
    pub(crate) bound: i128,
    /// How many solves that took.
    pub(crate) solves: usize,
}

impl TradeOff {
    /// The largest total with at least so much gain. After so many solves it ends with the best that it has found. `None`
    /// if no point with so much gain is known.
    ///
    /// # Errors
    /// As [`solve`](crate::solver::solve()). A solve that is stopped ends the call as if cancelled.
    pub(crate) fn settle(
        &self,
        problem: &Problem<'_>,
        gain: i128,
        options: &SolveOptions,
        most_solves: usize,
    ) -> Result<Option<Settled>, SolveError> {
        let Some((best, gap)) = self.best(gain) else {
            return Ok(None);
        };
        let (bound, best) = (best.total + gap, best.clone());
        let mut options = options.clone();
        options.tie_break = TieBreak::Fast;
        let hooks = options.hooks.clone();
        let mut settling = Settling {
            found: self,
            problem,
            gain,
            progress: options.hooks.progress.take(),
            options,
            watch: Control::new(&hooks).watch().clone(),
            core: self.core.clone(),
            latest: VecDeque::new(),
            best,
            most_solves,
            solves: 0,
        };
        let bound = settling.run(bound)?;
        let found = settling.best;
        let best = self.lines.first().map(|line| &line.solution.assignment);
        let held = best.ok_or(Violation::Bound);
        let held = held.and_then(|best| self.held_value(problem, best));
        held.and_then(|held| self.check_point(problem, &found, &held))
            .map_err(SolveError::CheckFailed)?;
        Ok(Some(Settled {
            bound: bound.max(found.total),
            point: found,
            solves: settling.solves,
        }))
    }
}

struct Settling<'a> {
    found: &'a TradeOff,
    problem: &'a Problem<'a>,
    gain: i128,
    options: SolveOptions,
    progress: Option<ProgressHook>,
    watch: Watch,
    core: Core,
    /// The latest lines, of any branch.
    latest: VecDeque<Line>,
    /// With enough gain, the largest total.
    best: Point,
    most_solves: usize,
    solves: usize,
}

/// Assignments that have some pairs and lack others.
#[derive(Clone, Debug, Default)]
struct Branch {
    with: BTreeSet<Pair>,
    without: BTreeSet<Pair>,
    /// Points among them: with too little gain, and with enough.
    low: Option<Point>,
    high: Option<Point>,
}

/// What has become of a branch.
enum Fate {
    /// Nothing in it is better than the best.
    Closed,
    /// It stays open: there have been enough solves, or nothing to split it at is known.
    Open,
    /// Nothing in it exceeds a bound; it is looked at in two parts.
    Split(i128, Box<[Branch; 2]>),
}

impl Settling<'_> {
    /// Looks at branches, the highest bound first; gives the bound of what is left.
    fn run(&mut self, bound: i128) -> Result<i128, SolveError> {
        let points = &self.found.points;
        let root = Branch {
            low: points.iter().rfind(|own| own.gain < self.gain).cloned(),
            high: points.iter().find(|own| own.gain >= self.gain).cloned(),
            ..Branch::default()
        };
        let mut branches = vec![root];
        let mut open = BinaryHeap::from([(bound, Reverse(0))]);
        while let Some((bound, Reverse(at))) = open.pop() {
            if bound <= self.best.total {
                break;
            }
            match self.look_at(std::mem::take(&mut branches[at]), bound)? {
                Fate::Closed => {}
                Fate::Open => return Ok(bound),
                Fate::Split(below, parts) => {
                    for part in *parts {
                        open.push((bound.min(below), Reverse(branches.len())));
                        branches.push(part);
                    }
                }
            }
        }
        Ok(self.best.total)
    }

    /// Bounds a branch, and looks for better points in it.
    fn look_at(&mut self, mut branch: Branch, mut bound: i128) -> Result<Fate, SolveError> {
        let [total, gain_alone, gain] = Weights::ends(self.found.held.highest);
        for (weights, is_high) in [(gain, true), (gain_alone, true), (total, false)] {
            let known = if is_high { &branch.high } else { &branch.low };
            if known.is_none()
                && let Some(fate) = self.narrow(&mut branch, weights, &mut bound)?
            {
                return Ok(fate);
            }
        }
        while let (Some(low), Some(high)) = (&branch.low, &branch.high) {
            let before = (low.gain, high.gain);
            for weights in Weights::of_line(low, high, self.found.held.highest) {
                if let Some(fate) = self.narrow(&mut branch, weights, &mut bound)? {
                    return Ok(fate);
                }
            }
            let now = branch.low.as_ref().zip(branch.high.as_ref());
            if now.is_some_and(|(low, high)| (low.gain, high.gain) == before) {
                break;
            }
        }
        Ok(self.split(branch, bound))
    }

    /// Solves for weights within a branch; its fate, if that is settled.
    fn narrow(
        &mut self,
        branch: &mut Branch,
        weights: Weights,
        bound: &mut i128,
    ) -> Result<Option<Fate>, SolveError> {
        match self.ask(branch, weights)? {
            Told::Unsolved => return Ok(Some(Fate::Open)),
            Told::Empty => return Ok(Some(Fate::Closed)),
            Told::AtMost(most) => *bound = most.min(*bound),
        }
        self.combine(branch);
        Ok((*bound <= self.best.total).then_some(Fate::Closed))
    }

    /// Takes a point of a branch: for the best if it has enough gain, and for a neighbour if it is nearer.
    fn meet(&mut self, branch: &mut Branch, line: &Line) {
        let point = self
            .found
            .point(self.problem, line.solution.assignment.clone());
        let Some(point) = point else { return };
        self.offer(&point);
        let (is_enough, gain) = (point.gain >= self.gain, point.gain);
        let known = if is_enough {
            &mut branch.high
        } else {
            &mut branch.low
        };
        let is_nearer = |known: &Point| (known.gain < gain) != is_enough && known.gain != gain;
        if known.as_ref().is_none_or(is_nearer) {
            *known = Some(point);
        }
    }

    fn offer(&mut self, point: &Point) {
        if point.gain >= self.gain && point.total > self.best.total {
            self.best = point.clone();
        }
    }

    /// Looks for a better point among the steps from one neighbour to the other.
    fn combine(&mut self, branch: &Branch) {
        if let (Some(low), Some(high)) = (&branch.low, &branch.high)
            && chains::are_free(self.problem)
        {
            let found = chains::cheapest(low, high, &self.core, self.gain);
            found.iter().for_each(|point| self.offer(point));
        }
    }

    /// Splits a branch at a pair in which its neighbours differ.
    fn split(&self, branch: Branch, bound: i128) -> Fate {
        let two = branch.low.as_ref().zip(branch.high.as_ref());
        let pair = two.and_then(|(low, high)| chains::dividing_pair(low, high, &self.core));
        let Some(pair) = pair else {
            return Fate::Open; // never: neighbours differ
        };
        let (mut with, mut without) = (branch.clone(), branch);
        with.keep_points(|own| own.has(pair));
        without.keep_points(|own| !own.has(pair));
        with.with.insert(pair);
        without.without.insert(pair);
        Fate::Split(bound, Box::new([with, without]))
    }
}

impl Branch {
    /// Forgets neighbours that are not in it.
    fn keep_points(&mut self, is_in: impl Fn(&Point) -> bool) {
        self.low = self.low.take().filter(&is_in);
        self.high = self.high.take().filter(&is_in);
    }
}

impl Point {
    fn has(&self, (mentee, mentor): Pair) -> bool {
        let (mentee, mentor) = (MenteeIdx::new(mentee), MentorIdx::new(mentor));
        self.assignment.has(mentee, mentor)
    }
}
