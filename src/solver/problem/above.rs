//! A problem without its low scores, or with all scores higher by the same.

use super::reading::Access;
use super::{Problem, Row, RowBuffer, RowSource, Scores};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::control::Watch;

/// Marks a pair that is not allowed, or scores too little.
const LOW: i32 = i32::MIN;

/// The pairs of a problem that score at least so much, each worth so much more.
pub(in crate::solver) struct Above<'p> {
    whole: &'p Problem<'p>,
    floor: i32,
    raise: i32,
}

impl<'p> Above<'p> {
    /// `floor` is above the lowest number there is, which marks what is left out.
    pub(in crate::solver) fn new(whole: &'p Problem<'p>, floor: i32) -> Self {
        let floor = floor.max(LOW + 1);
        Self {
            whole,
            floor,
            raise: 0,
        }
    }

    /// All pairs, by a raise with which none scores as little as [`LOW`] or leaves 32 bits.
    pub(in crate::solver) fn raised(whole: &'p Problem<'p>, raise: i32) -> Self {
        Self {
            whole,
            floor: i32::MIN,
            raise,
        }
    }

    /// The problem that is left, with the same maxima, without minimums and groups: a copy, with fewer pairs if
    /// cancelled, or read from the whole.
    pub(in crate::solver) fn problem(&self, is_copied: bool, watch: &Watch) -> Option<Problem<'_>> {
        let left = match is_copied {
            true if self.whole.is_sparse() => self.listed(watch)?,
            true => self.view()?.in_memory(watch).into_owned(),
            false => self.view()?,
        };
        let left = left.with_capacities(self.whole.mentors.max.clone()).ok()?;
        left.with_demands(self.whole.mentees.max.clone()).ok()
    }

    /// Whether a copy of the scores, which the market reads faster than the whole through this, fits a limit beside
    /// so many bytes. Scores that are computed are not copied.
    pub(in crate::solver) fn has_room(&self, limit: Option<u64>, beside: u64) -> bool {
        let copy = (size_of::<(u32, i32)>() * self.whole.pairs()) as u64;
        let fits = limit.is_none_or(|most| beside.saturating_add(copy) <= most);
        fits && self.whole.access() == Access::InMemory
    }

    /// What is left, read from the whole as it is asked for.
    fn view(&self) -> Option<Problem<'_>> {
        let (mentees, mentors) = (self.whole.mentees(), self.whole.mentors());
        Problem::on_demand(mentees, mentors, self, LOW + 1..=i32::MAX, Some(LOW)).ok()
    }

    /// What is left, listed pair by pair.
    fn listed(&self, watch: &Watch) -> Option<Problem<'static>> {
        let mut starts = Vec::with_capacity(self.whole.mentees() + 1);
        let (mut mentors, mut scores) = (Vec::new(), Vec::new());
        let mut buffer = RowBuffer::default();
        for mentee in 0..self.whole.mentees() {
            starts.push(mentors.len() as u64);
            if watch.is_cancelled() {
                continue;
            }
            self.whole
                .for_each_allowed(mentee, &mut buffer, |mentor, score| {
                    let score = self.kept(score);
                    if score != LOW {
                        mentors.push(mentor);
                        scores.push(score);
                    }
                });
        }
        starts.push(mentors.len() as u64);
        let (starts, mentors, scores) = (starts.into(), mentors.into(), scores.into());
        let listed = Scores::Sparse {
            starts,
            mentors,
            scores,
        };
        Problem::new(self.whole.mentees(), self.whole.mentors(), listed).ok()
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
        if score >= self.floor {
            score.saturating_add(self.raise)
        } else {
            LOW
        }
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
