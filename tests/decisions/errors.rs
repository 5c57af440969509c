//! Decisions that cannot be obeyed: all of them at once, with names, without anything personal.

use mentormatch::{
    AgainstLock, Attribute, Cohort, DecisionProblem, Decisions, Field, Override, Profile,
    Programme, Quota, Role, RunError, RunOptions, Same, SameValue, Stable, Status,
};

use crate::run;

fn problems(programme: &Programme, cohort: &Cohort, decisions: Decisions) -> Vec<String> {
    let options = RunOptions::default().decisions(decisions);
    match run(programme, cohort, &options) {
        Err(RunError::Decisions(error)) => {
            error.problems().iter().map(ToString::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn cohort() -> Cohort {
    let team = |id: &str| Profile::new(id).team("red").department("Sales");
    let paused = Profile::new("paused").status(Status::Paused);
    Cohort::builder()
        .mentors([
            team("ana").mentor(1),
            Profile::new("eve").mentor(5),
            paused.mentor(3),
        ])
        .mentees([
            team("a").mentee(),
            team("b").veto("eve").mentee(),
            team("c").mentee(),
            Profile::new("eve").mentee(),
        ])
        .conflict("c", "eve")
        .build()
        .unwrap()
}

fn programme() -> Programme {
    let builder = Programme::builder().weigh(1, Same::new(Field::Site));
    builder.forbid(SameValue::new(Field::Team)).build().unwrap()
}

#[test]
fn a_lock_names_both_and_all_that_stands_against_it() {
    let decisions = Decisions::new()
        .lock("a", "ana")
        .lock("b", "ana")
        .lock("b", "eve")
        .lock("c", "eve")
        .lock("a", "paused")
        .lock("eve", "eve")
        .lock("nobody", "neither")
        .veto("b", "eve");
    let found = problems(&programme(), &cohort(), decisions);
    let both = "and mentee \"a\" has fewer places than locks (2)";
    let ana = "and mentor \"ana\" has fewer places than locks (2)";
    let of_b = "and mentee \"b\" has fewer places than locks (2)";
    let lock = |mentee: &str, mentor: &str| {
        format!("the lock of mentee {mentee:?} and mentor {mentor:?}: ")
    };
    let expected = [
        lock("a", "ana") + "same_value:team forbids it, " + both + ", " + ana,
        lock("a", "paused") + "not_active forbids it, same_value:team forbids it, and " + both,
        lock("b", "ana") + "same_value:team forbids it, " + of_b + ", " + ana,
        lock("b", "eve")
            + "veto forbids it, and the manager's veto forbids it, and same_value:team forbids it, "
            + of_b,
        lock("c", "eve") + "conflict forbids it, and same_value:team forbids it",
        lock("eve", "eve") + "same_person forbids it, and same_value:team forbids it",
        lock("nobody", "neither")
            + "there is no such mentee in this cohort, and there is no such mentor in this cohort",
    ];
    let expected = expected.map(|text| {
        text.replace("it, same_value", "it, and same_value")
            .replace("and and", "and")
    });
    assert_eq!(found, expected);
}

#[test]
fn every_other_problem_is_found_too() {
    let decisions = Decisions::new()
        .veto("nobody", "ana")
        .allow(Override::new("a", "ana", "same_value:team", " \n"))
        .allow(Override::new("a", "ana", "same_value:site", "s3cret"))
        .allow(Override::new("b", "eve", "veto", "s3cret"))
        .allow(Override::new("a", "neither", "same_value:team", "s3cret"))
        .only_mentors(["stranger"]);
    let found = problems(&programme(), &cohort(), decisions);
    let of = |rule: &str, mentee: &str, mentor: &str| {
        format!("the override of {rule} for mentee {mentee:?} and mentor {mentor:?}")
    };
    assert_eq!(
        found,
        [
            "a veto: no mentee \"nobody\" in this cohort".to_owned(),
            "an override: no mentor \"neither\" in this cohort".to_owned(),
            "the people of the run: no mentor \"stranger\" in this cohort".to_owned(),
            of("same_value:team", "a", "ana") + " gives no reason",
            of("same_value:site", "a", "ana") + ": no such rule is required",
            of("veto", "b", "eve") + ": it always holds",
        ]
    );
}

#[test]
fn a_lock_of_somebody_outside_the_subset_is_refused() {
    let decisions = Decisions::new().lock("a", "eve").only_mentees(["b"]);
    let open = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let found = problems(&open, &cohort(), decisions);
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("not_active forbids it"), "{found:?}");
}

#[test]
fn locks_beyond_a_quota_are_refused() {
    let quota = Quota::new(Role::Mentee, Field::Department, ["Sales"]).at_most(1);
    let builder = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .quota(quota);
    let decisions = Decisions::new().lock("a", "eve").lock("b", "ana");
    let options = RunOptions::default().decisions(decisions);
    let error = run(&builder.build().unwrap(), &cohort(), &options).unwrap_err();
    let RunError::Decisions(error) = error else {
        panic!("{error}")
    };
    for problem in error.problems() {
        let DecisionProblem::Lock { against, .. } = problem else {
            panic!("{problem}")
        };
        let [AgainstLock::Quota { at_most, locks, .. }] = &against[..] else {
            panic!("{against:?}")
        };
        assert_eq!((*at_most, *locks), (1, 2));
    }
    assert_eq!(error.problems().len(), 2);
}

#[test]
fn stable_matching_takes_vetoes_and_overrides_but_no_locks_and_no_quotas() {
    let builder = || {
        Programme::builder()
            .weigh(1, Same::new(Field::Team))
            .stable(Stable::new(Role::Mentee))
    };
    let stable = builder()
        .forbid(SameValue::new(Field::Team))
        .build()
        .unwrap();
    let found = problems(&stable, &cohort(), Decisions::new().lock("a", "eve"));
    assert!(found.contains(&"a stable matching knows no locks; 1 pairs are locked".to_owned()));
    let allow = Override::new("a", "ana", "same_value:team", "agreed");
    let options = RunOptions::default().decisions(Decisions::new().allow(allow).veto("a", "eve"));
    let outcome = run(&stable, &cohort(), &options).unwrap();
    assert_eq!(outcome.verify(), Ok(()));
    let pairs = &outcome.matching().pairs;
    assert!(
        pairs
            .iter()
            .any(|pair| (pair.mentee.as_str(), pair.mentor.as_str()) == ("a", "ana"))
    );
    let quota = Quota::new(Role::Mentor, Field::Team, ["red"]).at_most(1);
    let error = builder().quota(quota).build().unwrap_err().to_string();
    assert_eq!(
        error,
        "a stable matching knows no quotas: state one or the other"
    );
}

#[test]
fn groups_that_cross_are_refused_with_the_two_that_do() {
    let quota = |name: &str, field, value: &str| {
        Quota::new(Role::Mentee, field, [value])
            .at_most(1)
            .named(name)
    };
    let builder = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .quota(quota("sales", Field::Department, "Sales"))
        .quota(quota("red", Field::Team, "red"))
        .quota(quota("north", Field::Region, "north"));
    let programme = builder.build().unwrap();
    let person = |id: &str, team: &str, region: &str| {
        Profile::new(id)
            .department("Sales")
            .team(team)
            .region(region)
            .mentee()
    };
    let nested = [person("a", "red", "south"), person("b", "blue", "south")];
    let cohort = Cohort::new([Profile::new("ana").mentor(9)], nested.clone()).unwrap();
    let outcome = run(&programme, &cohort, &RunOptions::default()).unwrap();
    assert_eq!(outcome.matching().pairs.len(), 1);
    let reason = outcome.unmatched()[0].reason.to_string();
    assert_eq!(reason, "the quota sales is used up; allowed partners: 1");

    let other = Profile::new("c").team("red").region("north").mentee();
    let crossing = nested.into_iter().chain([other]);
    let cohort = Cohort::new([Profile::new("ana").mentor(9)], crossing).unwrap();
    let error = run(&programme, &cohort, &RunOptions::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the quotas sales and red cross")
            || error.contains("the quotas red and sales cross"),
        "{error}"
    );
    assert!(!error.contains("north"), "{error}");
}

#[test]
fn a_quota_may_read_what_no_rule_can() {
    let quota = Quota::new(Role::Mentee, Field::Attribute("funding".into()), ["Grant"]).at_most(1);
    let builder = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .quota(quota);
    let granted = |id: &str| {
        Profile::new(id)
            .quota_attribute("funding", Attribute::choice("grant"))
            .mentee()
    };
    let cohort = Cohort::new([Profile::new("ana").mentor(9)], ["a", "b"].map(granted)).unwrap();
    let outcome = run(&builder.build().unwrap(), &cohort, &RunOptions::default()).unwrap();
    assert_eq!(outcome.matching().pairs.len(), 1);
}

#[test]
fn reasons_show_in_no_text() {
    let team = |id: &str| Profile::new(id).team("red");
    let cohort = Cohort::new([team("ana").mentor(1)], [team("a").mentee()]).unwrap();
    let decisions = Decisions::new().allow(Override::new(
        "a",
        "ana",
        "same_value:team",
        "s3cret illness",
    ));
    let options = RunOptions::default().decisions(decisions.clone());
    let outcome = run(&programme(), &cohort, &options).unwrap();
    let texts = [
        format!(
            "{decisions:?} {options:?} {:?} {outcome:?}",
            decisions.overrides
        ),
        format!("{:?} {:?}", outcome.overrides(), outcome.matching()),
        format!("{:?} {}", outcome.explain("a", "ana"), outcome.report()),
    ];
    for text in texts {
        assert!(!text.contains("s3cret"), "{text}");
    }
    assert_eq!(outcome.overrides()[0].reason(), "s3cret illness");
}

#[cfg(feature = "serde")]
#[test]
fn the_stored_form_reads_back_and_its_errors_quote_nothing() {
    let decisions = Decisions::new()
        .lock("a", "ana")
        .veto("b", "ana")
        .allow(Override::new("a", "ana", "same_value:team", "agreed"))
        .only_mentees(["a", "b"]);
    let text = serde_json::to_string(&decisions).unwrap();
    assert_eq!(serde_json::from_str::<Decisions>(&text).unwrap(), decisions);
    assert_eq!(
        toml::from_str::<Decisions>(&toml::to_string(&decisions).unwrap()).unwrap(),
        decisions
    );
    assert_eq!(
        serde_json::from_str::<Decisions>("{}").unwrap(),
        Decisions::new()
    );
    for (wrong, expected) in [
        (
            r#"{"overrides": ["s3cret"]}"#,
            "overrides[0]: expected an object of `mentee`, `mentor`, `rule` and `reason`",
        ),
        (
            r#"{"overrides": [{"mentee": "a", "mentor": "b", "rule": "c", "reason": ["s3cret"]}]}"#,
            "overrides[0].reason: expected text",
        ),
        (
            r#"{"locks": [{"mentee": "a"}]}"#,
            "locks[0].mentor: missing",
        ),
        (r#"{"lock": []}"#, "unknown key `lock`"),
    ] {
        let error = serde_json::from_str::<Decisions>(wrong)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
