//! How the bound is stated, and what is refused.

use mentormatch::{
    Attribute, Cohort, Engine, Field, Profile, Programme, ProgrammeBuilder, ProgrammeProblem, Role,
    RunError, Same, Stable,
};

fn builder() -> ProgrammeBuilder {
    Programme::builder().weigh(1, Same::new(Field::Site))
}

fn problems(builder: ProgrammeBuilder) -> Vec<ProgrammeProblem> {
    builder.build().unwrap_err().problems().to_vec()
}

#[test]
fn it_is_stated_once_and_of_single_answers() {
    let twice = builder()
        .distinct_mentors(Field::Site)
        .distinct_mentors(Field::Team);
    let (one, other) = ("site".to_owned(), "team".to_owned());
    assert_eq!(
        problems(twice),
        [ProgrammeProblem::DistinctTwice { one, other }]
    );
    let same = builder()
        .distinct_mentors(Field::Site)
        .distinct_mentors(Field::Site);
    assert_eq!(same.build().unwrap().distinct_mentors(), Some(&Field::Site));
    let lists = problems(builder().distinct_mentors(Field::Languages));
    assert_eq!(
        lists[0].to_string(),
        "distinct_mentors: languages does not hold a single value"
    );
    let stable = builder()
        .distinct_mentors(Field::Site)
        .stable(Stable::new(Role::Mentee));
    assert_eq!(problems(stable), [ProgrammeProblem::DistinctBesideStable]);
}

#[test]
fn attributes_that_are_lists_are_found_in_the_run() {
    let tags = Attribute::set(["a", "b"]);
    for own in [
        Profile::new("ana").attribute("tags", tags.clone()),
        Profile::new("ana").quota_attribute("tags", tags.clone()),
    ] {
        let cohort = Cohort::new([own.mentor(1)], [Profile::new("boris").mentee()]).unwrap();
        let programme = builder()
            .distinct_mentors(Field::Attribute("tags".into()))
            .build();
        let error = Engine::new(programme.unwrap()).run(&cohort).unwrap_err();
        assert!(
            matches!(error, RunError::Programme(_) | RunError::Scoring(_)),
            "{error}"
        );
        assert!(
            error.to_string().contains("does not hold a single value"),
            "{error}"
        );
    }
}

#[test]
fn a_programme_made_of_another_keeps_it() {
    let stated = builder().distinct_mentors(Field::Region).build().unwrap();
    let again = ProgrammeBuilder::from(&stated)
        .name("Autumn")
        .build()
        .unwrap();
    assert_eq!(again.distinct_mentors(), Some(&Field::Region));
}

#[cfg(feature = "serde")]
#[test]
fn it_is_written_and_read() {
    for field in [Field::Department, Field::Attribute("union".into())] {
        let stated = builder().distinct_mentors(field.clone()).build().unwrap();
        let text = toml::to_string(&stated).unwrap();
        assert_eq!(
            toml::from_str::<Programme>(&text).unwrap(),
            stated,
            "{text}"
        );
        let value = serde_json::to_value(&stated).unwrap();
        assert_eq!(
            value["distinct_mentors"],
            serde_json::to_value(&field).unwrap()
        );
        let schema: serde_json::Value = serde_json::from_str(Programme::JSON_SCHEMA).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        assert!(schema.is_valid(&value), "{value}");
    }
    let none = serde_json::to_value(builder().build().unwrap()).unwrap();
    assert!(
        none.get("distinct_mentors").is_none(),
        "nothing is written where nothing is stated"
    );
    let wrong = toml::from_str::<Programme>(
        "format_version = 1\ndistinct_mentors = \"departmnt\"\ncriteria = []",
    );
    let wrong = wrong.unwrap_err().to_string();
    assert!(
        wrong.contains("distinct_mentors") && wrong.contains("departmnt"),
        "{wrong}"
    );
}
