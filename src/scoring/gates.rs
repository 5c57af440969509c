//! What forbids a pair.

use std::fmt;
use std::sync::Arc;

use super::decided::{Decided, ManagersVeto};
use super::floor::Floor;
use super::masks::Masks;
use super::{Scorer, ScoringError};
use crate::criteria::{Context, ScoreRow};
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::participant::Cohort;
use crate::programme::Programme;
use crate::rules::{Conflict, ForbidRow, Judged, NotActive, OnlyWishes, Rule, SamePerson, Veto};
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
    /// A criterion that is a must scores 0, by the programme's name for it.
    MustNotBeZero(Arc<str>),
    /// The programme manager vetoed the pair ([`Decisions::veto`](crate::Decisions::veto)).
    ManagersVeto,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(name) => f.write_str(name),
            Self::MissingAnswer(name) => write!(f, "missing answer for {name}"),
            Self::MustNotBeZero(name) => write!(f, "the must {name}"),
            Self::ManagersVeto => f.write_str("the manager's veto"),
        }
    }
}

/// A rule prepared for rows.
pub(super) struct PreparedRule {
    rows: Box<dyn ForbidRow>,
    masks: Option<Masks>,
}

impl PreparedRule {
    fn new(rows: Box<dyn ForbidRow>, cohort: &Cohort) -> Self {
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let judge = |mentee, row: &mut [bool]| {
            rows.forbid_row(mentee, row);
            true
        };
        let masks = Masks::new(mentees, mentors, |mentee| rows.row_class(mentee), judge);
        Self { rows, masks }
    }

    /// Bytes it holds, and its shared verdicts.
    pub(super) fn bytes(&self) -> u64 {
        let masks = self.masks.as_ref().map_or(0, Masks::bytes);
        self.rows.bytes() + masks as u64
    }

    /// Marks whom it forbids a mentee and counts them, if these are listed.
    pub(super) fn mark_listed(&self, mentee: MenteeIdx, forbidden: &mut [bool]) -> Option<u32> {
        let mut count = 0;
        let mut mark = |mentor: MentorIdx| {
            forbidden[mentor] = true;
            count += 1;
        };
        self.rows.list_forbidden(mentee, &mut mark).then_some(count)
    }

    /// Whom it forbids a mentee, and how many, where mentees share that.
    pub(super) fn shared_row(&self, mentee: MenteeIdx) -> Option<(&[bool], u32)> {
        self.masks.as_ref().map(|masks| masks.row(mentee))
    }

    /// Writes whom it forbids a mentee.
    pub(super) fn judge(&self, mentee: MenteeIdx, verdicts: &mut [bool]) {
        if let Some((forbidden, _)) = self.shared_row(mentee) {
            verdicts.copy_from_slice(forbidden);
        } else {
            verdicts.fill(false);
            self.rows.forbid_row(mentee, verdicts);
        }
    }
}

/// What forbids pairs.
pub(super) enum Gate {
    Rule(PreparedRule),
    Floor(Floor), // waits for the finished score
}

impl Gate {
    pub(super) fn rule(&self) -> Option<&PreparedRule> {
        match self {
            Self::Rule(rule) => Some(rule),
            Self::Floor(_) => None,
        }
    }

    pub(super) fn floor(&self) -> Option<&Floor> {
        match self {
            Self::Rule(_) => None,
            Self::Floor(floor) => Some(floor),
        }
    }

    /// Whether it forbids a pair of this score.
    pub(super) fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx, score: Score) -> bool {
        match self {
            Self::Rule(rule) => rule.rows.forbids(mentee, mentor),
            Self::Floor(floor) => floor.forbids(mentee, mentor, score),
        }
    }
}

/// A rule that is preferred only.
pub(super) struct Preference {
    pub(super) name: Arc<str>,
    pub(super) cost: Score,
    pub(super) rule: PreparedRule,
}

impl Preference {
    pub(super) fn is_against(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.rule.rows.forbids(mentee, mentor)
    }
}

/// A criterion that forbids pairs by its answers.
pub(super) struct Refusing {
    /// Its position.
    pub(super) criterion: usize,
    /// The position of the refusal.
    pub(super) refusal: usize,
    pub(super) what: RefusedAnswer,
    masks: Option<Masks>,
}

/// Which answers forbid a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RefusedAnswer {
    Missing,
    Zero,
}

impl RefusedAnswer {
    pub(super) fn is(self, answer: Option<Score>) -> bool {
        match self {
            Self::Missing => answer.is_none(),
            Self::Zero => answer == Some(Score::ZERO),
        }
    }
}

impl Refusing {
    pub(super) fn new(
        criterion: usize,
        refusal: usize,
        what: RefusedAnswer,
        rows: &dyn ScoreRow,
        cohort: &Cohort,
    ) -> Self {
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let mut answers = vec![None; mentors];
        let judge = |mentee, row: &mut [bool]| {
            answers.fill(None);
            let scored = rows.class_row(mentee, &mut answers).is_ok();
            for (verdict, &answer) in row.iter_mut().zip(&answers) {
                *verdict = what.is(answer);
            }
            scored
        };
        let masks = Masks::new(mentees, mentors, |mentee| rows.row_class(mentee), judge);
        Self {
            criterion,
            refusal,
            what,
            masks,
        }
    }

    /// Bytes its shared verdicts hold.
    pub(super) fn bytes(&self) -> usize {
        self.masks.as_ref().map_or(0, Masks::bytes)
    }

    /// Whom it forbids the mentee's class, where mentees share that.
    pub(super) fn shared_row(&self, mentee: MenteeIdx) -> Option<(&[bool], u32)> {
        self.masks.as_ref().map(|masks| masks.row(mentee))
    }
}

/// Rules as they are applied.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) gates: Vec<Gate>,
    /// Of the gates.
    pub(super) refusals: Vec<Refusal>,
    pub(super) preferences: Vec<Preference>,
    /// How many of the gates, from the first on, hold in every programme.
    pub(super) always: usize,
}

impl Rules {
    /// The rules that always hold, the manager's vetoes and the stated rules.
    pub(super) fn prepare(
        programme: &Programme,
        context: &Context<'_>,
        decided: &Decided,
        problems: &mut Vec<ProgrammeProblem>,
    ) -> Self {
        let mut rules = Self::default();
        let always: [&dyn Rule; 4] = [&SamePerson, &NotActive, &Veto, &Conflict];
        let choosy = says_only_wishes(context.cohort).then_some(&OnlyWishes as &dyn Rule);
        let always: Vec<_> = always.into_iter().chain(choosy).collect();
        let prepared = parallel::each(always.len(), |at| prepare(always[at], context));
        for (rule, prepared) in always.iter().zip(prepared) {
            rules.add((rule.name(), None), prepared.map(Gate::Rule), problems);
        }
        if let Some(floor) = Floor::of_each(context.cohort) {
            rules.add(("minimum_score", None), Ok(Gate::Floor(floor)), problems);
        }
        if !decided.vetoes.is_empty() {
            let vetoes = prepare(&ManagersVeto(&decided.vetoes), context).map(Gate::Rule);
            rules.add(("managers_veto", None), vetoes, problems);
            rules.refusals.pop();
            rules.refusals.push(Refusal::ManagersVeto);
        }
        rules.always = rules.gates.len();
        let stated = programme.rules();
        let prepared = parallel::each(stated.len(), |at| match stated[at].forbid.judged() {
            Judged::Beforehand(rule) => prepare(rule, context).map(Gate::Rule),
            Judged::ByScore(floor) => Ok(Gate::Floor(Floor::OfAll(floor))),
        });
        for (own, gate) in stated.iter().zip(prepared) {
            rules.add((&own.name, own.cost), gate, problems);
        }
        rules
    }

    /// One more rule under a name, required unless it has a cost.
    fn add(
        &mut self,
        (name, cost): (&str, Option<Score>),
        gate: Result<Gate, ProgrammeError>,
        problems: &mut Vec<ProgrammeProblem>,
    ) {
        match (gate, cost) {
            (Ok(Gate::Rule(rule)), Some(cost)) => self.preferences.push(Preference {
                name: name.into(),
                cost,
                rule,
            }),
            (Ok(gate), _) => {
                self.refusals.push(Refusal::Rule(name.into()));
                self.gates.push(gate);
            }
            (Err(error), _) => {
                let found = error.into_problems().into_iter();
                problems.extend(found.map(|problem| problem.named(name)));
            }
        }
    }
}

/// Whether anybody wants one of some wishes, or nobody.
fn says_only_wishes(cohort: &Cohort) -> bool {
    let mentees = cohort.mentees().iter().map(|own| &own.profile);
    let mut people = mentees.chain(cohort.mentors().iter().map(|own| &own.profile));
    people.any(|own| own.only_wishes_up_to.is_some())
}

fn prepare(rule: &dyn Rule, context: &Context<'_>) -> Result<PreparedRule, ProgrammeError> {
    let rows = rule.prepare(context)?;
    Ok(PreparedRule::new(rows, context.cohort))
}

impl Scorer {
    /// Everything that forbids the pair; empty if it is allowed. What an [override](crate::Override) lifts
    /// does not forbid it.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn forbidden_by(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Vec<Refusal>, ScoringError> {
        self.check_there(mentee, Some(mentor))?;
        let answers = self.answers(mentee, mentor)?;
        let score = self.match_score(&answers, mentee, mentor);
        let refused = self.refused((mentee, mentor), score, &answers);
        let lifts = |at: &usize| self.standing.lifts((mentee, mentor), *at);
        let standing = refused.into_iter().filter(|at| !lifts(at));
        Ok(standing.map(|at| self.refusals[at].clone()).collect())
    }
}
