//! A problem without its low scores, read from the whole one as it is asked for.

use super::{Problem, Row, RowBuffer, RowSource};
use crate::ids::{MenteeIdx, MentorIdx};

/// Marks a pair that is not allowed, or scores too little.
const LOW: i32 = i32::MIN;

/// The pairs of a problem that score at least so much.
pub(in crate::solver) struct Above<'p> {
    whole: &'p Problem<'p>,
    floor: i32,
}

impl<'p> Above<'p> {
    /// `floor` is above the lowest number there is, which marks what is left out.
    pub(in crate::solver) fn new(whole: &'p Problem<'p>, floor: i32) -> Self {
        let floor = floor.max(LOW + 1);
        Self { whole, floor }
    }

    /// The problem that is left, with the same maxima, without minimums and groups.
    pub(in crate::solver) fn problem(&self) -> Option<Problem<'_>> {
        let (mentees, mentors) = (self.whole.mentees(), self.whole.mentors());
        let range = self.floor..=i32::MAX;
        let left = Problem::on_demand(mentees, mentors, self, range, Some(LOW)).ok()?;
        let left = left.with_capacities(self.whole.mentors.max.clone()).ok()?;
        left.with_demands(self.whole.mentees.max.clone()).ok()
    }

    fn keep(&self, row: &Row<'_>, scores: &mut [i32]) {
        let Row::Dense {
            scores: all,
            absent,
        } = *row
        else {
            return row.for_each(|at, score| scores[at as usize] = self.kept(score));
        };
        self.keep_all(all.iter().copied(), absent, scores);
    }

    fn keep_all(&self, all: impl Iterator<Item = i32>, absent: Option<i32>, scores: &mut [i32]) {
        for (kept, score) in scores.iter_mut().zip(all) {
            *kept = if Some(score) == absent {
                LOW
            } else {
                self.kept(score)
            };
        }
    }

    fn kept(&self, score: i32) -> i32 {
        if score >= self.floor { score } else { LOW }
    }
}

impl RowSource for Above<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        // A row that breaks its promise has no pairs here; the whole problem remembers it.
        if let Some(row) = self.whole.row(mentee.index(), &mut RowBuffer::default()) {
            self.keep(&row, scores);
        }
    }

    fn fill_column(&self, mentor: MentorIdx, scores: &mut [i32]) -> bool {
        if let Some((matrix, absent)) = self.whole.matrix() {
            let mentors = self.whole.mentors();
            let column = matrix.iter().skip(mentor.index()).step_by(mentors.max(1));
            self.keep_all(column.copied(), absent, scores);
            return true;
        }
        let mut buffer = RowBuffer::default();
        let column = self.whole.column(mentor.index(), &mut buffer);
        column.map(|column| self.keep(&column, scores)).is_some()
    }
}
