//! Scores that live as long as a programme: when people come, go or change, whoever is not concerned
//! keeps her row.
//!
//! # Idea
//! A row of scores is shared by all states of the matrix in which it is the same. A mentee who joins is one
//! more row, a veto one row copied; the ten thousand others cost a pointer each. Only where mentors join
//! or leave does every row have to be copied.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{ABSENT, GoesOn, ScoredRows, to_score};
use super::{Candidates, bounded};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::participant::Cohort;
use crate::score::Score;
use crate::scoring::{PairIdx, Quotas, Scorer, ScoringError};
use crate::solver::{KeptRow, KeptRows, Problem, ProblemError, Start};

/// The score of every allowed pair: one row a mentee, one column a mentor; [`ABSENT`] where a pair is not
/// allowed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SharedRows(KeptRows);

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
    /// The scores as rows to keep, for events that come after this start; `None` if nobody waits any more.
    ///
    /// # Errors
    /// As [`score_all`], where scores are computed on demand.
    pub(crate) fn shared_rows<E>(
        &self,
        cohort: &Cohort,
        start: &Start,
        goes_on: GoesOn<'_>,
    ) -> Result<Option<SharedRows>, E>
    where
        E: From<ProblemError> + From<ScoringError>,
    {
        let rows = match &self.matrix {
            Some(matrix) => {
                let row = |at: usize| matrix[at * self.mentors..][..self.mentors].to_vec();
                Some((0..self.mentees).map(row).collect())
            }
            None => score_all(&self.scorer, cohort, goes_on)?,
        };
        let shared = rows.map(|rows| SharedRows::new(rows, self.mentors, start));
        Ok(shared.transpose()?)
    }
}

impl SharedRows {
    /// These rows, each of one score a mentor, for events that come after this start.
    ///
    /// # Errors
    /// A row of another length.
    pub(crate) fn new(
        rows: Vec<Vec<i32>>,
        mentors: usize,
        start: &Start,
    ) -> Result<Self, ProblemError> {
        let none = start.keep_none(mentors, Some(ABSENT));
        none.filled(rows).map(Self)
    }

    /// The assignment problem, with the cohort's capacities and demands, and these quotas.
    pub(crate) fn problem(
        &self,
        cohort: &Cohort,
        quotas: &Quotas,
    ) -> Result<Problem<'_>, ProblemError> {
        bounded(Problem::kept(&self.0)?, cohort, quotas)
    }

    /// The score of a pair, if it is allowed.
    pub(crate) fn score(&self, (mentee, mentor): PairIdx) -> Option<Score> {
        to_score(*self.0.row(mentee)?.get(mentor.index())?)
    }

    /// The scores after a change. Whatever is neither new nor scored again is as before.
    ///
    /// # Errors
    /// A row or column of another length.
    pub(crate) fn updated(&self, change: &Rescored, start: &Start) -> Result<Self, ProblemError> {
        let (mentees, mentors) = &change.before;
        let in_place = (0u32..).zip(mentors);
        let is_same_side = mentors.len() == self.0.mentors()
            && in_place.into_iter().all(|(at, &before)| before == Some(at));
        let mut whole = vec![None; mentees.len()];
        for (mentee, row) in &change.rows {
            whole[*mentee] = Some(row.as_slice());
        }
        let update = Update {
            before: &self.0,
            change,
            whole,
            pieces: pieces(mentors),
            is_same_side,
            cells_of: change.cells.keys().map(|&(mentee, _)| mentee).collect(),
        };
        let row = |mentee: MenteeIdx| update.row(mentee);
        let rows = match is_same_side {
            true => self.0.followed_by(mentees.len(), row)?,
            false => start
                .keep_none(mentors.len(), Some(ABSENT))
                .followed_by(mentees.len(), row)?,
        };
        Ok(Self(rows))
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
    before: &'a KeptRows,
    change: &'a Rescored,
    /// By mentee: her whole row, if it is another one.
    whole: Vec<Option<&'a [i32]>>,
    pieces: Vec<Piece>,
    /// Whether the mentors are the same as before.
    is_same_side: bool,
    cells_of: BTreeSet<MenteeIdx>,
}

impl Update<'_> {
    fn row(&self, mentee: MenteeIdx) -> KeptRow {
        let before = self.change.before.0[mentee].map(MenteeIdx::new);
        let known = before.and_then(|before| Some((before, self.before.row(before)?)));
        let whole = self.whole[mentee];
        let mut row = match (whole, known) {
            (Some(row), _) => KeptRow::New(row.to_vec()),
            (None, Some((before, _))) if self.is_same_side => KeptRow::Same(before),
            (None, Some((_, row))) => KeptRow::New(self.moved(row)),
            (None, None) => KeptRow::New(vec![ABSENT; self.change.before.1.len()]),
        };
        if whole.is_none() {
            for (mentor, column) in &self.change.columns {
                self.write(&mut row, *mentor, column[mentee]);
            }
        }
        if self.cells_of.contains(&mentee) {
            let (first, last) = (MentorIdx::new(0), MentorIdx::new(u32::MAX));
            for ((_, mentor), score) in self.change.cells.range((mentee, first)..=(mentee, last)) {
                self.write(&mut row, *mentor, *score);
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

    /// Writes a score into a row that others may share; copies it only if it differs.
    fn write(&self, row: &mut KeptRow, mentor: MentorIdx, score: i32) {
        match row {
            KeptRow::New(scores) => scores[mentor] = score,
            KeptRow::Same(before) => {
                if let Some(known) = self.before.row(*before).filter(|row| row[mentor] != score) {
                    let mut scores = known.to_vec();
                    scores[mentor] = score;
                    *row = KeptRow::New(scores);
                }
            }
        }
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
        let start = Start::default();
        let before = SharedRows::new(vec![vec![1, 2, 3], vec![4, 5, 6]], 3, &start).unwrap();
        let mentee = MenteeIdx::new;
        let all = |rows: &SharedRows| -> Vec<Vec<i32>> {
            let rows = MenteeIdx::all(rows.0.mentees()).map(|mentee| rows.0.row(mentee).unwrap());
            rows.map(<[i32]>::to_vec).collect()
        };
        // A mentee joins between the two; the others keep their rows.
        let joined = Rescored {
            before: (
                vec![Some(0), None, Some(1)],
                vec![Some(0), Some(1), Some(2)],
            ),
            rows: BTreeMap::from([(mentee(1), vec![7, 8, 9])]),
            cells: BTreeMap::from([((mentee(2), MentorIdx::new(0)), ABSENT)]),
            ..Rescored::default()
        };
        let joined = before.updated(&joined, &start).unwrap();
        let first = |rows: &SharedRows| rows.0.row(mentee(0)).unwrap().as_ptr();
        assert_eq!(first(&before), first(&joined));
        assert_eq!(all(&joined), [[1, 2, 3], [7, 8, 9], [ABSENT, 5, 6]]);
        // The first mentor leaves, another joins at the end, and the first mentee leaves.
        let left = Rescored {
            before: (vec![Some(1), Some(2)], vec![Some(1), Some(2), None]),
            columns: BTreeMap::from([(MentorIdx::new(2), column(&[10, 11]))]),
            ..Rescored::default()
        };
        let left = joined.updated(&left, &start).unwrap();
        assert_eq!(all(&left), [[8, 9, 10], [5, 6, 11]]);
    }
}
