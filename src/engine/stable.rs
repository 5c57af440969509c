//! A run for a stable matching.
//!
//! Pairs are scored and reasons are found as in any other run; between the two, people propose.

use super::error::RunError;
use super::storage::{Job, MOST_BYTES};
use crate::candidates::{Candidates, ScoredRows, SidesAsked, problem_on_demand};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Bounds, Profile};
use crate::programme::Stable;
use crate::scoring::Scorer;
use crate::solver::{self, Access, Solution, SolveError};

/// Nobody who takes part may have a minimum.
pub(super) fn check(job: Job<'_>) -> Result<(), RunError> {
    let cohort = job.cohort;
    let has_minimum = |role: Role, profile: &Profile, bounds: Bounds| {
        let counts = profile.status.is_active() && bounds.min > 0;
        counts.then(|| (role, profile.id.clone()))
    };
    let mentees = cohort.mentees().iter();
    let mentees = mentees.filter_map(|own| has_minimum(Role::Mentee, &own.profile, own.demand));
    let mentors = cohort.mentors().iter();
    let mentors = mentors.filter_map(|own| has_minimum(Role::Mentor, &own.profile, own.capacity));
    let mut people: Vec<(Role, ParticipantId)> = mentees.chain(mentors).collect();
    if people.is_empty() {
        return Ok(());
    }
    people.sort_unstable_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1))); // mentees first
    Err(RunError::MinimumsBesideStable { people })
}

/// Where the scores, and both sides' values while people propose, are kept: in memory if they fit.
///
/// # Errors
/// They fit neither way: what the one that needs less would need.
pub(super) fn choose(job: Job<'_>, scorer: &Scorer, stable: Stable) -> Result<Access, RunError> {
    let unread = ScoredRows::new(scorer, &|| true);
    let problem = problem_on_demand(job.cohort, &unread)?;
    let solving = solver::bytes_stable(&problem);
    let views = if Candidates::sides_are_alike(scorer, stable.wishes_first) {
        0
    } else {
        (problem.pairs() as u64).saturating_mul(2 * size_of::<i32>() as u64)
    };
    let needed = |access| {
        let kept = if access == Access::InMemory { views } else { 0 };
        let scored = Candidates::bytes(job.cohort, scorer, access);
        solving.saturating_add(scored).saturating_add(kept)
    };
    let budget = (job.options.memory_limit)
        .unwrap_or(u64::MAX)
        .min(MOST_BYTES);
    let ways = [Access::InMemory, Access::OnDemand];
    let fits = ways.into_iter().find(|&access| needed(access) <= budget);
    fits.ok_or_else(|| {
        let needed = needed(Access::OnDemand).min(needed(Access::InMemory));
        SolveError::TooLarge { needed, budget }.into()
    })
}

pub(super) fn solve(
    job: Job<'_>,
    candidates: &Candidates,
    stable: Stable,
) -> Result<Solution, RunError> {
    let asked = SidesAsked {
        cohort: job.cohort,
        wishes_first: stable.wishes_first,
        access: candidates.access(),
        goes_on: &|| !job.is_cancelled(),
    };
    candidates.ask_sides(asked, |preferences| {
        let hooks = &job.options.hooks;
        Ok(solver::solve_stable(preferences, stable.proposing, hooks)?)
    })
}
