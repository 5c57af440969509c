//! Reading and writing people.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::json;

use crate::score::Score;
use crate::{
    Attribute, Attributes, Bounds, Cohort, Field, GapRange, MeetingMode, Mentee, Mentor, Need,
    Offer, PastPair, Preparation, Profile, Rating, Status, Support, Wanted, Weekday, Window, Wish,
};

fn refusal(mentor: &serde_json::Value) -> String {
    serde_json::from_str::<Mentor>(&mentor.to_string())
        .unwrap_err()
        .to_string()
}

#[test]
fn a_mentor_is_one_flat_object() {
    let mentor = Profile::new("ana")
        .offer("rust", 4)
        .need("go", None)
        .attribute("grade", Attribute::Ordinal { level: 3, of: 11 })
        .mentor(0..=3);
    let stored = json!({
        "id": "ana",
        "needs": [{"skill": "go"}],
        "offers": [{"skill": "rust", "level": 4}],
        "attributes": {"grade": {"ordinal": {"level": 3, "of": 11}}},
        "capacity": {"min": 0, "max": 3},
    });
    assert_eq!(serde_json::to_value(&mentor).unwrap(), stored);
    assert_eq!(serde_json::from_value::<Mentor>(stored).unwrap(), mentor);
}

#[test]
fn what_says_nothing_is_not_written() {
    let bare = Profile::new("ana").mentee();
    assert_eq!(serde_json::to_string(&bare).unwrap(), r#"{"id":"ana"}"#);
    let nulls = json!({"id": "ana", "site": null, "needs": null, "demand": null});
    assert_eq!(serde_json::from_value::<Mentee>(nulls).unwrap(), bare);
}

#[test]
fn short_forms_are_read() {
    let stored = json!({
        "id": 7,
        "needs": ["go"],
        "offers": ["rust", {"skill": "c", "level": 2}],
        "manager": 9,
        "meeting_mode": "in_person",
        "status": "paused",
        "tenure_years": 3,
        "capacity": 3,
    });
    let mentor: Mentor = serde_json::from_value(stored).unwrap();
    assert_eq!(mentor.profile.id.as_str(), "7");
    assert_eq!(mentor.profile.manager, Some("9".into()));
    assert_eq!(mentor.profile.needs, [Need::new("go")]);
    assert_eq!(
        mentor.profile.offers,
        [Offer::new("rust"), Offer::new("c").level(2)]
    );
    assert_eq!(mentor.profile.meeting_mode, Some(MeetingMode::InPerson));
    assert_eq!(mentor.profile.status, Status::Paused);
    assert_eq!(mentor.profile.tenure_years, Some(3.0));
    assert_eq!(mentor.capacity, Bounds { min: 0, max: 3 });
}

#[test]
fn a_week_is_read_from_texts() {
    let stored = json!({
        "id": "ana",
        "availability": ["mon-tue 12:00-13:00", "sun 22:00-02:00"],
        "wanted": [{"field": "site", "answer": "same"}, {"field": "team", "answer": ["a"]}],
        "hours_per_month": 5,
        "meeting_minutes": 90,
    });
    let mentor: Mentor = serde_json::from_value(stored).unwrap();
    assert_eq!(mentor.profile.availability.len(), 3);
    assert_eq!(mentor.profile.wanted[0], Wanted::same(Field::Site));
    assert_eq!(mentor.profile.wanted[1], Wanted::one_of(Field::Team, ["a"]));
    assert_eq!(
        mentor.capacity.max, 1,
        "two meetings of 90 minutes take 3 of 5 hours"
    );
}

#[test]
fn toml_is_read_too() {
    let text =
        "id = 'ana'\nlanguages = ['en']\ncapacity = 2\n[[wishes]]\npartner = 'b'\nrank = 1\n";
    let mentor: Mentor = toml::from_str(text).unwrap();
    assert_eq!(
        mentor,
        Profile::new("ana").language("en").wish("b", 1).mentor(2)
    );
}

#[test]
fn dates_may_be_written_as_toml_writes_them() {
    let ended = |date: &str| {
        let text = format!(
            "format_version = 1\n[[past_pairs]]\nmentee = 'e'\nmentor = 'r'\nended = {date}\n"
        );
        toml::from_str::<Cohort>(&text)
    };
    let stored = |date| serde_json::to_value(ended(date).unwrap()).unwrap();
    assert_eq!(stored("2025-02-28"), stored("'2025-02-28'"));
    assert!(ended("2025-02-28T10:00:00").is_err());
}

#[test]
fn a_mentee_has_time_for_one_mentor_or_none_unless_she_says_otherwise() {
    let read = |hours: f64, demand: Option<u32>| -> Mentee {
        let stored = json!({"id": "e", "hours_per_month": hours, "demand": demand});
        serde_json::from_value(stored).unwrap()
    };
    let most = |hours, demand| read(hours, demand).demand.max;
    assert_eq!(
        (most(0.0, None), most(0.5, None), most(40.0, None)),
        (0, 1, 1)
    );
    assert_eq!((most(0.0, Some(1)), most(40.0, Some(3))), (1, 3));
    let finds_time = Profile::new("e").hours_per_month(0.0).mentee();
    let stored = serde_json::to_value(&finds_time).unwrap();
    let again: Mentee = serde_json::from_value(stored).unwrap();
    assert_eq!(again, finds_time, "what is written is what is read");
}

#[test]
fn errors_name_person_field_and_problem() {
    let cases = [
        (json!({"capacity": 1}), "id: missing"),
        (
            json!({"id": -1}),
            "id: expected an id: text or an unsigned integer",
        ),
        (
            json!({"id": "ana", "nick": 1}),
            "mentor \"ana\": unknown key `nick`",
        ),
        (
            json!({"id": 1, "a": 1, "b": 1}),
            "mentor \"1\": unknown keys `a`, `b`",
        ),
        (
            json!({"id": "ana", "demand": 1}),
            "mentor \"ana\": unknown key `demand`",
        ),
        (
            json!({"id": "ana", "seniority": "x"}),
            "mentor \"ana\": seniority: expected a whole number of 0 to 65535",
        ),
        (
            json!({"id": "ana", "offers": ["a", {"skill": "b", "level": 256}]}),
            "mentor \"ana\": offers[1].level: expected a whole number of 0 to 255",
        ),
        (
            json!({"id": "ana", "offers": [{"skil": "b"}]}),
            "mentor \"ana\": offers[0].skill: missing",
        ),
        (
            json!({"id": "ana", "needs": [{"skill": "b", "lvl": 1}]}),
            "mentor \"ana\": needs[0]: unknown key `lvl`",
        ),
        (
            json!({"id": "ana", "attributes": {"grade": {"ordinal": {"level": 1}}}}),
            "mentor \"ana\": attributes.grade.ordinal.of: missing",
        ),
        (
            json!({"id": "ana", "capacity": {"min": 1}}),
            "mentor \"ana\": capacity.max: missing",
        ),
        (
            json!({"id": "ana", "capacity": -1}),
            "mentor \"ana\": capacity: expected a whole number of 0 to 4294967295",
        ),
    ];
    for (stored, expected) in cases {
        let text = refusal(&stored);
        assert!(text.starts_with(expected), "{text}");
    }
    let twice = r#"{"id": "ana", "site": "a", "site": "b"}"#;
    let text = serde_json::from_str::<Mentor>(twice)
        .unwrap_err()
        .to_string();
    assert!(text.starts_with("the key `site` is given twice"), "{text}");
}

/// Whatever stands in whatever field, an error does not quote it.
/// Every field of a stored mentor but the id.
const FIELDS: &[&str] = &[
    "external_id",
    "status",
    "priority",
    "needs",
    "offers",
    "languages",
    "seniority",
    "experience_years",
    "tenure_years",
    "department",
    "site",
    "organisation",
    "manager",
    "time_zone",
    "meeting_mode",
    "team",
    "region",
    "roles_held",
    "career_goals",
    "topics",
    "excluded_topics",
    "support",
    "hours_per_month",
    "meetings_per_month",
    "meeting_minutes",
    "duration_months",
    "formality",
    "motivation",
    "readiness",
    "voluntary",
    "preparation",
    "availability",
    "meets_at",
    "accessibility_needs",
    "accessibility_offered",
    "comfortable_gap",
    "favourites",
    "ratings",
    "wanted",
    "most_important",
    "weights",
    "wishes",
    "only_wishes_up_to",
    "minimum_score",
    "vetoes",
    "attributes",
    "quota_attributes",
    "monitor_attributes",
    "capacity",
];

#[test]
fn errors_never_quote_a_value() {
    let secrets = [
        json!("s3cret 777"),
        json!(-777_777),
        json!(777_777.5),
        json!(["s3cret 777", 777_777, {"skill": "s3cret 777", "level": "s3cret 777"}]),
        json!({"ok": "s3cret 777", "min": "s3cret 777"}),
        json!({"ok": {"choice": ["s3cret 777"]}}),
        json!({"ok": {"flag": "s3cret 777"}}),
        json!([[777_777]]),
    ];
    let mut refused = 0;
    for &field in FIELDS {
        for secret in &secrets {
            let stored = json!({"id": "ana", field: secret}).to_string();
            if let Err(error) = serde_json::from_str::<Mentor>(&stored) {
                let text = format!("{error} {error:?}");
                assert!(!text.contains("s3cret") && !text.contains("777"), "{text}");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn a_cohort_comes_back_whole() {
    let people = |ids: &[&str]| -> Vec<Profile> { ids.iter().copied().map(Profile::new).collect() };
    let cohort = Cohort::builder()
        .mentors(
            people(&["b", "a", "c"])
                .into_iter()
                .map(|p| p.manager("boss").mentor(2)),
        )
        .mentees(people(&["d", "a"]).into_iter().map(Profile::mentee))
        .reporting_line("boss", "chief")
        .build()
        .unwrap();
    let stored = serde_json::to_string(&cohort.seeded(5)).unwrap();
    let start = r#"{"format_version":1,"mentors":[{"id":"a","manager":"boss","capacity""#;
    assert!(stored.starts_with(start), "{stored}");
    assert!(
        stored.ends_with(r#""reporting_lines":{"boss":"chief"}}"#),
        "{stored}"
    );

    let read: Cohort = serde_json::from_str(&stored).unwrap();
    assert_eq!(
        (read.mentors(), read.mentees()),
        (cohort.mentors(), cohort.mentees())
    );
    assert_eq!(read.managers_above(&"a".into()).count(), 2);
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
}

#[test]
fn what_is_known_between_people_comes_back() {
    let day = || "2025-06-30".parse().unwrap();
    let cohort = Cohort::builder()
        .mentors(["a", "b"].map(|id| Profile::new(id).mentor(1)))
        .mentees(["c", "d"].map(|id| Profile::new(id).mentee()))
        .conflict("d", "b")
        .conflict("a", "c")
        .conflict("b", "d")
        .past_pair(PastPair::new("d", "a"))
        .past_pair(PastPair::new("c", "x").ended(day()))
        .build()
        .unwrap();
    let stored = serde_json::to_string(&cohort.seeded(3)).unwrap();
    let end = concat!(
        r#""conflicts":[["a","c"],["b","d"]],"#,
        r#""past_pairs":[{"mentee":"c","mentor":"x","ended":"2025-06-30"},"#,
        r#"{"mentee":"d","mentor":"a"}]}"#
    );
    assert!(stored.ends_with(end), "{stored}");
    let read: Cohort = serde_json::from_str(&stored).unwrap();
    assert_eq!(read.conflicts(), cohort.conflicts());
    let past = [
        PastPair::new("c", "x").ended(day()),
        PastPair::new("d", "a"),
    ];
    assert_eq!(read.past_pairs(), past);
    assert_eq!(read.past_pairs(), cohort.past_pairs());
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);

    let refusal = |key: &str, value: serde_json::Value| {
        let stored = json!({"format_version": 1, key: value}).to_string();
        serde_json::from_str::<Cohort>(&stored)
            .unwrap_err()
            .to_string()
    };
    for (key, value, words) in [
        (
            "conflicts",
            json!([["a", "b", "c"]]),
            "conflicts[0]: expected a list of two ids",
        ),
        (
            "past_pairs",
            json!([{"mentee": "a"}]),
            "past_pairs[0].mentor: missing",
        ),
        (
            "past_pairs",
            json!([{"mentee": "a", "mentor": "b", "ended": "s3cret"}]),
            "past_pairs[0].ended: expected a date as YYYY-MM-DD",
        ),
    ] {
        let error = refusal(key, value);
        assert!(error.starts_with(words), "{error}");
    }
}

#[test]
fn a_stored_cohort_is_checked_whole() {
    let refusal = |stored: serde_json::Value| {
        let refused = serde_json::from_str::<Cohort>(&stored.to_string());
        refused.unwrap_err().to_string()
    };
    let newer = refusal(json!({"format_version": 2, "teams": []}));
    assert!(
        newer.starts_with("format_version: 2, where only 1 can be read"),
        "{newer}"
    );
    let unknown = refusal(json!({"format_version": 1, "teams": []}));
    assert!(unknown.starts_with("unknown key `teams`"), "{unknown}");

    let unreadable = refusal(json!({
        "format_version": 1,
        "mentors": [{"id": "a", "site": 1}, {"id": "b"}, {"id": "c", "nick": "x"}],
    }));
    let lines: Vec<_> = unreadable.lines().collect();
    assert_eq!(lines[0], r#"mentors[0]: mentor "a": site: expected text"#);
    assert!(lines[1].starts_with(r#"mentors[2]: mentor "c": unknown key `nick`"#));

    let wrong = refusal(json!({"format_version": 1, "mentors": [{"id": "a"}, {"id": "a"}]}));
    assert!(
        wrong.starts_with("1 problem in the roster\nmentor \"a\": id: 2 people"),
        "{wrong}"
    );
}

fn attribute() -> impl Strategy<Value = Attribute> {
    prop_oneof![
        ".{0,8}".prop_map(Attribute::Choice),
        vec(".{0,8}", 0..3).prop_map(Attribute::Set),
        (any::<u16>(), any::<u16>()).prop_map(|(level, of)| Attribute::Ordinal { level, of }),
        any::<i32>().prop_map(|eighths| Attribute::Number(f64::from(eighths) / 8.0)),
        any::<bool>().prop_map(Attribute::Flag),
    ]
}

fn attributes() -> impl Strategy<Value = Attributes> {
    btree_map(".{0,8}", attribute(), 0..3)
}

fn need() -> impl Strategy<Value = Need> {
    (".{0,8}", any::<Option<u8>>(), any::<u8>())
        .prop_map(|(skill, level, importance)| Need::new(skill).level(level).importance(importance))
}

fn offer() -> impl Strategy<Value = Offer> {
    (".{0,8}", any::<Option<u8>>()).prop_map(|(skill, level)| Offer::new(skill).level(level))
}

prop_compose! {
    fn answers()(
        expectations in expectations(),
        needs in vec(need(), 0..3),
        offers in vec(offer(), 0..3),
        languages in vec(".{0,8}", 0..3),
        wishes in vec((".{0,8}", any::<u32>()), 0..3),
        (only_wishes_up_to, least) in any::<(Option<u32>, Option<u32>)>(),
        vetoes in vec(any::<u64>(), 0..3),
        attributes in attributes(),
        quota_attributes in attributes(),
        monitor_attributes in attributes(),
    ) -> Profile {
        let wish = |(partner, rank): (String, u32)| Wish::new(partner, rank);
        Profile {
            needs,
            offers,
            languages,
            wishes: wishes.into_iter().map(wish).collect(),
            only_wishes_up_to,
            minimum_score: least.map(|ppm| Score::from_ppm_saturating(ppm % 1_000_001)),
            vetoes: vetoes.into_iter().map(Into::into).collect(),
            attributes,
            quota_attributes,
            monitor_attributes,
            ..expectations
        }
    }
}

fn window() -> impl Strategy<Value = Window> {
    (select(Weekday::ALL.to_vec()), 0..1440_u16, 0..=1440_u16)
        .prop_filter("equal ends are refused", |(_, from, to)| from != to)
        .prop_map(|(day, from, to)| Window::new(day, from, to))
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let field = select(vec![Field::Team, Field::Attribute("x".into())]);
    (field, of(vec(".{0,8}", 0..3)), any::<bool>()).prop_map(|(field, texts, same)| match texts {
        Some(texts) => Wanted::one_of(field, texts),
        None if same => Wanted::same(field),
        None => Wanted::different(field),
    })
}

prop_compose! {
    fn expectations()(
        texts in vec(vec(".{0,8}", 0..3), 7),
        singles in (of(".{0,8}"), of(".{0,8}"), of(".{0,8}")),
        support in subsequence(vec![
            Support::Career, Support::Psychosocial, Support::RoleModel, Support::Skills,
        ], 0..=4),
        preparation in subsequence(vec![
            Preparation::Trained, Preparation::Certified, Preparation::References,
        ], 0..=3),
        eighths in vec(of(0..800_u16), 3),
        minutes in any::<Option<u16>>(),
        levels in vec(any::<Option<u8>>(), 3),
        voluntary in any::<Option<bool>>(),
        availability in vec(window(), 0..4),
        gap in of(any::<(i32, i32)>()),
        favourites in vec(".{0,8}", 0..3),
        ratings in vec((".{0,8}", any::<i8>()), 0..3),
        wanted in vec(wanted(), 0..3),
        weights in btree_map(".{0,8}", any::<u8>(), 0..3),
    ) -> Profile {
        let eighths: Vec<_> = eighths.into_iter().map(|n| n.map(|n| f64::from(n) / 8.0)).collect();
        let rating = |(partner, value): (String, i8)| Rating::new(partner, value);
        Profile {
            team: singles.0,
            region: singles.1,
            most_important: singles.2,
            roles_held: texts[0].clone(),
            career_goals: texts[1].clone(),
            topics: texts[2].clone(),
            excluded_topics: texts[3].clone(),
            meets_at: texts[4].clone(),
            accessibility_needs: texts[5].clone(),
            accessibility_offered: texts[6].clone(),
            support,
            preparation,
            hours_per_month: eighths[0],
            meetings_per_month: eighths[1],
            duration_months: eighths[2],
            meeting_minutes: minutes,
            formality: levels[0],
            motivation: levels[1],
            readiness: levels[2],
            voluntary,
            availability,
            comfortable_gap: gap.map(|(min, max)| GapRange::new(min, max)),
            favourites: favourites.into_iter().map(Into::into).collect(),
            ratings: ratings.into_iter().map(rating).collect(),
            wanted,
            weights,
            ..Profile::new("")
        }
    }
}

prop_compose! {
    fn profile()(
        answers in answers(),
        id in ".{0,8}",
        texts in vec(of(".{0,8}"), 6),
        years in (of(0..800_u16), of(0..800_u16)),
        seniority in any::<Option<u16>>(),
        meeting_mode in of(select(vec![
            MeetingMode::InPerson, MeetingMode::Hybrid, MeetingMode::Virtual,
        ])),
        status in select(vec![
            Status::Active, Status::Paused, Status::Withdrawn,
        ]),
        priority in any::<Option<u8>>(),
    ) -> Profile {
        let eighths = |years: Option<u16>| years.map(|years| f64::from(years) / 8.0);
        Profile {
            id: id.into(),
            external_id: texts[0].clone(),
            department: texts[1].clone(),
            site: texts[2].clone(),
            organisation: texts[3].clone(),
            manager: texts[4].clone().map(Into::into),
            time_zone: texts[5].clone(),
            experience_years: eighths(years.0),
            tenure_years: eighths(years.1),
            seniority,
            meeting_mode,
            status,
            priority,
            ..answers
        }
    }
}

proptest! {
    #[test]
    fn people_come_back_as_they_were_written(
        profile in profile(),
        (min, max) in any::<(u32, u32)>(),
    ) {
        let mentor = profile.clone().mentor(min..=max);
        let stored = serde_json::to_string(&mentor).unwrap();
        prop_assert_eq!(serde_json::from_str::<Mentor>(&stored).unwrap(), mentor);

        let mentee = profile.mentee().demand(min..=max);
        let stored = toml::to_string(&mentee).unwrap();
        prop_assert_eq!(toml::from_str::<Mentee>(&stored).unwrap(), mentee);
    }
}
