//! Small problems of every shape against two methods that share nothing with the solver.
//!
//! Each of the tests below runs by itself, so that they share the cores.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::shapes::{Bytes, Case, EVERY_FAMILY, Family};
use common::{exhaustive, shortest_paths};
use judge::agreed;
use mentormatch::solver::{Method, Solution, SolveOptions};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Small enough to try every set of pairs.
const TINY: (u32, u32) = (5, 4);
const SMALL: (u32, u32) = (6, 6);
const MEDIUM: (u32, u32) = (12, 12);
/// More mentors than a row of the fast way starts with.
const WIDE: (u32, u32) = (6, 40);

/// Problems of a family, from as many bytes as a problem of these sizes may take.
fn cases(family: Family, sizes: (u32, u32)) -> impl Strategy<Value = Case> {
    let bytes = 60 + 2 * sizes.0 as usize * sizes.1 as usize;
    vec(any::<u8>(), bytes / 2..=bytes)
        .prop_map(move |bytes| Case::draw(&mut Bytes(&bytes), family, sizes))
}

/// What each door leads to, and the network through one of them: the ways that have least in common, without the
/// Hungarian method.
fn solved(case: &Case) -> Solution {
    let options = SolveOptions::new(case.levels.clone());
    let others = [options.clone().method(Method::MinCostFlow)];
    agreed(case, &[options], &others, case.instance.allowed().len())
}

/// Each door and both methods reach the textbook's optimum.
fn reaches_the_optimum(case: &Case) {
    let solution = solved(case);
    let expected = shortest_paths::optimum(&case.instance, solution.certificate.levels());
    assert_eq!(solution.value, expected);
}

/// The same, and the textbook is right.
fn reaches_what_trying_everything_finds(case: &Case) {
    let solution = solved(case);
    let levels = solution.certificate.levels();
    let expected = exhaustive::optimum(&case.instance, levels);
    assert_eq!(shortest_paths::optimum(&case.instance, levels), expected);
    assert_eq!(solution.value, expected);
}

macro_rules! differential {
    ($($name:ident: $count:literal of $family:ident, $sizes:ident, $judge:ident;)*) => {
        $(proptest! {
            #![proptest_config(ProptestConfig::with_cases($count))]

            #[test]
            fn $name(case in cases(Family::$family, $sizes)) {
                $judge(&case);
            }
        })*
    };
}

differential! {
    tiny_plain: 4_000 of Plain, TINY, reaches_what_trying_everything_finds;
    tiny_capacities: 4_000 of Capacities, TINY, reaches_what_trying_everything_finds;
    tiny_bounds: 4_000 of Bounds, TINY, reaches_what_trying_everything_finds;
    tiny_groups: 4_000 of Groups, TINY, reaches_what_trying_everything_finds;
    tiny_kinds: 4_000 of Kinds, TINY, reaches_what_trying_everything_finds;
    small_plain: 3_000 of Plain, SMALL, reaches_the_optimum;
    small_capacities: 3_000 of Capacities, SMALL, reaches_the_optimum;
    small_bounds: 3_000 of Bounds, SMALL, reaches_the_optimum;
    small_groups: 3_000 of Groups, SMALL, reaches_the_optimum;
    small_kinds: 3_000 of Kinds, SMALL, reaches_the_optimum;
    medium_plain: 1_500 of Plain, MEDIUM, reaches_the_optimum;
    medium_capacities: 1_500 of Capacities, MEDIUM, reaches_the_optimum;
    medium_bounds: 1_500 of Bounds, MEDIUM, reaches_the_optimum;
    medium_groups: 1_500 of Groups, MEDIUM, reaches_the_optimum;
    wide_plain: 1_000 of Plain, WIDE, reaches_the_optimum;
    wide_capacities: 1_000 of Capacities, WIDE, reaches_the_optimum;
}

/// Whether each kind of trouble is in a case; the tests above rely on all of them.
fn trouble(case: &Case) -> Vec<(&'static str, bool)> {
    let (instance, mark) = (&case.instance, case.absent);
    let (rows, mentees, mentors) = (&instance.scores, &instance.mentees, &instance.mentors);
    let (n, m) = (mentees.len(), mentors.len());
    let is_forbidden = || !instance.is_complete();
    let has = |score| rows.iter().flatten().any(|known| *known == Some(score));
    let column = |j: usize| rows.iter().map(move |row| row[j]);
    let wanted: u64 = mentees.max.iter().map(|&max| u64::from(max)).sum();
    let places: u64 = mentors.max.iter().map(|&max| u64::from(max)).sum();
    let is_minimum = |min: &[u32]| min.iter().any(|&min| min > 0);
    vec![
        ("nobody on one side", (n == 0) != (m == 0)),
        ("one mentee", n == 1 && m > 1),
        ("one mentor", m == 1 && n > 1),
        ("all pairs, no mark", mark.is_none() && n * m > 0),
        (
            "least number marks",
            mark == Some(i32::MIN) && is_forbidden(),
        ),
        (
            "largest number marks",
            mark == Some(i32::MAX) && is_forbidden(),
        ),
        ("zero marks", mark == Some(0) && is_forbidden()),
        (
            "empty row",
            m > 0 && rows.iter().any(|row| row.iter().all(Option::is_none)),
        ),
        (
            "empty column",
            n > 0 && (0..m).any(|j| column(j).all(|score| score.is_none())),
        ),
        ("least score", has(i32::MIN)),
        ("largest score", has(i32::MAX)),
        (
            "equal rows",
            n > 1 && m > 1 && rows.windows(2).all(|two| two[0] == two[1]),
        ),
        (
            "constant rows",
            m > 1 && rows.iter().all(|row| row.iter().all(|s| *s == row[0])),
        ),
        ("just enough places", places > 1 && places == wanted),
        ("too few places", places > 0 && places < wanted),
        ("unlimited mentor", mentors.max.contains(&u32::MAX)),
        ("unlimited mentee", mentees.max.contains(&u32::MAX)),
        ("minimum loads", is_minimum(&mentors.min)),
        ("minimum demands", is_minimum(&mentees.min)),
        ("mentor groups", mentors.groups.is_some()),
        ("mentee groups", mentees.groups.is_some()),
    ]
}

#[test]
fn the_generator_makes_trouble() {
    let mut runner = TestRunner::deterministic();
    for sizes in [TINY, SMALL] {
        let mut seen = std::collections::BTreeMap::new();
        for cases in EVERY_FAMILY.map(|family| cases(family, sizes)) {
            for _ in 0..1_000 {
                for (kind, is_there) in trouble(&cases.new_tree(&mut runner).unwrap().current()) {
                    *seen.entry(kind).or_insert(0) += u32::from(is_there);
                }
            }
        }
        assert!(seen.values().all(|&times| times >= 40), "{seen:?}");
    }
}
