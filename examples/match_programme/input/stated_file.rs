//! What somebody has written down, a programme or a vocabulary, from TOML or JSON.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::problems::At;
use super::{Place, Problem, extension, json_file, unreadable};

pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    let text =
        fs::read_to_string(path).map_err(|error| Problem::of_file(path, unreadable(&error)))?;
    match extension(path).as_str() {
        "toml" => toml::from_str(&text).map_err(|error| toml_problem(path, &text, &error)),
        "json" => {
            json_file::check(path, &text)?;
            serde_json::from_str(&text).map_err(|error| Problem::of_file(path, error.to_string()))
        }
        _ => Err(Problem::of_file(
            path,
            "expected a file named .toml or .json",
        )),
    }
}

fn toml_problem(path: &Path, text: &str, error: &toml::de::Error) -> Problem {
    let before = error.span().and_then(|span| text.get(..span.start));
    let at = before.map_or(At::File, |before| {
        let lines = before.matches('\n').count();
        At::line(u64::try_from(lines).map_or(0, |lines| lines + 1))
    });
    Problem::new(&Place::new(path, at), "", error.message().trim_end())
}
