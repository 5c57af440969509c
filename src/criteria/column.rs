//! Typed views of one field over a cohort: what [`Field`]s hold, one entry a person, `None` where
//! somebody gave no answer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::field::Field;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::participant::{Attribute, Cohort, MeetingMode, Profile};

/// A number in millionths: gaps between such are exact, so that 8.3 − 0.3 is not below 8.
pub(crate) type Millionths = i64;

const PER_UNIT: f64 = 1e6;
const LARGEST: u64 = 1_000_000_000;

/// One field of both sides.
pub(crate) struct Columns<T> {
    pub(crate) mentees: Vec<T>, // indexed by mentee
    pub(crate) mentors: Vec<T>, // indexed by mentor
}

impl<T> Columns<T> {
    pub(super) fn read<'a>(
        cohort: &'a Cohort,
        mut read: impl FnMut(&'a Profile) -> Result<T, ProgrammeProblem>,
    ) -> Result<Self, ProgrammeError> {
        let mentees = cohort.mentees().iter().map(|m| read(&m.profile));
        let mentees = mentees.collect::<Result<_, _>>()?;
        let mentors = cohort.mentors().iter().map(|m| read(&m.profile));
        let mentors = mentors.collect::<Result<_, _>>()?;
        Ok(Self { mentees, mentors })
    }
}

/// A single answer, comparable for equality.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scalar<'a> {
    Text(&'a str),
    Number(Millionths),
    Flag(bool),
    Mode(MeetingMode),
}

/// The field's single answers, equal ones with equal numbers.
pub(crate) fn scalars(
    cohort: &Cohort,
    owner: &str,
    field: &Field,
) -> Result<Columns<Option<u32>>, ProgrammeError> {
    let mut interner = Interner::default();
    Columns::read(cohort, |profile| {
        let answer = scalar(profile, owner, field)?;
        Ok(answer.map(|answer| interner.number(answer)))
    })
}

/// The field's numbers.
pub(crate) fn numbers(
    cohort: &Cohort,
    owner: &str,
    field: &Field,
) -> Result<Columns<Option<Millionths>>, ProgrammeError> {
    Columns::read(cohort, |profile| number(profile, owner, field))
}

/// The items of `mentee_field` and of `mentor_field`, interned together, each list sorted and
/// without repetition. A field with a single text is a set of one.
pub(crate) fn sets(
    cohort: &Cohort,
    owner: &str,
    mentee_field: &Field,
    mentor_field: &Field,
) -> Result<Columns<Option<Vec<u32>>>, ProgrammeError> {
    let mut interner = Interner::default();
    let mut mentees = Vec::with_capacity(cohort.mentees().len());
    for mentee in cohort.mentees() {
        let items = set(&mentee.profile, owner, mentee_field)?;
        mentees.push(items.map(|items| interner.numbers(items)));
    }
    let mut mentors = Vec::with_capacity(cohort.mentors().len());
    for mentor in cohort.mentors() {
        let items = set(&mentor.profile, owner, mentor_field)?;
        mentors.push(items.map(|items| interner.numbers(items)));
    }
    Ok(Columns { mentees, mentors })
}

/// The languages of both sides.
pub(crate) fn languages(
    cohort: &Cohort,
    owner: &str,
) -> Result<Columns<Option<Vec<u32>>>, ProgrammeError> {
    sets(cohort, owner, &Field::Languages, &Field::Languages)
}

/// Numbers for values, in the order of first appearance.
struct Interner<K>(BTreeMap<K, u32>);

impl<K> Default for Interner<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Interner<K> {
    fn number(&mut self, key: K) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(key).or_insert(next)
    }

    fn numbers(&mut self, keys: impl IntoIterator<Item = K>) -> Vec<u32> {
        let mut numbers: Vec<u32> = keys.into_iter().map(|key| self.number(key)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn scalar<'a>(
    profile: &'a Profile,
    owner: &str,
    field: &Field,
) -> Result<Option<Scalar<'a>>, ProgrammeProblem> {
    let text = |answer: &'a Option<String>| Ok(answer.as_deref().map(Scalar::Text));
    match field {
        Field::Department => text(&profile.department),
        Field::Site => text(&profile.site),
        Field::Organisation => text(&profile.organisation),
        Field::TimeZone => text(&profile.time_zone),
        Field::MeetingMode => Ok(profile.meeting_mode.map(Scalar::Mode)),
        Field::Seniority | Field::ExperienceYears | Field::TenureYears => {
            Ok(number(profile, owner, field)?.map(Scalar::Number))
        }
        Field::Attribute(name) => match profile.attributes.get(name) {
            None => Ok(None),
            Some(Attribute::Choice(choice)) => Ok(Some(Scalar::Text(choice))),
            Some(Attribute::Flag(flag)) => Ok(Some(Scalar::Flag(*flag))),
            Some(Attribute::Number(_) | Attribute::Ordinal { .. }) => {
                Ok(number(profile, owner, field)?.map(Scalar::Number))
            }
            Some(Attribute::Set(_)) => Err(mismatch(owner, field, "a single value")),
        },
        Field::Languages | Field::Needs | Field::Offers => {
            Err(mismatch(owner, field, "a single value"))
        }
    }
}

fn number(
    profile: &Profile,
    owner: &str,
    field: &Field,
) -> Result<Option<Millionths>, ProgrammeProblem> {
    let value = match field {
        Field::Seniority => profile.seniority.map(f64::from),
        Field::ExperienceYears => profile.experience_years,
        Field::TenureYears => profile.tenure_years,
        Field::Attribute(name) => match profile.attributes.get(name) {
            None => None,
            Some(Attribute::Number(value)) => Some(*value),
            Some(Attribute::Ordinal { level, .. }) => Some(f64::from(*level)),
            Some(_) => return Err(mismatch(owner, field, "a number")),
        },
        _ => return Err(mismatch(owner, field, "a number")),
    };
    let too_large = || ProgrammeProblem::NumberTooLarge {
        owner: owner.to_owned(),
        field: field.to_string(),
        limit: LARGEST,
    };
    value
        .map(|value| millionths(value).ok_or_else(too_large))
        .transpose()
}

/// The number rounded to millionths; `None` beyond ±10^9 or for NaN.
pub(crate) fn millionths(value: f64) -> Option<Millionths> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the magnitude is at most 10^15"
    )]
    (value.abs() <= 1e9).then(|| (value * PER_UNIT).round() as Millionths)
}

fn set<'a>(
    profile: &'a Profile,
    owner: &str,
    field: &Field,
) -> Result<Option<Vec<Cow<'a, str>>>, ProgrammeProblem> {
    fn answered(items: Vec<Cow<'_, str>>) -> Option<Vec<Cow<'_, str>>> {
        (!items.is_empty()).then_some(items)
    }
    let borrowed = |text: &'a String| Cow::Borrowed(text.as_str());
    Ok(match field {
        Field::Languages => answered(profile.languages.iter().map(|tag| folded(tag)).collect()),
        Field::Needs => answered(profile.needs.iter().map(|n| borrowed(&n.skill)).collect()),
        Field::Offers => answered(profile.offers.iter().map(|o| borrowed(&o.skill)).collect()),
        Field::Attribute(name) => match profile.attributes.get(name) {
            None => None,
            Some(Attribute::Set(items)) => Some(items.iter().map(borrowed).collect()),
            Some(Attribute::Choice(choice)) => Some(vec![borrowed(choice)]),
            Some(_) => return Err(mismatch(owner, field, "a set")),
        },
        Field::Department => profile.department.as_ref().map(|text| vec![borrowed(text)]),
        Field::Site => profile.site.as_ref().map(|text| vec![borrowed(text)]),
        Field::Organisation => profile
            .organisation
            .as_ref()
            .map(|text| vec![borrowed(text)]),
        _ => return Err(mismatch(owner, field, "a set")),
    })
}

fn folded(tag: &str) -> Cow<'_, str> {
    if tag.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(tag.to_ascii_lowercase());
    }
    Cow::Borrowed(tag)
}

fn mismatch(owner: &str, field: &Field, wanted: &'static str) -> ProgrammeProblem {
    ProgrammeProblem::FieldKind {
        owner: owner.to_owned(),
        field: field.to_string(),
        wanted,
    }
}
