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
            let place = Place::new(path, At::Line(u64::try_from(error.line()).unwrap_or(0)));
            problems.push(Problem::new(&place, "", "expected a list of objects"));
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for (at, mut fields) in people.into_iter().enumerate() {
        let place = Place::new(path, At::Entry(at + 1));
        let name = fields
            .remove("name")
            .and_then(|name| Some(name.as_str()?.to_owned()));
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
