//! The European classification of skills (ESCO, its ICT part) as a vocabulary.
//!
//! The data is no part of this repository; where it is absent, these tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use mentormatch::{Cohort, CohortWarning, Need, Profile, SkillCoverage, Vocabulary};
use serde_json::Value;

use crate::answer;

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/esco_ict");
    if path.is_dir() {
        return Some(path);
    }
    #[expect(clippy::print_stdout, reason = "says what is skipped")]
    {
        println!("skipped: esco_ict is not here");
    }
    None
}

fn entries(folder: &Path, file: &str) -> Vec<Value> {
    serde_json::from_reader(File::open(folder.join(file)).unwrap()).unwrap()
}

fn texts<'a>(entry: &'a Value, key: &str) -> Vec<&'a str> {
    let list = entry[key].as_array().unwrap();
    list.iter().map(|text| text.as_str().unwrap()).collect()
}

fn label(entry: &Value) -> &str {
    entry["label"].as_str().unwrap()
}

/// Preferred labels, alternative labels, and the occupations as what their skills are part of: this
/// part of ESCO has no broader skills of its own.
fn esco(folder: &Path) -> Vocabulary {
    let (skills, occupations) = (
        entries(folder, "skills.json"),
        entries(folder, "occupations.json"),
    );
    let mut builder = Vocabulary::builder().terms(skills.iter().map(label));
    for entry in skills.iter().chain(&occupations) {
        builder = builder.aliases(
            texts(entry, "alt_labels")
                .into_iter()
                .map(|alias| (label(entry), alias)),
        );
    }
    for entry in &occupations {
        builder = builder.broader_terms(
            texts(entry, "skills")
                .into_iter()
                .map(|skill| (skill, label(entry))),
        );
    }
    builder.build().unwrap()
}

/// Folding that shares nothing with the crate's: enough for texts in Latin letters.
fn plain(text: &str) -> String {
    let spaced: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
    spaced.join(" ")
}

#[test]
fn ambiguous_labels_are_found_and_none_is_merged() {
    let Some(folder) = folder() else { return };
    let vocabulary = esco(&folder);
    let occupations = entries(&folder, "occupations.json");
    let all = [entries(&folder, "skills.json"), occupations.clone()].concat();
    // Some skills are named by occupations only.
    let parts = occupations.iter().flat_map(|entry| texts(entry, "skills"));
    let names: BTreeSet<String> = all.iter().map(label).chain(parts).map(plain).collect();
    let mut meant: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entry in &all {
        for alias in texts(entry, "alt_labels") {
            meant.entry(plain(alias)).or_default().insert(label(entry));
        }
    }
    let aliases = meant.iter().filter(|(alias, _)| !names.contains(*alias));
    let (ambiguous, clear): (Vec<_>, Vec<_>) = aliases.partition(|(_, terms)| terms.len() > 1);
    let found: Vec<_> = vocabulary
        .ambiguous()
        .map(|own| (own.alias.to_owned(), own.terms))
        .collect();
    assert_eq!(found.len(), ambiguous.len());
    assert!(found.len() >= 20, "{}", found.len());
    for ((alias, terms), (expected, of)) in found.iter().zip(&ambiguous) {
        assert_eq!(
            (alias, terms.iter().copied().collect::<BTreeSet<_>>()),
            (*expected, (*of).clone())
        );
        assert_eq!(vocabulary.canonical(alias), None);
    }
    for (alias, terms) in clear {
        assert_eq!(
            vocabulary.canonical(alias),
            terms.first().copied(),
            "{alias}"
        );
    }
    assert_eq!(vocabulary.len(), names.len());
    let stored = serde_json::to_string(&vocabulary).unwrap();
    assert_eq!(
        serde_json::from_str::<Vocabulary>(&stored).unwrap(),
        vocabulary
    );
}

#[test]
fn known_words_meet() {
    let Some(folder) = folder() else { return };
    let vocabulary = esco(&folder);
    for (word, term) in [
        ("java SCRIPT", "JavaScript"),
        ("CSJS", "JavaScript"),
        ("Aspx", "ASP.NET"),
        ("cash machines", "ATM systems"),
        ("usability tester", "ICT accessibility tester"),
    ] {
        assert_eq!(vocabulary.canonical(word), Some(term));
    }
    assert_eq!(vocabulary.canonical("ML"), None);

    let mentors = [
        Profile::new("exact").offer("csjs", 3).mentor(1),
        Profile::new("part")
            .offer("human-computer interaction", 3)
            .mentor(1),
        Profile::new("whole")
            .offer("accessibility testers", 3)
            .mentor(1),
        Profile::new("unclear").offer("ml", 3).mentor(1),
    ];
    let mentee = |id: &str, skill: &str| Profile::new(id).add_need(Need::new(skill)).mentee();
    let mentees = [
        mentee("script", "JAVASCRIPT"),
        mentee("tester", "ICT accessibility tester"),
        mentee("usable", "application usability"),
        mentee("learner", "ML (computer programming)"),
    ];
    let people = Cohort::builder().mentors(mentors).mentees(mentees);
    let cohort = people.vocabulary(vocabulary).build().unwrap();
    let score = |mentee, mentor| answer(&cohort, SkillCoverage::default(), (mentee, mentor));
    assert_eq!(score("script", "exact"), Some(1_000_000));
    assert_eq!(score("tester", "part"), Some(800_000));
    assert_eq!(score("usable", "whole"), Some(500_000));
    assert_eq!(score("usable", "part"), Some(0), "neighbours");
    assert_eq!(score("learner", "unclear"), Some(0));
    let [
        CohortWarning::AmbiguousWord {
            word,
            people: 1,
            terms,
        },
    ] = cohort.warnings()
    else {
        panic!("one warning");
    };
    assert_eq!(word, "ml");
    assert!(terms.len() > 1);
}

/// Copies of ESCO side by side: what takes quadratic time would take minutes.
#[test]
fn twenty_times_as_many_words_are_read_at_once() {
    let Some(folder) = folder() else { return };
    let skills = entries(&folder, "skills.json");
    let occupations = entries(&folder, "occupations.json");
    let mut builder = Vocabulary::builder();
    for copy in 0..20 {
        let own = |text: &str| format!("{text} {copy}");
        for entry in &skills {
            let aliases = texts(entry, "alt_labels").into_iter();
            builder = builder.aliases(aliases.map(|alias| (own(label(entry)), own(alias))));
        }
        for entry in &occupations {
            let skills = texts(entry, "skills").into_iter();
            builder = builder.broader_terms(skills.map(|skill| (own(skill), own(label(entry)))));
        }
    }
    let vocabulary = builder.build().unwrap();
    assert!(vocabulary.len() > 15_000, "{}", vocabulary.len());
    assert_eq!(vocabulary.canonical("csjs 19"), Some("JavaScript 19"));
    assert!(vocabulary.ambiguous().count() >= 400);
}
