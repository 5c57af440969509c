//! Reads people and programme from files, and says everything that is wrong with them at once.
//!
//! A file is CSV or JSON, as its name's extension says. `examples/data/README.md` is the
//! guide for those who write them: every column, and the same people as JSON. The programme and the
//! vocabulary are TOML or JSON.

mod cells;
mod columns;
mod csv_file;
mod json_file;
mod partner_cells;
mod problems;
mod stated_file;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use mentormatch::{Cohort, Mentee, Mentor, ParticipantId, Programme, Role, Vocabulary};

pub(crate) use self::problems::InputError;
use self::problems::{Place, Problem};
use super::Files;

/// What reports call people.
pub(crate) type Names = BTreeMap<ParticipantId, String>;

/// Everybody, checked.
#[derive(Debug)]
pub(crate) struct People {
    pub(crate) cohort: Cohort,
    pub(crate) names: Names,
}

/// Somebody in a role, as a file has them.
struct Entry<P> {
    person: P,
    name: Option<String>,
    place: Place,
}

/// Everything a run needs.
pub(crate) fn read(files: &Files) -> Result<(Programme, People), InputError> {
    let programme = stated_file::read(&files.programme);
    let vocabulary = files.vocabulary.as_deref().map(stated_file::read);
    let (vocabulary, no_vocabulary) = match vocabulary.transpose() {
        Ok(vocabulary) => (vocabulary.unwrap_or_default(), None),
        Err(problem) => (Vocabulary::default(), Some(problem)),
    };
    let people = read_people((&files.mentors, &files.mentees), vocabulary);
    match (programme, people, no_vocabulary) {
        (Ok(programme), Ok(people), None) => Ok((programme, people)),
        (programme, people, no_vocabulary) => {
            let mut problems: Vec<_> = programme.err().into_iter().chain(no_vocabulary).collect();
            problems.extend(people.err().into_iter().flat_map(|error| error.problems));
            Err(InputError::new(problems))
        }
    }
}

/// The people of both files, whose words are read through a vocabulary.
pub(crate) fn read_people(
    (mentors, mentees): (&Path, &Path),
    vocabulary: Vocabulary,
) -> Result<People, InputError> {
    let mut problems = Vec::new();
    let mentors: Vec<Entry<Mentor>> = read_entries(mentors, &mut problems);
    let mentees: Vec<Entry<Mentee>> = read_entries(mentees, &mut problems);

    let mut names = Names::new();
    let mut places = Places::new();
    let mentors = register(mentors, &mut names, &mut places);
    let mentees = register(mentees, &mut names, &mut places);
    let cohort = Cohort::builder().mentors(mentors).mentees(mentees);
    match cohort.vocabulary(vocabulary).build() {
        Ok(cohort) if problems.is_empty() => return Ok(People { cohort, names }),
        Ok(_) => {}
        Err(error) => problems.extend(problems::located(&error, &places)),
    }
    Err(InputError::new(problems))
}

/// Where each person stands, for problems that only show in the whole roster.
type Places = BTreeMap<(Role, ParticipantId), Vec<Place>>;

fn register<P: InRole>(entries: Vec<Entry<P>>, names: &mut Names, places: &mut Places) -> Vec<P> {
    let mut people = Vec::new();
    for entry in entries {
        let id = entry.person.id().clone();
        places
            .entry((P::ROLE, id.clone()))
            .or_default()
            .push(entry.place);
        if let Some(name) = entry.name {
            names.insert(id, name);
        }
        people.push(entry.person);
    }
    people
}

/// Reads what can be read, and notes what cannot.
fn read_entries<P: InRole>(path: &Path, problems: &mut Vec<Problem>) -> Vec<Entry<P>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::of_file(path, unreadable(&error)));
            return Vec::new();
        }
    };
    let text = text.trim_start_matches('\u{feff}'); // spreadsheets mark UTF-8 with it
    let before = problems.len();
    let entries = match extension(path).as_str() {
        "csv" | "json" if text.trim().is_empty() => Vec::new(),
        "csv" => csv_file::read(path, text, problems),
        "json" => json_file::read(path, text, problems),
        _ => {
            problems.push(Problem::of_file(
                path,
                "expected a file named .csv or .json",
            ));
            Vec::new()
        }
    };
    if entries.is_empty() && problems.len() == before {
        let nobody = format!("lists nobody; expected at least one {}", P::ROLE);
        problems.push(Problem::of_file(path, nobody));
    }
    entries
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidData => "not UTF-8; spreadsheets save that as “CSV UTF-8”".to_owned(),
        _ => error.to_string(),
    }
}

/// What a file's name says it is, in lower case.
fn extension(path: &Path) -> String {
    let extension = path.extension().and_then(|text| text.to_str());
    extension.unwrap_or("").to_ascii_lowercase()
}

/// What the two roles differ in.
trait InRole: serde::de::DeserializeOwned {
    const ROLE: Role;
    /// The column that says how many partners the person takes.
    const BOUNDS: &'static str;
    /// The same column of the other role.
    const OTHER_BOUNDS: &'static str;
    /// What to say of the other role's column.
    const SWAPPED: &'static str;

    fn new(profile: mentormatch::Profile, bounds: Option<mentormatch::Bounds>) -> Self;
    fn id(&self) -> &ParticipantId;
}

impl InRole for Mentor {
    const ROLE: Role = Role::Mentor;
    const BOUNDS: &'static str = "capacity";
    const OTHER_BOUNDS: &'static str = "demand";
    const SWAPPED: &'static str =
        "mentees have it, and mentors have capacity; perhaps the two files are swapped";

    fn new(profile: mentormatch::Profile, bounds: Option<mentormatch::Bounds>) -> Self {
        match bounds {
            Some(bounds) => profile.mentor(bounds),
            None => profile.mentor_within_budget(),
        }
    }

    fn id(&self) -> &ParticipantId {
        &self.profile.id
    }
}

impl InRole for Mentee {
    const ROLE: Role = Role::Mentee;
    const BOUNDS: &'static str = "demand";
    const OTHER_BOUNDS: &'static str = "capacity";
    const SWAPPED: &'static str =
        "mentors have it, and mentees have demand; perhaps the two files are swapped";

    fn new(profile: mentormatch::Profile, bounds: Option<mentormatch::Bounds>) -> Self {
        match bounds {
            Some(bounds) => profile.mentee().demand(bounds),
            None => profile.mentee_within_budget(),
        }
    }

    fn id(&self) -> &ParticipantId {
        &self.profile.id
    }
}
