//! Writes the sample programme's people: `examples/data/mentors.csv` and `mentees.csv`.
//!
//!     cargo run --example generate_sample --features simulate
//!
//! The people are those of `mentormatch::simulate::Company::new(1)`. Running this again writes the same
//! bytes; a test checks that. (`programme.toml` and `vocabulary.toml`, beside the people, are written by hand.)

mod table;
mod weekly;

use std::{fs, io};

use mentormatch::simulate::Company;

fn main() -> io::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
    for (name, text) in files() {
        fs::write(format!("{folder}/{name}"), text)?;
    }
    Ok(())
}

/// The files by name.
pub(crate) fn files() -> [(&'static str, String); 2] {
    let people = Company::new(1).people();
    [
        ("mentors.csv", table::of_mentors(&people.mentors)),
        ("mentees.csv", table::of_mentees(&people.mentees)),
    ]
}
