//! The answer to a problem.

use super::assignment::Assignment;
use super::certificate::{Certificate, Claim};

/// The answer to a problem: pairs, and the proof of what they claim to be.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::Pairs, Level::TotalScore]))?;
/// assert_eq!(solution.value, [2, 160]);
/// assert_eq!(solution.gap(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Solution {
    /// Who is paired with whom.
    pub assignment: Assignment,
    /// What the assignment is worth at each of [`Certificate::levels`], which may be more than were asked
    /// for: [`Minimums`](super::Level::Minimums) comes first where there are any.
    pub value: Vec<i128>,
    /// The proof; it has been checked.
    pub certificate: Certificate,
    /// How the solve went: the same for the same call, but not from version to version.
    pub stats: Stats,
}

/// How a solve went.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let stats = solve(&problem, &SolveOptions::new([Level::TotalScore]))?.stats;
/// assert_eq!((stats.pairs_listed, stats.rounds), (4, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Pairs the solver worked on, out of all allowed ones.
    pub pairs_listed: usize,
    /// Rounds of solving and testing the pairs left out.
    pub rounds: usize,
    /// Arcs looked at by searches: the unit of [`Hooks::work_limit`](super::Hooks::work_limit).
    pub work: u64,
}

impl Solution {
    /// How far the first level that is not proved optimal may lie below its bound; `None` when
    /// everything is proved optimal. A gap of 0 says that nothing is better at that level; those after it
    /// were not looked at.
    #[must_use]
    pub fn gap(&self) -> Option<i128> {
        match self.certificate.claim() {
            Claim::Optimal | Claim::Stable { .. } => None,
            Claim::Bounded { level, bound } => Some(bound - self.value[level]),
        }
    }
}
