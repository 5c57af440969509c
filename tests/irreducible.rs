//! Cores of bottlenecks: what they hold is in conflict, and nothing of it can be left out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::exhaustive;
use common::generate::{self, Shape, TINY};
use common::instance::{Forest, Instance, People};
use mentormatch::solver::{Bound, Core, Level, Owner, Problem, Shortage, SolveOptions, solve};
use proptest::prelude::*;

/// Few enough people for all sets of pairs without any maxima.
const FEW: Shape = Shape { mentees: 4, ..TINY };

fn shortage_of(problem: &Problem<'_>) -> Option<Shortage> {
    let solution = solve(problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    solution.shortage(problem)
}

/// The instance with these bounds and no others.
fn bounded(instance: &Instance, claims: &[Bound], limits: &[Bound]) -> Instance {
    let mut bare = instance.clone();
    free(&mut bare.mentees, instance.mentors.len());
    free(&mut bare.mentors, instance.mentees.len());
    for (bounds, is_claim) in [(claims, true), (limits, false)] {
        for bound in bounds {
            *place(&mut bare, bound.owner, is_claim) = bound.places;
        }
    }
    bare
}

/// No minimums, and as much room as there could be a use for.
fn free(people: &mut People, others: usize) {
    let others = u32::try_from(others).unwrap();
    people.min.fill(0);
    people.max.fill(others);
    let all = others * u32::try_from(people.len()).unwrap();
    if let Some(groups) = &mut people.groups {
        groups.min.fill(0);
        groups.max.fill(all);
    }
}

fn place(instance: &mut Instance, owner: Owner, is_min: bool) -> &mut u32 {
    let (people, at, of_group) = match owner {
        Owner::Mentee(at) => (&mut instance.mentees, at, false),
        Owner::Mentor(at) => (&mut instance.mentors, at, false),
        Owner::MenteeGroup(at) => (&mut instance.mentees, at, true),
        Owner::MentorGroup(at) => (&mut instance.mentors, at, true),
    };
    match (of_group, is_min) {
        (false, true) => &mut people.min[at],
        (false, false) => &mut people.max[at],
        (true, true) => &mut people.groups.as_mut().unwrap().min[at],
        (true, false) => &mut people.groups.as_mut().unwrap().max[at],
    }
}

/// Whether these claims and limits cannot hold together, by trying every set of pairs.
fn conflict(instance: &Instance, claims: &[Bound], limits: &[Bound]) -> bool {
    let bare = bounded(instance, claims, limits);
    let asked: i128 = claims.iter().map(|claim| i128::from(claim.places)).sum();
    exhaustive::optimum(&bare, &[Level::Minimums])[0] < asked
}

fn without(bounds: &[Bound], at: usize) -> Vec<Bound> {
    [&bounds[..at], &bounds[at + 1..]].concat()
}

/// The instance with the sides' parts exchanged.
fn turned(instance: &Instance) -> Instance {
    let column = |at: usize| instance.scores.iter().map(|row| row[at]).collect();
    Instance {
        mentees: instance.mentors.clone(),
        mentors: instance.mentees.clone(),
        scores: (0..instance.mentors.len()).map(column).collect(),
        kinds: Vec::new(),
    }
}

/// A core is a conflict, part of its bottleneck, and irreducible if it says so; gives how many were smaller than theirs.
fn check_cores(instance: &Instance) -> usize {
    let problem = instance.dense();
    let (mut smaller, mut proved) = (0, 0);
    let parts = shortage_of(&problem).map_or(Vec::new(), |own| own.bottlenecks);
    for part in &parts {
        let Some(core) = part.core(&problem) else {
            panic!("{instance:?} {part:?}");
        };
        let Core { claims, limits, .. } = &core;
        assert!(claims.iter().all(|claim| part.claims.contains(claim)));
        assert!(limits.iter().all(|limit| part.limits.contains(limit)));
        let total = |bounds: &[Bound]| bounds.iter().map(|own| u64::from(own.places)).sum::<u64>();
        assert!(total(claims) > total(limits) + core.pairs);
        assert!(conflict(instance, claims, limits), "{part:?} {core:?}");
        if !core.is_irreducible {
            continue;
        }
        proved += 1;
        let mut fewer = (0..claims.len()).map(|at| (without(claims, at), limits.clone()));
        assert!(
            !fewer.any(|(claims, limits)| conflict(instance, &claims, &limits)),
            "{part:?} {core:?}"
        );
        let mut fewer = (0..limits.len()).map(|at| without(limits, at));
        assert!(
            !fewer.any(|limits| conflict(instance, claims, &limits)),
            "{part:?} {core:?}"
        );
        smaller += usize::from(claims.len() < part.claims.len());
    }
    let has_groups = instance.mentees.groups.is_some() || instance.mentors.groups.is_some();
    assert!(proved == parts.len() || has_groups, "{instance:?}");
    smaller
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_of_a_core_can_be_left_out(instance in generate::instance(FEW)) {
        check_cores(&instance);
    }

    /// Minimums of several places each, so that none can be given up by counting alone.
    #[test]
    fn nothing_of_a_core_of_large_claims_can_be_left_out(
        minimums in prop::collection::vec(0_u32..=5, 2..=4),
        allowed in prop::collection::vec(prop::collection::vec(prop::bool::weighted(0.7), 4), 1..=6),
    ) {
        let scores = allowed.iter();
        let row = |row: &Vec<bool>| {
            let cells = row.iter().take(minimums.len());
            cells.map(|&is| is.then_some(1)).collect()
        };
        let mut instance = Instance::one_to_one(minimums.len(), scores.map(row).collect());
        instance.mentors.max = minimums.iter().map(|&min| min.max(1)).collect();
        instance.mentors.min = minimums;
        check_cores(&instance);
    }

    /// Groups inside groups: a limit given up inside lets those below bring more, over limits of others.
    #[test]
    fn nothing_of_a_core_of_nested_groups_can_be_left_out(
        allowed in prop::collection::vec(prop::collection::vec(prop::bool::weighted(0.8), 4), 1..=3),
        mentors in prop::collection::vec((0_u32..=2, 0_u32..=1, prop::option::weighted(0.9, 0_u32..3)), 2..=4),
        groups in prop::collection::vec((0_u32..=4, 0_u32..=4), 3),
        of_mentees: bool,
    ) {
        let scores = |own: &Vec<bool>| own.iter().take(mentors.len()).map(|&is| is.then_some(1)).collect();
        let mut instance = Instance::one_to_one(mentors.len(), allowed.iter().map(scores).collect());
        instance.mentors = People {
            min: mentors.iter().map(|&(max, min, _)| min.min(max)).collect(),
            max: mentors.iter().map(|&(max, ..)| max).collect(),
            groups: Some(Forest {
                group_of: mentors.iter().map(|&(.., group)| group).collect(),
                parent: vec![Some(1), Some(2), None],
                min: groups.iter().map(|&(max, min)| min.min(max)).collect(),
                max: groups.iter().map(|&(max, _)| max).collect(),
            }),
        };
        check_cores(&if of_mentees { turned(&instance) } else { instance });
    }
}

/// The group of both mentors should have three pairs and can have two at the most, whoever takes how many. That its
/// one mentee takes one is not part of the core, though the limit inside hides that at first.
#[test]
fn a_limit_that_comes_back_after_one_inside_is_given_up_binds_no_more() {
    let mut instance = Instance::one_to_one(2, vec![vec![Some(1); 2]]).with_capacities(vec![2, 2]);
    instance.mentors.min = vec![0, 1];
    instance.mentors.groups = Some(Forest {
        group_of: vec![Some(1), Some(0)],
        parent: vec![Some(1), None],
        min: vec![0, 3],
        max: vec![0, 5],
    });
    check_cores(&instance);
    let problem = instance.dense();
    let core = shortage_of(&problem).unwrap().bottlenecks[0].core(&problem);
    let core = core.unwrap();
    assert_eq!(
        (core.claims.len(), core.limits.len(), core.pairs),
        (1, 0, 2)
    );
}

/// A group that may have nothing holds a mentor who is outside of what is short, and whose own maximum is of no account
/// then: what she gave would come through the group.
#[test]
fn a_limit_inside_a_group_that_is_one_already_is_left_out() {
    let mut instance = Instance::one_to_one(2, vec![vec![Some(1); 2]]).with_capacities(vec![0, 1]);
    instance.mentees.min = vec![1];
    instance.mentors.groups = Some(Forest {
        group_of: vec![Some(0), Some(1)],
        parent: vec![Some(2), Some(2), None],
        min: vec![0; 3],
        max: vec![1, 1, 0],
    });
    check_cores(&instance);
    let problem = instance.dense();
    let part = &shortage_of(&problem).unwrap().bottlenecks[0];
    assert!(!part.members.contains(&Owner::MentorGroup(0)));
    assert_eq!(part.limits.len(), 2);
    let limits = part.core(&problem).unwrap().limits;
    let places = 0;
    let owner = Owner::MentorGroup(2);
    assert_eq!(limits, [Bound { owner, places }]);
}

#[test]
fn a_core_is_as_small_as_the_first_conflict_in_a_large_bottleneck() {
    // Nine mentees for six places: seven are too many.
    let mut instance =
        Instance::one_to_one(3, vec![vec![Some(1); 3]; 9]).with_capacities(vec![2; 3]);
    instance.mentees.min = vec![1; 9];
    assert_eq!(check_cores(&instance), 1);
    let problem = instance.dense();
    let part = &shortage_of(&problem).unwrap().bottlenecks[0];
    assert_eq!((part.claims.len(), part.shortfall()), (9, 3));
    assert_eq!(part.core(&problem).unwrap().claims.len(), 7);
}

/// Seventy mentees: mentor 0 may have them all, mentor 1 the first half, and mentor 2 the others.
#[test]
fn nothing_of_a_core_of_many_mentees_can_be_left_out() {
    let row = |i: usize| vec![Some(1), (i < 35).then_some(1), (i >= 35).then_some(1)];
    let mut instance = Instance::one_to_one(3, (0..70).map(row).collect());
    instance.mentors.max = vec![40, 16, 15];
    instance.mentors.min = vec![40, 16, 15];
    let problem = instance.dense();
    let part = &shortage_of(&problem).unwrap().bottlenecks[0];
    let core = part.core(&problem).unwrap();
    assert!(core.is_irreducible);
    assert_eq!((&core.claims, &core.limits), (&part.claims, &part.limits));
    assert_eq!((core.claims.len(), core.limits.len()), (3, 70));
}

#[test]
fn a_bottleneck_of_other_people_has_no_core() {
    let mut instance = Instance::one_to_one(1, vec![vec![Some(1)]; 3]);
    instance.mentees.min = vec![1; 3];
    let part = shortage_of(&instance.dense())
        .unwrap()
        .bottlenecks
        .remove(0);
    let fewer = Instance::one_to_one(1, vec![vec![Some(1)]; 1]);
    assert_eq!(part.core(&fewer.dense()), None);
}
