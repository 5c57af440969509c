//! What each objective costs those below it.

use super::error::RunError;
use super::options::TieBreaking;
use super::outcome::Outcome;
use crate::programme::Objective;
use crate::report::ObjectiveValue;
use crate::solver::CancelToken;

/// The price of an objective: what those below it would come to without it.
///
/// ```
/// use mentormatch::{Cohort, Engine, Objective, Profile, Programme, SkillCoverage};
///
/// // Ana could teach either, boris better; chen may not have dora.
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let dora = Profile::new("dora").offer("go", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 4).mentee();
/// let chen = Profile::new("chen").need("rust", 8).veto("dora").mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana, dora], [boris, chen])?)?;
///
/// let prices = outcome.prices_of_objectives(None)?;
/// assert_eq!(prices[0].objective, Objective::Participation);
/// let (with, without) = (&outcome.objectives()[1], &prices[0].below_without[0]);
/// assert!(without.value > with.value, "chen's having a mentor costs some of the total score");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ObjectivePrice {
    /// The objective that is left out.
    pub objective: Objective,
    /// What the objectives below it come to without it, in their order: to be compared with the values in
    /// [`Outcome::objectives`]. The first that differs is better here; those after it may be worse.
    pub below_without: Vec<ObjectiveValue>,
}

impl Outcome {
    /// What each objective but the last costs: what the objectives below it would gain without it, given
    /// those above. Nothing for a stable matching.
    ///
    /// # Errors
    /// As [`under`](Self::under).
    ///
    /// # Complexity
    /// Solves once more for each objective but the last; nothing is kept from one to the next.
    pub fn prices_of_objectives(
        &self,
        cancel: Option<CancelToken>,
    ) -> Result<Vec<ObjectivePrice>, RunError> {
        let stated = self.programme().objectives();
        let last = stated.len().saturating_sub(1);
        let price = |(at, &objective): (usize, &Objective)| {
            let others = [&stated[..at], &stated[at + 1..]].concat();
            let mut again = self.solve_again(&others, TieBreaking::Fast, cancel.clone())?;
            Ok(ObjectivePrice {
                objective,
                below_without: again.values.split_off(at),
            })
        };
        stated[..last].iter().enumerate().map(price).collect()
    }
}
