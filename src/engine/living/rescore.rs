//! Which scores events change, and what they are now.
//!
//! # Idea
//! A pair's score depends on the two people, on what was decided about them and on the chains of their
//! managers. So whoever joined, changed or moved in a chain is scored again, with everybody on the other
//! side, by the same scorer as ever: prepared for those people only. Where a criterion reads more (how
//! rare a skill is among all), every pair is scored again.

use std::collections::{BTreeMap, BTreeSet};

use crate::candidates::{GoesOn, Rescored, SharedRows, score_all};
use crate::engine::error::RunError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{ChangedCohort, Cohort};
use crate::programme::Programme;
use crate::scoring::{Decided, PairIdx, Refusal, Scorer};
use crate::solver::{SolveError, Start};

/// Where everybody stood before, by mentee and by mentor.
pub(super) type Places = (Vec<Option<u32>>, Vec<Option<u32>>);

/// More pairs than this are scored as rows of their mentees.
const FEW_PAIRS: usize = 16;

/// A programme's scores for people of today.
#[derive(Clone, Copy)]
pub(super) struct Scoring<'a> {
    pub(super) programme: &'a Programme,
    pub(super) cohort: &'a Cohort,
    pub(super) decided: &'a Decided,
    pub(super) goes_on: GoesOn<'a>,
}

impl Scoring<'_> {
    /// The scores after events that changed these people and these pairs.
    pub(super) fn after(
        self,
        rows: &SharedRows,
        (places, start): (Places, &Start),
        (changed, pairs): (&ChangedCohort, BTreeSet<PairIdx>),
    ) -> Result<SharedRows, RunError> {
        if self.programme.reads_others() {
            return self.all(start);
        }
        let mut mentees = changed.mentees.clone();
        let is_few = pairs.len() <= FEW_PAIRS;
        if !is_few {
            mentees.extend(pairs.iter().map(|&(mentee, _)| mentee));
        }
        let rescored = Rescored {
            before: places,
            rows: self.rows(&mentees)?,
            columns: self.columns(&changed.mentors)?,
            cells: if is_few {
                self.cells(&pairs)?
            } else {
                BTreeMap::new()
            },
        };
        Ok(rows.updated(&rescored, start)?)
    }

    /// All scores, for a plan that goes on from this start.
    pub(super) fn all(self, start: &Start) -> Result<SharedRows, RunError> {
        let scorer = Scorer::deciding(self.programme, self.cohort, self.decided.clone())?;
        let rows = score_all(&scorer, self.cohort, self.goes_on)?;
        let rows = rows.ok_or(SolveError::Cancelled)?;
        Ok(SharedRows::new(rows, self.cohort.mentors().len(), start)?)
    }

    fn rows(
        self,
        mentees: &BTreeSet<MenteeIdx>,
    ) -> Result<BTreeMap<MenteeIdx, Vec<i32>>, RunError> {
        let mentees: Vec<_> = mentees.iter().copied().collect();
        let mentors: Vec<_> = MentorIdx::all(self.cohort.mentors().len()).collect();
        let rows = self.scores(&mentees, &mentors)?;
        Ok(mentees.into_iter().zip(rows).collect())
    }

    fn columns(
        self,
        mentors: &BTreeSet<MentorIdx>,
    ) -> Result<BTreeMap<MentorIdx, Vec<i32>>, RunError> {
        let mentees: Vec<_> = MenteeIdx::all(self.cohort.mentees().len()).collect();
        let mentors: Vec<_> = mentors.iter().copied().collect();
        let rows = self.scores(&mentees, &mentors)?;
        let column = |at: usize| rows.iter().map(|row| row[at]).collect();
        let columns = mentors.into_iter().enumerate();
        Ok(columns.map(|(at, mentor)| (mentor, column(at))).collect())
    }

    fn cells(self, pairs: &BTreeSet<PairIdx>) -> Result<BTreeMap<PairIdx, i32>, RunError> {
        let mut cells = BTreeMap::new();
        for &(mentee, mentor) in pairs {
            let scores = self.scores(&[mentee], &[mentor])?;
            cells.extend(scores.first().map(|row| ((mentee, mentor), row[0])));
        }
        Ok(cells)
    }

    /// The scores of some mentees with some mentors, each list ascending.
    fn scores(
        self,
        mentees: &[MenteeIdx],
        mentors: &[MentorIdx],
    ) -> Result<Vec<Vec<i32>>, RunError> {
        if mentees.is_empty() || mentors.is_empty() {
            return Ok(vec![Vec::new(); mentees.len()]);
        }
        let (part, scorer) = self.part(mentees, mentors)?;
        let scores = score_all(&scorer, &part, self.goes_on)?;
        scores.ok_or_else(|| SolveError::Cancelled.into())
    }

    /// A scorer of some mentees and some mentors.
    fn part(
        self,
        mentees: &[MenteeIdx],
        mentors: &[MentorIdx],
    ) -> Result<(Cohort, Scorer), RunError> {
        let part = self
            .cohort
            .part(mentees.iter().copied(), mentors.iter().copied());
        let decided = self.decided.moved(
            |mentee| place(mentees.binary_search(&mentee)).map(MenteeIdx::new),
            |mentor| place(mentors.binary_search(&mentor)).map(MentorIdx::new),
        );
        let scorer = Scorer::deciding(self.programme, &part, decided)?;
        Ok((part, scorer))
    }

    /// A scorer of one pair.
    pub(super) fn scorer_of(self, (mentee, mentor): PairIdx) -> Result<Scorer, RunError> {
        self.part(&[mentee], &[mentor]).map(|part| part.1)
    }

    /// What forbids a pair.
    pub(super) fn refusals(self, pair: PairIdx) -> Result<Vec<Refusal>, RunError> {
        let scorer = self.scorer_of(pair)?;
        Ok(scorer.forbidden_by(MenteeIdx::new(0), MentorIdx::new(0))?)
    }
}

fn place(found: Result<usize, usize>) -> Option<u32> {
    u32::try_from(found.ok()?).ok()
}
