//! What a run that was stopped early leaves open.

use crate::reasons::GapOf;

/// How far an objective may fall short of its optimum, after a run that was stopped early.
///
/// ```
/// use mentormatch::{Cohort, Engine, GapOf, Objective, Profile, Programme, RunOptions, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let options = RunOptions::default().work_limit(0);
/// let outcome = Engine::new(programme).run_with(&Cohort::new([ana], [boris])?, &options)?;
///
/// // The only pair is made all the same, and its bound leaves no room for a better one.
/// let gap = outcome.gap().expect("nothing was searched");
/// assert_eq!((gap.of, gap.short_by), (GapOf::Objective(Objective::TotalScore), 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptimalityGap {
    /// What falls short.
    pub of: GapOf,
    /// By how much at most: mentees for participation, parts per million for the total score,
    /// places for the minimums; at the first open level where an objective has several.
    pub short_by: u64,
}
