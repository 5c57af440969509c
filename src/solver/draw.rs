//! Draws the lot: of all optimal assignments, the one that the mentees' turns single out.
//!
//! # Idea
//! The pairs that are [open](super::face) come up one by one: mentees in the order of their turns, and each
//! one's mentors in the order in which she prefers them. Whether she can have him as well as what was fixed
//! before is a [search] for a way along which the assignment can be changed. If there is one, it is
//! changed and the pair is fixed. If there is none, the nodes that the search has closed are cut off in the
//! [partition]: what is on different sides of the cut cannot be exchanged any more, so no search
//! crosses it again, and no pair across it is asked about. The line of nodes with its cuts is the proof
//! that the certificate takes: see `certificate/lot.rs`.
//!
//! # Invariant
//! Every step of the residual graph whose pair's turn is still to come stays within a block or leads to a later
//! one.
//!
//! # Complexity
//! A search a pair that is asked about, of about one a mentee. Those that find nothing take O(open pairs ·
//! log(nodes)) together, since the smaller side of each cut pays for it; those that find a way are short in
//! practice (some dozens of steps in faces of 10,000 mentees), though each could look at a whole block.
//!
//! # References
//! S. Even and Y. Shiloach, "An on-line edge-deletion problem", 1981 (searching from both sides of a cut).

mod holdings;

mod partition;

mod proof;

mod search;

use super::control::{Control, Stop};
use super::face::{Bits, Face, Open};
use super::lot::{Lot, Moment};
use super::problem::Problem;
use super::walk::position;
use holdings::Holdings;
use partition::{End, Partition};
use search::{Found, Scene, Search};

/// No more memory than this for open pairs, whatever may be used.
const MOST_BYTES: u64 = 1 << 31;

/// What a person or a group takes beside.
const BYTES_A_NODE: u64 = 120;

/// Bytes of open pairs that a person has room for at first.
const BYTES_A_PERSON: u64 = 32;

/// Bytes that a draw takes beside what has been used before, where few pairs are open.
pub(super) fn bytes(problem: &Problem<'_>) -> u64 {
    (problem.nodes() as u64).saturating_mul(BYTES_A_NODE + BYTES_A_PERSON)
}

/// Bytes that a draw takes where all pairs are open.
pub(super) fn most_bytes(problem: &Problem<'_>) -> u64 {
    let listed = (problem.pairs() as u64).saturating_mul(Open::BYTES_LISTED);
    let of_pairs = match problem.has_kinds() {
        true => listed,
        false => listed.min(Open::bytes_of_bits(problem.mentees(), problem.mentors()) as u64),
    };
    bytes(problem).saturating_add(of_pairs)
}

/// Room for open pairs, in bytes.
pub(super) fn room(problem: &Problem<'_>, left: Option<u64>) -> usize {
    let of_nodes = (problem.nodes() as u64).saturating_mul(BYTES_A_NODE);
    let left = left.map_or(MOST_BYTES, |left| left.saturating_sub(of_nodes));
    usize::try_from(left.min(MOST_BYTES)).unwrap_or(usize::MAX)
}

/// What has been drawn.
pub(super) struct Draw {
    /// The open pairs that are chosen, as tails and mentors.
    pub(super) pairs: Vec<(u32, u32)>,
    /// The nodes of the face, in a line.
    pub(super) line: Vec<u32>,
    /// When the line was cut in front of each.
    pub(super) cuts: Vec<Moment>,
}

struct Drawing<'a> {
    face: &'a mut Face,
    lot: &'a Lot,
    /// Whether the lot's circle is in the order of positions.
    is_in_place: bool,
    holdings: Holdings,
    partition: Partition,
    search: Search,
    /// Tails of mentees whose turn is still to come.
    waiting: Bits,
    /// Mentors who are not alone in their block.
    mentors: Bits,
    /// The pairs of the mentee whose turn it is, with their distances.
    pairs: Vec<(u32, u32, u32)>,
}

impl Draw {
    /// Draws among what is left to choose.
    pub(super) fn of(face: &mut Face, lot: &Lot, control: &mut Control<'_>) -> Result<Self, Stop> {
        let mut drawing = Drawing::new(face, lot);
        for &mentee in lot.order() {
            drawing.take_turn(mentee, control)?;
        }
        let pairs = drawing.holdings.pairs().collect();
        let (line, cuts) = drawing.partition.into_line();
        Ok(Self { pairs, line, cuts })
    }
}

impl<'a> Drawing<'a> {
    fn new(face: &'a mut Face, lot: &'a Lot) -> Self {
        let hands = (0..face.tails()).map(|tail| face.hands(tail));
        let mut holdings = Holdings::new(hands, face.mentors());
        for &(tail, mentor) in &face.chosen {
            holdings.take(tail, mentor);
        }
        Self {
            holdings,
            partition: Partition::whole(face.nodes()),
            search: Search::new(face),
            waiting: Bits::up_to(face.tails()),
            mentors: Bits::up_to(position(face.mentors())),
            pairs: Vec::new(),
            face,
            is_in_place: lot.is_in_place(),
            lot,
        }
    }

    /// Asks about a mentee's pairs, the preferred ones first.
    fn take_turn(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let tails = [mentee].into_iter().chain(self.face.slots(mentee));
        tails.for_each(|tail| self.waiting.remove(tail));
        let has_slots = !self.face.slots(mentee).is_empty();
        if !has_slots && self.face.open.is_wide() {
            return self.walk(mentee, control);
        }
        let mut pairs = std::mem::take(&mut self.pairs);
        self.list(mentee, &mut pairs);
        for &(_, tail, mentor) in &pairs {
            if !has_slots && self.partition.is_alone(mentee) {
                break;
            }
            self.ask(tail, mentor, control)?;
        }
        self.pairs = pairs;
        Ok(())
    }

    /// The same of a mentee with very many pairs.
    fn walk(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let start = self.lot.start(mentee as usize);
        if !self.is_in_place {
            for mentor in self.lot.walk(mentee as usize) {
                if self.partition.is_alone(mentee) {
                    break;
                } else if self.mentors.has(mentor) && self.face.open.has(mentee, mentor) {
                    self.ask(mentee, mentor, control)?;
                }
            }
            return Ok(());
        }
        for stretch in [start..u32::MAX, 0..start] {
            let mut at = stretch.start;
            while let Some((mentor, behind)) = self.face.open.mentor(mentee, at, &self.mentors)
                && mentor < stretch.end
                && !self.partition.is_alone(mentee)
            {
                self.ask(mentee, mentor, control)?;
                at = behind;
            }
        }
        Ok(())
    }

    /// Lists a mentee's pairs, the preferred ones first.
    fn list(&self, mentee: u32, pairs: &mut Vec<(u32, u32, u32)>) {
        pairs.clear();
        for tail in [mentee].into_iter().chain(self.face.slots(mentee)) {
            let of_tail = self.face.open.mentors(tail).map(|mentor| {
                let distance = self.lot.distance(mentee as usize, mentor as usize);
                (distance, tail, mentor)
            });
            pairs.extend(of_tail);
        }
        // Where the circle is in the order of positions, two stretches need only change places.
        let turned = pairs.windows(2).position(|both| both[0] > both[1]);
        pairs.rotate_left(turned.map_or(0, |last| last + 1));
        if !pairs.is_sorted() {
            pairs.sort_unstable();
        }
    }

    /// Fixes a pair: chosen if that can be.
    fn ask(&mut self, tail: u32, mentor: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        if self.holdings.has(tail, mentor) {
            self.holdings.fix(tail, mentor);
            return Ok(());
        }
        let node = self.face.mentor_node(mentor);
        if self.partition.block(tail) != self.partition.block(node) {
            return Ok(());
        }
        let mentee = self.face.mentee(tail);
        let now = self.lot.moment(mentee, mentor as usize);
        let scene = Scene {
            face: self.face,
            lot: self.lot,
            holdings: &self.holdings,
            partition: &self.partition,
            waiting: &self.waiting,
            mentors: &self.mentors,
            mentee,
            now,
        };
        match self.search.find(&scene, mentor, tail) {
            Found::Way(way) => self.change(&way),
            Found::Closed(nodes, end) => self.cut(&nodes, end, now),
        }
        control.spend(std::mem::take(&mut self.search.steps))
    }

    /// Cuts nodes off that a search has closed.
    fn cut(&mut self, nodes: &[u32], end: End, now: Moment) {
        self.partition.cut(nodes, end, now);
        if let &[node] = nodes
            && let Some(mentor) = self.face.mentor(node)
        {
            self.mentors.remove(mentor);
        }
    }

    /// Changes the assignment along a way from a mentor to a tail, and gives the tail that mentor for good.
    fn change(&mut self, way: &[u32]) {
        for step in way.windows(2) {
            let (from, to) = (step[0], step[1]);
            match (self.face.mentor(from), self.face.mentor(to)) {
                (Some(mentor), _) if self.face.is_tail(to) => self.holdings.release(to, mentor),
                (_, Some(mentor)) if self.face.is_tail(from) => self.holdings.take(from, mentor),
                _ => self.face.send(from, to),
            }
        }
        let ends = way.first().and_then(|&node| self.face.mentor(node));
        if let (Some(mentor), Some(&tail)) = (ends, way.last()) {
            self.holdings.take(tail, mentor);
            self.holdings.fix(tail, mentor);
        }
    }
}

#[cfg(test)]
mod tests;
