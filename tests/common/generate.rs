//! Random small instances and level lists for property tests, biased to what goes wrong: equal
//! scores, tight capacities, empty rows, extreme numbers, bounds that cannot be met.

use mentormatch::solver::{Assignment, Level, PlaceValues, Unchanged};
use proptest::collection::vec;
use proptest::prelude::*;

use super::instance::{Forest, Instance, People};

/// What instances may contain beyond capacities and forbidden pairs.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub mentees: usize,
    pub mentors: usize,
    /// Demands above 1, minimums and groups.
    pub general: bool,
}

/// Every shape up to 6 mentees and 5 mentors.
pub const SMALL: Shape = Shape {
    mentees: 6,
    mentors: 5,
    general: true,
};

/// The same, only with what the Hungarian method can express beside forbidden pairs.
pub const PLAIN: Shape = Shape {
    general: false,
    ..SMALL
};

/// Few enough pairs to list all sets of them.
pub const TINY: Shape = Shape {
    mentees: 3,
    mentors: 3,
    general: true,
};

pub fn instance(shape: Shape) -> impl Strategy<Value = Instance> {
    (0..=shape.mentees, 0..=shape.mentors).prop_flat_map(move |(n, m)| {
        (
            scores(n, m),
            people(n, 2, shape.general),
            people(m, 3, shape.general),
        )
            .prop_map(|(scores, mentees, mentors)| Instance {
                scores,
                mentees,
                mentors,
                kinds: Vec::new(),
            })
    })
}

/// The same, half of them with mentors of two kinds and of none.
pub fn of_kinds(instance: Instance) -> impl Strategy<Value = Instance> {
    let kinds = vec(
        prop::option::weighted(0.8, 0..2_u32),
        instance.mentors.len(),
    );
    let kinds = prop_oneof![Just(Vec::new()), kinds];
    (Just(instance), kinds).prop_map(|(instance, kinds)| Instance { kinds, ..instance })
}

/// Rows of scores in one of several styles, with none, some or most pairs forbidden.
fn scores(n: usize, m: usize) -> impl Strategy<Value = Vec<Vec<Option<i32>>>> {
    let style = prop_oneof![
        Just(&[0][..]),
        Just(&[0, 1][..]),
        Just(&[-2, -1, 0, 1, 2, 3][..]),
        Just(&[-900, -37, -1, 0, 5, 18, 19, 20, 44, 101, 350, 901][..]),
        Just(&[i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX - 1, i32::MAX][..]),
    ];
    let forbidden = prop_oneof![Just(0u32), Just(0), Just(3), Just(7)];
    (style, forbidden).prop_flat_map(move |(style, forbidden)| {
        let cell = (0u32..10, 0..style.len())
            .prop_map(move |(lot, at)| (lot >= forbidden).then_some(style[at]));
        vec(vec(cell, m), n)
    })
}

/// Bounds: maxima of `0..=most` with 1 the likeliest, some unlimited; now and then minimums and
/// groups.
fn people(len: usize, most: u32, general: bool) -> impl Strategy<Value = People> {
    let most = if general || most > 2 { most } else { 1 };
    let max = prop_oneof![4 => Just(1), 4 => 0..=most, u32::from(general) => Just(most)];
    let minimums = if general { vec![0u32, 0, 2] } else { vec![0] };
    let has_groups = if general {
        vec![false, false, true]
    } else {
        vec![false]
    };
    (
        vec(max, len),
        vec(0u32..=2, len),
        proptest::sample::select(minimums),
        proptest::sample::select(has_groups),
        forest(len),
    )
        .prop_map(|(max, min, most_minimum, has_groups, forest)| People {
            min: min
                .iter()
                .zip(&max)
                .map(|(&min, &max)| min.min(max).min(most_minimum))
                .collect(),
            max,
            groups: has_groups.then_some(forest),
        })
}

/// Up to three groups, the last of which may stand above the others.
fn forest(members: usize) -> impl Strategy<Value = Forest> {
    let group = || vec((0u32..=4, 0u32..=2), 3);
    (
        vec(proptest::option::of(0u32..3), members),
        vec(any::<bool>(), 2),
        group(),
    )
        .prop_map(|(group_of, nested, bounds)| Forest {
            group_of,
            parent: vec![nested[0].then_some(2), nested[1].then_some(2), None],
            min: bounds.iter().map(|&(max, min)| min.min(max)).collect(),
            max: bounds.iter().map(|&(max, _)| max).collect(),
        })
}

/// Levels in any order, each at most once, with place values for this many people.
pub fn levels(n: usize, m: usize) -> impl Strategy<Value = Vec<Level>> {
    (every_level(n, m).prop_shuffle(), 1usize..=5).prop_map(|(mut levels, len)| {
        levels.truncate(len);
        levels
    })
}

/// One level of each kind, in the order of [`Level`]'s variants.
pub fn every_level(n: usize, m: usize) -> impl Strategy<Value = Vec<Level>> {
    let index = |people: usize| 0..u32::try_from(people.max(1)).unwrap();
    let most = if n.min(m) == 0 { 0 } else { 3 };
    let before = proptest::collection::btree_set((index(n), index(m)), 0..=most);
    (place_values(n), place_values(m), before).prop_map(move |(mentees, mentors, before)| {
        vec![
            Level::Minimums,
            Level::Participation,
            Level::Pairs,
            Level::TotalScore,
            Level::Places { mentees, mentors },
            Level::Unchanged(Unchanged::new(Assignment::from_pairs(n, before))),
        ]
    })
}

fn place_values(people: usize) -> impl Strategy<Value = Option<PlaceValues>> {
    let value = prop_oneof![-3i64..=3, Just(1 << 31), Just(-(1 << 31))];
    proptest::option::weighted(0.7, vec(vec(value, 0..=3), people)).prop_map(|lists| {
        lists.map(|mut lists| {
            for list in &mut lists {
                list.sort_unstable_by_key(|&value| std::cmp::Reverse(value));
            }
            PlaceValues::new(lists).unwrap()
        })
    })
}

/// An instance with levels that fit it.
pub fn instance_and_levels(shape: Shape) -> impl Strategy<Value = (Instance, Vec<Level>)> {
    instance(shape).prop_flat_map(|instance| {
        let levels = levels(instance.mentees.len(), instance.mentors.len());
        (Just(instance), levels)
    })
}
