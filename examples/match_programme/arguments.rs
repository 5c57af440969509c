//! Which files to read, and where to write.

use std::error::Error;
use std::path::{Path, PathBuf};

/// The files of one run.
pub(crate) struct Files {
    pub(crate) mentors: PathBuf,
    pub(crate) mentees: PathBuf,
    pub(crate) programme: PathBuf,
    /// The folder of what is written.
    pub(crate) out: PathBuf,
}

const USAGE: &str = "usage: match_programme [--mentors F --mentees F --programme F] [--out DIR]";

impl Files {
    pub(crate) fn from_arguments(
        arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn Error>> {
        let (mut mentors, mut mentees, mut programme, mut out) = (None, None, None, None);
        let mut arguments = arguments;
        while let Some(name) = arguments.next() {
            let value = match name.as_str() {
                "--mentors" => &mut mentors,
                "--mentees" => &mut mentees,
                "--programme" => &mut programme,
                "--out" => &mut out,
                _ => return Err(USAGE.into()),
            };
            *value = Some(PathBuf::from(arguments.next().ok_or(USAGE)?));
        }
        let out = out.unwrap_or_else(|| PathBuf::from("target/match_programme"));
        match (mentors, mentees, programme) {
            (None, None, None) => Ok(Self::sample(out)),
            (Some(mentors), Some(mentees), Some(programme)) => Ok(Self {
                mentors,
                mentees,
                programme,
                out,
            }),
            _ => Err(USAGE.into()),
        }
    }

    fn sample(out: PathBuf) -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
        Self {
            mentors: data.join("mentors.csv"),
            mentees: data.join("mentees.csv"),
            programme: data.join("programme.toml"),
            out,
        }
    }
}
