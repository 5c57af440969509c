//! What forbids a pair, and what it read.

use std::fmt;

use super::Evidence;
use super::facts::Facts;
use super::silence::Lenient;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::scoring::{Refusal, ScoringError};

/// Something that forbids a pair.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Forbidding {
    /// What forbids it.
    pub by: Refusal,
    /// Whose answers to which fields are missing, where the pair is forbidden for want of them alone: not for
    /// what anybody is, but because it is not known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unanswered: Vec<(Role, Field)>,
    /// What it read; nothing for a veto, a conflict, somebody who is not active, a floor, or a rule of the host's own
    /// that does not say what it reads.
    pub facts: Facts,
}

impl Forbidding {
    /// Whether an answer would lift it, as far as it can be known before it is given.
    #[must_use]
    pub fn is_for_silence(&self) -> bool {
        !self.unanswered.is_empty()
    }
}

/// The name of what forbids it; and whose answer is missing, if that is why.
impl fmt::Display for Forbidding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.by.fmt(f)?;
        for (at, (role, field)) in self.unanswered.iter().enumerate() {
            let before = if at == 0 {
                " (no answer from the "
            } else {
                ", from the "
            };
            write!(f, "{before}{role} on {field}")?;
        }
        f.write_str(if self.unanswered.is_empty() { "" } else { ")" })
    }
}

impl Evidence<'_> {
    /// Everything that forbids a pair.
    pub(super) fn forbidding(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Vec<Forbidding>, ScoringError> {
        let by = self.scorer.forbidden_by(mentee, mentor)?;
        let all = by.into_iter().map(|by| {
            let lenient = Lenient::new(self, &by);
            let facts = Facts::of(self.cohort, lenient.fields(), (mentee, mentor));
            let is_for_silence = lenient.is_for_silence(mentee, mentor);
            let open = facts.unanswered().filter(|_| is_for_silence);
            Forbidding {
                unanswered: open.map(|(role, field)| (role, field.clone())).collect(),
                by: by.clone(),
                facts,
            }
        });
        Ok(all.collect())
    }
}
