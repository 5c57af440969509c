//! A programme that goes on: whatever happens, a plan is what a run from nothing would find.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;

mod ended;
mod events;
mod measures;
mod people;
mod saved;
mod sequences;
mod small;
mod states;
mod waitlist;
mod within;

use std::collections::BTreeSet;

use common::random::Random;
use mentormatch::{
    Attribute, Bounds, CancelToken, Cohort, Different, Engine, Event, Field, Hooks, Plan,
    PlanError, PlannedPair, Profile, Programme, ReportingLine, RunOptions, Same, TieBreaking,
};
use people::{cohort, event, programmes};

/// The pairs of a plan as mentee, mentor and score.
fn pairs(plan: &Plan) -> Vec<(String, String, u32)> {
    let plain = |own: &PlannedPair| {
        (
            own.mentee.to_string(),
            own.mentor.to_string(),
            own.score.ppm(),
        )
    };
    plan.pairs().iter().map(plain).collect()
}

/// Compares a plan with a run from nothing.
fn check(plan: &Plan, cohort: &Cohort, canonical: bool, context: &str) {
    let cold = Engine::new(plan.programme().clone())
        .run_with(cohort, &plan.options())
        .unwrap();
    assert_eq!(plan.objectives(), cold.objectives(), "{context}");
    if canonical {
        let made = cold.matching().pairs.iter();
        let made: Vec<_> = made
            .map(|own| {
                (
                    own.mentee.to_string(),
                    own.mentor.to_string(),
                    own.score.ppm(),
                )
            })
            .collect();
        assert_eq!(pairs(plan), made, "{context}");
    }
    assert_eq!(plan.verify(), Ok(()), "{context}");
}

/// Events that cannot be applied are refused and change nothing; all others are followed.
fn follow(programme: &str, events: u32, ties: TieBreaking) {
    let (_, programme) = programmes()
        .into_iter()
        .find(|own| own.0 == programme)
        .unwrap();
    let mut random = Random::new(u64::from(events));
    let cohort = cohort(&mut random, 30, 12);
    let options = RunOptions::default().seed(3).tie_breaking(ties);
    let mut plan = Engine::new(programme).plan(&cohort, &options).unwrap();
    let (mut applied, mut kinds) = (0, BTreeSet::new());
    for at in 0..events {
        let event = event(&mut random, &plan);
        let context = format!("event {at}: {event:?}");
        if let Ok(next) = plan.apply(event.clone()) {
            plan = next;
            applied += 1;
            kinds.insert(format!("{event:?}"));
            check(
                &plan,
                plan.cohort(),
                ties == TieBreaking::Canonical,
                &context,
            );
        }
    }
    assert!(applied > events / 3, "{applied} of {events}");
    assert!(kinds.len() > 10, "{kinds:?}");
}

#[test]
fn each_of_many_events_leads_where_a_run_from_nothing_leads() {
    follow("plain", 250, TieBreaking::Canonical);
    follow("total score alone", 150, TieBreaking::Canonical);
    follow("pairs kept", 150, TieBreaking::Canonical);
    follow("lowest score", 100, TieBreaking::Canonical);
    follow("own closures", 150, TieBreaking::Canonical);
    follow("rarity", 150, TieBreaking::Canonical);
    follow("same department only", 150, TieBreaking::Canonical);
    follow("distinct departments", 150, TieBreaking::Canonical);
}

#[test]
fn fast_plans_are_worth_what_runs_from_nothing_are() {
    follow("plain", 150, TieBreaking::Fast);
    follow("pairs kept", 100, TieBreaking::Fast);
}

/// A cohort that events have changed is the one that a check of everybody gives.
#[cfg(feature = "serde")]
#[test]
fn a_cohort_after_events_reads_and_warns_as_one_that_is_checked_anew() {
    let mut random = Random::new(8);
    let people = cohort(&mut random, 30, 12);
    let (_, programme) = programmes().swap_remove(0);
    let mut plan = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    for _ in 0..120 {
        let event = event(&mut random, &plan);
        plan = plan.apply(event).unwrap_or(plan);
    }
    let stored = serde_json::to_string(plan.cohort()).unwrap();
    let anew: Cohort = serde_json::from_str(&stored).unwrap();
    assert_eq!(plan.cohort().warnings(), anew.warnings());
    assert_eq!(plan.cohort().mentees(), anew.mentees());
    assert_eq!(plan.cohort().mentor_keys(), anew.mentor_keys());
    check(&plan, &anew, true, "read again");
}

#[test]
fn events_in_any_order_and_at_once_lead_to_the_same_plan() {
    let (_, programme) = programmes().swap_remove(0);
    let mut random = Random::new(21);
    let people = cohort(&mut random, 20, 8);
    let plan = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    let joins: Vec<_> = (40..52)
        .map(|number| match number % 3 {
            0 => Event::mentor_joins(people::mentor(&mut random, number)),
            _ => Event::mentee_joins(people::mentee(&mut random, number)),
        })
        .chain([
            Event::mentee_leaves("e3"),
            Event::mentor_leaves("r2"),
            Event::capacity("r4", 3),
        ])
        .collect();
    let at_once = plan.apply_all(joins.clone()).unwrap();
    for seed in 0..5 {
        let (mut random, mut order) = (Random::new(seed), joins.clone());
        let mut one_by_one = plan.clone();
        while !order.is_empty() {
            let next = random.below(u32::try_from(order.len()).unwrap()) as usize;
            one_by_one = one_by_one.apply(order.swap_remove(next)).unwrap();
        }
        assert_eq!(pairs(&one_by_one), pairs(&at_once));
        assert_eq!(
            one_by_one.cohort().mentees().len(),
            20 + 8 - 1,
            "nobody is lost"
        );
        assert_eq!(one_by_one.cohort().mentees(), at_once.cohort().mentees());
        assert_eq!(one_by_one.cohort().mentors(), at_once.cohort().mentors());
    }
}

#[test]
fn the_outcome_of_a_plan_is_that_of_a_run() {
    let (_, programme) = programmes().swap_remove(0);
    let mut random = Random::new(5);
    let people = cohort(&mut random, 30, 12);
    let plan = Engine::new(programme.clone())
        .plan(&people, &RunOptions::default())
        .unwrap();
    let events = [
        Event::mentee_leaves("e1"),
        Event::veto("e2", "r3"),
        Event::mentor_joins(people::mentor(&mut random, 13)),
    ];
    let plan = plan.apply_all(events).unwrap();
    let (outcome, run) = (
        plan.outcome().unwrap(),
        Engine::new(programme)
            .run_with(plan.cohort(), &plan.options())
            .unwrap(),
    );
    assert_eq!(outcome.matching(), run.matching());
    assert_eq!(outcome.unmatched(), run.unmatched());
    assert_eq!(outcome.warnings(), run.warnings());
    assert_eq!(outcome.wishes(), run.wishes());
    assert_eq!(pairs(&outcome.plan().unwrap()), pairs(&plan));
}

#[test]
fn an_event_that_cannot_be_is_refused_by_name_and_changes_nothing() {
    let (_, programme) = programmes().swap_remove(0);
    let mut random = Random::new(2);
    let people = cohort(&mut random, 12, 6);
    let plan = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    let before = pairs(&plan);
    let unknown = plan.apply_all([Event::mentee_leaves("e1"), Event::mentee_leaves("e1")]);
    let text = unknown.unwrap_err().to_string();
    assert_eq!(text, "event 1: no mentee \"e1\" in this plan");
    let twice = plan.apply(Event::mentor_joins(people::mentor(&mut random, 2)));
    assert!(matches!(twice, Err(PlanError::Cohort(_))));
    let made = &plan.pairs()[0];
    let locked = plan.apply(Event::lock(&made.mentee, &made.mentor)).unwrap();
    let cut = locked
        .apply(Event::capacity(&made.mentor, 0))
        .unwrap_err()
        .to_string();
    let expected = format!(
        "the lock of mentee {:?} and mentor {:?}: mentor {:?} has fewer places than locks (1)",
        made.mentee, made.mentor, made.mentor
    );
    assert_eq!(cut, expected);
    let vetoed = locked
        .apply(Event::veto(&made.mentee, &made.mentor))
        .unwrap_err()
        .to_string();
    assert!(
        vetoed.ends_with("the manager's veto forbids it"),
        "{vetoed}"
    );
    let paused = locked.apply(Event::pauses(mentormatch::Role::Mentor, &made.mentor));
    assert!(
        paused
            .unwrap_err()
            .to_string()
            .ends_with("not_active forbids it")
    );
    assert_eq!(pairs(&plan), before);

    let gone = locked.apply(Event::mentor_leaves(&made.mentor)).unwrap();
    assert_eq!(gone.released().len(), 1, "the lock is told, not lost");
    assert!(gone.decisions().locks.is_empty());
}

/// Everybody's facts must fit together after the events, not between them.
#[test]
fn what_does_not_fit_together_after_the_events_is_refused_with_person_and_field() {
    let ana = |site: &str| Profile::new("ana").site(site);
    let grade = |id: &str, answer| Profile::new(id).attribute("grade", answer).mentor(1);
    let mentors = [
        ana("Aarhus").mentor(1),
        grade("eve", Attribute::Number(1.0)),
    ];
    let people = Cohort::new(
        mentors,
        [ana("Aarhus").mentee(), Profile::new("boris").mentee()],
    );
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let plan = Engine::new(programme)
        .plan(&people.unwrap(), &RunOptions::default())
        .unwrap();
    let refused = |event| plan.apply(event).unwrap_err().to_string();

    let moves = Event::mentor_changes(ana("Odense").mentor(1));
    assert!(refused(moves.clone()).contains("\"ana\": site"));
    let both = plan.apply_all([moves, Event::mentee_changes(ana("Odense").mentee())]);
    assert!(both.is_ok(), "in one go, both roles move");
    let other = Event::mentor_joins(grade("fay", Attribute::Flag(true)));
    assert!(refused(other).contains("mentor \"fay\": attributes.grade"));
    let cycle = [("boris", "ana"), ("ana", "boris")].map(|(id, manager)| {
        let own = Profile::new(id).manager(manager);
        if id == "ana" {
            Event::mentor_changes(own.mentor(1))
        } else {
            Event::mentee_changes(own.mentee())
        }
    });
    let cycle = plan.apply_all(cycle).unwrap_err().to_string();
    assert!(
        cycle.contains("\"ana\" reports to \"boris\" reports to \"ana\""),
        "{cycle}"
    );
    assert!(
        refused(Event::capacity("eve", Bounds { min: 3, max: 1 })).contains("\"eve\": capacity")
    );
}

/// A manager who joins or moves changes what rules say about everybody below.
#[test]
fn chains_of_managers_are_followed_through_those_who_join_and_leave() {
    let boris = Profile::new("boris").manager("dana").mentee();
    let people = Cohort::new([Profile::new("chief").mentor(1)], [boris]).unwrap();
    let programme = Programme::builder()
        .weigh(1, Different::new(Field::Site))
        .forbid(ReportingLine::any_distance())
        .build()
        .unwrap();
    let plan = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    assert_eq!(
        plan.pairs().len(),
        1,
        "nobody knows of a line from boris to chief"
    );
    let dana = Profile::new("dana").manager("chief").mentor(0);
    let joined = plan.apply(Event::mentor_joins(dana)).unwrap();
    assert_eq!(
        joined.pairs().len(),
        0,
        "dana reports to chief, and boris to dana"
    );
    let left = joined.apply(Event::mentor_leaves("dana")).unwrap();
    assert_eq!(
        left.pairs().len(),
        0,
        "the line does not break where somebody leaves"
    );
    check(&left, left.cohort(), true, "left");
}

#[test]
fn a_cancelled_event_changes_nothing() {
    let (_, programme) = programmes().swap_remove(0);
    let people = cohort(&mut Random::new(1), 12, 6);
    let plan = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    let before = pairs(&plan);
    let mut hooks = Hooks::default();
    let token = CancelToken::default();
    hooks.cancel = Some(token.clone());
    token.cancel();
    let cancelled = plan.apply_with([Event::mentee_leaves("e1")], &hooks);
    assert!(matches!(cancelled, Err(PlanError::Run(error)) if error.is_cancelled()));
    assert_eq!(pairs(&plan), before);
}
