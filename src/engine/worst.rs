//! Solving by objectives one of which may be the lowest score.

use super::error::RunError;
use super::gap::{GapOf, OptimalityGap};
use super::levels;
use super::outcome::{Outcome, Stages};
use super::plan::tie_break;
use super::what_if::{PairPrice, PersonMove, WhatIfError, changes, id_of_mentee, id_of_mentor};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::programme::Objective;
use crate::score::Score;
use crate::solver::{
    self, Assignment, Floor, Level, ListedValues, Problem, Solution, SolveError, SolveOptions,
    Violation,
};

/// What a solve by objectives comes to.
pub(super) struct Solved {
    pub(super) solution: Solution,
    /// If the lowest score is an objective.
    pub(super) floor: Option<Floor>,
}

impl From<Solution> for Solved {
    fn from(solution: Solution) -> Self {
        let floor = None;
        Self { solution, floor }
    }
}

/// Solves by levels of which the last are those of these objectives; finds the floor first if there is to
/// be one.
pub(super) fn solve(
    problem: &Problem<'_>,
    (cohort, objectives): (&Cohort, &[Objective]),
    options: &SolveOptions,
) -> Result<Solved, SolveError> {
    let owners = levels::owners(cohort, objectives);
    let Some(own) = levels::floor_among(cohort, objectives) else {
        return solver::solve(problem, options).map(Solved::from);
    };
    let mut options = options.clone();
    let at = own + options.levels.len().saturating_sub(owners.len());
    options.levels.remove(at); // it held the place of the floor's
    let (solution, floor) = solver::solve_with_floor(problem, &options, at)?;
    let floor = Some(floor);
    Ok(Solved { solution, floor })
}

/// A lowest score in parts per million; that of nobody is the highest there is.
pub(super) fn lowest_ppm(floor: &Floor) -> u32 {
    let lowest = floor.lowest.max(0).unsigned_abs();
    lowest.min(Score::ONE.ppm())
}

impl Stages {
    /// Checks the proof of the solution, and that no lowest score is higher.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        let Solution {
            assignment,
            certificate,
            ..
        } = &self.solution;
        certificate.check(problem, assignment)?;
        let Some((at, floor)) = self.floor_level() else {
            return Ok(());
        };
        let before = certificate.levels().get(..at).ok_or(Violation::Shape)?;
        floor.check(problem, before)
    }

    /// Which level of the solution keeps the floor under the scores, and that floor.
    pub(super) fn floor_level(&self) -> Option<(usize, &Floor)> {
        let own = levels::floor_among(&self.cohort, self.programme.objectives())?;
        let before = levels::before(&self.solution, self.has_locks());
        Some((before + own, self.floor.as_ref()?))
    }

    /// How much higher the lowest score might be, if that is the first thing that is not proved.
    pub(super) fn gap_of_floor(&self) -> Option<OptimalityGap> {
        let (at, floor) = self.floor_level()?;
        let is_first = !floor.is_proved() && levels::proved(&self.solution) >= at;
        is_first.then(|| OptimalityGap {
            of: GapOf::Objective(Objective::WorstScore),
            short_by: (Score::ONE.ppm() - lowest_ppm(floor)).into(),
        })
    }
}

impl Outcome {
    /// The price of a pair that changes the lowest score, or what comes before it: by another solve, in which the
    /// pair is had before all else.
    pub(super) fn price_by_solving(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<PairPrice, WhatIfError> {
        let stages = self.stages();
        let (at, floor) = stages.floor_level().ok_or(WhatIfError::NotOptimal)?;
        let mentees = self.cohort().mentees().len();
        let forced = ListedValues::new(mentees, [(mentee, mentor, 1)]).map_err(RunError::from)?;
        let mut levels = vec![Level::Listed(forced)];
        let own = stages.solution.certificate.levels().iter().enumerate();
        let own = own.filter(|(level, own)| *level != at && !matches!(own, Level::TieBreak(_)));
        levels.extend(own.map(|(_, own)| own.clone()));
        let options =
            SolveOptions::new(levels).tie_break(tie_break(stages.tie_breaking, &stages.cohort));
        let (solution, then) = stages.candidates.ask(&stages.cohort, &|| true, |problem| {
            solver::solve_with_floor(problem, &options, at + 1).map_err(RunError::from)
        })?;
        let values = stages.solution.value.iter().zip(&solution.value[1..]);
        let mut change: Vec<i128> = values.map(|(before, then)| then - before).collect();
        if let Some(change) = change.get_mut(at) {
            *change = i128::from(lowest_ppm(&then)) - i128::from(lowest_ppm(floor));
        }
        Ok(PairPrice {
            change: changes(&self.concerns(), &change),
            moves: self.moves_to(&solution.assignment),
        })
    }

    /// Who has others in another assignment.
    fn moves_to(&self, other: &Assignment) -> Vec<PersonMove> {
        let (cohort, own) = (self.cohort(), &self.stages().solution.assignment);
        let mut moves = Vec::new();
        for mentee in MenteeIdx::all(cohort.mentees().len()) {
            let (before, then) = (own.mentors_of(mentee), other.mentors_of(mentee));
            let mut given_up = before.iter().filter(|mentor| !then.contains(mentor));
            let mut got = then.iter().filter(|mentor| !before.contains(mentor));
            let name = |mentor: Option<&MentorIdx>| mentor.map(|&own| id_of_mentor(cohort, own));
            loop {
                let (from, to) = (name(given_up.next()), name(got.next()));
                if from.is_none() && to.is_none() {
                    break;
                }
                let mentee = id_of_mentee(cohort, mentee);
                moves.push(PersonMove { mentee, from, to });
            }
        }
        moves
    }
}
