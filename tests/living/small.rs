//! Small programmes with all that a plan may have to obey: quotas, minimums, two mentors a mentee,
//! locks and vetoes, under several objectives.

use std::collections::BTreeSet;

use mentormatch::{
    Bounds, Cohort, CriterionKind, Engine, Event, Field, LimitedPlan, Mentee, Mentor, Objective,
    ObjectiveValue, Plan, Profile, Programme, Quota, Role, RunOptions,
};

use crate::common::random::Random;
use crate::{check, pairs};

const PEOPLE: u32 = 5;

fn department(random: &mut Random) -> &'static str {
    ["Sales", "Legal"][random.below(2) as usize]
}

pub(crate) fn mentee(random: &mut Random, at: u32) -> Mentee {
    let own = Profile::new(format!("e{at}")).department(department(random));
    own.mentee().demand(1 + random.below(2))
}

pub(crate) fn mentor(random: &mut Random, at: u32, minimum: u32) -> Mentor {
    let min = random.below(minimum + 1);
    let max = min.max(1) + random.below(2);
    let own = Profile::new(format!("r{at}")).department(department(random));
    own.mentor(Bounds { min, max })
}

/// Scores in tenths that have nothing to do with the people but for their ids and departments.
pub(crate) fn programme(objectives: &[Objective], quota: Option<u32>, seed: u64) -> Programme {
    let fit = CriterionKind::pairwise("fit", 1, move |mentee, mentor| {
        let of = |own: &Profile| {
            let number: u64 = own.id.as_str()[1..].parse().unwrap();
            number * 2 + u64::from(own.department.as_deref() == Some("Sales"))
        };
        let own = seed * 1000 + of(&mentee.profile) * 31 + of(&mentor.profile);
        Some(f64::from(Random::new(own).below(11)) / 10.0)
    });
    let quotas = quota.map(|most| {
        let sales = |role| Quota::new(role, Field::Department, ["Sales"]).at_most(most);
        [sales(Role::Mentee), sales(Role::Mentor)]
    });
    let builder = Programme::builder().weigh(1, fit);
    let builder = builder.objectives(objectives.iter().copied());
    let quotas = quotas.into_iter().flatten();
    let builder = quotas.fold(builder, |builder, quota| builder.quota(quota));
    builder.build().unwrap()
}

pub(crate) fn event(random: &mut Random, (people, minimum): (u32, u32), plan: &Plan) -> Event {
    let (at, other) = (random.below(people), random.below(people));
    let (mentee_id, mentor_id) = (format!("e{at}"), format!("r{other}"));
    match random.below(9) {
        0 => Event::mentee_leaves(mentee_id),
        1 => Event::mentee_joins(mentee(random, at)),
        2 | 3 => Event::mentee_changes(mentee(random, at)),
        4 => Event::mentor_changes(mentor(random, other, minimum)),
        5 => Event::veto(mentee_id, mentor_id),
        6 => Event::lock(mentee_id, mentor_id),
        7 => plan
            .decisions()
            .locks
            .first()
            .map_or(Event::demand(mentee_id, 1), |own| {
                Event::unlock(&own.mentee, &own.mentor)
            }),
        _ => Event::demand(mentee_id, 1 + random.below(2)),
    }
}

fn values(objectives: &[ObjectiveValue]) -> Vec<u64> {
    objectives.iter().map(|own| own.value).collect()
}

/// The same people with these pairs locked, which is refused unless rules, places and quotas allow them
/// together.
fn locked(plan: &Plan, limited: &LimitedPlan) {
    let own = limited.pairs.iter();
    let decisions = own.fold(plan.decisions().clone(), |decisions, own| {
        decisions.lock(&own.mentee, &own.mentor)
    });
    let options = RunOptions::default().decisions(decisions);
    let engine = Engine::new(plan.programme().clone());
    engine.run_with(plan.cohort(), &options).unwrap();
}

/// Whether the values alone say which matching is better, the higher one: nothing is counted between them,
/// none is of several levels, and none is best when low.
fn is_compared_by_values(objectives: &[Objective]) -> bool {
    let is_plain =
        |own: &Objective| !matches!(own, Objective::SpreadLoad | Objective::Leximin { .. });
    objectives[0] == Objective::Participation && objectives.iter().all(is_plain)
}

/// What holds of a proposal, whatever the objectives.
fn check_within(plan: &Plan, before: &Plan, has_minimums: bool) -> bool {
    let best = values(&plan.objectives());
    let mut falls_short = false;
    for most in [0, 1, 2, usize::MAX] {
        let limited = plan.within(before, most).unwrap();
        locked(plan, &limited);
        assert!(limited.given_up <= most);
        assert_eq!(values(&limited.best), best);
        let own = values(&limited.changes.after);
        if is_compared_by_values(plan.programme().objectives()) && !has_minimums {
            assert!(own <= best, "{own:?} is above {best:?}");
        }
        if most == usize::MAX {
            assert_eq!(own, best);
        }
        let is_proved = limited.changes.after.iter().all(|own| own.proved);
        assert!(!is_proved || own == best);
        for lock in &plan.decisions().locks {
            let is_it = |own: &&mentormatch::PlannedPair| {
                own.mentee == lock.mentee && own.mentor == lock.mentor
            };
            assert!(limited.pairs.iter().any(|own| is_it(&own)));
        }
        falls_short |= own != best;
    }
    falls_short
}

#[test]
fn small_programmes_are_followed_under_quotas_minimums_and_two_mentors_each() {
    use Objective::{KeepPairs, Leximin, Pairs, Participation, SpreadLoad, TotalScore, WorstScore};
    let resolution = mentormatch::Score::from_unit(0.25).unwrap();
    let all: [&[Objective]; 6] = [
        &[Participation, TotalScore],
        &[Participation, WorstScore, TotalScore],
        &[WorstScore, TotalScore],
        &[Participation, KeepPairs, TotalScore],
        &[Participation, Pairs, SpreadLoad, TotalScore],
        &[Participation, Leximin { resolution }, TotalScore],
    ];
    let (mut applied, mut short) = (0, BTreeSet::new());
    for (seed, which) in (0..96).zip((0..all.len()).cycle()) {
        let mut random = Random::new(seed);
        let objectives = all[which];
        let (minimum, quota) = (random.below(2), random.below(4));
        let quota = (quota > 0).then_some(quota);
        let mentors: Vec<_> = (0..PEOPLE - 1)
            .map(|at| mentor(&mut random, at, minimum))
            .collect();
        let mentees: Vec<_> = (0..PEOPLE).map(|at| mentee(&mut random, at)).collect();
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let engine = Engine::new(programme(objectives, quota, seed));
        let mut plan = engine.plan(&cohort, &RunOptions::default()).unwrap();
        for at in 0..8 {
            let event = event(&mut random, (PEOPLE, minimum), &plan);
            let context = format!("seed {seed}, event {at}: {event:?}");
            let Ok(next) = plan.apply(event) else {
                continue;
            };
            check(&next, next.cohort(), true, &context);
            if check_within(&next, &plan, minimum > 0) {
                short.insert(which);
            }
            (plan, applied) = (next, applied + 1);
        }
    }
    assert!(applied > 300, "{applied}");
    assert_eq!(short.len(), all.len(), "limits bind: {short:?}");
}

/// Two of a group were matched outside it; now the group may have one.
#[test]
fn pairs_that_a_quota_does_not_allow_together_any_more_are_not_kept() {
    let own = |id: &str, at: &str| Profile::new(id).department(at).mentee();
    let quota = Quota::new(Role::Mentee, Field::Department, ["Sales"]).at_most(1);
    let programme = Programme::builder()
        .weigh(1, mentormatch::Same::new(Field::Department))
        .quota(quota)
        .build()
        .unwrap();
    let mentors = ["x", "y"].map(|id| Profile::new(id).mentor(1));
    let cohort = Cohort::new(mentors, [own("g1", "Sales"), own("g2", "Legal")]).unwrap();
    let before = Engine::new(programme)
        .plan(&cohort, &RunOptions::default())
        .unwrap();
    assert_eq!(before.pairs().len(), 2);
    let after = before
        .apply(Event::mentee_changes(own("g2", "Sales")))
        .unwrap();
    let limited = after.within(&before, 0).unwrap();
    assert_eq!((limited.pairs.len(), limited.given_up), (1, 0));
    assert_eq!(limited.pairs, after.pairs());
}

/// Ann could have a second mentor, whose score would be the lowest.
#[test]
fn whoever_has_a_mentor_takes_no_pair_that_lowers_the_lowest_score() {
    let fit = CriterionKind::pairwise("fit", 1, |mentee, mentor| {
        let pair = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
        Some(match pair {
            ("ann", "r1") => 0.9,
            ("bob", "r2") => 0.5,
            ("bob", "r3") => 0.95,
            _ => 0.1,
        })
    });
    use Objective::{Participation, TotalScore, WorstScore};
    let programme =
        Programme::builder()
            .weigh(1, fit)
            .objectives([Participation, WorstScore, TotalScore]);
    let mentees = [
        Profile::new("ann").mentee().demand(2),
        Profile::new("bob").mentee(),
    ];
    let mentors = ["r1", "r2"].map(|id| Profile::new(id).mentor(1));
    let before = Engine::new(programme.build().unwrap())
        .plan(
            &Cohort::new(mentors, mentees).unwrap(),
            &RunOptions::default(),
        )
        .unwrap();
    let joins = Event::mentor_joins(Profile::new("r3").mentor(1));
    let after = before.apply(joins).unwrap();
    let limited = after.within(&before, 0).unwrap();
    assert_eq!(values(&limited.changes.after), [2, 500_000, 1_400_000]);
    assert_eq!(pairs(&before).len(), limited.pairs.len());
    let best = after.within(&before, 1).unwrap();
    assert_eq!(values(&best.changes.after), [2, 900_000, 1_850_000]);
}
