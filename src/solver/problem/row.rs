//! One row of a problem: read where it lies, or computed when it is asked for.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::ids::{MenteeIdx, MentorIdx};

/// Scores computed when they are asked for, one row at a time.
///
/// Every closure `Fn(MenteeIdx, &mut [i32]) + Sync` is one; a type of your own can be one too.
///
/// ```
/// use mentormatch::MenteeIdx;
/// use mentormatch::solver::{Level, Problem, RowSource, SolveOptions, solve};
///
/// /// Mentees and mentors on a line: the nearer, the better; further than 50 is not allowed.
/// struct OnALine {
///     mentees: Vec<i32>,
///     mentors: Vec<i32>,
/// }
///
/// impl RowSource for OnALine {
///     fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
///         for (score, mentor) in scores.iter_mut().zip(&self.mentors) {
///             let distance = (self.mentees[mentee] - mentor).abs();
///             if distance <= 50 {
///                 *score = 100 - distance;
///             }
///         }
///     }
/// }
///
/// let source = OnALine { mentees: vec![0, 60, 200], mentors: vec![10, 40] };
/// let problem = Problem::on_demand(3, 2, &source, 50..=100, Some(-1))?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// assert_eq!(solution.value, [90 + 80]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait RowSource: Sync {
    /// Writes the scores of `mentee` with every mentor.
    ///
    /// On entry every score is the absent value the problem was made with (or, without one, the
    /// lowest score of the declared range), so pairs that are not allowed can be passed over.
    ///
    /// A row is asked for several times, from several threads, and must be the same every time.
    /// A source that breaks this gets an error or an answer that is proved for the scores it gave
    /// last, never a false proof.
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]);

    /// Writes the scores of `mentor` with every mentee, the same as in their rows, and says that it has.
    ///
    /// Worth having where a column is much cheaper than all rows: where places are scarce, a mentor who
    /// has seen all mentees that were listed for her asks for her column. Most problems never ask; it
    /// pays where mentors agree on the mentees. A source that says no, as it does unless told otherwise,
    /// is asked for every row then, for all mentors together.
    ///
    /// On entry the scores are as in [`fill`](Self::fill).
    fn fill_column(&self, mentor: MentorIdx, scores: &mut [i32]) -> bool {
        let _ = (mentor, scores);
        false
    }
}

impl<F: Fn(MenteeIdx, &mut [i32]) + Sync> RowSource for F {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        self(mentee, scores);
    }
}

/// Pairs of a row that are looked at one by one.
const SHORT: usize = 4;

/// The allowed pairs of one mentee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::solver) enum Row<'a> {
    /// One score a mentor; `absent` marks a pair that is not allowed.
    Dense {
        scores: &'a [i32],
        absent: Option<i32>,
    },
    /// Allowed mentors, ascending, with their scores.
    Sparse {
        mentors: &'a [u32],
        scores: &'a [i32],
    },
}

impl Row<'_> {
    /// The score of a pair, `None` if it is not allowed.
    pub(in crate::solver) fn score(&self, mentor: u32) -> Option<i32> {
        match *self {
            Row::Dense { scores, absent } => {
                let score = *scores.get(mentor as usize)?;
                (Some(score) != absent).then_some(score)
            }
            Row::Sparse { mentors, scores } => Some(scores[mentors.binary_search(&mentor).ok()?]),
        }
    }

    /// Calls `visit(mentor, score)` for each allowed pair, mentors ascending.
    pub(in crate::solver) fn for_each(&self, mut visit: impl FnMut(u32, i32)) {
        match *self {
            Row::Dense { scores, absent } => {
                for (mentor, &score) in (0u32..).zip(scores) {
                    if Some(score) != absent {
                        visit(mentor, score);
                    }
                }
            }
            Row::Sparse { mentors, scores } => {
                for (&mentor, &score) in mentors.iter().zip(scores) {
                    visit(mentor, score);
                }
            }
        }
    }

    /// Whether to look at each pair takes no longer than to look anything else up.
    pub(in crate::solver) fn is_short(&self) -> bool {
        let (Row::Dense { scores, .. } | Row::Sparse { scores, .. }) = self;
        scores.len() <= SHORT
    }

    /// The number of allowed pairs.
    pub(in crate::solver) fn allowed(&self) -> usize {
        match *self {
            Row::Dense {
                scores,
                absent: Some(absent),
            } => scores.iter().filter(|&&score| score != absent).count(),
            Row::Dense { scores, .. } | Row::Sparse { scores, .. } => scores.len(),
        }
    }
}

/// Space for one computed row; empty for scores that lie in memory. Made once and used for many rows.
#[derive(Clone, Debug, Default)]
pub(in crate::solver) struct RowBuffer(Vec<i32>);

impl RowBuffer {
    /// So many scores that lie apart, the last of them the lowest number if there are fewer.
    pub(super) fn gather(
        &mut self,
        scores: impl Iterator<Item = i32>,
        absent: Option<i32>,
        len: usize,
    ) -> Row<'_> {
        self.0.clear();
        self.0.extend(scores.take(len));
        self.0.resize(len, i32::MIN);
        Row::Dense {
            scores: &self.0,
            absent,
        }
    }
}

/// Where the rows of an on-demand problem come from, and what was promised about them.
#[derive(Clone)]
pub(super) struct OnDemand<'a> {
    source: &'a dyn RowSource,
    range: RangeInclusive<i32>,
    absent: Option<i32>,
    /// The lowest mentee whose row broke the promise, [`NOBODY`] if none did. Clones share it.
    refused: Arc<AtomicU32>,
}

/// No problem has as many people.
const NOBODY: u32 = u32::MAX;

impl<'a> OnDemand<'a> {
    pub(super) fn new(
        source: &'a dyn RowSource,
        range: RangeInclusive<i32>,
        absent: Option<i32>,
    ) -> Self {
        Self {
            source,
            range,
            absent,
            refused: Arc::new(AtomicU32::new(NOBODY)),
        }
    }

    pub(super) fn absent(&self) -> Option<i32> {
        self.absent
    }

    /// Computes a row of `mentors` scores; `None` if one lies outside the declared range.
    pub(super) fn row<'r>(
        &self,
        mentee: u32,
        mentors: usize,
        buffer: &'r mut RowBuffer,
    ) -> Option<Row<'r>> {
        let scores = self.cleared(mentors, buffer);
        self.source.fill(MenteeIdx::new(mentee), scores);
        if self.keeps_promise(scores) {
            let absent = self.absent;
            Some(Row::Dense { scores, absent })
        } else {
            self.refused.fetch_min(mentee, Ordering::Relaxed);
            None
        }
    }

    /// Computes a column of `mentees` scores; `None` if the source has none to give, or one that lies
    /// outside the declared range, as a row then does too.
    pub(super) fn column<'r>(
        &self,
        mentor: u32,
        mentees: usize,
        buffer: &'r mut RowBuffer,
    ) -> Option<Row<'r>> {
        let scores = self.cleared(mentees, buffer);
        let is_there = self.source.fill_column(MentorIdx::new(mentor), scores);
        let absent = self.absent;
        (is_there && self.keeps_promise(scores)).then_some(Row::Dense { scores, absent })
    }

    /// Room for so many scores, none of them a pair.
    fn cleared<'r>(&self, len: usize, buffer: &'r mut RowBuffer) -> &'r mut [i32] {
        let scores = &mut buffer.0;
        scores.clear();
        scores.resize(len, self.absent.unwrap_or(*self.range.start()));
        scores
    }

    fn keeps_promise(&self, scores: &[i32]) -> bool {
        let (low, high) = (*self.range.start(), *self.range.end());
        let absent = self.absent.unwrap_or(low);
        // Whole numbers, not truth values, are what the compiler vectorises well.
        let breaks = |score: i32| i32::from(((score < low) | (score > high)) & (score != absent));
        scores
            .iter()
            .fold(0, |broken, &score| broken | breaks(score))
            == 0
    }

    /// Forgets what was refused: a call is judged by the rows it gets.
    pub(super) fn forgive(&self) {
        self.refused.store(NOBODY, Ordering::Relaxed);
    }

    /// The lowest mentee whose row has been outside the declared range so far.
    pub(super) fn refused(&self) -> Option<MenteeIdx> {
        let mentee = self.refused.load(Ordering::Relaxed);
        (mentee != NOBODY).then_some(MenteeIdx::new(mentee))
    }
}

/// Without the scores, and without asking the source for anything.
impl fmt::Debug for OnDemand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnDemand")
            .field("range", &self.range)
            .field("absent", &self.absent)
            .finish_non_exhaustive()
    }
}
