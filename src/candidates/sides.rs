//! What each side makes of the pairs, as the solver wants it for a stable matching: two values a pair.
//!
//! A value is the side's view of the pair less its costs, in parts per million. Where wishes come first,
//! those whom somebody wished for have values above every view: the better the rank the higher, and within a
//! rank the better the view.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::rows::{BROKEN, GoesOn, to_cell};
use super::{ABSENT, Candidates, ScoredRows, taking_part};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::parallel;
use crate::participant::{Cohort, Profile};
use crate::score::Score;
use crate::scoring::{Scorer, ScoringError, Scratch};
use crate::solver::{Access, PairHash, Preferences, Problem, ProblemError, RowSource, SolveError};

/// Every view is at most this.
const BEST_VIEW: i32 = Score::ONE.ppm().cast_signed();

/// How two values a pair are asked for.
#[derive(Clone, Copy)]
pub(crate) struct SidesAsked<'a> {
    pub(crate) cohort: &'a Cohort,
    /// Whether ranked wishes come first.
    pub(crate) wishes_first: bool,
    /// Whether the values are kept in memory while the question is answered.
    pub(crate) access: Access,
    pub(crate) goes_on: GoesOn<'a>,
}

impl Candidates {
    /// Whether the sides' values are the scores themselves.
    pub(crate) fn sides_are_alike(scorer: &Scorer, wishes_first: bool) -> bool {
        !wishes_first && !scorer.has_two_sides()
    }

    /// Asks something of both sides' preferences, with the cohort's maxima and nothing of its minimums.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub(crate) fn ask_sides<T, E>(
        &self,
        asked: SidesAsked<'_>,
        question: impl FnOnce(&Preferences<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<ProblemError> + From<ScoringError> + From<SolveError>,
    {
        if Self::sides_are_alike(&self.scorer, asked.wishes_first) {
            return self.ask_alike(asked, question);
        }
        let rows = SideRows::new(&self.scorer, asked)?;
        let (mentees, mentors) = (self.mentees, self.mentors);
        let cells = match asked.access {
            Access::InMemory => mentees * mentors,
            Access::OnDemand => 0,
        };
        let mut kept = [vec![ABSENT; cells], vec![ABSENT; cells]];
        rows.fill_all(&mut kept, mentors);
        let sources = [Role::Mentee, Role::Mentor].map(|side| OneSide { rows: &rows, side });
        let view = |at: usize| match asked.access {
            Access::InMemory => Problem::dense(mentees, mentors, &kept[at], Some(ABSENT)),
            Access::OnDemand => {
                let range = 0..=rows.best;
                Problem::on_demand(mentees, mentors, &sources[at], range, Some(ABSENT))
            }
        };
        let preferences = Preferences::new(limited(view(0)?, asked.cohort)?, view(1)?)?;
        let answer = question(&preferences.with_ties(ties(asked.cohort))?);
        if !(asked.goes_on)() {
            return Err(SolveError::Cancelled.into());
        }
        rows.error.get().cloned().map_or(Ok(()), Err)?;
        answer
    }

    fn ask_alike<T, E>(
        &self,
        asked: SidesAsked<'_>,
        question: impl FnOnce(&Preferences<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<ProblemError> + From<ScoringError> + From<SolveError>,
    {
        let rows = ScoredRows::new(&self.scorer, asked.goes_on);
        let (mentees, mentors) = (self.mentees, self.mentors);
        let problem = match &self.matrix {
            Some(matrix) => Problem::dense(mentees, mentors, matrix, Some(ABSENT))?,
            None => Problem::on_demand(mentees, mentors, &rows, 0..=BEST_VIEW, Some(ABSENT))?,
        };
        let preferences = Preferences::alike(limited(problem, asked.cohort)?)?;
        let answer = question(&preferences.with_ties(ties(asked.cohort))?);
        if !(asked.goes_on)() {
            return Err(SolveError::Cancelled.into());
        }
        rows.check()?;
        answer
    }
}

/// The same problem with everybody's maximum.
fn limited<'a>(problem: Problem<'a>, cohort: &Cohort) -> Result<Problem<'a>, ProblemError> {
    let mentors = cohort.mentors().iter();
    let capacities = mentors.map(|own| taking_part(&own.profile, own.capacity).max);
    let mentees = cohort.mentees().iter();
    let demands = mentees.map(|own| taking_part(&own.profile, own.demand).max);
    problem
        .with_capacities(capacities.collect())?
        .with_demands(demands.collect())
}

fn ties(cohort: &Cohort) -> PairHash {
    let (mentees, mentors) = (cohort.mentee_keys(), cohort.mentor_keys());
    PairHash::new(mentees.to_vec(), mentors.to_vec())
}

/// Both sides' values, computed row by row.
struct SideRows<'a> {
    scorer: &'a Scorer,
    goes_on: GoesOn<'a>,
    wished: Wished,
    /// No value is higher.
    best: i32,
    /// Buffers nobody uses just now.
    spare: Mutex<Vec<Buffers>>,
    /// What a criterion of the host's own gave first that is no score.
    error: OnceLock<ScoringError>,
}

#[derive(Default)]
struct Buffers {
    scratch: Scratch,
    scores: [Vec<Option<Score>>; 2],
    /// The side that was not asked for.
    unasked: Vec<i32>,
}

impl<'a> SideRows<'a> {
    fn new(scorer: &'a Scorer, asked: SidesAsked<'a>) -> Result<Self, ScoringError> {
        let wished = if asked.wishes_first {
            Wished::collect(scorer, asked.cohort)?
        } else {
            Wished::default()
        };
        Ok(Self {
            scorer,
            goes_on: asked.goes_on,
            best: wished.best(),
            wished,
            spare: Mutex::default(),
            error: OnceLock::new(),
        })
    }

    fn fill_all(&self, [one, other]: &mut [Vec<i32>; 2], mentors: usize) {
        parallel::fill_rows_of_two([one, other], mentors, |row, cells| {
            let mentee = MenteeIdx::new(u32::try_from(row).unwrap_or(u32::MAX));
            let mut buffers = self.with_spare(Vec::pop).unwrap_or_default();
            self.fill(mentee, &mut buffers, cells);
            self.with_spare(|spare| spare.push(buffers));
        });
    }

    /// Writes a mentee's values; broken ones if a criterion of the host's own gave what is no score.
    fn fill(&self, mentee: MenteeIdx, buffers: &mut Buffers, cells: [&mut [i32]; 2]) {
        if !(self.goes_on)() {
            return;
        }
        let Buffers {
            scratch, scores, ..
        } = buffers;
        for row in scores.iter_mut() {
            row.resize(cells[0].len(), None);
        }
        let [mentees, mentors] = scores;
        let scored = (self.scorer).score_sides(mentee, scratch, [mentees, mentors]);
        for (side, (cells, scores)) in cells.into_iter().zip(scores).enumerate() {
            if let Err(error) = &scored {
                self.error.get_or_init(|| error.clone());
                cells.fill(BROKEN);
                continue;
            }
            for (cell, score) in cells.iter_mut().zip(scores) {
                *cell = to_cell(*score);
            }
            for &(mentor, value) in self.wished.of(side, mentee) {
                let cell = &mut cells[mentor];
                *cell = if *cell == ABSENT { ABSENT } else { value };
            }
        }
    }

    fn with_spare<T>(&self, act: impl FnOnce(&mut Vec<Buffers>) -> T) -> T {
        act(&mut self.spare.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One side's values as the solver asks for them.
struct OneSide<'a> {
    rows: &'a SideRows<'a>,
    side: Role,
}

impl RowSource for OneSide<'_> {
    fn fill(&self, mentee: MenteeIdx, values: &mut [i32]) {
        let mut buffers = self.rows.with_spare(Vec::pop).unwrap_or_default();
        let mut unasked = std::mem::take(&mut buffers.unasked);
        unasked.resize(values.len(), ABSENT);
        let cells = match self.side {
            Role::Mentee => [values, &mut unasked[..]],
            Role::Mentor => [&mut unasked[..], values],
        };
        self.rows.fill(mentee, &mut buffers, cells);
        buffers.unasked = unasked;
        self.rows.with_spare(|spare| spare.push(buffers));
    }
}

/// The values of wished partners. By side whose wishes they are, then by mentee: a mentor, and the value of
/// the pair.
#[derive(Default)]
struct Wished([Vec<Vec<(MentorIdx, i32)>>; 2]);

/// One wish: where the pair is, by rank and then by view; less is better.
type Place = ((u32, std::cmp::Reverse<Score>), (MenteeIdx, MentorIdx));

impl Wished {
    fn collect(scorer: &Scorer, cohort: &Cohort) -> Result<Self, ScoringError> {
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let mut wished = Self([vec![Vec::new(); mentees], vec![Vec::new(); mentees]]);
        for mentee in MenteeIdx::all(mentees) {
            let pair = |id: &ParticipantId| Some((mentee, cohort.mentor_idx(id.as_str())?));
            let person = &cohort.mentees()[mentee].profile;
            wished.add(Role::Mentee, &places(scorer, (Role::Mentee, person), pair)?);
        }
        for mentor in MentorIdx::all(mentors) {
            let pair = |id: &ParticipantId| Some((cohort.mentee_idx(id.as_str())?, mentor));
            let person = &cohort.mentors()[mentor].profile;
            wished.add(Role::Mentor, &places(scorer, (Role::Mentor, person), pair)?);
        }
        Ok(wished)
    }

    /// One person's wishes, the best first. Those in one place get one value.
    fn add(&mut self, side: Role, places: &[Place]) {
        let mut value = BEST_VIEW;
        for same in places.chunk_by(|one, other| one.0 == other.0).rev() {
            value += 1; // there are fewer than 2^24 people
            for &(_, (mentee, mentor)) in same {
                self.0[usize::from(side == Role::Mentor)][mentee].push((mentor, value));
            }
        }
    }

    fn of(&self, side: usize, mentee: MenteeIdx) -> &[(MentorIdx, i32)] {
        self.0[side].get(mentee.index()).map_or(&[], Vec::as_slice)
    }

    fn best(&self) -> i32 {
        let values = self.0.iter().flatten().flatten().map(|&(_, value)| value);
        values.max().unwrap_or(BEST_VIEW)
    }
}

/// Where those stand whom a person wished for and who are there, the best first.
fn places(
    scorer: &Scorer,
    (side, person): (Role, &Profile),
    pair: impl Fn(&ParticipantId) -> Option<(MenteeIdx, MentorIdx)>,
) -> Result<Vec<Place>, ScoringError> {
    let mut places = Vec::with_capacity(person.wishes.len());
    for wish in &person.wishes {
        let Some((mentee, mentor)) = pair(&wish.partner) else {
            continue;
        };
        let views = scorer.sides_of_pair(mentee, mentor)?;
        let view = match side {
            Role::Mentee => views.mentee,
            Role::Mentor => views.mentor,
        };
        places.push(((wish.rank, std::cmp::Reverse(view)), (mentee, mentor)));
    }
    places.sort_unstable();
    Ok(places)
}
