//! How the solver reads a problem: row by row, whatever door the scores came through.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::super::control::Watch;
use super::super::kept_rows::Peaks;
use super::listed::{ListedRows, position};
use super::row::{Row, RowBuffer};
use super::{Problem, Scores, Side};
use crate::ids::MenteeIdx;
use crate::parallel::{self, Extent};

/// Where rows come from. Estimates of memory take it beside a problem, so that they can be made for a
/// matrix that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// They lie in memory.
    InMemory,
    /// They are computed whenever they are asked for.
    OnDemand,
}

/// Pairs of the largest matrix that is copied to have columns as rows. Where places are scarce that is
/// twice as fast on small ones; at three times the size the copy costs what it saves.
const MOST_TO_TRANSPOSE: usize = 1 << 23;

/// What is no score where sums are formed: no sum is so low.
const ABSENT: i32 = i32::MIN;

/// Scores in a line of the cache.
const LINE: usize = 16;

impl Access {
    /// What it takes to choose so many of the pairs by columns, in bytes: three times as many are kept
    /// as are wanted, and where rows must be computed all columns wait for all rows.
    pub(in crate::solver) fn bytes_of_columns(self, wanted: u64) -> u64 {
        match self {
            Self::OnDemand => wanted.saturating_mul(6 * 8),
            Self::InMemory => 0,
        }
    }
}

impl Problem<'_> {
    /// A mentee's row. Only an on-demand problem needs the buffer; its row is `None` where it breaks
    /// the source's promise.
    #[inline(always)]
    pub(in crate::solver) fn row<'r>(
        &'r self,
        mentee: usize,
        buffer: &'r mut RowBuffer,
    ) -> Option<Row<'r>> {
        match &self.scores {
            Scores::Dense { scores, absent } => {
                let scores = &scores[mentee * self.mentors()..][..self.mentors()];
                let absent = *absent;
                Some(Row::Dense { scores, absent })
            }
            Scores::Rows { rows, absent, .. } => {
                let (scores, absent) = (rows[mentee], *absent);
                Some(Row::Dense { scores, absent })
            }
            Scores::Sparse {
                starts,
                mentors,
                scores,
            } => {
                let rows = ListedRows {
                    starts,
                    mentors,
                    scores,
                };
                let (mentors, scores) = rows.row(mentee);
                Some(Row::Sparse { mentors, scores })
            }
            Scores::OnDemand(source) => {
                source.row(u32::try_from(mentee).ok()?, self.mentors(), buffer)
            }
        }
    }

    /// What is known beforehand of where scores exceed these prices of mentors, if rows are kept.
    pub(in crate::solver) fn peaks(&self, prices: &[i32]) -> Option<Peaks<'_>> {
        match &self.scores {
            Scores::Rows { kept, .. } => Peaks::new((*kept)?, prices),
            _ => None,
        }
    }

    /// Has memory bring some scores, if rows are kept and hardly read otherwise.
    pub(in crate::solver) fn fetch_pairs(&self, pairs: impl Iterator<Item = (usize, usize)>) {
        if let Scores::Rows {
            kept: Some(kept), ..
        } = &self.scores
        {
            kept.fetch_pairs(pairs);
        }
    }

    /// A mentor's column, one score a mentee, if it is to be had more cheaply than all rows.
    pub(in crate::solver) fn column<'r>(
        &self,
        mentor: usize,
        buffer: &'r mut RowBuffer,
    ) -> Option<Row<'r>> {
        let Scores::OnDemand(source) = &self.scores else {
            return None;
        };
        source.column(u32::try_from(mentor).ok()?, self.mentees(), buffer)
    }

    /// The same of a matrix in memory, gathered from its rows. Whatever is not reached before a cancellation is the lowest
    /// number.
    pub(in crate::solver) fn gathered_column<'r>(
        &self,
        mentor: usize,
        watch: &Watch,
        buffer: &'r mut RowBuffer,
    ) -> Option<Row<'r>> {
        let (mentees, mentors) = (self.mentees(), self.mentors());
        match &self.scores {
            Scores::Dense { scores, absent } => {
                let column = scores.iter().skip(mentor).step_by(mentors.max(1));
                Some(buffer.gather(watch.until_cancelled(column.copied()), *absent, mentees))
            }
            Scores::Rows { rows, absent, .. } => {
                let column = rows.iter().map(|row| row[mentor]);
                Some(buffer.gather(watch.until_cancelled(column), *absent, mentees))
            }
            Scores::Sparse { .. } | Scores::OnDemand(_) => None,
        }
    }

    /// Calls `visit(mentor, score)` for each allowed pair of a mentee, mentors ascending. A row that
    /// breaks an on-demand source's promise has no pairs, until [`refused`](Self::refused) is asked.
    pub(in crate::solver) fn for_each_allowed(
        &self,
        mentee: usize,
        buffer: &mut RowBuffer,
        visit: impl FnMut(u32, i32),
    ) {
        if let Some(row) = self.row(mentee, buffer) {
            row.for_each(visit);
        }
    }

    /// The lowest mentee whose row has broken an on-demand source's promise so far.
    pub(in crate::solver) fn refused(&self) -> Option<MenteeIdx> {
        match &self.scores {
            Scores::OnDemand(source) => source.refused(),
            _ => None,
        }
    }

    /// Has a new call judge an on-demand source by the rows that it gives from now on.
    pub(in crate::solver) fn forgive(&self) {
        if let Scores::OnDemand(source) = &self.scores {
            source.forgive();
        }
    }

    /// The work in one pass over all rows.
    pub(in crate::solver) fn extent(&self) -> Extent {
        let rows = self.mentees();
        let columns = self.pairs() / rows.max(1);
        Extent { rows, columns }
    }

    /// The work in looking up a few pairs in every row: a whole row only if it must be computed.
    pub(in crate::solver) fn lookup_extent(&self) -> Extent {
        match &self.scores {
            Scores::OnDemand(_) => self.extent(),
            _ => Extent {
                columns: 1,
                ..self.extent()
            },
        }
    }

    /// The same problem with its scores in memory, for methods that need them all at once; with fewer
    /// pairs if cancelled.
    pub(in crate::solver) fn in_memory(&self, watch: &Watch) -> Cow<'_, Self> {
        let Scores::OnDemand(source) = &self.scores else {
            return Cow::Borrowed(self);
        };
        let absent = source.absent();
        let mut scores = vec![0; self.pairs()];
        let fill = |buffer: &mut RowBuffer, mentee: usize, cells: &mut [i32]| match (!watch
            .is_cancelled())
        .then(|| self.row(mentee, buffer))
        {
            Some(Some(Row::Dense { scores, .. })) => cells.copy_from_slice(scores),
            _ => cells.fill(absent.unwrap_or_default()),
        };
        parallel::fill_rows(&mut scores, self.mentors(), RowBuffer::default, fill);
        let scores = scores.into();
        Cow::Owned(Self {
            scores: Scores::Dense { scores, absent },
            mentees: self.mentees.clone(),
            mentors: self.mentors.clone(),
        })
    }

    /// What [`in_memory`](Self::in_memory) takes, in bytes.
    pub(in crate::solver) fn bytes_in_memory(&self, access: Access) -> u64 {
        match access {
            Access::OnDemand => (self.pairs() as u64).saturating_mul(size_of::<i32>() as u64),
            Access::InMemory => 0,
        }
    }

    /// Where the rows come from.
    pub(in crate::solver) fn access(&self) -> Access {
        match &self.scores {
            Scores::OnDemand(_) => Access::OnDemand,
            _ => Access::InMemory,
        }
    }

    /// How many pairs each mentee and each mentor has, if that is fewer than there are others; 0 for some
    /// if cancelled.
    pub(in crate::solver) fn pairs_of_each(&self, watch: &Watch) -> Option<[Vec<u32>; 2]> {
        let Scores::Sparse {
            starts, mentors, ..
        } = &self.scores
        else {
            return None;
        };
        let length = |span: &[u64]| u32::try_from(span[1] - span[0]).unwrap_or(u32::MAX);
        let of_mentees = starts.windows(2).map(length).collect();
        let mut of_mentors = vec![0; self.mentors()];
        for &mentor in watch.until_cancelled(mentors.iter()) {
            of_mentors[mentor as usize] += 1;
        }
        Some([of_mentees, of_mentors])
    }

    /// The rows, if they name their mentors.
    pub(in crate::solver) fn listed_rows(&self) -> Option<ListedRows<'_>> {
        match &self.scores {
            Scores::Sparse {
                starts,
                mentors,
                scores,
            } => Some(ListedRows {
                starts,
                mentors,
                scores,
            }),
            _ => None,
        }
    }

    /// Whether only the allowed pairs are stored.
    pub(in crate::solver) fn is_sparse(&self) -> bool {
        matches!(self.scores, Scores::Sparse { .. })
    }

    /// Whether all pairs are stored, those that are not allowed too.
    pub(in crate::solver) fn is_matrix(&self) -> bool {
        matches!(self.scores, Scores::Dense { .. } | Scores::Rows { .. })
    }

    /// All scores row by row, and what is no score, if all pairs are stored in one piece.
    pub(in crate::solver) fn matrix(&self) -> Option<(&[i32], Option<i32>)> {
        match &self.scores {
            Scores::Dense { scores, absent } => Some((scores, *absent)),
            _ => None,
        }
    }

    /// The same pairs and maxima, without minimums and groups.
    pub(in crate::solver) fn relaxed(&self) -> Problem<'_> {
        let scores = match &self.scores {
            Scores::Dense { scores, absent } => Scores::Dense {
                scores: Cow::Borrowed(scores),
                absent: *absent,
            },
            Scores::Rows { rows, absent, kept } => Scores::Rows {
                rows: Arc::clone(rows),
                absent: *absent,
                kept: *kept,
            },
            Scores::Sparse {
                starts,
                mentors,
                scores,
            } => Scores::Sparse {
                starts: Cow::Borrowed(starts),
                mentors: Cow::Borrowed(mentors),
                scores: Cow::Borrowed(scores),
            },
            Scores::OnDemand(source) => Scores::OnDemand(source.clone()),
        };
        Problem {
            scores,
            mentees: Side::up_to(self.mentees.max.clone()),
            mentors: Side::up_to(self.mentors.max.clone()),
        }
    }

    /// Adds to the scores of some pairs, in a copy of all scores if they are in memory; to none where they are
    /// computed. No sum may leave 32 bits, or be the lowest of them. `sums(mentee, add)` says by
    /// `add(mentor, value)` what is added to whose score; pairs that are not allowed remain so.
    pub(in crate::solver) fn add_to_scores(
        &mut self,
        watch: &Watch,
        sums: impl Fn(usize, &mut dyn FnMut(u32, i64)) + Sync + Send,
    ) {
        let columns = self.mentors();
        if let Scores::Rows { rows, absent, .. } = &self.scores {
            let (scores, absent) = (rows.concat().into(), *absent);
            self.scores = Scores::Dense { scores, absent };
        }
        match &mut self.scores {
            Scores::Dense { scores, absent } => {
                let cells = scores.to_mut();
                let before = absent.replace(ABSENT);
                parallel::fill_rows(
                    cells,
                    columns,
                    || (),
                    |(), mentee, row| {
                        if let Some(before) = before.filter(|_| !watch.is_cancelled()) {
                            for score in row.iter_mut() {
                                *score = if *score == before { ABSENT } else { *score };
                            }
                        }
                        sums(mentee, &mut |mentor, value| {
                            add(&mut row[mentor as usize], value);
                        });
                    },
                );
            }
            Scores::Sparse {
                starts,
                mentors,
                scores,
            } => {
                let scores = scores.to_mut();
                for mentee in watch.until_cancelled(0..starts.len() - 1) {
                    let row = position(starts[mentee])..position(starts[mentee + 1]);
                    sums(mentee, &mut |mentor, value| {
                        if let Ok(at) = mentors[row.clone()].binary_search(&mentor) {
                            add(&mut scores[row.start + at], value);
                        }
                    });
                }
            }
            Scores::Rows { .. } | Scores::OnDemand(_) => {}
        }
    }

    /// The same pairs with mentors as rows, if they are sparse or a small matrix; without bounds.
    /// Without pairs if cancelled.
    pub(in crate::solver) fn transposed(&self, watch: &Watch) -> Option<Problem<'static>> {
        let scores = match &self.scores {
            Scores::Dense { scores, absent } => self.transposed_matrix(scores, *absent, watch)?,
            Scores::Sparse { mentors, .. } => self.transposed_arcs(mentors, watch),
            Scores::Rows { .. } | Scores::OnDemand(_) => return None,
        };
        Some(Problem {
            scores,
            mentees: Side::ones(self.mentors()),
            mentors: Side::ones(self.mentees()),
        })
    }

    fn transposed_matrix(
        &self,
        scores: &[i32],
        absent: Option<i32>,
        watch: &Watch,
    ) -> Option<Scores<'static>> {
        if scores.len() > MOST_TO_TRANSPOSE {
            return None;
        }
        let (mentees, mentors) = (self.mentees(), self.mentors());
        let mut turned = vec![0; scores.len()];
        parallel::fill_rows(
            &mut turned,
            mentees * LINE,
            || (),
            |(), band, turned| {
                let first = band * LINE;
                for mentee in watch.until_cancelled(0..mentees) {
                    let row = &scores[mentee * mentors..][..mentors];
                    for (at, score) in row[first..].iter().take(LINE).enumerate() {
                        turned[at * mentees + mentee] = *score;
                    }
                }
            },
        );
        Some(Scores::Dense {
            scores: turned.into(),
            absent,
        })
    }

    fn transposed_arcs(&self, mentors: &[u32], watch: &Watch) -> Scores<'static> {
        let mut starts = vec![0u64; self.mentors() + 1];
        for &mentor in watch.until_cancelled(mentors) {
            starts[mentor as usize + 1] += 1;
        }
        for mentor in 0..self.mentors() {
            starts[mentor + 1] += starts[mentor];
        }
        let mut next = starts.clone();
        let (mut columns, mut scores) = (vec![0; mentors.len()], vec![0; mentors.len()]);
        let mut buffer = RowBuffer::default();
        for (mentee, number) in watch.until_cancelled((0..self.mentees()).zip(0u32..)) {
            self.for_each_allowed(mentee, &mut buffer, |mentor, score| {
                let next = &mut next[mentor as usize];
                (columns[position(*next)], scores[position(*next)]) = (number, score);
                *next += 1;
            });
        }
        Scores::Sparse {
            starts: starts.into(),
            mentors: columns.into(),
            scores: scores.into(),
        }
    }

    /// What [`transposed`](Self::transposed) takes, in bytes; of a matrix, only if mentors lead.
    pub(in crate::solver) fn bytes_transposed(&self, access: Access, led_by_mentors: bool) -> u64 {
        match &self.scores {
            Scores::Sparse { scores, .. } => {
                (8 * scores.len() as u64).saturating_add(16 * self.mentors() as u64)
            }
            Scores::Rows { .. } => 0,
            _ if access == Access::InMemory
                && led_by_mentors
                && self.pairs() <= MOST_TO_TRANSPOSE =>
            {
                4 * self.pairs() as u64
            }
            _ => 0,
        }
    }

    /// The answers of bands of neighbouring columns, in their order: one a thread, but of no fewer and no more than
    /// so many columns; of all columns at once where a row must be computed as a whole.
    pub(in crate::solver) fn by_bands<T: Send>(
        &self,
        widths: RangeInclusive<usize>,
        value: impl Fn(Range<usize>) -> T + Sync + Send,
    ) -> Vec<T> {
        let columns = self.mentors();
        let width = match self.access() {
            Access::OnDemand => columns.max(1),
            Access::InMemory => {
                let of_thread = columns.div_ceil(parallel::threads());
                let in_lines = of_thread.next_multiple_of(4 * LINE); // so that none are left over within a band
                in_lines.clamp(*widths.start(), *widths.end())
            }
        };
        let extent = Extent {
            rows: columns.div_ceil(width),
            columns: self.mentees().saturating_mul(width),
        };
        parallel::blocks(extent, |bands| {
            value(bands.start * width..(bands.end * width).min(columns))
        })
    }

    /// Whether every pair is allowed; anything if cancelled.
    pub(in crate::solver) fn is_complete(&self, watch: &Watch) -> bool {
        let is_full = |row: Row<'_>| row.allowed() == self.mentors();
        let mut buffer = RowBuffer::default();
        (0..self.mentees())
            .take_while(|_| !watch.is_cancelled())
            .all(|mentee| self.row(mentee, &mut buffer).is_some_and(is_full))
    }
}

/// Adds to a score, if it is one.
fn add(score: &mut i32, value: i64) {
    if *score != ABSENT {
        *score = i32::try_from(i64::from(*score) + value).unwrap_or(*score);
    }
}
