//! Supported points and gaps against every assignment there is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::super::common::generate::{self, PLAIN, Shape, TINY};
use super::super::common::instance::{Instance, People};
use super::super::common::random::Random;
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::certificate::Violation;
use crate::solver::{Groups, Hooks, Progress, solve};

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
    let most = points.keys().max().unwrap();
    assert_eq!(found.bound(most + 1), None);
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
            Some((mentee, mentor))
        });
        Gain::pairs(n, pairs).unwrap()
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
    let kept = [(MenteeIdx::new(0), MentorIdx::new(1))];
    let gain = Gain::pairs(1, kept).unwrap();
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

/// Kept pairs are (0, 0) and (1, 1). To swap both mentees gains 100; to change one of them costs 60.
fn of_swapped() -> (Problem<'static>, Gain) {
    let listed = [(0, 0), (1, 1)].map(|(i, j)| (MenteeIdx::new(i), MentorIdx::new(j)));
    let gain = Gain::pairs(2, listed).unwrap();
    let scores = vec![100, 150, 40, 150, 100, 40];
    (Problem::dense(2, 3, scores, None).unwrap(), gain)
}

#[test]
fn some_gains_lie_below_the_envelope_and_are_settled_by_branching() {
    let (problem, gain) = of_swapped();
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

/// A pair that is told twice must not count twice, as it would in a list of values: no weights were found then whose
/// lines pass the check.
#[test]
fn a_pair_that_is_listed_twice_counts_once() {
    let (problem, gain) = of_swapped();
    let twice = [(0, 0), (1, 1), (0, 0)].map(|(i, j)| (MenteeIdx::new(i), MentorIdx::new(j)));
    assert_eq!(Gain::pairs(2, twice), Ok(gain));
    let told = told_by_the_ends(&problem, Gain::pairs(2, twice).unwrap());
    assert_eq!(told, [(0, 300), (2, 200)]);
    assert!(Gain::pairs(1, twice).is_err());
}

/// Mentors with two places each, and half of all pairs kept, whatever they score.
fn of_many_corners(seed: u64) -> (Instance, Gain) {
    let mut random = Random::new(seed);
    let mut row = || (0..4).map(|_| Some(random.between(0, 40))).collect();
    let scores: Vec<Vec<_>> = (0..5).map(|_| row()).collect();
    let pairs = (0..5).flat_map(|i| (0..4).map(move |j| (MenteeIdx::new(i), MentorIdx::new(j))));
    let kept = pairs.filter(|_| random.below(2) == 0);
    let gain = Gain::pairs(5, kept).unwrap();
    let instance = Instance::one_to_one(4, scores).with_capacities(vec![2; 4]);
    (instance, gain)
}

#[test]
fn envelopes_of_many_corners_are_found() {
    let mut many = 0;
    for seed in 0..40 {
        let (instance, gain) = of_many_corners(seed);
        assert_traded(&instance, vec![Level::Participation], gain.clone());
        let level = Level::Listed(gain.listed().unwrap().clone());
        let points = all_points(&instance, &[Level::Participation], &level);
        many += usize::from(corners(&points).len() > 3);
    }
    assert!(many > 10, "{many}");
}

/// Whatever is allowed is used, and nothing more; and no total lies above the corners found by more than the gap.
#[test]
fn a_search_that_ends_early_has_proved_a_line_a_solve_and_states_its_gap() {
    let (mut wide, mut none) = (0, 0);
    for (seed, solves) in (0..20).flat_map(|seed| (3..9).map(move |solves| (seed, solves))) {
        let (instance, gain) = of_many_corners(seed);
        let problem = instance.dense();
        let asked = (held(vec![Level::Participation]), gain);
        let options = SolveOptions::new([Level::TotalScore]);
        let found = trade_off_on(&problem, asked, &options, (solves, 0)).unwrap();
        assert_eq!(found.check(&problem), Ok(()));
        let gap = found.gap();
        assert!(found.lines.len() == solves || found.lines.len() < solves && gap == 0);
        let points = all_points(&instance, &[Level::Participation], &found.gain_level());
        for two in found.points.windows(2) {
            let (wide, deep) = (two[1].gain - two[0].gain, two[0].total - two[1].total);
            for (gain, total) in points.range(two[0].gain..=two[1].gain) {
                let above = (total - two[0].total) * wide + deep * (gain - two[0].gain);
                assert!(above <= gap * wide, "{seed} {solves}");
            }
        }
        wide += usize::from(gap > 0);
        none += usize::from(gap == 0);
    }
    assert!(wide > 10 && none > 10, "{wide} {none}");
}

#[test]
fn the_gap_of_the_two_ends_is_the_most_that_fits_under_the_best_total() {
    // Mentee 3 keeps her mentor in any case; the others keep theirs all or not at all.
    let listed = [0, 1, 2, 3].map(|own| (MenteeIdx::new(own), MentorIdx::new(own)));
    let gain = Gain::pairs(4, listed).unwrap();
    let rows = [
        [100, 150, -1, -1],
        [-1, 100, 150, -1],
        [140, -1, 100, -1],
        [-1, -1, -1, 50],
    ];
    let problem = Problem::dense(4, 4, rows.concat(), Some(-1)).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let asked = (held(vec![Level::Participation]), gain);
    let found = trade_off(&problem, asked.clone(), &options, 3).unwrap();
    let figures = found.points.iter().map(|point| (point.gain, point.total));
    assert_eq!(figures.collect::<Vec<_>>(), [(1, 490), (4, 350)]);
    // The line between them has 396 at a gain of 3, where so far a total of 490 is not ruled out.
    assert_eq!((found.bound(3), found.gap()), (Some(490), 94));
    let found = trade_off(&problem, asked, &options, usize::MAX).unwrap();
    assert_eq!((found.bound(3), found.gap()), (Some(396), 0));
}

proptest! {
    #[test]
    fn corners_are_the_points_that_no_two_others_reach(
        figures in prop::collection::btree_map(-5_i128..12, 0_i128..20, 0..9),
    ) {
        let point = |(&gain, &total)| Point {
            gain,
            total,
            assignment: Assignment::from_pairs(0, []),
        };
        let points: Vec<_> = figures.iter().map(point).collect();
        let found = super::corners(&points).into_iter().map(|own| (own.gain, own.total));
        prop_assert_eq!(found.collect::<Vec<_>>(), corners(&figures));
    }
}

/// For each of two mentees the mentor she is best with, and the one she had. The first would give up 60 for hers, the
/// second 10.
fn of_two_steps() -> (Problem<'static>, Gain) {
    let scores = vec![100, -1, 40, -1, 50, 100, -1, 90];
    let problem = Problem::dense(2, 4, scores, Some(-1)).unwrap();
    let had = [(0, 2), (1, 3)].map(|(i, j)| (MenteeIdx::new(i), MentorIdx::new(j)));
    let gain = Gain::pairs(2, had).unwrap();
    (problem, gain)
}

/// The points that the two ends, and what leads from one to the other, tell without a further solve.
fn told_by_the_ends(problem: &Problem<'_>, gain: Gain) -> Vec<(i128, i128)> {
    let options = SolveOptions::new([Level::TotalScore]);
    let asked = (held(vec![Level::Participation]), gain);
    let found = trade_off(problem, asked, &options, 3).unwrap();
    let figures = found.points.iter().map(|point| (point.gain, point.total));
    figures.collect()
}

#[test]
fn steps_between_the_ends_are_points_without_a_solve() {
    let (problem, gain) = of_two_steps();
    let told = told_by_the_ends(&problem, gain);
    assert_eq!(told, [(0, 200), (1, 190), (2, 130)]);
}

#[test]
fn a_step_that_needs_another_to_leave_a_full_group_is_no_point() {
    let (problem, gain) = of_two_steps();
    let of_one = Groups::new(vec![Some(0), None, None, Some(0)], vec![None], vec![1]).unwrap();
    let problem = problem.with_mentor_groups(of_one).unwrap();
    assert_eq!(told_by_the_ends(&problem, gain), [(0, 200), (2, 130)]);
}

#[test]
fn a_step_to_a_second_mentor_of_one_kind_is_no_point() {
    let problem = Problem::dense(1, 4, vec![100, 80, 90, 40], None).unwrap();
    let problem = problem.with_demands(vec![2]).unwrap();
    let kinds = [Some(0), None, Some(0), None];
    let problem = problem.with_mentor_kinds(&kinds).unwrap();
    let had = [2, 3].map(|j| (MenteeIdx::new(0), MentorIdx::new(j)));
    let gain = Gain::pairs(1, had).unwrap();
    assert_eq!(told_by_the_ends(&problem, gain), [(0, 180), (2, 130)]);
}

/// What the check says of a trade-off with one more point.
fn with_point(found: &TradeOff, problem: &Problem<'_>, point: Point) -> Result<(), Violation> {
    let mut forged = found.clone();
    forged.others.push(point);
    forged.check(problem)
}

#[test]
fn a_point_is_refused_that_breaks_one_thing_alone() {
    let (problem, gain) = of_two_steps();
    let options = SolveOptions::new([Level::TotalScore]);
    let mut held = held(vec![Level::Participation]);
    let asked = (held.clone(), gain.clone());
    let found = trade_off(&problem, asked, &options, usize::MAX).unwrap();
    let point = |pairs: &[(u32, u32)]| {
        let assignment = Assignment::from_pairs(2, pairs.iter().copied());
        found.point(&problem, assignment).unwrap()
    };
    let sound = point(&[(0, 0), (1, 3)]);
    assert_eq!(with_point(&found, &problem, sound.clone()), Ok(()));
    let (mut gains, mut scores) = (sound.clone(), sound.clone());
    gains.gain += 1;
    scores.total += 1;
    let unmatched = point(&[(0, 0)]);
    let crowded = point(&[(0, 0), (1, 0)]);
    for forged in [gains, scores, unmatched, crowded] {
        assert_eq!(with_point(&found, &problem, forged), Err(Violation::Bound));
    }
    held.floor = 95; // above the score of the second mentee and the mentor she had
    let above = trade_off(&problem, (held, gain), &options, usize::MAX).unwrap();
    assert_eq!(above.check(&problem), Ok(()));
    assert_eq!(with_point(&above, &problem, sound), Err(Violation::Bound));
}

#[test]
fn a_line_is_refused_that_says_more_or_is_proved_for_other_levels() {
    let (problem, gain) = of_two_steps();
    let options = SolveOptions::new([Level::TotalScore]);
    let asked = (held(vec![Level::Participation]), gain);
    let found = trade_off(&problem, asked, &options, usize::MAX).unwrap();
    for at in 0..found.lines.len() {
        let mut forged = found.clone();
        forged.lines[at].value += 1;
        assert_eq!(forged.check(&problem), Err(Violation::Bound));
        let mut forged = found.clone();
        let weights = found.lines[at].weights;
        let weighed = found.weighed(&problem, weights);
        let solution = solve(&weighed.problem().unwrap(), &options).unwrap();
        forged.lines[at] = Line::new(weights, solution);
        assert_eq!(forged.check(&problem), Err(Violation::Shape));
    }
}

#[test]
fn progress_tells_of_solves_that_come() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hook = Arc::clone(&told);
    let hooks = Hooks {
        progress: Some(Arc::new(move |progress: Progress| {
            hook.lock().unwrap().push((progress.done, progress.total));
        })),
        ..Hooks::default()
    };
    let (problem, gain) = of_swapped();
    let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
    let asked = (held(vec![Level::Participation]), gain);
    let reports = || std::mem::take(&mut *told.lock().unwrap());
    let found = trade_off(&problem, asked, &options, usize::MAX).unwrap();
    let of_search = reports();
    found.settle(&problem, 1, &options, usize::MAX).unwrap();
    for told in [of_search, reports()] {
        assert_eq!(told.first().map(|(done, _)| *done), Some(0));
        assert!(told.iter().all(|(done, total)| done < total));
    }
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
