//! Rows of scores that are kept from one solve to the next, summed up so that later passes are short.
//!
//! # Idea
//! A pass over all pairs asks of each whether its score exceeds the prices of its two people, and hardly one
//! pair in a thousand does. Of kept rows it is noted once, for every block of mentors, how much the best score
//! exceeds its mentor's price *of that time*: the block's *peak*. By how much prices have fallen since then
//! is a number a block, for all rows. So a block whose peak cannot reach what the mentee pays is passed over
//! without being read. With 10,000 × 2,500 structured scores of which one row in a hundred is new, one
//! block in a hundred is read, and after half of all rows are others, one in forty.
//!
//! # Invariant
//! Scores and peaks are made together, here, and never written again: a check that passes blocks over
//! trusts nothing else.
//!
//! # Complexity
//! One parallel pass over new rows; memory for one number more in [`BLOCK`].
//!
//! # References
//! G. Moerkotte, "Small materialized aggregates: a light weight index structure for data warehousing",
//! 1998; S. Ding and T. Suel, "Faster top-k document retrieval using block-max indexes", 2011.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::error::ProblemError;
use super::groups::{check_people, expect_row_length};
use crate::ids::MenteeIdx;
use crate::lanes;
use crate::parallel::{self, Extent};

/// Mentors of a block: their scores are a line of the cache.
const BLOCK: usize = 16;

/// Peaks compared at once.
const SCREEN: usize = 8;

/// Prices at which rows are summed up are none below zero and none above this, so that what scores exceed them by
/// fits 32 bits.
const NARROW: i32 = 1 << 29;

/// Any score counts as this at least: no sum of a bar and a rise is so low, less a price.
const LOWEST: i32 = i32::MIN + NARROW;

/// Rows of scores to keep between solves: one row a mentee, one score a mentor. Cheap to clone, and to make
/// anew with some other rows.
///
/// Where little has changed, [`solve_from`](super::solve_from) takes half to three quarters of the time that it takes on the same
/// rows as [`Problem::rows`](super::Problem::rows): neither it nor the check of its proof reads most of the scores.
/// What they are summed up at ([`Start::sum_up`](super::Start::sum_up)) never changes a result; once after the first solve will do, and
/// once more after large changes. Mentees may come, go and change; where a mentor does, make all rows anew.
///
/// They take 4 bytes a pair and a sixteenth more, which rows that stay the same share.
///
/// ```
/// use mentormatch::solver::{KeptRow, KeptRows, Level, Problem, SolveOptions, Start, solve, solve_from};
///
/// let options = SolveOptions::new([Level::TotalScore]);
/// let rows = KeptRows::new(2, [vec![70, 60], vec![20, 90]], None)?;
/// let before = solve(&Problem::kept(&rows)?, &options)?;
/// let start = Start::of(&before);
/// let rows = start.sum_up(&rows);
///
/// // The first mentee's scores have changed; the second's have not.
/// let rows = rows.followed_by(2, |mentee| match mentee.get() {
///     0 => KeptRow::New(vec![10, 99]),
///     _ => KeptRow::Same(mentee),
/// })?;
/// let solution = solve_from(&Problem::kept(&rows)?, &options, &start)?;
/// assert_eq!(solution.value, [99 + 20]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct KeptRows {
    rows: Arc<[Kept]>,
    /// By mentor: her price when rows are summed up.
    base: Arc<[i32]>,
    absent: Option<i32>,
}

/// A row and its peaks, which other states of the matrix may share. Peaks of all rows lie near one another: with
/// each row's beside its scores, a pass took a third longer.
#[derive(Clone)]
struct Kept {
    scores: Arc<Vec<i32>>,
    /// By block: the most by which an allowed score exceeds the mentor's base price, or a number that nothing reaches.
    peaks: Arc<[i32]>,
}

/// What becomes of a row.
///
/// ```
/// use mentormatch::MenteeIdx;
/// use mentormatch::solver::{KeptRow, KeptRows};
///
/// let rows = KeptRows::new(2, [vec![70, 60], vec![20, 90]], None)?;
/// // The first mentee has left.
/// let rows = rows.followed_by(1, |_| KeptRow::Same(MenteeIdx::new(1)))?;
/// assert_eq!(rows.row(MenteeIdx::new(0)), Some(&[20, 90][..]));
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
///
/// Together with [`Start::with_people`](super::Start::with_people), which tells the same of prices:
///
/// ```
/// use mentormatch::solver::{
///     KeptRow, KeptRows, Level, Problem, SolveOptions, Start, solve, solve_from,
/// };
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// let options = SolveOptions::new([Level::TotalScore]);
/// let rows = KeptRows::new(2, [vec![70, 60], vec![20, 90]], None)?;
/// let before = solve(&Problem::kept(&rows)?, &options)?;
/// // The first mentee has left, and another has joined behind the second.
/// let stood = [Some(MenteeIdx::new(1)), None];
/// let rows = rows.followed_by(2, |mentee| match stood[mentee.index()] {
///     Some(before) => KeptRow::Same(before),
///     None => KeptRow::New(vec![80, 95]),
/// })?;
/// let start = Start::of(&before).with_people(stood, MentorIdx::all(2).map(Some));
/// let solution = solve_from(&Problem::kept(&rows)?, &options, &start)?;
/// assert_eq!(solution.value, [80 + 90]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum KeptRow {
    /// The row that the mentee of this position had.
    Same(MenteeIdx),
    /// Other scores.
    New(Vec<i32>),
}

impl KeptRows {
    /// Rows of `mentors` scores each; those that equal `absent` are of pairs that are not allowed.
    ///
    /// # Errors
    /// A row of another length; 2²⁴ people or more.
    pub fn new(
        mentors: usize,
        rows: impl IntoIterator<Item = Vec<i32>>,
        absent: Option<i32>,
    ) -> Result<Self, ProblemError> {
        check_people(mentors)?;
        let none = Self::none(std::iter::repeat_n(0, mentors), absent);
        none.filled(rows)
    }

    /// These rows of the same mentors.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(crate) fn filled(
        &self,
        rows: impl IntoIterator<Item = Vec<i32>>,
    ) -> Result<Self, ProblemError> {
        let rows: Vec<_> = rows.into_iter().map(Arc::new).collect();
        self.with_rows(rows.len(), |at| self.summed(at, Arc::clone(&rows[at])))
    }

    /// No rows yet, of mentors of these prices, or of nearly those: any will do.
    pub(super) fn none(prices: impl Iterator<Item = i64>, absent: Option<i32>) -> Self {
        let highest = i64::from(NARROW);
        let narrow = |price: i64| i32::try_from(price.clamp(0, highest)).unwrap_or_default();
        Self {
            rows: Arc::new([]),
            base: prices.map(narrow).collect(),
            absent,
        }
    }

    /// The rows of so many mentees of today: each has one of before or another one, as `row` says.
    ///
    /// # Errors
    /// A row of another length; the same row as of somebody who was not there; 2²⁴ people or more.
    ///
    /// # Complexity
    /// One parallel pass over the new rows.
    pub fn followed_by(
        &self,
        mentees: usize,
        row: impl Fn(MenteeIdx) -> KeptRow + Sync + Send,
    ) -> Result<Self, ProblemError> {
        self.with_rows(mentees, |at| {
            match row(MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX))) {
                KeptRow::Same(mentee) => {
                    let known = self.rows.get(mentee.index()).cloned();
                    known.ok_or(ProblemError::NoSuchRow {
                        mentee: at,
                        of: mentee.index(),
                        rows: self.rows.len(),
                    })
                }
                KeptRow::New(scores) => self.summed(at, Arc::new(scores)),
            }
        })
    }

    /// The same rows, summed up at these prices of mentors.
    pub(super) fn at_prices(&self, prices: impl Iterator<Item = i64>) -> Self {
        let none = Self::none(prices, self.absent);
        let again = |at: usize| none.summed(at, Arc::clone(&self.rows[at].scores));
        none.with_rows(self.rows.len(), again)
            .unwrap_or_else(|_| self.clone())
    }

    fn with_rows(
        &self,
        rows: usize,
        row: impl Fn(usize) -> Result<Kept, ProblemError> + Sync + Send,
    ) -> Result<Self, ProblemError> {
        let columns = self.mentors();
        check_people(rows.saturating_add(columns))?;
        let kept = parallel::map(Extent { rows, columns }, || (), |(), at| row(at));
        Ok(Self {
            rows: kept.into_iter().collect::<Result<_, _>>()?,
            ..self.clone()
        })
    }

    fn summed(&self, mentee: usize, scores: Arc<Vec<i32>>) -> Result<Kept, ProblemError> {
        expect_row_length(mentee, scores.len(), self.mentors())?;
        let absent = self.absent.unwrap_or(i32::MIN);
        let (whole, rest) = scores.as_chunks::<BLOCK>();
        let (base, base_of_rest) = self.base.as_chunks::<BLOCK>();
        let peaks = whole.iter().zip(base);
        let peaks = peaks.map(|(scores, base)| peak(scores, base, absent));
        let last = (!rest.is_empty()).then(|| peak(rest, base_of_rest, absent));
        let peaks = peaks.chain(last).collect();
        Ok(Kept { scores, peaks })
    }

    /// How many mentees have a row.
    #[must_use]
    pub fn mentees(&self) -> usize {
        self.rows.len()
    }

    /// How many scores a row has.
    #[must_use]
    pub fn mentors(&self) -> usize {
        self.base.len()
    }

    /// A mentee's scores; `None` if there is no such mentee.
    #[must_use]
    pub fn row(&self, mentee: MenteeIdx) -> Option<&[i32]> {
        let kept = self.rows.get(mentee.index())?;
        Some(&kept.scores)
    }

    /// All rows, by mentee.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[i32]> {
        self.rows.iter().map(|kept| &kept.scores[..])
    }

    /// Has memory bring what was found of these mentees' rows: many lines are asked for before any is waited for.
    fn fetch(&self, mentees: impl Iterator<Item = usize>, found: &Found) {
        let lines = mentees.enumerate().flat_map(|(at, mentee)| {
            let blocks = found.of(at).unwrap_or_default();
            // A block may lie on two lines.
            blocks
                .iter()
                .flat_map(move |block| [(mentee, block.start), (mentee, block.end - 1)])
        });
        self.fetch_pairs(lines);
    }

    /// The same of single pairs, as far as there are such people.
    pub(super) fn fetch_pairs(&self, pairs: impl Iterator<Item = (usize, usize)>) {
        let score = |(mentee, mentor): (usize, usize)| self.rows.get(mentee)?.scores.get(mentor);
        let touched = pairs.filter_map(score).fold(0, |any, score| any ^ score);
        std::hint::black_box(touched);
    }

    /// What marks a pair that is not allowed.
    #[must_use]
    pub const fn absent(&self) -> Option<i32> {
        self.absent
    }
}

/// No scores either.
impl fmt::Debug for KeptRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same(mentee) => f.debug_tuple("Same").field(mentee).finish(),
            Self::New(_) => f.debug_tuple("New").finish_non_exhaustive(),
        }
    }
}

/// The most by which a score exceeds its price. What is absent, or so low that no difference is, counts as the
/// lowest that matters.
#[inline]
fn peak(scores: &[i32], base: &[i32], absent: i32) -> i32 {
    let counted = |score: i32| {
        if score == absent {
            LOWEST
        } else {
            score.max(LOWEST)
        }
    };
    let above = scores
        .iter()
        .zip(base)
        .map(|(&score, &base)| counted(score) - base);
    above.fold(i32::MIN, i32::max)
}

/// No scores, which are personal data.
impl fmt::Debug for KeptRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptRows")
            .field("mentees", &self.mentees())
            .field("mentors", &self.mentors())
            .finish_non_exhaustive()
    }
}

/// What the peaks of kept rows say at today's prices.
pub(super) struct Peaks<'a> {
    kept: &'a KeptRows,
    /// By block: the least by which a mentor's price exceeds her base price, or less.
    rises: Vec<i32>,
}

/// Blocks of some rows that are to be read, in the order in which rows were looked up.
#[derive(Default)]
pub(super) struct Found {
    /// By row: where its blocks are; `None` for a row that is to be read as a whole.
    spans: Vec<Option<Range<usize>>>,
    /// As ranges of mentors.
    blocks: Vec<Range<usize>>,
}

/// What to read of a row, as ranges of mentors; `None` if all of it.
pub(super) type Blocks<'f> = Option<&'f [Range<usize>]>;

impl<'a> Peaks<'a> {
    /// At these prices of all mentors; `None` if one has fallen by too much for sums of 32 bits.
    pub(super) fn new(kept: &'a KeptRows, prices: &[i32]) -> Option<Self> {
        if prices.len() != kept.mentors() {
            return None;
        }
        let rise = |(&price, &base): (&i32, &i32)| price.saturating_sub(base);
        let blocks = prices.chunks(BLOCK).zip(kept.base.chunks(BLOCK));
        let least = |(prices, base): (&[i32], &[i32])| {
            let rises = prices.iter().zip(base).map(rise);
            let least = rises.fold(NARROW, i32::min);
            (least > -NARROW).then_some(least)
        };
        let rises = blocks.map(least).collect::<Option<_>>()?;
        Some(Self { kept, rises })
    }

    /// Looks these mentees' rows up, and has memory bring what is to be read of them: all blocks in which an
    /// allowed score could exceed its mentor's price by more than the mentee's `bar`, and hardly any other. Without
    /// a bar, the row is to be read as a whole.
    pub(super) fn find(
        &self,
        mentees: impl Iterator<Item = usize> + Clone,
        bar: impl Fn(usize) -> Option<i32>,
    ) -> Found {
        Found::of_rows(mentees, |mentee| Some((self, bar(mentee)?)))
    }

    /// Looks one more row up.
    fn look_up(&self, mentee: usize, bar: i32, found: &mut Found) {
        if bar < -NARROW {
            return found.pass_over(); // sums might not fit 32 bits
        }
        let bar = bar.min(NARROW); // a lower bar only lets more through
        let reaches = |peak: i32, rise: i32| peak > rise + bar;
        let (before, mentors) = (found.blocks.len(), self.kept.mentors());
        let mut note = |first: usize, peaks: &[i32], rises: &[i32]| {
            for (block, (&peak, &rise)) in (first..).zip(peaks.iter().zip(rises)) {
                if reaches(peak, rise) {
                    let end = (block + 1) * BLOCK;
                    found.blocks.push(block * BLOCK..end.min(mentors));
                }
            }
        };
        let (screens, rest) = self.kept.rows[mentee].peaks.as_chunks::<SCREEN>();
        let (of_rises, rises_of_rest) = self.rises.as_chunks::<SCREEN>();
        for (number, (peaks, rises)) in screens.iter().zip(of_rises).enumerate() {
            if lanes::any::<SCREEN>(|at| reaches(peaks[at], rises[at])) {
                note(number * SCREEN, peaks, rises);
            }
        }
        note(screens.len() * SCREEN, rest, rises_of_rest);
        found.spans.push(Some(before..found.blocks.len()));
    }
}

impl Found {
    /// The same where each row has peaks of its own to be held against.
    pub(super) fn of_rows<'p, 'a: 'p>(
        mentees: impl Iterator<Item = usize> + Clone,
        peaks: impl Fn(usize) -> Option<(&'p Peaks<'a>, i32)>,
    ) -> Self {
        let (mut found, mut kept) = (Self::default(), None);
        for mentee in mentees.clone() {
            match peaks(mentee) {
                Some((peaks, bar)) => {
                    kept = Some(peaks.kept);
                    peaks.look_up(mentee, bar, &mut found);
                }
                None => found.pass_over(),
            }
        }
        if let Some(kept) = kept {
            kept.fetch(mentees, &found);
        }
        found
    }

    /// Notes that one more row is to be read as a whole.
    fn pass_over(&mut self) {
        self.spans.push(None);
    }

    /// What to read of the row that was looked up after so many others; all of it where none was.
    pub(super) fn of(&self, at: usize) -> Blocks<'_> {
        let span = self.spans.get(at)?.clone()?;
        Some(&self.blocks[span])
    }
}

#[cfg(test)]
mod tests;
