//! A scorer's rows as the solver wants them: whole numbers, and one that stands for no pair.

use std::sync::{Mutex, OnceLock, PoisonError};

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
    /// What a criterion of the host's own gave first that is no score.
    error: OnceLock<ScoringError>,
}

#[derive(Default)]
struct Buffers {
    scratch: Scratch,
    row: Vec<Option<Score>>,
}

/// What a row says beside its scores.
pub(super) struct Tally {
    /// By [`Scorer::refusals`]: how many mentors it forbids.
    pub(super) removed: Vec<u32>,
    /// How many mentors are allowed.
    pub(super) allowed: u64,
}

impl<'a> ScoredRows<'a> {
    pub(crate) fn new(scorer: &'a Scorer, goes_on: GoesOn<'a>) -> Self {
        Self {
            scorer,
            goes_on,
            spare: Mutex::default(),
            error: OnceLock::new(),
        }
    }

    /// Writes a mentee's scores.
    pub(super) fn score(&self, mentee: MenteeIdx, cells: &mut [i32]) -> Result<(), ScoringError> {
        self.score_and(mentee, cells, |_| ()).map(|_| ())
    }

    /// Writes a mentee's scores and counts them; `None` if nobody waits any more.
    pub(super) fn tally(
        &self,
        mentee: MenteeIdx,
        cells: &mut [i32],
    ) -> Result<Option<Tally>, ScoringError> {
        let removed = self.score_and(mentee, cells, |scratch| scratch.removed().to_vec())?;
        let allowed = cells.iter().filter(|&&cell| cell != ABSENT).count() as u64;
        Ok(removed.map(|removed| Tally { removed, allowed }))
    }

    fn score_and<T>(
        &self,
        mentee: MenteeIdx,
        cells: &mut [i32],
        look: impl FnOnce(&Scratch) -> T,
    ) -> Result<Option<T>, ScoringError> {
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
        let seen = scored.map(|()| Some(look(scratch)));
        self.with_spare(|spare| spare.push(buffers));
        seen
    }

    fn with_spare<T>(&self, act: impl FnOnce(&mut Vec<Buffers>) -> T) -> T {
        act(&mut self.spare.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a criterion of the host's own gave, since it was made, that is no score.
    pub(crate) fn check(&self) -> Result<(), ScoringError> {
        self.error.get().cloned().map_or(Ok(()), Err)
    }
}

/// A row that cannot be scored breaks the promise of the range: the solver then proves nothing about
/// it, and [`check`](ScoredRows::check) knows why.
impl RowSource for ScoredRows<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        if let Err(error) = self.score(mentee, scores) {
            self.error.get_or_init(|| error);
            scores.fill(BROKEN);
        }
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
