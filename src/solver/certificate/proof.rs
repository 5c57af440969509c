//! The check of a proof, step by step; what it proves is said in [`certificate`](super).

use std::cmp::Ordering;
use std::ops::Range;

use super::super::assignment::{Assignment, Loads};
use super::super::kept_rows::Blocks;
use super::super::level::{Level, Owner, segments};
use super::super::problem::{Problem, Row, RowBuffer, Side};
use super::lot::Turns;
use super::pair_test::PairTest;
use super::slots::Slots;
use super::{Prices, Violation};
use crate::ids::MenteeIdx;
use crate::parallel;

/// Nodes whose places are looked at together.
const BLOCK: usize = 64;

/// A certificate's prices beside the problem they are about.
pub(super) struct Proof<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) levels: &'a [Level],
    pub(super) prices: &'a [Prices],
    pub(super) given_up: GivenUp<'a>,
}

/// Whether the caller has lost interest.
pub(super) type GivenUp<'a> = &'a (dyn Fn() -> bool + Sync);

/// What one pass over the rows has found.
#[derive(Default)]
pub(super) struct RowsRead {
    /// The scores of the chosen pairs.
    pub(super) scores: Vec<i32>,
    /// What all pairs together could add at the level that is bounded.
    pub(super) gain: i128,
    /// The first row that cannot be judged: it is not as promised, or a chosen pair is not allowed.
    not_allowed: Option<Violation>,
    /// The first mentee whose row the prices do not prove.
    not_proved: Option<MenteeIdx>,
    /// The first mentee whose turn is not proved.
    not_drawn: Option<MenteeIdx>,
}

impl RowsRead {
    pub(super) fn check_allowed(&self) -> Result<(), Violation> {
        self.not_allowed.clone().map_or(Ok(()), Err)
    }

    pub(super) fn check_proved(&self) -> Result<(), Violation> {
        match self.not_proved {
            Some(mentee) => Err(Violation::Pair { mentee }),
            None => Ok(()),
        }
    }

    pub(super) fn check_drawn(&self) -> Result<(), Violation> {
        match self.not_drawn {
            Some(mentee) => Err(Violation::Turn { mentee }),
            None => Ok(()),
        }
    }

    fn append(&mut self, later: Self) {
        self.scores.extend(later.scores);
        self.gain += later.gain;
        self.not_allowed = self.not_allowed.take().or(later.not_allowed);
        self.not_proved = self.not_proved.or(later.not_proved);
        self.not_drawn = self.not_drawn.or(later.not_drawn);
    }
}

impl Proof<'_> {
    pub(super) fn check_shape(&self, assignment: &Assignment) -> Result<(), Violation> {
        let fit = |prices: &Prices| prices.fit(self.problem);
        let complete = self.prices.len() == self.levels.len() && self.prices.iter().all(fit);
        if complete && assignment.fits(self.problem) {
            Ok(())
        } else {
            Err(Violation::Shape)
        }
    }

    pub(super) fn check_price_range(&self) -> Result<(), Violation> {
        if self.prices.iter().all(Prices::are_small) {
            Ok(())
        } else {
            Err(Violation::PriceRange)
        }
    }

    pub(super) fn check_loads(&self, loads: &Loads) -> Result<(), Violation> {
        let is_overloaded =
            |&(owner, load): &(Owner, u64)| load > u64::from(owner.max(self.problem));
        let Some((owner, load)) = loads.in_use().find(is_overloaded) else {
            return Ok(());
        };
        let (what, index) = owner.name();
        Err(Violation::Overloaded {
            what,
            index,
            load,
            max: owner.max(self.problem),
        })
    }

    /// Complementary slackness of places at the first `levels` levels; not proved if given up.
    pub(super) fn check_places(&self, loads: &Loads, levels: usize) -> Result<(), Violation> {
        for (sort, (owner, loads)) in loads.by_sort().into_iter().enumerate() {
            let is_open = |&node: &usize| !self.is_place_proved(owner(node), loads[node], levels);
            for start in (0..loads.len()).step_by(BLOCK) {
                let mut block = start..loads.len().min(start + BLOCK);
                let open = if (self.given_up)() {
                    Some(start)
                } else if self.are_idle(levels, sort, (loads, block.clone())) {
                    None
                } else {
                    block.find(is_open)
                };
                if let Some(node) = open {
                    let (what, index) = owner(node).name();
                    return Err(Violation::Place { what, index });
                }
            }
        }
        Ok(())
    }

    /// Whether all places of a block of nodes are free, empty and worth nothing, which proves them at one look:
    /// where one side is much larger, so it is with most of its people. `false` says nothing.
    fn are_idle(&self, levels: usize, sort: usize, (loads, block): (&[u64], Range<usize>)) -> bool {
        let has_groups = |side: &Side| !side.groups.is_empty();
        let sides = [&self.problem.mentees, &self.problem.mentors];
        let is_free = |prices: &Prices| {
            let prices = &prices.by_sort()[sort][block.clone()];
            prices.iter().fold(0, |any, price| any | price) == 0
        };
        loads[block.clone()].iter().fold(0, |any, load| any | load) == 0
            && !sides.into_iter().any(has_groups)
            && !self.levels[..levels].iter().any(Level::values_places)
            && self.prices[..levels].iter().all(is_free)
    }

    /// The last place taken loses nothing and the next one, if anybody is left to take it, gains
    /// nothing. Values never rise from place to place, so the others follow.
    #[inline]
    fn is_place_proved(&self, owner: Owner, load: u64, levels: usize) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "loads were checked against u32 maxima"
        )]
        let load = load as u32;
        let sign = |place| self.place_sign(levels, owner, place);
        (load == 0 || sign(load) != Ordering::Less)
            && (load == owner.places(self.problem) || sign(load + 1) != Ordering::Greater)
    }

    /// Whether one more place, and the last one taken, are worth nothing at any level.
    pub(super) fn free_places(&self, owner: Owner, load: u64) -> (bool, bool) {
        let load = u32::try_from(load).unwrap_or(u32::MAX);
        let is_free = |place| self.place_sign(self.levels.len(), owner, place).is_eq();
        let has_room = load < owner.places(self.problem);
        (has_room && is_free(load + 1), load > 0 && is_free(load))
    }

    /// The lexicographic sign of the reduced value of a node's `place`-th place.
    #[inline]
    fn place_sign(&self, levels: usize, owner: Owner, place: u32) -> Ordering {
        for (level, prices) in self.levels.iter().zip(self.prices).take(levels) {
            let (own, above) = prices.of(self.problem, owner);
            let reduced = level.place_value(self.problem, owner, place) + own - above;
            if reduced != 0 {
                return reduced.cmp(&0);
            }
        }
        Ordering::Equal
    }

    /// Reads every row once: are the chosen pairs allowed, does complementary slackness hold for all
    /// pairs at the first `levels` levels, and, if asked, how much could they gain at the next, and were
    /// these turns taken.
    pub(super) fn read_rows(
        &self,
        assignment: &Assignment,
        levels: usize,
        bounded: bool,
        turns: Option<&Turns<'_>>,
    ) -> RowsRead {
        let test = PairTest::new(&self.levels[..levels], &self.prices[..levels]);
        let test = test.with_ties(turns.is_some()).of_rows(self.problem);
        let blocks = parallel::blocks(self.problem.extent(), |mentees| {
            let (mut read, mut buffer) = (RowsRead::default(), RowBuffer::default());
            let found = test.find(mentees.clone());
            self.problem.fetch_pairs(mentees.clone().flat_map(|row| {
                let chosen = assignment.mentors_of(mentee_at(row)).iter();
                chosen.map(move |mentor| (row, mentor.index()))
            }));
            for (at, row) in mentees.enumerate() {
                let mentee = mentee_at(row);
                if (self.given_up)() {
                    read.not_proved.get_or_insert(mentee);
                    break;
                }
                let Some(row) = self.problem.row(row, &mut buffer) else {
                    read.not_allowed
                        .get_or_insert(Violation::RowOutOfRange { mentee });
                    continue;
                };
                let slots = Slots::of(self.problem, &test, mentee.index());
                let row = (&row, found.of(at));
                let first = read.scores.len();
                read.read((&test, slots), mentee, row, assignment);
                if let Some(turns) = turns {
                    let chosen = (assignment.mentors_of(mentee), &read.scores[first..]);
                    if !turns.prove(&test, mentee.index(), row, chosen) {
                        read.not_drawn.get_or_insert(mentee);
                    }
                }
                if bounded {
                    read.gain += self.row_gain(&test, levels, mentee.index(), row.0);
                }
            }
            read
        });
        let mut all = RowsRead::default();
        blocks.into_iter().for_each(|block| all.append(block));
        all
    }

    /// An upper bound on what an assignment that is optimal at the levels before is worth at
    /// `level`: what every pair and every place could add to it.
    pub(super) fn bound(&self, level: usize) -> i128 {
        let test = PairTest::new(&self.levels[..level], &self.prices[..level]);
        let blocks = parallel::blocks(self.problem.extent(), |mentees| {
            let mut buffer = RowBuffer::default();
            let rows = mentees.take_while(|_| !(self.given_up)());
            let gains = rows.map(|row| {
                let found = self.problem.row(row, &mut buffer);
                found.map_or(0, |found| self.row_gain(&test, level, row, &found))
            });
            gains.sum::<i128>()
        });
        blocks.into_iter().sum::<i128>() + self.place_gains(level)
    }

    fn row_gain(&self, test: &PairTest<'_>, level: usize, mentee: usize, row: &Row<'_>) -> i128 {
        let (values, prices) = (&self.levels[level], &self.prices[level]);
        let reduced = |(mentor, score)| prices.reduced(values, mentee, mentor, score);
        if let Some(slots) = Slots::of(self.problem, test, mentee) {
            return slots.gain(row, reduced);
        }
        let mut gain = 0;
        row.for_each(|mentor, score| {
            let mentor = mentor as usize;
            gain += gain_of(test.sign(mentee, mentor, score), reduced((mentor, score)));
        });
        gain
    }

    /// What all places together could add at `level`; less if given up.
    pub(super) fn place_gains(&self, level: usize) -> i128 {
        Owner::all(self.problem)
            .take_while(|_| !(self.given_up)())
            .map(|owner| self.place_gain(level, owner))
            .sum()
    }

    fn place_gain(&self, level: usize, owner: Owner) -> i128 {
        let price = |prices: &Prices| {
            let (own, above) = prices.of(self.problem, owner);
            own - above
        };
        let mut gain = 0;
        for segment in segments(self.problem, self.levels, owner) {
            let reduced = (segment.values.iter().zip(self.prices))
                .map(|(value, prices)| value + price(prices));
            let before = sign(reduced.take(level));
            let reduced = segment.values[level] + price(&self.prices[level]);
            gain += i128::from(segment.places) * gain_of(before, reduced);
        }
        gain
    }
}

impl RowsRead {
    /// Books one row; its chosen pairs must be allowed, and different, and of different kinds where those bind.
    fn read(
        &mut self,
        (test, slots): (&PairTest<'_>, Option<Slots<'_>>),
        mentee: MenteeIdx,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        assignment: &Assignment,
    ) {
        // First, since it brings the row near: what is chosen is then found at once.
        let above = test.count_above(mentee.index(), (row, blocks));
        let chosen = assignment.mentors_of(mentee);
        let first = self.scores.len();
        let mut before = None;
        for &mentor in chosen {
            let is_new = before.replace(mentor) != Some(mentor);
            let Some(score) = row.score(mentor.get()).filter(|_| is_new) else {
                self.not_allowed
                    .get_or_insert(Violation::NotAllowed { mentee, mentor });
                return;
            };
            self.scores.push(score);
        }
        let scores = &self.scores[first..];
        if let Some(mentors) = slots.as_ref().and_then(|slots| slots.alike(chosen)) {
            (self.not_allowed).get_or_insert(Violation::OfOneKind { mentee, mentors });
        }
        // Mostly every pair above zero is chosen, which is seen faster.
        let is_proved = test.proves(mentee.index(), above, chosen, scores)
            || slots.is_some_and(|slots| slots.prove(row, chosen, scores));
        if !is_proved {
            self.not_proved.get_or_insert(mentee);
        }
    }
}

/// The sign of the first value that is not zero.
fn sign(values: impl IntoIterator<Item = i64>) -> Ordering {
    let mut signs = values.into_iter().map(|value| value.cmp(&0));
    signs.find(|sign| sign.is_ne()).unwrap_or(Ordering::Equal)
}

/// What one pair or place could add at a level: nothing if an earlier level forbids its use, its
/// reduced value if an earlier level demands it, else the better of the two.
pub(super) fn gain_of(before: Ordering, reduced: i64) -> i128 {
    i128::from(match before {
        Ordering::Less => 0,
        Ordering::Equal => reduced.max(0),
        Ordering::Greater => reduced,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a problem has fewer than 2^24 people"
)]
fn mentee_at(row: usize) -> MenteeIdx {
    MenteeIdx::new(row as u32)
}
