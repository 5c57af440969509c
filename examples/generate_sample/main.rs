//! Writes the sample programme's people: `examples/data/mentors.csv` and `mentees.csv`.
//!
//!     cargo run --example generate_sample
//!
//! The people are made up, from a fixed seed: a company of water-quality instruments with fifteen
//! sites on six continents, whose staff speak seventeen languages, want to learn what others can
//! teach, work in offices and on shifts, wish for the same few famous mentors, and leave questions
//! unanswered here and there. Running this again writes the same bytes; a test checks that.
//! (`programme.toml` and `vocabulary.toml`, beside the people, are written by hand.)

mod answers;
mod company;
mod employees;
mod facts;
mod help;
mod names;
mod partners;
mod random;
mod table;
mod weekly;

use std::{fs, io};

use mentormatch::{Mentee, Mentor};

use self::employees::Employee;
use self::random::Random;

/// Another seed is another company.
const SEED: u64 = 1;

/// A participant with what no criterion is to see.
pub(crate) struct Named<P> {
    pub(crate) name: String,
    pub(crate) gender: &'static str,
    pub(crate) person: P,
}

fn main() -> io::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
    for (name, text) in files() {
        fs::write(format!("{folder}/{name}"), text)?;
    }
    Ok(())
}

/// The files by name.
pub(crate) fn files() -> [(&'static str, String); 2] {
    let (mentors, mentees) = people();
    [
        ("mentors.csv", table::of_mentors(&mentors)),
        ("mentees.csv", table::of_mentees(&mentees)),
    ]
}

fn people() -> (Vec<Named<Mentor>>, Vec<Named<Mentee>>) {
    let mut random = Random::seeded(SEED);
    let employees = employees::hire(&mut random);
    let in_role = |role: fn(&Employee) -> bool| employees.iter().filter(move |one| role(one));
    let mut mentors: Vec<_> = in_role(Employee::is_mentor)
        .map(|one| answers::as_mentor(one, &mut random))
        .collect();
    let mut mentees: Vec<_> = in_role(Employee::is_mentee)
        .map(|one| answers::as_mentee(one, &mut random))
        .collect();
    partners::choose(&mut mentors, &mut mentees, &mut random);
    (mentors, mentees)
}
