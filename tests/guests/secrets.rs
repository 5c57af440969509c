//! What people have answered shows in no text the library writes. Ids may.

use std::fmt::Debug;

use mentormatch::{
    Attribute, Cohort, CriterionKind, CustomCriterion, Different, DifferentValue, Engine, Field,
    Gap, IfMissing, MeetingMode, MissingPolicy, Need, Outcome, Profile, Programme,
    ProgrammeBuilder, ReportingLine, Role, RunOptions, Same, SameValue, SeniorityGap, SetOverlap,
    SkillCoverage, TimeZoneDistance, Wish, WishRank,
};

/// Every answer holds one of these.
const SECRETS: [&str; 5] = ["s3cret", "7391", "73.91", "Kiritimati", "Hybrid"];

fn confidant(id: &str) -> Profile {
    let choice = || Attribute::choice("s3cret choice");
    Profile::new(id)
        .external_id(format!("s3cret key of {id}"))
        .add_need(Need::new("s3cret skill").level(7).importance(73))
        .offer("s3cret skill", 91)
        .language("s3cret")
        .seniority(7_391)
        .experience_years(73.91)
        .tenure_years(73.91)
        .department("s3cret department")
        .site("s3cret site")
        .organisation("s3cret organisation")
        .manager("s3cret boss")
        .time_zone("Pacific/Kiritimati")
        .meeting_mode(MeetingMode::Hybrid)
        .wish("s3cret friend", 7_391)
        .veto("s3cret enemy")
        .favourite("s3cret favourite")
        .most_important("s3cret criterion")
        .topic("s3cret topic")
        .attribute("choice", choice())
        .attribute("set", Attribute::set(["s3cret item"]))
        .attribute("number", Attribute::Number(7_391.0))
        .quota_attribute("quota", choice())
        .monitor_attribute("monitor", choice())
}

/// Five mentees, three places; one mentee is forbidden to all and one gains by silence.
fn cohort() -> Cohort {
    let barred = confidant("barred").attribute("choice", Attribute::choice("s3cret other"));
    let silent = Profile::new("silent").veto("b");
    let wisher = confidant("wisher").wish("b", 1);
    Cohort::new(
        [confidant("a").mentor(1), confidant("b").mentor(2)],
        [
            barred.mentee().demand(1..=1),
            silent.mentee(),
            wisher.mentee(),
            confidant("c").mentee(),
            confidant("d").mentee(),
        ],
    )
    .unwrap()
}

fn programme() -> ProgrammeBuilder {
    let attribute = |name: &str| Field::Attribute(name.to_owned());
    Programme::builder()
        .date("2026-03-20".parse().unwrap())
        .weigh(1, SkillCoverage::default())
        .weigh(1, SetOverlap::jaccard(attribute("set")))
        .weigh(1, Gap::new(attribute("number"), -1.0, 0.0, 1.0))
        .weigh(1, SeniorityGap::levels(0, 1, 2))
        .weigh(1, Different::new(Field::Organisation))
        .weigh(1, TimeZoneDistance::zero_at_hours(8.0))
        .weigh(1, WishRank::of_mentees())
        .weigh_with(1, Same::new(Field::Department), MissingPolicy::Renormalise)
        .forbid(ReportingLine::any_distance())
        .forbid(DifferentValue::new(attribute("choice")).if_missing(IfMissing::Allow))
}

/// Fails if the text shows an answer, or if it is empty and so proves nothing.
fn assert_silent(what: &str, text: &str) {
    assert!(!text.is_empty(), "{what} says nothing");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows an answer: {text}");
    }
}

fn assert_debug_is_silent(what: &str, value: &impl Debug) {
    assert_silent(what, &format!("{value:?} {value:#?}"));
}

#[test]
fn no_text_of_a_run_shows_an_answer() {
    let cohort = cohort();
    let engine = Engine::new(programme().build().unwrap());
    let outcome = engine.run(&cohort).unwrap();
    assert_debug_is_silent("the engine", &engine);
    assert_debug_is_silent("the options", &RunOptions::default());
    assert_debug_is_silent("the cohort", &cohort);
    assert_debug_is_silent("a mentor", &cohort.mentors());
    assert_debug_is_silent("a mentee", &cohort.mentees());
    assert_outcome_is_silent(&outcome);
    for mentee in cohort.mentees() {
        for mentor in cohort.mentors() {
            let (mentee, mentor) = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
            assert_debug_is_silent("explain", &outcome.explain(mentee, mentor));
            assert_debug_is_silent("why_not", &outcome.why_not(mentee, mentor));
            let why = outcome.why(mentee, mentor).unwrap();
            assert_debug_is_silent("why", &why);
            assert_silent("why", &why.to_string());
        }
    }
    assert_debug_is_silent("whom to recruit", &outcome.recruiting(20));
    assert_debug_is_silent("close calls", &outcome.close_calls(9));
    assert_debug_is_silent("influence", &outcome.influence(None));
    let barred = outcome.why_unmatched(Role::Mentee, "barred").unwrap();
    assert_debug_is_silent("why unmatched", &barred);
    assert_silent("why unmatched", &barred.unwrap().to_string());
}

fn assert_outcome_is_silent(outcome: &Outcome) {
    assert_debug_is_silent("the outcome", outcome);
    assert_debug_is_silent("the matching", outcome.matching());
    assert_debug_is_silent("the certificate", outcome.certificate());
    assert_debug_is_silent("the statistics", outcome.statistics());
    assert_debug_is_silent("the report", &outcome.report());
    assert_silent("the report", &outcome.report().to_string());
    assert!(outcome.unmatched().len() >= 2, "{:?}", outcome.unmatched());
    for person in outcome.unmatched() {
        assert_debug_is_silent("a reason", person);
        assert_silent("a reason", &person.reason.to_string());
    }
    assert!(outcome.warnings().len() >= 5, "{:?}", outcome.warnings());
    for warning in outcome.warnings() {
        assert_debug_is_silent("a warning", warning);
        assert_silent("a warning", &warning.to_string());
    }
    #[cfg(feature = "serde")]
    assert_silent(
        "the stored outcome",
        &serde_json::to_string(outcome).unwrap(),
    );
}

#[test]
fn no_text_of_a_check_shows_an_answer() {
    let preflight = programme().build().unwrap().check(&cohort()).unwrap();
    assert_debug_is_silent("the check", &preflight);
    assert_silent("the check", &preflight.to_string());
    assert!(preflight.findings.len() >= 15, "{:?}", preflight.findings);
    for finding in &preflight.findings {
        assert_debug_is_silent("a finding", finding);
        assert_silent("a finding", &finding.to_string());
    }
    assert!(preflight.supply.len() >= 2, "{:?}", preflight.supply);
    for supply in &preflight.supply {
        assert_debug_is_silent("a supply", supply);
        assert_silent("a supply", &supply.to_string());
    }
}

#[test]
fn no_error_of_a_run_shows_an_answer() {
    let attribute = |name: &str| Field::Attribute(name.to_owned());
    let not_a_number = CustomCriterion::pairwise("own", 1, |_, _| Some(f64::NAN));
    let programmes = [
        Programme::builder().weigh(1, Gap::new(attribute("choice"), 0.0, 1.0, 2.0)),
        Programme::builder()
            .weigh(1, Same::new(Field::Site))
            .forbid(SameValue::new(Field::Needs)),
        Programme::builder().weigh(1, CriterionKind::from(not_a_number)),
    ];
    for programme in programmes {
        let engine = Engine::new(programme.build().unwrap());
        let error = engine.run(&cohort()).unwrap_err();
        assert_debug_is_silent("an error", &error);
        assert_silent("an error", &error.to_string());
    }
}

/// The test above would notice: the secrets are in the answers.
#[test]
fn the_secrets_are_there_to_be_told() {
    let cohort = cohort();
    let own = &cohort.mentors()[cohort.mentor_idx("a").unwrap()].profile;
    assert_eq!(own.wishes[0], Wish::new("s3cret friend", 7_391));
    assert_eq!(own.experience_years.unwrap().to_string(), "73.91");
    assert_eq!(format!("{:?}", own.meeting_mode), "Some(Hybrid)");
}
