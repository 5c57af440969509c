//! People from JSON.

use std::path::Path;

use serde_json::{Map, Value};

use super::problems::At;
use super::{Entry, InRole, Place, Problem};

pub(super) fn read<P: InRole>(
    path: &Path,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Entry<P>> {
    let people: Vec<Map<String, Value>> = match serde_json::from_str(text) {
        Ok(people) => people,
        Err(error) => {
            let place = Place::new(path, At::line(u64::try_from(error.line()).unwrap_or(0)));
            problems.push(Problem::new(&place, "", unreadable(&error)));
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

/// JSON that is none, or JSON of something else. The parser's own words on the former tell what it
/// expected; on the latter, they would quote what it found.
fn unreadable(error: &serde_json::Error) -> String {
    if error.is_data() {
        return "expected a list of objects".to_owned();
    }
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("broken JSON, at column {}: {what}", error.column())
}
