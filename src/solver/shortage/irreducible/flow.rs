//! The flow through a bottleneck's set, one unit after the other.

use std::collections::VecDeque;

use super::net::{Net, Part};

/// A flow, and the bounds that are still kept.
#[derive(Clone)]
pub(super) struct Flow<'n> {
    pub(super) net: &'n Net,
    /// By claim: what it still asks for, 0 if it was given up; and what it gets.
    pub(super) asks: Vec<u32>,
    pub(super) gets: Vec<u32>,
    /// By arc: the most that may pass, without end if the limit was given up; and what does.
    pub(super) most: Vec<u32>,
    passes: Vec<u32>,
    /// By taker: givers who give to her. By giver: takers.
    pub(super) has: Vec<Vec<u32>>,
    gives: Vec<Vec<u32>>,
    /// By node: units that come in for a claim that was given up.
    pub(super) spare: Vec<u32>,
    /// By node: whether an unfilled claim can be reached from there.
    pub(super) reached: Vec<bool>,
}

/// How a unit goes on from a node that a search has met.
#[derive(Clone, Copy)]
pub(super) enum Via {
    /// It fills this claim.
    Claim(usize),
    /// Along an arc.
    Along(usize),
    /// By passing less along an arc.
    Against(usize),
    /// To a taker, by a pair more.
    Give { taker: usize, giver: usize },
    /// To a giver, by a pair fewer.
    TakeBack { taker: usize, giver: usize },
}

/// Where a unit comes from.
pub(super) enum Origin {
    /// The hub, along this arc.
    Hub(usize),
    /// A node that has one to spare.
    Spare(usize),
}

impl<'n> Flow<'n> {
    pub(super) fn new(net: &'n Net) -> Self {
        Self {
            asks: net.claims.iter().map(|claim| claim.bound.places).collect(),
            gets: vec![0; net.claims.len()],
            most: net.arcs.iter().map(|arc| arc.most).collect(),
            passes: vec![0; net.arcs.len()],
            has: vec![Vec::new(); net.takers.len()],
            gives: vec![Vec::new(); net.givers.len()],
            spare: vec![0; net.parts.len()],
            reached: vec![false; net.parts.len()],
            net,
        }
    }

    pub(super) fn missing(&self) -> u64 {
        let unfilled = self.asks.iter().zip(&self.gets);
        unfilled.map(|(asks, gets)| u64::from(asks - gets)).sum()
    }

    /// Makes the flow as large as can be. Where no unit can come from, none can after others came: nodes that a search
    /// in vain has met are passed over from then on.
    pub(super) fn fill(&mut self) {
        let mut search = Search::new(self.net);
        for claim in 0..self.asks.len() {
            while self.gets[claim] < self.asks[claim] {
                search.start(self.net.claims[claim].tail, claim);
                let Some(origin) = search.run(self) else {
                    search.bury();
                    break;
                };
                self.send(&origin, &search.via);
                search.forget();
            }
        }
    }

    /// Sends one unit the way that a search has found.
    fn send(&mut self, origin: &Origin, via: &[Option<Via>]) {
        let mut node = match *origin {
            Origin::Hub(arc) => {
                self.passes[arc] += 1;
                self.net.arcs[arc].head
            }
            Origin::Spare(node) => {
                self.spare[node] -= 1;
                node
            }
        };
        while let Some(via) = via[node] {
            node = match via {
                Via::Claim(claim) => {
                    self.gets[claim] += 1;
                    return;
                }
                Via::Along(arc) => {
                    self.passes[arc] += 1;
                    self.net.arcs[arc].head
                }
                Via::Against(arc) => {
                    self.passes[arc] -= 1;
                    self.net.arcs[arc].tail.unwrap_or(node)
                }
                Via::Give { taker, giver } => {
                    self.has[taker].push(narrow(giver));
                    self.gives[giver].push(narrow(taker));
                    self.net.takers[taker]
                }
                Via::TakeBack { taker, giver } => {
                    self.has[taker].retain(|&other| other != narrow(giver));
                    self.gives[giver].retain(|&other| other != narrow(taker));
                    self.net.givers[giver]
                }
            };
        }
    }
}

/// A search for a unit that can come to an unfilled claim, against the flow's direction. Made once and used for many.
pub(super) struct Search {
    /// By node: how a unit goes on from there; `None` if it was not met.
    pub(super) via: Vec<Option<Via>>,
    met: Vec<usize>,
    /// By node: whether no unit can come from there any more.
    dead: Vec<bool>,
    queue: VecDeque<usize>,
    /// Givers that are not dead, and those of them that were not met.
    givers: Vec<u32>,
    unmet: Vec<u32>,
}

impl Search {
    pub(super) fn new(net: &Net) -> Self {
        let givers: Vec<_> = (0..narrow(net.givers.len())).collect();
        Self {
            via: vec![None; net.parts.len()],
            met: Vec::new(),
            dead: vec![false; net.parts.len()],
            queue: VecDeque::new(),
            unmet: givers.clone(),
            givers,
        }
    }

    /// Looks for a unit for this claim too, which is at `tail`.
    pub(super) fn start(&mut self, tail: usize, claim: usize) {
        self.meet(tail, Via::Claim(claim));
    }

    fn meet(&mut self, node: usize, via: Via) {
        if self.via[node].is_none() && !self.dead[node] {
            self.via[node] = Some(via);
            self.met.push(node);
            self.queue.push_back(node);
        }
    }

    /// Makes ready for another search.
    fn forget(&mut self) {
        for node in self.met.drain(..) {
            self.via[node] = None;
        }
        self.queue.clear();
        self.unmet.clone_from(&self.givers);
    }

    /// The same after a search in vain.
    fn bury(&mut self) {
        for &node in &self.met {
            self.dead[node] = true;
        }
        std::mem::swap(&mut self.givers, &mut self.unmet);
        self.forget();
    }

    /// Goes on until a unit is found that can come, or nothing is left to meet.
    pub(super) fn run(&mut self, flow: &Flow<'_>) -> Option<Origin> {
        while let Some(node) = self.queue.pop_front() {
            if flow.spare[node] > 0 {
                return Some(Origin::Spare(node));
            }
            for &arc in &flow.net.into[node] {
                if flow.passes[arc] < flow.most[arc] {
                    match flow.net.arcs[arc].tail {
                        None => return Some(Origin::Hub(arc)),
                        Some(tail) => self.meet(tail, Via::Along(arc)),
                    }
                }
            }
            self.look_back(flow, node);
        }
        None
    }

    /// Meets the nodes from which a unit can come to this one by a pair, or by passing less.
    fn look_back(&mut self, flow: &Flow<'_>, node: usize) {
        let net = flow.net;
        for &arc in &net.out_of[node] {
            if flow.passes[arc] > 0 {
                self.meet(net.arcs[arc].head, Via::Against(arc));
            }
        }
        match net.parts[node] {
            Part::Taker(taker) => self.ask_givers(flow, taker),
            Part::Giver(giver) => {
                for &taker in &flow.gives[giver] {
                    let taker = taker as usize;
                    self.meet(net.takers[taker], Via::TakeBack { taker, giver });
                }
            }
            Part::Group => {}
        }
    }

    fn ask_givers(&mut self, flow: &Flow<'_>, taker: usize) {
        let mut unmet = std::mem::take(&mut self.unmet);
        unmet.retain(|&own| {
            let giver = own as usize;
            let can_give = flow.net.allowed.has(taker, giver) && !flow.has[taker].contains(&own);
            if can_give {
                self.meet(flow.net.givers[giver], Via::Give { taker, giver });
            }
            !can_give
        });
        self.unmet = unmet;
    }
}

/// Nodes fit 32 bits, since a problem has fewer than 2²⁴ people.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
