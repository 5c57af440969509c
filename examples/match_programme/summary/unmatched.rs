//! Who has nobody, and why.

use std::fmt;

use mentormatch::{
    Barrier, Finding, ParticipantId, Role, TakenPartner, Unmatched, UnmatchedReason,
};

use super::super::words;
use super::{Summary, paragraph};

/// At most so many of a list; the rest is counted.
const SHOWN: usize = 2;

/// So many people of a role are shown for each kind of reason; `matching.csv` has all.
const PEOPLE: usize = 4;

impl Summary<'_> {
    /// Everybody who takes part and has nobody, mentees first.
    pub(super) fn write_unmatched(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_role(f, Role::Mentee, "mentees without a mentor")?;
        self.write_role(f, Role::Mentor, "mentors without a mentee")
    }

    fn write_role(&self, f: &mut fmt::Formatter<'_>, role: Role, title: &str) -> fmt::Result {
        let people = self.outcome.unmatched().iter();
        let mut people: Vec<_> = people
            .filter(|one| one.role == role && one.reason != UnmatchedReason::NotTakingPart)
            .collect();
        if people.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{title}")?;
        people.sort_by_key(|one| kind(&one.reason)); // within a kind by id, as before
        for alike in people.chunk_by(|one, next| kind(&one.reason) == kind(&next.reason)) {
            for one in alike.iter().take(PEOPLE) {
                self.write_one(f, one)?;
            }
            match alike.len().saturating_sub(PEOPLE) {
                0 => {}
                more => writeln!(f, "  … and {more} more for the same kind of reason")?,
            }
        }
        Ok(())
    }

    fn write_one(&self, f: &mut fmt::Formatter<'_>, one: &Unmatched) -> fmt::Result {
        write!(f, "  {:<30} ", self.called(&one.participant))?;
        match &one.reason {
            UnmatchedReason::NoAllowedPartner { partners, refused } => {
                writeln!(f, "{}", words::none_allowed(one.role, *partners))?;
                let rules = refused.iter().take(SHOWN + 1);
                let rules =
                    rules.map(|own| format!("{} ({})", words::refusal(&own.by), own.partners));
                let more = refused.len().saturating_sub(SHOWN + 1);
                let more = (more > 0).then(|| format!("… and {more} more"));
                paragraph(f, "    ruled out by: ", rules.chain(more))?;
                self.write_way_out(f, one)
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

    /// The one rule that stands between the person and most partners, if there is one.
    fn write_way_out(&self, f: &mut fmt::Formatter<'_>, one: &Unmatched) -> fmt::Result {
        let findings = self.preflight.findings.iter();
        let mut person = findings.filter_map(|finding| match finding {
            Finding::Unpairable(own) if own.role == one.role => Some(own),
            _ => None,
        });
        let person = person.find(|own| own.participant == one.participant);
        match person.and_then(|own| own.opens_most()) {
            Some(Barrier { by, alone, .. }) => {
                let rule = words::refusal(by);
                writeln!(f, "      without “{rule}”: {alone} allowed")
            }
            None => Ok(()),
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

/// Reasons that need another answer come first.
fn kind(reason: &UnmatchedReason) -> u8 {
    match reason {
        UnmatchedReason::NoAllowedPartner { .. } => 0,
        UnmatchedReason::AllTaken { .. } => 1,
        _ => 2,
    }
}

/// How many of a list are not shown.
fn write_more(f: &mut fmt::Formatter<'_>, more: usize) -> fmt::Result {
    match more {
        0 => Ok(()),
        _ => writeln!(f, "{:>10}  … and {more} more", ""),
    }
}
