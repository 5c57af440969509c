//! What is wrong with a file, and where.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use mentormatch::{CohortError, CohortProblem, Role};

use super::Places;

/// Everything that is wrong with the files, in the order of the files.
#[derive(Debug)]
pub(crate) struct InputError {
    pub(crate) problems: Vec<Problem>,
}

/// One thing wrong. The text says where to look, and never what stands there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    /// The column's heading, or the key; empty where it is the whole line.
    pub(crate) column: String,
    pub(crate) problem: String,
}

/// Where in which file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) at: At,
}

/// Counted from 1. Several are those of one id, where it does not show which of them is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    File,
    Lines(Vec<u64>),
    /// People in a list.
    Entries(Vec<usize>),
}

impl At {
    pub(super) fn line(line: u64) -> Self {
        Self::Lines(vec![line])
    }

    pub(super) fn entry(entry: usize) -> Self {
        Self::Entries(vec![entry])
    }

    /// Here and there.
    fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Lines(here), Self::Lines(there)) => Self::Lines([&here[..], there].concat()),
            (Self::Entries(here), Self::Entries(there)) => {
                Self::Entries([&here[..], there].concat())
            }
            (here, _) => here,
        }
    }
}

impl InputError {
    /// Each problem once, however many of a person's lines have it.
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        let mut seen = BTreeSet::new();
        problems.retain(|problem| seen.insert(problem.to_string()));
        Self { problems }
    }
}

impl Place {
    pub(super) fn new(path: &Path, at: At) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self {
            file: name.to_string_lossy().into_owned(),
            at,
        }
    }
}

impl Problem {
    pub(super) fn new(place: &Place, column: &str, problem: impl Into<String>) -> Self {
        Self {
            place: place.clone(),
            column: column.to_owned(),
            problem: problem.into(),
        }
    }

    pub(super) fn of_file(path: &Path, problem: impl Into<String>) -> Self {
        Self::new(&Place::new(path, At::File), "", problem)
    }
}

/// What the crate found wrong with the roster, where the files have it.
pub(super) fn located(error: &CohortError, places: &Places) -> Vec<Problem> {
    let problems = error.problems().iter();
    problems
        .flat_map(|problem| at_each_place(problem, places))
        .collect()
}

/// A problem for each role it may be in.
fn at_each_place(problem: &CohortProblem, places: &Places) -> Vec<Problem> {
    let roles = problem
        .role
        .map_or(vec![Role::Mentor, Role::Mentee], |role| vec![role]);
    let id = problem.participant.as_ref();
    let places = roles
        .into_iter()
        .filter_map(|role| places.get(&(role, id?.clone())));
    let column = column(&problem.field);
    places
        .filter_map(|same_id| {
            let (first, others) = same_id.split_first()?;
            let at = others
                .iter()
                .fold(first.at.clone(), |at, other| at.and(&other.at));
            let file = first.file.clone();
            Some(Problem::new(
                &Place { file, at },
                &column,
                problem.kind.to_string(),
            ))
        })
        .collect()
}

/// The column of a field that the crate names by its path, for instance `needs[2].importance`.
fn column(field: &str) -> String {
    for (group, prefix) in [
        ("attributes.", "attr:"),
        ("quota_attributes.", "quota:"),
        ("monitor_attributes.", "monitor:"),
    ] {
        if let Some(name) = field.strip_prefix(group) {
            return format!("{prefix}{name}");
        }
    }
    field.split(['[', '.']).next().unwrap_or(field).to_owned()
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => writeln!(f, "1 problem in the input")?,
            count => writeln!(f, "{count} problems in the input")?,
        }
        self.problems
            .iter()
            .try_for_each(|problem| writeln!(f, "  {problem}"))
    }
}

impl std::error::Error for InputError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.column.is_empty() {
            write!(f, ", {}", self.column)?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match &self.at {
            At::File => Ok(()),
            At::Lines(lines) => write_numbers(f, "line", "lines", lines),
            At::Entries(entries) => write_numbers(f, "entry", "entries", entries),
        }
    }
}

fn write_numbers<N: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    one: &str,
    several: &str,
    numbers: &[N],
) -> fmt::Result {
    let what = if numbers.len() == 1 { one } else { several };
    write!(f, ", {what} ")?;
    for (at, number) in numbers.iter().enumerate() {
        let joint = match numbers.len() - at {
            _ if at == 0 => "",
            1 => " and ",
            _ => ", ",
        };
        write!(f, "{joint}{number}")?;
    }
    Ok(())
}
