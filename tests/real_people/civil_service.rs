//! A mentoring network of a civil service: its rules, its columns, made-up people.

use std::path::Path;

use mentormatch::{
    Attribute, Cohort, Mentee, Mentor, Objective, Outcome, Profile, Score, Scorer, Scratch,
};
use serde_json::Value;

use super::{Line, expected, folder, lines, outcomes};

const PROGRAMME: &str = include_str!("../programmes/civil_service.toml");

/// The most points a pair can have.
const MOST: u32 = 12 + 10 + 6;

/// Points out of the most there are, in parts per million, rounded half up.
fn ppm(points: u32) -> u32 {
    (2 * points * 1_000_000 + MOST) / (2 * MOST)
}

/// One of the two samples, with the network's own points.
struct Sample {
    grades: Vec<String>,
    mentees: Vec<Line>,
    mentors: Vec<Line>,
}

impl Sample {
    fn read(folder: &Path, size: &str, expected: &Value) -> Self {
        let grades = expected["grades_low_to_high"].as_array().unwrap();
        Self {
            grades: grades
                .iter()
                .map(|grade| grade.as_str().unwrap().to_owned())
                .collect(),
            mentees: lines(&folder.join(format!("{size}_mentees.csv"))),
            mentors: lines(&folder.join(format!("{size}_mentors.csv"))),
        }
    }

    fn cohort(&self, capacity: u32, demand: u32) -> Cohort {
        let mentors = self.mentors.iter().map(|line| self.mentor(line, capacity));
        let mentees = self
            .mentees
            .iter()
            .map(|line| self.mentee(line).demand(demand));
        Cohort::new(mentors, mentees).unwrap()
    }

    fn mentor(&self, line: &Line, capacity: u32) -> Mentor {
        let characteristics = line["characteristics"]
            .split(", ")
            .filter(|text| !text.is_empty());
        let characteristics = Attribute::set(characteristics);
        self.profile(line)
            .attribute("characteristics", characteristics)
            .mentor(capacity)
    }

    fn mentee(&self, line: &Line) -> Mentee {
        let identity = &line["identity to match"];
        let profile = self.profile(line);
        if identity.is_empty() {
            return profile.mentee();
        }
        profile
            .attribute("identity to match", Attribute::choice(identity))
            .mentee()
    }

    fn profile(&self, line: &Line) -> Profile {
        let level = u16::try_from(self.grade(line) + 1).unwrap();
        let of = u16::try_from(self.grades.len()).unwrap();
        Profile::new(&line["email address"])
            .organisation(&line["organisation"])
            .attribute("grade", Attribute::Ordinal { level, of })
            .attribute("profession", Attribute::choice(&line["profession"]))
    }

    fn grade(&self, line: &Line) -> i64 {
        let grade = self.grades.iter().position(|grade| *grade == line["grade"]);
        i64::try_from(grade.unwrap()).unwrap()
    }

    /// The points of a matching by the network's rules, each pair allowed by them, and each score
    /// exactly its points out of 28.
    fn points(&self, outcome: &Outcome) -> u64 {
        let of = |people: &'_ [Line], id: &str| {
            people
                .iter()
                .position(|line| line["email address"] == id)
                .unwrap()
        };
        let mut total = 0;
        for pair in &outcome.matching().pairs {
            let mentee = &self.mentees[of(&self.mentees, pair.mentee.as_str())];
            let mentor = &self.mentors[of(&self.mentors, pair.mentor.as_str())];
            let points = self.pair_points(mentee, mentor).unwrap();
            assert_eq!(pair.score.ppm(), ppm(points));
            let parts: u32 = pair.parts.iter().map(|part| part.contribution).sum();
            assert_eq!(parts, pair.score.ppm());
            total += u64::from(points);
        }
        total
    }

    /// `None` where the network forbids the pair.
    fn pair_points(&self, mentee: &Line, mentor: &Line) -> Option<u32> {
        let grades = match self.grade(mentor) - self.grade(mentee) {
            2 => 12,
            1 => 9,
            _ => return None,
        };
        if mentee["organisation"] == mentor["organisation"] {
            return None;
        }
        let identity = &mentee["identity to match"];
        let alike = !identity.is_empty() && mentor["characteristics"].contains(identity.as_str());
        let profession = mentee["profession"] == mentor["profession"];
        Some(grades + 10 * u32::from(profession) + 6 * u32::from(alike))
    }
}

#[test]
fn every_pair_is_allowed_and_scored_as_the_network_says() {
    let Some(folder) = folder("cs_mentor_match") else {
        return;
    };
    let expected = &expected(&folder);
    let programme = toml::from_str(PROGRAMME).unwrap();
    for size in ["small", "large"] {
        let sample = Sample::read(&folder, size, expected);
        let cohort = sample.cohort(1, 1);
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let (mut scratch, mut row) = (Scratch::default(), vec![None; sample.mentors.len()]);
        let mut allowed = 0;
        for mentee in &sample.mentees {
            let at = cohort.mentee_idx(&mentee["email address"]).unwrap();
            scorer.score_row(at, &mut scratch, &mut row).unwrap();
            for mentor in &sample.mentors {
                let score = row[cohort.mentor_idx(&mentor["email address"]).unwrap()];
                let points = sample.pair_points(mentee, mentor);
                assert_eq!(score.map(Score::ppm), points.map(ppm));
                allowed += usize::from(score.is_some());
            }
        }
        assert_eq!(allowed, expected[size]["allowed_pairs"]);
    }
}

#[test]
fn the_small_sample_has_its_known_points() {
    let Some(folder) = folder("cs_mentor_match") else {
        return;
    };
    let expected = &expected(&folder);
    let sample = Sample::read(&folder, "small", expected);
    for capacity in 1..=3 {
        let known = &expected["small"][format!("mentor_capacity_{capacity}_mentee_1")];
        let [both, total] = outcomes(PROGRAMME, &sample.cohort(capacity, 1));
        assert_eq!(both.matching().pairs.len(), known["max_cardinality"]);
        assert_eq!(
            sample.points(&both),
            known["max_total_given_max_cardinality"]
        );
        assert_eq!(sample.points(&total), known["max_total"]);
    }
    let known = &expected["small"]["up_to_3_each_side"];
    let [both, total] = outcomes(PROGRAMME, &sample.cohort(3, 3));
    assert_eq!(both.matching().pairs.len(), known["max_cardinality"]);
    assert_eq!(sample.points(&total), known["max_total"]);
}

#[test]
fn in_the_large_sample_participation_and_total_score_disagree() {
    let Some(folder) = folder("cs_mentor_match") else {
        return;
    };
    let expected = &expected(&folder);
    let sample = Sample::read(&folder, "large", expected);
    let [both, total] = outcomes(PROGRAMME, &sample.cohort(1, 1));
    assert_eq!(
        (both.matching().pairs.len(), sample.points(&both)),
        (484, 11_480)
    );
    assert_eq!(
        (total.matching().pairs.len(), sample.points(&total)),
        (483, 11_488)
    );
    let other = both.under(&[Objective::TotalScore], None).unwrap();
    assert_eq!(other.matched_mentees, 483);
    assert_eq!(other.score_ppm, total.matching().totals.score_ppm);
    let known = &expected["large"]["mentor_capacity_1_mentee_1"];
    assert_eq!(known["max_total_given_max_cardinality"], 11_480);
    assert_eq!(known["max_total"], 11_488);
}
