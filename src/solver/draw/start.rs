//! A start near to what will be drawn.
//!
//! # Idea
//! Most mentees get whom they would get if nobody's needs but theirs and of those before them counted. So
//! whoever can have one pair gets the first mentor who is left, by turn; those for whom nobody is left are
//! brought in along ways to mentors who lack somebody, which the assignment that was there before proves to
//! exist. What is to be drawn does not depend on it: it is what the draw begins with. Where scores have few values
//! the draw has a third to a half of its ways left to find.
//!
//! Where who could have whom is nested, as by seniority, many are left over, and to bring them in takes longer than it
//! saves. So that may take no more steps than there are nodes; else the draw begins with what was there before.
//!
//! # Complexity
//! A look at the open pairs, and O(nodes).

use super::super::control::{Control, Stop};
use super::super::face::{Bits, Face};
use super::super::lot::Lot;
use super::{Drawing, change, hold, round};

/// Where mentees have fewer open pairs than this on average, too many would have to be brought in.
const WORTHWHILE: usize = 8;

/// Pairs to begin with.
pub(super) struct Start {
    pub(super) pairs: Vec<(u32, u32)>,
    /// Tails that lack a mentor.
    free: Vec<u32>,
    /// What is left to be dealt.
    left: Dealt,
}

impl Start {
    /// Pairs by turn, in the places that those of mentees of one pair have.
    pub(super) fn of(face: &Face, lot: &Lot, control: &mut Control<'_>) -> Result<Self, Stop> {
        if face.open.pairs() < WORTHWHILE * face.tails() as usize {
            return Ok(Self {
                pairs: face.chosen.clone(),
                free: Vec::new(),
                left: Dealt::nothing(face),
            });
        }
        let may_move = |tail: u32| {
            let is_mentee = face.mentee(tail) == tail as usize;
            is_mentee && face.slots(tail).is_empty() && face.hands(tail) == 1
        };
        let mut left = Dealt::nothing(face);
        let mut movable = Bits::below(face.tails() as usize);
        let mut pairs = Vec::new();
        // Chosen pairs come tail by tail: one of many pairs is not asked about for each.
        let by_tail = face.chosen.chunk_by(|one, other| one.0 == other.0);
        for of_tail in control.until_cancelled(by_tail) {
            match *of_tail {
                [(tail, mentor)] if may_move(tail) => {
                    movable.insert(tail);
                    left.give_back(mentor);
                }
                _ => pairs.extend(of_tail),
            }
        }
        let mut free = Vec::new();
        for &mentee in lot.order().iter().filter(|mentee| movable.has(**mentee)) {
            control.spend(1)?;
            match round::first((face, lot), mentee, &left.mentors) {
                Some(mentor) => {
                    left.take(mentor);
                    pairs.push((mentee, mentor));
                }
                None => free.push(mentee),
            }
        }
        Ok(Self { pairs, free, left })
    }
}

/// Places to be dealt.
struct Dealt {
    /// By mentor.
    places: Vec<u32>,
    /// Those who have any.
    mentors: Bits,
}

impl Dealt {
    fn nothing(face: &Face) -> Self {
        Self {
            places: vec![0; face.mentors()],
            mentors: Bits::below(face.mentors()),
        }
    }

    fn give_back(&mut self, mentor: u32) {
        self.places[mentor as usize] += 1;
        self.mentors.insert(mentor);
    }

    fn take(&mut self, mentor: u32) {
        self.places[mentor as usize] -= 1;
        if self.places[mentor as usize] == 0 {
            self.mentors.remove(mentor);
        }
    }
}

impl Drawing<'_> {
    /// Brings in whom the start has left out, or gives it up.
    pub(super) fn complete(&mut self, start: Start, control: &mut Control<'_>) -> Result<(), Stop> {
        let (before, mut left) = (self.scene.face.flow(), start.left);
        let mut steps = self.scene.face.nodes() as u64;
        for tail in start.free {
            let way = self
                .search
                .reach(&self.scene, tail, &mut left.mentors, steps);
            let Some(way) = way else {
                self.scene.face.set_flow(before);
                self.scene.holdings = hold(self.scene.face, &self.scene.face.chosen, control);
                break;
            };
            change(self.scene.face, &mut self.scene.holdings, way);
            if let Some(mentor) = way.last().and_then(|&node| self.scene.face.mentor(node)) {
                left.take(mentor);
            }
            steps = steps.saturating_sub(self.search.steps);
            control.spend(std::mem::take(&mut self.search.steps))?;
        }
        control.spend(std::mem::take(&mut self.search.steps))
    }
}
