//! A start near to what will be drawn.
//!
//! # Idea
//! Most mentees get whom they would get if nobody's needs but theirs and of those before them counted. So whoever can have
//! one pair gets the first mentor who is left, by turn; those for whom nobody is left are brought in along
//! ways to mentors who lack somebody, which the assignment that was there before proves to exist. What is to
//! be drawn does not depend on it: it is what the draw begins with. It leaves a third to a half of the ways to be
//! found by the draw where mentees have ten open pairs or more.
//!
//! # Complexity
//! A look at the open pairs, and a search for each mentee who was not served.

use super::super::control::{Control, Stop};
use super::super::face::{Bits, Face};
use super::super::lot::{Lot, Moment};
use super::search::Found;
use super::{Drawing, change, round};

/// Ways are looked for to no more mentors at once, unless there is none to these.
const SOUGHT: usize = 4096;

/// Where mentees have fewer open pairs than this on average, too many would have to be brought in.
const WORTHWHILE: usize = 8;

/// Pairs to begin with.
pub(super) struct Start {
    pub(super) pairs: Vec<(u32, u32)>,
    /// Tails that lack a mentor.
    free: Vec<u32>,
    /// Mentors who lack a tail, once for each.
    short: Vec<u32>,
}

impl Start {
    /// Pairs by turn, in the places that those of mentees of one pair have.
    pub(super) fn of(face: &Face, lot: &Lot, control: &mut Control<'_>) -> Result<Self, Stop> {
        if face.open.pairs() < WORTHWHILE * face.tails() as usize {
            return Ok(Self {
                pairs: face.chosen.clone(),
                free: Vec::new(),
                short: Vec::new(),
            });
        }
        let may_move = |tail: u32| {
            let is_mentee = face.mentee(tail) == tail as usize;
            is_mentee && face.slots(tail).is_empty() && face.hands(tail) == 1
        };
        let mut dealt = Dealt {
            places: vec![0; face.mentors()],
            mentors: Bits::below(face.mentors()),
        };
        let mut movable = Bits::below(face.tails() as usize);
        let (moved, mut pairs): (Vec<_>, Vec<_>) =
            face.chosen.iter().partition(|pair| may_move(pair.0));
        for (tail, mentor) in moved {
            movable.insert(tail);
            dealt.give_back(mentor);
        }
        let mut free = Vec::new();
        for &mentee in lot.order().iter().filter(|mentee| movable.has(**mentee)) {
            control.spend(1)?;
            match round::first((face, lot), mentee, &dealt.mentors) {
                Some(mentor) => {
                    dealt.take(mentor);
                    pairs.push((mentee, mentor));
                }
                None => free.push(mentee),
            }
        }
        let short = dealt.left();
        Ok(Self { pairs, free, short })
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

    /// A mentor for each place.
    fn left(&self) -> Vec<u32> {
        let mut left = Vec::new();
        for (mentor, &places) in (0..).zip(&self.places) {
            left.extend((0..places).map(|_| mentor));
        }
        left
    }
}

impl Drawing<'_> {
    /// Brings in whom the start has left out.
    pub(super) fn complete(&mut self, start: Start, control: &mut Control<'_>) -> Result<(), Stop> {
        let Start {
            free, mut short, ..
        } = start;
        self.scene.now = Moment::NEVER;
        for tail in free {
            let last = short.len().saturating_sub(SOUGHT);
            let found = self
                .lead(tail, &short[last..])
                .or_else(|| self.lead(tail, &short));
            let found = found.and_then(|mentor| short.iter().rposition(|&own| own == mentor));
            short.swap_remove(found.unwrap_or_default());
            control.spend(std::mem::take(&mut self.search.steps))?;
        }
        Ok(())
    }

    /// Leads a tail to one of several mentors.
    fn lead(&mut self, tail: u32, mentors: &[u32]) -> Option<u32> {
        let nodes = mentors
            .iter()
            .map(|&mentor| self.scene.face.mentor_node(mentor));
        let Found::Way(way) = self.search.find(&self.scene, tail, nodes) else {
            return None;
        };
        change(self.scene.face, &mut self.scene.holdings, way);
        way.last().and_then(|&node| self.scene.face.mentor(node))
    }
}
