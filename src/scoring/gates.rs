//! What forbids a pair.

use std::fmt;
use std::sync::Arc;

use super::{Scorer, ScoringError};
use crate::criteria::Context;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::Programme;
use crate::rules::{Conflict, ForbidRow, Judged, NotActive, Rule, RuleKind, SamePerson, Veto};
use crate::score::Score;

/// What forbids a pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Refusal {
    /// A rule, by the programme's name for it.
    Rule(Arc<str>),
    /// An answer is missing that a criterion insists on, by the programme's name for it.
    MissingAnswer(Arc<str>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(name) => f.write_str(name),
            Self::MissingAnswer(name) => write!(f, "missing answer for {name}"),
        }
    }
}

/// A rule prepared for rows.
pub(super) enum Gate {
    Rule(Box<dyn ForbidRow>),
    Floor(Score), // waits for the finished score
}

impl Gate {
    /// Whether it forbids a pair of this score.
    pub(super) fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx, score: Score) -> bool {
        match self {
            Self::Rule(rule) => rule.forbids(mentee, mentor),
            Self::Floor(floor) => score < *floor,
        }
    }
}

/// The rules that always hold and the stated ones, each with its refusal.
pub(super) fn prepare(
    programme: &Programme,
    context: &Context<'_>,
    problems: &mut Vec<ProgrammeProblem>,
) -> (Vec<Gate>, Vec<Refusal>) {
    let always: [&dyn Rule; 4] = [&SamePerson, &NotActive, &Veto, &Conflict];
    let always = always.map(|rule| (rule.name(), rule.prepare(context).map(Gate::Rule)));
    let stated = programme
        .rules()
        .iter()
        .map(|own| (own.name.as_str(), prepare_stated(&own.forbid, context)));
    let (mut gates, mut refusals) = (Vec::new(), Vec::new());
    for (name, gate) in always.into_iter().chain(stated) {
        refusals.push(Refusal::Rule(name.into()));
        match gate {
            Ok(gate) => gates.push(gate),
            Err(error) => problems.extend(error.into_problems()),
        }
    }
    (gates, refusals)
}

fn prepare_stated(kind: &RuleKind, context: &Context<'_>) -> Result<Gate, ProgrammeError> {
    match kind.judged() {
        Judged::Beforehand(rule) => rule.prepare(context).map(Gate::Rule),
        Judged::ByScore(floor) => Ok(Gate::Floor(floor)),
    }
}

impl Scorer {
    /// Everything that forbids the pair; empty if it is allowed.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn forbidden_by(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Vec<Refusal>, ScoringError> {
        let score = self.breakdown(mentee, mentor)?.score;
        let mut found = Vec::new();
        for (gate, refusal) in self.gates.iter().zip(&self.refusals) {
            if gate.forbids(mentee, mentor, score) {
                found.push(refusal.clone());
            }
        }
        for criterion in &self.criteria {
            if let Some(refusal) = criterion.refusal
                && self.answer(criterion, mentee, mentor)?.is_none()
            {
                found.push(self.refusals[refusal].clone());
            }
        }
        Ok(found)
    }
}
