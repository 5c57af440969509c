//! Who has nobody, and why.

use std::fmt;

use mentormatch::{ParticipantId, Role, TakenPartner, Unmatched, UnmatchedReason};

use super::super::words;
use super::Summary;

/// At most so many of a list; the rest is counted.
const SHOWN: usize = 2;

impl Summary<'_> {
    /// Everybody who takes part and has nobody, mentees first.
    pub(super) fn write_unmatched(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (role, title) in [
            (Role::Mentee, "mentees without a mentor"),
            (Role::Mentor, "mentors without a mentee"),
        ] {
            let mut title = Some(title);
            for one in self.outcome.unmatched() {
                if one.role != role || one.reason == UnmatchedReason::NotTakingPart {
                    continue;
                }
                if let Some(title) = title.take() {
                    writeln!(f, "\n{title}")?;
                }
                self.write_one(f, one)?;
            }
        }
        Ok(())
    }

    fn write_one(&self, f: &mut fmt::Formatter<'_>, one: &Unmatched) -> fmt::Result {
        write!(f, "  {:<30} ", self.called(&one.participant))?;
        match &one.reason {
            UnmatchedReason::NoAllowedPartner { partners, refused } => {
                writeln!(f, "{}", words::none_allowed(one.role, *partners))?;
                for refused in refused.iter().take(SHOWN + 1) {
                    let rule = words::refusal(&refused.by);
                    writeln!(f, "{:>10}  ruled out by: {rule}", refused.partners)?;
                }
                write_more(f, refused.len().saturating_sub(SHOWN + 1))
            }
            UnmatchedReason::AllTaken { allowed, best } => {
                writeln!(f, "allowed: {allowed}, all taken")?;
                for partner in best.iter().take(SHOWN) {
                    self.write_taken(f, partner)?;
                }
                let allowed = usize::try_from(*allowed).unwrap_or(usize::MAX);
                write_more(f, allowed.saturating_sub(best.len().min(SHOWN)))
            }
            reason => writeln!(f, "{reason}"),
        }
    }

    fn write_taken(&self, f: &mut fmt::Formatter<'_>, taken: &TakenPartner) -> fmt::Result {
        let (score, partner) = (taken.score.to_string(), self.name(&taken.partner));
        writeln!(
            f,
            "{score:>10}  {partner}, who has {}",
            self.some(&taken.has)
        )
    }

    fn some(&self, people: &[ParticipantId]) -> String {
        let shown: Vec<_> = people.iter().take(SHOWN).map(|id| self.name(id)).collect();
        match people.len().saturating_sub(SHOWN) {
            0 => shown.join(" and "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }
}

/// How many of a list are not shown.
fn write_more(f: &mut fmt::Formatter<'_>, more: usize) -> fmt::Result {
    match more {
        0 => Ok(()),
        _ => writeln!(f, "{:>10}  … and {more} more", ""),
    }
}
