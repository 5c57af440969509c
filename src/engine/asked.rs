//! What a run was asked for, kept so that it can be told, and asked for again.

use super::options::RunOptions;
use crate::participant::Cohort;
use crate::solver::Hooks;

/// People and options, as they were handed in.
#[cfg_attr(
    not(feature = "serde"),
    expect(dead_code, reason = "only audit records tell")
)]
pub(super) struct Asked {
    /// Before the programme manager's decisions; in the order of the seed.
    pub(super) cohort: Cohort,
    /// Without clock and hooks, which belong to the call: but for the work limit.
    pub(super) options: RunOptions,
    /// Whether a hook of the host's could end the search.
    pub(super) could_stop: bool,
}

impl Asked {
    pub(super) fn new(cohort: &Cohort, options: &RunOptions) -> Self {
        let mut kept = options.clone();
        kept.clock = None;
        kept.hooks = Hooks::default();
        kept.hooks.work_limit = options.hooks.work_limit;
        Self {
            cohort: cohort.clone(),
            options: kept,
            could_stop: options.hooks.stop.is_some(),
        }
    }
}
