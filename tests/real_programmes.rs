//! Real programmes on real rosters, where the data lies beside the repository.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test")]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use mentormatch::{
    Attribute, Cohort, MenteeIdx, MentorIdx, Need, Offer, Profile, Programme, Score, Scorer,
    Scratch,
};

type Row = BTreeMap<String, String>;

fn data(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    Some(root.join(folder)).filter(|path| path.is_dir())
}

fn table(path: PathBuf) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(File::open(path).unwrap());
    reader.deserialize().map(Result::unwrap).collect()
}

fn programme(text: &str) -> Programme {
    toml::from_str(text).unwrap()
}

fn answered<'a>(row: &'a Row, column: &str) -> Option<&'a String> {
    row.get(column).filter(|text| !text.is_empty())
}

const GRADES: [&str; 11] = [
    "AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4",
];

fn grade(row: &Row) -> u16 {
    let at = GRADES
        .iter()
        .position(|grade| *grade == row["grade"])
        .unwrap();
    u16::try_from(at + 1).unwrap()
}

fn civil_servant(row: &Row) -> Profile {
    let mut own = Profile::new(&row["email address"]);
    own.organisation = Some(row["organisation"].clone());
    own.attributes.insert(
        "grade".into(),
        Attribute::Ordinal {
            level: grade(row),
            of: 11,
        },
    );
    own.attributes.insert(
        "profession".into(),
        Attribute::Choice(row["profession"].clone()),
    );
    if let Some(wanted) = answered(row, "identity to match") {
        let wanted = Attribute::Choice(wanted.clone());
        own.attributes.insert("identity to match".into(), wanted);
    }
    if let Some(had) = row.get("characteristics") {
        let had = had
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let had = Attribute::Set(had.map(str::to_owned).collect());
        own.attributes.insert("characteristics".into(), had);
    }
    own
}

/// The programme's own arithmetic; `None` for a forbidden pair.
fn points(mentee: &Row, mentor: &Row) -> Option<u32> {
    let gap = i32::from(grade(mentor)) - i32::from(grade(mentee));
    if mentee["organisation"] == mentor["organisation"] || !(1..=2).contains(&gap) {
        return None;
    }
    let wanted = answered(mentee, "identity to match");
    let has = |wanted: &String| {
        mentor["characteristics"]
            .split(',')
            .any(|one| one.trim() == wanted)
    };
    let profession = mentee["profession"] == mentor["profession"];
    Some(
        if gap == 2 { 12 } else { 9 }
            + if profession { 10 } else { 0 }
            + if wanted.is_some_and(has) { 6 } else { 0 },
    )
}

#[test]
fn civil_service_scores_are_the_programmes_own_points() {
    let Some(folder) = data("cs_mentor_match") else {
        return;
    };
    let programme = programme(include_str!("programmes/cs_mentor_match.toml"));
    for (size, allowed) in [("small", 392), ("large", 44_342)] {
        let mentors = table(folder.join(format!("{size}_mentors.csv")));
        let mentees = table(folder.join(format!("{size}_mentees.csv")));
        let cohort = Cohort::new(
            mentors.iter().map(|row| civil_servant(row).mentor(1)),
            mentees.iter().map(|row| civil_servant(row).mentee()),
        )
        .unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let mut scratch = Scratch::default();
        let mut scores = vec![None; mentors.len()];
        let mut found = 0;
        for mentee in &mentees {
            let at = cohort.mentee_idx(&mentee["email address"]).unwrap();
            scorer.score_row(at, &mut scratch, &mut scores).unwrap();
            for mentor in &mentors {
                let score = scores[cohort.mentor_idx(&mentor["email address"]).unwrap()];
                let own = points(mentee, mentor);
                assert_eq!(
                    score.map(|score| (score.ppm() * 28 + 500_000) / 1_000_000),
                    own
                );
                found += usize::from(score.is_some());
            }
        }
        assert_eq!(found, allowed, "{size}");
    }
}

fn developer(row: &Row) -> Profile {
    let skills = |column| row[column].split(';').filter(|text| !text.is_empty());
    let mut own = Profile::new(&row["id"]);
    own.experience_years = row["years_pro"].parse().ok();
    own.time_zone = answered(row, "zone_derived").cloned();
    own.needs = skills("languages_want").map(Need::new).collect();
    own.offers = skills("languages_have").map(Offer::new).collect();
    own
}

#[test]
fn developers_are_allowed_and_scored_as_defined() {
    let Some(folder) = data("so2022_devs") else {
        return;
    };
    let people: Vec<Profile> = table(folder.join("developers.csv"))
        .iter()
        .map(developer)
        .collect();
    let years = |own: &Profile| own.experience_years.unwrap_or(7.0);
    let mentors = people.iter().filter(|own| years(own) >= 10.0);
    let mentees = people.iter().filter(|own| years(own) < 5.0);
    let cohort = Cohort::new(
        mentors.map(|own| own.clone().mentor(1)),
        mentees.map(|own| own.clone().mentee()),
    )
    .unwrap();
    assert_eq!((cohort.mentees().len(), cohort.mentors().len()), (190, 157));
    let programme = programme(include_str!("programmes/so2022_coverage.toml"));
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    let mut scratch = Scratch::default();
    let mut scores = vec![None; 157];
    let mut found = 0;
    for mentee in MenteeIdx::all(190) {
        scorer.score_row(mentee, &mut scratch, &mut scores).unwrap();
        for mentor in MentorIdx::all(157).filter(|&mentor| scores[mentor].is_some()) {
            assert_eq!(scores[mentor], Some(coverage(&cohort, mentee, mentor)));
            found += 1;
        }
    }
    assert_eq!(found, 11_832);
}

fn coverage(cohort: &Cohort, mentee: MenteeIdx, mentor: MentorIdx) -> Score {
    let wanted = &cohort.mentees()[mentee].profile.needs;
    let had = &cohort.mentors()[mentor].profile.offers;
    let has = |need: &&Need| had.iter().any(|offer| offer.skill == need.skill);
    let (covered, all) = (wanted.iter().filter(has).count(), wanted.len().max(1));
    Score::from_unit(covered as f64 / all as f64).unwrap()
}
