//! Which pairs are open.
//!
//! # Idea
//! A pair is open if it is worth just its price. One in a slot is if it is worth just what the pair in the slot
//! is, or nothing where there is none. A sample of rows tells whether so many are that bits serve better than
//! lists.
//!
//! # Complexity
//! One parallel pass over the pairs.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Optimum;
use super::at_price::AtPrice;
use super::open::{Bits, Lists, Open};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::solver::control::Control;
use crate::solver::kept_rows::{Blocks, Found};
use crate::solver::level::{Level, PairValues};
use crate::solver::problem::{Row, RowBuffer};
use crate::solver::sample;
use crate::solver::walk::position;

/// Rows in the sample.
const SAMPLED: usize = 32;

/// Bits are smaller than lists, of 64 bits an open pair, if at least one in so many pairs is open; even if all of them
/// are turned into columns too.
const PAIRS_AN_OPEN_PAIR: usize = 32;

/// Bits of no more bytes than this serve as well as lists, however few pairs are open.
const CACHED: usize = 1 << 18;

/// What an open pair takes where pairs run through slots: it is listed twice, once by slot, and by mentor.
pub(in crate::solver) const BYTES_BY_SLOT: u64 = 20;

/// What a slot takes, in the face and in a draw.
pub(in crate::solver) const BYTES_A_SLOT: u64 = 250;

/// The open pairs, and what is chosen.
pub(super) struct Pairs {
    pub(super) open: Open,
    pub(super) slots: Vec<Slot>,
    /// Chosen pairs that are open, as tails and mentors.
    pub(super) chosen: Vec<(u32, u32)>,
    /// Chosen pairs that are not.
    pub(super) forced: Vec<(u32, u32)>,
}

/// The pairs of a mentee with mentors of one kind.
pub(super) struct Slot {
    pub(super) mentee: u32,
    pub(super) is_used: bool,
    /// Whether every optimal assignment uses it.
    pub(super) is_forced: bool,
}

/// The open pairs of an optimum; `None` if they take more bytes than this, or if cancelled.
pub(super) fn find(optimum: &Optimum<'_>, bytes: usize, control: &Control<'_>) -> Option<Pairs> {
    let tight = Tight::new(optimum);
    let problem = optimum.problem;
    let of_bits = Open::bytes_of_bits(problem.mentees(), problem.mentors());
    let serve = |bits: usize| bits <= bytes && (bits <= CACHED || tight.are_many());
    if !problem.has_kinds() && serve(of_bits) {
        let open = tight.bits(control);
        control.check().ok()?;
        return Some(optimum.choose(open, |mentee, _| mentee, Vec::new()));
    }
    find_listed(&tight, bytes, control)
}

/// The same, listed.
fn find_listed(tight: &Tight<'_>, bytes: usize, control: &Control<'_>) -> Option<Pairs> {
    let (optimum, problem) = (tight.optimum, tight.optimum.problem);
    if problem.has_kinds() {
        let listed = tight.list(bytes as u64 / BYTES_BY_SLOT, control)?;
        return optimum.through_slots(&listed, bytes as u64, control);
    }
    let listed = tight.list(bytes as u64 / Open::BYTES_LISTED, control)?;
    let open = Open::listed(listed, problem.mentors(), control.watch());
    control.check().ok()?;
    Some(optimum.choose(open, |mentee, _| mentee, Vec::new()))
}

impl Optimum<'_> {
    /// The face with its pairs in lists, however many there are.
    #[cfg(test)]
    pub(in crate::solver) fn listed_face(&self, control: &Control<'_>) -> Option<super::Face> {
        let found = find_listed(&Tight::new(self), usize::MAX, control)?;
        self.face_of(found, control)
    }

    /// Tells chosen pairs that are open from those that are forced; `tail` says whose pair it is.
    fn choose(&self, open: Open, tail: impl Fn(u32, u32) -> u32, slots: Vec<Slot>) -> Pairs {
        let pairs = self.assignment.pairs();
        let pairs = pairs.map(|(i, j)| (tail(i.get(), j.get()), j.get()));
        let (chosen, forced) = pairs.partition(|&(tail, mentor)| open.has(tail, mentor));
        Pairs {
            open,
            slots,
            chosen,
            forced,
        }
    }

    /// The listed pairs of mentees whom kinds bind, in rows of their own for each kind; `None` if that takes more
    /// bytes than this, or if cancelled.
    fn through_slots(&self, listed: &Lists, bytes: u64, control: &Control<'_>) -> Option<Pairs> {
        let problem = self.problem;
        let left = bytes.saturating_sub(BYTES_BY_SLOT * listed.others.len() as u64);
        let most = usize::try_from(left / BYTES_A_SLOT).unwrap_or(usize::MAX);
        let mentees = problem.mentees();
        let (mut slots, mut keys) = (Vec::new(), Vec::new());
        let (mut rows, mut of_slots) = (Lists::empty(), Lists::empty());
        let mut of_kinds = vec![Vec::new(); problem.mentors.kinds.len()];
        for mentee in 0..mentees {
            if slots.len() > most || control.is_cancelled() {
                return None;
            }
            let mut own = Vec::new();
            for &mentor in listed.of(position(mentee)) {
                match problem.kind_for(mentee, mentor as usize) {
                    None => rows.others.push(mentor),
                    Some(kind) => {
                        if of_kinds[kind].is_empty() {
                            own.push(kind);
                        }
                        of_kinds[kind].push(mentor);
                    }
                }
            }
            rows.end_line();
            own.sort_unstable();
            for kind in own {
                keys.push((position(mentee), kind));
                slots.push(self.slot(mentee, kind));
                of_slots.others.append(&mut of_kinds[kind]);
                of_slots.end_line();
            }
        }
        rows.append(of_slots);
        let open = Open::listed(rows, problem.mentors(), control.watch());
        control.check().ok()?;
        let tail = |mentee: u32, mentor: u32| {
            let kind = problem.kind_for(mentee as usize, mentor as usize);
            let slot = kind.and_then(|kind| keys.binary_search(&(mentee, kind)).ok());
            slot.map_or(mentee, |slot| position(mentees + slot))
        };
        Some(self.choose(open, tail, slots))
    }

    fn slot(&self, mentee: usize, kind: usize) -> Slot {
        let used = self.in_slot(mentee, kind);
        let worth = used.and_then(|mentor| self.reduced(mentee, mentor));
        Slot {
            mentee: position(mentee),
            is_used: used.is_some(),
            is_forced: worth.is_some_and(|worth| worth.iter().any(|&worth| worth != 0)),
        }
    }

    /// The mentor of a kind whom a mentee has.
    fn in_slot(&self, mentee: usize, kind: usize) -> Option<usize> {
        let own = MenteeIdx::new(position(mentee));
        let mut mentors = self
            .assignment
            .mentors_of(own)
            .iter()
            .map(|own| own.index());
        mentors.find(|&mentor| self.problem.mentors.kinds.of(mentor) == Some(kind))
    }

    /// The reduced value of a pair, by level.
    fn reduced(&self, mentee: usize, mentor: usize) -> Option<Vec<i64>> {
        let (row, column) = (position(mentee), position(mentor));
        let score = self
            .problem
            .score(MenteeIdx::new(row), MentorIdx::new(column))?;
        Some(self.reduced_of(mentee, mentor, score).collect())
    }

    fn reduced_of(&self, mentee: usize, mentor: usize, score: i32) -> impl Iterator<Item = i64> {
        let levels = self.levels.iter().zip(self.prices);
        levels.map(move |(level, prices)| prices.reduced(level, mentee, mentor, score))
    }

    /// What a mentee pays at a level if her pairs are worth just their price, where that is the same for all pairs.
    fn flat_price(&self, level: usize) -> Option<i64> {
        let PairValues::Same(value) = self.levels[level].pair_values() else {
            return None;
        };
        let (first, others) = self.prices[level].mentors.split_first()?;
        let are_flat = others.iter().all(|price| price == first);
        are_flat.then(|| i64::from(value) - first)
    }

    /// Whether a pair is worth just its price at every level.
    fn is_tight(&self, mentee: usize, mentor: usize, score: i32) -> bool {
        self.reduced_of(mentee, mentor, score)
            .all(|worth| worth == 0)
    }
}

/// The test for open pairs.
struct Tight<'a> {
    optimum: &'a Optimum<'a>,
    /// By the prices of the total score, where scores are all that is added up at a level.
    at_price: Option<AtPrice<'a>>,
    /// What a mentee's prices at the other levels are, if her pairs are worth just their price there: where all pairs are
    /// worth the same and all mentors cost the same, as where everybody can take part. `None` where they differ.
    elsewhere: Option<Vec<(usize, i64)>>,
}

impl<'a> Tight<'a> {
    fn new(optimum: &'a Optimum<'a>) -> Self {
        let mut levels = optimum.levels.iter();
        let is_score = |level: &Level| level.is_score() && level.listed().is_none();
        let total = levels.position(is_score);
        let at_price = total.map(|total| AtPrice::new(optimum.problem, &optimum.prices[total]));
        let others = (0..optimum.levels.len()).filter(|level| Some(*level) != total);
        let elsewhere = others.map(|level| Some((level, optimum.flat_price(level)?)));
        Self {
            elsewhere: elsewhere.collect(),
            optimum,
            at_price,
        }
    }

    /// Whether nothing but scores tells which pairs of a mentee are open; if so, whether any may be.
    fn by_score_alone(&self, mentee: usize) -> Option<bool> {
        let prices = self.elsewhere.as_ref()?.iter();
        let own = |level: usize| self.optimum.prices[level].mentees[mentee];
        Some(prices.clone().all(|&(level, price)| own(level) == price))
    }

    /// Whether so many pairs seem to be open that bits serve better than lists.
    fn are_many(&self) -> bool {
        let problem = self.optimum.problem;
        let (mut found, mut sampled, mut buffer) = (0, 0, RowBuffer::default());
        let mut words = vec![0; Bits::words(problem.mentors())];
        for mentee in sample::about(SAMPLED, problem.mentees()) {
            sampled += problem.mentors();
            words.fill(0);
            self.mark(mentee, &mut buffer, &mut words);
            found += words
                .iter()
                .map(|word| word.count_ones() as usize)
                .sum::<usize>();
        }
        found * PAIRS_AN_OPEN_PAIR >= sampled.max(1)
    }

    /// Lists the open pairs; `None` if they are more than `most`, or if cancelled.
    fn list(&self, most: u64, control: &Control<'_>) -> Option<Lists> {
        let most = usize::try_from(most.min(u64::from(u32::MAX))).unwrap_or(usize::MAX);
        let (found, watch) = (AtomicUsize::new(0), control.watch());
        let parts = parallel::blocks(self.optimum.problem.extent(), |rows| {
            let is_wanted = found.load(Ordering::Relaxed) <= most && !watch.is_cancelled();
            let part = if is_wanted {
                self.rows(rows)
            } else {
                Lists::empty()
            };
            found.fetch_add(part.others.len(), Ordering::Relaxed);
            part
        });
        if found.into_inner() > most || control.is_cancelled() {
            return None;
        }
        let mut listed = Lists::empty();
        let pairs = parts.iter().map(|part| part.others.len()).sum();
        listed.others.reserve_exact(pairs);
        for part in control.until_cancelled(parts) {
            listed.append(part);
        }
        (!control.is_cancelled()).then_some(listed)
    }

    fn rows(&self, mentees: Range<usize>) -> Lists {
        let (mut part, mut buffer) = (Lists::empty(), RowBuffer::default());
        let found = self.find_blocks(mentees.clone());
        for (at, mentee) in mentees.enumerate() {
            self.visit(mentee, found.of(at), &mut buffer, |mentor| {
                part.others.push(mentor);
            });
            part.end_line();
        }
        part
    }

    fn find_blocks(&self, mentees: Range<usize>) -> Found {
        match &self.at_price {
            Some(at_price) => at_price.find(mentees),
            None => Found::of_rows(mentees, |_| None),
        }
    }

    /// The open pairs as bits; of no use if cancelled.
    fn bits(&self, control: &Control<'_>) -> Open {
        let (problem, watch) = (self.optimum.problem, control.watch());
        let each = Bits::words(problem.mentors());
        // In one piece from the start: parts put together later would touch twice the memory, a tenth of the time.
        let mut words = vec![0; problem.mentees() * each];
        let mark = |buffer: &mut RowBuffer, mentee: usize, words: &mut [u64]| {
            if !watch.is_cancelled() {
                self.mark(mentee, buffer, words);
            }
        };
        let pairs = problem.extent().columns;
        parallel::fill_rows_by_work(&mut words, each, pairs, RowBuffer::default, mark);
        Open::bits(words, problem.mentors())
    }

    /// Sets the bits of the mentors with whom a mentee's pairs are open.
    fn mark(&self, mentee: usize, buffer: &mut RowBuffer, words: &mut [u64]) {
        if let (Some(at_price), Some(is_any)) = (&self.at_price, self.by_score_alone(mentee))
            && let Some(Row::Dense { scores, absent }) = self.optimum.problem.row(mentee, buffer)
        {
            if !is_any {
                return;
            }
            return at_price.words((mentee, 0), (scores, absent), |at, word| words[at] = word);
        }
        self.visit(mentee, None, buffer, |mentor| {
            Bits::insert_into(words, mentor)
        });
    }

    /// Visits the mentors with whom a mentee's pairs are open, of those that are to be read.
    fn visit(
        &self,
        mentee: usize,
        blocks: Blocks<'_>,
        buffer: &mut RowBuffer,
        mut visit: impl FnMut(u32),
    ) {
        let Some(row) = self.optimum.problem.row(mentee, buffer) else {
            return;
        };
        if self.optimum.problem.has_kinds_for(mentee) {
            return self.visit_slots(mentee, &row, visit);
        }
        let is_tight = |mentor: u32, score| self.optimum.is_tight(mentee, mentor as usize, score);
        let is_enough = self.by_score_alone(mentee) == Some(true);
        match &self.at_price {
            Some(at_price) => at_price.visit(mentee, (&row, blocks), |mentor, score| {
                if is_enough || is_tight(mentor, score) {
                    visit(mentor);
                }
            }),
            None => row.for_each(|mentor, score| {
                if is_tight(mentor, score) {
                    visit(mentor);
                }
            }),
        }
    }

    /// The same for somebody whom kinds bind.
    fn visit_slots(&self, mentee: usize, row: &Row<'_>, mut visit: impl FnMut(u32)) {
        let own = self
            .optimum
            .assignment
            .mentors_of(MenteeIdx::new(position(mentee)));
        let reduced = |mentor: usize, score| self.optimum.reduced_of(mentee, mentor, score);
        let kind = |mentor: usize| self.optimum.problem.mentors.kinds.of(mentor);
        let own = own.iter().map(|own| own.get());
        let own = own.filter_map(|own| Some((own, row.score(own)?)));
        let own: Vec<(u32, i32)> = own.collect();
        let of_kinds = own.iter().filter_map(|&(own, score)| {
            let worth = reduced(own as usize, score);
            Some((kind(own as usize)?, worth.collect::<Vec<_>>()))
        });
        let of_kinds: Vec<(usize, Vec<i64>)> = of_kinds.collect();
        let at_price = self.at_price.as_ref();
        let worths = at_price.map(|at| (at, at.by_kind(mentee, own.iter().copied())));
        let may_be_open = |mentor: u32, score: i32| {
            let worths = worths.as_ref();
            worths.is_none_or(|(at, of)| of.include(mentor as usize, at.worth((mentor, score))))
        };
        row.for_each(|mentor, score| {
            if !may_be_open(mentor, score) {
                return;
            }
            let worth = reduced(mentor as usize, score);
            let used = of_kinds
                .iter()
                .find(|own| Some(own.0) == kind(mentor as usize));
            let is_open = match used {
                Some((_, of_slot)) => worth.eq(of_slot.iter().copied()),
                None => self.optimum.is_tight(mentee, mentor as usize, score),
            };
            if is_open {
                visit(mentor);
            }
        });
    }
}
