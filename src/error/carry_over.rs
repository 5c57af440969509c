//! What can be wrong with a rule for those who wait.

use thiserror::Error;

use super::CohortError;

/// Why waiting cannot raise people's priorities.
///
/// ```
/// use mentormatch::{CarryOver, Cohort, Waitlist};
///
/// let rule = CarryOver { start: 0, ..CarryOver::default() };
/// let error = rule.apply(&Cohort::new([], [])?, &Waitlist::default()).unwrap_err();
/// assert_eq!(error.to_string(), "the rule for those who wait: start: 0 is no tier, tiers are 1 to 20");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CarryOverError {
    /// A tier that the rule states is none.
    #[error("the rule for those who wait: {option}: {tier} is no tier, tiers are 1 to 20")]
    NoTier {
        /// The field of the rule.
        option: &'static str,
        /// What it says.
        tier: u8,
    },
    /// What somebody stated when she began to wait is no tier.
    #[error(transparent)]
    Cohort(#[from] CohortError),
}
