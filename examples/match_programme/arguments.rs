//! Which files to read, and where to write.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// The files of one run.
pub(crate) struct Files {
    pub(crate) mentors: PathBuf,
    pub(crate) mentees: PathBuf,
    pub(crate) programme: PathBuf,
    /// What skills, topics and positions are also called.
    pub(crate) vocabulary: Option<PathBuf>,
    /// The folder of what is written.
    pub(crate) out: PathBuf,
}

pub(crate) const HELP: &str = "\
Matches the mentors and mentees of a programme, and says why.

usage: match_programme [--mentors F --mentees F --programme F] [--vocabulary F] [--out DIR]

  --mentors F     the mentors, as .csv or .json
  --mentees F     the mentees, as .csv or .json
  --programme F   what makes a good pair and who may not be paired, as .toml or .json
  --vocabulary F  other words for skills, topics and positions, and broader ones, as .toml or .json
  --out DIR       where matching.csv and matching.json go, and report.html if built with
                  --features html; made if need be, and files of these names are replaced
                  (target/match_programme if not given)
  -h, --help      this text

Without any file, the sample in examples/data is matched; with --programme alone, the people of the
sample are matched by that programme. examples/data/README.md explains the files of people,
examples/data/programme.toml the programme, examples/data/vocabulary.toml the vocabulary.
";

const OPTIONS: [&str; 5] = [
    "--mentors",
    "--mentees",
    "--programme",
    "--vocabulary",
    "--out",
];

/// Whether the help is asked for, which goes before everything else.
pub(crate) fn ask_for_help(arguments: &[String]) -> bool {
    arguments
        .iter()
        .any(|argument| argument == "-h" || argument == "--help")
}

impl Files {
    pub(crate) fn from_arguments(
        arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn Error>> {
        Self::chosen(arguments)
            .map_err(|problem| format!("{problem}\n--help explains the options").into())
    }

    fn chosen(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut given = options(arguments)?;
        let [mentors, mentees, programme, vocabulary, out] = OPTIONS.map(|name| given.remove(name));
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
        let (mentors, mentees, words) = match (mentors, mentees) {
            (Some(mentors), Some(mentees)) if programme.is_some() => (mentors, mentees, None),
            (None, None) => {
                let words = sample.join("vocabulary.toml");
                let people = ["mentors.csv", "mentees.csv"].map(|name| sample.join(name));
                let [mentors, mentees] = people;
                (mentors, mentees, Some(words))
            }
            (mentors, mentees) => {
                let files = [mentors, mentees, programme];
                let missing = OPTIONS.iter().zip(&files);
                let missing = missing.filter_map(|(name, file)| file.is_none().then_some(*name));
                let missing: Vec<_> = missing.collect();
                return Err(format!("missing: {}", missing.join(" and ")));
            }
        };
        Ok(Self {
            mentors,
            mentees,
            programme: programme.unwrap_or_else(|| sample.join("programme.toml")),
            vocabulary: vocabulary.or(words),
            out: out.unwrap_or_else(|| PathBuf::from("target/match_programme")),
        })
    }
}

/// What is given, by option.
fn options(
    mut arguments: impl Iterator<Item = String>,
) -> Result<BTreeMap<&'static str, PathBuf>, String> {
    let mut given = BTreeMap::new();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let Some(option) = OPTIONS.into_iter().find(|option| *option == name) else {
            return Err(format!("unknown option: {name}"));
        };
        let value = value
            .or_else(|| arguments.next())
            .filter(|value| !value.is_empty() && !value.starts_with("--"));
        let Some(value) = value else {
            return Err(format!("{option} needs a value"));
        };
        if given.insert(option, PathBuf::from(value)).is_some() {
            return Err(format!("{option} is given twice"));
        }
    }
    Ok(given)
}
