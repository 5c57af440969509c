//! Events are made in one way each, and ids that are swapped are told.

use mentormatch::{
    CalendarDate, Cohort, Engine, Event, Field, Override, PastPairs, Plan, PlanError, Profile,
    Programme, Role, RunOptions, SameValue, SkillCoverage,
};

/// Ana and boris are of one department, which a rule is against.
fn plan() -> Plan {
    let ana = Profile::new("ana").offer("rust", 4).department("Sales");
    let boris = Profile::new("boris").need("rust", 3).department("Sales");
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .forbid(SameValue::new(Field::Department))
        .forbid(PastPairs::ever())
        .build()
        .unwrap();
    let cohort = Cohort::new([ana.mentor(1)], [boris.mentee()]).unwrap();
    let plan = Engine::new(programme).plan(&cohort, &RunOptions::default());
    plan.unwrap()
}

fn spring() -> CalendarDate {
    CalendarDate::new(2026, 3, 1).unwrap()
}

#[test]
fn pairs_are_allowed_vetoed_made_and_ended() {
    let agreed = Override::new("boris", "ana", "same_value:department", "both heads agree");
    let steps = [
        (Event::allow(agreed), 1),
        (Event::veto("boris", "ana"), 0),
        (Event::lift_veto("boris", "ana"), 1),
        (Event::lock("boris", "ana"), 1),
        (Event::pair_ends("boris", "ana", spring()), 0),
    ];
    let mut now = plan();
    for (event, pairs) in steps {
        let what = format!("{event:?}");
        now = now.apply(event).unwrap();
        assert_eq!(now.pairs().len(), pairs, "{what}");
    }
    assert_eq!(now.cohort().past_pairs()[0].ended, Some(spring()));
}

/// What a plan takes, a run of its people and a resumed plan take too.
#[test]
fn overrides_that_a_run_refuses_are_refused_by_a_plan() {
    let refused = |rule: &str, reason: &str| {
        let agreed = Override::new("boris", "ana", rule, reason);
        let error = plan().apply(Event::allow(agreed)).unwrap_err();
        error.to_string()
    };
    for (rule, reason, told) in [
        ("nope", "both heads agree", "nope"),
        ("veto", "both heads agree", "veto"),
        ("not_active", "both heads agree", "not_active"),
        ("same_value:department", " ", "same_value:department"),
    ] {
        let error = refused(rule, reason);
        assert!(error.contains(told), "{error}");
    }
}

/// An override of a rule that is dropped has nothing to lift: the plan can still be run and resumed.
#[test]
fn a_rule_that_is_dropped_takes_its_overrides_along() {
    let agreed = Override::new("boris", "ana", "same_value:department", "both heads agree");
    let plan = plan().apply(Event::allow(agreed)).unwrap();
    let programme = Programme::builder().weigh(1, SkillCoverage::default());
    let programme = programme.build().unwrap();
    let next = plan.under(&programme).unwrap();
    assert_eq!((plan.pairs().len(), next.pairs().len()), (1, 1));
    assert!(next.decisions().overrides.is_empty());
    let engine = Engine::new(programme);
    let run = engine.run_with(next.cohort(), &next.options()).unwrap();
    assert_eq!(run.matching().pairs.len(), 1);
    assert!(engine.resume(next.cohort(), &next.save()).is_ok());
}

#[test]
fn swapped_ids_are_told() {
    let refused = |event: Event| plan().apply(event).unwrap_err();
    let of_pairs = [
        Event::veto("ana", "boris"),
        Event::lift_veto("ana", "boris"),
        Event::lock("ana", "boris"),
        Event::unlock("ana", "boris"),
        Event::pair_ends("ana", "boris", spring()),
    ];
    for event in of_pairs {
        let error = refused(event).to_string();
        assert_eq!(
            error,
            "event 0: no mentee \"ana\" in this plan (a mentor has this id)"
        );
    }
    let PlanError::Unknown {
        role,
        in_other_role,
        ..
    } = refused(Event::capacity("boris", 2))
    else {
        panic!("a mentee has no capacity");
    };
    assert_eq!((role, in_other_role), (Role::Mentor, true));
    let nobody = refused(Event::veto("dora", "ana")).to_string();
    assert_eq!(nobody, "event 0: no mentee \"dora\" in this plan");
}

#[test]
fn a_pair_may_end_after_one_of_the_two_has_left() {
    for pair in [("boris", "gone"), ("gone", "ana"), ("gone", "lost")] {
        let ended = plan()
            .apply(Event::pair_ends(pair.0, pair.1, spring()))
            .unwrap();
        assert_eq!(ended.cohort().past_pairs().len(), 1);
    }
}
