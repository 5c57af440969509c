//! Stable matching: nobody and no pair has a reason to leave it, by both sides' own preferences.
//!
//! The parts, in reading order: [`preferences`] (who would rather have whom), [`lists`] (whom to propose to
//! next), [`deferred`] (proposals and answers), [`check`] (the proof, which shares nothing with the two
//! before it).

mod preferences;

mod lists;

mod deferred;

mod check;

pub use check::BlockingPairs;
pub use preferences::Preferences;

use super::certificate::Certificate;
use super::control::{Control, Hooks, Progress, Stage, Stop};
use super::error::SolveError;
use super::problem::Problem;
use super::solution::{Solution, Stats};
use crate::ids::Role;
use deferred::Market;

/// Finds the stable assignment that one side likes best, and checks that it is.
///
/// Each mentee takes as many mentors as her demand says at most, each mentor as many mentees as his
/// capacity. There always is a stable assignment; every one of them gives everybody as many partners, and
/// those who get fewer than they take have the same ones in all of them. What is best for one side is
/// worst for the other. The [claim](super::Claim::Stable) of the certificate is proved by
/// [`Preferences::check`]; there are no levels and no values.
///
/// Of the hooks, cancelling and progress count: what is not finished is not stable, so nothing is stopped
/// early.
///
/// ```
/// use mentormatch::Role;
/// use mentormatch::solver::{Claim, Hooks, Preferences, Problem, solve_stable};
///
/// // Two mentees and one mentor with one place: both want it, and the mentor prefers mentee 1.
/// let mentees = Problem::dense(2, 1, vec![70, 60], None)?;
/// let mentors = Problem::dense(2, 1, vec![10, 20], None)?;
/// let preferences = Preferences::new(mentees, mentors)?;
/// let solution = solve_stable(&preferences, Role::Mentee, &Hooks::default())?;
/// assert_eq!(solution.assignment.pairs().map(|(i, _)| i.get()).collect::<Vec<_>>(), [1]);
/// assert_eq!(solution.certificate.claim(), Claim::Stable { proposing: Role::Mentee });
/// preferences.check(&solution.assignment, Role::Mentee)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Cancellation; an on-demand source that breaks its promise, or gives other values when asked again.
///
/// # Complexity
/// A few passes over the pairs, one to find the first few partners on every list and two for the check,
/// and usually about people × log people proposals; at worst as many as there are pairs, as where each side
/// likes best who likes it least, and the side with more places proposes. Memory for at most a few hundred
/// pairs a participant beside the values.
pub fn solve_stable(
    preferences: &Preferences<'_>,
    proposing: Role,
    hooks: &Hooks,
) -> Result<Solution, SolveError> {
    preferences.views().for_each(Problem::forgive);
    let solved = solve_as_promised(preferences, proposing, &unstoppable(hooks));
    match preferences.refused() {
        Some(mentee) if !matches!(solved, Err(SolveError::Cancelled)) => {
            Err(SolveError::RowOutOfRange { mentee })
        }
        _ => solved,
    }
}

/// The same hooks without those that end a search early.
fn unstoppable(hooks: &Hooks) -> Hooks {
    Hooks {
        stop: None,
        work_limit: None,
        ..hooks.clone()
    }
}

fn solve_as_promised(
    preferences: &Preferences<'_>,
    proposing: Role,
    hooks: &Hooks,
) -> Result<Solution, SolveError> {
    let mut control = Control::new(hooks);
    control.begin_level(0, 1);
    let mut market = Market::new(preferences, proposing);
    market
        .run(&mut control)
        .map_err(|_: Stop| SolveError::Cancelled)?;
    control.end_levels();
    let assignment = market.assignment();
    let stats = Stats {
        pairs_listed: market.listed,
        rounds: market.rounds,
        work: control.work(),
    };
    drop(market);
    control.report(Progress::new(Stage::Verifying, 0, 1));
    let is_cancelled = || {
        hooks
            .cancel
            .as_ref()
            .is_some_and(super::CancelToken::is_cancelled)
    };
    let checked = preferences.check_unless(&assignment, proposing, &is_cancelled);
    if is_cancelled() {
        return Err(SolveError::Cancelled);
    }
    checked?;
    control.report(Progress::new(Stage::Verifying, 1, 1));
    Ok(Solution {
        assignment,
        value: Vec::new(),
        certificate: Certificate::stable(proposing),
        stats,
    })
}

/// Bytes that [`solve_stable`] takes at most, beside the values, for a problem of this size.
pub(crate) fn bytes(problem: &Problem<'_>) -> u64 {
    let people = (problem.mentees() + problem.mentors()) as u64;
    let most = problem.mentees().max(problem.mentors());
    let offers = lists::most_offers(most).min(problem.pairs()) as u64;
    let candidates = lists::SLACK * size_of::<lists::Candidate>(); // while lists are made
    let offer = (size_of::<lists::Offer>() + candidates) as u64;
    let pairs = problem.places().min(problem.pairs() as u64);
    let place = 2 * size_of::<u64>() as u64; // of a rank, and of a pair in an assignment
    let checking = (check::PARTS * problem.mentors()) as u64;
    (people.saturating_mul(8 * place))
        .saturating_add(offers.saturating_mul(offer))
        .saturating_add(pairs.saturating_mul(2 * place))
        .saturating_add(checking.saturating_mul(place))
}
