//! The laws of the source tree, read off the source itself.
#![allow(clippy::expect_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every source file with its text up to the unit tests.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("sources are text");
                let code = text
                    .split("#[cfg(test)]")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                found.push((
                    path.strip_prefix(&root).expect("below src").to_owned(),
                    code,
                ));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "the walk found the sources");
    found
}

/// Code lines: no comments, no documentation.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
}

/// The modules in the order of `lib.rs`.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("lib.rs is text");
    let names = code_lines(&lib).filter_map(|line| {
        line.trim_start_matches("pub ")
            .strip_prefix("mod ")?
            .strip_suffix(';')
            .map(str::to_owned)
    });
    names.collect()
}

#[test]
fn a_module_imports_only_modules_listed_above_it() {
    let order: BTreeMap<String, usize> = modules()
        .into_iter()
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect();
    for (path, text) in sources() {
        let first = path.components().next().expect("a path has components");
        let own = first
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        let Some(&own_at) = order.get(&own) else {
            continue;
        };
        for line in code_lines(&text) {
            for used in line.split("crate::").skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                let Some(&at) = order.get(&name) else {
                    continue;
                };
                assert!(
                    at <= own_at,
                    "{}: imports {name}, listed below {own}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_solver_knows_integers_and_positions_only() {
    for (path, text) in sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("solver"))
    {
        for line in code_lines(&text) {
            for word in [
                "f32",
                "f64",
                "serde",
                "ParticipantId",
                "Cohort",
                "String",
                "HashMap",
            ] {
                let found = line
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|identifier| identifier == word);
                assert!(!found, "{}: {word}: {line}", path.display());
            }
        }
    }
}

/// The modules of `solver` that a line imports, if it is a line of the checker at this path.
fn solver_modules<'t>(path: &Path, line: &'t str) -> Option<&'t str> {
    let up = "super::".repeat(path.components().count() - 1); // to `solver`
    line.strip_prefix("use ")?
        .strip_prefix(&up)?
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
}

#[test]
fn the_checker_imports_no_solver() {
    let checker: Vec<_> = sources()
        .into_iter()
        .filter(|(path, _)| {
            path.ends_with("solver/certificate.rs")
                || path.starts_with("solver/certificate")
                || path.ends_with("solver/kept_rows.rs") // what it reads rows by
                || path.ends_with("solver/shortage/check.rs")
                || path.ends_with("solver/shortage/arcs.rs")
                || path.ends_with("solver/stable/check.rs")
                || path.starts_with("solver/stable/check")
        })
        .filter(|(path, _)| !path.ends_with("tests.rs"))
        .collect();
    assert!(checker.len() >= 7, "the checker and its parts exist");
    for (path, text) in checker {
        for module in code_lines(&text).filter_map(|line| solver_modules(&path, line)) {
            let known = [
                "assignment",
                "certificate",
                "error",
                "groups",
                "kept_rows",
                "kinds",
                "level",
                "lot", // what it is, not how it is drawn
                "problem",
                "slots",
            ];
            let allowed = known.contains(&module);
            assert!(allowed, "{}: imports {module}", path.display());
        }
        for line in code_lines(&text) {
            let finds = ["use super::lists", "use super::deferred"]; // beside the check of stability
            assert!(!finds.iter().any(|own| line.starts_with(own)), "{line}");
            assert!(
                !line.starts_with("use crate::solver"),
                "{}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn what_if_answers_read_a_solution_and_know_no_search_of_the_solver() {
    let parts = sources().into_iter().filter(|(path, _)| {
        path.ends_with("solver/sensitivity.rs") || path.starts_with("solver/sensitivity")
    });
    let known = [
        "assignment",
        "certificate",
        "components",
        "control",
        "level",
        "problem",
        "slots",
        "solution",
    ];
    let mut lines = 0;
    for (path, text) in parts {
        let from_here = if path.ends_with("solver/sensitivity.rs") {
            "use super::"
        } else {
            "use super::super::"
        };
        for used in code_lines(&text).filter_map(|line| line.strip_prefix(from_here)) {
            lines += 1;
            let is_known = known.iter().any(|module| used.starts_with(module));
            assert!(is_known, "{}: imports {used}", path.display());
        }
    }
    assert!(lines > 10, "the parts exist");
}

#[test]
fn answers_to_be_monitored_are_read_by_fairness_figures_and_nothing_else() {
    let reads = |(path, text): (PathBuf, String)| {
        let reads = code_lines(&text).any(|line| line.contains("monitor_attributes"));
        (reads && !path.starts_with("participant")).then_some(path)
    };
    let readers: Vec<_> = sources().into_iter().filter_map(reads).collect();
    assert_eq!(readers, [Path::new("report/fairness/people.rs")]);
}

#[test]
fn the_library_reads_no_clock_no_file_and_no_environment() {
    for (path, text) in sources() {
        for line in code_lines(&text) {
            for word in [
                "Instant::",
                "SystemTime",
                "std::fs",
                "std::net",
                "std::env",
                "std::thread",
            ] {
                assert!(!line.contains(word), "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn files_and_functions_stay_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
        let (mut name, mut start) = (String::new(), 0);
        for (at, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let item = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("const ");
            let item = item
                .split_once(") ")
                .filter(|_| item.starts_with("pub("))
                .map_or(item, |s| s.1);
            if item.starts_with("fn ") {
                (name, start) = (item.chars().take(40).collect(), at);
            }
            if line.trim() == "}" && indent <= 4 && !name.is_empty() {
                assert!(
                    at - start <= 70,
                    "{}: {name} has {} lines",
                    path.display(),
                    at - start
                );
                name.clear();
            }
        }
    }
}
