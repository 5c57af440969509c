//! Minimums that cannot be met: the shortage is the least possible, and its proof holds water.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::exhaustive;
use common::generate::{self, SMALL};
use common::instance::{Instance, People};
use mentormatch::solver::{
    Assignment, Bottleneck, Bound, Groups, Hooks, Level, Method, Owner, Problem, Scarce, Shortage,
    ShortageViolation, SolveOptions, TieBreak, solve,
};
use mentormatch::{MenteeIdx, MentorIdx};
use proptest::prelude::*;

/// What all minimums add up to.
fn required(instance: &Instance) -> i128 {
    let of = |people: &People| -> i128 {
        let groups = people.groups.iter().flat_map(|groups| &groups.min);
        people
            .min
            .iter()
            .chain(groups)
            .map(|&min| i128::from(min))
            .sum()
    };
    of(&instance.mentees) + of(&instance.mentors)
}

fn least_shortfall(instance: &Instance) -> i128 {
    required(instance) - exhaustive::optimum(instance, &[Level::Minimums])[0]
}

fn shortage_of(problem: &Problem<'_>) -> Option<Shortage> {
    let solution = solve(problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    solution.shortage(problem)
}

/// The shortage of an instance through every door and method; all are the same.
fn agreed(instance: &Instance) -> Option<Shortage> {
    let absent = instance.unused_score();
    let row = |mentee: MenteeIdx, scores: &mut [i32]| {
        for (score, given) in scores.iter_mut().zip(&instance.scores[mentee.index()]) {
            *score = given.unwrap_or(absent);
        }
    };
    let rows = instance.rows();
    let computed = instance.on_demand(&row, i32::MIN..=i32::MAX, Some(absent));
    let first = shortage_of(&instance.dense());
    for problem in [instance.dense(), instance.sparse(&rows), computed] {
        for levels in [vec![Level::TotalScore], vec![Level::Minimums, Level::Pairs]] {
            for method in [Method::Auto, Method::MinCostFlow] {
                for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
                    let options = SolveOptions::new(levels.clone()).method(method);
                    let solution = solve(&problem, &options.tie_break(tie_break)).unwrap();
                    assert_eq!(solution.shortage(&problem), first, "{instance:?}");
                }
            }
        }
        if let Some(shortage) = &first {
            assert_eq!(shortage.check(&problem), Ok(()));
        }
    }
    first
}

/// One change to a shortage; `None` if there is nothing of the kind to change.
fn tampered(
    shortage: &Shortage,
    instance: &Instance,
    change: usize,
    at: usize,
) -> Option<Shortage> {
    let mut shortage = shortage.clone();
    let number = at % shortage.bottlenecks.len();
    let part = &mut shortage.bottlenecks[number];
    let nth = |len: usize| (len > 0).then(|| at % len);
    match change {
        0 => shortage.shortfall += 1,
        1 => shortage.shortfall -= 1,
        2 => nudge(&mut part.claims, at, 1)?,
        3 => nudge(&mut part.claims, at, -1)?,
        4 => drop(part.claims.remove(nth(part.claims.len())?)),
        5 => nudge(&mut part.limits, at, -1)?,
        6 => nudge(&mut part.limits, at, 1)?,
        7 => drop(part.limits.remove(nth(part.limits.len())?)),
        8 => drop(part.pairs.remove(nth(part.pairs.len())?)),
        9 => drop(part.members.remove(nth(part.members.len())?)),
        10 => add_member(part, instance, at)?,
        11 => drop(shortage.bottlenecks.remove(number)),
        12 => {
            let twice = part.clone();
            shortage.shortfall += twice.shortfall();
            shortage.bottlenecks.push(twice);
        }
        _ => {
            part.scarce = match part.scarce {
                Scarce::Mentees => Scarce::Mentors,
                Scarce::Mentors => Scarce::Mentees,
            }
        }
    }
    Some(shortage)
}

fn nudge(bounds: &mut [Bound], at: usize, by: i32) -> Option<()> {
    let at = at % bounds.len().max(1);
    let bound = bounds.get_mut(at)?;
    bound.places = bound.places.wrapping_add_signed(by);
    Some(())
}

fn add_member(part: &mut Bottleneck, instance: &Instance, at: usize) -> Option<()> {
    let mentees = (0..instance.mentees.len()).map(Owner::Mentee);
    let people = mentees.chain((0..instance.mentors.len()).map(Owner::Mentor));
    let others: Vec<_> = people
        .filter(|owner| !part.members.contains(owner))
        .collect();
    part.members.push(*others.get(at % others.len().max(1))?);
    part.members.sort_unstable();
    Some(())
}

/// Mentors of few kinds.
fn with_kinds() -> impl Strategy<Value = Instance> {
    let kinds = proptest::collection::vec(proptest::option::weighted(0.8, 0_u32..3), 16);
    (generate::instance(SMALL), kinds).prop_map(|(mut instance, mut kinds)| {
        kinds.truncate(instance.mentors.len());
        instance.kinds = kinds;
        instance
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn mentors_of_one_kind_count_once(instance in with_kinds()) {
        let least = least_shortfall(&instance);
        let shortage = agreed(&instance);
        let found = shortage.as_ref().map_or(0, |shortage| i128::from(shortage.shortfall));
        prop_assert_eq!(found, least, "{:?}", instance);
    }

    /// What passes the check is true, whatever was changed.
    #[test]
    fn what_was_tampered_with_is_refused_where_mentors_are_of_kinds(
        instance in with_kinds(),
        change in 0usize..15,
        at in any::<usize>(),
    ) {
        let problem = instance.dense();
        let Some(shortage) = shortage_of(&problem) else { return Ok(()) };
        let changed = if change == 14 {
            let mut more = shortage.clone();
            let number = at % more.bottlenecks.len();
            more.bottlenecks[number].usable += 1;
            Some(more)
        } else {
            tampered(&shortage, &instance, change, at)
        };
        let Some(changed) = changed else { return Ok(()) };
        let passes = changed.check(&problem).is_ok();
        if change != 10 || !instance.has_groups() {
            prop_assert!(!passes, "{:?}", changed);
        }
        if passes {
            prop_assert_eq!(i128::from(changed.shortfall), least_shortfall(&instance));
        }
    }

    #[test]
    fn a_shortage_is_the_least_shortfall_of_all(instance in generate::instance(SMALL)) {
        let least = least_shortfall(&instance);
        let shortage = agreed(&instance);
        let found = shortage.as_ref().map_or(0, |shortage| i128::from(shortage.shortfall));
        prop_assert_eq!(found, least);
        if let Some(shortage) = shortage {
            let parts = shortage.bottlenecks.iter().map(Bottleneck::shortfall);
            prop_assert_eq!(i128::from(parts.sum::<u64>()), least);
        }
    }

    /// What passes the check is true, whatever was changed; and changes are refused.
    #[test]
    fn what_was_tampered_with_is_refused(
        instance in generate::instance(SMALL),
        change in 0usize..14,
        at in any::<usize>(),
    ) {
        let problem = instance.dense();
        let Some(shortage) = shortage_of(&problem) else { return Ok(()) };
        let Some(changed) = tampered(&shortage, &instance, change, at) else { return Ok(()) };
        let passes = changed.check(&problem).is_ok();
        // One more member of a group that is in the set may be there to no effect.
        if change != 10 || !instance.has_groups() {
            prop_assert!(!passes, "{:?}", changed);
        }
        if passes {
            prop_assert_eq!(i128::from(changed.shortfall), least_shortfall(&instance));
        }
    }

    /// Another problem's shortage is true of this one, or refused; another problem's solution gives
    /// none, or a true one. Nothing panics or goes on for ever.
    #[test]
    fn other_problems_are_no_danger(
        one in generate::instance(SMALL),
        other in generate::instance(SMALL),
    ) {
        let (here, there) = (one.dense(), other.dense());
        let solution = solve(&there, &SolveOptions::new([Level::Minimums])).unwrap();
        let shortages = [shortage_of(&there), solution.shortage(&here)];
        for shortage in shortages.into_iter().flatten() {
            if shortage.check(&here).is_ok() {
                prop_assert!(i128::from(shortage.shortfall) <= least_shortfall(&one));
            }
        }
    }
}

fn bounds(owners: impl IntoIterator<Item = Owner>, places: u32) -> Vec<Bound> {
    let bound = |owner| Bound { owner, places };
    owners.into_iter().map(bound).collect()
}

fn the_only(shortage: Option<Shortage>) -> Bottleneck {
    let mut bottlenecks = shortage.unwrap().bottlenecks;
    assert_eq!(bottlenecks.len(), 1, "{bottlenecks:?}");
    bottlenecks.remove(0)
}

fn all_allowed(mentees: usize, mentors: usize) -> Problem<'static> {
    Problem::dense(mentees, mentors, vec![5; mentees * mentors], None).unwrap()
}

#[test]
fn mentors_share_too_few_mentees() {
    let problem = all_allowed(4, 3).with_capacities(vec![2; 3]).unwrap();
    let problem = problem.with_minimum_loads(vec![2; 3]).unwrap();
    let bottleneck = the_only(shortage_of(&problem));
    assert_eq!(bottleneck.scarce, Scarce::Mentees);
    assert_eq!(bottleneck.claims, bounds((0..3).map(Owner::Mentor), 2));
    assert_eq!(bottleneck.limits, bounds((0..4).map(Owner::Mentee), 1));
    assert_eq!(bottleneck.pairs, []);
    assert_eq!(bottleneck.members.len(), 7);
}

/// Everybody else is at the minimum, and has nothing to do with it.
#[test]
fn a_mentor_may_have_one_mentee_only() {
    let scores = [5, 5, -1, 5, -1, 5];
    let problem = Problem::dense(3, 2, &scores, Some(-1))
        .and_then(|problem| problem.with_capacities(vec![2, 3]))
        .and_then(|problem| problem.with_minimum_loads(vec![2, 2]))
        .unwrap();
    for demands in [vec![1; 3], vec![5; 3]] {
        let problem = problem.clone().with_demands(demands).unwrap();
        let bottleneck = the_only(shortage_of(&problem));
        assert_eq!(bottleneck.members, [Owner::Mentor(0)]);
        assert_eq!(bottleneck.claims, bounds([Owner::Mentor(0)], 2));
        assert_eq!(bottleneck.pairs, [(MenteeIdx::new(0), MentorIdx::new(0))]);
        assert_eq!((bottleneck.limits.len(), bottleneck.shortfall()), (0, 1));
    }
}

#[test]
fn a_mentee_may_have_no_mentor() {
    let problem = Problem::dense(2, 1, &[5, -1], Some(-1)).unwrap();
    let problem = problem.with_minimum_demands(vec![1, 1]).unwrap();
    let bottleneck = the_only(shortage_of(&problem));
    assert_eq!(bottleneck.scarce, Scarce::Mentors);
    assert_eq!(bottleneck.members, [Owner::Mentee(1)]);
    assert_eq!(
        bottleneck.to_string(),
        "1 needed: mentee 1 (1); 0 available"
    );
}

/// A minimum above the number of people on the other side.
#[test]
fn all_mentors_are_of_one_kind() {
    let problem = all_allowed(1, 3)
        .with_demands(vec![3])
        .and_then(|problem| problem.with_minimum_demands(vec![3]))
        .and_then(|problem| problem.with_mentor_kinds(&[Some(1), Some(1), None]))
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    assert_eq!(
        shortage.to_string(),
        "minimums fall short by 1\n3 needed: mentee 0 (3); 2 available: mentee 0 with mentor 0, \
         mentee 0 with mentor 1, mentee 0 with mentor 2, mentors of one kind being one"
    );
    assert!(shortage.bottlenecks[0].core(&problem).is_none());
}

/// One mentee, who may have all four; but of two mentors of one kind she has one.
#[test]
fn mentors_of_each_kind_are_short_for_themselves() {
    let problem = all_allowed(1, 4)
        .with_demands(vec![4])
        .and_then(|problem| problem.with_minimum_loads(vec![1; 4]))
        .and_then(|problem| problem.with_mentor_kinds(&[Some(0), Some(0), Some(1), Some(1)]))
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    let claims = shortage.bottlenecks.iter().map(|part| part.claims.clone());
    let expected = [[0, 1], [2, 3]].map(|mentors| bounds(mentors.map(Owner::Mentor), 1));
    assert_eq!(claims.collect::<Vec<_>>(), expected);
    assert_eq!(shortage.check(&problem), Ok(()));
}

#[test]
fn there_are_not_enough_people() {
    let problem = all_allowed(2, 1).with_capacities(vec![9]).unwrap();
    let problem = problem.with_minimum_loads(vec![5]).unwrap();
    assert_eq!(the_only(shortage_of(&problem)).shortfall(), 3);
    let problem = all_allowed(0, 1).with_minimum_loads(vec![1]).unwrap();
    let bottleneck = the_only(shortage_of(&problem));
    assert_eq!(bottleneck.members, [Owner::Mentor(0)]);
}

#[test]
fn a_group_has_too_few_mentees() {
    // Mentors 0 and 1 are a group that should have three pairs; only mentee 0 may go there.
    let scores = [5, 5, 5, -1, -1, 5, -1, -1, 5];
    let groups = Groups::new(vec![Some(0), Some(0), None], vec![None], vec![4]);
    let problem = Problem::dense(3, 3, &scores, Some(-1))
        .and_then(|problem| problem.with_capacities(vec![3; 3]))
        .and_then(|problem| problem.with_mentor_groups(groups?.with_minima(vec![3])?))
        .unwrap();
    let bottleneck = the_only(shortage_of(&problem));
    assert_eq!(bottleneck.claims, bounds([Owner::MentorGroup(0)], 3));
    assert_eq!(bottleneck.limits, bounds([Owner::Mentee(0)], 1));
}

#[test]
fn a_groups_maximum_may_be_the_limit() {
    let groups = Groups::new(vec![Some(0); 3], vec![None], vec![2]).unwrap();
    let problem = all_allowed(3, 3).with_mentee_groups(groups).unwrap();
    let problem = problem.with_minimum_demands(vec![1; 3]).unwrap();
    let bottleneck = the_only(shortage_of(&problem));
    assert_eq!(bottleneck.members, [Owner::MenteeGroup(0)]);
    assert_eq!(bottleneck.claims, bounds((0..3).map(Owner::Mentee), 1));
    assert_eq!(bottleneck.limits, bounds([Owner::MenteeGroup(0)], 2));
}

/// A member is short, and so is the group for another pair: two sets, one in the other.
#[test]
fn a_member_and_a_group_are_short_for_themselves() {
    let groups = Groups::new(vec![Some(0)], vec![None], vec![9]).unwrap();
    let problem = all_allowed(1, 1)
        .with_capacities(vec![2])
        .and_then(|problem| problem.with_minimum_loads(vec![2]))
        .and_then(|problem| problem.with_mentor_groups(groups.with_minima(vec![3])?))
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    let claims = |part: &Bottleneck| part.claims.clone();
    let claims: Vec<_> = shortage.bottlenecks.iter().map(claims).collect();
    let (mentor, group) = (Owner::Mentor(0), Owner::MentorGroup(0));
    assert_eq!(claims, [bounds([group], 3), bounds([mentor], 2)]);
    assert_eq!(shortage.shortfall, 3);
}

/// One mentee at the bottom of five groups, each of which should have two: each group for itself.
#[test]
fn groups_in_groups_are_each_short() {
    let parent = (1..5).map(Some).chain([None]).collect();
    let groups = Groups::new(vec![Some(0)], parent, vec![9; 5]);
    let problem = all_allowed(1, 1)
        .with_mentor_groups(
            groups
                .and_then(|groups| groups.with_minima(vec![2; 5]))
                .unwrap(),
        )
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    assert_eq!(shortage.shortfall, 5);
    assert_eq!(shortage.bottlenecks.len(), 5);
    assert!(shortage.bottlenecks.iter().all(|part| part.required() == 2));
}

/// A mentor who lacks mentees and a mentee who lacks mentors, unconnected: each for themself.
#[test]
fn separate_shortages_are_told_apart() {
    let scores = [5, -1, -1, -1, 5, 5];
    let problem = Problem::dense(2, 3, &scores, Some(-1))
        .and_then(|problem| problem.with_capacities(vec![4, 1, 1]))
        .and_then(|problem| problem.with_minimum_loads(vec![3, 0, 0]))
        .and_then(|problem| problem.with_demands(vec![1, 4]))
        .and_then(|problem| problem.with_minimum_demands(vec![0, 4]))
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    let text = "minimums fall short by 4\n\
        4 needed: mentee 1 (4); 2 available: mentee 1 with mentor 1, mentee 1 with mentor 2\n\
        3 needed: mentor 0 (3); 1 available: mentee 0 with mentor 0";
    assert_eq!(shortage.to_string(), text);
    let parts: Vec<_> = (shortage.bottlenecks.iter())
        .map(|part| (part.scarce, part.members.clone(), part.shortfall()))
        .collect();
    let mentee = (Scarce::Mentors, vec![Owner::Mentee(1)], 2);
    let mentor = (Scarce::Mentees, vec![Owner::Mentor(0)], 2);
    assert_eq!(parts, [mentee, mentor]);
}

/// Mentee 0 would be helped by more room in the mentors' group, whoever of it comes; the mentor
/// nobody may go to has nothing to do with it.
#[test]
fn an_idle_mentor_of_a_full_group_is_no_part_of_its_shortage() {
    let mentors = Groups::new(vec![Some(0); 2], vec![None], vec![0]).unwrap();
    let mentees = Groups::new(vec![Some(0)], vec![None], vec![1]).unwrap();
    let problem = Problem::dense(1, 2, &[5, -1], Some(-1))
        .and_then(|problem| problem.with_minimum_demands(vec![1]))
        .and_then(|problem| problem.with_mentee_groups(mentees.with_minima(vec![1])?))
        .and_then(|problem| problem.with_mentor_groups(mentors))
        .unwrap();
    let shortage = shortage_of(&problem).unwrap();
    assert_eq!(shortage.shortfall, 2);
    assert_eq!(shortage.bottlenecks.len(), 2);
    for part in shortage.bottlenecks {
        assert!(part.members.contains(&Owner::MentorGroup(0)), "{part:?}");
        assert!(!part.members.contains(&Owner::Mentor(1)), "{part:?}");
    }
}

/// Mentees 0 and 1 share the one pair their group may have, and the wrong one has it: better is
/// reached without one more pair, and without one less.
#[test]
fn no_shortage_is_told_of_pairs_that_could_be_better() {
    let groups = Groups::new(vec![Some(0); 2], vec![None], vec![1]).unwrap();
    let problem = all_allowed(2, 1).with_mentee_groups(groups).unwrap();
    let problem = problem.with_minimum_demands(vec![0, 1]).unwrap();
    let problem = problem.with_minimum_loads(vec![1]).unwrap();
    let mut solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    assert_eq!(solution.shortage(&problem), None);
    solution.assignment = Assignment::from_pairs(2, [(0, 0)]);
    assert_eq!(solution.shortage(&problem), None);
}

/// Eight are named, and how many more there are is said, of limits and pairs together.
#[test]
fn long_lists_of_what_is_available_are_cut() {
    let mut scores = vec![5; 11];
    scores[10] = -1;
    let problem = Problem::dense(11, 1, &scores, Some(-1))
        .and_then(|problem| problem.with_capacities(vec![20]))
        .and_then(|problem| problem.with_minimum_loads(vec![12]))
        .unwrap();
    let mut bottleneck = the_only(shortage_of(&problem));
    assert!(bottleneck.to_string().ends_with(" and 2 more"));
    bottleneck.limits = bounds([Owner::Mentee(10)], 1);
    assert!(bottleneck.to_string().ends_with(" and 3 more"));
}

#[test]
fn nothing_is_said_that_is_not_proved() {
    let problem = all_allowed(1, 2).with_minimum_loads(vec![1, 1]).unwrap();
    let after = SolveOptions::new([Level::Participation, Level::Minimums]);
    assert_eq!(solve(&problem, &after).unwrap().shortage(&problem), None);
    let mut hooks = Hooks::default();
    hooks.work_limit = Some(0);
    let stopped = SolveOptions::new([Level::TotalScore]).hooks(hooks);
    assert_eq!(solve(&problem, &stopped).unwrap().shortage(&problem), None);
    let other = all_allowed(3, 3);
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    assert_eq!(solution.shortage(&other), None);
}

#[test]
fn what_is_wrong_is_named() {
    let problem = all_allowed(2, 2).with_capacities(vec![2; 2]).unwrap();
    let problem = problem.with_minimum_loads(vec![2; 2]).unwrap();
    let shortage = shortage_of(&problem).unwrap();
    let refused = |change: fn(&mut Shortage)| {
        let mut changed = shortage.clone();
        change(&mut changed);
        changed.check(&problem).unwrap_err()
    };
    let (mentee, mentor) = (MenteeIdx::new(0), MentorIdx::new(0));
    assert_eq!(
        refused(|short| short.bottlenecks[0].members.push(Owner::Mentor(9))),
        ShortageViolation::Shape { bottleneck: 0 }
    );
    assert_eq!(
        refused(|short| short.bottlenecks[0].claims[1].places = 3),
        ShortageViolation::Claim {
            owner: Owner::Mentor(1)
        }
    );
    assert_eq!(
        refused(|short| short.bottlenecks[0].limits[1].places = 0),
        ShortageViolation::Limit {
            owner: Owner::Mentee(1)
        }
    );
    assert_eq!(
        refused(|short| {
            short.bottlenecks[0].members.remove(0);
            short.bottlenecks[0].limits.remove(0);
        }),
        ShortageViolation::PairMissing { mentee, mentor }
    );
    assert_eq!(
        refused(|short| short.bottlenecks[0]
            .pairs
            .push((MenteeIdx::new(0), MentorIdx::new(1)))),
        ShortageViolation::PairStated { bottleneck: 0 }
    );
    assert_eq!(
        refused(|short| short.shortfall = 9),
        ShortageViolation::Sum { stated: 9 }
    );
}

#[test]
fn what_is_stated_twice_or_is_not_there_is_refused() {
    let problem = all_allowed(2, 2).with_capacities(vec![2; 2]).unwrap();
    let problem = problem.with_minimum_loads(vec![2; 2]).unwrap();
    let shortage = shortage_of(&problem).unwrap();
    let refused = |change: &dyn Fn(&mut Bottleneck)| {
        let mut changed = shortage.clone();
        change(&mut changed.bottlenecks[0]);
        let shape = ShortageViolation::Shape { bottleneck: 0 };
        assert_eq!(changed.check(&problem), Err(shape));
    };
    refused(&|part| part.members.extend(part.members.last().cloned()));
    refused(&|part| part.claims.extend(part.claims.last().cloned()));
    refused(&|part| part.limits.extend(part.limits.last().cloned()));
    refused(&|part| part.pairs = vec![(MenteeIdx::new(0), MentorIdx::new(0)); 2]);
    for nobody in [
        Owner::Mentee(2),
        Owner::Mentor(2),
        Owner::MenteeGroup(0),
        Owner::MentorGroup(0),
    ] {
        refused(&|part| {
            part.members.push(nobody);
            part.members.sort_unstable();
        });
    }
}

#[test]
fn a_part_that_is_short_of_nothing_is_refused() {
    let problem = all_allowed(1, 2).with_minimum_loads(vec![1, 1]).unwrap();
    let mut shortage = shortage_of(&problem).unwrap();
    let stated = shortage.shortfall;
    let mut part = shortage.bottlenecks[0].clone();
    (part.members, part.pairs) = (Vec::new(), Vec::new());
    (part.claims, part.limits) = (Vec::new(), Vec::new());
    shortage.bottlenecks.push(part);
    let refused = shortage.check(&problem);
    assert_eq!(refused, Err(ShortageViolation::Sum { stated }));
}
