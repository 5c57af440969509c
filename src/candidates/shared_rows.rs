//! Scores that live as long as a programme: when people come, go or change, whoever is not concerned
//! keeps her row.
//!
//! # Idea
//! A row of scores is shared by all states of the matrix in which it is the same. A mentee who joins is one
//! more row, a veto one row copied; the ten thousand others cost a pointer each. Only where mentors join
//! or leave does every row have to be copied.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rows::{ABSENT, GoesOn, ScoredRows, to_score};
use super::{Candidates, bounded};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::participant::Cohort;
use crate::score::Score;
use crate::scoring::{PairIdx, Quotas, Scorer, ScoringError};
use crate::solver::{Problem, ProblemError};

/// The score of every allowed pair: one row a mentee, one column a mentor. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SharedRows {
    /// [`ABSENT`] where a pair is not allowed.
    rows: Arc<[Arc<Vec<i32>>]>,
    mentors: usize,
}

/// What has changed about pairs.
#[derive(Default)]
pub(crate) struct Rescored {
    /// By mentee and by mentor: the place before; `None` for those who are new.
    pub(crate) before: (Vec<Option<u32>>, Vec<Option<u32>>),
    /// Whole rows: one score a mentor.
    pub(crate) rows: BTreeMap<MenteeIdx, Vec<i32>>,
    /// Whole columns: one score a mentee.
    pub(crate) columns: BTreeMap<MentorIdx, Vec<i32>>,
    /// Single pairs.
    pub(crate) cells: BTreeMap<PairIdx, i32>,
}

/// All scores of a scorer's people, row by row; `None` if nobody waits any more.
///
/// # Errors
/// A criterion of the host's own gave something that is no score: the first such row's error.
pub(crate) fn score_all(
    scorer: &Scorer,
    cohort: &Cohort,
    goes_on: GoesOn<'_>,
) -> Result<Option<Vec<Vec<i32>>>, ScoringError> {
    let columns = cohort.mentors().len();
    let extent = Extent {
        rows: cohort.mentees().len(),
        columns,
    };
    let rows = ScoredRows::new(scorer, goes_on);
    let score = |at: usize| {
        let mut cells = vec![ABSENT; columns];
        let mentee = MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX));
        let scored = rows.score(mentee, &mut cells)?;
        Ok(scored.map(|()| cells))
    };
    let scored = parallel::map(extent, || (), |(), at| score(at));
    scored.into_iter().collect()
}

impl Candidates {
    /// The scores as rows to keep; `None` if nobody waits any more.
    ///
    /// # Errors
    /// As [`score_all`], where scores are computed on demand.
    pub(crate) fn shared_rows(
        &self,
        cohort: &Cohort,
        goes_on: GoesOn<'_>,
    ) -> Result<Option<SharedRows>, ScoringError> {
        let Some(matrix) = &self.matrix else {
            let rows = score_all(&self.scorer, cohort, goes_on)?;
            return Ok(rows.map(|rows| SharedRows::new(rows, self.mentors)));
        };
        let row = |at: usize| matrix[at * self.mentors..][..self.mentors].to_vec();
        let rows = (0..self.mentees).map(row).collect();
        Ok(Some(SharedRows::new(rows, self.mentors)))
    }
}

impl SharedRows {
    /// These rows, each of one score a mentor.
    pub(crate) fn new(rows: Vec<Vec<i32>>, mentors: usize) -> Self {
        Self {
            rows: rows.into_iter().map(Arc::new).collect(),
            mentors,
        }
    }

    /// The assignment problem, with the cohort's capacities and demands, and these quotas.
    pub(crate) fn problem(
        &self,
        cohort: &Cohort,
        quotas: &Quotas,
    ) -> Result<Problem<'_>, ProblemError> {
        let rows = self.rows.iter().map(|row| row.as_slice()).collect();
        bounded(
            Problem::rows(self.mentors, rows, Some(ABSENT))?,
            cohort,
            quotas,
        )
    }

    /// The score of a pair, if it is allowed.
    pub(crate) fn score(&self, (mentee, mentor): PairIdx) -> Option<Score> {
        to_score(self.rows[mentee.index()][mentor])
    }

    /// The scores after a change. Whatever is neither new nor scored again is as before.
    pub(crate) fn updated(&self, change: &Rescored) -> Self {
        let (mentees, mentors) = &change.before;
        let update = Update {
            before: self,
            change,
            pieces: pieces(mentors),
            is_same_side: mentors.len() == self.mentors
                && (0u32..)
                    .zip(mentors)
                    .all(|(at, &before)| before == Some(at)),
            cells_of: change.cells.keys().map(|&(mentee, _)| mentee).collect(),
        };
        let extent = Extent {
            rows: mentees.len(),
            columns: mentors.len(),
        };
        Self {
            rows: parallel::map(extent, || (), |(), at| update.row(at)).into(),
            mentors: mentors.len(),
        }
    }
}

/// Columns that stand beside one another before and after.
struct Piece {
    /// Where they stood; `None` for those who are new.
    from: Option<usize>,
    length: usize,
}

/// The columns of today, in pieces of those before.
fn pieces(places: &[Option<u32>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for place in places {
        let place = place.map(|at| at as usize);
        match pieces.last_mut() {
            Some(last) if last.from.map(|from| from + last.length) == place => last.length += 1,
            _ => pieces.push(Piece {
                from: place,
                length: 1,
            }),
        }
    }
    pieces
}

struct Update<'a> {
    before: &'a SharedRows,
    change: &'a Rescored,
    pieces: Vec<Piece>,
    /// Whether the mentors are the same as before.
    is_same_side: bool,
    cells_of: BTreeSet<MenteeIdx>,
}

impl Update<'_> {
    fn row(&self, at: usize) -> Arc<Vec<i32>> {
        let mentee = MenteeIdx::new(u32::try_from(at).unwrap_or(u32::MAX));
        let known = self.change.before.0[at].map(|before| &self.before.rows[before as usize]);
        let whole = self.change.rows.get(&mentee);
        let mut row = match (whole, known) {
            (Some(row), _) => Arc::new(row.clone()),
            (None, Some(row)) if self.is_same_side => Arc::clone(row),
            (None, Some(row)) => Arc::new(self.moved(row)),
            (None, None) => Arc::new(vec![ABSENT; self.change.before.1.len()]),
        };
        if whole.is_none() {
            for (mentor, column) in &self.change.columns {
                write(&mut row, *mentor, column[at]);
            }
        }
        if self.cells_of.contains(&mentee) {
            let (first, last) = (MentorIdx::new(0), MentorIdx::new(u32::MAX));
            for ((_, mentor), score) in self.change.cells.range((mentee, first)..=(mentee, last)) {
                write(&mut row, *mentor, *score);
            }
        }
        row
    }

    /// A row with its columns where they are now.
    fn moved(&self, row: &[i32]) -> Vec<i32> {
        let mut moved = Vec::with_capacity(self.change.before.1.len());
        for piece in &self.pieces {
            match piece.from {
                Some(from) => moved.extend_from_slice(&row[from..][..piece.length]),
                None => moved.resize(moved.len() + piece.length, ABSENT),
            }
        }
        moved
    }
}

/// Writes a score into a row that others may share; copies it only if it differs.
fn write(row: &mut Arc<Vec<i32>>, mentor: MentorIdx, score: i32) {
    if row[mentor] != score {
        Arc::make_mut(row)[mentor] = score;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[i32]) -> Vec<i32> {
        values.to_vec()
    }

    #[test]
    fn rows_move_with_their_people_and_only_what_changed_is_copied() {
        let before = SharedRows::new(vec![vec![1, 2, 3], vec![4, 5, 6]], 3);
        let mentee = MenteeIdx::new;
        // A mentee joins between the two; the others keep their rows.
        let joined = before.updated(&Rescored {
            before: (
                vec![Some(0), None, Some(1)],
                vec![Some(0), Some(1), Some(2)],
            ),
            rows: BTreeMap::from([(mentee(1), vec![7, 8, 9])]),
            cells: BTreeMap::from([((mentee(2), MentorIdx::new(0)), ABSENT)]),
            ..Rescored::default()
        });
        assert!(Arc::ptr_eq(&before.rows[0], &joined.rows[0]));
        let all: Vec<&[i32]> = joined.rows.iter().map(|row| row.as_slice()).collect();
        assert_eq!(all, [[1, 2, 3], [7, 8, 9], [ABSENT, 5, 6]]);
        // The first mentor leaves, another joins at the end, and the first mentee leaves.
        let left = joined.updated(&Rescored {
            before: (vec![Some(1), Some(2)], vec![Some(1), Some(2), None]),
            columns: BTreeMap::from([(MentorIdx::new(2), column(&[10, 11]))]),
            ..Rescored::default()
        });
        let all: Vec<&[i32]> = left.rows.iter().map(|row| row.as_slice()).collect();
        assert_eq!(all, [[8, 9, 10], [5, 6, 11]]);
    }
}
