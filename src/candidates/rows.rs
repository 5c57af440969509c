//! A scorer's rows as the solver wants them: whole numbers, and one that stands for no pair.

use std::sync::{Mutex, PoisonError};

use super::tallies::Tallies;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::score::Score;
use crate::scoring::{Scorer, ScoringError, Scratch};
use crate::solver::RowSource;

/// Marks a pair that is not allowed. Scores are never negative.
pub(super) const ABSENT: i32 = -1;

/// Outside every range that is declared to the solver, so that it takes a row that holds it for none.
pub(super) const BROKEN: i32 = i32::MIN;

/// Whether anybody still waits for the work; asked between rows. Once it is `false` it stays so, and
/// what comes out of the work is never looked at.
pub(crate) type GoesOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// Rows computed whenever they are asked for, from any thread; none when nobody waits any more.
pub(crate) struct ScoredRows<'a> {
    scorer: &'a Scorer,
    goes_on: GoesOn<'a>,
    /// Buffers nobody uses just now: in all as many as rows were ever computed at once. Taking one
    /// costs next to nothing beside a row, and the solver's buffers need not know of them.
    spare: Mutex<Vec<Buffers>>,
    /// Where rows are counted as they are first computed, if anywhere.
    tallies: Option<&'a Tallies>,
    /// What a criterion of the host's own gave that is no score, in the first row of those.
    error: Mutex<Option<(MenteeIdx, ScoringError)>>,
}

#[derive(Default)]
struct Buffers {
    scratch: Scratch,
    row: Vec<Option<Score>>,
}

impl<'a> ScoredRows<'a> {
    pub(crate) fn new(scorer: &'a Scorer, goes_on: GoesOn<'a>) -> Self {
        Self {
            scorer,
            goes_on,
            spare: Mutex::default(),
            tallies: None,
            error: Mutex::default(),
        }
    }

    pub(super) fn scorer(&self) -> &Scorer {
        self.scorer
    }

    /// The same rows, counted as they are first computed.
    pub(super) fn counted(self, tallies: &'a Tallies) -> Self {
        let tallies = Some(tallies);
        Self { tallies, ..self }
    }

    /// Writes a mentee's scores; `None` if nobody waits any more.
    pub(super) fn score(
        &self,
        mentee: MenteeIdx,
        cells: &mut [i32],
    ) -> Result<Option<()>, ScoringError> {
        if !(self.goes_on)() {
            return Ok(None);
        }
        let mut buffers = self.with_spare(Vec::pop).unwrap_or_default();
        let Buffers { scratch, row } = &mut buffers;
        row.resize(cells.len(), None);
        let scored = self.scorer.score_row(mentee, scratch, row);
        for (cell, score) in cells.iter_mut().zip(row) {
            *cell = to_cell(*score);
        }
        if scored.is_ok() {
            self.count(mentee, cells, scratch);
        }
        self.with_spare(|spare| spare.push(buffers));
        scored.map(Some)
    }

    fn count(&self, mentee: MenteeIdx, cells: &[i32], scratch: &Scratch) {
        if let Some(tallies) = self.tallies
            && !tallies.is_noted(mentee)
        {
            let allowed = cells.iter().map(|&cell| u32::from(cell != ABSENT)).sum();
            tallies.note(mentee, scratch.removed(), allowed);
        }
    }

    fn with_spare<T>(&self, act: impl FnOnce(&mut Vec<Buffers>) -> T) -> T {
        act(&mut self.spare.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a criterion of the host's own gave, since it was made, that is no score.
    pub(crate) fn check(&self) -> Result<(), ScoringError> {
        let error = self.error.lock().unwrap_or_else(PoisonError::into_inner);
        error.clone().map_or(Ok(()), |(_, error)| Err(error))
    }

    /// Keeps the error of the first row, whichever thread meets one first.
    fn keep(&self, mentee: MenteeIdx, error: ScoringError) {
        let mut kept = self.error.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|(first, _)| mentee < *first) {
            *kept = Some((mentee, error));
        }
    }
}

/// A row that cannot be scored breaks the promise of the range: the solver then proves nothing about
/// it, and [`check`](ScoredRows::check) knows why.
impl RowSource for ScoredRows<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        if let Err(error) = self.score(mentee, scores) {
            self.keep(mentee, error);
            scores.fill(BROKEN);
        }
    }

    /// Pair by pair, which takes some dozen times as long for a score, but there are thousands of
    /// mentors. A column that cannot be scored is left to the rows, which tell why.
    fn fill_column(&self, mentor: MentorIdx, scores: &mut [i32]) -> bool {
        let mentees = MenteeIdx::all(scores.len()).zip(scores);
        for (mentee, cell) in mentees.take_while(|_| (self.goes_on)()) {
            match self.scorer.score_pair(mentee, mentor) {
                Ok(score) => *cell = to_cell(score),
                Err(_) => return false,
            }
        }
        true
    }
}

/// One mentee's scores.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a>(pub(super) &'a [i32]);

impl Row<'_> {
    /// The score with a mentor, if the pair is allowed.
    pub(crate) fn score(self, mentor: MentorIdx) -> Option<Score> {
        to_score(self.0[mentor.index()])
    }

    /// The allowed mentors with their scores.
    pub(crate) fn allowed(self) -> impl Iterator<Item = (MentorIdx, Score)> {
        let cells = MentorIdx::all(self.0.len()).zip(self.0);
        cells.filter_map(|(mentor, &cell)| to_score(cell).map(|score| (mentor, score)))
    }
}

pub(super) fn to_cell(score: Option<Score>) -> i32 {
    score.map_or(ABSENT, |score| score.ppm().cast_signed())
}

pub(super) fn to_score(cell: i32) -> Option<Score> {
    u32::try_from(cell).ok().map(Score::from_ppm_saturating)
}
