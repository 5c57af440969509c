//! The core of a bottleneck: claims and limits that cannot hold together, and no more than it takes.
//!
//! # Problem
//! A bottleneck may be short by many places, and then far fewer of its claims conflict already. Find claims and
//! limits of it which cannot all hold, while without any one of them the others can: an irreducible set. Every
//! other bound is as if nobody had stated it: a minimum of 0, a maximum without end.
//!
//! # Idea
//! With no bounds left but the bottleneck's, everything outside its set is one node, the hub, and the question is
//! a maximum flow: units enter the set over limits and over single pairs, and end at claims. The claims are in
//! conflict exactly if the flow leaves some of them unfilled. Who is below a group of the set and outside herself is
//! let in before, for what passes there depends on its bounds (see `net`); should the minimums then inside be what it
//! takes, she is part of the hub, and the core is in conflict but not proved to be irreducible.
//!
//! 1. *Reach*: the nodes from which an unfilled claim can be reached. All that enters them is used up, so their
//!    claims exceed what comes in, by all that is missing. Claims and limits elsewhere go, and for good: after a
//!    limit is given up more nodes may be reached, and what goes into these must not bind again.
//! 2. If one unit is missing, that is the core, unless there are groups. Every set of nodes that is short is short by
//!    one then; two such sets have a short intersection, and the reached nodes are the smallest of all. So each of
//!    their bounds towards the hub is one of every short set, and without it there is none.
//! 3. If more are missing, claims of fewer units are given up outright while the rest must still be short, and
//!    then again from 1.
//! 4. What is left is tried one by one: whatever the rest conflicts without is given up.
//!
//! # Complexity
//! One search a unit of flow and O(pairs between members) in bits of memory. Step 4 needs a search a bound and
//! missing unit, and is cut off after [`MOST_TRIALS`] bounds; it is seldom needed, for where everybody's minimum
//! is 1, step 3 leaves one missing.
//!
//! # References
//! L. R. Ford and D. R. Fulkerson, *Flows in Networks*, 1962; J. W. Chinneck, *Feasibility and Infeasibility in
//! Optimization*, 2008, for irreducible sets and the deletion filter.

mod flow;

mod net;

use std::cmp::Reverse;

use super::super::problem::Problem;
use super::{Bottleneck, Bound};
use flow::{Flow, Search};
use net::Net;

/// So many bounds are tried one by one.
const MOST_TRIALS: usize = 1_000;

/// Claims and limits of a bottleneck that are in conflict by themselves.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// // Five mentees should have one of two places: already three of them are too many.
/// let problem = Problem::dense(5, 2, vec![7; 10], None)?.with_minimum_demands(vec![1; 5])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let shortage = solution.shortage(&problem).ok_or("minimums are not met")?;
/// let core = shortage.bottlenecks[0].core(&problem).ok_or("it is one of this problem")?;
/// assert_eq!((core.claims.len(), core.limits.len()), (3, 2));
/// assert!(core.is_irreducible);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Core {
    /// Minimums, ascending by owner: with the limits more than can be had.
    pub claims: Vec<Bound>,
    /// Maxima, ascending by owner.
    pub limits: Vec<Bound>,
    /// How many allowed pairs help the claims and use none of the limits; each can be used once. So the claims
    /// add up to more than the limits and these.
    pub pairs: u64,
    /// Whether it is proved that without any one of the claims and limits the others can hold. Not where it takes a
    /// minimum below a group which is short itself, as is every minimum on the scarce side; nor always in sets of more
    /// than 1,000 bounds.
    pub is_irreducible: bool,
}

impl Bottleneck {
    /// Claims and limits that are in conflict by themselves, of which none can be left out. Which of several
    /// such sets it is depends on the order of people only.
    ///
    /// `None` if the bottleneck is not one of this problem, or none of its claims is short; or where kinds of mentors
    /// bind anybody: the flow that finds it knows none.
    ///
    /// # Complexity
    /// Reads the rows of the mentees concerned, and finds a flow through them; see [`Core::is_irreducible`].
    #[must_use]
    pub fn core(&self, problem: &Problem<'_>) -> Option<Core> {
        if problem.has_kinds() {
            return None;
        }
        let core = |is_exact| {
            let net = Net::new(problem, self, is_exact)?;
            let mut flow = Flow::new(&net);
            let is_irreducible = flow.reduce();
            flow.core(is_irreducible && is_exact)
        };
        core(true).or_else(|| core(false))
    }
}

/// A bound that may be given up: a claim, or the limit of an arc.
#[derive(Clone, Copy)]
enum Kept {
    Claim(usize),
    Limit(usize),
}

impl Flow<'_> {
    /// Gives up bounds until there is none that the others conflict without; `false` if not all were tried.
    fn reduce(&mut self) -> bool {
        self.give_up_in_bulk();
        self.try_each()
    }

    fn give_up_in_bulk(&mut self) {
        loop {
            self.fill();
            self.forget_unreached();
            if !self.give_up_small() {
                return;
            }
        }
    }

    /// Gives up whatever the others conflict without, one by one. Without a bound that was needed the others
    /// can hold, and fewer of them all the more: each is tried once.
    fn try_each(&mut self) -> bool {
        let claims = (0..self.asks.len()).map(Kept::Claim);
        let limits = (0..self.most.len()).map(Kept::Limit);
        let mut trials = 0..MOST_TRIALS;
        for bound in claims.chain(limits) {
            if !self.keeps(bound) || self.is_needed(bound) {
                continue;
            }
            if trials.next().is_none() {
                return false;
            }
            let mut without = self.clone();
            without.give_up(bound);
            without.fill();
            if without.missing() > 0 {
                without.forget_unreached();
                *self = without;
            }
        }
        true
    }

    /// Whether a bound is known to be needed: one unit is missing, and the bound is between a reached node and the
    /// hub, which is in no short set.
    fn is_needed(&self, bound: Kept) -> bool {
        let is_of_hub = match bound {
            Kept::Claim(_) => true,
            Kept::Limit(arc) => self.net.arcs[arc].tail.is_none(),
        };
        is_of_hub && self.missing() == 1
    }

    fn keeps(&self, bound: Kept) -> bool {
        match bound {
            Kept::Claim(claim) => self.asks[claim] > 0,
            Kept::Limit(arc) => self.net.arcs[arc].limit.is_some() && self.most[arc] < u32::MAX,
        }
    }

    /// What a claim gets that is given up is there for others.
    fn give_up(&mut self, bound: Kept) {
        match bound {
            Kept::Claim(claim) => {
                self.spare[self.net.claims[claim].tail] += self.gets[claim];
                (self.asks[claim], self.gets[claim]) = (0, 0);
            }
            Kept::Limit(arc) => self.most[arc] = u32::MAX,
        }
    }

    /// Gives up claims that leave at least one unit missing, the largest first; `false` if there are none.
    fn give_up_small(&mut self) -> bool {
        let most = self.missing().saturating_sub(1);
        let mut left = most;
        let mut kept: Vec<_> = (0..self.asks.len())
            .filter(|&claim| self.asks[claim] > 0)
            .collect();
        kept.sort_by_key(|&claim| Reverse(self.asks[claim]));
        for claim in kept {
            let asks = u64::from(self.asks[claim]);
            if asks <= left {
                left -= asks;
                self.give_up(Kept::Claim(claim));
            }
        }
        left < most
    }

    /// Finds which nodes lead to unfilled claims, and gives up the claims of others and the limits of what does not
    /// enter from others: these nodes are short by all that is missing without them.
    fn forget_unreached(&mut self) {
        let mut search = Search::new(self.net);
        let unfilled = (0..self.asks.len()).filter(|&claim| self.gets[claim] < self.asks[claim]);
        unfilled.for_each(|claim| search.start(self.net.claims[claim].tail, claim));
        let origin = search.run(self);
        debug_assert!(origin.is_none(), "the flow is as large as can be");
        self.reached = search.via.iter().map(Option::is_some).collect();
        for claim in 0..self.asks.len() {
            if !self.reached[self.net.claims[claim].tail] {
                self.give_up(Kept::Claim(claim));
            }
        }
        for (at, arc) in self.net.arcs.iter().enumerate() {
            let is_reached = |node: usize| self.reached[node];
            let enters = is_reached(arc.head) && !arc.tail.is_some_and(is_reached);
            if arc.limit.is_some() && !enters {
                self.give_up(Kept::Limit(at));
            }
        }
    }

    /// What is left; `None` if nothing is short.
    fn core(&self, is_irreducible: bool) -> Option<Core> {
        if self.missing() == 0 {
            return None;
        }
        let claims = self.net.claims.iter().enumerate();
        let claims = claims.filter(|(at, _)| self.keeps(Kept::Claim(*at)));
        let mut claims: Vec<_> = claims.map(|(_, claim)| claim.bound).collect();
        let mut limits = self.limits();
        claims.sort_unstable_by_key(|bound| bound.owner);
        limits.sort_unstable_by_key(|bound| bound.owner);
        Some(Core {
            claims,
            limits,
            pairs: self.pairs(),
            is_irreducible,
        })
    }

    fn limits(&self) -> Vec<Bound> {
        let arcs = self.net.arcs.iter().enumerate();
        let kept = arcs.filter(|(at, _)| self.keeps(Kept::Limit(*at)));
        kept.filter_map(|(_, arc)| arc.limit).collect()
    }

    /// How many units enter the reached nodes by single pairs.
    fn pairs(&self) -> u64 {
        let net = self.net;
        let by_arcs = net.arcs.iter().filter(|arc| {
            let is_pairs = arc.tail.is_none() && arc.limit.is_none();
            is_pairs && self.reached[arc.head]
        });
        let by_arcs: u64 = by_arcs.map(|arc| u64::from(arc.most)).sum();
        let takers = self.has.iter().zip(&net.takers);
        let reached = takers.filter(|(_, taker)| self.reached[**taker]);
        let givers = reached.flat_map(|(givers, _)| givers);
        let outside = givers.filter(|&&giver| !self.reached[net.givers[giver as usize]]);
        by_arcs + outside.count() as u64
    }
}
