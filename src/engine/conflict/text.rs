//! Conflicts in words.

use std::fmt;

use super::{BoundOf, ConflictingBounds, ConflictingSet, StatedBound};

impl fmt::Display for BoundOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mentee(id) | Self::Mentor(id) => write!(f, "{id}"),
            Self::Quota(name) => write!(f, "the quota {name}"),
        }
    }
}

/// More names than this are counted, not listed.
const NAMED: usize = 8;

/// `(ana 2, eve 1 and 5 more)`, without numbers where all are mentees for one; nothing of nobody.
struct Names<'a>(&'a [StatedBound]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = !are_mentees_for_one(self.0);
        for (at, bound) in self.0.iter().take(NAMED).enumerate() {
            write!(f, "{}{}", if at == 0 { " (" } else { ", " }, bound.of)?;
            if numbers {
                write!(f, " {}", bound.free())?;
            }
        }
        match self.0.len() {
            0 => Ok(()),
            len if len > NAMED => write!(f, " and {} more)", len - NAMED),
            _ => f.write_str(")"),
        }
    }
}

/// One sentence.
impl fmt::Display for ConflictingBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (claims, limits) = (&self.claims[..], &self.limits[..]);
        let (asked, given) = (Names(claims), Names(limits));
        let (needed, available) = (self.needed(), self.available());
        if are_mentees_for_one(claims) {
            let (mentees, places) = (Count(needed, "mentee"), Count(available, "place"));
            match available {
                0 => write!(
                    f,
                    "nobody with a place{given} is allowed to mentor {mentees}{asked}"
                )?,
                _ => write!(
                    f,
                    "{mentees}{asked} can only be mentored by {places}{given}"
                )?,
            }
        } else if are_mentors(claims) && are_mentees_for_one(limits) {
            let loads = Count(claims.len() as u64, "minimum load");
            let willing = Count(available, "willing mentee");
            let verb = if claims.len() == 1 {
                "exceeds"
            } else {
                "exceed"
            };
            write!(f, "{loads}{asked} {verb} {willing}{given}")?;
        } else {
            let needed = Count(needed, "pair");
            write!(
                f,
                "of {needed} needed{asked}, {available} can be had{given}"
            )?;
        }
        match self.single_pairs {
            0 => Ok(()),
            pairs => write!(f, ", {} counted", Count(pairs, "single pair")),
        }
    }
}

/// Whether these are mentees who need or take one mentor each.
fn are_mentees_for_one(bounds: &[StatedBound]) -> bool {
    let is_one = |own: &StatedBound| matches!(own.of, BoundOf::Mentee(_)) && own.free() == 1;
    bounds.iter().all(is_one)
}

fn are_mentors(bounds: &[StatedBound]) -> bool {
    let is_mentor = |own: &StatedBound| matches!(own.of, BoundOf::Mentor(_));
    bounds.iter().all(is_mentor)
}

/// `1 mentee`, `2 mentees`.
struct Count(u64, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.0, self.1)
    }
}

/// A sentence, and more of them where fewer people are in conflict already, or locks have to do with it.
impl fmt::Display for ConflictingSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.fmt(f)?;
        if self.core != self.whole {
            write!(f, "; already {}", self.core)?;
        }
        for (at, (mentee, mentor)) in self.locks.iter().take(NAMED).enumerate() {
            write!(
                f,
                "{}{mentee} with {mentor}",
                if at == 0 { "; locked: " } else { ", " }
            )?;
        }
        match self.locks.len() {
            len if len > NAMED => write!(f, " and {} more", len - NAMED),
            _ => Ok(()),
        }
    }
}
