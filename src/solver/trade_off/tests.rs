//! Supported points and gaps against every assignment there is.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::common::generate::{self, PLAIN, Shape, TINY};
use super::super::common::instance::{Instance, People};
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::certificate::Violation;

fn is_legal(instance: &Instance, pairs: &Vec<(usize, usize)>) -> bool {
    let (mentees, mentors) = instance.loads(pairs);
    let is_legal = |people: &People, loads: &[u32]| people.is_within_maxima(loads);
    is_legal(&instance.mentees, &mentees)
        && is_legal(&instance.mentors, &mentors)
        && instance.has_distinct_kinds(pairs)
}

/// The largest total for each gain, of the assignments that are best at what is held.
fn all_points(instance: &Instance, held: &[Level], gain: &Level) -> BTreeMap<i128, i128> {
    let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    for (mentee, row) in instance.scores.iter().enumerate() {
        for (mentor, _) in row.iter().enumerate().filter(|(_, score)| score.is_some()) {
            let with = |pairs: &Vec<_>| [&pairs[..], &[(mentee, mentor)]].concat();
            let longer: Vec<_> = all.iter().map(with).collect();
            all.extend(longer.into_iter().filter(|pairs| is_legal(instance, pairs)));
        }
    }
    let best = all
        .iter()
        .map(|pairs| instance.value(pairs, held))
        .max()
        .unwrap();
    let mut points = BTreeMap::new();
    for pairs in all
        .iter()
        .filter(|pairs| instance.value(pairs, held) == best)
    {
        let value = instance.value(pairs, &[gain.clone(), Level::TotalScore]);
        let total = points.entry(value[0]).or_insert(value[1]);
        *total = value[1].max(*total);
    }
    points
}

/// The corners of the envelope: no two others, or one with as much of both, are as good.
fn corners(points: &BTreeMap<i128, i128>) -> Vec<(i128, i128)> {
    let is_corner = |&(&gain, &total): &(&i128, &i128)| {
        let beaten = points.range(gain + 1..).any(|(_, &own)| own >= total);
        let between = points.range(..gain).any(|(low, &low_total)| {
            points.range(gain + 1..).any(|(high, &high_total)| {
                (high - low) * (total - low_total) <= (high_total - low_total) * (gain - low)
            })
        });
        !beaten && !between
    };
    let corners = points.iter().filter(is_corner);
    corners.map(|(&gain, &total)| (gain, total)).collect()
}

fn assert_traded(instance: &Instance, levels: Vec<Level>, gain: Gain) {
    let problem = instance.dense();
    let held = Held {
        levels,
        floor: i32::MIN,
        highest: 1_000,
    };
    let all_held = with_minimums(&problem, &held.levels);
    let options = SolveOptions::new([Level::TotalScore]);
    let asked = (held, gain);
    // Whatever the search begins with, it ends with the same corners.
    for each in [0, 1, CORE] {
        let limits = (usize::MAX, each);
        let found = trade_off_on(&problem, asked.clone(), &options, limits).unwrap();
        assert_eq!(found.check(&problem), Ok(()));
        assert_eq!(found.gap(), 0);
        assert_corners(instance, &found, &all_held);
    }
}

fn assert_corners(instance: &Instance, found: &TradeOff, all_held: &[Level]) {
    let points = all_points(instance, all_held, &found.gain_level());
    let figures = found.points.iter().map(|point| (point.gain, point.total));
    assert_eq!(figures.collect::<Vec<_>>(), corners(&points));
    for &gain in points.keys() {
        let best = points.range(gain..).map(|(_, &total)| total).max().unwrap();
        let (point, gap) = found.best(gain).unwrap();
        assert!(point.total <= best && best <= point.total + gap);
    }
}

/// Pairs of an earlier assignment, some of them not allowed.
fn kept(instance: &Instance) -> impl Strategy<Value = Gain> + use<> {
    let (n, m) = (instance.mentees.len(), instance.mentors.len());
    let mentor = if m == 0 {
        Just(None).boxed()
    } else {
        prop::option::of(0..m).boxed()
    };
    prop::collection::vec(mentor, n).prop_map(move |mentors| {
        let index = |at: usize| u32::try_from(at).unwrap();
        let pairs = mentors.iter().enumerate().filter_map(|(mentee, mentor)| {
            let (mentee, mentor) = (
                MenteeIdx::new(index(mentee)),
                MentorIdx::new(index((*mentor)?)),
            );
            Some((mentee, mentor, 1))
        });
        Gain::Pairs(ListedValues::new(n, pairs).unwrap())
    })
}

fn targets(people: &People) -> impl Strategy<Value = Option<Vec<Option<u32>>>> + use<> {
    let groups = people.groups.as_ref().map(|groups| groups.max.len());
    let target = prop::option::of(0_u32..4);
    prop::collection::vec(target, groups.unwrap_or(0))
        .prop_map(move |targets| groups.map(|_| targets))
}

/// Scores from 0 to 1,000 of the same pairs.
fn modest(mut instance: Instance) -> Instance {
    for score in instance.scores.iter_mut().flatten().flatten() {
        *score = score.rem_euclid(997);
    }
    instance
}

fn with_pairs(shape: Shape) -> impl Strategy<Value = (Instance, Gain)> {
    generate::instance(shape)
        .prop_map(modest)
        .prop_flat_map(|instance| {
            let gain = kept(&instance);
            (Just(instance), gain)
        })
}

/// The same, half of them with mentors of kinds.
fn of_kinds((instance, gain): (Instance, Gain)) -> impl Strategy<Value = (Instance, Gain)> {
    (generate::of_kinds(instance), Just(gain))
}

fn with_targets(shape: Shape) -> impl Strategy<Value = (Instance, Gain)> {
    generate::instance(shape)
        .prop_map(modest)
        .prop_flat_map(|instance| {
            let both = (targets(&instance.mentees), targets(&instance.mentors));
            (
                Just(instance),
                both.prop_map(|(one, other)| Gain::Groups([one, other])),
            )
        })
}

fn held(levels: Vec<Level>) -> Held {
    Held {
        levels,
        floor: i32::MIN,
        highest: 1_000,
    }
}

/// Settles every gain there is, and some that there is not.
fn assert_settled(
    instance: &Instance,
    (levels, gain): (Vec<Level>, Gain),
    (solves, most): (usize, usize),
) -> bool {
    let problem = instance.dense();
    let all_held = with_minimums(&problem, &levels);
    let options = SolveOptions::new([Level::TotalScore]);
    let found = trade_off_on(&problem, (held(levels), gain), &options, (solves, 0)).unwrap();
    let points = all_points(instance, &all_held, &found.gain_level());
    let mut was_stopped = false;
    for &gain in points.keys() {
        let best = points.range(gain..).map(|(_, &total)| total).max().unwrap();
        let settled = found.settle(&problem, gain, &options, most).unwrap();
        let settled = settled.expect("there is one");
        assert!(settled.solves <= most);
        assert!(settled.point.gain >= gain && settled.point.total <= best);
        assert!(best <= settled.bound);
        let is_exact = settled.bound == settled.point.total;
        assert!(is_exact || settled.solves == most);
        was_stopped |= !is_exact;
    }
    let beyond = points.keys().max().unwrap() + 1;
    assert_eq!(found.settle(&problem, beyond, &options, most), Ok(None));
    was_stopped
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_settled_is_the_best_there_is(
        (instance, gain) in with_pairs(Shape { mentees: 5, mentors: 4, ..PLAIN }),
        solves in prop_oneof![Just(usize::MAX), 3_usize..6],
    ) {
        assert_settled(&instance, (vec![Level::Participation], gain), (solves, usize::MAX));
    }

    #[test]
    fn bounds_and_several_partners_do_not_stand_against_settling((instance, gain) in with_pairs(TINY)) {
        assert_settled(&instance, (vec![Level::Pairs], gain), (usize::MAX, usize::MAX));
    }

    #[test]
    fn distinct_mentors_do_not_stand_against_settling(
        (instance, gain) in with_pairs(TINY).prop_flat_map(of_kinds),
    ) {
        assert_settled(&instance, (vec![Level::Participation], gain), (usize::MAX, usize::MAX));
    }

    #[test]
    fn what_is_not_settled_in_time_is_bounded(
        (instance, gain) in with_pairs(Shape { mentees: 5, mentors: 4, ..PLAIN }),
        most in 0_usize..4,
    ) {
        assert_settled(&instance, (Vec::new(), gain), (3, most));
    }
}

#[test]
fn a_point_with_two_mentors_of_one_kind_is_found() {
    let problem = Problem::dense(1, 3, vec![90, 80, 70], None).unwrap();
    let problem = problem.with_demands(vec![2]).unwrap();
    let problem = problem
        .with_mentor_kinds(&[Some(0), Some(0), Some(1)])
        .unwrap();
    let kept = [(MenteeIdx::new(0), MentorIdx::new(1), 1)];
    let gain = Gain::Pairs(ListedValues::new(1, kept).unwrap());
    let options = SolveOptions::new([Level::TotalScore]);
    let held = held(vec![Level::Participation]);
    let mut found = trade_off(&problem, (held, gain), &options, usize::MAX).unwrap();
    assert_eq!(found.check(&problem), Ok(()));
    let alike = Assignment::from_pairs(1, [(0, 0), (0, 1)]);
    let alike = found.point(&problem, alike).unwrap();
    found.others.push(alike);
    let mentors = [MentorIdx::new(0), MentorIdx::new(1)];
    let mentee = MenteeIdx::new(0);
    let expected = Violation::OfOneKind { mentee, mentors };
    assert_eq!(found.check(&problem), Err(expected));
}

#[test]
fn some_gains_lie_below_the_envelope_and_are_settled_by_branching() {
    // Kept pairs are (0, 0) and (1, 1). To swap both mentees gains 100; to change one of them costs 60.
    let listed = [(0, 0), (1, 1)].map(|(i, j)| (MenteeIdx::new(i), MentorIdx::new(j), 1));
    let gain = Gain::Pairs(ListedValues::new(2, listed).unwrap());
    let scores = vec![100, 150, 40, 150, 100, 40];
    let problem = Problem::dense(2, 3, scores, None).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let held = held(vec![Level::Participation]);
    let found = trade_off(&problem, (held, gain), &options, usize::MAX).unwrap();
    let figures = found.points.iter().map(|point| (point.gain, point.total));
    assert_eq!(figures.collect::<Vec<_>>(), [(0, 300), (2, 200)]);
    let (best, gap) = found.best(1).unwrap();
    assert_eq!((best.total, gap), (200, 50));
    let settled = found
        .settle(&problem, 1, &options, usize::MAX)
        .unwrap()
        .unwrap();
    // With one pair kept, the other mentee can only have the third mentor.
    assert_eq!((settled.point.total, settled.bound), (200, 200));
    assert!(settled.solves > 0);
    let settled = found.settle(&problem, 1, &options, 0).unwrap().unwrap();
    assert_eq!(
        (settled.point.total, settled.bound, settled.solves),
        (200, 250, 0)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pairs_kept_after_participation_are_traded_at_every_corner(
        (instance, gain) in with_pairs(Shape { mentees: 5, mentors: 4, ..PLAIN }),
    ) {
        assert_traded(&instance, vec![Level::Participation], gain);
    }

    #[test]
    fn pairs_kept_are_traded_at_every_corner((instance, gain) in with_pairs(TINY)) {
        assert_traded(&instance, vec![Level::Pairs], gain);
    }

    #[test]
    fn distinct_mentors_are_traded_at_every_corner(
        (instance, gain) in with_pairs(TINY).prop_flat_map(of_kinds),
    ) {
        assert_traded(&instance, vec![Level::Participation], gain);
    }

    #[test]
    fn groups_are_traded_at_every_corner((instance, gain) in with_targets(TINY)) {
        assert_traded(&instance, vec![Level::Participation], gain);
    }

    #[test]
    fn a_search_that_ends_early_says_what_may_be_missing(
        (instance, gain) in with_pairs(Shape { mentees: 5, mentors: 4, ..PLAIN }),
        solves in 3_usize..6,
    ) {
        let problem = instance.dense();
        let held = Held { levels: vec![Level::Participation], floor: i32::MIN, highest: 1_000 };
        let all_held = held.levels.clone();
        let options = SolveOptions::new([Level::TotalScore]);
        let found = trade_off(&problem, (held, gain), &options, solves).unwrap();
        prop_assert_eq!(found.check(&problem), Ok(()));
        let points = all_points(&instance, &all_held, &found.gain_level());
        for (&gain, &total) in &points {
            prop_assert!(found.bound(gain).is_some_and(|bound| total <= bound));
        }
        for &gain in points.keys() {
            let best = points.range(gain..).map(|(_, &total)| total).max().unwrap();
            let (point, gap) = found.best(gain).unwrap();
            prop_assert!(point.total <= best && best <= point.total + gap);
        }
    }
}
