//! Rules that hold for some people only.

use super::{ForbidRow, Judged, Rule, RuleKind};
use crate::criteria::{
    Columns, Context, StatedValue, amounts, any_listed, bound, list_problem, number_problem,
};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::{Cohort, Field};

/// Another rule, for the pairs whose mentee and mentor meet conditions.
///
/// The rule `then` holds where the mentee meets every condition in `mentee` and the mentor every one
/// in `mentor`; elsewhere it has nothing to say. No condition is met by everybody, but there must be
/// one. What the inner rule makes of missing answers is its own affair.
///
/// [`ScoreBelow`](crate::ScoreBelow) judges finished scores and cannot be conditional. Conditions
/// may be nested: a `When` inside another holds where both do.
///
/// In files: `forbid.when = { mentee = [{ field = "meeting_mode", is.one_of = ["in_person"] }],
/// then.different_value = { field = "site" } }`.
///
/// ```
/// use mentormatch::{Condition, DifferentValue, Field, Programme, Same, When};
///
/// let in_person = Condition::one_of(Field::MeetingMode, ["in_person"]);
/// let same_site = When::mentee([in_person]).then(DifferentValue::new(Field::Site));
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(same_site)
///     .build()?;
/// assert_eq!(programme.rules()[0].name, "when:different_value:site");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct When {
    /// What the mentee must meet.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub mentee: Vec<Condition>,
    /// What the mentor must meet.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub mentor: Vec<Condition>,
    /// What is forbidden then.
    pub then: Box<RuleKind>,
}

/// Conditions that a rule is still to be given; see [`When::mentee`].
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Conditions {
    mentee: Vec<Condition>,
    mentor: Vec<Condition>,
}

/// One thing about a person that a [`When`] depends on.
///
/// ```
/// use mentormatch::{Condition, Field, AnswerIs};
///
/// assert_eq!(Condition::missing(Field::Site).is, AnswerIs::Missing);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Condition {
    /// The answer.
    pub field: Field,
    /// What it must be.
    pub is: AnswerIs,
}

/// What an answer must be. A missing answer passes no test but [`Missing`](Self::Missing).
///
/// ```
/// use mentormatch::{Condition, Field, AnswerIs};
///
/// assert_eq!(Condition::at_least(Field::Seniority, 5.0).is, AnswerIs::AtLeast(5.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AnswerIs {
    /// One of these; of a set, something in it is.
    OneOf(Vec<StatedValue>),
    /// This number or more; of a set, the things in it are counted.
    AtLeast(f64),
    /// This number or less; of a set, the things in it are counted.
    AtMost(f64),
    /// Any answer.
    Answered,
    /// No answer.
    Missing,
}

impl When {
    /// For mentees who meet all of these.
    pub fn mentee(conditions: impl IntoIterator<Item = Condition>) -> Conditions {
        let (mentee, mentor) = (conditions.into_iter().collect(), Vec::new());
        Conditions { mentee, mentor }
    }

    /// For mentors who meet all of these.
    ///
    /// ```
    /// # use mentormatch::{Condition, Field, ReportingLine, When};
    /// let above = Condition::at_least(Field::Seniority, 9.0);
    /// let rule = When::mentor([above]).then(ReportingLine::within(1));
    /// assert!(rule.mentee.is_empty());
    /// ```
    pub fn mentor(conditions: impl IntoIterator<Item = Condition>) -> Conditions {
        let (mentee, mentor) = (Vec::new(), conditions.into_iter().collect());
        Conditions { mentee, mentor }
    }

    /// Whether each person meets the conditions for their side.
    fn met(&self, cohort: &Cohort) -> Result<Columns<bool>, ProgrammeError> {
        let mut met = Columns {
            mentees: vec![true; cohort.mentees().len()],
            mentors: vec![true; cohort.mentors().len()],
        };
        for condition in &self.mentee {
            both(
                &mut met.mentees,
                &condition.met(self.name(), cohort)?.mentees,
            );
        }
        for condition in &self.mentor {
            both(
                &mut met.mentors,
                &condition.met(self.name(), cohort)?.mentors,
            );
        }
        Ok(met)
    }
}

fn both(met: &mut [bool], further: &[bool]) {
    for (met, &further) in met.iter_mut().zip(further) {
        *met &= further;
    }
}

impl Conditions {
    /// And for mentees who meet all of these.
    pub fn and_mentee(mut self, conditions: impl IntoIterator<Item = Condition>) -> Self {
        self.mentee.extend(conditions);
        self
    }

    /// And for mentors who meet all of these.
    ///
    /// ```
    /// # use mentormatch::{Condition, Field, SameValue, When};
    /// let flagged = || Condition::one_of(Field::Attribute("works council".into()), [true]);
    /// let rule = When::mentee([flagged()]).and_mentor([flagged()]).then(SameValue::new(Field::Site));
    /// assert_eq!(rule.mentor.len(), 1);
    /// ```
    pub fn and_mentor(mut self, conditions: impl IntoIterator<Item = Condition>) -> Self {
        self.mentor.extend(conditions);
        self
    }

    /// The rule that holds for them.
    #[must_use]
    pub fn then(mut self, rule: impl Into<RuleKind>) -> When {
        let then = match rule.into() {
            RuleKind::When(inner) => {
                self.mentee.extend(inner.mentee); // both sets of conditions must be met
                self.mentor.extend(inner.mentor);
                inner.then
            }
            rule => Box::new(rule),
        };
        When {
            mentee: self.mentee,
            mentor: self.mentor,
            then,
        }
    }
}

impl Condition {
    /// The answer is one of these; of a set, something in it is.
    #[must_use]
    pub fn one_of<V: Into<StatedValue>>(field: Field, values: impl IntoIterator<Item = V>) -> Self {
        let is = AnswerIs::OneOf(values.into_iter().map(Into::into).collect());
        Self { field, is }
    }

    /// The answer is this number or more.
    #[must_use]
    pub const fn at_least(field: Field, number: f64) -> Self {
        let is = AnswerIs::AtLeast(number);
        Self { field, is }
    }

    /// The answer is this number or less.
    #[must_use]
    pub const fn at_most(field: Field, number: f64) -> Self {
        let is = AnswerIs::AtMost(number);
        Self { field, is }
    }

    /// There is an answer.
    #[must_use]
    pub const fn answered(field: Field) -> Self {
        let is = AnswerIs::Answered;
        Self { field, is }
    }

    /// There is no answer.
    #[must_use]
    pub const fn missing(field: Field) -> Self {
        let is = AnswerIs::Missing;
        Self { field, is }
    }

    fn problem(&self) -> Option<ParameterProblem> {
        match &self.is {
            AnswerIs::OneOf(values) => list_problem(&self.field, values),
            AnswerIs::AtLeast(number) | AnswerIs::AtMost(number) => number_problem(*number),
            AnswerIs::Answered | AnswerIs::Missing => None,
        }
    }

    /// Whether each person's answer passes.
    fn met(&self, owner: &str, cohort: &Cohort) -> Result<Columns<bool>, ProgrammeError> {
        match &self.is {
            AnswerIs::OneOf(values) => {
                let listed = any_listed(cohort, owner, &self.field, values)?;
                Ok(listed.map(|listed| listed == Some(true)))
            }
            AnswerIs::AtLeast(least) => {
                let (amounts, least) = (amounts(cohort, owner, &self.field)?, bound(*least));
                Ok(amounts.map(|amount| amount.is_some_and(|amount| amount >= least)))
            }
            AnswerIs::AtMost(most) => {
                let (amounts, most) = (amounts(cohort, owner, &self.field)?, bound(*most));
                Ok(amounts.map(|amount| amount.is_some_and(|amount| amount <= most)))
            }
            AnswerIs::Answered => Columns::read(cohort, |own| Ok(self.field.of(own).is_some())),
            AnswerIs::Missing => Columns::read(cohort, |own| Ok(self.field.of(own).is_none())),
        }
    }
}

impl Rule for When {
    fn name(&self) -> &str {
        "when"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let problems = |name, conditions: &[Condition]| -> Vec<_> {
            let found = conditions.iter().filter_map(Condition::problem);
            found.map(|problem| (name, problem)).collect()
        };
        let mut found = problems("mentee", &self.mentee);
        found.extend(problems("mentor", &self.mentor));
        if self.mentee.is_empty() && self.mentor.is_empty() {
            found.push(("mentee", ParameterProblem::Empty));
        }
        match self.then.judged() {
            Judged::Beforehand(rule) => found.extend(rule.parameter_problems()),
            Judged::ByScore(_) => found.push(("then", ParameterProblem::JudgesScores)),
        }
        found
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        let of = |role, conditions: &[Condition]| -> Vec<_> {
            let fields = conditions.iter();
            fields.map(|own| (role, own.field.clone())).collect()
        };
        let mut fields = of(Role::Mentee, &self.mentee);
        fields.extend(of(Role::Mentor, &self.mentor));
        fields.extend(self.then.fields());
        fields
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let met = self.met(context.cohort)?;
        let then = match self.then.judged() {
            Judged::Beforehand(rule) => Some(rule.prepare(context)?),
            Judged::ByScore(_) => None, // refused with the programme
        };
        Ok(Box::new(Conditional { met, then }))
    }
}

struct Conditional {
    met: Columns<bool>,
    then: Option<Box<dyn ForbidRow>>,
}

impl ForbidRow for Conditional {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        let forbids = |then: &dyn ForbidRow| then.forbids(mentee, mentor);
        let met = self.met.mentees[mentee] && self.met.mentors[mentor];
        met && self.then.as_deref().is_some_and(forbids)
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        let Some(then) = self.then.as_deref().filter(|_| self.met.mentees[mentee]) else {
            return;
        };
        let mut verdicts = vec![false; row.len()];
        then.forbid_row(mentee, &mut verdicts);
        let judged = row.iter_mut().zip(verdicts).zip(&self.met.mentors);
        for ((forbidden, verdict), &met) in judged {
            *forbidden |= verdict & met;
        }
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        if !self.met.mentees[mentee] {
            return Some(0); // of those of whom nothing is forbidden
        }
        let class = self.then.as_deref()?.row_class(mentee)?;
        class.checked_add(1)
    }

    fn bytes(&self) -> u64 {
        self.then.as_deref().map_or(0, ForbidRow::bytes)
    }
}
