//! Compressed rows: which ones no problem can be made of, and how the others are read.

use std::ops::Range;

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

    /// As many of these rows, from the first on, as have so many pairs together at most; one at least.
    pub(in crate::solver) fn first_of(&self, rows: Range<usize>, pairs: u64) -> Range<usize> {
        let before = self.starts[rows.start];
        if self.starts[rows.end] - before <= pairs {
            return rows; // nearly always, and told at once
        }
        let fits = |&row: &usize| self.starts[row + 1] - before <= pairs;
        let fitting = rows.clone().take_while(fits).count();
        rows.start..rows.start + fitting.max(1)
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

#[cfg(test)]
mod tests {
    use crate::solver::problem::Problem;

    #[test]
    fn a_band_has_at_least_one_row_and_no_more_pairs_than_it_may() {
        let problem = Problem::sparse(3, &[0, 3, 3, 4, 6], &[0, 1, 2, 0, 1, 2], &[7; 6]).unwrap();
        let rows = problem.listed_rows().unwrap();
        let end = |start, pairs| rows.first_of(start..4, pairs).end;
        assert_eq!(
            [0, 2, 3, 4, 5, 6].map(|pairs| end(0, pairs)),
            [1, 1, 2, 3, 3, 4]
        );
        assert_eq!([0, 1, 2, 3].map(|pairs| end(1, pairs)), [2, 3, 3, 4]);
    }
}
