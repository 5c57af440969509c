//! Audit records: what they hold, that they verify, that they replay, and what is caught.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod cases;
mod forgery;
#[path = "../roster/mod.rs"]
mod roster;
mod schemas;

use cases::{Case, cases};
use mentormatch::{
    AuditError, AuditRecord, Cohort, Engine, Field, Method, Outcome, Profile, Programme, Registry,
    RunOptions, Same, StoredProgramme, TieBreaking,
};
use proptest::prelude::*;

fn written(outcome: &Outcome) -> String {
    serde_json::to_string(&outcome.audit().unwrap()).unwrap()
}

fn read(text: &str) -> AuditRecord {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_kind_of_run_is_verified_and_replayed_from_its_record_alone() {
    for case in cases(2_026) {
        let outcome = case.run();
        let text = written(&outcome);
        let record = read(&text);
        assert_eq!(record, outcome.audit().unwrap(), "{}", case.name);
        let is_proven = outcome.is_proven_optimal();
        assert_eq!(record.is_proven_optimal(), is_proven, "{}", case.name);
        assert_eq!(
            record.verify(&case.cohort, &case.registry),
            Ok(()),
            "{}",
            case.name
        );
        let again = record.replay(&case.cohort, &case.registry).unwrap();
        assert_eq!(written(&again), text, "{}", case.name);
        let pairs = outcome
            .matching()
            .pairs
            .iter()
            .map(|pair| (&pair.mentee, &pair.mentor));
        assert!(record.pairs().eq(pairs), "{}", case.name);
    }
}

#[test]
fn cases_differ_in_what_they_prove() {
    let claims: Vec<_> = cases(2_026)
        .iter()
        .map(|case| {
            let record: serde_json::Value = serde_json::from_str(&written(&case.run())).unwrap();
            assert!(
                case.may_be_empty || record["pairs"][0].is_object(),
                "{}",
                case.name
            );
            record["claim"].to_string()
        })
        .collect();
    for kind in ["optimal", "bounded", "stable"] {
        assert!(
            claims.iter().any(|claim| claim.contains(kind)),
            "{kind}: {claims:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn the_order_of_the_people_is_never_seen(seed in any::<u64>()) {
        for case in cases(seed) {
            let Case { cohort, .. } = &case;
            let turned: Cohort = {
                let mut file: serde_json::Value = serde_json::to_value(cohort).unwrap();
                for side in ["mentors", "mentees"] {
                    file[side].as_array_mut().unwrap().reverse();
                }
                serde_json::from_value(file).unwrap()
            };
            let text = written(&case.run());
            let other = Case { cohort: turned.seeded(seed), ..case };
            prop_assert_eq!(&written(&other.run()), &text, "{}", other.name);
            prop_assert_eq!(read(&text).verify(&other.cohort, &other.registry), Ok(()));
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_is_never_seen() {
    for case in cases::large() {
        let texts = [1, 2, 4, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().unwrap().install(|| written(&case.run()))
        });
        for other in &texts[1..] {
            assert!(*other == texts[0], "{}", case.name);
        }
        let record = read(&texts[0]);
        assert_eq!(
            record.verify(&case.cohort, &case.registry),
            Ok(()),
            "{}",
            case.name
        );
    }
}

/// One mentor, two mentees, one place.
fn small() -> (Engine, Cohort) {
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).site("Aarhus").mentee());
    let cohort = Cohort::new([Profile::new("ana").site("Aarhus").mentor(1)], mentees).unwrap();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    (Engine::new(programme), cohort)
}

#[test]
fn a_search_that_the_host_stopped_is_verified_and_not_replayed() {
    let (engine, cohort) = small();
    let stopped = engine
        .run_with(
            &cohort,
            &RunOptions::default()
                .stop_when(|| true)
                .method(Method::MinCostFlow),
        )
        .unwrap();
    assert!(stopped.gap().is_some());
    let record = stopped.audit().unwrap();
    let registry = Registry::new();
    assert_eq!(record.verify(&cohort, &registry), Ok(()));
    assert_eq!(
        record.replay(&cohort, &registry).unwrap_err(),
        AuditError::StoppedByHost
    );
    let not_stopped = engine
        .run_with(&cohort, &RunOptions::default().stop_when(|| false))
        .unwrap();
    assert!(
        not_stopped
            .audit()
            .unwrap()
            .replay(&cohort, &registry)
            .is_ok()
    );
}

#[test]
fn another_version_is_bound_to_the_same_result_where_nothing_is_left_to_chance() {
    let (engine, cohort) = small();
    let registry = Registry::new();
    let of_old = |options: &RunOptions| {
        let outcome = engine.run_with(&cohort, options).unwrap();
        let mut file = serde_json::to_value(outcome.audit().unwrap()).unwrap();
        file["crate_version"] = "0.0.7".into();
        forgery::sealed(file)
    };
    let canonical = of_old(&RunOptions::default());
    assert_eq!(canonical.crate_version(), "0.0.7");
    assert!(canonical.replay(&cohort, &registry).is_ok());
    let found = || AuditError::OtherVersion {
        found: "0.0.7".to_owned(),
    };
    let fast = of_old(&RunOptions::default().tie_breaking(TieBreaking::Fast));
    assert_eq!(fast.replay(&cohort, &registry).unwrap_err(), found());
    let stopped = of_old(&RunOptions::default().work_limit(0));
    assert_eq!(stopped.replay(&cohort, &registry).unwrap_err(), found());
    for record in [canonical, fast, stopped] {
        assert_eq!(record.verify(&cohort, &registry), Ok(()));
    }
}

#[test]
fn what_is_not_registered_is_named() {
    let case = cases(1)
        .into_iter()
        .find(|case| case.name == "everything")
        .unwrap();
    let record = case.run().audit().unwrap();
    let stored: &StoredProgramme = record.programme();
    assert_eq!(stored.resolve(&case.registry).unwrap(), case.programme);
    for error in [
        record.verify(&case.cohort, &Registry::new()).unwrap_err(),
        record.replay(&case.cohort, &Registry::new()).unwrap_err(),
    ] {
        let AuditError::Programme(_) = &error else {
            panic!("{error}")
        };
        assert!(error.to_string().contains("is registered"), "{error}");
    }
}

#[test]
fn a_record_says_who_and_why_and_nothing_else_of_anybody() {
    let case = cases(7)
        .into_iter()
        .find(|case| case.name == "decisions")
        .unwrap();
    let text = written(&case.run());
    assert!(
        text.contains("both heads agree"),
        "the manager's reasons are kept"
    );
    let cohort = serde_json::to_value(&case.cohort).unwrap();
    let answers = ["department", "site", "organisation", "time_zone"];
    let people = cohort["mentees"].as_array().unwrap().iter();
    let given: Vec<&str> = people
        .flat_map(|own| answers.map(|key| own[key].as_str()))
        .flatten()
        .collect();
    assert!(given.len() > 20);
    let programme = text.find("\"request\"").unwrap(); // what is before names answers that the programme asks for
    for answer in given {
        assert!(
            !text[programme..].contains(&format!("{answer:?}")),
            "{answer}"
        );
    }
    let record = read(&text);
    let debug = format!("{record:?}");
    assert!(
        debug.contains(record.fingerprint()) && !debug.contains("agree"),
        "{debug}"
    );
}

#[test]
fn people_have_the_fingerprint_of_their_file() {
    let (engine, cohort) = small();
    let record = engine.run(&cohort).unwrap().audit().unwrap();
    let file = serde_json::to_string(&cohort).unwrap();
    assert_eq!(record.people_fingerprint(), forgery::sha256(&file));
    assert_eq!(record.fingerprint().len(), "sha256:".len() + 64);
    assert_ne!(record.fingerprint(), record.result_fingerprint());
}

#[test]
fn other_files_are_refused() {
    let (engine, cohort) = small();
    let text = written(&engine.run(&cohort).unwrap());
    let error = |text: &str| {
        serde_json::from_str::<AuditRecord>(text)
            .unwrap_err()
            .to_string()
    };
    let newer = text.replacen("\"format_version\":2", "\"format_version\":3", 1);
    assert!(
        error(&newer).contains(
            "audit record of format version 3; this version of the crate reads version 2"
        )
    );
    let unknown = text.replacen("\"seed\"", "\"sead\"", 1);
    assert!(error(&unknown).contains("unknown field `sead`"));
}
