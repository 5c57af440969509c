//! Solving by objectives one of which may be the lowest score.

use super::gap::OptimalityGap;
use super::levels;
use super::outcome::Stages;
use crate::participant::Cohort;
use crate::programme::Objective;
use crate::reasons::GapOf;
use crate::report::ObjectiveValue;
use crate::score::Score;
use crate::solver::{
    self, Floor, Level, Problem, Solution, SolveError, SolveOptions, Start, Violation,
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

/// Solves by levels of which the last are those of these objectives, from a start if there is one; finds the
/// floor first if there is to be one.
pub(super) fn solve(
    problem: &Problem<'_>,
    (cohort, objectives): (&Cohort, &[Objective]),
    options: &SolveOptions,
    start: Option<&Start>,
) -> Result<Solved, SolveError> {
    let at = floor_at(&options.levels, (cohort, objectives));
    solve_at(problem, at, options, start)
}

/// Where the floor's level stands among levels of which the last are those of these objectives, if there is to
/// be one.
pub(super) fn floor_at(
    levels: &[Level],
    (cohort, objectives): (&Cohort, &[Objective]),
) -> Option<usize> {
    let owners = levels::owners(cohort, objectives).len();
    let own = levels::floor_among(cohort, objectives)?;
    Some(own + levels.len().saturating_sub(owners))
}

/// Solves by levels one of which holds the place of the floor's.
pub(super) fn solve_at(
    problem: &Problem<'_>,
    at: Option<usize>,
    options: &SolveOptions,
    start: Option<&Start>,
) -> Result<Solved, SolveError> {
    let Some(at) = at else {
        let solved = match start {
            Some(start) => solver::solve_from(problem, options, start),
            None => solver::solve(problem, options),
        };
        return solved.map(Solved::from);
    };
    let mut options = options.clone();
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

/// Checks the proof of a solution, and that no lowest score is higher than the floor at its level, unless the
/// solution leaves that open.
pub(super) fn check(
    problem: &Problem<'_>,
    solution: &Solution,
    floor: Option<(usize, &Floor)>,
) -> Result<(), Violation> {
    let certificate = &solution.certificate;
    certificate.check(problem, &solution.assignment)?;
    let Some((at, floor)) = floor else {
        return Ok(());
    };
    floor.check_beside(problem, (certificate, at))
}

/// Which level of a solution keeps a floor under the scores, if one does.
pub(super) fn floor_level(
    solution: &Solution,
    (cohort, objectives): (&Cohort, &[Objective]),
    has_locks: bool,
) -> Option<usize> {
    let own = levels::floor_among(cohort, objectives)?;
    Some(levels::before(solution, has_locks) + own)
}

/// States the lowest score of a matching that is not the best one, so that no floor tells of it.
pub(super) fn state_lowest(values: &mut [ObjectiveValue], lowest: Option<Score>) {
    let own = values.iter_mut();
    for own in own.filter(|own| own.objective == Objective::WorstScore) {
        own.value = lowest.unwrap_or(Score::ONE).ppm().into();
    }
}

impl Stages {
    /// Checks the proof of the solution, and that no lowest score is higher.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        check(problem, &self.solution, self.floor_level())
    }

    /// Which level of the solution keeps the floor under the scores, and that floor.
    pub(super) fn floor_level(&self) -> Option<(usize, &Floor)> {
        let people = (&self.cohort, self.programme.objectives());
        let at = floor_level(&self.solution, people, self.has_locks());
        at.zip(self.floor.as_ref())
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
