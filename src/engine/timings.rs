//! How long the stages took, by the host's clock.

use std::time::Duration;

use super::options::Clock;

/// How long the stages of a run took; all zero without a clock. Not part of the deterministic
/// result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// Preparing the criteria and rules, and scoring every pair, unless that is done on demand.
    pub scoring: Duration,
    /// Solving, and checking the proof.
    pub solving: Duration,
    /// Naming the pairs and finding the reasons.
    pub explaining: Duration,
}

/// Books the time since the last lap.
pub(super) struct Stopwatch<'a> {
    clock: Option<&'a Clock>,
    last: Duration,
    pub(super) timings: Timings,
}

impl<'a> Stopwatch<'a> {
    pub(super) fn new(clock: Option<&'a Clock>) -> Self {
        let last = clock.map_or(Duration::ZERO, |clock| clock());
        Self {
            clock,
            last,
            timings: Timings::default(),
        }
    }

    pub(super) fn lap(&mut self, stage: impl FnOnce(&mut Timings) -> &mut Duration) {
        if let Some(clock) = self.clock {
            let now = clock();
            *stage(&mut self.timings) += now.saturating_sub(self.last);
            self.last = now;
        }
    }
}
