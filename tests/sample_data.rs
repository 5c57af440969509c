//! The committed sample is what its generator writes, and what the example reads.
#![cfg(all(feature = "serde", feature = "simulate"))]
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../examples/generate_sample/main.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod generate_sample;

#[path = "../examples/match_programme/main.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod match_programme;

use std::fs;
use std::path::Path;

use match_programme::{Files, input};
use mentormatch::{Engine, Profile, Programme};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");

#[test]
fn the_committed_files_are_the_generator_s_byte_for_byte() {
    for (name, text) in generate_sample::files() {
        let committed = fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
        assert!(
            committed == text,
            "{name} differs; run the example generate_sample"
        );
    }
}

#[test]
fn the_sample_has_the_size_and_the_troubles_it_promises() {
    let folder = Path::new(FOLDER);
    let files = (&*folder.join("mentors.csv"), &*folder.join("mentees.csv"));
    let text = fs::read_to_string(folder.join("vocabulary.toml")).unwrap();
    let people = input::read_people(files, toml::from_str(&text).unwrap()).unwrap();
    let (mentors, mentees) = (people.cohort.mentors(), people.cohort.mentees());
    assert_eq!((mentors.len(), mentees.len()), (72, 180));

    let active = mentors
        .iter()
        .filter(|mentor| mentor.profile.status.is_active());
    let places: u32 = active.map(|mentor| mentor.capacity.max).sum();
    assert!((160..=175).contains(&places), "{places} places");

    let both = mentors
        .iter()
        .filter(|one| people.cohort.mentee_idx(one.profile.id.as_str()).is_some());
    let both: Vec<_> = both.collect();
    assert_eq!(both.len(), 8);
    for mentor in both {
        let (mentor, id) = (&mentor.profile, &mentor.profile.id);
        let mentee = people.cohort.mentee_idx(id.as_str()).unwrap();
        let mentee = &people.cohort.mentees()[mentee].profile;
        assert_eq!(personal(mentor), personal(mentee), "{id:?}");
    }
    assert_eq!(people.names.len(), 244);
    let warnings: Vec<_> = people
        .cohort
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(warnings.len(), 4, "{warnings:?}");
}

/// What does not depend on the role, as JSON.
fn personal(profile: &Profile) -> Vec<serde_json::Value> {
    let profile = serde_json::to_value(profile).unwrap();
    let same = [
        "languages",
        "seniority",
        "department",
        "team",
        "site",
        "time_zone",
        "availability",
        "meeting_mode",
        "roles_held",
        "accessibility_needs",
        "attributes",
    ];
    same.iter().map(|field| profile[field].clone()).collect()
}

#[test]
fn the_sample_asks_everything_that_profiles_hold() {
    for (name, text) in generate_sample::files() {
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let headings = table.headers().unwrap().clone();
        let lines: Vec<_> = table.records().map(Result::unwrap).collect();
        for (at, heading) in headings.iter().enumerate() {
            let answers = lines.iter().filter(|line| !line[at].is_empty()).count();
            assert!(answers > 0, "{name}: {heading}");
        }
    }
}

#[test]
fn the_example_shows_every_kind_of_result() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample");
    let files = || {
        let out = ["--out".to_owned(), out.display().to_string()];
        Files::from_arguments(out.into_iter()).unwrap()
    };
    let summary = match_programme::run(&files()).unwrap();
    assert!(summary.lines().all(|line| line.chars().count() <= 110));
    for text in [
        "3 pairs explained",
        "ruled out by: no common language",
        "without “no common language”: ",
        "the mentee's view ",
        "worth asking again: ",
        "may mean",
        "all taken",
        "among the wishes who is no mentor here",
        "before the matching",
        " is scarce: ",
        "wishes of mentees granted",
    ] {
        assert!(summary.contains(text), "{text}");
    }

    let written =
        || ["matching.csv", "matching.json"].map(|name| fs::read(out.join(name)).unwrap());
    let first = written();
    match_programme::matched(&files()).unwrap();
    assert_eq!(written(), first, "the same again");

    assert_totals(&summary, std::str::from_utf8(&first[0]).unwrap());
    let matching: serde_json::Value = serde_json::from_slice(&first[1]).unwrap();
    let unmatched = matching["outcome"]["unmatched"].as_array().unwrap();
    let because = |kind: &str| {
        let reasons = unmatched.iter().map(|one| &one["reason"]);
        reasons
            .filter(|reason| **reason == kind || reason.get(kind).is_some())
            .count()
    };
    for kind in ["not_taking_part", "no_allowed_partner", "all_taken"] {
        assert!(because(kind) > 0, "{kind}");
    }
}

/// The points of each line sum to its score, and the scores to the total in the summary, rounded.
fn assert_totals(summary: &str, table: &str) {
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let headings = table.headers().unwrap().clone();
    let (mut total, mut costs) = (0, 0);
    for line in table.records().map(Result::unwrap) {
        let ppm = |cell: &str| cell.replace(['.', '-'], "").parse::<u64>().unwrap_or(0);
        let of = |prefix| {
            let cells = headings.iter().zip(&line);
            let cells = cells.filter(move |(heading, _)| heading.starts_with(prefix));
            cells.map(|(_, cell)| ppm(cell)).sum::<u64>()
        };
        assert_eq!(
            of("points_percent: ") - of("cost_percent: "),
            of("score_percent")
        );
        total += of("score_percent");
        costs += of("cost_percent: same department");
    }
    assert!(costs > 0, "nobody is against the preferred rule");
    let thousandths = (total + 500) / 1_000;
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    let shown = format!("total score: {whole}.{rest:03} of ");
    assert!(summary.contains(&shown), "{shown}");
}

/// Views, emphasis, a preferred rule and a floor: a pair stays for a while, and not for ever.
#[test]
fn weights_of_the_sample_have_ranges() {
    let folder = Path::new(FOLDER);
    let files = (&*folder.join("mentors.csv"), &*folder.join("mentees.csv"));
    let text = fs::read_to_string(folder.join("vocabulary.toml")).unwrap();
    let people = input::read_people(files, toml::from_str(&text).unwrap()).unwrap();
    let text = fs::read_to_string(folder.join("programme.toml")).unwrap();
    let programme: Programme = toml::from_str(&text).unwrap();
    let outcome = Engine::new(programme).run(&people.cohort).unwrap();
    let range = outcome.weight_range("E1036", "E1089", "seniority", None);
    let range = range.unwrap().unwrap();
    assert_eq!(
        range.to_string(),
        "seniority: from 0.42 to 1.39 times its weight"
    );
    assert_eq!(range.tolerance_ppm, 78); // half a part a pair
}
