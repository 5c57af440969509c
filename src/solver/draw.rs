//! Draws the lot: of all optimal assignments, the one that the mentees' turns single out.
//!
//! # Idea
//! From a [start] near to what will be drawn the pairs that are [open](super::face) come up one by one: mentees in
//! the order of their turns, but for those who have no choice, and each one's mentors in the order in which she
//! prefers them. Whether she can have him as well as what was fixed before is a [search] for a way along which the
//! assignment can be changed. If there is one, it is changed and the pair is fixed. If there is none, the nodes that
//! the search has closed are cut off in the [partition]: what is on different sides of the cut cannot be exchanged any
//! more, so no search crosses it again, and no pair across it is asked about. The line of nodes with its cuts is the
//! proof that the certificate takes: see `certificate/lot.rs`.
//!
//! # Invariant
//! Every step of the residual graph whose pair's turn is still to come stays within a block or leads to a later
//! one.
//!
//! # Complexity
//! A search a pair that is asked about and not chosen, of about one for five mentees where all have several. Those
//! that find nothing take O(open pairs · log(nodes)) together, since the smaller side of each cut pays for it; those
//! that find a way take some dozens of steps in practice, but about the root of the nodes where as many places as
//! mentees have a few open pairs each, and each could look at a whole block: at its pairs, or at its nodes only where
//! pairs are bits.
//!
//! # References
//! S. Even and Y. Shiloach, "An on-line edge-deletion problem", 1981 (searching from both sides of a cut).

mod holdings;

mod partition;

mod proof;

mod round;

mod search;

mod start;

use super::control::{Control, Stop};
use super::face::{BYTES_A_SLOT, BYTES_BY_SLOT, Bits, Face, Open};
use super::lot::{Lot, Moment};
use super::problem::Problem;
use super::walk::position;
use holdings::Holdings;
use partition::{End, Partition};
use search::{Found, Scene, Search};
use start::Start;

/// No more memory than this for open pairs, whatever may be used.
const MOST_BYTES: u64 = 1 << 31;

/// What a person or a group takes beside.
const BYTES_A_NODE: u64 = 160;

/// What each pair of somebody takes who can have several: a hand, and as much for looking pairs up.
const BYTES_A_HAND: u64 = 32;

/// Bytes of open pairs that a person has room for at first.
const BYTES_A_PERSON: u64 = 32;

/// Bytes that a draw takes beside what has been used before, where few pairs are open.
pub(super) fn bytes(problem: &Problem<'_>) -> u64 {
    let of_pairs = (problem.nodes() as u64).saturating_mul(BYTES_A_PERSON);
    of_people(problem).saturating_add(of_pairs)
}

/// What people and groups take.
fn of_people(problem: &Problem<'_>) -> u64 {
    let most = position(problem.mentors());
    let several = problem.mentees.max.iter().filter(|&&max| max > 1);
    let hands: u64 = several.map(|&max| u64::from(max.min(most))).sum();
    let of_nodes = (problem.nodes() as u64).saturating_mul(BYTES_A_NODE);
    of_nodes.saturating_add(hands.saturating_mul(BYTES_A_HAND))
}

/// Bytes that a draw takes where all pairs are open.
pub(super) fn most_bytes(problem: &Problem<'_>) -> u64 {
    let listed = (problem.pairs() as u64).saturating_mul(Open::BYTES_LISTED);
    let of_pairs = match problem.has_kinds() {
        true => (problem.pairs() as u64).saturating_mul(BYTES_BY_SLOT + BYTES_A_SLOT),
        false => listed.min(Open::bytes_of_bits(problem.mentees(), problem.mentors()) as u64),
    };
    bytes(problem).saturating_add(of_pairs)
}

/// Room for open pairs, in bytes.
pub(super) fn room(problem: &Problem<'_>, left: Option<u64>) -> usize {
    let left = left.map_or(MOST_BYTES, |left| left.saturating_sub(of_people(problem)));
    usize::try_from(left.min(MOST_BYTES)).unwrap_or(usize::MAX)
}

/// What has been drawn.
pub(super) struct Draw {
    /// The open pairs that are chosen, as tails and mentors.
    pub(super) pairs: Vec<(u32, u32)>,
    /// The nodes of the face, in a line.
    partition: Partition,
}

struct Drawing<'a> {
    scene: Scene<'a>,
    search: Search,
    /// The pairs of the mentee whose turn it is, with their distances.
    pairs: Vec<(u32, u32, u32)>,
}

impl Draw {
    /// Draws among what is left to choose.
    pub(super) fn of(face: &mut Face, lot: &Lot, control: &mut Control<'_>) -> Result<Self, Stop> {
        let start = Start::of(face, lot, control)?;
        let mut drawing = Drawing::new(face, lot, &start.pairs, control)?;
        drawing.complete(start, control)?;
        drawing.pass_over_bound(control)?;
        let watch = control.watch().clone();
        for &mentee in watch.until_cancelled(lot.order()) {
            drawing.take_turn(mentee, control)?;
            control.spend(1)?;
        }
        control.check()?;
        let pairs = drawing.scene.holdings.pairs().collect();
        let partition = drawing.scene.partition;
        Ok(Self { pairs, partition })
    }
}

impl<'a> Drawing<'a> {
    fn new(
        face: &'a mut Face,
        lot: &'a Lot,
        pairs: &[(u32, u32)],
        control: &Control<'_>,
    ) -> Result<Self, Stop> {
        let holdings = hold(face, pairs, control);
        let search = Search::new(face);
        control.check()?;
        let scene = Scene {
            holdings,
            partition: Partition::whole(face.nodes()),
            waiting: Bits::up_to(face.tails()),
            mentors: Bits::up_to(position(face.mentors())),
            mentee: 0,
            now: Moment::new(0, 0),
            face,
            lot,
        };
        Ok(Self {
            scene,
            search,
            pairs: Vec::new(),
        })
    }

    /// Fixes the pairs of mentees who can have no other ones, and cuts these off, before the first turn: nothing leads from
    /// them. Otherwise a forward wave would see each of them, with the mentor who has thousands.
    fn pass_over_bound(&mut self, control: &Control<'_>) -> Result<(), Stop> {
        let (scene, start) = (&mut self.scene, Moment::of_turn(0));
        let mentees = control.until_cancelled(scene.lot.order().iter().copied());
        let bound: Vec<u32> = mentees.filter(|&own| is_bound(scene, own)).collect();
        let mut mentors = Vec::new();
        for mentee in control.until_cancelled(bound) {
            mentors.extend(scene.holdings.mentors(mentee));
            cut_off(scene, &[mentee], End::Back, start);
            for mentor in mentors.drain(..) {
                scene.holdings.fix(mentee, mentor);
                close_if_all_fixed(scene, mentor, start);
            }
        }
        control.check()
    }

    /// Asks about a mentee's pairs, the preferred ones first.
    fn take_turn(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let slots = self.scene.face.slots(mentee);
        let has_slots = !slots.is_empty();
        for tail in [mentee].into_iter().chain(slots) {
            self.scene.waiting.remove(tail);
            self.search.pass(&self.scene, tail);
        }
        if !has_slots && round::is_soon_found((self.scene.face, self.scene.lot)) {
            return self.go_round(mentee, control);
        }
        let mut pairs = std::mem::take(&mut self.pairs);
        round::list((self.scene.face, self.scene.lot), mentee, &mut pairs);
        for &(_, tail, mentor) in &pairs {
            if !has_slots && self.scene.partition.is_alone(mentee) {
                break;
            }
            self.ask(tail, mentor, control)?;
        }
        self.pairs = pairs;
        Ok(())
    }

    /// The same, each pair looked for when its turn comes: seldom is more than one asked about. None is of a mentor who is
    /// alone in his block: no way leads by him any more, so that what she has of him need not be fixed.
    fn go_round(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let mut passed = 0;
        while !self.scene.partition.is_alone(mentee) {
            let Scene {
                face, lot, mentors, ..
            } = &self.scene;
            let Some((mentor, behind)) = round::next((face, lot), mentee, passed, mentors) else {
                break;
            };
            self.ask(mentee, mentor, control)?;
            passed = behind;
        }
        Ok(())
    }

    /// Fixes a pair: chosen if that can be.
    fn ask(&mut self, tail: u32, mentor: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let scene = &mut self.scene;
        let (mentee, node) = (scene.face.mentee(tail), scene.face.mentor_node(mentor));
        (scene.mentee, scene.now) = (mentee, scene.lot.moment(mentee, mentor as usize));
        if scene.holdings.has(tail, mentor) {
            fix(scene, tail, mentor);
        } else if scene.partition.block(tail) == scene.partition.block(node) {
            match self.search.find(scene, mentor, tail) {
                Found::Way(way) => {
                    change(scene.face, &mut scene.holdings, way);
                    scene.holdings.take(tail, mentor);
                    fix(scene, tail, mentor);
                }
                Found::Closed(nodes, end) => cut_off(scene, nodes, end, scene.now),
            }
        }
        control.spend(std::mem::take(&mut self.search.steps))
    }
}

/// The hands of all tails, with these pairs in them; of fewer if cancelled.
fn hold(face: &Face, pairs: &[(u32, u32)], control: &Control<'_>) -> Holdings {
    let tails = control.until_cancelled(0..face.tails());
    let hands = tails.map(|tail| face.hands(tail));
    let mut holdings = Holdings::new(hands, face.mentors());
    for &(tail, mentor) in control.until_cancelled(pairs) {
        holdings.take(tail, mentor);
    }
    holdings
}

/// Cuts nodes off that nothing leads to, or from.
fn cut_off(scene: &mut Scene<'_>, nodes: &[u32], end: End, at: Moment) {
    scene.partition.cut(nodes, end, at);
    if let &[node] = nodes
        && let Some(mentor) = scene.face.mentor(node)
    {
        scene.mentors.remove(mentor);
    }
}

/// Fixes a pair that is chosen. Nothing leads to a tail all of whose pairs are fixed, nor from such a mentor: that
/// needs no search.
fn fix(scene: &mut Scene<'_>, tail: u32, mentor: u32) {
    scene.holdings.fix(tail, mentor);
    close_if_all_fixed(scene, mentor, scene.now.next());
    let has_slots = !scene.face.slots(tail).is_empty();
    if scene.holdings.changeable(tail) == 0 && !scene.face.leads_down(tail) && !has_slots {
        cut_off(scene, &[tail], End::Front, scene.now.next());
    }
}

/// Whether a mentee has all pairs that she could have, and no fewer places will do.
fn is_bound(scene: &Scene<'_>, mentee: u32) -> bool {
    let (face, holdings) = (&scene.face, &scene.holdings);
    let own = holdings.changeable(mentee);
    let is_free = own == 0 || face.leads_up(mentee) || !face.slots(mentee).is_empty();
    !is_free && own == face.open.degree(mentee)
}

/// Cuts a mentor off if nothing leads from him.
fn close_if_all_fixed(scene: &mut Scene<'_>, mentor: u32, at: Moment) {
    let node = scene.face.mentor_node(mentor);
    if scene.holdings.first(mentor).is_none() && !scene.face.leads_up(node) {
        cut_off(scene, &[node], End::Back, at);
    }
}

/// Changes the assignment along a way.
fn change(face: &mut Face, holdings: &mut Holdings, way: &[u32]) {
    for step in way.windows(2) {
        let (from, to) = (step[0], step[1]);
        match (face.mentor(from), face.mentor(to)) {
            (Some(mentor), _) if face.is_tail(to) => holdings.release(to, mentor),
            (_, Some(mentor)) if face.is_tail(from) => holdings.take(from, mentor),
            _ => face.send(from, to),
        }
    }
}

#[cfg(test)]
mod tests;
