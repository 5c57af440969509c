//! People's answers beside those that a programme states, and answers of several fields at once.
//!
//! Like [`column`](super::column), which reads one field, these are the only readers of their kind:
//! how texts are compared is decided there.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{
    Columns, Millionths, Scalar, amount, numbers_of, scalar, set, stated_scalar, words_for,
};
use super::value::StatedValue;
use crate::error::{ParameterProblem, ProgrammeError};
use crate::participant::{Answer, Cohort, Field, Words, fold, nearest};

/// Where an answer stands in a list that the programme states.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The first entry that it equals.
    At(usize),
    Unlisted,
}

/// Where people's single answers stand in a list, and where the list's own entries do: an entry that
/// equals an earlier one stands there.
pub(crate) struct Places {
    pub(crate) people: Columns<Option<Place>>,
    pub(crate) entries: Vec<Place>,
}

impl Places {
    pub(crate) fn read<'a>(
        cohort: &'a Cohort,
        owner: &str,
        field: &Field,
        values: &'a [StatedValue],
    ) -> Result<Self, ProgrammeError> {
        let mut words = Words::folded();
        let listed = values.iter();
        let listed = listed.map(|value| stated_scalar(value, &mut words));
        let listed: Vec<Scalar> = listed.collect();
        let mut first = BTreeMap::new();
        for (at, &value) in listed.iter().enumerate() {
            first.entry(value).or_insert(at);
        }
        let place = |answer| {
            first
                .get(&answer)
                .map_or(Place::Unlisted, |&at| Place::At(at))
        };
        let people = Columns::read(cohort, |profile| {
            Ok(scalar(profile, owner, field, &mut words)?.map(place))
        })?;
        let entries = listed.iter().map(|&entry| place(entry)).collect();
        Ok(Self { people, entries })
    }
}

/// Whether people's answers are listed; of a set, whether anything in it is.
pub(crate) fn any_listed<'a>(
    cohort: &'a Cohort,
    owner: &str,
    field: &Field,
    values: &'a [StatedValue],
) -> Result<Columns<Option<bool>>, ProgrammeError> {
    if holds_sets(cohort, field) {
        let texts = values.iter().filter_map(|value| match value {
            StatedValue::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let SetsAndTexts { sets, texts } = sets_and_texts(cohort, owner, field, texts)?;
        let texts: BTreeSet<u32> = texts.into_iter().collect();
        let any = |own: Vec<u32>| own.iter().any(|item| texts.contains(item));
        return Ok(sets.map(|own| own.map(any)));
    }
    let listed = |place| matches!(place, Place::At(_));
    let places = Places::read(cohort, owner, field, values)?;
    Ok(places.people.map(|own| own.map(listed)))
}

/// Whether the field holds several things at once, which for an attribute people's answers tell.
fn holds_sets(cohort: &Cohort, field: &Field) -> bool {
    let mentees = cohort.mentees().iter().map(|m| &m.profile);
    let mut people = mentees.chain(cohort.mentors().iter().map(|m| &m.profile));
    let held = |own| matches!(field.of(own), Some(Answer::Set(_)));
    field.is_set().unwrap_or_else(|| people.any(held))
}

/// The items of a field, and some texts among them, interned together.
pub(crate) struct SetsAndTexts {
    pub(crate) sets: Columns<Option<Vec<u32>>>,
    pub(crate) texts: Vec<u32>, // in the order given
}

pub(crate) fn sets_and_texts<'t>(
    cohort: &'t Cohort,
    owner: &str,
    field: &Field,
    texts: impl IntoIterator<Item = &'t str>,
) -> Result<SetsAndTexts, ProgrammeError> {
    let mut words = words_for(cohort, [field]);
    let texts = texts.into_iter().map(|text| words.number(text)).collect();
    let sets = Columns::read(cohort, |profile| {
        let items = set(profile, owner, field)?;
        Ok(items.map(|items| numbers_of(items, &mut words)))
    })?;
    Ok(SetsAndTexts { sets, texts })
}

/// Sets of several fields, whose items can be compared because one reader read them all. None of the
/// fields has a vocabulary.
pub(crate) struct UnitedSets<'a>(Words<'a>);

impl<'a> UnitedSets<'a> {
    pub(crate) fn new() -> Self {
        Self(Words::folded())
    }

    /// What these fields hold together; `None` where a person answered none of them.
    pub(crate) fn read(
        &mut self,
        cohort: &'a Cohort,
        owner: &str,
        fields: &[Field],
    ) -> Result<Columns<Option<Vec<u32>>>, ProgrammeError> {
        Columns::read(cohort, |profile| {
            let mut together: Option<Vec<_>> = None;
            for field in fields {
                if let Some(items) = set(profile, owner, field)? {
                    together.get_or_insert_default().extend(items);
                }
            }
            Ok(together.map(|items| numbers_of(items, &mut self.0)))
        })
    }
}

/// The field's numbers; of a set, how many things are in it.
pub(crate) fn amounts(
    cohort: &Cohort,
    owner: &str,
    field: &Field,
) -> Result<Columns<Option<Millionths>>, ProgrammeError> {
    let mut words = words_for(cohort, [field]);
    Columns::read(cohort, |profile| amount(profile, owner, field, &mut words))
}

/// What is wrong with a list of values of a field: empty, one that no answer can be, an entry twice.
pub(crate) fn list_problem(field: &Field, values: &[StatedValue]) -> Option<ParameterProblem> {
    if values.is_empty() {
        return Some(ParameterProblem::Empty);
    }
    let wrong = values.iter().find_map(|value| value_problem(field, value));
    wrong.or_else(|| repeats(values.iter().map(StatedValue::key)))
}

/// Whether a list holds an entry twice, which equal keys tell.
pub(super) fn repeats<K: Ord>(keys: impl IntoIterator<Item = K>) -> Option<ParameterProblem> {
    let mut seen = BTreeSet::new();
    let mut keys = keys.into_iter();
    let twice = keys.any(|key| !seen.insert(key));
    twice.then_some(ParameterProblem::Repeats)
}

/// What is wrong with a value that people's answers to a field are compared with.
pub(super) fn value_problem(field: &Field, value: &StatedValue) -> Option<ParameterProblem> {
    let nobody_answers = |nearest| Some(ParameterProblem::NoAnswer { nearest });
    match value {
        StatedValue::Number(_) if !field.may_be_number() => nobody_answers(None),
        StatedValue::Flag(_) if !field.may_be_flag() => nobody_answers(None),
        StatedValue::Text(_) if !field.may_be_text() => nobody_answers(None),
        StatedValue::Number(number) => number_problem(*number),
        StatedValue::Flag(_) => None,
        StatedValue::Text(text) => {
            let (names, text) = (field.closed_list()?, fold(text));
            match names.contains(&&*text) {
                true => None,
                false => nobody_answers(nearest(&text, names)),
            }
        }
    }
}

/// What is wrong with a number that is to be compared with answers.
pub(crate) fn number_problem(number: f64) -> Option<ParameterProblem> {
    let (low, high) = (-1_000_000_000, 1_000_000_000);
    if !number.is_finite() {
        return Some(ParameterProblem::NotFinite);
    }
    (number.abs() > 1e9).then_some(ParameterProblem::OutOfRange { low, high })
}
