//! Nodes in a line that is cut into ever more blocks.
//!
//! # Invariant
//! A block is a stretch of the line. Cuts are never taken back, and each says when it was made.
//!
//! # Complexity
//! A cut takes time in proportion to the nodes that it puts into a block of their own.

use super::super::lot::Moment;
use super::super::walk::position;

/// The line and its blocks.
pub(super) struct Partition {
    line: Vec<u32>,
    /// By node: where it stands.
    places: Vec<u32>,
    /// By node: its block.
    block_of: Vec<u32>,
    /// By block: where it begins and ends.
    blocks: Vec<(u32, u32)>,
    /// By place: when the line was cut in front of it.
    cuts: Vec<Moment>,
}

/// Where in their block nodes are to stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Front,
    Back,
}

impl Partition {
    /// So many nodes in one block.
    pub(super) fn whole(nodes: usize) -> Self {
        Self {
            line: (0..position(nodes)).collect(),
            places: (0..position(nodes)).collect(),
            block_of: vec![0; nodes],
            blocks: vec![(0, position(nodes))],
            cuts: vec![Moment::NEVER; nodes],
        }
    }

    /// A node's block.
    #[inline]
    pub(super) fn block(&self, node: u32) -> u32 {
        self.block_of[node as usize]
    }

    /// Whether there is nobody else in a node's block.
    pub(super) fn is_alone(&self, node: u32) -> bool {
        let (begin, end) = self.blocks[self.block(node) as usize];
        end - begin == 1
    }

    /// Puts some but not all nodes of one block at an end of it, and cuts them off; one that is alone in its block
    /// stays so.
    pub(super) fn cut(&mut self, nodes: &[u32], end: End, now: Moment) {
        let Some(&first) = nodes.first() else {
            return;
        };
        let (old, new) = (self.block(first) as usize, position(self.blocks.len()));
        let (begin, past) = self.blocks[old];
        if past - begin == 1 {
            return;
        }
        let size = position(nodes.len());
        let (at, own, rest) = match end {
            End::Front => (begin + size, (begin, begin + size), (begin + size, past)),
            End::Back => (past - size, (past - size, past), (begin, past - size)),
        };
        for (place, &node) in (own.0..).zip(nodes) {
            self.block_of[node as usize] = new;
            self.swap(node, place);
        }
        self.blocks.push(own);
        self.blocks[old] = rest;
        self.cuts[at as usize] = now;
    }

    /// Puts a node in a place, and whoever stands there in the node's.
    fn swap(&mut self, node: u32, place: u32) {
        let (other, from) = (self.line[place as usize], self.places[node as usize]);
        self.line.swap(place as usize, from as usize);
        self.places[node as usize] = place;
        self.places[other as usize] = from;
    }

    /// The blocks in line: the nodes of each, and when the line was cut in front of it.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (&[u32], Moment)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let &node = self.line.get(next)?;
            let (begin, end) = self.blocks[self.block(node) as usize];
            next = end as usize;
            Some((&self.line[begin as usize..next], self.cuts[begin as usize]))
        })
    }
}
