//! What was drawn, as the certificate tells it.
//!
//! There, slots are the pairs of the assignment itself; those that no pair uses are left out, since they lead
//! on from their mentee to mentors that stand behind her just as well. The largest block need not be told node by
//! node.

use super::super::assignment::Assignment;
use super::super::certificate::Drawn;
use super::super::control::Control;
use super::super::face::Face;
use super::super::lot::{Lot, Moment};
use super::super::problem::Problem;
use super::super::slots::Slots;
use super::super::walk::position;
use super::Draw;

impl Draw {
    /// The proof that `assignment`, which was drawn, is the one that the lot singles out; of no use if cancelled.
    pub(in crate::solver) fn proof(
        self,
        (problem, face): (&Problem<'_>, &Face),
        lot: Lot,
        assignment: &Assignment,
        control: &Control<'_>,
    ) -> Drawn {
        let slots = Slots::new(problem, assignment, |mentee| problem.has_kinds_for(mentee));
        let mut nodes: Vec<Option<u32>> = vec![None; face.nodes()];
        let (mentees, tails) = (position(problem.mentees()), face.tails());
        for (node, own) in control.until_cancelled((0..).zip(&mut nodes)) {
            let is_slot = (mentees..tails).contains(&node);
            let shift = if node < mentees { 0 } else { tails - mentees };
            *own = (!is_slot).then_some(node - shift.min(node));
        }
        let first = position(problem.nodes()) + 1;
        let of_slots = self.pairs.iter().filter(|pair| pair.0 >= mentees);
        for &(tail, mentor) in control.until_cancelled(of_slots) {
            let slot = slots.find(problem, face.mentee(tail), mentor as usize);
            nodes[tail as usize] = slot.map(|slot| first + position(slot));
        }
        let blocks = control.until_cancelled(self.partition.blocks());
        let largest = blocks.map(|(block, _)| block.len()).max();
        let mut told = Drawn {
            lot,
            line: Vec::new(),
            rest: u32::MAX,
            cuts: Vec::new(),
        };
        let mut cut = Moment::NEVER;
        for (block, own) in control.until_cancelled(self.partition.blocks()) {
            cut = cut.min(own);
            if Some(block.len()) == largest && told.rest == u32::MAX {
                told.rest = position(told.line.len());
                told.cuts.push(std::mem::replace(&mut cut, Moment::NEVER));
                continue;
            }
            for node in block.iter().filter_map(|&node| nodes[node as usize]) {
                told.line.push(node);
                told.cuts.push(std::mem::replace(&mut cut, Moment::NEVER));
            }
        }
        told
    }
}
