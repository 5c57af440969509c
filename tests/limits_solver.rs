//! Stopping early and running out of memory.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::cmp::Reverse;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use common::exhaustive;
use common::generate::{self, SMALL};
use common::instance::{Instance, pairs_of};
use common::random::Random;
use mentormatch::solver::{
    Assignment, Claim, Groups, Hooks, Level, ListedValues, Method, PairHash, PlaceValues, Problem,
    Solution, SolveError, SolveOptions, Stage, TieBreak, solve,
};
use mentormatch::{MenteeIdx, MentorIdx};
use proptest::prelude::*;

fn with_work_limit(options: &SolveOptions, limit: u64) -> SolveOptions {
    options.clone().hooks(Hooks::new().work_limit(limit))
}

/// The result is legal, and claims no more than is true.
fn judge(instance: &Instance, problem: &Problem<'_>, solution: &Solution) {
    let pairs = pairs_of(&solution.assignment);
    let (value, levels) = (&solution.value, solution.certificate.levels());
    instance.assert_legal(&pairs);
    assert_eq!(*value, instance.value(&pairs, levels));
    assert_eq!(
        solution.certificate.check(problem, &solution.assignment),
        Ok(())
    );
    let optimum = exhaustive::optimum(instance, levels);
    match solution.certificate.claim() {
        Claim::Optimal => {
            assert_eq!(*value, optimum);
            assert_eq!(solution.gap(), None);
        }
        Claim::Bounded { level, bound } => {
            assert_eq!(value[..level], optimum[..level]);
            assert!(value[level] <= optimum[level] && optimum[level] <= bound);
            assert_eq!(solution.gap(), Some(bound - value[level]));
        }
        claim => panic!("{claim:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_work_limit_gives_a_legal_result_with_a_true_bound(
        (instance, levels) in generate::instance_and_levels(SMALL),
        method in proptest::sample::select(vec![Method::Auto, Method::MinCostFlow]),
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new(levels).method(method).tie_break(TieBreak::Canonical);
        for limit in [0, 1, 5, 20, 60, 150, u64::MAX] {
            let solution = solve(&problem, &with_work_limit(&options, limit)).unwrap();
            judge(&instance, &problem, &solution);
            if limit == u64::MAX {
                prop_assert_eq!(solution.certificate.claim(), Claim::Optimal);
            }
            let again = solve(&problem, &with_work_limit(&options, limit)).unwrap();
            prop_assert_eq!(again.assignment, solution.assignment);
            prop_assert_eq!(again.certificate, solution.certificate);
        }
    }

    /// What a run took without a limit is enough for the same run.
    #[test]
    fn the_work_of_a_run_lets_it_end_by_itself(
        (instance, levels) in generate::instance_and_levels(SMALL),
        method in proptest::sample::select(vec![Method::Auto, Method::MinCostFlow]),
        tie_break in proptest::sample::select(vec![TieBreak::Fast, TieBreak::Canonical]),
    ) {
        let problem = instance.dense();
        let options = SolveOptions::new(levels).method(method).tie_break(tie_break);
        let free = solve(&problem, &options).unwrap();
        prop_assume!(free.stats.work > 0);
        let limited = solve(&problem, &with_work_limit(&options, free.stats.work)).unwrap();
        prop_assert_eq!(limited.assignment, free.assignment);
        prop_assert_eq!(limited.certificate, free.certificate);
        prop_assert_eq!(limited.stats, free.stats);
    }

    #[test]
    fn a_stop_hook_gives_a_legal_result_with_a_true_bound(
        (instance, levels) in generate::instance_and_levels(SMALL),
    ) {
        let problem = instance.dense();
        let mut hooks = Hooks::default();
        hooks.stop = Some(Arc::new(|| true));
        let solution = solve(&problem, &SolveOptions::new(levels).hooks(hooks)).unwrap();
        judge(&instance, &problem, &solution);
    }
}

/// A mid-size problem with scarce places, where every search is long.
fn scarce(n: usize, m: usize) -> (Vec<i32>, Vec<u32>) {
    let mut random = Random::new(5);
    (
        (0..n * m).map(|_| random.between(0, 1_000)).collect(),
        vec![1; m],
    )
}

/// The same on more people, where lists grow and searches are long.
#[test]
fn the_work_of_a_larger_run_lets_it_end_by_itself() {
    let (scores, capacities) = scarce(300, 200);
    let problem = Problem::dense(300, 200, &scores, None).unwrap();
    let problem = problem.with_capacities(capacities).unwrap();
    let minimum = problem.clone().with_minimum_loads(vec![1; 200]).unwrap();
    for problem in [problem, minimum] {
        for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
            let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
            let options = options.tie_break(tie_break);
            let free = solve(&problem, &options).unwrap();
            let limited = with_work_limit(&options, free.stats.work);
            let limited = solve(&problem, &limited).unwrap();
            assert_eq!(limited.certificate, free.certificate);
        }
    }
}

/// Of 40 mentees 30 can take one mentor each, and mentors have 25 places; minimums ask for 20.
#[test]
fn bounds_of_stopped_solves_are_not_above_what_people_and_places_allow() {
    let mut random = Random::new(3);
    let scores: Vec<i32> = (0..40 * 10).map(|_| random.between(-9, 9)).collect();
    let demands = (0..40).map(|mentee| u32::from(mentee % 4 != 0)).collect();
    let problem = Problem::dense(40, 10, scores, None).unwrap();
    let problem = problem.with_demands(demands).unwrap();
    let problem = problem.with_capacities([2, 3].repeat(5)).unwrap();
    let minimum = problem.clone().with_minimum_loads(vec![2; 10]).unwrap();
    let asked = [
        (&problem, Level::Participation, 25),
        (&problem, Level::Pairs, 25),
        (&minimum, Level::Pairs, 20),
    ];
    for (problem, level, most) in asked {
        let options = SolveOptions::new([level, Level::TotalScore]).method(Method::MinCostFlow);
        let solution = solve(problem, &with_work_limit(&options, 0)).unwrap();
        let claim = Claim::Bounded {
            level: 0,
            bound: most,
        };
        assert_eq!(solution.certificate.claim(), claim);
        let checked = solution.certificate.check(problem, &solution.assignment);
        assert_eq!(checked, Ok(()));
    }
}

#[test]
fn more_work_never_makes_a_looser_claim_about_fewer_levels() {
    let (scores, capacities) = scarce(150, 120);
    let problem = Problem::dense(150, 120, &scores, None)
        .unwrap()
        .with_capacities(capacities)
        .unwrap();
    let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
    let optimum = solve(&problem, &options).unwrap();
    let mut proved = 0;
    for limit in [0, 1 << 10, 1 << 14, 1 << 17, 1 << 20, u64::MAX] {
        let solution = solve(&problem, &with_work_limit(&options, limit)).unwrap();
        let levels = match solution.certificate.claim() {
            Claim::Bounded { level, bound } => {
                assert!(
                    solution.value[level] <= optimum.value[level] && optimum.value[level] <= bound
                );
                level
            }
            _ => 2,
        };
        assert_eq!(solution.value[..levels], optimum.value[..levels]);
        assert!(levels >= proved);
        proved = levels;
    }
    assert_eq!(proved, 2);
}

/// What is given early is worth something, whichever way is taken, and more work is hardly ever in
/// vain.
#[test]
fn what_is_found_so_far_is_given_at_a_limit() {
    let (scores, capacities) = scarce(120, 96);
    let problem = Problem::dense(120, 96, &scores, None)
        .unwrap()
        .with_capacities(capacities)
        .unwrap();
    let methods = [Method::Auto, Method::MinCostFlow];
    for (method, levels) in methods.into_iter().flat_map(|method| {
        [
            (method, vec![Level::TotalScore]),
            (method, vec![Level::Pairs, Level::TotalScore]),
        ]
    }) {
        let options = SolveOptions::new(levels).method(method);
        let optimum = solve(&problem, &options).unwrap();
        let last = optimum.value.len() - 1;
        let mut best = 0;
        for limit in (0..20).step_by(3).map(|bits| 1 << bits).chain([u64::MAX]) {
            let solution = solve(&problem, &with_work_limit(&options, limit)).unwrap();
            let value = solution.value[last];
            assert!(2 * value >= optimum.value[last], "{method:?} {limit}");
            assert!(
                100 * value >= 85 * best,
                "{method:?} {limit}: {best} to {value}"
            );
            assert!(solution.gap().is_none_or(|gap| gap <= optimum.value[last]));
            best = value.max(best);
        }
        assert_eq!(best, optimum.value[last]);
    }
}

/// What taking the best pair first comes to, everybody being allowed one.
fn greedy(scores: &[i32], mentors: usize) -> i128 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by_key(|&at| Reverse(scores[at]));
    let mut is_free = vec![true; scores.len() / mentors + mentors];
    let mut total = 0;
    for at in order {
        let ends = [at / mentors, scores.len() / mentors + at % mentors];
        if ends.iter().all(|&end| is_free[end]) {
            for end in ends {
                is_free[end] = false;
            }
            total += i128::from(scores[at]);
        }
    }
    total
}

/// Products of two sides' skills, over which all compete for long, and other scores.
#[test]
fn what_is_found_so_far_is_no_less_than_the_best_pair_first_gives() {
    let (n, m) = (150, 100);
    let mut random = Random::new(11);
    let skills: Vec<i32> = (0..n + m).map(|_| random.between(1, 999)).collect();
    let mut scores_of = |kind| {
        let pairs = (0..n * m).map(|at| (skills[at / m], skills[n + at % m]));
        let score = |(one, other): (i32, i32)| match kind {
            "products" => one * other,
            "sums" => one + other + random.between(0, 9),
            _ => random.between(0, 999),
        };
        pairs.map(score).collect::<Vec<_>>()
    };
    for kind in ["products", "sums", "any"] {
        let scores = scores_of(kind);
        let least = greedy(&scores, m);
        let problem = Problem::dense(n, m, &scores, None).unwrap();
        for method in [Method::Auto, Method::MinCostFlow] {
            let options = SolveOptions::new([Level::TotalScore]).method(method);
            for limit in (0..18).step_by(2).map(|bits| (1 << bits) - 1) {
                let found = solve(&problem, &with_work_limit(&options, limit)).unwrap();
                assert!(found.value[0] >= least, "{kind} {method:?} {limit}");
            }
        }
    }
}

/// Low scores are avoided after participation, so that they serve whoever is left over.
#[test]
fn a_stopped_search_serves_people_below_a_floor() {
    let scores = vec![1, 0, 0, 1, 1, 1, -9, -9, 0, 0];
    let problem = Problem::dense(2, 5, scores, Some(-9)).unwrap();
    let avoid = Level::Avoid {
        from: i32::MIN,
        to: 5,
    };
    let options = SolveOptions::new([Level::Participation, avoid, Level::TotalScore]);
    let found = solve(&problem, &with_work_limit(&options, 0)).unwrap();
    assert_eq!(found.value, [2, -2, 1]);
}

/// Nobody can be paired more often than the side with fewer places allows, so no bound says more.
#[test]
fn people_are_bounded_by_the_side_with_fewer_places() {
    for (n, m) in [(2, 5), (5, 2)] {
        // The first two of that side compete for one person, whom the wrong one takes at first.
        let score = |(i, j)| match if n < m { (i, j) } else { (j, i) } {
            (0, 0) => 9,
            (1, 1..) => -1,
            _ => 5,
        };
        let cells = (0..n).flat_map(|i| (0..m).map(move |j| (i, j)));
        let scores = cells.map(score);
        let problem = Problem::dense(n, m, scores.collect::<Vec<_>>(), Some(-1)).unwrap();
        for level in [Level::Participation, Level::Pairs] {
            let options = SolveOptions::new([level, Level::TotalScore]);
            let solution = solve(&problem, &with_work_limit(&options, 0)).unwrap();
            let claim = solution.certificate.claim();
            assert_eq!(claim, Claim::Bounded { level: 0, bound: 2 }, "{n} {m}");
        }
    }
}

/// Groups, minimums, demands and place values hold for what is made up at a limit too, and it is
/// worth no less than nothing.
#[test]
fn a_stopped_search_respects_groups() {
    let groups = Groups::new(vec![Some(0), Some(0), None], vec![None], vec![2]);
    let problem = Problem::dense(4, 3, vec![9, 8, -7, 6, 5, -4, 3, 2, -1, 9, 9, -9], None)
        .and_then(|problem| problem.with_capacities(vec![3, 3, 3]))
        .and_then(|problem| problem.with_mentor_groups(groups.unwrap()))
        .unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let solution = solve(&problem, &with_work_limit(&options, 0)).unwrap();
    assert_eq!(pairs_of(&solution.assignment).len(), 2);
    assert_eq!(solution.value, [18]);
    assert!(matches!(
        solution.certificate.claim(),
        Claim::Bounded { level: 0, .. }
    ));
}

/// A case that once panicked: where all locks are had, the first level is proved without prices, of groups too.
#[test]
fn a_stopped_search_with_locks_respects_groups() {
    let groups = Groups::new(vec![Some(0), Some(0)], vec![None], vec![2]);
    let problem = Problem::dense(3, 2, vec![9, 8, 7, 6, 5, 4], None)
        .and_then(|problem| problem.with_capacities(vec![3, 3]))
        .and_then(|problem| problem.with_mentor_groups(groups.unwrap()))
        .unwrap();
    let locks = ListedValues::new(3, [(MenteeIdx::new(2), MentorIdx::new(1), 1)]).unwrap();
    let levels = [
        Level::Listed(locks),
        Level::Participation,
        Level::TotalScore,
    ];
    let options = SolveOptions::new(levels);
    for limit in 0..30 {
        let solution = solve(&problem, &with_work_limit(&options, limit)).unwrap();
        let check = solution.certificate.check(&problem, &solution.assignment);
        assert_eq!(check, Ok(()));
        assert_eq!(solution.value[0], 1);
    }
}

#[test]
fn a_stopped_search_claims_listed_pairs_where_all_are_had() {
    let problem = Problem::dense(2, 2, vec![9, 1, 1, 9], None).unwrap();
    let claim = |pairs: &[(u32, u32)], later: &[Level]| {
        let pairs = pairs.iter();
        let listed = pairs.map(|&(i, j)| (MenteeIdx::new(i), MentorIdx::new(j), 1));
        let first = Level::Listed(ListedValues::new(2, listed).unwrap());
        let levels: Vec<_> = [&[first], later].concat();
        let options = with_work_limit(&SolveOptions::new(levels), 0);
        let solution = solve(&problem, &options).unwrap();
        (solution.gap().is_some(), solution.certificate.claim())
    };
    assert_eq!(claim(&[(0, 1)], &[]), (false, Claim::Optimal));
    let (_, with_more) = claim(&[(0, 1)], &[Level::Pairs]);
    assert!(matches!(with_more, Claim::Bounded { level: 1, .. }));
    // Both want one place.
    let (_, of_rivals) = claim(&[(0, 1), (1, 1)], &[Level::Pairs]);
    assert!(matches!(of_rivals, Claim::Bounded { level: 0, .. }));
}

/// The hooks are asked again and again, by work and not by a clock.
#[test]
fn little_work_is_done_between_two_questions() {
    let (scores, capacities) = scarce(300, 240);
    let problem = Problem::dense(300, 240, &scores, None)
        .unwrap()
        .with_capacities(capacities)
        .unwrap();
    for method in [Method::Auto, Method::MinCostFlow] {
        let asked = Arc::new(AtomicU32::new(0));
        let count = asked.clone();
        let mut hooks = Hooks::default();
        hooks.stop = Some(Arc::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            false
        }));
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]).method(method);
        let solution = solve(&problem, &options.hooks(hooks)).unwrap();
        let asked = u64::from(asked.load(Ordering::Relaxed));
        assert!(asked > solution.stats.work >> 16, "{asked}");
    }
}

#[test]
fn memory_is_refused_before_it_is_taken() {
    let (scores, _) = scarce(300, 200);
    let problem = Problem::dense(300, 200, &scores, None).unwrap();
    for method in [Method::Auto, Method::MinCostFlow, Method::KuhnMunkres] {
        let options = SolveOptions::new([Level::TotalScore]).method(method);
        let refused = solve(&problem, &options.clone().memory_limit(1_000)).unwrap_err();
        let SolveError::TooLarge {
            needed,
            budget: 1_000,
        } = refused
        else {
            panic!("{refused}");
        };
        assert!(solve(&problem, &options.memory_limit(needed)).is_ok());
    }
}

/// With as many places as are wanted, mentees choose, as they do with more.
#[test]
fn the_memory_needed_is_that_of_the_side_that_chooses() {
    let needed = |places| {
        let problem = Problem::dense(60, 4, vec![1; 240], None).unwrap();
        let problem = problem.with_capacities(vec![places; 4]).unwrap();
        let options = SolveOptions::new([Level::TotalScore]).memory_limit(1);
        match solve(&problem, &options) {
            Err(SolveError::TooLarge { needed, .. }) => needed,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(needed(15), needed(16));
    assert_ne!(needed(15), needed(14));
}

#[test]
fn progress_counts_up_to_the_whole_and_ends_with_the_check() {
    let (scores, _) = scarce(30, 20);
    let problem = Problem::dense(30, 20, &scores, None).unwrap();
    for tie_break in [TieBreak::Fast, TieBreak::Canonical] {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let mut hooks = Hooks::default();
        let listener = heard.clone();
        hooks.progress = Some(Arc::new(move |progress| {
            listener.lock().unwrap().push(progress);
        }));
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
        solve(&problem, &options.tie_break(tie_break).hooks(hooks)).unwrap();
        let heard = heard.lock().unwrap();
        let of = |stage| heard.iter().filter(move |progress| progress.stage == stage);
        let solving: Vec<_> = of(Stage::Solving).map(|progress| progress.done).collect();
        assert!(solving.is_sorted() && solving[0] == 0, "{solving:?}");
        assert!(of(Stage::Solving).all(|progress| progress.total == heard[0].total));
        assert_eq!(solving.last(), Some(&heard[0].total));
        assert_eq!(of(Stage::Verifying).count(), 2);
        assert_eq!(heard.len(), solving.len() + 2);
    }
}

/// Lists may grow, but not beyond the budget.
#[test]
fn the_budget_holds_for_lists_that_grow() {
    // Mentees whom nobody wants come first, so that the first lists know little of them.
    let scores: Vec<i32> = (0..400 * 100)
        .map(|cell| cell / 100 * (cell % 100))
        .collect();
    let problem = Problem::dense(400, 100, &scores, None).unwrap();
    let tier = |mentee: usize| if mentee < 200 { vec![1] } else { vec![] };
    let tier = Level::Places {
        mentees: Some(PlaceValues::new((0..400).map(tier)).unwrap()),
        mentors: None,
    };
    let options = SolveOptions::new([tier, Level::TotalScore]);
    let solution = solve(&problem, &options).unwrap();
    assert!(
        solution.stats.rounds > 1,
        "the instance is to need more than one round"
    );
    let refused = solve(&problem, &options.clone().memory_limit(1)).unwrap_err();
    let SolveError::TooLarge { needed, .. } = refused else {
        panic!("{refused}");
    };
    let refused = solve(&problem, &options.memory_limit(needed)).unwrap_err();
    assert!(matches!(refused, SolveError::TooLarge { needed: more, .. } if more > needed));
}

#[test]
fn more_levels_than_can_be_numbered_are_refused() {
    let problem = Problem::dense(1, 1, vec![1], None).unwrap();
    let solved = |levels| solve(&problem, &SolveOptions::new(vec![Level::Pairs; levels]));
    assert_eq!(solved(255).unwrap().value, vec![1; 255]);
    let (found, limit) = (256, 255);
    assert_eq!(
        solved(256).unwrap_err(),
        SolveError::TooManyLevels { found, limit }
    );
}

#[test]
fn questions_about_people_who_are_not_there_are_answered() {
    let problem = Problem::dense(2, 1, vec![1, 2], None).unwrap();
    let levels = [Level::Pairs];
    let value = |mentees, pairs: &[(u32, u32)]| {
        Assignment::from_pairs(mentees, pairs.iter().copied()).value(&problem, &levels)
    };
    assert_eq!(value(2, &[(0, 0)]), Some(vec![1]));
    assert_eq!(value(3, &[(2, 0)]), None);
    assert_eq!(value(2, &[(0, 1)]), None);
    let assignment = Assignment::from_pairs(2, [(0, 0)]);
    assert!(assignment.mentors_of(MenteeIdx::new(u32::MAX)).is_empty());
    let places = |len| Some(PlaceValues::new(vec![[1]; len]).unwrap());
    let short = Level::Places {
        mentees: places(1),
        mentors: None,
    };
    assert_eq!(assignment.value(&problem, &[short]), None);
    assert_eq!(places(1).unwrap().value(1, 1), 0);
    assert!(PairHash::new(vec![], vec![]).value(3, 3) >= 0);
}

/// Mentors who all rank the mentees alike list the same few; the rest is filled from all pairs.
#[test]
fn a_stopped_search_leaves_no_room_that_somebody_could_have() {
    let (n, m) = (400, 100);
    let row = |mentee: i32| vec![mentee; 100];
    let scores: Vec<i32> = (1..=400).flat_map(row).collect();
    let problem = Problem::dense(n, m, scores, None).unwrap();
    for levels in [
        vec![Level::TotalScore],
        vec![Level::Participation, Level::TotalScore],
    ] {
        let solution = solve(&problem, &with_work_limit(&SolveOptions::new(levels), 0)).unwrap();
        assert_eq!(solution.assignment.pairs().count(), m);
    }
}

/// A limit leaves ties to the network rather than to memory that is not there.
#[test]
fn the_budget_holds_for_ties() {
    let (n, m) = (600, 600);
    let problem = Problem::dense(n, m, vec![7; n * m], None).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let needs = |options: &SolveOptions| match solve(&problem, &options.clone().memory_limit(1)) {
        Err(SolveError::TooLarge { needed, .. }) => needed,
        other => panic!("{other:?}"),
    };
    let needed = needs(&options);
    let fast = solve(&problem, &options.clone().memory_limit(needed)).unwrap();
    assert_eq!(fast.value, [4_200]);
    let canonical = options.tie_break(TieBreak::Canonical);
    let tight = solve(&problem, &canonical.clone().memory_limit(needed));
    assert!(matches!(tight, Err(SolveError::TooLarge { .. })));
    let roomy = solve(&problem, &canonical.memory_limit(needed + (1 << 26))).unwrap();
    assert_eq!(roomy.value[0], 4_200);
}
