//! What forbids a pair, and what it read.

use std::fmt;

use super::Evidence;
use super::facts::Facts;
use crate::criteria::Context;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::rules::RuleKind;
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
            let facts = Facts::of(self.cohort, &self.read_by(&by), (mentee, mentor));
            Forbidding {
                unanswered: self.unanswered(&by, &facts, (mentee, mentor)),
                by,
                facts,
            }
        });
        Ok(all.collect())
    }

    /// The fields that something which forbids pairs says it reads.
    fn read_by(&self, by: &Refusal) -> Vec<(Role, Field)> {
        match by {
            Refusal::Rule(_) => self.rule(by).map(RuleKind::fields).unwrap_or_default(),
            Refusal::MissingAnswer(name) | Refusal::MustNotBeZero(name) => {
                let mut criteria = self.programme.criteria().iter();
                let own = criteria.find(|own| *own.name == **name);
                own.map(|own| own.criterion.fields()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The stated rule that refuses.
    fn rule(&self, by: &Refusal) -> Option<&RuleKind> {
        let mut rules = self.programme.rules().iter();
        let own = rules.find(|own| by.is_of(&own.name))?;
        Some(&own.forbid)
    }

    /// The answers for want of which alone a pair is forbidden.
    fn unanswered(
        &self,
        by: &Refusal,
        facts: &Facts,
        pair: (MenteeIdx, MentorIdx),
    ) -> Vec<(Role, Field)> {
        let is_for_silence = match by {
            Refusal::MissingAnswer(_) => true,
            Refusal::Rule(_) => self.rule(by).is_some_and(|rule| {
                facts.unanswered().next().is_some() && self.is_for_silence(rule, pair)
            }),
            _ => false,
        };
        let open = facts.unanswered().filter(|_| is_for_silence);
        open.map(|(role, field)| (role, field.clone())).collect()
    }

    /// Whether a rule would not forbid a pair if it let missing answers pass.
    fn is_for_silence(&self, rule: &RuleKind, (mentee, mentor): (MenteeIdx, MentorIdx)) -> bool {
        let Some(lenient) = rule.letting_silence_pass() else {
            return false;
        };
        let context = Context {
            date: self.programme.date(),
            period: self.programme.period(),
            ..Context::new(self.cohort)
        };
        let prepared = lenient.as_rule().map(|rule| rule.prepare(&context));
        matches!(prepared, Some(Ok(rows)) if !rows.forbids(mentee, mentor))
    }
}
