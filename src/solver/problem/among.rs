//! A problem of some of the people, who have pairs with each other only.

use super::{Problem, Row, RowBuffer, Scores, Side};

/// Cells of a matrix are read faster than so many times fewer listed pairs.
const CELLS_A_PAIR: usize = 16;

impl Problem<'_> {
    /// So many pairs of these mentees and mentors, with the same maxima, without minimums and groups. They have no
    /// others, and `place` says by mentor where she stands among them.
    pub(in crate::solver) fn among(
        &self,
        (mentees, mentors): (&[u32], &[u32]),
        place: &[u32],
        pairs: usize,
    ) -> Problem<'static> {
        let scores = if self.is_listed_among((mentees, mentors), pairs) {
            self.pairs_among(mentees, place, pairs)
        } else {
            self.cells_among(mentees, mentors, pairs)
        };
        let of = |max: &[u32], people: &[u32]| {
            let max = people.iter().map(|&person| max[person as usize]);
            Side::up_to(max.collect())
        };
        Problem {
            scores,
            mentees: of(&self.mentees.max, mentees),
            mentors: of(&self.mentors.max, mentors),
        }
    }

    /// Whether the scores are in memory, pairs may be missing, and so many may be there without most of a matrix.
    pub(in crate::solver) fn may_have_parts(&self, pairs: usize) -> bool {
        match &self.scores {
            Scores::Dense { absent, .. } | Scores::Rows { absent, .. } => {
                absent.is_some() && self.pairs() >= CELLS_A_PAIR * pairs
            }
            Scores::Sparse { .. } => self.pairs() >= pairs,
            Scores::OnDemand(_) => false,
        }
    }

    /// What these take in memory, in bytes.
    pub(in crate::solver) fn bytes_among(&self, people: (&[u32], &[u32]), pairs: usize) -> u64 {
        let (mentees, mentors) = (people.0.len() as u64, people.1.len() as u64);
        match self.is_listed_among(people, pairs) {
            true => 8 * (pairs as u64 + mentees),
            false => 4 * mentees.saturating_mul(mentors),
        }
    }

    fn is_listed_among(&self, (mentees, mentors): (&[u32], &[u32]), pairs: usize) -> bool {
        let cells = mentees.len().saturating_mul(mentors.len());
        self.is_sparse() || pairs <= cells / CELLS_A_PAIR
    }

    /// Whether a matrix is so empty, by the number of pairs of some rows, that they are better listed.
    pub(in crate::solver) fn is_mostly_empty(&self, rows: usize, pairs: usize) -> bool {
        self.is_matrix() && pairs <= rows.saturating_mul(self.mentors()) / CELLS_A_PAIR
    }

    fn cells_among(&self, mentees: &[u32], mentors: &[u32], pairs: usize) -> Scores<'static> {
        let cells = mentees.len() * mentors.len();
        let (mut among, mut absent) = (Vec::with_capacity(cells), None);
        let mut buffer = RowBuffer::default();
        for &mentee in mentees {
            if let Some(Row::Dense {
                scores,
                absent: mark,
            }) = self.row(mentee as usize, &mut buffer)
            {
                among.extend(mentors.iter().map(|&mentor| scores[mentor as usize]));
                absent = mark;
            }
        }
        Scores::Dense {
            scores: among.into(),
            absent: absent.filter(|_| pairs < cells),
        }
    }

    fn pairs_among(&self, mentees: &[u32], place: &[u32], pairs: usize) -> Scores<'static> {
        let mut starts = Vec::with_capacity(mentees.len() + 1);
        let (mut columns, mut scores) = (Vec::with_capacity(pairs), Vec::with_capacity(pairs));
        let mut buffer = RowBuffer::default();
        for &mentee in mentees {
            starts.push(columns.len() as u64);
            if let Some(row) = self.row(mentee as usize, &mut buffer) {
                row.for_each_of_few(|mentor, score| {
                    columns.push(place[mentor as usize]);
                    scores.push(score);
                });
            }
        }
        starts.push(columns.len() as u64);
        Scores::Sparse {
            starts: starts.into(),
            mentors: columns.into(),
            scores: scores.into(),
        }
    }
}
