//! Real programmes and real people, against answers that others computed.
//!
//! The data is no part of this repository; where it is absent, these tests say so and pass.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::print_stdout, reason = "says what is skipped")]

#[path = "../../examples/match_programme/main.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod match_programme;

mod civil_service;
mod developers;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use mentormatch::{Cohort, Engine, Outcome, Programme};
use serde_json::Value;

/// A line of a file, by column.
type Line = BTreeMap<String, String>;

/// A folder of real data, if it is there.
fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    if !path.is_dir() {
        println!("skipped: {name} is not here");
        return None;
    }
    Some(path)
}

fn lines(path: &Path) -> Vec<Line> {
    csv::Reader::from_path(path)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

fn expected(folder: &Path) -> Value {
    serde_json::from_reader(File::open(folder.join("expected.json")).unwrap()).unwrap()
}

const BOTH: &str = r#"objectives = ["participation", "total_score"]"#;
const TOTAL: &str = r#"objectives = ["total_score"]"#;

/// The outcome of the programme as it stands, and with the total score as its only objective.
fn outcomes(programme: &str, cohort: &Cohort) -> [Outcome; 2] {
    assert!(programme.contains(BOTH));
    [programme.to_owned(), programme.replace(BOTH, TOTAL)].map(|text| {
        let programme: Programme = toml::from_str(&text).unwrap();
        Engine::new(programme).run(cohort).unwrap()
    })
}
