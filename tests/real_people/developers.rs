//! Real developers from a survey: the languages they have and want, their years, their zones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mentormatch::{Cohort, Mentee, MenteeIdx, Mentor, Outcome, Profile};
use serde_json::Value;

use super::match_programme::{self, Files};
use super::{Line, expected, folder, lines, outcomes};

const A: &str = include_str!("../programmes/developers_a.toml");
const B: &str = include_str!("../programmes/developers_b.toml");
const C: &str = include_str!("../programmes/developers_c.toml");

/// What a pair's score must not be off by: scores are rounded to parts per million.
const PER_PAIR: f64 = 1e-6;

struct Developers {
    mentees: Vec<Line>,
    mentors: Vec<Line>,
}

impl Developers {
    fn read(folder: &Path) -> Self {
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        for line in lines(&folder.join("developers.csv")) {
            let years = years(&line);
            if years < 5.0 {
                mentees.push(line);
            } else if years >= 10.0 {
                mentors.push(line);
            }
        }
        Self { mentees, mentors }
    }

    fn cohort(&self, capacity: u32) -> Cohort {
        let mentors = self.mentors.iter().map(|line| mentor(line, capacity));
        Cohort::new(mentors, self.mentees.iter().map(mentee)).unwrap()
    }

    /// The sum of a score over a matching's pairs.
    fn total(&self, outcome: &Outcome, score: fn(&Line, &Line) -> f64) -> f64 {
        let pairs = outcome.matching().pairs.iter();
        self.total_of(
            pairs.map(|pair| (pair.mentee.as_str(), pair.mentor.as_str())),
            score,
        )
    }

    fn total_of<'a>(
        &self,
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        score: fn(&Line, &Line) -> f64,
    ) -> f64 {
        let people = self.mentees.iter().chain(&self.mentors);
        let by_id: BTreeMap<_, _> = people.map(|line| (line["id"].as_str(), line)).collect();
        pairs
            .map(|(mentee, mentor)| score(by_id[mentee], by_id[mentor]))
            .sum()
    }
}

fn years(line: &Line) -> f64 {
    line["years_pro"].parse().unwrap()
}

fn profile(line: &Line) -> Profile {
    Profile::new(&line["id"])
        .experience_years(years(line))
        .time_zone(&line["zone_derived"])
}

fn mentor(line: &Line, capacity: u32) -> Mentor {
    let languages = line["languages_have"].split(';');
    languages
        .fold(profile(line), |profile, language| {
            profile.offer(language, None)
        })
        .mentor(capacity)
}

fn mentee(line: &Line) -> Mentee {
    let languages = line["languages_want"].split(';');
    languages
        .fold(profile(line), |profile, language| {
            profile.need(language, None)
        })
        .mentee()
}

fn wanted_and_offered<'a>(
    mentee: &'a Line,
    mentor: &'a Line,
) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let wanted = mentee["languages_want"].split(';').collect();
    (wanted, mentor["languages_have"].split(';').collect())
}

fn count(items: usize) -> f64 {
    f64::from(u32::try_from(items).unwrap())
}

fn overlap(mentee: &Line, mentor: &Line) -> f64 {
    let (wanted, offered) = wanted_and_offered(mentee, mentor);
    count(wanted.intersection(&offered).count())
}

fn coverage(mentee: &Line, mentor: &Line) -> f64 {
    assert!(hours_apart(mentee, mentor) <= 3.0);
    assert!(years(mentor) - years(mentee) >= 8.0);
    let (wanted, _) = wanted_and_offered(mentee, mentor);
    overlap(mentee, mentor) / count(wanted.len())
}

fn jaccard(mentee: &Line, mentor: &Line) -> f64 {
    assert!(hours_apart(mentee, mentor) <= 3.0);
    let (wanted, offered) = wanted_and_offered(mentee, mentor);
    overlap(mentee, mentor) / count(wanted.union(&offered).count())
}

fn hours_apart(mentee: &Line, mentor: &Line) -> f64 {
    let offset = |line: &Line| -> f64 { line["utc_offset_derived"].parse().unwrap() };
    let apart = (offset(mentee) - offset(mentor)).abs();
    apart.min(24.0 - apart)
}

fn assert_close(total: f64, known: &Value, pairs: usize) {
    let known = known.as_f64().unwrap();
    assert!(
        (total - known).abs() <= PER_PAIR * count(pairs),
        "{total} instead of {known}"
    );
}

#[test]
fn the_split_and_the_zones_are_the_known_ones() {
    let Some(folder) = folder("so2022_devs") else {
        return;
    };
    let developers = Developers::read(&folder);
    assert_eq!(
        (developers.mentees.len(), developers.mentors.len()),
        (190, 157)
    );
    let cohort = developers.cohort(1);
    for line in &developers.mentees {
        let mentee: MenteeIdx = cohort.mentee_idx(&line["id"]).unwrap();
        let minutes = cohort.mentee_utc_offset_minutes(mentee, "2023-01-15".parse().unwrap());
        let hours = f64::from(minutes.unwrap()) / 60.0;
        assert_eq!(
            hours.to_string(),
            line["utc_offset_derived"].trim_end_matches(".0")
        );
    }
}

#[test]
fn the_totals_are_the_known_ones() {
    let Some(folder) = folder("so2022_devs") else {
        return;
    };
    let expected = &expected(&folder);
    let developers = Developers::read(&folder);
    for capacity in 1..=3 {
        let cohort = developers.cohort(capacity);
        let known = |definition: &str| &expected[format!("{definition}_capacity{capacity}")];

        let [_, total] = outcomes(A, &cohort);
        let known_a = &known("A_overlap_count")["max_total"];
        assert_close(
            developers.total(&total, overlap),
            known_a,
            total.matching().pairs.len(),
        );

        let [both, total] = outcomes(B, &cohort);
        let known_b = known("B_coverage_hard_tz3_gap8");
        assert_eq!(both.statistics().pairs_allowed, known_b["allowed_pairs"]);
        assert_eq!(both.matching().pairs.len(), known_b["max_cardinality"]);
        let known_total = &known_b["max_total_given_max_cardinality"];
        assert_close(
            developers.total(&both, coverage),
            known_total,
            both.matching().pairs.len(),
        );
        let known_total = &known_b["max_total_any_cardinality"];
        assert_close(
            developers.total(&total, coverage),
            known_total,
            total.matching().pairs.len(),
        );

        let [_, total] = outcomes(C, &cohort);
        let known_c = &known("C_jaccard_hard_tz3")["max_total"];
        assert_close(
            developers.total(&total, jaccard),
            known_c,
            total.matching().pairs.len(),
        );
    }
}

#[test]
fn the_example_matches_them_from_csv() {
    let Some(folder) = folder("so2022_devs") else {
        return;
    };
    let developers = Developers::read(&folder);
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("developers");
    fs::create_dir_all(&out).unwrap();
    let file = |name: &str, text: &str| {
        fs::write(out.join(name), text).unwrap();
        out.join(name)
    };
    let files = Files {
        mentors: file(
            "mentors.csv",
            &table(&developers.mentors, ("offers", "languages_have")),
        ),
        mentees: file(
            "mentees.csv",
            &table(&developers.mentees, ("needs", "languages_want")),
        ),
        programme: file("programme.toml", B),
        vocabulary: None,
        out: out.clone(),
    };
    let summary = match_programme::run(&files).unwrap();
    assert!(summary.contains("190"), "{summary}");

    let written = lines(&out.join("matching.csv"));
    let paired: Vec<_> = written
        .iter()
        .filter(|line| !line["mentor"].is_empty() && !line["mentee"].is_empty())
        .map(|line| (line["mentee"].as_str(), line["mentor"].as_str()))
        .collect();
    let known = &expected(&folder)["B_coverage_hard_tz3_gap8_capacity2"];
    assert_eq!(paired.len(), known["max_cardinality"]);
    let total = developers.total_of(paired.iter().copied(), coverage);
    assert_close(
        total,
        &known["max_total_given_max_cardinality"],
        paired.len(),
    );
}

/// The people as the example reads them; mentors take two.
fn table(people: &[Line], (column, languages): (&str, &str)) -> String {
    let takes = if column == "offers" { ",capacity" } else { "" };
    let mut text = format!("id,{column},experience_years,time_zone{takes}\n");
    for line in people {
        let (id, years, zone) = (&line["id"], &line["years_pro"], &line["zone_derived"]);
        let two = if column == "offers" { ",2" } else { "" };
        writeln!(text, "{id},{},{years},{zone}{two}", line[languages]).unwrap();
    }
    text
}
