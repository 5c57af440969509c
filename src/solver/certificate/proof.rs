//! The check of a proof, step by step; what it proves is said in [`certificate`](super).

use std::cmp::Ordering;
use std::ops::Range;

use super::super::assignment::Assignment;
use super::super::kept_rows::{Blocks, Found};
use super::super::level::{Level, PairValues};
use super::super::problem::{Problem, Row, RowBuffer};
use super::lot::Turns;
use super::most::Gains;
use super::pair_test::{BAND, PairTest, Seen, Tally, Verdict};
use super::slots::Slots;
use super::{Prices, Violation};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

/// Pairs that are read in milliseconds, however they are tested.
const PAIRS_OF_A_BAND: u64 = 1 << 16;

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
    /// By level: what the chosen pairs are worth together.
    pub(super) values: Vec<i128>,
    /// What all pairs together could add at the level that is bounded.
    pub(super) gains: Gains,
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
        for (value, later) in self.values.iter_mut().zip(later.values) {
            *value += later;
        }
        self.gains = self.gains.plus(later.gains);
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
        let is_plain =
            |level: &Level| matches!(level.pair_values(), PairValues::Score | PairValues::Same(_));
        let pass = Pass {
            proof: self,
            assignment,
            bounded: bounded.then(|| Bounded::new(self, levels)),
            turns,
            takes_proofs: turns.is_none() && !bounded && self.levels.iter().all(is_plain),
            test: test.with_ties(turns.is_some()).of_rows(self.problem),
        };
        let blocks = parallel::blocks(self.problem.extent(), |mentees| pass.read(mentees));
        let mut all = RowsRead::none(self.levels.len());
        blocks.into_iter().for_each(|block| all.append(block));
        all
    }

    /// An upper bound on what an assignment that is optimal at the levels before is worth at
    /// `level`: what every pair and every place could add to it, or the [most](super::most) if that is less.
    pub(super) fn bound(&self, level: usize) -> i128 {
        let bounded = Bounded::new(self, level);
        let blocks = parallel::blocks(self.problem.extent(), |mentees| {
            let mut buffer = RowBuffer::default();
            let rows = mentees.take_while(|_| !(self.given_up)());
            let gains = rows.map(|row| {
                let found = self.problem.row(row, &mut buffer);
                found.map_or_else(Gains::default, |found| bounded.gains(row, &found))
            });
            gains.fold(Gains::default(), Gains::plus)
        });
        let all = blocks.into_iter().fold(Gains::default(), Gains::plus);
        self.highest(level, all)
    }
}

/// The first level that is not solved, and what a row could add to it.
struct Bounded<'p> {
    proof: &'p Proof<'p>,
    level: usize,
    /// At the levels before.
    before: PairTest<'p>,
    /// And at this one.
    with: PairTest<'p>,
}

impl<'p> Bounded<'p> {
    fn new(proof: &'p Proof<'p>, level: usize) -> Self {
        let up_to = |end| PairTest::new(&proof.levels[..end], &proof.prices[..end]);
        Self {
            proof,
            level,
            before: up_to(level),
            with: up_to(level + 1),
        }
    }

    fn gains(&self, mentee: usize, row: &Row<'_>) -> Gains {
        Gains {
            at_prices: self.at_prices(mentee, row),
            of_best: (self.proof).of_best(&self.before, self.level, mentee, row),
        }
    }

    /// What a mentee's pairs could add at the prices. Without kinds, that is what all add that are above zero: an earlier
    /// level demands them, or they are worth more than they cost.
    fn at_prices(&self, mentee: usize, row: &Row<'_>) -> i128 {
        let (level, prices) = (
            &self.proof.levels[self.level],
            &self.proof.prices[self.level],
        );
        let reduced = |(mentor, score)| prices.reduced(level, mentee, mentor, score);
        if let Some(slots) = Slots::of(self.proof.problem, &self.before, mentee) {
            return slots.gain(row, reduced);
        }
        let mut gain = 0;
        let add = |mentor, score| gain += i128::from(reduced((mentor, score)));
        self.with.for_each_above(mentee, (row, None), add);
        gain
    }
}

/// How rows are read.
struct Pass<'p> {
    proof: &'p Proof<'p>,
    assignment: &'p Assignment,
    bounded: Option<Bounded<'p>>,
    turns: Option<&'p Turns<'p>>,
    test: PairTest<'p>,
    /// Whether nothing more is asked of a row that is proved than the scores of its chosen pairs.
    takes_proofs: bool,
}

/// What a thread reads rows with.
struct Desk {
    buffer: RowBuffer,
    scores: Vec<i32>,
    tallies: [Option<Tally>; BAND],
}

impl Pass<'_> {
    /// Reads the rows of some mentees.
    fn read(&self, mentees: Range<usize>) -> RowsRead {
        let problem = self.proof.problem;
        let mut read = RowsRead::none(self.proof.levels.len());
        let mut desk = Desk {
            buffer: RowBuffer::default(),
            scores: Vec::new(),
            tallies: [None; BAND],
        };
        let found = self.test.find(mentees.clone());
        problem.fetch_pairs(mentees.clone().flat_map(|row| {
            let chosen = self.chosen(row).iter();
            chosen.map(move |mentor| (row, mentor.index()))
        }));
        let mut rest = mentees.clone();
        while !rest.is_empty() {
            if (self.proof.given_up)() {
                read.not_proved.get_or_insert(mentee_at(rest.start));
                break;
            }
            let band = self.band(rest.clone());
            rest.start = band.end;
            self.read_band(&mut read, band, (&found, mentees.start), &mut desk);
        }
        read
    }

    /// The first of these rows, and those that are read with it before anybody is asked whether to go on.
    fn band(&self, rows: Range<usize>) -> Range<usize> {
        match self.proof.problem.listed_rows() {
            Some(listed) => {
                let most = rows.end.min(rows.start + BAND);
                listed.first_of(rows.start..most, PAIRS_OF_A_BAND)
            }
            None => rows.start..rows.start + 1,
        }
    }

    fn chosen(&self, row: usize) -> &[MentorIdx] {
        self.assignment.mentors_of(mentee_at(row))
    }

    /// Reads a band of rows, in which blocks were found from the row of `first` on.
    fn read_band(
        &self,
        read: &mut RowsRead,
        rows: Range<usize>,
        (found, first): (&Found, usize),
        desk: &mut Desk,
    ) {
        let problem = self.proof.problem;
        if let Some(listed) = problem.listed_rows() {
            let chosen = |row| self.chosen(row);
            (self.test).look(listed, rows.clone(), chosen, &mut desk.tallies);
        }
        let (mut pairs, mut scores) = (0, 0);
        for (at, row) in rows.enumerate() {
            let tally = desk.tallies[at];
            if let Some(tally) = tally.filter(|tally| self.takes_proofs && tally.is_proof()) {
                pairs += i64::from(tally.own().is_some());
                scores += i64::from(tally.own().unwrap_or(0));
                continue;
            }
            let mentee = mentee_at(row);
            // Looked at where it is: to move it takes longer than to make it.
            let shown = problem.row(row, &mut desk.buffer);
            let Some(shown) = &shown else {
                read.not_allowed
                    .get_or_insert(Violation::RowOutOfRange { mentee });
                continue;
            };
            let shown = (shown, found.of(row - first));
            self.book(read, mentee, shown, tally, &mut desk.scores);
            if let Some(bounded) = &self.bounded {
                read.gains = read.gains.plus(bounded.gains(row, shown.0));
            }
        }
        read.count_plain(self.proof.levels, pairs, scores);
    }

    /// Books one row; its chosen pairs must be allowed, and different, and of different kinds where those bind.
    fn book(
        &self,
        read: &mut RowsRead,
        mentee: MenteeIdx,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        tally: Option<Tally>,
        scores: &mut Vec<i32>,
    ) {
        // First, since it brings the row near: what is chosen is then found at once.
        let seen = match tally {
            Some(tally) => Seen::Tallied(tally),
            None => Seen::Above(self.test.count_above(mentee.index(), (row, blocks))),
        };
        let chosen = self.assignment.mentors_of(mentee);
        if let Some(score) = tally.and_then(Tally::own) {
            scores.clear();
            scores.push(score);
        } else if let Err(mentor) = read_scores(chosen, row, scores) {
            read.not_allowed
                .get_or_insert(Violation::NotAllowed { mentee, mentor });
            return;
        }
        read.count(self.proof.levels, mentee.index(), (chosen, scores));
        let slots = Slots::of(self.proof.problem, &self.test, mentee.index());
        if let Some(mentors) = slots.as_ref().and_then(|slots| slots.alike(chosen)) {
            (read.not_allowed).get_or_insert(Violation::OfOneKind { mentee, mentors });
        }
        // Mostly every pair above zero is chosen, which is seen faster.
        let own = (chosen, &scores[..]);
        let verdict = (self.test).judge(mentee.index(), (row, blocks), seen, own);
        let is_proved =
            verdict != Verdict::Open || slots.is_some_and(|slots| slots.prove(row, chosen, scores));
        if !is_proved {
            read.not_proved.get_or_insert(mentee);
        }
        let is_drawn = self.turns.is_none_or(|turns| {
            turns.prove(&self.test, mentee.index(), (row, blocks), verdict, own)
        });
        if !is_drawn {
            read.not_drawn.get_or_insert(mentee);
        }
    }
}

/// The scores of a row's chosen pairs; or a mentor who is not allowed, or chosen twice.
fn read_scores(
    chosen: &[MentorIdx],
    row: &Row<'_>,
    scores: &mut Vec<i32>,
) -> Result<(), MentorIdx> {
    scores.clear();
    let mut before = None;
    for &mentor in chosen {
        let is_new = before.replace(mentor) != Some(mentor);
        let score = row.score(mentor.get()).filter(|_| is_new);
        scores.push(score.ok_or(mentor)?);
    }
    Ok(())
}

impl RowsRead {
    fn none(levels: usize) -> Self {
        Self {
            values: vec![0; levels],
            ..Self::default()
        }
    }

    /// Adds up what so many pairs of these scores, all together, are worth at levels that know nothing else of them.
    fn count_plain(&mut self, levels: &[Level], pairs: i64, scores: i64) {
        for (value, level) in self.values.iter_mut().zip(levels) {
            *value += match level.pair_values() {
                PairValues::Score => i128::from(scores),
                PairValues::Same(value) => i128::from(value) * i128::from(pairs),
                _ => 0,
            };
        }
    }

    /// Adds up what a mentee's chosen pairs are worth.
    fn count(&mut self, levels: &[Level], mentee: usize, (chosen, scores): (&[MentorIdx], &[i32])) {
        for (value, level) in self.values.iter_mut().zip(levels) {
            for (mentor, &score) in chosen.iter().zip(scores) {
                *value += i128::from(level.pair_value(mentee, mentor.index(), score));
            }
        }
    }
}

/// The sign of the first value that is not zero.
pub(super) fn sign(values: impl IntoIterator<Item = i64>) -> Ordering {
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
