//! Typed views of one field over a cohort: what [`Field`]s hold, one entry a person, `None` where
//! somebody gave no answer.

use std::collections::BTreeMap;

use crate::error::{ProgrammeError, ProgrammeProblem};

use super::gap::bound;
use super::value::StatedValue;
use crate::participant::{Answer, Cohort, Field, Profile, Words};

/// A number in millionths: gaps between such are exact, so that 8.3 − 0.3 is not below 8.
pub(crate) type Millionths = i64;

const PER_UNIT: f64 = 1e6;
pub(crate) const LARGEST: u64 = 1_000_000_000;

/// One field of both sides.
pub(crate) struct Columns<T> {
    pub(crate) mentees: Vec<T>, // indexed by mentee
    pub(crate) mentors: Vec<T>, // indexed by mentor
}

impl<T> Columns<T> {
    pub(crate) fn read<'a>(
        cohort: &'a Cohort,
        mut read: impl FnMut(&'a Profile) -> Result<T, ProgrammeProblem>,
    ) -> Result<Self, ProgrammeError> {
        let mentees = cohort.mentees().iter().map(|m| read(&m.profile));
        let mentees = mentees.collect::<Result<_, _>>()?;
        let mentors = cohort.mentors().iter().map(|m| read(&m.profile));
        let mentors = mentors.collect::<Result<_, _>>()?;
        Ok(Self { mentees, mentors })
    }

    pub(crate) fn map<U>(self, each: impl Fn(T) -> U) -> Columns<U> {
        Columns {
            mentees: self.mentees.into_iter().map(&each).collect(),
            mentors: self.mentors.into_iter().map(&each).collect(),
        }
    }
}

/// A single answer, comparable for equality.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scalar {
    Word(u32),
    Number(Millionths),
    Flag(bool),
}

/// The field's single answers, equal ones with equal numbers. Texts are folded.
pub(crate) fn scalars(
    cohort: &Cohort,
    owner: &str,
    field: &Field,
) -> Result<Columns<Option<u32>>, ProgrammeError> {
    let mut words = Words::folded();
    let mut interner = Interner::default();
    Columns::read(cohort, |profile| {
        let answer = scalar(profile, owner, field, &mut words)?;
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
/// without repetition. A field with a single text is a set of one. Items are folded, and read
/// through the cohort's vocabulary if that is for either field.
pub(crate) fn sets(
    cohort: &Cohort,
    owner: &str,
    mentee_field: &Field,
    mentor_field: &Field,
) -> Result<Columns<Option<Vec<u32>>>, ProgrammeError> {
    let mut words = words_for(cohort, [mentee_field, mentor_field]);
    let mut mentees = Vec::with_capacity(cohort.mentees().len());
    for mentee in cohort.mentees() {
        let items = set(&mentee.profile, owner, mentee_field)?;
        mentees.push(items.map(|items| numbers_of(items, &mut words)));
    }
    let mut mentors = Vec::with_capacity(cohort.mentors().len());
    for mentor in cohort.mentors() {
        let items = set(&mentor.profile, owner, mentor_field)?;
        mentors.push(items.map(|items| numbers_of(items, &mut words)));
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
}

pub(super) fn numbers_of<'a>(items: Vec<&'a str>, words: &mut Words<'a>) -> Vec<u32> {
    let mut numbers: Vec<u32> = items.into_iter().map(|item| words.number(item)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

pub(super) fn scalar<'a>(
    profile: &'a Profile,
    owner: &str,
    field: &Field,
    words: &mut Words<'a>,
) -> Result<Option<Scalar>, ProgrammeProblem> {
    if !field.may_be_scalar() {
        return Err(mismatch(owner, field, "a single value"));
    }
    Ok(match field.of(profile) {
        None => None,
        Some(Answer::Text(text)) => Some(Scalar::Word(words.number(text))),
        Some(Answer::Flag(flag)) => Some(Scalar::Flag(flag)),
        Some(Answer::Number(value)) => Some(Scalar::Number(exact(value, owner, field)?)),
        Some(Answer::Set(_) | Answer::Week) => {
            return Err(mismatch(owner, field, "a single value"));
        }
    })
}

fn number(
    profile: &Profile,
    owner: &str,
    field: &Field,
) -> Result<Option<Millionths>, ProgrammeProblem> {
    if !field.may_be_number() {
        return Err(mismatch(owner, field, "a number"));
    }
    match field.of(profile) {
        None => Ok(None),
        Some(Answer::Number(value)) => exact(value, owner, field).map(Some),
        Some(_) => Err(mismatch(owner, field, "a number")),
    }
}

/// The number, or how many different things the set holds.
pub(super) fn amount<'a>(
    profile: &'a Profile,
    owner: &str,
    field: &Field,
    words: &mut Words<'a>,
) -> Result<Option<Millionths>, ProgrammeProblem> {
    const WANTED: &str = "a number or a set";
    match field.of(profile) {
        None if field.may_be_number() || field.is_set() == Some(true) => Ok(None),
        Some(Answer::Number(value)) => exact(value, owner, field).map(Some),
        Some(Answer::Set(items)) => {
            let count = numbers_of(items, words).len();
            let count = Millionths::try_from(count).unwrap_or(Millionths::MAX);
            Ok(Some(count.saturating_mul(1_000_000)))
        }
        _ => Err(mismatch(owner, field, WANTED)),
    }
}

/// A value that the programme states, as people's single answers are compared.
pub(super) fn stated_scalar<'v>(value: &'v StatedValue, words: &mut Words<'v>) -> Scalar {
    match value {
        StatedValue::Text(text) => Scalar::Word(words.number(text)),
        StatedValue::Number(number) => Scalar::Number(bound(*number)),
        StatedValue::Flag(flag) => Scalar::Flag(*flag),
    }
}

/// How the items of these fields are read together.
pub(super) fn words_for<'a, 'f>(
    cohort: &'a Cohort,
    fields: impl IntoIterator<Item = &'f Field>,
) -> Words<'a> {
    match fields.into_iter().any(Field::has_vocabulary) {
        true => Words::of(cohort.vocabulary()),
        false => Words::folded(),
    }
}

fn exact(value: f64, owner: &str, field: &Field) -> Result<Millionths, ProgrammeProblem> {
    millionths(value).ok_or_else(|| ProgrammeProblem::NumberTooLarge {
        owner: owner.to_owned(),
        field: field.to_string(),
        limit: LARGEST,
    })
}

/// The number rounded to millionths; `None` beyond ±10^9 or for NaN.
pub(crate) fn millionths(value: f64) -> Option<Millionths> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the magnitude is at most 10^15"
    )]
    (value.abs() <= 1e9).then(|| (value * PER_UNIT).round() as Millionths)
}

pub(super) fn set<'a>(
    profile: &'a Profile,
    owner: &str,
    field: &Field,
) -> Result<Option<Vec<&'a str>>, ProgrammeProblem> {
    if !field.may_be_set() {
        return Err(mismatch(owner, field, "a set"));
    }
    match field.of(profile) {
        None => Ok(None),
        Some(Answer::Set(items)) => Ok(Some(items)),
        Some(Answer::Text(text)) => Ok(Some(vec![text])),
        Some(_) => Err(mismatch(owner, field, "a set")),
    }
}

fn mismatch(owner: &str, field: &Field, wanted: &'static str) -> ProgrammeProblem {
    ProgrammeProblem::FieldKind {
        owner: owner.to_owned(),
        field: field.to_string(),
        wanted,
    }
}
