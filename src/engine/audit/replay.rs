//! A recorded run done again, and compared.

use super::{AuditError, AuditRecord};
use crate::engine::Engine;
use crate::engine::outcome::Outcome;
use crate::participant::Cohort;
use crate::programme::Registry;

impl AuditRecord {
    /// Runs again, and gives the outcome if it is the recorded one: its own record is the same to the byte.
    ///
    /// By another version of the crate the pairs, the objectives and what they come to are the same; the version that made
    /// the record and the proof, which is one of many, are not compared then, nor are the fingerprints of the record.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), proof apart; a run that the host stopped; one whose result only another version of
    /// the crate is bound to give; a run that ends otherwise than recorded.
    ///
    /// # Complexity
    /// That of the run.
    pub fn replay(&self, cohort: &Cohort, registry: &Registry) -> Result<Outcome, AuditError> {
        self.check_origin(cohort)?;
        self.check_reproducible()?;
        let programme = self.programme().resolve(registry)?;
        let outcome = Engine::new(programme).run_with(cohort, &self.request.options())?;
        let again = outcome.audit()?;
        match self.first_difference(&again) {
            None => Ok(outcome),
            Some(part) => Err(AuditError::Differs { part }),
        }
    }

    fn check_reproducible(&self) -> Result<(), AuditError> {
        if self.request.is_stopped_by_host() {
            return Err(AuditError::StoppedByHost);
        }
        // Stable matchings leave nothing to a lot.
        let leaves_ties =
            self.request.leaves_ties() || !(self.is_drawn() || self.levels.is_empty());
        let is_settled = self.is_proven_optimal() && !leaves_ties;
        if !is_settled && self.crate_version != env!("CARGO_PKG_VERSION") {
            let found = self.crate_version.clone();
            return Err(AuditError::OtherVersion { found });
        }
        Ok(())
    }

    fn first_difference(&self, again: &Self) -> Option<&'static str> {
        let is_same_version = self.crate_version == again.crate_version;
        let levels = |record: &Self| {
            let levels = record.levels.iter();
            levels
                .map(|level| (level.of, level.value))
                .collect::<Vec<_>>()
        };
        let parts = [
            ("programme", self.programme == again.programme),
            ("request", self.request == again.request),
            ("result", self.pairs == again.pairs),
            ("claim", self.claim == again.claim),
            ("level", levels(self) == levels(again)),
            ("proof", !is_same_version || self.levels == again.levels),
            ("proof", !is_same_version || self.floor == again.floor),
            ("lot", self.is_drawn() == again.is_drawn()),
            ("lot", !is_same_version || self.lot == again.lot),
            ("record", !is_same_version || self == again),
        ];
        let differs = parts.into_iter().find(|(_, is_same)| !is_same);
        differs.map(|(part, _)| part)
    }
}
