//! Who waits, and what waiting is worth.

use std::collections::BTreeMap;

use mentormatch::{
    CalendarDate, CarryOver, Cohort, Engine, Mentee, Mentor, Objective, Outcome, Profile,
    Programme, Role, SkillCoverage, Status, Waitlist,
};

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
            .starts_with(r#"{"format_version":1,"waiting":[{"role":"mentee","participant":"chen""#)
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
