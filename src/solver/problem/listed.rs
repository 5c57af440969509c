//! Compressed rows: which ones no problem can be made of, and how the others are read.

use crate::solver::error::ProblemError;
use crate::solver::groups::expect_length;

/// Rows that name their mentors: row `i` is `starts[i]..starts[i + 1]` of `mentors` and `scores`.
#[derive(Clone, Copy)]
pub(in crate::solver) struct ListedRows<'a> {
    pub(super) starts: &'a [u64],
    pub(super) mentors: &'a [u32],
    pub(super) scores: &'a [i32],
}

impl<'a> ListedRows<'a> {
    /// Whom a mentee may have, ascending, and their scores.
    #[inline(always)]
    pub(in crate::solver) fn row(&self, mentee: usize) -> (&'a [u32], &'a [i32]) {
        let row = position(self.starts[mentee])..position(self.starts[mentee + 1]);
        (&self.mentors[row.clone()], &self.scores[row])
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "starts were checked against slice lengths"
)]
pub(super) fn position(start: u64) -> usize {
    start as usize
}

/// Refuses rows that are not listed as [`Problem::sparse`](super::Problem::sparse) takes them, naming the first.
pub(super) fn check_rows(
    mentors: usize,
    starts: &[u64],
    columns: &[u32],
) -> Result<(), ProblemError> {
    check_starts(starts, columns.len() as u64)?;
    for mentee in 0..starts.len() - 1 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "starts ascend to columns.len()"
        )]
        let list = &columns[starts[mentee] as usize..starts[mentee + 1] as usize];
        let ascending = list.is_sorted_by(|a, b| a < b);
        if !ascending && let Some(pair) = list.windows(2).find(|pair| pair[0] >= pair[1]) {
            let (before, mentor) = (pair[0], pair[1]);
            return Err(ProblemError::RowOrder {
                mentee,
                before,
                mentor,
            });
        }
        if let Some(&mentor) = list.last().filter(|&&last| last as usize >= mentors) {
            return Err(ProblemError::NoSuchMentor {
                mentee,
                mentor,
                mentors,
            });
        }
    }
    Ok(())
}

/// Each start lies between the one before and the number of pairs; the first is 0, the last that number.
fn check_starts(starts: &[u64], pairs: u64) -> Result<(), ProblemError> {
    if starts.is_empty() {
        expect_length("row starts, one more than mentees", 0, 1)?;
    }
    let expect = |at, found, low, high| match (low..=high).contains(&found) {
        true => Ok(()),
        false => Err(ProblemError::RowStarts {
            at,
            found,
            low,
            high,
        }),
    };
    let mut before = 0;
    for (at, &found) in starts.iter().enumerate() {
        expect(at, found, before, if at == 0 { 0 } else { pairs })?;
        before = found;
    }
    expect(starts.len() - 1, before, pairs, pairs)
}
