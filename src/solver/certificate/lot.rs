//! The check that a lot was drawn as its turns say.
//!
//! # What is proved
//! That no other optimal assignment comes first by the [lot](super::super::lot): has the pair, at the first
//! turn of a pair at which the two differ. The proof is a *line* of all nodes, cut into blocks at *moments*. At each
//! moment the line consists of the blocks that the cuts made so far have left. One of the last blocks, the *rest*,
//! need not be told: its nodes, whom the line does not name, share a place, and no step between two of them can be wrong.
//!
//! Take the steps by which an optimal assignment may be changed: those along a pair that is worth just its
//! price, to the mentor if it is not chosen and from him if it is, up to the turn of the pair; those between a node and
//! the one above where a place more or less is worth nothing, for ever. The check is that
//!
//! 1. no step leads to an earlier block, as long as there is the step;
//! 2. a pair that is not chosen leads to a later block from its own turn on.
//!
//! Now let another optimal assignment have a pair whose turn is the first at which the two differ. The two
//! differ by cycles of steps, and one of them has this pair; it has no other step whose turn was before. By 2 the pair
//! leads to a later block, by 1 no step leads back: there is no such cycle.
//!
//! A mentee who takes at most one mentor has at most one step in and out of her on a cycle, and once she has a
//! mentor none that comes after him. So a row is proved by two numbers: a place that no step may lead in front of, and
//! one that the mentors she prefers to hers must stand behind.
//!
//! # Complexity
//! O(nodes) beside the pass over the rows, in which a pair takes a few comparisons, and O(kinds) for each mentee whom
//! kinds bind.

use std::cmp::Ordering;
use std::ops::Range;

use super::super::assignment::{Assignment, Loads};
use super::super::kept_rows::Blocks;
use super::super::kinds::OpenWorths;
use super::super::level::{Level, Owner};
use super::super::lot::{Lot, Moment};
use super::super::problem::{Problem, Row};
use super::super::slots::Slots;
use super::pair_test::{PairTest, Verdict};
use super::proof::Proof;
use super::tower::{Tower, number};
use super::{Prices, Violation};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::lanes;

/// Pairs screened together.
const BLOCK: usize = 64;

/// Nodes looked at between two questions whether the check is given up.
const STRIDE: usize = 1 << 8;

/// A lot, and the proof that an assignment was drawn by it.
///
/// Nodes are mentees, mentors, groups of mentees, groups of mentors, a hub above all of them, and the pairs of
/// mentees whom kinds bind with mentors of kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) lot: Lot,
    /// The nodes of all blocks but one, which is left out as it would be the longest.
    pub(crate) line: Vec<u32>,
    /// How many of the line stand in front of that block, the *rest*.
    pub(crate) rest: u32,
    /// When the line was cut in front of each place, the rest having one.
    pub(crate) cuts: Vec<Moment>,
}

impl Drawn {
    /// Of a lot that had nothing to say: all nodes in one block.
    pub(in crate::solver) fn whole(lot: Lot) -> Self {
        Self {
            lot,
            line: Vec::new(),
            rest: 0,
            cuts: vec![Moment::NEVER],
        }
    }

    /// The place of each of so many nodes; `None` if the line has one twice, or one that there is not.
    fn places(&self, nodes: usize) -> Option<Vec<u32>> {
        let mut places = vec![self.rest; nodes];
        for (place, &node) in (0..).zip(&self.line) {
            let place = place + u32::from(place >= self.rest);
            let own = places.get_mut(node as usize)?;
            if std::mem::replace(own, place) != self.rest {
                return None;
            }
        }
        let fits = self.rest as usize <= self.line.len() && self.cuts.len() == self.line.len() + 1;
        fits.then_some(places)
    }
}

/// What the rows are checked by.
pub(super) struct Turns<'a> {
    problem: &'a Problem<'a>,
    drawn: &'a Drawn,
    lot: &'a Lot,
    cuts: Tower,
    /// By node: where in the line it stands.
    places: Vec<u32>,
    /// The used slots.
    slots: Slots,
    /// The prices of the level of scores, modulo 2^32, of mentors and of mentees.
    low: Option<(Vec<i32>, &'a Prices)>,
}

/// What proves pairs of a row that are not chosen: those that it does not refuse.
struct Stretch {
    /// Mentors in front of this place are refused.
    begin: u32,
    /// And those in front of that one who are no further than `nearest`.
    end: u32,
    /// A distance; `end` is 0 if nobody is nearer.
    nearest: u32,
    start: u32,
}

/// Where those stand whose pairs with a tail need no closer look.
struct Behind {
    /// From this place on anybody.
    first: u32,
    /// From this place on those who are further than `own`.
    later: u32,
    /// A distance.
    own: u32,
}

impl Behind {
    #[inline]
    fn includes(&self, place: u32, distance: u32) -> bool {
        place >= self.first || distance > self.own && place >= self.later
    }
}

impl<'a> Turns<'a> {
    /// Refuses what does not fit the problem.
    pub(super) fn new(
        proof: &Proof<'a>,
        drawn: &'a Drawn,
        assignment: &Assignment,
    ) -> Result<Self, Violation> {
        let problem = proof.problem;
        let slots = Slots::new(problem, assignment, |mentee| problem.has_kinds_for(mentee));
        let nodes = problem.nodes() + 1 + slots.all.len();
        let fits = drawn.lot.check(problem).is_ok();
        let places = drawn.places(nodes).filter(|_| fits);
        let simple = |level: &Level| level.is_score() && level.listed().is_none();
        let total = proof.levels.iter().position(simple);
        Ok(Self {
            problem,
            drawn,
            lot: &drawn.lot,
            cuts: Tower::of(&drawn.cuts),
            places: places.ok_or(Violation::Shape)?,
            slots,
            low: total.map(|total| {
                let prices = &proof.prices[total];
                (
                    prices.mentors.iter().map(|&price| low(price)).collect(),
                    prices,
                )
            }),
        })
    }

    /// Whether no step between a node and the one above leads to an earlier block; not if given up.
    pub(super) fn check_places(&self, proof: &Proof<'_>, loads: &Loads) -> Result<(), Violation> {
        let hub = self.problem.nodes();
        let above = |owner: Owner| owner.above(self.problem);
        let mut steps = LastingSteps::new(self);
        let goes_on = |at: usize| !at.is_multiple_of(STRIDE) || !(proof.given_up)();
        let of_owners = self.owners(loads).enumerate().all(|(at, (owner, load))| {
            let node = owner.number(self.problem);
            let above = above(owner).map_or(hub, |above| above.number(self.problem));
            let (more, less) = proof.free_places(owner, load);
            let (up, down) = match owner {
                Owner::Mentor(_) | Owner::MentorGroup(_) => (more, less),
                Owner::Mentee(_) | Owner::MenteeGroup(_) => (less, more),
            };
            goes_on(at) && (!up || steps.keep(node, above)) && (!down || steps.keep(above, node))
        });
        let test = PairTest::new(proof.levels, proof.prices);
        let of_slots = self.slots.all.iter().enumerate().all(|(number, slot)| {
            let score = self
                .problem
                .score(mentee_of(slot.mentee), mentor_of(slot.mentor));
            let is_free =
                score.is_some_and(|score| test.sign(slot.mentee, slot.mentor, score).is_eq());
            !is_free || steps.keep(hub + 1 + number, slot.mentee)
        });
        if of_owners && of_slots {
            Ok(())
        } else {
            Err(Violation::Lot)
        }
    }

    /// Those of whom steps to and from the one above are looked at: without groups, and where the hub is in the rest,
    /// only whom the line names, since all others stand where the hub does.
    fn owners<'l>(&'l self, loads: &'l Loads) -> Box<dyn Iterator<Item = (Owner, u64)> + 'l> {
        let is_hub_above_all = [&self.problem.mentees, &self.problem.mentors]
            .into_iter()
            .all(|side| side.groups.is_empty());
        if is_hub_above_all && self.places[self.problem.nodes()] == self.drawn.rest {
            let line = self.drawn.line.iter();
            return Box::new(line.filter_map(|&node| loads.owner(node as usize)));
        }
        Box::new(loads.owners())
    }

    /// Whether the turns of a mentee's pairs are proved, in a row that was judged so; her chosen pairs have these scores.
    pub(super) fn prove(
        &self,
        test: &PairTest<'_>,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        verdict: Verdict,
        (chosen, scores): (&[MentorIdx], &[i32]),
    ) -> bool {
        if self.problem.has_kinds_for(mentee) {
            return self.prove_each(test, mentee, row, (chosen, scores));
        }
        let takes_several = self.problem.mentees.max[mentee] > 1;
        let is_open = |mentor: usize, score| test.sign(mentee, mentor, score).is_eq();
        let mut own = chosen.iter().map(|mentor| mentor.index()).zip(scores);
        let mut is_proved = own.all(|(mentor, &score)| {
            !is_open(mentor, score) || self.leads_to(mentee, mentor, mentee)
        });
        let is_other = |mentor: usize| chosen.binary_search(&mentor_of(mentor)).is_err();
        let is_settled = || {
            let mut is_any = false;
            row.for_each(|mentor, score| {
                let mentor = mentor as usize;
                is_any |= is_open(mentor, score) && is_other(mentor);
            });
            !is_any
        };
        if verdict == Verdict::Settled || row.is_short() && is_settled() {
            return is_proved; // no other pair is open
        }
        let stretch = match takes_several {
            true => self.stretch_of_several(mentee, chosen),
            false => self.stretch(mentee, chosen.first().map(|own| own.index())),
        };
        let blocks = blocks.filter(|_| test.finds_all());
        self.suspects(mentee, (row, blocks), &stretch, |mentor, score| {
            let is_refused = is_proved
                && self.is_suspect(mentor, &stretch)
                && is_open(mentor, score)
                && is_other(mentor)
                && !(takes_several && self.is_separate(mentee, mentor, mentee));
            is_proved = is_proved && !is_refused;
        });
        is_proved
    }

    /// Whether a chosen pair leads from the mentor to a tail in no earlier block, up to its turn.
    fn leads_to(&self, mentee: usize, mentor: usize, tail: usize) -> bool {
        let (now, from) = (self.lot.moment(mentee, mentor), self.mentor(mentor));
        // No block begins behind a place of its own, which mostly is enough: many stand in the rest.
        self.places[tail] >= from || self.places[tail] >= self.cuts.begin(from, now)
    }

    /// Where a mentor stands.
    fn mentor(&self, mentor: usize) -> u32 {
        self.places[self.problem.mentees() + mentor]
    }

    /// What proves the pairs of a mentee who takes one mentor, and is refused by any that it does not prove.
    fn stretch(&self, mentee: usize, own: Option<usize>) -> Stretch {
        let (turn, place) = (self.lot.turn(mentee), self.places[mentee]);
        let settled = match own {
            Some(mentor) => self.lot.moment(mentee, mentor),
            None => Moment::of_turn(turn + 1),
        };
        let nearest = match own {
            Some(mentor) => self.lot.distance(mentee, mentor).checked_sub(1),
            None => Some(u32::MAX),
        };
        Stretch {
            begin: self.cuts.begin(place, Moment::of_turn(turn)),
            end: nearest.map_or(0, |_| self.cuts.end(place, settled)),
            nearest: nearest.unwrap_or(0),
            start: self.lot.start(mentee),
        }
    }

    /// What proves those of one who takes several: that a pair leads behind her block as it was when her turn came,
    /// or, if the pair comes after all that she has, as it was after those.
    fn stretch_of_several(&self, mentee: usize, chosen: &[MentorIdx]) -> Stretch {
        let (turn, place) = (self.lot.turn(mentee), self.places[mentee]);
        let distance = |own: &MentorIdx| self.lot.distance(mentee, own.index());
        let last = chosen.iter().map(distance).max();
        let next = last.map(|last| Moment::new(turn, last).next());
        let behind = next.map(|pair| self.cuts.end(place, pair.next()));
        Stretch {
            begin: behind.unwrap_or(0),
            end: self.cuts.end(place, Moment::of_turn(turn)),
            nearest: last.unwrap_or(u32::MAX),
            start: self.lot.start(mentee),
        }
    }

    /// Whether a pair may not be open.
    #[inline]
    fn is_suspect(&self, mentor: usize, stretch: &Stretch) -> bool {
        stretch.refuses(self.mentor(mentor), self.lot.places()[mentor])
    }

    /// Visits all pairs that may not be open but may be, and others.
    fn suspects(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        stretch: &Stretch,
        mut visit: impl FnMut(usize, i32),
    ) {
        let Some((prices, all)) = &self.low else {
            return row.for_each(|mentor, score| visit(mentor as usize, score));
        };
        let own = low(all.mentees[mentee]);
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(|mentor, score| {
                // Hardly any pair is worth just its price, which one look-up tells.
                let mentor = mentor as usize;
                if score.wrapping_sub(prices[mentor]) == own {
                    visit(mentor, score);
                }
            });
        };
        let first = self.problem.mentees();
        let row = RowOfMentors {
            scores,
            prices,
            places: &self.places[first..first + scores.len()],
            circle: self.lot.places(),
            own,
        };
        let mut visit_allowed = |mentors: Range<usize>| {
            let pairs = mentors.clone().zip(&scores[mentors]);
            let allowed = pairs.filter(|&(_, &score)| Some(score) != absent);
            allowed.for_each(|(mentor, &score)| visit(mentor, score));
        };
        match blocks {
            Some(blocks) => blocks.iter().cloned().for_each(visit_allowed),
            None => lanes::widest(
                #[inline(always)]
                || row.blocks_of_suspects(stretch, &mut visit_allowed),
            ),
        }
    }

    /// The same of a mentee whom kinds bind: each open pair by itself that is not proved by where its mentor stands.
    fn prove_each(
        &self,
        test: &PairTest<'_>,
        mentee: usize,
        row: &Row<'_>,
        (chosen, scores): (&[MentorIdx], &[i32]),
    ) -> bool {
        let find = |mentor: usize| self.slots.find(self.problem, mentee, mentor);
        let tail =
            |slot: Option<usize>| slot.map_or(mentee, |slot| self.problem.nodes() + 1 + slot);
        let mut own = chosen.iter().map(|own| own.index()).zip(scores);
        let mut is_proved = own.all(|(mentor, &score)| {
            let slot = find(mentor);
            let is_open = slot.is_some() || test.sign(mentee, mentor, score).is_eq();
            !is_open || self.leads_to(mentee, mentor, tail(slot))
        });
        let of_slots = self.slots.of(mentee);
        let (first, of_others) = (of_slots.start, self.behind(mentee, mentee, None));
        let behind = of_slots.map(|slot| {
            let used = self.slots.all[slot].mentor;
            self.behind(mentee, tail(Some(slot)), Some(used))
        });
        let behind: Vec<Behind> = behind.collect();
        self.for_each_at_price(mentee, row, (chosen, scores), |mentor, score| {
            let slot = find(mentor);
            let behind = slot.map_or(&of_others, |slot| &behind[slot - first]);
            if behind.includes(self.mentor(mentor), self.lot.distance(mentee, mentor)) {
                return;
            }
            let order = || match slot {
                None => test.sign(mentee, mentor, score),
                Some(slot) => self.compare(test, (mentee, mentor, score), slot, (chosen, scores)),
            };
            is_proved = is_proved
                && (chosen.binary_search(&mentor_of(mentor)).is_ok()
                    || order().is_ne()
                    || self.is_separate(mentee, mentor, tail(slot)));
        });
        is_proved
    }

    /// What is behind the block of a mentee's tail when her turn comes, and once the tail has this mentor. A draw cuts the
    /// tail off at the moment behind his; whatever pair comes later is proved by the cuts up to that moment already.
    fn behind(&self, mentee: usize, tail: usize, own: Option<usize>) -> Behind {
        let place = self.places[tail];
        let at = |moment: Moment| self.cuts.end(place, moment);
        let first = at(Moment::of_turn(self.lot.turn(mentee)));
        Behind {
            first,
            own: own.map_or(u32::MAX, |own| self.lot.distance(mentee, own)),
            later: own.map_or(first, |own| at(self.lot.moment(mentee, own).next().next())),
        }
    }

    /// Visits all pairs of a mentee whom kinds bind that may be open, and others.
    fn for_each_at_price(
        &self,
        mentee: usize,
        row: &Row<'_>,
        (chosen, scores): (&[MentorIdx], &[i32]),
        mut visit: impl FnMut(usize, i32),
    ) {
        let Some((prices, all)) = &self.low else {
            return row.for_each(|mentor, score| visit(mentor as usize, score));
        };
        let worth = |mentor: usize, score: i32| score.wrapping_sub(prices[mentor]);
        let pairs = chosen.iter().map(|own| own.index()).zip(scores);
        let worths = pairs.map(|(own, &score)| (own, worth(own, score)));
        let price = low(all.mentees[mentee]);
        let open = OpenWorths::new(&self.problem.mentors.kinds, price, worths);
        row.for_each(|mentor, score| {
            let mentor = mentor as usize;
            if open.include(mentor, worth(mentor, score)) {
                visit(mentor, score);
            }
        });
    }

    /// How a pair compares with the one in its slot.
    fn compare(
        &self,
        test: &PairTest<'_>,
        (mentee, mentor, score): (usize, usize, i32),
        slot: usize,
        (chosen, scores): (&[MentorIdx], &[i32]),
    ) -> Ordering {
        let used = self.slots.all[slot].mentor;
        let mut pairs = chosen.iter().zip(scores);
        let own = pairs.find(|(own, _)| own.index() == used);
        own.map_or(Ordering::Equal, |(_, &own)| {
            test.compare(mentee, (used, own), (mentor, score))
        })
    }

    /// Whether a pair that is not chosen leads to a later block at its turn, and to no earlier one before.
    fn is_separate(&self, mentee: usize, mentor: usize, tail: usize) -> bool {
        let now = self.lot.moment(mentee, mentor);
        let (from, to) = (self.places[tail], self.mentor(mentor));
        to >= self.cuts.begin(from, now) && to >= self.cuts.end(from, now.next())
    }
}

/// Steps that there will always be, many of which lead from the same node.
struct LastingSteps<'a> {
    turns: &'a Turns<'a>,
    /// The last node that they led from, and where its block begins.
    from: Option<(usize, u32)>,
}

impl<'a> LastingSteps<'a> {
    fn new(turns: &'a Turns<'a>) -> Self {
        Self { turns, from: None }
    }

    /// Whether the step from one node to another leads to no earlier block.
    fn keep(&mut self, from: usize, to: usize) -> bool {
        let [place, reached] = [from, to].map(|node| self.turns.places[node]);
        if reached >= place {
            return true;
        }
        let known = self.from.filter(|&(node, _)| node == from);
        let begin = known.map_or_else(
            || self.turns.cuts.begin(place, Moment::NEVER),
            |(_, begin)| begin,
        );
        self.from = Some((from, begin));
        reached >= begin
    }
}

/// What is known of all mentors and one mentee.
struct RowOfMentors<'a> {
    scores: &'a [i32],
    prices: &'a [i32],
    places: &'a [u32],
    circle: &'a [u32],
    own: i32,
}

impl RowOfMentors<'_> {
    /// Visits blocks in which a pair may not be open but may be: is worth just its price modulo 2^32, which the
    /// compiler vectorises, as it does the rest. It makes the most of blocks of a constant length.
    #[inline(always)]
    fn blocks_of_suspects(&self, stretch: &Stretch, mut visit: impl FnMut(Range<usize>)) {
        let [scores, prices] = [self.scores, self.prices].map(|all| all.as_chunks::<BLOCK>().0);
        let [places, circle] = [self.places, self.circle].map(|all| all.as_chunks::<BLOCK>().0);
        for (number, (scores, prices)) in scores.iter().zip(prices).enumerate() {
            if self.has_suspect(
                stretch,
                [scores, prices],
                [&places[number], &circle[number]],
            ) {
                visit(number * BLOCK..(number + 1) * BLOCK);
            }
        }
        // The rest is screened as part of the row's last whole block, a short row pair by pair.
        let rest = scores.len() * BLOCK..self.scores.len();
        let lasts = [self.scores, self.prices].map(<[i32]>::last_chunk);
        let last_places = [self.places, self.circle].map(<[u32]>::last_chunk);
        let ([Some(scores), Some(prices)], [Some(places), Some(circle)]) = (lasts, last_places)
        else {
            let is_suspect = |&at: &usize| {
                let is_tight = self.scores[at].wrapping_sub(self.prices[at]) == self.own;
                is_tight && stretch.refuses(self.places[at], self.circle[at])
            };
            return rest.filter(is_suspect).for_each(|at| visit(at..at + 1));
        };
        if self.has_suspect(stretch, [scores, prices], [places, circle]) {
            visit(rest);
        }
    }

    #[inline(always)]
    fn has_suspect(
        &self,
        stretch: &Stretch,
        [scores, prices]: [&[i32; BLOCK]; 2],
        [places, circle]: [&[u32; BLOCK]; 2],
    ) -> bool {
        let is_tight = |at: usize| scores[at].wrapping_sub(prices[at]) == self.own;
        let is_suspect = |at: usize| is_tight(at) & stretch.refuses(places[at], circle[at]);
        (0..BLOCK).fold(false, |any, at| any | is_tight(at))
            && (0..BLOCK).fold(false, |any, at| any | is_suspect(at))
    }
}

impl Stretch {
    /// Whether an open pair may not lead to this place in the line, of a mentor in that place on the circle.
    #[inline(always)]
    fn refuses(&self, place: u32, met: u32) -> bool {
        (place < self.begin) | ((met.wrapping_sub(self.start) <= self.nearest) & (place < self.end))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "compared modulo 2^32")]
fn low(price: i64) -> i32 {
    price as i32
}

fn mentee_of(mentee: usize) -> MenteeIdx {
    MenteeIdx::new(number(mentee))
}

fn mentor_of(mentor: usize) -> MentorIdx {
    MentorIdx::new(number(mentor))
}

#[cfg(test)]
mod tests;
