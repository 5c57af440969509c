//! People all of whose answers are canaries.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mentormatch::{
    Attribute, Cohort, Different, DifferentValue, Engine, Field, Gap, GapRange, IfMissing,
    MeetingMode, Need, PastPair, Preparation, Profile, Programme, Same, Score, SeniorityGap,
    SetOverlap, SkillCoverage, Status, Support, TimeZoneDistance, Vocabulary, Wanted,
    WantedAttributes, Weekday, Window, WishRank,
};

/// Every answer holds one of these: texts, and numbers that nothing else is.
pub(crate) const CANARIES: [&str; 6] = [
    "canary",
    "7391",
    "73.91",
    "Kiritimati",
    "Hybrid",
    "Thursday",
];

/// Somebody who has answered everything, but for what would keep partners away.
pub(crate) fn person(id: &str) -> Profile {
    let choice = || Attribute::choice("canary choice");
    Profile::new(id)
        .external_id(format!("canary key of {id}"))
        .priority(19)
        .add_need(Need::new("canary skill").level(7).importance(73))
        .offer("canary skill", 91)
        .language("canary")
        .seniority(7_391)
        .experience_years(73.91)
        .tenure_years(73.91)
        .department("canary department")
        .site("canary site")
        .organisation("canary organisation")
        .team("canary team")
        .region("canary region")
        .role_held("canary role")
        .career_goal("canary goal")
        .manager("canary boss")
        .time_zone("Pacific/Kiritimati")
        .meeting_mode(MeetingMode::Hybrid)
        .available([Window::new(Weekday::Thursday, 739, 1_391)])
        .can_meet_at("canary place")
        .accessibility_need("canary need")
        .offers_accessibility("canary need")
        .comfortable_gap(GapRange::new(-7_391, 7_391))
        .topic("canary topic")
        .excluded_topic("canary taboo")
        .supports([Support::RoleModel])
        .hours_per_month(73.91)
        .meetings_per_month(7.391)
        .meeting_minutes(739)
        .duration_months(73.91)
        .formality(5)
        .motivation(3)
        .readiness(4)
        .voluntary(true)
        .prepared([Preparation::References])
        .wish("canary friend", 7_391)
        .favourite("canary favourite")
        .rating("canary rival", -5)
        .wants(Wanted::one_of(Field::Site, ["canary want"]))
        .weight("canary criterion", 7)
        .most_important("canary criterion")
        .veto("canary enemy")
        .attribute("choice", choice())
        .attribute("set", Attribute::set(["canary item"]))
        .attribute("number", Attribute::Number(7_391.0))
        .quota_attribute("quota", choice())
        .monitor_attribute("monitor", Attribute::choice("canary monitor"))
}

/// One who has answered what keeps partners away too.
pub(crate) fn picky() -> Profile {
    person("picky")
        .status(Status::Paused)
        .only_wishes_up_to(7_391)
        .minimum_score(Score::from_ppm_saturating(739_100))
}

/// Thirteen mentees and two mentors with three places; one mentee has other answers, and five another one.
pub(crate) fn cohort() -> Cohort {
    let mentee = |at: usize| {
        let own = person(&format!("mentee {at}"));
        match at {
            0..6 => own.mentee(),
            _ => own
                .monitor_attribute("monitor", Attribute::choice("canary rest"))
                .mentee(),
        }
    };
    let mut mentees: Vec<_> = (0..11).map(mentee).collect();
    let alone = Attribute::choice("canary alone");
    let other = person("mentee 11").attribute("choice", Attribute::choice("canary other"));
    mentees.push(other.monitor_attribute("monitor", alone).mentee());
    mentees.push(picky().mentee());
    let mentors = [person("mentor 0").mentor(1), person("mentor 1").mentor(2)];
    let words = Vocabulary::builder().alias("canary synonym", "canary skill");
    Cohort::builder()
        .mentors(mentors)
        .mentees(mentees)
        .vocabulary(words.build().unwrap())
        .past_pair(PastPair::new("mentee 0", "mentor 0"))
        .build()
        .unwrap()
}

pub(crate) fn engine() -> Engine {
    let attribute = |name: &str| Field::Attribute(name.to_owned());
    let programme = Programme::builder()
        .date("2026-03-20".parse().unwrap())
        .weigh(1, SkillCoverage::default())
        .weigh(1, SetOverlap::jaccard(attribute("set")))
        .weigh(1, Gap::new(attribute("number"), -1.0, 0.0, 1.0))
        .weigh(1, SeniorityGap::levels(0, 1, 2))
        .weigh(1, Different::new(Field::Organisation))
        .weigh(1, TimeZoneDistance::zero_at_hours(8.0))
        .weigh(1, WishRank::of_mentees())
        .weigh(1, WantedAttributes::of_mentees())
        .weigh(1, Same::new(Field::Department))
        .forbid(DifferentValue::new(attribute("choice")).if_missing(IfMissing::Allow));
    Engine::new(programme.build().unwrap())
}

/// The tests would be worth less if somebody added a field and no canary.
#[test]
fn every_field_of_a_profile_has_a_canary() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/participant/profile.rs");
    let source = fs::read_to_string(source).unwrap();
    let (_, body) = source.split_once("pub struct Profile {").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let stated = body.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix("pub")?.split_once(':')?;
        name.split_whitespace().last()
    });
    let stated: BTreeSet<_> = stated.collect();
    assert!(stated.len() > 40 && stated.contains("monitor_attributes"));
    let written = serde_json::to_value(picky()).unwrap();
    let keys = written.as_object().unwrap().keys();
    assert_eq!(keys.map(String::as_str).collect::<BTreeSet<_>>(), stated);
}

#[test]
fn canaries_are_there_to_be_told() {
    let written = serde_json::to_string(&picky()).unwrap();
    let debug = format!("{:?} {:?}", picky().meeting_mode, Weekday::Thursday);
    for canary in CANARIES {
        assert!(
            written.contains(canary) || debug.contains(canary),
            "{canary}"
        );
    }
}
