//! What the manager may want to change before the matching.

use std::collections::BTreeMap;
use std::fmt;

use mentormatch::{English, Field, Finding, Role, Wording};

use super::{Summary, paragraph};

/// Things in short supply, and questions to ask again, that are named.
const NAMED: usize = 3;

impl Summary<'_> {
    /// The programme's own troubles one by one, those of people by their number: who has nobody and
    /// why stands below.
    pub(super) fn write_before(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = self.preflight.seen;
        writeln!(f, "before the matching")?;
        writeln!(f, "  {} of {} pairs are allowed", seen.allowed, seen.pairs)?;
        for finding in &self.preflight.findings {
            if is_of_the_programme(finding) {
                writeln!(f, "  {}", English.finding(finding))?;
            }
        }
        self.write_unanswered(f)?;
        self.write_scarce(f)?;
        self.write_to_ask_again(f)?;
        let nobody = |role| {
            let unpairable = |finding: &&Finding| match finding {
                Finding::Unpairable(person) => person.role == role,
                _ => false,
            };
            self.preflight.findings.iter().filter(unpairable).count()
        };
        match (nobody(Role::Mentee), nobody(Role::Mentor)) {
            (0, 0) => writeln!(f),
            (mentees, mentors) => writeln!(
                f,
                "  no allowed partner: mentees {mentees}, mentors {mentors}\n"
            ),
        }
    }

    /// Criteria that hardly anybody's answers decide.
    fn write_unanswered(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings = self.preflight.findings.iter();
        let unanswered = findings.filter_map(|finding| match finding {
            Finding::MostlyUnanswered {
                criterion,
                pairs,
                unanswered,
                ..
            } => {
                let percent = unanswered * 100 / pairs;
                Some(format!("{} {percent}%", English.criterion(criterion)))
            }
            _ => None,
        });
        paragraph(f, "no answer for most pairs: ", unanswered)
    }

    /// What is missing most, by how many mentees more need it than places offer it.
    fn write_scarce(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings = self.preflight.findings.iter();
        let scarce = findings.filter_map(|finding| match finding {
            Finding::Scarce(own) => Some((own.needed_by.abs_diff(own.places), finding)),
            _ => None,
        });
        let mut scarce: Vec<_> = scarce.collect();
        scarce.sort_by_key(|(missing, _)| *missing);
        for (_, finding) in scarce.iter().rev().take(NAMED) {
            writeln!(f, "  {}", English.finding(finding))?;
        }
        match scarce.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => writeln!(f, "  … and {more} more that too few places offer"),
        }
    }

    /// Questions that nearly everybody answered: whoever did not may have overlooked them.
    fn write_to_ask_again(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open: BTreeMap<(&Field, Role), usize> = BTreeMap::new();
        for finding in &self.preflight.findings {
            if let Finding::Incomplete { role, fields, .. } = finding {
                for field in fields {
                    *open.entry((field, *role)).or_default() += 1;
                }
            }
        }
        let cohort = self.outcome.cohort();
        let people = |role| match role {
            Role::Mentee => cohort.mentees().len(),
            Role::Mentor => cohort.mentors().len(),
        };
        let mut overlooked: Vec<_> = open
            .into_iter()
            .filter(|((_, role), count)| count * 5 < people(*role))
            .collect();
        overlooked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let asked = overlooked.iter().take(NAMED);
        let asked = asked
            .map(|((field, role), count)| format!("{} ({count} {role}s)", English.field(field)));
        paragraph(f, "worth asking again: ", asked)
    }
}

/// Neither about one person nor about one skill, which are many, nor told in a line with its like.
fn is_of_the_programme(finding: &Finding) -> bool {
    !matches!(
        finding,
        Finding::Scarce(_)
            | Finding::MostlyUnanswered { .. }
            | Finding::Unpairable(_)
            | Finding::PartnersHaveNoPlaces { .. }
            | Finding::Incomplete { .. }
            | Finding::Cohort(_)
    )
}
