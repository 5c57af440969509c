//! A bottleneck's set as a network, in which everything outside is the hub.
//!
//! That is not all the truth where somebody who belongs to a group in the set is outside herself. A taker may help the
//! group over a limit of hers, and how much more she could bring without the limit depends on her pairs. A giver gives
//! what comes through the group, and so not more than its limit. In an exact network they are nodes too. Minimums of
//! theirs are then inside the network, where nothing is claimed: it is short only if the other minimums are.

use super::super::super::level::Owner;
use super::super::super::problem::{Problem, RowBuffer};
use super::super::arcs::{above, node, place_arc};
use super::super::{Bottleneck, Bound, Scarce};

/// Flow runs from the hub over givers (or groups of theirs) to takers, and over groups of these back to the hub.
pub(super) struct Net {
    /// By node.
    pub(super) parts: Vec<Part>,
    /// By number: the nodes.
    pub(super) givers: Vec<usize>,
    pub(super) takers: Vec<usize>,
    /// Pairs of givers and takers that are allowed.
    pub(super) allowed: Bits,
    pub(super) arcs: Vec<Arc>,
    /// By node: arcs that end there, and that begin there, apart from those of the hub.
    pub(super) into: Vec<Vec<usize>>,
    pub(super) out_of: Vec<Vec<usize>>,
    /// Minimums of what leaves for the hub.
    pub(super) claims: Vec<Claim>,
}

/// A node, with its number among givers or takers.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Giver(usize),
    Taker(usize),
    Group,
}

/// A way into a node, for so many units: from another node, or from the hub.
pub(super) struct Arc {
    pub(super) tail: Option<usize>,
    pub(super) head: usize,
    pub(super) most: u32,
    /// Whose maximum `most` is; nobody's if pairs limit, or nothing.
    pub(super) limit: Option<Bound>,
}

pub(super) struct Claim {
    pub(super) tail: usize,
    pub(super) bound: Bound,
}

/// A matrix of truth values: one row a taker.
pub(super) struct Bits {
    words: Vec<u64>,
    width: usize,
}

impl Bits {
    fn new(rows: usize, columns: usize) -> Self {
        let width = columns.div_ceil(64);
        let words = vec![0; rows * width];
        Self { words, width }
    }

    fn set(&mut self, row: usize, column: usize) {
        self.words[row * self.width + column / 64] |= 1 << (column % 64);
    }

    pub(super) fn has(&self, row: usize, column: usize) -> bool {
        self.words[row * self.width + column / 64] >> (column % 64) & 1 == 1
    }
}

impl Net {
    /// `None` if the bottleneck names somebody who is not there, or a row is not as promised.
    pub(super) fn new(problem: &Problem<'_>, own: &Bottleneck, is_exact: bool) -> Option<Self> {
        let (local, owners) = nodes(problem, own, is_exact)?;
        let mut net = Self::of(&owners, own.scarce);
        for owner in Owner::all(problem) {
            let (tail, head) = own.scarce.along(place_arc(problem, owner));
            net.add_place(own, owner, (local[tail], local[head]));
        }
        net.read_rows(problem, own, &local)?;
        Some(net)
    }

    fn of(owners: &[Owner], scarce: Scarce) -> Self {
        let (mut givers, mut takers) = (Vec::new(), Vec::new());
        let part = |(at, &owner): (usize, &Owner)| match owner {
            Owner::MenteeGroup(_) | Owner::MentorGroup(_) => Part::Group,
            _ if gives(scarce, owner) => {
                givers.push(at);
                Part::Giver(givers.len() - 1)
            }
            _ => {
                takers.push(at);
                Part::Taker(takers.len() - 1)
            }
        };
        Self {
            parts: owners.iter().enumerate().map(part).collect(),
            allowed: Bits::new(takers.len(), givers.len()),
            givers,
            takers,
            arcs: Vec::new(),
            into: vec![Vec::new(); owners.len()],
            out_of: vec![Vec::new(); owners.len()],
            claims: Vec::new(),
        }
    }

    fn add_place(&mut self, own: &Bottleneck, owner: Owner, ends: (Option<usize>, Option<usize>)) {
        let bound_in = |bounds: &[Bound]| {
            let at = bounds.binary_search_by_key(&owner, |bound| bound.owner);
            at.ok().map(|at| bounds[at])
        };
        match ends {
            (tail, Some(head)) => {
                let limit = bound_in(&own.limits);
                self.add_arc(Arc {
                    tail,
                    head,
                    most: limit.map_or(u32::MAX, |bound| bound.places),
                    limit,
                });
            }
            (Some(tail), None) => {
                let claim = bound_in(&own.claims);
                self.claims.extend(claim.map(|bound| Claim { tail, bound }));
            }
            (None, None) => {}
        }
    }

    fn add_arc(&mut self, arc: Arc) {
        self.into[arc.head].push(self.arcs.len());
        if let Some(tail) = arc.tail {
            self.out_of[tail].push(self.arcs.len());
        }
        self.arcs.push(arc);
    }

    /// Notes the allowed pairs of takers: each of those with givers, and how many others there are. Those of members
    /// with others are listed; rows of others are read only where somebody below a member needs them.
    fn read_rows(
        &mut self,
        problem: &Problem<'_>,
        own: &Bottleneck,
        local: &[Option<usize>],
    ) -> Option<()> {
        let part_at = |parts: &[Part], at: usize| local[at].map(|at| parts[at]);
        let mut others = vec![0; self.takers.len()];
        for &(mentee, mentor) in &own.pairs {
            let ends = [mentee.index(), problem.mentees() + mentor.index()];
            match ends.map(|at| part_at(&self.parts, at)) {
                [Some(Part::Taker(taker)), None] | [None, Some(Part::Taker(taker))] => {
                    others[taker] += 1;
                }
                _ => {}
            }
        }
        let members = own.members.len();
        let has_more = self.parts.len() > members;
        let mut buffer = RowBuffer::default();
        let is_read = |&mentee: &usize| local[mentee].is_some() || has_more;
        for mentee in (0..problem.mentees()).filter(is_read) {
            let one = part_at(&self.parts, mentee);
            problem.row(mentee, &mut buffer)?.for_each(|mentor, _| {
                let other = part_at(&self.parts, problem.mentees() + mentor as usize);
                match (one, other) {
                    (Some(Part::Taker(taker)), Some(Part::Giver(giver)))
                    | (Some(Part::Giver(giver)), Some(Part::Taker(taker))) => {
                        self.allowed.set(taker, giver);
                    }
                    (Some(Part::Taker(taker)), _) | (_, Some(Part::Taker(taker)))
                        if self.takers[taker] >= members =>
                    {
                        others[taker] += 1;
                    }
                    _ => {}
                }
            });
        }
        for (taker, most) in others.into_iter().enumerate().filter(|(_, most)| *most > 0) {
            self.add_arc(Arc {
                tail: None,
                head: self.takers[taker],
                most,
                limit: None,
            });
        }
        Some(())
    }
}

/// Whether the owner is on the side that gives.
fn gives(scarce: Scarce, owner: Owner) -> bool {
    let is_mentee = matches!(owner, Owner::Mentee(_) | Owner::MenteeGroup(_));
    is_mentee == (scarce == Scarce::Mentees)
}

/// By the problem's node: its number in the network, if it is one of it; and who has each number. Members come first,
/// then in an exact network those below them.
fn nodes(
    problem: &Problem<'_>,
    own: &Bottleneck,
    is_exact: bool,
) -> Option<(Vec<Option<usize>>, Vec<Owner>)> {
    let mut local = vec![None; problem.nodes() + 1];
    let mut owners = own.members.clone();
    for (at, &member) in own.members.iter().enumerate() {
        *local.get_mut(node(problem, member))? = Some(at);
    }
    // Groups come after people, and a group after those inside it.
    let all: Vec<_> = Owner::all(problem).filter(|_| is_exact).collect();
    for &owner in all.iter().rev() {
        let above = above(problem, owner).map(|group| node(problem, group));
        let at = node(problem, owner);
        if local[at].is_none() && above.is_some_and(|above| local[above].is_some()) {
            local[at] = Some(owners.len());
            owners.push(owner);
        }
    }
    Some((local, owners))
}
