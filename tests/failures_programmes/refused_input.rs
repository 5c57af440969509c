//! Input that is refused: all of it in one go, by name, and never with a panic.

use mentormatch::{
    Attribute, Bounds, Cohort, CohortProblemKind, Engine, Field, MissingPolicy, Profile, Programme,
    ProgrammeBuilder, ProgrammeProblem, Same, WeightError,
};

use crate::{mentees, mentors, scored};

#[test]
fn every_problem_of_a_roster_is_named_in_one_go() {
    let grade = |of| Attribute::Ordinal { level: 1, of };
    let people = [
        Profile::new("twice").mentor(1),
        Profile::new("twice").mentor(1),
        Profile::new("lost").time_zone("Mars/Olympus").mentor(1),
        Profile::new("circle").manager("round").mentor(1),
        Profile::new("round").manager("circle").mentor(1),
        Profile::new("eager").mentor(Bounds { min: 3, max: 2 }),
        Profile::new("old").experience_years(f64::NAN).mentor(1),
        Profile::new("five").attribute("grade", grade(5)).mentor(1),
        Profile::new("also five")
            .attribute("grade", grade(5))
            .mentor(1),
        Profile::new("nine").attribute("grade", grade(9)).mentor(1),
    ];
    let error = Cohort::new(people, []).unwrap_err();
    let found = |id: &str, field: &str| {
        let mut problems = error.problems().iter();
        let own = problems.find(|own| {
            own.participant
                .as_ref()
                .is_some_and(|own| own.as_str() == id)
                && own.field == field
        });
        let own = own.unwrap_or_else(|| panic!("{id} {field}: {error}"));
        &own.kind
    };
    use CohortProblemKind as Kind;
    assert!(matches!(
        found("twice", "id"),
        Kind::DuplicateId { times: 2 }
    ));
    assert!(matches!(
        found("lost", "time_zone"),
        Kind::UnknownTimeZone { .. }
    ));
    assert!(matches!(
        found("circle", "manager"),
        Kind::ReportingCycle { .. }
    ));
    assert!(matches!(
        found("eager", "capacity"),
        Kind::MinimumAboveMaximum { .. }
    ));
    assert!(matches!(
        found("old", "experience_years"),
        Kind::NotFinite { .. }
    ));
    assert!(matches!(
        found("nine", "attributes.grade"),
        Kind::ScaleMismatch { usual: 5, .. }
    ));
    assert_eq!(error.problems().len(), 6, "{error}");
}

#[test]
fn every_problem_of_a_programme_is_named_in_one_go() {
    let weigh = |builder: ProgrammeBuilder, name: &str, weight: f64| {
        builder.weigh_as(name, weight, Same::new(Field::Site), MissingPolicy::Zero)
    };
    let weights = [
        ("nan", f64::NAN),
        ("infinite", f64::INFINITY),
        ("negative", -1.0),
    ];
    let builder = weights
        .iter()
        .fold(Programme::builder(), |builder, (name, weight)| {
            weigh(builder, name, *weight)
        });
    let error = builder.build().unwrap_err();
    let problems = [
        WeightError::NotANumber,
        WeightError::Infinite,
        WeightError::Negative,
    ];
    let expected = weights.iter().zip(problems).map(|((owner, _), problem)| {
        let owner = (*owner).to_owned();
        ProgrammeProblem::Weight { owner, problem }
    });
    assert_eq!(error.problems(), expected.collect::<Vec<_>>());
    let error = weigh(Programme::builder(), "only", 0.0)
        .build()
        .unwrap_err();
    assert_eq!(error.problems(), [ProgrammeProblem::NoWeight]);
}

#[test]
fn a_score_that_is_no_number_names_criterion_and_pair() {
    let programme = scored([(("e1", "r1"), f64::NAN)]).build().unwrap();
    let cohort = Cohort::new(mentors(["r0", "r1"], 1), mentees(["e0", "e1"])).unwrap();
    let error = Engine::new(programme).run(&cohort).unwrap_err();
    let text = "criterion table: mentee e1, mentor r1: the score is";
    assert!(error.to_string().starts_with(text), "{error}");
}

#[cfg(feature = "serde")]
#[test]
fn an_unknown_key_is_refused_with_its_path() {
    let text = r#"{"format_version": 1, "criteria": [
        {"weight": 1, "criterion": {"same": {"field": "site", "colour": 1}}}]}"#;
    let error = serde_json::from_str::<Programme>(text)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("criteria[0].criterion.same"), "{error}");
    assert!(error.contains("colour"), "{error}");
}

#[cfg(feature = "serde")]
#[test]
fn a_newer_format_is_refused_as_such() {
    let cohort = r#"{"format_version": 2, "mentors": [], "mentees": []}"#;
    let programme = r#"{"format_version": 2, "criteria": []}"#;
    let errors = [
        serde_json::from_str::<Cohort>(cohort)
            .unwrap_err()
            .to_string(),
        serde_json::from_str::<Programme>(programme)
            .unwrap_err()
            .to_string(),
    ];
    for error in errors {
        assert!(error.contains("format_version"), "{error}");
        assert!(error.contains('2') && error.contains('1'), "{error}");
    }
}
