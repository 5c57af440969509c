//! The kinds of mentors of which a mentee has at most one each, found among the people.

use std::collections::BTreeMap;

use crate::criteria::{LARGEST, millionths, scalars};
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::participant::{Attribute, Cohort, Field, Profile, fold};

/// What problems with the field are told of.
const OWNER: &str = "distinct_mentors";

/// By mentor: the number of her answer, equal ones with equal numbers; `None` without an answer.
///
/// # Errors
/// Answers that are not single values, or cannot be compared.
pub(super) fn kinds(field: &Field, cohort: &Cohort) -> Result<Vec<Option<u32>>, ProgrammeError> {
    let mentors = || cohort.mentors().iter().map(|own| &own.profile);
    if let Field::Attribute(name) = field
        && !mentors().any(|own| own.attributes.contains_key(name))
    {
        return of_quota_attribute(mentors(), (field, name)).map_err(ProgrammeError::from);
    }
    Ok(scalars(cohort, OWNER, field)?.mentors)
}

/// An answer that counts for quotas and the like only.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Word(String),
    Number(i64),
    Flag(bool),
}

fn of_quota_attribute<'p>(
    mentors: impl Iterator<Item = &'p Profile>,
    (field, name): (&Field, &str),
) -> Result<Vec<Option<u32>>, ProgrammeProblem> {
    let mut numbers = BTreeMap::new();
    let number = |own: &Profile| {
        let Some(answer) = own.quota_attributes.get(name) else {
            return Ok(None);
        };
        let key = match answer {
            Attribute::Choice(word) => Key::Word(fold(word).into_owned()),
            Attribute::Flag(flag) => Key::Flag(*flag),
            Attribute::Number(number) => exact(*number, field)?,
            Attribute::Ordinal { level, .. } => exact((*level).into(), field)?,
            Attribute::Set(_) => {
                return Err(ProgrammeProblem::FieldKind {
                    owner: OWNER.to_owned(),
                    field: field.to_string(),
                    wanted: "a single value",
                });
            }
        };
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        Ok(Some(*numbers.entry(key).or_insert(next)))
    };
    mentors.map(number).collect()
}

fn exact(number: f64, field: &Field) -> Result<Key, ProgrammeProblem> {
    let too_large = || ProgrammeProblem::NumberTooLarge {
        owner: OWNER.to_owned(),
        field: field.to_string(),
        limit: LARGEST,
    };
    millionths(number).map(Key::Number).ok_or_else(too_large)
}
