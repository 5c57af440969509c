//! `matching.csv` for spreadsheets and `matching.json` for programs.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use mentormatch::{Outcome, Pair, ParticipantId, Role, Unmatched};
use serde_json::json;

use super::input::Names;

/// Writes both files into a folder, which is made if need be, and gives their paths.
pub(crate) fn write(
    folder: &Path,
    outcome: &Outcome,
    names: &Names,
) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let files = [
        (folder.join("matching.csv"), table(outcome, names)?),
        (folder.join("matching.json"), object(outcome, names)?),
    ];
    let mut written = Vec::new();
    for (path, contents) in files {
        fs::write(&path, contents)?;
        written.push(path);
    }
    Ok(written)
}

/// One line a pair with what each criterion gives it, in per cent of a whole score; then one line a
/// person without a partner, with the reason.
fn table(outcome: &Outcome, names: &Names) -> Result<Vec<u8>, Box<dyn Error>> {
    let criteria = outcome
        .programme()
        .criteria()
        .iter()
        .map(|own| own.name.as_str());
    let headings = [
        "mentee",
        "mentee_name",
        "mentor",
        "mentor_name",
        "score_percent",
        "reason",
    ];
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(headings.into_iter().chain(criteria.clone()))?;
    for pair in &outcome.matching().pairs {
        writer.write_record(pair_line(pair, names))?;
    }
    let no_parts = vec![String::new(); criteria.count()];
    for unmatched in outcome.unmatched() {
        writer.write_record(unmatched_line(unmatched, names).iter().chain(&no_parts))?;
    }
    Ok(writer.into_inner()?)
}

fn pair_line(pair: &Pair, names: &Names) -> Vec<String> {
    let [mentee, mentor] = [&pair.mentee, &pair.mentor].map(|id| [id.to_string(), name(id, names)]);
    let score = percent(pair.score.ppm());
    let parts = pair.parts.iter().map(|part| percent(part.contribution));
    let people = mentee.into_iter().chain(mentor);
    people.chain([score, String::new()]).chain(parts).collect()
}

fn unmatched_line(unmatched: &Unmatched, names: &Names) -> [String; 6] {
    let person = [
        unmatched.participant.to_string(),
        name(&unmatched.participant, names),
    ];
    let [mentee, mentor] = match unmatched.role {
        Role::Mentee => [person, Default::default()],
        Role::Mentor => [Default::default(), person],
    };
    let [[mentee, mentee_name], [mentor, mentor_name]] = [mentee, mentor];
    let reason = unmatched.reason.to_string();
    [
        mentee,
        mentee_name,
        mentor,
        mentor_name,
        String::new(),
        reason,
    ]
}

/// Parts per million in per cent, all digits.
fn percent(ppm: u32) -> String {
    format!("{}.{:04}", ppm / 10_000, ppm % 10_000)
}

fn name(id: &ParticipantId, names: &Names) -> String {
    names.get(id).cloned().unwrap_or_default()
}

/// The outcome as the library stores it, and the names it never saw.
fn object(outcome: &Outcome, names: &Names) -> Result<Vec<u8>, Box<dyn Error>> {
    let object = json!({ "outcome": outcome, "names": names });
    Ok(serde_json::to_vec_pretty(&object)?)
}
