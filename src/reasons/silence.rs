//! Whether a pair is forbidden for want of an answer alone.
//!
//! A rule that forbids pairs where it misses an answer has a twin that lets them pass. A pair is forbidden for silence
//! if some answer that the rule reads is missing and the twin allows it. The twin is prepared when it is first needed.

use std::cell::OnceCell;

use super::Evidence;
use crate::criteria::Context;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::rules::{ForbidRow, RuleKind};
use crate::scoring::Refusal;

/// Something that may forbid a pair, beside what it would make of it if silence passed.
pub(super) struct Lenient<'a> {
    evidence: &'a Evidence<'a>,
    by: &'a Refusal,
    fields: Vec<(Role, Field)>,
    twin: OnceCell<Option<Box<dyn ForbidRow>>>,
}

impl<'a> Lenient<'a> {
    pub(super) fn new(evidence: &'a Evidence<'a>, by: &'a Refusal) -> Self {
        Self {
            fields: evidence.read_by(by),
            evidence,
            by,
            twin: OnceCell::new(),
        }
    }

    /// The fields that it says it reads.
    pub(super) fn fields(&self) -> &[(Role, Field)] {
        &self.fields
    }

    /// Whether a pair that it forbids is forbidden for silence.
    pub(super) fn is_for_silence(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        match self.by {
            Refusal::MissingAnswer(_) => true,
            Refusal::Rule(_) if self.is_silent(mentee, mentor) => {
                let twin = self.twin.get_or_init(|| self.prepare());
                twin.as_ref()
                    .is_some_and(|rows| !rows.forbids(mentee, mentor))
            }
            _ => false,
        }
    }

    /// Whether either left open what it reads.
    fn is_silent(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        let cohort = self.evidence.cohort;
        self.fields.iter().any(|(role, field)| {
            let profile = match role {
                Role::Mentee => &cohort.mentees()[mentee].profile,
                Role::Mentor => &cohort.mentors()[mentor].profile,
            };
            field.of(profile).is_none()
        })
    }

    fn prepare(&self) -> Option<Box<dyn ForbidRow>> {
        let programme = self.evidence.programme;
        let twin = self.evidence.rule(self.by)?.letting_silence_pass()?;
        let context = Context {
            date: programme.date(),
            period: programme.period(),
            ..Context::new(self.evidence.cohort)
        };
        twin.as_rule()?.prepare(&context).ok()
    }
}

impl Evidence<'_> {
    /// The fields that something which forbids pairs says it reads.
    fn read_by(&self, by: &Refusal) -> Vec<(Role, Field)> {
        match by {
            Refusal::Rule(_) => self.rule(by).map(RuleKind::fields).unwrap_or_default(),
            Refusal::MissingAnswer(name) | Refusal::MustNotBeZero(name) => {
                let mut criteria = self.programme.criteria().iter();
                let own = criteria.find(|own| *own.name == **name);
                own.map(|own| own.criterion.fields()).unwrap_or_default()
            }
            Refusal::ManagersVeto => Vec::new(),
        }
    }

    /// The stated rule that refuses.
    fn rule(&self, by: &Refusal) -> Option<&RuleKind> {
        let mut rules = self.programme.rules().iter();
        let own = rules.find(|own| by.is_of(&own.name))?;
        Some(&own.forbid)
    }
}
