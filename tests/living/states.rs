//! What pairs mean on a day: obeyed, or refused with both pairs named.

use mentormatch::{
    CalendarDate, Cohort, Decisions, Engine, Fate, Hold, Objective, PairState, PairStates,
    PastPairs, Profile, Programme, ReportingLine, RunOptions, SkillCoverage,
};

const FROZEN: PairState = PairState::Active(Hold::Frozen);
const MAY_MOVE: PairState = PairState::Accepted(Hold::MayMove);

fn day(month: u8) -> CalendarDate {
    CalendarDate::new(2026, month, 1).unwrap()
}

fn states() -> PairStates {
    PairStates::on(day(9))
}

/// Ana and eve take one each; boris and chen want rust, which ana knows better.
fn cohort() -> Cohort {
    let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    let eve = Profile::new("eve").offer("rust", 2).mentor(1);
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).mentee());
    Cohort::new([ana, eve], mentees).unwrap()
}

fn engine() -> Engine {
    let programme = Programme::builder()
        .date(day(9))
        .weigh(1, SkillCoverage::default())
        .forbid(PastPairs::cool_down_months(6))
        .forbid(ReportingLine::any_distance())
        .objectives([
            Objective::Participation,
            Objective::KeepPairs,
            Objective::TotalScore,
        ]);
    Engine::new(programme.build().unwrap())
}

fn pairs(states: &PairStates) -> Vec<(String, String)> {
    let outcome = engine()
        .rematch(&cohort(), states, &RunOptions::default())
        .unwrap();
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
        .collect()
}

fn refusal(states: &PairStates) -> String {
    let refused = engine().rematch(&cohort(), states, &RunOptions::default());
    refused.unwrap_err().to_string()
}

fn couples(two: [(&str, &str); 2]) -> Vec<(String, String)> {
    two.map(|(mentee, mentor)| (mentee.to_owned(), mentor.to_owned()))
        .to_vec()
}

#[test]
fn each_state_means_what_it_says() {
    let crossed = couples([("boris", "eve"), ("chen", "ana")]);
    let straight = couples([("boris", "ana"), ("chen", "eve")]);
    assert_eq!(pairs(&states().pair("boris", "eve", FROZEN)), crossed);
    assert_eq!(
        pairs(&states().pair("boris", "eve", MAY_MOVE)),
        crossed,
        "it is kept"
    );
    assert_eq!(pairs(&states().pair("boris", "ana", MAY_MOVE)), straight);
    let declined = |until| states().pair("boris", "ana", PairState::Declined { until });
    assert_eq!(pairs(&declined(None)), crossed);
    assert_eq!(pairs(&declined(Some(day(10)))), crossed);
    let over = declined(Some(day(9))).pair("chen", "eve", MAY_MOVE);
    assert_eq!(pairs(&over), straight, "a veto until today is over");
    let ended = |month| states().pair("boris", "ana", PairState::Ended { on: day(month) });
    assert_eq!(pairs(&ended(4)), crossed, "the cool-down lasts");
    let cold = ended(3).pair("chen", "eve", MAY_MOVE);
    assert_eq!(pairs(&cold), straight, "half a year has passed");
    assert_eq!(
        pairs(&states().pair("gone", "ana", PairState::Ended { on: day(3) })).len(),
        2
    );
    assert_eq!(
        pairs(&states().pair("gone", "ana", PairState::Declined { until: None })).len(),
        2
    );
}

#[test]
fn contradictions_are_refused_all_at_once_with_both_pairs_named() {
    let contradictory = states()
        .pair("boris", "ana", FROZEN)
        .pair("boris", "ana", PairState::Declined { until: None })
        .pair("chen", "ana", FROZEN)
        .pair("chen", "eve", FROZEN)
        .pair("dora", "eve", MAY_MOVE)
        .pair("boris", "eve", PairState::Ended { on: day(10) });
    assert_eq!(
        refusal(&contradictory),
        "mentee \"boris\" with mentor \"ana\" is active and frozen, and declined; \
         mentee \"boris\" with mentor \"eve\" has ended on 2026-10-01, and today is 2026-09-01; \
         mentee \"dora\" with mentor \"eve\" is accepted, and there is no such mentee; \
         mentor \"ana\" takes 1, and frozen are \"boris\" with \"ana\", \"chen\" with \"ana\"; \
         mentee \"chen\" takes 1, and frozen are \"chen\" with \"ana\", \"chen\" with \"eve\""
    );
    let twice = states()
        .pair("boris", "ana", FROZEN)
        .pair("boris", "ana", FROZEN);
    assert_eq!(
        pairs(&twice).len(),
        2,
        "what is said twice is no contradiction"
    );
}

#[test]
fn a_decline_that_is_over_contradicts_nothing() {
    let declined = |month| {
        let until = Some(day(month));
        states().pair("boris", "eve", PairState::Declined { until })
    };
    let crossed = couples([("boris", "eve"), ("chen", "ana")]);
    for month in [1, 9] {
        assert_eq!(
            pairs(&declined(month).pair("boris", "eve", FROZEN)),
            crossed
        );
    }
    let lasts = declined(10).pair("boris", "eve", FROZEN);
    assert!(refusal(&lasts).contains("and declined"));
}

#[test]
fn a_frozen_pair_whose_rules_fail_is_named_with_the_rule() {
    let ended = PairState::Ended { on: day(8) };
    let again = states()
        .pair("boris", "ana", FROZEN)
        .pair("boris", "ana", ended);
    assert_eq!(
        refusal(&again),
        "mentee \"boris\" with mentor \"ana\" is active and frozen: past_pairs forbids it"
    );
    // What the manager locked is told as a lock, frozen or not.
    let locks = Decisions::new().lock("boris", "ana");
    let locked = RunOptions::default().decisions(locks);
    let refused = engine().rematch(&cohort(), &again, &locked).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the lock of mentee \"boris\" and mentor \"ana\": past_pairs forbids it"
    );
    // One that may move is let go, and that is told.
    let again = states()
        .pair("boris", "ana", MAY_MOVE)
        .pair("boris", "ana", ended);
    let outcome = engine()
        .rematch(&cohort(), &again, &RunOptions::default())
        .unwrap();
    let fates = outcome.previous_pairs().unwrap();
    let [fate] = &fates[..] else {
        panic!("one pair")
    };
    let Fate::Forbidden(by) = &fate.fate else {
        panic!("forbidden")
    };
    assert_eq!(by[0].to_string(), "past_pairs");
}

#[cfg(feature = "serde")]
#[test]
fn a_file_that_is_wrong_is_refused_without_its_values() {
    let refused = |text: &str| {
        serde_json::from_str::<PairStates>(text)
            .unwrap_err()
            .to_string()
    };
    let newer = refused(r#"{"format_version": 2, "today": "2026-09-01"}"#);
    assert!(
        newer.starts_with("format_version: 2, where only 1 can be read"),
        "{newer}"
    );
    let pair = |rest: &str| {
        refused(&format!(
            r#"{{"format_version": 1, "today": "2026-09-01", "pairs": [{{"mentee": "secret", "mentor": "ana", {rest}}}]}}"#
        ))
    };
    let state = pair(r#""state": "married""#);
    assert!(
        state.starts_with("pairs[0].state: expected one of"),
        "{state}"
    );
    assert!(!state.contains("married") && !state.contains("secret"));
    assert!(pair(r#""state": "active", "until": "2026-09-01""#).contains("`until`"));
    assert!(pair(r#""state": "ended""#).contains("pairs[0].on: missing"));
}
