//! Cores of bottlenecks: what they hold is in conflict, and nothing of it can be left out.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::exhaustive;
use common::generate::{self, Shape, TINY};
use common::instance::{Instance, People};
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

/// A core is a conflict, part of its bottleneck, and irreducible; gives how many were smaller than theirs.
fn check_cores(instance: &Instance) -> usize {
    let problem = instance.dense();
    let (mut smaller, mut checked) = (0, 0);
    let parts = shortage_of(&problem).map_or(Vec::new(), |own| own.bottlenecks);
    for part in &parts {
        let core = part.core(&problem).unwrap();
        let Core { claims, limits, .. } = &core;
        if !core.is_irreducible {
            continue;
        }
        checked += 1;
        assert!(claims.iter().all(|claim| part.claims.contains(claim)));
        assert!(limits.iter().all(|limit| part.limits.contains(limit)));
        assert!(conflict(instance, claims, limits), "{part:?} {core:?}");
        for at in 0..claims.len() {
            assert!(
                !conflict(instance, &without(claims, at), limits),
                "{part:?} {core:?}"
            );
        }
        for at in 0..limits.len() {
            assert!(
                !conflict(instance, claims, &without(limits, at)),
                "{part:?} {core:?}"
            );
        }
        let available = limits
            .iter()
            .map(|limit| u64::from(limit.places))
            .sum::<u64>();
        let required = claims
            .iter()
            .map(|claim| u64::from(claim.places))
            .sum::<u64>();
        assert!(required > available + core.pairs);
        smaller += usize::from(claims.len() < part.claims.len());
    }
    let has_groups = instance.mentees.groups.is_some() || instance.mentors.groups.is_some();
    assert!(checked == parts.len() || has_groups, "{instance:?}");
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
