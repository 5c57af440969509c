//! What the programme manager reads, in a terminal of 100 columns: the result at a glance, who has
//! nobody and why, five pairs explained.

mod explained;
mod unmatched;

use std::fmt;
use std::path::PathBuf;

use mentormatch::{Objective, Outcome, ParticipantId, Report};

use super::input::Names;

/// The whole text, through `Display`.
pub(crate) struct Summary<'a> {
    pub(crate) outcome: &'a Outcome,
    pub(crate) names: &'a Names,
    /// The files that have been written.
    pub(crate) written: &'a [PathBuf],
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.report())?;
        self.write_unmatched(f)?;
        self.write_explained(f)?;
        let warnings = self.outcome.warnings();
        if !warnings.is_empty() {
            writeln!(f, "\nworth a look")?;
        }
        for warning in warnings {
            writeln!(f, "  {warning}")?;
        }
        writeln!(f, "\nwritten")?;
        for path in self.written {
            writeln!(f, "  {}", path.display())?;
        }
        Ok(())
    }
}

impl Summary<'_> {
    /// The report shows three digits of a total and drops the rest: rounded here, it shows the
    /// nearest.
    fn report(&self) -> Report {
        let mut report = self.outcome.report();
        for objective in &mut report.objectives {
            if objective.objective == Objective::TotalScore {
                let value = objective.value.saturating_add(500);
                objective.value = value - value % 1_000;
            }
        }
        report
    }

    /// A person's name and id, as far as they have a name.
    fn called(&self, id: &ParticipantId) -> String {
        match self.names.get(id) {
            Some(name) => format!("{name} ({id})"),
            None => id.to_string(),
        }
    }

    /// A person's name, where many stand in one line.
    fn name<'a>(&'a self, id: &'a ParticipantId) -> &'a str {
        self.names.get(id).map_or(id.as_str(), String::as_str)
    }
}
