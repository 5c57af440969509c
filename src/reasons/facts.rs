//! What people answered, where a criterion or a rule reads it.

use std::fmt;

use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::{Answer, Cohort, Field, Profile, Words};

/// What a criterion or a rule read of a pair.
///
/// `Debug` shows fields and no answers: they are personal data.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Facts {
    /// Every answer that it says it reads, the mentee's first.
    pub answers: Vec<FieldAnswer>,
    /// What the first two lists that it compares have in common, as the mentee spells it: shared skills, common
    /// languages.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub in_common: Vec<String>,
    /// The mentor's number less the mentee's, where it compares one number of both.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub gap: Option<f64>,
}

/// One person's answer to a field.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FieldAnswer {
    /// Whose.
    pub role: Role,
    /// To what.
    pub field: Field,
    /// The answer; `None` where none was given.
    pub answer: Option<FieldValue>,
}

/// An answer, as a fact.
#[derive(Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum FieldValue {
    /// A text.
    Text(String),
    /// A number, in the field's unit.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
    /// Weekly times.
    Week,
}

impl Facts {
    /// The facts of a pair that lie in these fields.
    pub(super) fn of(
        cohort: &Cohort,
        fields: &[(Role, Field)],
        (mentee, mentor): (MenteeIdx, MentorIdx),
    ) -> Self {
        let mentee = &cohort.mentees()[mentee].profile;
        let mentor = &cohort.mentors()[mentor].profile;
        let profile = |role: Role| match role {
            Role::Mentee => mentee,
            Role::Mentor => mentor,
        };
        let mut answers: Vec<FieldAnswer> = Vec::new();
        for role in [Role::Mentee, Role::Mentor] {
            for (_, field) in fields.iter().filter(|(own, _)| *own == role) {
                let is_known = |own: &FieldAnswer| own.role == role && own.field == *field;
                if !answers.iter().any(is_known) {
                    answers.push(FieldAnswer::read(role, field, profile(role)));
                }
            }
        }
        Self {
            in_common: in_common(cohort, fields, (mentee, mentor)),
            gap: gap(&answers),
            answers,
        }
    }

    /// Whose answer to which field is missing.
    pub fn unanswered(&self) -> impl Iterator<Item = (Role, &Field)> {
        let silent = self.answers.iter().filter(|own| own.answer.is_none());
        silent.map(|own| (own.role, &own.field))
    }
}

impl FieldAnswer {
    fn read(role: Role, field: &Field, profile: &Profile) -> Self {
        let answer = field.of(profile).map(|answer| match answer {
            Answer::Text(text) => FieldValue::Text(text.to_owned()),
            Answer::Number(number) => FieldValue::Number(number),
            Answer::Flag(flag) => FieldValue::Flag(flag),
            Answer::Week => FieldValue::Week,
            Answer::Set(items) => FieldValue::List(items.into_iter().map(str::to_owned).collect()),
        });
        Self {
            role,
            field: field.clone(),
            answer,
        }
    }
}

/// What a mentee's list and a mentor's have in common.
fn in_common(
    cohort: &Cohort,
    fields: &[(Role, Field)],
    (mentee, mentor): (&Profile, &Profile),
) -> Vec<String> {
    let first = |role: Role, profile| {
        let mut own = fields.iter().filter(|(of, _)| *of == role);
        own.find_map(|(_, field)| match field.of(profile) {
            Some(Answer::Set(items)) => Some((field, items)),
            _ => None,
        })
    };
    let ours = first(Role::Mentee, mentee).zip(first(Role::Mentor, mentor));
    let Some(((one, hers), (other, his))) = ours else {
        return Vec::new();
    };
    let mut words = if one.has_vocabulary() || other.has_vocabulary() {
        Words::of(cohort.vocabulary())
    } else {
        Words::folded()
    };
    let his: Vec<_> = his.into_iter().map(|item| words.number(item)).collect();
    let shared = hers
        .into_iter()
        .filter(|item| his.contains(&words.number(item)));
    shared.map(str::to_owned).collect()
}

/// The mentor's number less the mentee's, if there is one of each.
fn gap(answers: &[FieldAnswer]) -> Option<f64> {
    let number = |role: Role| {
        let mut own = answers.iter().filter(|own| own.role == role);
        own.find_map(|own| match own.answer {
            Some(FieldValue::Number(number)) => Some((&own.field, number)),
            _ => None,
        })
    };
    let ((one, mentee), (other, mentor)) = number(Role::Mentee).zip(number(Role::Mentor))?;
    (one == other).then_some(mentor - mentee)
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts")
            .field("answers", &self.answers)
            .field("in_common", &self.in_common.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FieldAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {:?}", self.role, self.field, self.answer)
    }
}

/// The kind of the answer only.
impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::Number(_) => "Number(..)",
            Self::Flag(_) => "Flag(..)",
            Self::List(_) => "List(..)",
            Self::Week => "Week",
        })
    }
}
