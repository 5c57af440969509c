//! Reads people and programme from files, and says everything that is wrong with them at once.
//!
//! A file is CSV or JSON, as its name's extension says.
//!
//! # People as CSV
//!
//! One line a person, with a heading line; UTF-8, commas, quotes where a cell holds a comma. Columns
//! stand in any order, and all but `id` may be left out. An empty cell is an answer not given.
//! Spaces around a cell or an item are dropped.
//!
//! | column | in it | example |
//! |---|---|---|
//! | `id` | the person's key; required | `E1014` |
//! | `name` | what reports call the person; the engine never sees it | `Bjørn Dahl` |
//! | `capacity` (mentors), `demand` (mentees) | the most partners, or the least and the most; 1 if empty | `3`, `1-3` |
//! | `status` | `active` (if empty), `paused`, `withdrawn` | `paused` |
//! | `needs` | skills, each with `:level` and `:importance` where there are any | `sql:3;rust:4:5;go::2` |
//! | `offers` | skills, each with `:level` where there is one | `sql:4;coaching` |
//! | `languages` | tags | `en;pt` |
//! | `seniority` | a whole number | `5` |
//! | `experience_years`, `tenure_years` | numbers | `7.5` |
//! | `department`, `site`, `organisation`, `external_id` | text | `Finance` |
//! | `manager` | an id, in the programme or not | `E1199` |
//! | `time_zone` | an IANA name | `Asia/Amman` |
//! | `meeting_mode` | `in_person`, `hybrid`, `virtual` | `hybrid` |
//! | `wishes` | ids in rank order, `=` between those of one rank | `E1138;E1014=E1033` |
//! | `vetoes` | ids | `E1755` |
//! | `attr:NAME:KIND` | an answer of your own; see below | `attr:goal:choice` |
//! | `quota:NAME:KIND`, `monitor:NAME:KIND` | the same, where no criterion may read it | `monitor:gender:choice` |
//!
//! KIND is `choice` (text), `set` (texts with `;` between them), `number`, `flag` (`yes` or `no`) or
//! `ordinal:STEPS` (a step of `1..=STEPS`: `attr:directness:ordinal:5`).
//!
//! # People as JSON
//!
//! A list of objects, as the crate's own `Mentor` and `Mentee` are stored, each with a `name` if you
//! like. Whatever the separators of CSV cannot say, JSON can.

mod cells;
mod columns;
mod csv_file;
mod json_file;
mod problems;
mod programme_file;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mentormatch::{Cohort, Mentee, Mentor, ParticipantId, Programme, Role};

use self::problems::{InputError, Place, Problem};
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
    let programme = programme_file::read(&files.programme);
    let people = read_people(&files.mentors, &files.mentees);
    match (programme, people) {
        (Ok(programme), Ok(people)) => Ok((programme, people)),
        (programme, people) => {
            let mut problems: Vec<_> = programme.err().into_iter().collect();
            problems.extend(people.err().into_iter().flat_map(|error| error.problems));
            Err(InputError::new(problems))
        }
    }
}

/// The people of both files.
pub(crate) fn read_people(mentors: &Path, mentees: &Path) -> Result<People, InputError> {
    let mut problems = Vec::new();
    let mentors: Vec<Entry<Mentor>> = read_entries(mentors, &mut problems);
    let mentees: Vec<Entry<Mentee>> = read_entries(mentees, &mut problems);

    let mut names = Names::new();
    let mut places = Places::new();
    let mentors = register(mentors, &mut names, &mut places);
    let mentees = register(mentees, &mut names, &mut places);
    match Cohort::new(mentors, mentees) {
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
            problems.push(Problem::of_file(path, error.to_string()));
            return Vec::new();
        }
    };
    let text = text.trim_start_matches('\u{feff}'); // spreadsheets mark UTF-8 with it
    match extension(path) {
        "csv" => csv_file::read(path, text, problems),
        "json" => json_file::read(path, text, problems),
        _ => {
            problems.push(Problem::of_file(
                path,
                "expected a file named .csv or .json",
            ));
            Vec::new()
        }
    }
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|text| text.to_str())
        .unwrap_or("")
}

/// What the two roles differ in.
trait InRole: serde::de::DeserializeOwned {
    const ROLE: Role;
    /// The column that says how many partners the person takes.
    const BOUNDS: &'static str;

    fn new(profile: mentormatch::Profile, bounds: mentormatch::Bounds) -> Self;
    fn id(&self) -> &ParticipantId;
}

impl InRole for Mentor {
    const ROLE: Role = Role::Mentor;
    const BOUNDS: &'static str = "capacity";

    fn new(profile: mentormatch::Profile, bounds: mentormatch::Bounds) -> Self {
        profile.mentor(bounds)
    }

    fn id(&self) -> &ParticipantId {
        &self.profile.id
    }
}

impl InRole for Mentee {
    const ROLE: Role = Role::Mentee;
    const BOUNDS: &'static str = "demand";

    fn new(profile: mentormatch::Profile, bounds: mentormatch::Bounds) -> Self {
        profile.mentee().demand(bounds)
    }

    fn id(&self) -> &ParticipantId {
        &self.profile.id
    }
}
