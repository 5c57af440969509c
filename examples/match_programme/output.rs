//! `matching.csv` for spreadsheets, `matching.json` for programs, `audit.json` for whoever has to account for it and, with the
//! feature `html`, `report.html` for people.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[cfg(feature = "html")]
use mentormatch::{CloseCall, FairnessOptions, HtmlReport, MentorPlaces, TraitWorth, WhatIfError};
use mentormatch::{Outcome, Pair, Part, ParticipantId, Role, RuleCost, Unmatched};
use serde_json::json;

use super::input::Names;
use super::words;

/// Writes the files into a folder, which is made if need be, and gives their paths.
pub(crate) fn write(
    folder: &Path,
    outcome: &Outcome,
    names: &Names,
) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    let mut files = vec![
        (folder.join("matching.csv"), table(outcome, names)?),
        (folder.join("matching.json"), object(outcome, names)?),
        (folder.join("audit.json"), record(outcome)?),
    ];
    let page = page(outcome, names)?;
    files.extend(page.map(|page| (folder.join("report.html"), page)));
    let mut written = Vec::new();
    for (path, contents) in files {
        fs::write(&path, contents).map_err(|error| at(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}

/// The report as a page, with close calls and the worth of places where the matching is the best there is.
#[cfg(feature = "html")]
fn page(outcome: &Outcome, names: &Names) -> Result<Option<Vec<u8>>, Box<dyn Error>> {
    let (prices, close_calls, recruiting) = match sensitivity(outcome) {
        Err(WhatIfError::Stable | WhatIfError::NotOptimal | WhatIfError::LowestScore) => {
            Default::default()
        }
        answers => answers?,
    };
    let name = |id: &ParticipantId| names.get(id).cloned();
    let fairness = outcome.fairness(FairnessOptions::default());
    let page = HtmlReport::new(outcome)
        .names(&name)
        .prices(&prices)
        .close_calls(&close_calls)
        .recruiting(&recruiting)
        .fairness(&fairness);
    Ok(Some(page.to_string().into_bytes()))
}

/// No page without the feature.
#[cfg(not(feature = "html"))]
#[expect(clippy::unnecessary_wraps, reason = "as with the feature")]
fn page(_: &Outcome, _: &Names) -> Result<Option<Vec<u8>>, Box<dyn Error>> {
    Ok(None)
}

/// So many close calls and kinds of mentors are listed.
#[cfg(feature = "html")]
const LISTED: usize = 30;

/// What could as well have been, of a matching that is proved to be the best.
#[cfg(feature = "html")]
#[expect(
    clippy::type_complexity,
    reason = "three lists that belong together here only"
)]
fn sensitivity(
    outcome: &Outcome,
) -> Result<(Vec<MentorPlaces>, Vec<CloseCall>, Vec<TraitWorth>), WhatIfError> {
    let prices = outcome.place_prices()?;
    Ok((
        prices,
        outcome.close_calls(LISTED)?,
        outcome.recruiting(LISTED)?,
    ))
}

/// What went wrong, and with which file or folder.
fn at(path: &Path, error: &io::Error) -> String {
    format!("cannot write to {}: {error}", path.display())
}

/// By it spreadsheets know UTF-8, and leave names in any script as they are.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line a pair with what each criterion gives it and each preferred rule takes from it, in points
/// that sum to the score; then one line a person without a partner, with the reason.
fn table(outcome: &Outcome, names: &Names) -> Result<Vec<u8>, Box<dyn Error>> {
    let criteria = outcome
        .programme()
        .criteria()
        .iter()
        .map(|own| format!("points_percent: {}", own.name)); // like no heading of ours
    let preferred = preferred(outcome);
    let costs = preferred.iter().map(|rule| format!("cost_percent: {rule}"));
    let criteria = criteria.chain(costs);
    let headings = [
        "mentee",
        "mentee_name",
        "mentor",
        "mentor_name",
        "score_percent",
        "reason",
    ];
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let headings = headings.map(str::to_owned).into_iter();
    writer.write_record(headings.chain(criteria.clone()))?;
    for pair in &outcome.matching().pairs {
        let costs = preferred.iter().map(|rule| cost(rule, &pair.costs));
        writer.write_record(pair_line(pair, names).into_iter().chain(costs))?;
    }
    let no_parts = vec![String::new(); criteria.count()];
    for unmatched in outcome.unmatched() {
        writer.write_record(unmatched_line(unmatched, names).iter().chain(&no_parts))?;
    }
    Ok(writer.into_inner()?)
}

/// The rules that a pair may be against, for a cost.
fn preferred(outcome: &Outcome) -> Vec<&str> {
    let rules = outcome.programme().rules().iter();
    let preferred = rules.filter(|own| own.cost.is_some());
    preferred.map(|own| own.name.as_str()).collect()
}

/// What a pair loses by a rule, below zero; nothing where it keeps to it.
fn cost(rule: &str, costs: &[RuleCost]) -> String {
    let own = costs.iter().find(|own| &*own.rule == rule);
    own.map_or_else(String::new, |own| format!("-{}", percent(own.cost)))
}

fn pair_line(pair: &Pair, names: &Names) -> Vec<String> {
    let [mentee, mentor] = [&pair.mentee, &pair.mentor].map(|id| person(id, names));
    let score = percent(pair.score.ppm());
    let parts = pair.parts.iter().map(points);
    let people = mentee.into_iter().chain(mentor);
    people.chain([score, String::new()]).chain(parts).collect()
}

fn unmatched_line(unmatched: &Unmatched, names: &Names) -> [String; 6] {
    let person = person(&unmatched.participant, names);
    let [mentee, mentor] = match unmatched.role {
        Role::Mentee => [person, Default::default()],
        Role::Mentor => [Default::default(), person],
    };
    let [[mentee, mentee_name], [mentor, mentor_name]] = [mentee, mentor];
    let reason = harmless(words::reason(unmatched));
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

/// A criterion's part of the score; nothing where there was no answer to give points for.
fn points(part: &Part) -> String {
    match (part.answer, part.contribution) {
        (None, 0) => String::new(),
        (_, contribution) => percent(contribution),
    }
}

/// Id and name.
fn person(id: &ParticipantId, names: &Names) -> [String; 2] {
    let name = names.get(id).cloned().unwrap_or_default();
    [id.to_string(), name].map(harmless)
}

/// A text that no spreadsheet takes for a formula: what begins like one gets a `'` in front.
/// `matching.json` has the text as it was.
fn harmless(text: String) -> String {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n'];
    if text.starts_with(formula) {
        return format!("'{text}");
    }
    text
}

/// The outcome as the library stores it, and the names it never saw.
fn object(outcome: &Outcome, names: &Names) -> Result<Vec<u8>, Box<dyn Error>> {
    let object = json!({ "outcome": outcome, "names": names });
    Ok(serde_json::to_vec_pretty(&object)?)
}

/// What proves the matching to somebody who has the people's files. No names: ids are enough.
fn record(outcome: &Outcome) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(serde_json::to_vec(&outcome.audit()?)?)
}
