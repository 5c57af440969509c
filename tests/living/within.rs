//! Few pairs given up: legal, within the limit, and never above the bound.

use std::collections::BTreeSet;

use mentormatch::{
    Cohort, CriterionKind, Engine, Event, Field, LimitedPlan, ObjectiveValue, Plan, Profile,
    Programme, Quota, Role, RunOptions,
};

use crate::common::random::Random;
use crate::people::{self, builder, cohort, programmes};

fn values(objectives: &[ObjectiveValue]) -> Vec<u64> {
    objectives.iter().map(|own| own.value).collect()
}

/// Plans before and after something has happened to many.
fn before_and_after(seed: u64) -> (Plan, Plan) {
    let (_, programme) = programmes().swap_remove(0);
    let mut random = Random::new(seed);
    let people = cohort(&mut random, 24, 9);
    let before = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    let events = (40..46)
        .map(|number| Event::mentee_joins(people::mentee(&mut random, number)))
        .chain([
            Event::mentor_leaves("r3"),
            Event::mentee_leaves("e4"),
            Event::capacity("r5", 1),
        ])
        .chain([Event::mentee_changes(people::mentee(
            &mut Random::new(seed + 7),
            6,
        ))]);
    let after = before.apply_all(events.collect::<Vec<_>>()).unwrap();
    (before, after)
}

fn ids(limited: &LimitedPlan) -> Vec<(String, String)> {
    let pairs = limited.pairs.iter();
    pairs
        .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
        .collect()
}

/// A run in which all these pairs are locked is refused unless they are legal together.
fn assert_legal(after: &Plan, limited: &LimitedPlan) {
    let lock = |decisions: mentormatch::Decisions, (mentee, mentor): (String, String)| {
        decisions.lock(mentee, mentor)
    };
    let decisions = ids(limited)
        .into_iter()
        .fold(after.decisions().clone(), lock);
    let options = RunOptions::default().decisions(decisions);
    let engine = Engine::new(after.programme().clone());
    let locked = engine.run_with(after.cohort(), &options).unwrap();
    let totals = locked.matching().totals;
    assert_eq!(
        totals.matched_mentees,
        u32::try_from(limited.changes.after[0].value).unwrap()
    );
}

#[test]
fn a_limited_plan_is_legal_within_its_limit_and_below_its_bound() {
    let mut gave_up = BTreeSet::new();
    for seed in 0..12 {
        let (before, after) = before_and_after(seed);
        let all = before.pairs().len();
        let best = values(&after.objectives());
        for most in [0, 1, 2, 4, all] {
            let limited = after.within(&before, most).unwrap();
            assert!(limited.given_up <= most);
            assert_legal(&after, &limited);
            let own = values(&limited.changes.after);
            assert!(own <= best, "{own:?} {best:?}");
            assert_eq!(values(&limited.best), best);
            assert_eq!(
                limited.changes.after.iter().all(|own| own.proved),
                own == best
            );
            // Whoever is there and may keep her mentor, keeps him, but for those given up.
            let kept: BTreeSet<_> = ids(&limited).into_iter().collect();
            let possible = before.pairs().into_iter().filter(|own| {
                let (mentee, mentor) = (own.mentee.as_str(), own.mentor.as_str());
                let is_there = after.cohort().mentee_idx(mentee).is_some()
                    && after.cohort().mentor_idx(mentor).is_some();
                is_there && mentor != "r5" && mentee != "e6"
            });
            let missing = possible
                .filter(|own| !kept.contains(&(own.mentee.to_string(), own.mentor.to_string())));
            assert!(missing.count() <= limited.given_up);
            if most == all {
                assert_eq!(own, best, "a limit that suffices gives the optimum");
            }
            gave_up.insert(limited.given_up);
        }
    }
    assert!(gave_up.len() > 3, "limits bind: {gave_up:?}");
}

#[test]
fn a_quota_holds_under_a_limit_too() {
    let quota = Quota::new(Role::Mentee, Field::Department, ["Sales"]).at_most(4);
    let mut random = Random::new(3);
    let people = cohort(&mut random, 24, 9);
    let programme = builder().quota(quota).build().unwrap();
    let before = Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap();
    let joins = (40..50).map(|number| Event::mentee_joins(people::mentee(&mut random, number)));
    let after = before.apply_all(joins.collect::<Vec<_>>()).unwrap();
    for most in [0, 2, 30] {
        assert_legal(&after, &after.within(&before, most).unwrap());
    }
}

/// Two are left over whom the same mentor suits best: whoever came first could take her from the other.
#[test]
fn those_who_are_left_over_are_placed_as_well_as_can_be() {
    let fit = CriterionKind::pairwise("fit", 1, |mentee, mentor| {
        let pair = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
        Some(match pair {
            ("bob", "r1") | ("cid", "r0") | ("ann", "r2") | ("amy", "r3") => 0.95,
            ("bob" | "cid", "r2") => 0.6,
            ("bob", "r3") => 0.5,
            _ => 0.1,
        })
    });
    let programme = Programme::builder().weigh(1, fit).build().unwrap();
    let people = ["ann", "amy", "r0", "r1"].map(Profile::new);
    let [ann, amy, r0, r1] = people;
    let cohort = Cohort::new([r0.mentor(1), r1.mentor(1)], [ann.mentee(), amy.mentee()]).unwrap();
    for seed in 0..8 {
        let options = RunOptions::default().seed(seed);
        let before = Engine::new(programme.clone()).plan(&cohort, &options);
        let before = before.unwrap();
        let mentees = ["bob", "cid"].map(|id| Event::mentee_joins(Profile::new(id).mentee()));
        let mentors = ["r2", "r3"].map(|id| Event::mentor_joins(Profile::new(id).mentor(1)));
        let after = before
            .apply_all(mentees.into_iter().chain(mentors))
            .unwrap();
        let limited = after.within(&before, 0).unwrap();
        assert_eq!(values(&limited.best), [4, 3_800_000]);
        assert_eq!(
            values(&limited.changes.after),
            [4, 100_000 + 100_000 + 500_000 + 600_000]
        );
    }
}
