//! Who waits, and what waiting is worth.

use std::collections::BTreeMap;

use mentormatch::{
    CalendarDate, CarryOver, CarryOverError, Cohort, Engine, Mentee, Mentor, Objective, Outcome,
    Profile, Programme, Role, SkillCoverage, Status, Waitlist,
};
#[cfg(feature = "serde")]
use mentormatch::{Field, Quota, RunOptions, Stable, UnmatchedKind};

fn day(month: u8) -> CalendarDate {
    CalendarDate::new(2026, month, 1).unwrap()
}

fn mentee(id: &str, level: u8) -> Mentee {
    Profile::new(id).need("rust", level).mentee()
}

fn mentor(id: &str, level: u8) -> Mentor {
    Profile::new(id).offer("rust", level).mentor(1)
}

fn run(cohort: &Cohort, objectives: &[Objective]) -> Outcome {
    let programme = Programme::builder().weigh(1, SkillCoverage::default());
    let programme = programme
        .objectives(objectives.iter().copied())
        .build()
        .unwrap();
    Engine::new(programme).run(cohort).unwrap()
}

const TIERS_FIRST: [Objective; 3] = [
    Objective::PriorityTiers,
    Objective::Participation,
    Objective::TotalScore,
];

#[test]
fn a_turn_is_kept_counted_and_given_up_with_a_partner() {
    let others = |status| {
        let mut chen = mentee("chen", 9);
        chen.profile.status = status;
        Cohort::new(
            [mentor("ana", 4)],
            [mentee("boris", 3), chen, mentee("dora", 9)],
        )
        .unwrap()
    };
    let waits =
        |list: &Waitlist, id: &str| list.of(Role::Mentee, id).map(|own| (own.since, own.cycles));
    let first = run(&others(Status::Active), &TIERS_FIRST).waitlist(&Waitlist::default(), day(1));
    assert_eq!(waits(&first, "chen"), Some((day(1), 1)));
    assert_eq!(waits(&first, "boris"), None);
    let paused = run(&others(Status::Paused), &TIERS_FIRST).waitlist(&first, day(4));
    assert_eq!(
        waits(&paused, "chen"),
        Some((day(1), 1)),
        "her turn is kept, and does not grow"
    );
    assert_eq!(waits(&paused, "dora"), Some((day(1), 2)));
    let back = run(&others(Status::Active), &TIERS_FIRST).waitlist(&paused, day(7));
    assert_eq!(waits(&back, "chen"), Some((day(1), 2)));
    let few = Cohort::new([mentor("ana", 4)], [mentee("dora", 9)]).unwrap();
    let served = run(&few, &TIERS_FIRST).waitlist(&back, day(10));
    assert!(served.waiting.is_empty(), "dora has ana, and chen has left");
}

#[test]
fn with_carry_over_everybody_has_a_turn() {
    let mentees = ["a", "b", "c", "d", "e"].map(|id| mentee(id, 3));
    let cohort = Cohort::new([mentor("ana", 4), mentor("eve", 4)], mentees).unwrap();
    let (mut waitlist, mut turns) = (Waitlist::default(), BTreeMap::new());
    for month in 1..=12 {
        let today = CarryOver::default().apply(&cohort, &waitlist).unwrap();
        let outcome = run(&today, &TIERS_FIRST);
        for pair in &outcome.matching().pairs {
            *turns.entry(pair.mentee.to_string()).or_insert(0) += 1;
        }
        waitlist = outcome.waitlist(&waitlist, day(month));
        let longest = waitlist.waiting.iter().map(|own| own.cycles).max();
        assert!(longest <= Some(3), "two of five are served each time");
    }
    assert_eq!(turns.len(), 5);
    assert!(turns.values().all(|&served| served >= 4), "{turns:?}");
}

/// Tiers rise by one a matching, whether the host keeps the raised cohort or the stated one.
#[test]
fn tiers_rise_by_the_rule_in_a_cohort_that_is_kept() {
    for (stated, tiers) in [(None, [4, 3, 2, 1, 1]), (Some(3), [2, 1, 1, 1, 1])] {
        let mut chen = mentee("chen", 9);
        chen.profile.priority = stated;
        let first = Cohort::new([mentor("ana", 4)], [mentee("boris", 3), chen]).unwrap();
        let objectives = [Objective::TotalScore, Objective::PriorityTiers];
        let (mut kept, mut list) = (first.clone(), Waitlist::default());
        for (month, tier) in (1..).zip(tiers) {
            list = run(&kept, &objectives).waitlist(&list, day(month));
            let anew = CarryOver::default().apply(&first, &list).unwrap();
            kept = CarryOver::default().apply(&kept, &list).unwrap();
            let twice = CarryOver::default().apply(&kept, &list).unwrap();
            for cohort in [&anew, &kept, &twice] {
                let chen = cohort.mentee_idx("chen").unwrap();
                assert_eq!(cohort.mentees()[chen].profile.priority, Some(tier));
            }
        }
    }
}

#[test]
fn waiting_never_lowers_what_is_stated_since() {
    let cohort = |tier| {
        let mut chen = mentee("chen", 9);
        chen.profile.priority = tier;
        Cohort::new([mentor("ana", 4)], [mentee("boris", 3), chen]).unwrap()
    };
    let list = run(&cohort(None), &[Objective::TotalScore]).waitlist(&Waitlist::default(), day(1));
    let next = CarryOver::default().apply(&cohort(Some(2)), &list).unwrap();
    let chen = next.mentee_idx("chen").unwrap();
    assert_eq!(next.mentees()[chen].profile.priority, Some(2));
}

#[test]
fn a_matching_older_than_the_list_is_not_counted() {
    let cohort = Cohort::new([mentor("ana", 4)], [mentee("boris", 3), mentee("chen", 9)]).unwrap();
    let outcome = run(&cohort, &TIERS_FIRST);
    let list = outcome.waitlist(&Waitlist::default(), day(4));
    assert_eq!(outcome.waitlist(&list, day(3)), list);
    assert_eq!(outcome.waitlist(&list, day(5)).waiting[0].cycles, 2);
}

#[test]
fn a_mentor_who_was_idle_for_more_than_a_cycle_is_told_and_can_be_preferred() {
    let cohort = Cohort::new([mentor("ana", 4), mentor("eve", 1)], [mentee("boris", 3)]).unwrap();
    let mut waitlist = Waitlist::default();
    for month in [1, 4] {
        waitlist = run(&cohort, &TIERS_FIRST).waitlist(&waitlist, day(month));
    }
    let idle: Vec<_> = waitlist
        .idle_mentors(1)
        .map(|own| own.participant.as_str())
        .collect();
    assert_eq!(idle, ["eve"]);
    let next = CarryOver::default().apply(&cohort, &waitlist).unwrap();
    let objectives = [
        Objective::Participation,
        Objective::MentorTiers,
        Objective::TotalScore,
    ];
    let outcome = run(&next, &objectives);
    assert_eq!(outcome.matching().pairs[0].mentor.as_str(), "eve");
    assert_eq!(outcome.objectives()[1].value, 1);
    assert!(
        outcome
            .report()
            .to_string()
            .contains("priority of mentors: 1 mentor")
    );
}

#[test]
fn a_tier_stays_between_the_highest_and_what_was_stated() {
    for start in 1..=20 {
        for highest in 1..=20 {
            for cycles in [0, 1, 2, 7, u32::MAX] {
                let rule = CarryOver {
                    start,
                    tiers_a_cycle: 3,
                    highest,
                };
                let tier = rule.tier(None, cycles);
                assert!((1..=start).contains(&tier));
                assert!(tier >= highest.min(start));
                assert!(
                    tier <= rule.tier(None, cycles.saturating_sub(1)),
                    "waiting never lowers"
                );
            }
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_waitlist_is_stored_and_read_and_errors_quote_nothing() {
    let cohort = Cohort::new([mentor("ana", 4)], [mentee("boris", 3), mentee("chen", 9)]).unwrap();
    let mut list = run(&cohort, &TIERS_FIRST).waitlist(&Waitlist::default(), day(2));
    let unstated = serde_json::to_string(&list).unwrap();
    assert_eq!(serde_json::from_str::<Waitlist>(&unstated).unwrap(), list);
    list.waiting[0].stated = Some(7);
    let stored = serde_json::to_string(&list).unwrap();
    assert!(
        stored
            .starts_with(r#"{"format_version":2,"waiting":[{"role":"mentee","participant":"chen""#)
    );
    assert_eq!(serde_json::from_str::<Waitlist>(&stored).unwrap(), list);
    let wrong = stored.replace("mentee", "secret");
    let error = serde_json::from_str::<Waitlist>(&wrong)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("waiting[0].role: expected `mentor` or `mentee`"),
        "{error}"
    );
    assert!(!error.contains("secret"));
    let rule: CarryOver = toml::from_str("start = 4\ntiers_a_cycle = 1\nhighest = 2").unwrap();
    assert_eq!(rule.tier(None, 9), 2);
}

/// Matchings that leave somebody for every reason to wait.
#[cfg(feature = "serde")]
fn outcomes_with_many_reasons() -> Vec<Outcome> {
    let ana = || mentor("ana", 4);
    let [boris, chen] = [mentee("boris", 3), mentee("chen", 3)];
    let at_a_site = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).site("A").mentee());
    let vetoes = Profile::new("chen").need("rust", 3).veto("ana").mentee();
    let full = Profile::new("ana").offer("rust", 4).mentor(0);
    let roomy = Profile::new("ana").offer("rust", 4).mentor(2);
    let cohort =
        |mentors: Vec<Mentor>, mentees: Vec<Mentee>| Cohort::new(mentors, mentees).unwrap();
    let crowded = || cohort(vec![ana()], vec![boris.clone(), chen.clone()]);
    let plain = || Programme::builder().weigh(1, SkillCoverage::default());
    let stable = plain().stable(Stable::new(Role::Mentee)).build().unwrap();
    let quota = Quota::new(Role::Mentee, Field::Site, ["A"]).at_most(1);
    let quota = plain().quota(quota).build().unwrap();
    let two = cohort(vec![ana(), mentor("eve", 4)], at_a_site.to_vec());
    let stopped = RunOptions::default().work_limit(0);
    let mut outcomes = vec![
        run(&cohort(vec![], vec![chen.clone()]), &TIERS_FIRST),
        run(&cohort(vec![ana()], vec![vetoes]), &TIERS_FIRST),
        run(&cohort(vec![full], vec![chen.clone()]), &TIERS_FIRST),
        run(&crowded(), &TIERS_FIRST),
        run(
            &cohort(vec![roomy], vec![boris.clone(), chen.clone()]),
            &[Objective::SpreadLoad],
        ),
        Engine::new(stable).run(&crowded()).unwrap(),
        Engine::new(quota).run(&two).unwrap(),
    ];
    let engine = Engine::new(plain().build().unwrap());
    outcomes.push(engine.run_with(&crowded(), &stopped).unwrap());
    outcomes
}

/// Files of version 1 had the sentence that `Display` of a reason makes: each is read as the kind it is of, and whom it
/// names is left behind.
#[cfg(feature = "serde")]
#[test]
fn sentences_of_older_files_are_read_as_kinds() {
    let mut kinds = std::collections::BTreeSet::new();
    for outcome in outcomes_with_many_reasons() {
        let list = outcome.waitlist(&Waitlist::default(), day(2));
        for own in &list.waiting {
            let mut all = outcome.unmatched().iter();
            let left = all.find(|one| one.role == own.role && one.participant == own.participant);
            let reason = left.unwrap().reason.to_string();
            let mut stored = serde_json::json!({ "format_version": 1, "waiting": [own] });
            stored["waiting"][0]["why"] = reason.clone().into();
            let read: Waitlist = serde_json::from_value(stored).unwrap();
            assert_eq!(read.waiting, std::slice::from_ref(own), "{reason}");
            kinds.insert(own.why);
        }
        let text = serde_json::to_string(&list).unwrap();
        assert_eq!(serde_json::from_str::<Waitlist>(&text).unwrap(), list);
    }
    let expected = [
        UnmatchedKind::NobodyThere,
        UnmatchedKind::NoAllowedPartner,
        UnmatchedKind::PartnersHaveNoPlaces,
        UnmatchedKind::QuotaUsedUp,
        UnmatchedKind::AllTaken,
        UnmatchedKind::AllPreferOthers,
        UnmatchedKind::NothingToGain,
        UnmatchedKind::SearchStopped,
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

#[cfg(feature = "serde")]
#[test]
fn a_reason_that_is_none_is_refused_and_not_quoted() {
    let stored = |version: u32, why: &str| {
        serde_json::json!({ "format_version": version, "waiting": [{ "role": "mentee", "participant": "chen",
            "since": "2026-02-01", "cycles": 1, "why": why }] })
    };
    let sentence = "the only allowed partner is taken; best: ana at 75.0%";
    let read = |version, why| serde_json::from_value::<Waitlist>(stored(version, why));
    assert_eq!(read(1, sentence).unwrap(), read(2, "all_taken").unwrap());
    for (version, why) in [
        (1, "all_taken"),
        (2, sentence),
        (1, "s3cret"),
        (2, "s3cret"),
    ] {
        let error = read(version, why).unwrap_err().to_string();
        assert_eq!(
            error,
            "waiting[0].why: expected a kind of reason, for instance `all_taken`"
        );
    }
    for version in [0, 3] {
        let error = read(version, "all_taken").unwrap_err().to_string();
        let expected = format!("format_version: {version}, where only 1 to 2 can be read");
        assert_eq!(error, expected);
    }
}

#[test]
fn a_rule_that_states_no_tier_is_named_by_its_option_and_blames_nobody() {
    let cohort = Cohort::new([mentor("ana", 4)], [mentee("boris", 3), mentee("chen", 9)]).unwrap();
    let mut list = run(&cohort, &TIERS_FIRST).waitlist(&Waitlist::default(), day(2));
    let rule = CarryOver::default();
    for (wrong, option, tier) in [
        (CarryOver { start: 0, ..rule }, "start", 0),
        (CarryOver { start: 21, ..rule }, "start", 21),
        (CarryOver { highest: 0, ..rule }, "highest", 0),
        (
            CarryOver {
                highest: 21,
                ..rule
            },
            "highest",
            21,
        ),
    ] {
        let expected = CarryOverError::NoTier { option, tier };
        assert_eq!(wrong.apply(&cohort, &list).unwrap_err(), expected);
    }
    list.waiting[0].stated = Some(0);
    let error = rule.apply(&cohort, &list).unwrap_err().to_string();
    assert!(
        error.contains("mentee \"chen\": priority: outside 1 to 20"),
        "{error}"
    );
}
