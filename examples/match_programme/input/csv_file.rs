//! People from CSV.

use std::collections::BTreeSet;
use std::path::Path;

use csv::{Position, ReaderBuilder, StringRecord, Trim};
use mentormatch::Profile;

use super::columns::{Column, Draft};
use super::problems::At;
use super::{Entry, InRole, Place, Problem};

/// A heading with what it means; `None` where it was no column, which has been reported.
type Heading = (String, Option<Column>);

pub(super) fn read<P: InRole>(
    path: &Path,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Entry<P>> {
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .flexible(true) // a line of another length is reported with its place, like anything else
        .from_reader(text.as_bytes());
    let headings = match reader.headers() {
        Ok(line) => {
            let place = Place::new(path, line_at(text, &Position::new()));
            if let Some(separator) = other_separator(text) {
                let problem = format!("the cells are separated by {separator}; expected commas");
                problems.push(Problem::new(&place, "", problem));
                return Vec::new();
            }
            headings::<P>(line, &place, problems)
        }
        Err(error) => {
            problems.push(Problem::of_file(path, error.to_string()));
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) if record.iter().all(str::is_empty) => {} // spreadsheets leave such lines
            Ok(record) => {
                let place = Place::new(
                    path,
                    record.position().map_or(At::File, |at| line_at(text, at)),
                );
                entries.extend(entry(&headings, &record, place, problems));
            }
            Err(error) => problems.push(Problem::of_file(path, error.to_string())),
        }
    }
    entries
}

/// The line of what stands at a position or, as the reader skips empty lines, after them.
fn line_at(text: &str, position: &Position) -> At {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    let empty = ends.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
    At::line(position.line() + empty)
}

/// What separates the cells of the heading line, if it is not the comma.
fn other_separator(text: &str) -> Option<&'static str> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let other = [(';', "semicolons"), ('\t', "tabs")];
    let parts = |separator| {
        line.split(separator)
            .map(|part| part.trim_matches([' ', '"']))
    };
    let has_id =
        |separator| parts(separator).count() > 1 && parts(separator).any(|part| part == "id");
    let only = |separator| line.contains(separator) && !line.contains(',');
    other
        .into_iter()
        .find(|(other, _)| !has_id(',') && (has_id(*other) || only(*other)))
        .map(|(_, name)| name)
}

fn headings<P: InRole>(
    line: &StringRecord,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Vec<Heading> {
    let mut seen = BTreeSet::new();
    let mut headings = Vec::new();
    for (at, heading) in line.iter().enumerate() {
        if heading.is_empty() {
            let problem = format!("column {} has no heading", at + 1);
            problems.push(Problem::new(place, "", problem));
            headings.push((String::new(), None));
            continue;
        }
        let column = Column::of::<P>(heading);
        if let Err(problem) = &column {
            problems.push(Problem::new(place, heading, *problem));
        } else if !seen.insert(heading) {
            problems.push(Problem::new(place, heading, "this column is given twice"));
        }
        headings.push((heading.to_owned(), column.ok()));
    }
    if !line.iter().any(|heading| heading == "id") {
        problems.push(Problem::new(place, "id", "this column is missing"));
    }
    headings
}

/// The person of a line. A cell that cannot be read is reported and then counts as empty, so that
/// the rest of the line is checked as well.
fn entry<P: InRole>(
    headings: &[Heading],
    record: &StringRecord,
    place: Place,
    problems: &mut Vec<Problem>,
) -> Option<Entry<P>> {
    if record.len() != headings.len() {
        let (found, expected) = (record.len(), headings.len());
        let problem = format!("{found} cells, and {expected} in the heading");
        problems.push(Problem::new(&place, "", problem));
        return None;
    }
    let columns = headings
        .iter()
        .zip(record)
        .filter_map(|((heading, column), cell)| Some((heading, column.as_ref()?, cell)));
    let id = columns
        .clone()
        .find(|(_, column, _)| matches!(column, Column::Id))?
        .2;
    if id.is_empty() {
        problems.push(Problem::new(&place, "id", "missing"));
    }
    let mut draft = Draft {
        profile: Profile::new(id),
        bounds: None,
        name: None,
    };
    for (heading, column, cell) in columns.filter(|(_, _, cell)| !cell.is_empty()) {
        if let Err(problem) = column.read(cell, &mut draft) {
            problems.push(Problem::new(&place, heading, problem));
        }
    }
    (!id.is_empty()).then(|| Entry {
        person: P::new(draft.profile, draft.bounds),
        name: draft.name,
        place,
    })
}
