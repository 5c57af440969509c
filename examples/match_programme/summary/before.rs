//! What the manager may want to change before the matching.

use std::fmt;

use mentormatch::{Finding, Role, Supply};

use super::Summary;

/// Things in short supply that are named.
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
                write_parts(f, &finding.to_string())?;
            }
        }
        self.write_scarce(f)?;
        let unpairable = |finding: &Finding| match finding {
            Finding::Unpairable(person) => Some(person.role),
            _ => None,
        };
        self.write_people(f, "no allowed partner", unpairable)?;
        let incomplete = |finding: &Finding| match finding {
            Finding::Incomplete { role, .. } => Some(*role),
            _ => None,
        };
        self.write_people(f, "something the programme asks left open", incomplete)?;
        writeln!(f)
    }

    fn write_scarce(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let supply = self.preflight.supply.iter();
        let scarce: Vec<_> = supply.filter(|own| own.is_scarce()).collect();
        for own in scarce.iter().take(NAMED) {
            write_supply(f, own)?;
        }
        match scarce.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => writeln!(f, "  … and {more} more that too few places offer"),
        }
    }

    fn write_people(
        &self,
        f: &mut fmt::Formatter<'_>,
        what: &str,
        role_of: impl Fn(&Finding) -> Option<Role>,
    ) -> fmt::Result {
        let count = |role| {
            let roles = self.preflight.findings.iter().filter_map(&role_of);
            roles.filter(|own| *own == role).count()
        };
        match (count(Role::Mentee), count(Role::Mentor)) {
            (0, 0) => Ok(()),
            (mentees, mentors) => writeln!(f, "  {what}: mentees {mentees}, mentors {mentors}"),
        }
    }
}

fn write_supply(f: &mut fmt::Formatter<'_>, own: &Supply) -> fmt::Result {
    let Supply {
        of,
        what,
        needed_by,
        places,
        ..
    } = own;
    write!(f, "  scarce {of}: {}", what.expose())?;
    if let Some(level) = own.level.expose() {
        write!(f, " at level {level} or above")?;
    }
    writeln!(f, ": places {places}, mentees who need it {needed_by}")
}

/// Neither about one person nor about one skill, which are many.
fn is_of_the_programme(finding: &Finding) -> bool {
    !matches!(
        finding,
        Finding::Scarce(_)
            | Finding::Unpairable(_)
            | Finding::PartnersHaveNoPlaces { .. }
            | Finding::Incomplete { .. }
            | Finding::Cohort(_)
    )
}

/// One line a part.
fn write_parts(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut parts = text.split("; ");
    writeln!(f, "  {}", parts.next().unwrap_or_default())?;
    parts.try_for_each(|part| writeln!(f, "    {part}"))
}
