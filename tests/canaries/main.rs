//! Law 10: a canary in every answer a person can give, and no text of the library sings.
//!
//! Ids are no secrets, and neither is what the programme or its manager says. Answers are.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod answers;
mod files;

use std::fmt::Debug;

use answers::{CANARIES, cohort, engine};
use mentormatch::{
    AuditRecord, CalendarDate, Decisions, DraftOptions, English, FairnessOptions, Finding, German,
    Objective, Outcome, Override, Reader, Registry, RelaxationOptions, Role, RunOptions, Score,
    Shortfall, SuggestionOptions, Waitlist, Wording,
};

/// Fails if the text tells an answer, or if it is empty and so proves nothing.
pub(crate) fn assert_silent(what: &str, text: &str) {
    assert!(!text.is_empty(), "{what} says nothing");
    for canary in CANARIES {
        assert!(!text.contains(canary), "{what} tells {canary}: {text}");
    }
}

pub(crate) fn assert_debug_is_silent(what: &str, value: &impl Debug) {
    assert_silent(what, &format!("{value:?} {value:#?}"));
}

fn decided() -> RunOptions {
    let agreed = Override::new(
        "mentee 3",
        "mentor 0",
        "different_value:attribute:choice",
        "canary reason",
    );
    RunOptions::default().decisions(Decisions::new().allow(agreed).veto("mentee 1", "mentor 1"))
}

#[test]
fn people_show_their_ids_only() {
    let cohort = cohort();
    let person = &cohort.mentors()[cohort.mentor_idx("mentor 0").unwrap()];
    let own = &person.profile;
    assert_debug_is_silent("the cohort", &cohort);
    assert_debug_is_silent("a mentor", person);
    assert_debug_is_silent("a profile", own);
    assert_debug_is_silent("the mentees", &cohort.mentees());
    let answers: [(&str, &dyn Debug); 9] = [
        ("needs", &own.needs),
        ("offers", &own.offers),
        ("availability", &own.availability),
        ("wishes", &own.wishes),
        ("ratings", &own.ratings),
        ("wanted", &own.wanted),
        ("attributes", &own.attributes.values()),
        ("past pairs", &cohort.past_pairs()),
        ("vocabulary", cohort.vocabulary()),
    ];
    for (what, answer) in answers {
        assert_silent(what, &format!("{answer:?} {answer:#?}"));
    }
    assert!(!cohort.warnings().is_empty());
    for warning in cohort.warnings() {
        assert_debug_is_silent("a warning", warning);
        assert_silent("a warning", &warning.to_string());
    }
}

#[test]
fn answers_to_questions_about_a_run_tell_no_answer_of_anybody() {
    let (cohort, engine) = (cohort(), engine());
    let outcome = engine.run_with(&cohort, &decided()).unwrap();
    assert_debug_is_silent("the engine", &engine);
    assert_debug_is_silent("the options", &decided());
    assert_debug_is_silent("the outcome", &outcome);
    assert_debug_is_silent("the matching", outcome.matching());
    assert_debug_is_silent("objectives", &outcome.objectives());
    assert_debug_is_silent("wishes", outcome.wishes());
    assert_debug_is_silent("the people without a partner", &outcome.unmatched());
    assert_debug_is_silent("warnings", &outcome.warnings());
    assert_debug_is_silent("statistics", outcome.statistics());
    assert_debug_is_silent("the certificate", outcome.certificate());
    assert_debug_is_silent("overrides", &outcome.overrides());
    assert_debug_is_silent("loads of quotas", &outcome.quota_loads());
    assert_debug_is_silent("prices of places", &outcome.place_prices().unwrap());
    assert_debug_is_silent(
        "prices of objectives",
        &outcome.prices_of_objectives(None).unwrap(),
    );
    assert_debug_is_silent("firm pairs", &outcome.firmness().unwrap());
    assert_debug_is_silent("envy", &outcome.blocking_pairs(9).unwrap());
    let others = [Objective::WorstScore, Objective::TotalScore];
    assert_debug_is_silent("another order", &outcome.under(&others, None).unwrap());
    for mentee in cohort.mentees() {
        for mentor in cohort.mentors() {
            let (mentee, mentor) = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
            assert_pair_is_silent(&outcome, mentee, mentor);
        }
    }
    let preflight = engine.programme().check(&cohort).unwrap();
    assert_debug_is_silent("the check", &preflight);
    assert_silent("the check", &preflight.to_string());
    for finding in &preflight.findings {
        for language in [&English as &dyn Wording, &German] {
            let told = language.finding(finding);
            // The manager is told what there is too little of.
            let told = match finding {
                Finding::Scarce(_) => told.replace("canary synonym", "skill"),
                _ => told,
            };
            assert_silent("a finding", &told);
        }
    }
    let today = CalendarDate::new(2026, 3, 1).unwrap();
    let waitlist = outcome.waitlist(&Waitlist::default(), today);
    assert_debug_is_silent("who waits", &waitlist);
    for own in &waitlist.waiting {
        for language in [&English as &dyn Wording, &German] {
            assert_silent("who waits", &language.waiting(own));
        }
    }
}

fn assert_pair_is_silent(outcome: &Outcome, mentee: &str, mentor: &str) {
    let why = outcome.explain(mentee, mentor).unwrap();
    assert_debug_is_silent("explain", &why);
    assert_silent("explain", &why.to_string());
    assert_debug_is_silent("why", &outcome.why(mentee, mentor).unwrap());
    let why_not = outcome.why_not(mentee, mentor).unwrap();
    assert_debug_is_silent("why not", &why_not);
    assert_silent("why not", &why_not.to_string());
    assert_debug_is_silent("a price", &outcome.price_of(mentee, mentor).unwrap());
    assert_debug_is_silent("a price", &outcome.price_without(mentee, mentor).unwrap());
    assert_debug_is_silent("a price", &outcome.price_of_nobody(mentee).unwrap());
    for language in [&English as &dyn Wording, &German] {
        let words = outcome.in_words(language);
        for reader in [Role::Mentee, Role::Mentor].map(Reader::Participant) {
            assert_silent("words", &words.pair(mentee, mentor, reader).unwrap());
            assert_silent("words", &words.why_not(mentee, mentor, reader).unwrap());
        }
        // The manager is told what two people have in common, and no more.
        let told = words.pair(mentee, mentor, Reader::Manager).unwrap();
        let common = ["canary skill", "canary item"].into_iter();
        let rest = common.fold(told, |told, common| told.replace(common, "this"));
        assert_silent("words", &rest);
        assert_silent(
            "words",
            &words.why_not(mentee, mentor, Reader::Manager).unwrap(),
        );
    }
}

#[test]
fn what_a_manager_may_choose_from_tells_no_answer_of_anybody() {
    let (cohort, engine) = (cohort(), engine());
    let outcome = engine.run(&cohort).unwrap();
    assert_debug_is_silent("close calls", &outcome.close_calls(9).unwrap());
    assert_debug_is_silent("recruiting", &outcome.recruiting(9).unwrap());
    for about in [Shortfall::Minimums, Shortfall::Participation] {
        let relaxations = outcome
            .relaxations(&RelaxationOptions::about(about))
            .unwrap();
        assert_debug_is_silent("relaxations", &relaxations);
        for found in &relaxations.found {
            assert_silent("a relaxation", &found.to_string());
        }
    }
    let options = SuggestionOptions::new(Role::Mentee, 2);
    assert_debug_is_silent("suggestions", &outcome.suggestions(&options).unwrap());
    let options = DraftOptions::new(2, Score::ONE);
    assert_debug_is_silent("drafts", &outcome.drafts(&options).unwrap());
    for language in [&English as &dyn Wording, &German] {
        let words = outcome.in_words(language);
        for one in outcome.unmatched() {
            let why = outcome
                .why_unmatched(one.role, one.participant.as_str())
                .unwrap();
            assert_debug_is_silent("why unmatched", &why);
            for reader in [Reader::Manager, Reader::Participant(one.role)] {
                assert_silent("words", &words.unmatched(one, reader));
            }
            let own = words.own_warnings(one.role, one.participant.as_str());
            assert_silent("words", &format!("{own:?}"));
        }
        assert_silent("words", &format!("{:?}", words.warnings()));
        assert_silent("words", &words.report().replace("canary synonym", "skill"));
    }
}

#[test]
fn what_is_written_of_a_run_tells_no_answer_of_anybody() {
    let outcome = engine().run(&cohort()).unwrap();
    assert_silent("the report", &outcome.report().to_string());
    assert_debug_is_silent("the report", &outcome.report());
    // What is wanted and offered is told by skill, of all people together.
    let stored = serde_json::to_string(&outcome.report()).unwrap();
    assert_silent(
        "the stored report",
        &stored.replace("canary synonym", "skill"),
    );
    assert_silent(
        "the stored outcome",
        &serde_json::to_string(&outcome).unwrap(),
    );
    let record = outcome.audit().unwrap();
    assert_silent("the audit record", &serde_json::to_string(&record).unwrap());
    assert_debug_is_silent("the audit record", &record);
    assert_debug_is_silent("the programme of a record", record.programme());
    // The manager's reason is meant to be there, and nothing else.
    let decided = engine().run_with(&cohort(), &decided()).unwrap();
    let text = serde_json::to_string(&decided.audit().unwrap()).unwrap();
    assert_eq!(text.matches("canary").count(), 1, "{text}");
    assert!(text.contains("canary reason"));
}

#[test]
fn fairness_figures_name_large_groups_and_nothing_else() {
    let outcome: Outcome = engine().run(&cohort()).unwrap();
    let fairness = outcome.fairness(FairnessOptions::default());
    assert_debug_is_silent("the figures", &fairness);
    let text = fairness.to_string();
    assert!(
        text.contains("canary monitor"),
        "six people gave this answer: {text}"
    );
    assert!(
        !text.contains("canary alone"),
        "one person gave this: {text}"
    );
    let stored = serde_json::to_string(&fairness).unwrap();
    assert!(!stored.contains("canary alone"), "{stored}");
}

#[test]
fn doubts_about_a_record_tell_no_answer_of_anybody() {
    let record = engine().run(&cohort()).unwrap().audit().unwrap();
    let others = mentormatch::Cohort::new([answers::person("mentor 0").mentor(1)], []).unwrap();
    let mut file = serde_json::to_value(&record).unwrap();
    file["pairs"] = serde_json::json!([]);
    let changed: AuditRecord = serde_json::from_value(file).unwrap();
    let registry = Registry::new();
    for error in [
        record.verify(&others, &registry),
        changed.verify(&cohort(), &registry),
    ] {
        let error = error.unwrap_err();
        assert_silent("a doubt", &error.to_string());
        assert_debug_is_silent("a doubt", &error);
    }
}
