//! The same rows without some pairs.

use std::collections::BTreeSet;

use super::rows::{ABSENT, ScoredRows};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::scoring::PairIdx;
use crate::solver::RowSource;

/// Rows of a matrix, or computed where there is none, in which these pairs are not allowed.
pub(super) struct Without<'a> {
    matrix: Option<&'a [i32]>,
    rows: &'a ScoredRows<'a>,
    pairs: &'a BTreeSet<PairIdx>,
}

impl<'a> Without<'a> {
    pub(super) fn new(
        matrix: Option<&'a [i32]>,
        rows: &'a ScoredRows<'a>,
        pairs: &'a BTreeSet<PairIdx>,
    ) -> Self {
        Self {
            matrix,
            rows,
            pairs,
        }
    }
}

impl RowSource for Without<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        match self.matrix {
            Some(matrix) => {
                let start = mentee.index() * scores.len();
                scores.copy_from_slice(&matrix[start..start + scores.len()]);
            }
            None => self.rows.fill(mentee, scores),
        }
        let (first, last) = (MentorIdx::new(0), MentorIdx::new(u32::MAX));
        for &(_, mentor) in self.pairs.range((mentee, first)..=(mentee, last)) {
            scores[mentor.index()] = ABSENT;
        }
    }
}
