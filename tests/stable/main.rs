//! Stable matching against every stable matching there is, published examples, and its own laws.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

#[path = "../common/mod.rs"]
mod common;
mod instance;

use std::cmp::Reverse;

use common::random::Random;
use instance::{ABSENT, Instance, SIDES, with};
use mentormatch::solver::{
    Assignment, CancelToken, Groups, Hooks, PairHash, Preferences, Problem, ProblemError,
    SolveError, Violation, solve_stable,
};
use mentormatch::{MenteeIdx, MentorIdx, Role};

fn pairs(assignment: &Assignment) -> Vec<(u32, u32)> {
    assignment
        .pairs()
        .map(|(mentee, mentor)| (mentee.get(), mentor.get()))
        .collect()
}

fn other(side: Role) -> Role {
    match side {
        Role::Mentee => Role::Mentor,
        Role::Mentor => Role::Mentee,
    }
}

/// Every stable matching is as good for nobody who proposes, partner by partner, and as bad for nobody
/// else; and everybody has as many partners in each, those with room the same.
#[test]
fn the_proposing_side_has_its_best_and_the_other_its_worst_of_all_stable_matchings() {
    let mut random = Random::new(1962);
    let (mut several, mut many_to_many) = (0, 0);
    for _ in 0..5_000 {
        let size = [(4, 2), (3, 3), (2, 4), (5, 2)][random.below(4) as usize];
        let most = 1 + random.below(3);
        let instance = Instance::draw(&mut random, size, most);
        let stable = instance.all_stable();
        several += usize::from(stable.len() > 1);
        many_to_many +=
            usize::from(stable.len() > 1 && instance.demands.iter().any(|&most| most > 1));
        for proposing in SIDES {
            let found = pairs(&instance.solve(proposing));
            assert!(stable.contains(&found), "{instance:?}");
            for one in &stable {
                compare(&instance, &found, one, proposing);
            }
        }
    }
    assert!(
        several > 150 && many_to_many > 40,
        "{several} {many_to_many}"
    );
}

fn compare(instance: &Instance, found: &[(u32, u32)], one: &[(u32, u32)], proposing: Role) {
    for side in SIDES {
        let people = match side {
            Role::Mentee => &instance.demands,
            Role::Mentor => &instance.capacities,
        };
        for (who, &most) in (0u32..).zip(people) {
            let (own, there) = (
                instance.fortune(found, side, who),
                instance.fortune(one, side, who),
            );
            assert_eq!(
                own.len(),
                there.len(),
                "as many partners in every one: {instance:?}"
            );
            if own.len() < most as usize {
                assert_eq!(
                    own, there,
                    "who has room has the same partners: {instance:?}"
                );
            }
            let mut both = own.iter().zip(&there);
            if side == proposing {
                assert!(both.all(|(own, there)| own >= there), "{instance:?}");
            } else {
                assert!(both.all(|(own, there)| own <= there), "{instance:?}");
            }
        }
    }
}

/// The checker against the definition: any legal set of pairs, and each side's best.
#[test]
fn the_check_passes_what_is_stable_and_best_and_nothing_else() {
    let mut random = Random::new(1984);
    for _ in 0..600 {
        let instance = Instance::draw(&mut random, (3, 3), 2);
        let (preferences, stable) = (instance.preferences(), instance.all_stable());
        let best = SIDES.map(|side| pairs(&instance.solve(side)));
        for pairs in &stable {
            let assignment = Assignment::from_pairs(3, pairs.iter().copied());
            for (side, best) in SIDES.into_iter().zip(&best) {
                let expected = match pairs == best {
                    true => Ok(()),
                    false => Err(Violation::NotBestFor { side }),
                };
                assert_eq!(
                    preferences.check(&assignment, side),
                    expected,
                    "{instance:?}"
                );
            }
        }
        let allowed = instance.allowed();
        for _ in 0..20 {
            let some = with(&allowed, |_| random.below(3) == 0);
            let assignment = Assignment::from_pairs(3, some.iter().copied());
            let checked = preferences.check(&assignment, Role::Mentee);
            let listed = preferences.blocking_pairs(&assignment, usize::MAX);
            if !instance.is_legal(&some) {
                assert!(
                    matches!(checked, Err(Violation::Overloaded { .. })),
                    "{checked:?}"
                );
                assert!(listed.is_err());
                continue;
            }
            let blocking = instance.blocking(&some);
            let is_blocked = matches!(checked, Err(Violation::Blocked { .. }));
            assert_eq!(is_blocked, !blocking.is_empty());
            let blocking = with(&blocking, |&pair| instance.both_gain(&some, pair));
            let listed = listed.unwrap();
            let named: Vec<_> = listed
                .pairs
                .iter()
                .map(|(i, j)| (i.get(), j.get()))
                .collect();
            assert_eq!((listed.count, &named), (blocking.len() as u64, &blocking));
            let first = preferences.blocking_pairs(&assignment, 1).unwrap();
            assert_eq!(
                (first.count, first.pairs.len()),
                (listed.count, named.len().min(1))
            );
        }
    }
}

/// Example 1 of Gale and Shapley's paper: three men, three women, three stable matchings.
#[test]
fn gale_and_shapley_example_1() {
    let instance = Instance::of_lists(
        &[&[0, 1, 2], &[1, 2, 0], &[2, 0, 1]],
        &[&[1, 2, 0], &[2, 0, 1], &[0, 1, 2]],
    );
    assert_eq!(instance.all_stable().len(), 3);
    assert_eq!(
        pairs(&instance.solve(Role::Mentee)),
        [(0, 0), (1, 1), (2, 2)]
    );
    assert_eq!(
        pairs(&instance.solve(Role::Mentor)),
        [(0, 2), (1, 0), (2, 1)]
    );
    let middle = Assignment::from_pairs(3, [(0, 1), (1, 2), (2, 0)]);
    for side in SIDES {
        let checked = instance.preferences().check(&middle, side);
        assert_eq!(checked, Err(Violation::NotBestFor { side }));
    }
}

/// Example 2 of the paper: four and four, and only one stable matching.
#[test]
fn gale_and_shapley_example_2() {
    let instance = Instance::of_lists(
        &[&[0, 1, 2, 3], &[0, 3, 2, 1], &[1, 0, 2, 3], &[3, 1, 2, 0]],
        &[&[3, 2, 0, 1], &[1, 3, 0, 2], &[3, 0, 1, 2], &[2, 1, 0, 3]],
    );
    let only = [(0, 2), (1, 3), (2, 0), (3, 1)];
    assert_eq!(instance.all_stable(), [only.to_vec()]);
    for side in SIDES {
        assert_eq!(pairs(&instance.solve(side)), only);
    }
}

/// Hospitals and residents with incomplete lists: whom every stable matching leaves alone stays alone, and
/// an unpopular hospital gets the same residents, whoever proposes.
#[test]
fn rural_hospitals_get_the_same_residents() {
    let mut instance = Instance::of_lists(
        &[&[0, 1], &[1, 0], &[0, 2], &[1]],
        &[&[1, 0, 2], &[0, 1, 3], &[2]],
    );
    instance.capacities = vec![1, 1, 2];
    let [best, worst] = SIDES.map(|side| pairs(&instance.solve(side)));
    assert_ne!(best, worst, "there is something to choose");
    let rural = |pairs: &[(u32, u32)]| with(pairs, |pair| pair.1 == 2);
    assert_eq!(rural(&best), rural(&worst));
    let alone = |pairs: &[(u32, u32)]| {
        (0..4)
            .filter(|&i| pairs.iter().all(|pair| pair.0 != i))
            .collect::<Vec<u32>>()
    };
    assert_eq!(alone(&best), alone(&worst));
    assert_eq!(alone(&best), [3]);
}

/// Lists are made again and again here: far more people than a list is long, in every kind of agreement.
#[test]
fn larger_ones_are_stable_and_the_same_through_every_door() {
    let mut random = Random::new(2013);
    for round in 0..12 {
        let (mentees, mentors) = [(300, 120), (150, 200), (400, 30)][round % 3];
        let mut instance = Instance::draw(&mut random, (mentees, mentors), 3);
        if round % 4 == 0 {
            agree(&mut instance); // everybody wants the same people
        }
        let [rows, columns] = sparse(&instance);
        for side in SIDES {
            let found = instance.solve(side);
            assert_eq!(instance.blocking(&pairs(&found)), [], "round {round}");
            assert_eq!(rows.solve(&instance, side), found);
            assert_eq!(columns.solve(&instance, side), found);
            assert_eq!(on_demand(&instance, side).unwrap(), found);
            let checked = instance.preferences().check(&found, other(side));
            let is_only = found == instance.solve(other(side));
            assert_eq!(checked.is_ok(), is_only);
        }
    }
}

fn agree(instance: &mut Instance) {
    let columns = instance.capacities.len();
    for at in 0..instance.by_mentee.len() {
        instance.by_mentee[at] = i32::try_from(at % columns).unwrap();
        instance.by_mentor[at] = i32::try_from(at / columns).unwrap();
    }
}

/// One sparse view beside a dense one, and two sparse ones.
struct Rows {
    starts: Vec<u64>,
    mentors: Vec<u32>,
    by_mentee: Vec<i32>,
    by_mentor: Vec<i32>,
    is_mixed: bool,
}

fn sparse(instance: &Instance) -> [Rows; 2] {
    [false, true].map(|is_mixed| {
        let mut rows = Rows {
            starts: vec![0],
            mentors: Vec::new(),
            by_mentee: Vec::new(),
            by_mentor: Vec::new(),
            is_mixed,
        };
        for mentee in 0..instance.demands.len() {
            for mentor in 0..instance.capacities.len() {
                if instance.is_allowed(mentee, mentor) {
                    let at = instance.at(mentee, mentor);
                    rows.mentors.push(u32::try_from(mentor).unwrap());
                    rows.by_mentee.push(instance.by_mentee[at]);
                    rows.by_mentor.push(instance.by_mentor[at]);
                }
            }
            rows.starts.push(rows.mentors.len() as u64);
        }
        rows
    })
}

impl Rows {
    fn solve(&self, instance: &Instance, side: Role) -> Assignment {
        let (mentees, mentors) = (instance.demands.len(), instance.capacities.len());
        let view = |values| Problem::sparse(mentors, &self.starts, &self.mentors, values).unwrap();
        let by_mentor = if self.is_mixed {
            Problem::dense(mentees, mentors, &instance.by_mentor[..], Some(ABSENT)).unwrap()
        } else {
            view(&self.by_mentor[..])
        };
        let preferences = instance.bounded(view(&self.by_mentee[..]), by_mentor);
        solve_stable(&preferences, side, &Hooks::default())
            .unwrap()
            .assignment
    }
}

fn on_demand(instance: &Instance, side: Role) -> Result<Assignment, SolveError> {
    let (mentees, mentors) = (instance.demands.len(), instance.capacities.len());
    let source = |values: &[i32]| {
        let values = values.to_vec();
        move |mentee: MenteeIdx, row: &mut [i32]| {
            row.copy_from_slice(&values[mentee.index() * mentors..][..mentors]);
        }
    };
    let (by_mentee, by_mentor) = (source(&instance.by_mentee), source(&instance.by_mentor));
    let range = 0..=1_000;
    let own =
        Problem::on_demand(mentees, mentors, &by_mentee, range.clone(), Some(ABSENT)).unwrap();
    let other = Problem::on_demand(mentees, mentors, &by_mentor, range, Some(ABSENT)).unwrap();
    let preferences = instance.bounded(own, other);
    Ok(solve_stable(&preferences, side, &Hooks::default())?.assignment)
}

/// Nothing but the people decides: neither their order, nor the threads, nor what values are called.
#[test]
fn order_threads_and_scale_change_nothing() {
    let mut random = Random::new(7);
    let instance = Instance::draw(&mut random, (260, 90), 2);
    let (mentees, mentors) = (random.order(260), random.order(90));
    let mut keys = |people: usize| (0..people).map(|_| random.next()).collect::<Vec<_>>();
    let (mentee_keys, mentor_keys) = (keys(260), keys(90));
    let ties = |keys: [&[u64]; 2]| PairHash::new(keys[0].to_vec(), keys[1].to_vec());
    let given = Instance {
        ties: ties([&mentee_keys, &mentor_keys]),
        ..instance
    };
    let moved = permuted(&given, &mentees, &mentors);
    let moved = Instance {
        ties: ties([
            &mentees
                .iter()
                .map(|&at| mentee_keys[at])
                .collect::<Vec<_>>(),
            &mentors
                .iter()
                .map(|&at| mentor_keys[at])
                .collect::<Vec<_>>(),
        ]),
        ..moved
    };
    for side in SIDES {
        let expected = pairs(&given.solve(side));
        let found = pairs(&moved.solve(side)).into_iter();
        let place = |order: &[usize], at: u32| u32::try_from(order[at as usize]).unwrap();
        let mut found: Vec<_> = found
            .map(|(mentee, mentor)| (place(&mentees, mentee), place(&mentors, mentor)))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        let mut scaled = given.clone();
        for value in scaled
            .by_mentor
            .iter_mut()
            .filter(|value| **value != ABSENT)
        {
            *value = 2 * *value + 7;
        }
        assert_eq!(pairs(&scaled.solve(side)), expected);
        for threads in [1, 2, 5] {
            assert_eq!(in_pool(threads, || pairs(&given.solve(side))), expected);
        }
    }
}

fn permuted(given: &Instance, mentees: &[usize], mentors: &[usize]) -> Instance {
    let view = |values: &[i32]| {
        let pairs = mentees
            .iter()
            .flat_map(|&i| mentors.iter().map(move |&j| (i, j)));
        pairs
            .map(|(mentee, mentor)| values[given.at(mentee, mentor)])
            .collect()
    };
    Instance {
        demands: mentees.iter().map(|&at| given.demands[at]).collect(),
        capacities: mentors.iter().map(|&at| given.capacities[at]).collect(),
        by_mentee: view(&given.by_mentee),
        by_mentor: view(&given.by_mentor),
        ties: given.ties.clone(),
    }
}

#[cfg(feature = "parallel")]
fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap().install(work)
}

#[cfg(not(feature = "parallel"))]
fn in_pool<T>(_threads: usize, work: impl FnOnce() -> T) -> T {
    work()
}

/// Where both sides judge alike, the best pair of all is made first, and so on: one stable matching.
#[test]
fn alike_views_have_one_stable_matching_and_ties_fall_by_the_hash() {
    let mut random = Random::new(3);
    for _ in 0..200 {
        let mut instance = Instance::draw(&mut random, (6, 5), 2);
        instance.by_mentor = instance.by_mentee.clone();
        let greedy = best_pairs_first(&instance);
        for side in SIDES {
            assert_eq!(pairs(&instance.solve(side)), greedy);
            let (mentees, mentors) = (instance.demands.len(), instance.capacities.len());
            let view = Problem::dense(mentees, mentors, &instance.by_mentee[..], Some(ABSENT));
            let view = view
                .unwrap()
                .with_capacities(instance.capacities.clone())
                .unwrap();
            let view = view.with_demands(instance.demands.clone()).unwrap();
            let alike = Preferences::alike(view).unwrap();
            let alike = alike.with_ties(instance.ties.clone()).unwrap();
            let solution = solve_stable(&alike, side, &Hooks::default()).unwrap();
            assert_eq!(pairs(&solution.assignment), greedy);
        }
    }
}

fn best_pairs_first(instance: &Instance) -> Vec<(u32, u32)> {
    let mut allowed = instance.allowed();
    allowed.sort_by_key(|&pair| {
        let (value, hash, _) = instance.liking(Role::Mentee, pair);
        Reverse((value, hash))
    });
    let mut chosen = Vec::new();
    for pair in allowed {
        chosen.push(pair);
        if !instance.is_legal(&chosen) {
            chosen.pop();
        }
    }
    chosen.sort_unstable();
    chosen
}

#[test]
fn extreme_values_and_places_are_ranked_like_any_others() {
    let extremes = [i32::MIN, i32::MAX, 0, -1];
    let views = || Problem::dense(2, 2, extremes.to_vec(), None).unwrap();
    let own = views().with_capacities(vec![u32::MAX, 0]).unwrap();
    let own = own.with_demands(vec![u32::MAX, 1]).unwrap();
    let preferences = Preferences::new(own, views()).unwrap();
    for side in SIDES {
        let found = solve_stable(&preferences, side, &Hooks::default())
            .unwrap()
            .assignment;
        assert_eq!(pairs(&found), [(0, 0), (1, 0)], "mentor 1 has no places");
    }
}

#[test]
fn nobody_there_is_stable() {
    for (mentees, mentors) in [(0, 0), (0, 3), (3, 0)] {
        let problem = Problem::dense(mentees, mentors, Vec::new(), None).unwrap();
        let preferences = Preferences::alike(problem).unwrap();
        for side in SIDES {
            let solution = solve_stable(&preferences, side, &Hooks::default()).unwrap();
            assert!(solution.assignment.is_empty());
            assert_eq!(solution.gap(), None);
        }
    }
}

#[test]
fn what_is_not_sound_is_refused() {
    let problem = || Problem::dense(2, 2, vec![1; 4], None).unwrap();
    let minimum = problem().with_minimum_loads(vec![0, 1]).unwrap();
    let expected = ProblemError::NotStable { what: "minimums" };
    assert_eq!(Preferences::alike(minimum.clone()).unwrap_err(), expected);
    assert_eq!(Preferences::new(problem(), minimum).unwrap_err(), expected);
    let groups = Groups::new(vec![Some(0), Some(0)], vec![None], vec![1]).unwrap();
    let quota = problem().with_mentee_groups(groups).unwrap();
    let expected = ProblemError::NotStable { what: "groups" };
    assert_eq!(Preferences::alike(quota).unwrap_err(), expected);
    let larger = Problem::dense(2, 3, vec![1; 6], None).unwrap();
    let refused = Preferences::new(problem(), larger).unwrap_err();
    assert!(matches!(
        refused,
        ProblemError::Length {
            found: 3,
            expected: 2,
            ..
        }
    ));
    let ties = PairHash::new(vec![0; 2], vec![0; 3]);
    assert!(
        Preferences::alike(problem())
            .unwrap()
            .with_ties(ties)
            .is_err()
    );
}

#[test]
fn a_check_refuses_what_is_no_matching() {
    let problem = Problem::dense(2, 2, vec![1, ABSENT, 1, 1], Some(ABSENT)).unwrap();
    let preferences = Preferences::alike(problem).unwrap();
    let check = |mentees, pairs: &[(u32, u32)]| {
        let assignment = Assignment::from_pairs(mentees, pairs.iter().copied());
        preferences.check(&assignment, Role::Mentee).unwrap_err()
    };
    assert_eq!(check(3, &[]), Violation::Shape);
    assert_eq!(check(2, &[(0, 2)]), Violation::Shape);
    let (mentee, mentor) = (MenteeIdx::new(0), MentorIdx::new(1));
    assert_eq!(
        check(2, &[(0, 1)]),
        Violation::NotAllowed { mentee, mentor }
    );
    assert!(matches!(
        check(2, &[(1, 1), (1, 1)]),
        Violation::NotAllowed { .. }
    ));
    assert!(matches!(
        check(2, &[(0, 0), (1, 0)]),
        Violation::Overloaded {
            load: 2,
            max: 1,
            ..
        }
    ));
}

#[test]
fn a_claim_of_stability_is_not_proved_by_one_problem() {
    let problem = Problem::dense(1, 1, vec![1], None).unwrap();
    let preferences = Preferences::alike(problem.clone()).unwrap();
    let solution = solve_stable(&preferences, Role::Mentee, &Hooks::default()).unwrap();
    let checked = solution.certificate.check(&problem, &solution.assignment);
    assert_eq!(checked, Err(Violation::NeedsPreferences));
}

#[test]
fn a_source_that_breaks_its_promise_is_found_out() {
    let mut instance = Instance::draw(&mut Random::new(5), (4, 4), 2);
    instance.by_mentor[9] = 5_000;
    for side in SIDES {
        let mentee = MenteeIdx::new(2);
        let refused = on_demand(&instance, side).unwrap_err();
        assert_eq!(refused, SolveError::RowOutOfRange { mentee });
    }
}

#[test]
fn a_check_refuses_a_source_that_breaks_its_promise() {
    let source = |mentee: MenteeIdx, row: &mut [i32]| match mentee.index() {
        1 => row.fill(5_000),
        _ => row.fill(1),
    };
    let problem = Problem::on_demand(2, 2, &source, 0..=1_000, Some(ABSENT)).unwrap();
    let preferences = Preferences::alike(problem).unwrap();
    let mentee = MenteeIdx::new(1);
    for pairs in [vec![(0, 0)], vec![(0, 0), (1, 1)]] {
        let assignment = Assignment::from_pairs(2, pairs);
        let refused = preferences.check(&assignment, Role::Mentee);
        assert_eq!(refused, Err(Violation::RowOutOfRange { mentee }));
    }
}

#[test]
fn who_cancels_is_told_so_even_if_a_source_has_broken_its_promise() {
    let mut hooks = Hooks::default();
    let token = CancelToken::default();
    hooks.cancel = Some(token.clone());
    let source = |_: MenteeIdx, row: &mut [i32]| {
        token.cancel();
        row.fill(5_000);
    };
    let problem = Problem::on_demand(2, 2, &source, 0..=1_000, Some(ABSENT)).unwrap();
    let preferences = Preferences::alike(problem).unwrap();
    let cancelled = solve_stable(&preferences, Role::Mentee, &hooks);
    assert_eq!(cancelled.unwrap_err(), SolveError::Cancelled);
}

/// More pairs than are looked at in one part. Everybody likes the one of her own number best; but of the last two, each
/// mentor likes the other's.
#[test]
fn what_speaks_against_an_assignment_is_found_in_every_part() {
    let (people, last) = (400, 398);
    let all = || (0..people).flat_map(|i| (0..people).map(move |j| (i, j)));
    let is_last = |i, j| i >= last && j >= last;
    let value = |best: bool, i, j| match best {
        true => 9,
        false => i32::from(is_last(i, j)),
    };
    let by_mentor = |(i, j)| value((i == j) != is_last(i, j), i, j);
    let instance = Instance {
        demands: vec![1; people],
        capacities: vec![1; people],
        by_mentee: all().map(|(i, j)| value(i == j, i, j)).collect(),
        by_mentor: all().map(by_mentor).collect(),
        ties: PairHash::new(vec![0; people], vec![0; people]),
    };
    let preferences = instance.preferences();
    let own = (0..400).map(|i| (i, i));
    let turned = own
        .clone()
        .map(|(i, j)| (i, if i < 398 { j } else { 797 - j }));
    let of_mentees = Assignment::from_pairs(people, own);
    let of_mentors = Assignment::from_pairs(people, turned);
    for (assignment, side) in [(of_mentees, Role::Mentee), (of_mentors, Role::Mentor)] {
        assert_eq!(preferences.check(&assignment, side), Ok(()));
        let side = other(side);
        let refused = preferences.check(&assignment, side);
        assert_eq!(refused, Err(Violation::NotBestFor { side }));
    }
    let nobody = Assignment::from_pairs(people, []);
    let blocking = preferences.blocking_pairs(&nobody, 3).unwrap();
    assert_eq!(blocking.count, 160_000);
    let first = [(0, 0), (0, 1), (0, 2)].map(|(i, j)| (MenteeIdx::new(i), MentorIdx::new(j)));
    assert_eq!(blocking.pairs, first);
}

#[test]
fn cancelling_ends_it_and_limits_do_not() {
    let instance = Instance::draw(&mut Random::new(11), (200, 100), 2);
    let mut hooks = Hooks::default();
    hooks.work_limit = Some(0);
    hooks.stop = Some(std::sync::Arc::new(|| true));
    let preferences = instance.preferences();
    let solution = solve_stable(&preferences, Role::Mentor, &hooks).unwrap();
    assert_eq!(solution.assignment, instance.solve(Role::Mentor));
    let token = CancelToken::default();
    token.cancel();
    hooks.cancel = Some(token);
    let cancelled = solve_stable(&preferences, Role::Mentor, &hooks);
    assert_eq!(cancelled.unwrap_err(), SolveError::Cancelled);
}
