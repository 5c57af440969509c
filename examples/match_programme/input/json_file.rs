//! People from JSON.

use std::path::Path;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::problems::At;
use super::{Entry, InRole, Place, Problem};

pub(super) fn read<P: InRole>(
    path: &Path,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Entry<P>> {
    if let Err(problem) = check(path, text) {
        problems.push(problem);
        return Vec::new();
    }
    let people: Vec<Map<String, Value>> = match serde_json::from_str(text) {
        Ok(people) => people,
        Err(error) => {
            // the error's own words would quote what was found
            let place = Place::new(path, line(&error));
            problems.push(Problem::new(&place, "", "expected a list of objects"));
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for (at, mut fields) in people.into_iter().enumerate() {
        let place = Place::new(path, At::entry(at + 1));
        let name = match fields.remove("name") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => {
                problems.push(Problem::new(&place, "name", "expected text"));
                None
            }
        };
        if fields.remove(P::OTHER_BOUNDS).is_some() {
            problems.push(Problem::new(&place, P::OTHER_BOUNDS, P::SWAPPED));
        }
        match serde_json::from_value(Value::Object(fields)) {
            Ok(person) => entries.push(Entry {
                person,
                name,
                place,
            }),
            Err(error) => problems.push(Problem::new(&place, "", error.to_string())),
        }
    }
    entries
}

/// Whether it is JSON at all, whatever it says.
pub(super) fn check(path: &Path, text: &str) -> Result<(), Problem> {
    let Err(error) = serde_json::from_str::<IgnoredAny>(text) else {
        return Ok(());
    };
    let words = error.to_string();
    let expected = words.split(" at line ").next().unwrap_or_default();
    let problem = format!("broken JSON, at column {}: {expected}", error.column());
    Err(Problem::new(&Place::new(path, line(&error)), "", problem))
}

fn line(error: &serde_json::Error) -> At {
    At::line(u64::try_from(error.line()).unwrap_or(u64::MAX))
}
