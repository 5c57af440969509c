//! Matches a whole programme: people and a programme file in, pairs, reasons and a summary out.
//!
//!     cargo run --release --example match_programme
//!     cargo run --release --example match_programme -- \
//!         --mentors F --mentees F --programme F [--vocabulary F] [--out DIR]
//!     cargo run --release --example match_programme -- --help
//!
//! Without arguments it matches the sample programme in `examples/data`. People are read from CSV or
//! JSON (`examples/data/README.md` explains the columns), the programme from TOML or JSON, as the
//! files' names say. `matching.csv`, `matching.json` and `audit.json`, the record of the run, go to DIR, which is
//! `target/match_programme` unless given, and the summary to the terminal. Built with `--features html`, it also writes
//! `report.html`: the result as one page with charts and a searchable table of pairs.

pub(crate) mod arguments;
pub(crate) mod input;
mod output;
mod summary;
mod words;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use mentormatch::{Alternative, Engine, Objective, Outcome, Preflight, RunError, WhatIfError};

pub(crate) use self::arguments::Files;
use self::input::Names;
use self::summary::{PairRanges, Summary};

#[expect(clippy::print_stderr, reason = "a program for a terminal")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = if arguments::ask_for_help(&arguments) {
        Ok(arguments::HELP.to_owned())
    } else {
        Files::from_arguments(arguments.into_iter()).and_then(|files| run(&files))
    };
    match text.and_then(|text| show(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// To the terminal, or to a reader who may have seen enough, as `head` has.
fn show(text: &str) -> Result<(), Box<dyn Error>> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A programme that is matched, and the files that say so.
pub(crate) struct Matched {
    preflight: Preflight,
    outcome: Outcome,
    names: Names,
    written: Vec<PathBuf>,
}

/// The whole job; gives the summary.
pub(crate) fn run(files: &Files) -> Result<String, Box<dyn Error>> {
    let Matched {
        preflight,
        outcome,
        names,
        written,
    } = &matched(files)?;
    let ranges = ranges(outcome)?;
    let summary = Summary {
        preflight,
        outcome,
        names,
        alternatives: &alternatives(outcome)?,
        ranges: ranges.as_ref(),
        written,
    };
    Ok(summary.to_string())
}

/// Reads people and programme, matches them and writes the files.
pub(crate) fn matched(files: &Files) -> Result<Matched, Box<dyn Error>> {
    let (programme, people) = input::read(files)?;
    let preflight = programme.check(&people.cohort)?;
    let outcome = Engine::new(programme).run(&people.cohort)?;
    let written = output::write(&files.out, &outcome, &people.names)?;
    Ok(Matched {
        preflight,
        outcome,
        names: people.names,
        written,
    })
}

/// The orders of objectives that the programme did not choose.
fn alternatives(outcome: &Outcome) -> Result<Vec<Alternative>, RunError> {
    let orders: [&[Objective]; 2] = [
        &[Objective::Participation, Objective::TotalScore],
        &[Objective::TotalScore],
    ];
    let chosen = outcome.programme().objectives();
    let others = orders.into_iter().filter(|order| *order != chosen);
    others.map(|order| outcome.under(order, None)).collect()
}

/// How far each weight can move before the poorest pair changes.
fn ranges(outcome: &Outcome) -> Result<Option<PairRanges>, WhatIfError> {
    let pairs = outcome.matching().pairs.iter();
    let Some(pair) = pairs.min_by_key(|pair| pair.score) else {
        return Ok(None);
    };
    let (mentee, mentor) = (&pair.mentee, &pair.mentor);
    match outcome.weight_ranges(mentee.as_str(), mentor.as_str(), None) {
        Ok(ranges) => Ok(ranges.map(|own| ((mentee.clone(), mentor.clone()), own))),
        // Another programme may ask for something else than the best total.
        Err(WhatIfError::NoTotalScore | WhatIfError::Stable) => Ok(None),
        Err(error) => Err(error),
    }
}
