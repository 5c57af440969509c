//! Can a pair be had, by changing pairs and places whose turn has not come?
//!
//! # Idea
//! If so there is a way from the mentor to the tail that is to have him, along steps that change nothing of
//! what is maximised: from a mentor to a tail of his that lets him go, from a tail to another mentor, and to and
//! from the junction above wherever there may be one place more or less. Two waves look for it, one forwards
//! from the mentor and one backwards from the tail, a step each in turn. If one of them comes to an end
//! there is no way, and the nodes that it has seen are *closed*: nothing leads out of them, or into them.
//!
//! The forward wave sees a mentor's first tail with him, and the others before it goes on to the mentors whom
//! these could have; it looks at each node whether a step leads from it to what the other wave has seen. Mostly
//! one leads there from one of the first.
//!
//! In the same way the [start](super::start) leads a tail without a mentor to one of those who lack a tail.
//!
//! # Complexity
//! In proportion to the steps from the nodes of the wave that ends first, at most.

use super::super::face::{Bits, Face};
use super::super::lot::{Lot, Moment};
use super::super::walk::position;
use super::holdings::Holdings;
use super::partition::{End, Partition};

/// What a search looks at.
pub(super) struct Scene<'a> {
    pub(super) face: &'a mut Face,
    pub(super) lot: &'a Lot,
    pub(super) holdings: Holdings,
    pub(super) partition: Partition,
    /// Tails of mentees whose turn is still to come.
    pub(super) waiting: Bits,
    /// Mentors who are not alone in their block.
    pub(super) mentors: Bits,
    /// Whose turn it is, and of which pair: those before are fixed.
    pub(super) mentee: usize,
    pub(super) now: Moment,
}

/// What a search finds, until the next.
pub(super) enum Found<'a> {
    /// Nodes from the mentor to the tail.
    Way(&'a [u32]),
    /// No way: the nodes that one wave has seen, and where in their block they belong.
    Closed(&'a [u32], End),
}

/// Both waves, kept from search to search for their memory.
pub(super) struct Search {
    forward: Wave,
    backward: Wave,
    /// Mentors whom the backward wave has seen, or to one of whom a way is looked for.
    wanted: Bits,
    way: Vec<u32>,
    pub(super) steps: u64,
}

/// Nodes seen from one side.
struct Wave {
    /// By node: the number of the search that has seen it last.
    stamps: Vec<u32>,
    /// By node: from where it was seen.
    from: Vec<u32>,
    seen: Vec<u32>,
    stamp: u32,
    /// Where pairs are bits: who has not been met, of the mentors who are not alone in their block, or of the tails whose
    /// turn is to come. Whoever has been met is not looked at again from any other pair.
    unmet: Bits,
    /// Who was taken out of these by the last search.
    met: Vec<u32>,
    /// The next nodes of `seen` to go on from, tails and others apart, and where in their steps.
    at: [(usize, Cursor); 2],
}

/// Where in a node's steps a wave is: what is above comes first, then pairs, then members. A mentor can have thousands
/// of pairs, of which none leads on, and a place to spare.
#[derive(Clone, Copy, Default)]
struct Cursor {
    part: u8,
    next: u32,
}

/// What came of a step.
enum Step {
    Further,
    Met(u32),
    End,
}

impl Search {
    pub(super) fn new(face: &Face) -> Self {
        let (nodes, is_wide) = (face.nodes(), face.open.is_wide());
        let unmet = |all: u32| {
            if is_wide {
                Bits::up_to(all)
            } else {
                Bits::default()
            }
        };
        Self {
            forward: Wave::new(nodes, unmet(position(face.mentors()))),
            backward: Wave::new(nodes, unmet(face.tails())),
            wanted: Bits::below(face.mentors()),
            way: Vec::new(),
            steps: 0,
        }
    }

    fn begin(&mut self, scene: &Scene<'_>) {
        self.forward.begin(&scene.mentors);
        self.backward.begin(&scene.waiting);
    }

    /// Has no wave look for a tail any more whose turn has come.
    pub(super) fn pass(&mut self, scene: &Scene<'_>, tail: u32) {
        if scene.face.open.is_wide() {
            self.backward.unmet.remove(tail);
        }
    }

    /// Looks for a way from a mentor to a tail.
    pub(super) fn find(&mut self, scene: &Scene<'_>, mentor: u32, tail: u32) -> Found<'_> {
        self.begin(scene);
        let from = scene.face.mentor_node(mentor);
        let met = self.see_backward(scene, tail, tail);
        let met = met.or_else(|| self.see_forward(scene, from, from));
        let met = match met {
            Some(node) => Ok(node),
            None => self.meet(scene),
        };
        for node in &self.backward.seen {
            if let Some(mentor) = scene.face.mentor(*node) {
                self.wanted.remove(mentor);
            }
        }
        match met {
            Ok(node) => Found::Way(self.way(node)),
            Err(End::Back) => Found::Closed(&self.forward.seen, End::Back),
            Err(End::Front) => Found::Closed(&self.backward.seen, End::Front),
        }
    }

    /// The way from a tail to one of these mentors, unless it takes more steps than this.
    pub(super) fn reach(
        &mut self,
        scene: &Scene<'_>,
        tail: u32,
        mentors: &mut Bits,
        most: u64,
    ) -> Option<&[u32]> {
        self.begin(scene);
        std::mem::swap(&mut self.wanted, mentors);
        let mut met = self.see_forward(scene, tail, tail);
        while met.is_none() && self.steps < most {
            self.steps += 1;
            match self.step(scene, true) {
                Step::Met(node) => met = Some(node),
                Step::Further => {}
                Step::End => break,
            }
        }
        std::mem::swap(&mut self.wanted, mentors);
        let met = met?;
        self.backward.see(met, met);
        Some(self.way(met))
    }

    /// Goes on until the waves meet, or one of them ends.
    fn meet(&mut self, scene: &Scene<'_>) -> Result<u32, End> {
        loop {
            for (is_forward, end) in [(true, End::Back), (false, End::Front)] {
                self.steps += 1;
                match self.step(scene, is_forward) {
                    Step::Met(node) => return Ok(node),
                    Step::End => return Err(end),
                    Step::Further => {}
                }
            }
        }
    }

    fn way(&mut self, met: u32) -> &[u32] {
        self.way.clear();
        self.way.push(met);
        self.forward.trace(met, |node| self.way.push(node));
        self.way.reverse();
        self.backward.trace(met, |node| self.way.push(node));
        &self.way
    }

    /// One step of a wave: forwards from tails only when nothing else is left, backwards from tails first.
    #[inline]
    fn step(&mut self, scene: &Scene<'_>, is_forward: bool) -> Step {
        for tails in [!is_forward, is_forward] {
            let wave = match is_forward {
                true => &mut self.forward,
                false => &mut self.backward,
            };
            while let Some((node, cursor)) = wave.current(scene.face, tails) {
                let Some((next, behind)) = scene.step(is_forward, node, cursor, &wave.unmet) else {
                    wave.pass(tails);
                    continue;
                };
                wave.at[usize::from(tails)].1 = behind;
                let met = match is_forward {
                    true => self.see_forward(scene, next, node),
                    false => self.see_backward(scene, next, node),
                };
                return met.map_or(Step::Further, Step::Met);
            }
        }
        Step::End
    }

    /// The forward wave sees a node, and of a mentor his first tail; where the waves meet, if they do.
    fn see_forward(&mut self, scene: &Scene<'_>, node: u32, from: u32) -> Option<u32> {
        if let Some(mentor) = scene.face.mentor(node) {
            self.forward.meet(scene, mentor);
        }
        if !self.forward.is_new(scene, node) {
            return None;
        }
        self.forward.see(node, from);
        if self.backward.has_seen(node) {
            return Some(node);
        }
        let above = scene.above(node);
        let met = match scene.face.mentor(node) {
            _ if above.is_some_and(|above| self.backward.has_seen(above)) => above,
            None => scene.first_wanted(node, &self.wanted),
            Some(mentor) if self.wanted.has(mentor) => return Some(node),
            Some(mentor) => {
                let hand = scene.holdings.first(mentor)?;
                return self.see_forward(scene, scene.holdings.tail(hand), node);
            }
        }?;
        self.forward.see(met, node);
        Some(met)
    }

    /// The backward wave sees a node, and of a tail its mentors; where the waves meet, if they do.
    fn see_backward(&mut self, scene: &Scene<'_>, node: u32, from: u32) -> Option<u32> {
        if scene.face.is_tail(node) {
            self.backward.meet(scene, node);
        }
        if !self.backward.is_new(scene, node) {
            return None;
        }
        self.backward.see(node, from);
        if self.forward.has_seen(node) {
            return Some(node);
        }
        if let Some(mentor) = scene.face.mentor(node) {
            self.wanted.insert(mentor);
            return None;
        }
        if !scene.face.is_tail(node) {
            return None;
        }
        let mut mentors = scene.holdings.mentors(node);
        mentors.find_map(|mentor| {
            let is_open = scene.is_to_come(node, mentor);
            let own = scene.face.mentor_node(mentor);
            is_open.then(|| self.see_backward(scene, own, node))?
        })
    }
}

impl Wave {
    fn new(nodes: usize, unmet: Bits) -> Self {
        Self {
            unmet,
            met: Vec::new(),
            stamps: vec![0; nodes],
            from: vec![0; nodes],
            seen: Vec::new(),
            stamp: 0,
            at: [(0, Cursor::default()); 2],
        }
    }

    /// Begins anew, with those of `all` unmet.
    fn begin(&mut self, all: &Bits) {
        for number in self.met.drain(..).filter(|&number| all.has(number)) {
            self.unmet.insert(number);
        }
        if self.stamp == u32::MAX {
            self.stamps.fill(0);
            self.stamp = 0;
        }
        self.stamp += 1;
        self.seen.clear();
        self.at = [(0, Cursor::default()); 2];
    }

    #[inline]
    fn has_seen(&self, node: u32) -> bool {
        self.stamps[node as usize] == self.stamp
    }

    /// Whether a node has not been seen, and is in the block that the wave is in.
    #[inline]
    fn is_new(&self, scene: &Scene<'_>, node: u32) -> bool {
        let is_in_block = |&first: &u32| scene.is_in_block(node, first);
        !self.has_seen(node) && self.seen.first().is_none_or(is_in_block)
    }

    /// Meets a mentor, or a tail.
    #[inline]
    fn meet(&mut self, scene: &Scene<'_>, number: u32) {
        if scene.face.open.is_wide() {
            self.unmet.remove(number);
            self.met.push(number);
        }
    }

    #[inline]
    fn see(&mut self, node: u32, from: u32) {
        self.stamps[node as usize] = self.stamp;
        self.from[node as usize] = from;
        self.seen.push(node);
    }

    /// The next node to go on from: a tail, or another.
    #[inline]
    fn current(&mut self, face: &Face, tails: bool) -> Option<(u32, Cursor)> {
        let (at, cursor) = &mut self.at[usize::from(tails)];
        while let Some(&node) = self.seen.get(*at) {
            if face.is_tail(node) == tails {
                return Some((node, *cursor));
            }
            *at += 1;
        }
        None
    }

    fn pass(&mut self, tails: bool) {
        let (at, cursor) = &mut self.at[usize::from(tails)];
        (*at, *cursor) = (*at + 1, Cursor::default());
    }

    /// The nodes from which a node was seen, one after another.
    fn trace(&self, node: u32, mut visit: impl FnMut(u32)) {
        let mut node = node;
        while self.from[node as usize] != node {
            node = self.from[node as usize];
            visit(node);
        }
    }
}

/// Parts of a node's steps.
const ABOVE: u8 = 0;
const PAIRS: u8 = 1;
const MEMBERS: u8 = 2;

impl Scene<'_> {
    #[inline]
    fn is_in_block(&self, node: u32, other: u32) -> bool {
        self.partition.block(node) == self.partition.block(other)
    }

    /// Whether the turn of a tail's pair is still to come.
    #[inline]
    fn is_to_come(&self, tail: u32, mentor: u32) -> bool {
        self.waiting.has(tail)
            || self.face.mentee(tail) == self.mentee
                && self.now < self.lot.moment(self.mentee, mentor as usize)
    }

    /// The node above one, if a step leads there.
    fn above(&self, node: u32) -> Option<u32> {
        let above = self.face.above(node);
        (above != node && self.face.leads_up(node)).then_some(above)
    }

    /// The node of a mentor in a set whom a tail could have, if the node is one.
    fn first_wanted(&self, node: u32, wanted: &Bits) -> Option<u32> {
        if !self.face.is_tail(node) {
            return None;
        }
        let could_have = |mentor: u32| {
            self.is_to_come(node, mentor)
                && !self.holdings.has(node, mentor)
                && self.is_in_block(node, self.face.mentor_node(mentor))
        };
        let mentor = self.face.open.find(node, wanted, could_have);
        mentor.map(|mentor| self.face.mentor_node(mentor))
    }

    fn step(
        &self,
        is_forward: bool,
        node: u32,
        cursor: Cursor,
        unmet: &Bits,
    ) -> Option<(u32, Cursor)> {
        match is_forward {
            true => self.forward(node, cursor, unmet),
            false => self.backward(node, cursor, unmet),
        }
    }

    /// The next step from a node, and where to go on.
    fn forward(&self, node: u32, cursor: Cursor, unmet: &Bits) -> Option<(u32, Cursor)> {
        let cursor = match self.go_above(node, cursor, Face::leads_up) {
            Ok(step) => return Some(step),
            Err(cursor) => cursor,
        };
        let found = match self.face.mentor(node) {
            Some(mentor) => self.next_tail(mentor, cursor),
            None if self.face.is_tail(node) => self.next_mentor(node, cursor, unmet),
            None => None,
        };
        found.or_else(|| self.to_member(self.face.members_down(node), cursor, Face::leads_down))
    }

    /// The next step to a node.
    fn backward(&self, node: u32, cursor: Cursor, unmet: &Bits) -> Option<(u32, Cursor)> {
        let cursor = match self.go_above(node, cursor, Face::leads_down) {
            Ok(step) => return Some(step),
            Err(cursor) => cursor,
        };
        let found = match self.face.mentor(node) {
            Some(mentor) => self.tail_before(mentor, cursor, unmet),
            None => None, // a tail's mentors are seen with it
        };
        found.or_else(|| self.to_member(self.face.members_up(node), cursor, Face::leads_up))
    }

    /// From a mentor to a tail of his that may let him go. The cursor is the last hand, counted from 1; the first
    /// is seen with him.
    fn next_tail(&self, mentor: u32, cursor: Cursor) -> Option<(u32, Cursor)> {
        if cursor.part > PAIRS {
            return None;
        }
        let last = cursor.next.checked_sub(1);
        let last = last.or_else(|| self.holdings.first(mentor))?;
        let hand = self.holdings.next(last)?;
        Some((self.holdings.tail(hand), cursor.at(hand + 1)))
    }

    /// From a tail to a mentor whom it could have.
    fn next_mentor(&self, tail: u32, cursor: Cursor, unmet: &Bits) -> Option<(u32, Cursor)> {
        let mut cursor = cursor;
        while cursor.part == PAIRS {
            let (mentor, behind) = self.face.open.mentor(tail, cursor.next, unmet)?;
            cursor = cursor.at(behind);
            if self.is_to_come(tail, mentor) && !self.holdings.has(tail, mentor) {
                return Some((self.face.mentor_node(mentor), cursor));
            }
        }
        None
    }

    /// To a mentor from a tail that could have him.
    fn tail_before(&self, mentor: u32, cursor: Cursor, unmet: &Bits) -> Option<(u32, Cursor)> {
        let mut cursor = cursor;
        while cursor.part == PAIRS {
            let (tail, behind) = self.face.open.tail(mentor, cursor.next, unmet)?;
            cursor = cursor.at(behind);
            if self.is_to_come(tail, mentor) && !self.holdings.has(tail, mentor) {
                return Some((tail, cursor));
            }
        }
        None
    }

    /// The step between a node and the one above, if one leads there and was not taken; else the cursor behind it.
    fn go_above(
        &self,
        node: u32,
        cursor: Cursor,
        leads: impl Fn(&Face, u32) -> bool,
    ) -> Result<(u32, Cursor), Cursor> {
        if cursor.part > ABOVE {
            return Err(cursor);
        }
        let above = self.face.above(node);
        let (part, next) = (PAIRS, 0);
        match above != node && leads(self.face, node) {
            true => Ok((above, Cursor { part, next })),
            false => Err(Cursor { part, next }),
        }
    }

    /// Steps between a node and its members, where they lead as is told.
    fn to_member(
        &self,
        members: &[u32],
        cursor: Cursor,
        leads: impl Fn(&Face, u32) -> bool,
    ) -> Option<(u32, Cursor)> {
        let first = match cursor.part {
            MEMBERS => cursor.next,
            _ => 0,
        };
        let mut rest = (first..).zip(members.get(first as usize..)?);
        let (at, &member) = rest.find(|&(_, &member)| leads(self.face, member))?;
        let (part, next) = (MEMBERS, at + 1);
        Some((member, Cursor { part, next }))
    }
}

impl Cursor {
    fn at(self, next: u32) -> Self {
        Self { next, ..self }
    }
}
