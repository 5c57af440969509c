//! What the programme manager reads, in a terminal of 100 columns: what is worth knowing before the
//! matching, the result at a glance, who has nobody and why, three pairs explained, and what weights one of them rests on.

mod before;
mod explained;
mod unmatched;
mod weights;

use std::fmt;
use std::path::PathBuf;

use mentormatch::{
    Alternative, English, FairnessOptions, Outcome, ParticipantId, Preflight, Wording,
};

use super::input::Names;
pub(crate) use weights::PairRanges;

/// The whole text, through `Display`.
pub(crate) struct Summary<'a> {
    /// What the programme makes of the people, before any matching.
    pub(crate) preflight: &'a Preflight,
    pub(crate) outcome: &'a Outcome,
    pub(crate) names: &'a Names,
    /// What other objectives would give.
    pub(crate) alternatives: &'a [Alternative],
    /// How far weights can move before the poorest pair changes.
    pub(crate) ranges: Option<&'a PairRanges>,
    /// The files that have been written.
    pub(crate) written: &'a [PathBuf],
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_before(f)?;
        write!(f, "{}", self.outcome.report())?;
        self.write_alternatives(f)?;
        self.write_unmatched(f)?;
        self.write_explained(f)?;
        self.write_weights(f)?;
        let fairness = self.outcome.fairness(FairnessOptions::default());
        if !fairness.attributes.is_empty() {
            write!(f, "\nhow groups fared{fairness}")?;
        }
        let warnings = self.outcome.in_words(&English).warnings();
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
        if cfg!(not(feature = "html")) {
            writeln!(
                f,
                "  (with --features html also report.html, a page with charts)"
            )?;
        }
        Ok(())
    }
}

impl Summary<'_> {
    /// What the other order of objectives would give, if it is something else: the manager's choice, so she sees its
    /// price.
    fn write_alternatives(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = self.outcome.matching().totals;
        let own = (u64::from(totals.matched_mentees), totals.score_ppm);
        let others = self.alternatives.iter();
        let mut others = others
            .filter(|other| (other.matched_mentees, other.score_ppm) != own)
            .peekable();
        if others.peek().is_none() {
            return Ok(());
        }
        writeln!(f, "\nother objectives would give")?;
        for other in others {
            let names = other.objectives.iter();
            let names: Vec<_> = names.map(|own| English.objective(*own)).collect();
            let thousandths = (other.score_ppm + 500) / 1_000;
            writeln!(
                f,
                "  {}: {} mentees, total score {}.{:03}",
                names.join(", then "),
                other.matched_mentees,
                thousandths / 1_000,
                thousandths % 1_000
            )?;
        }
        Ok(())
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

/// How wide a line may be.
const WIDTH: usize = 100;

/// Indented items with commas between, on as many lines as it takes; nothing without items.
fn paragraph(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    items: impl Iterator<Item = String>,
) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    let mut line = format!("  {title}");
    while let Some(item) = items.next() {
        let item = item + if items.peek().is_some() { ", " } else { "" };
        if line.chars().count() + item.trim_end().chars().count() > WIDTH {
            writeln!(f, "{}", line.trim_end())?;
            line = " ".repeat(6);
        }
        line += &item;
    }
    writeln!(f, "{}", line.trim_end())
}
