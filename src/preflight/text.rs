//! The check as text for a terminal.

use std::fmt;
use std::mem::discriminant;

use super::{Finding, Headcount, Preflight, Seen};

/// Findings of one kind that are shown.
const SHOWN: usize = 5;

/// Who takes part and what is worth a look, a few of each kind; all of them are in
/// [`findings`](Preflight::findings).
impl fmt::Display for Preflight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Headcount {
            mentees,
            mentors,
            places,
            ..
        } = self.headcount;
        writeln!(
            f,
            "mentees: {mentees}, mentors: {mentors}, places: {places}"
        )?;
        let Seen {
            mentees,
            pairs,
            allowed,
            sampled,
        } = self.seen;
        let of = if sampled { " looked at" } else { "" };
        write!(f, "{allowed} of {pairs} pairs{of} are allowed")?;
        if sampled {
            write!(f, " (a sample of {mentees} mentees)")?;
        }
        writeln!(f)?;
        let same_kind = |a: &Finding, b: &Finding| discriminant(a) == discriminant(b);
        for kind in self.findings.chunk_by(same_kind) {
            for finding in kind.iter().take(SHOWN) {
                writeln!(f, "  {finding}")?;
            }
            match kind.len().saturating_sub(SHOWN) {
                0 => {}
                more => writeln!(f, "  … and {more} more like it")?,
            }
        }
        Ok(())
    }
}
