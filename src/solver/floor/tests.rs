//! The floor against exhaustive search, its proof against others, and one way to it against the other.

use proptest::prelude::*;

use super::super::common::generate::{self, PLAIN, SMALL};
use super::super::common::instance::Instance;
use super::super::common::{exhaustive, random::Random};
use super::*;
use crate::solver::{Accelerator, Hooks, Method, Violation};

fn with_floor(problem: &Problem<'_>, before: &[Level]) -> (Solution, Floor) {
    let at = before.len();
    let levels = before.iter().cloned().chain([Level::TotalScore]);
    let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
    solve_with_floor(problem, &options, at).unwrap()
}

/// What avoiding scores comes to at best, after these levels.
fn avoided(instance: &Instance, before: &[Level], avoid: Level) -> i128 {
    let levels: Vec<_> = before.iter().cloned().chain([avoid]).collect();
    exhaustive::optimum(instance, &levels)[before.len()]
}

fn assert_highest(instance: &Instance, before: &[Level]) {
    let problem = instance.dense();
    let (solution, floor) = with_floor(&problem, before);
    let all = with_minimums(&problem, before);
    assert_eq!(avoided(instance, &all, Level::below(floor.score)), 0);
    assert_eq!(solution.value[all.len()], 0);
    assert_eq!(floor.lowest, lowest(&problem, &solution));
    match floor.ceiling {
        Ceiling::Top => assert_eq!(floor.score, i32::MAX),
        Ceiling::Proved(_) => assert!(avoided(instance, &all, Level::up_to(floor.score)) < 0),
        Ceiling::Open => panic!("nobody stopped the search"),
    }
    let other = SolveOptions::new(solution.certificate.levels().to_vec())
        .without(Accelerator::CandidateLists);
    assert_eq!(solve(&problem, &other).unwrap().value, solution.value);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn after_participation_the_floor_is_the_highest(instance in generate::instance(PLAIN)) {
        assert_highest(&instance, &[Level::Participation]);
    }

    #[test]
    fn after_other_levels_the_floor_is_the_highest(
        (instance, before) in generate::instance_and_levels(SMALL),
    ) {
        assert_highest(&instance, &before);
    }

    /// A proof of one floor is none of another, nor one for other levels before.
    #[test]
    fn a_proof_is_of_one_floor_only(instance in generate::instance(PLAIN)) {
        let problem = instance.dense();
        let before = [Level::Participation];
        let floor = with_floor(&problem, &before).1;
        prop_assert_eq!(floor.check(&problem, &before), Ok(()));
        let Floor { score, ceiling, .. } = floor;
        let others = [score.checked_sub(1), score.checked_add(1)];
        for other in others.into_iter().flatten() {
            prop_assert!(ceiling.check(&problem, &before, other).is_err());
        }
        if let Ceiling::Proved(_) = ceiling {
            let shape = Err(Violation::Shape);
            prop_assert_eq!(ceiling.check(&problem, &[Level::Pairs], score), shape);
        }
    }
}

/// Rows longer than lists, and few different scores.
fn wide(seed: u64, places: u32) -> Problem<'static> {
    let (mentees, mentors) = (60, 55);
    let mut random = Random::new(seed);
    let range = 5 + random.below(2_000);
    let scores = (0..mentees * mentors).map(|_| i32::try_from(random.below(range)).unwrap() - 1);
    let problem = Problem::dense(mentees, mentors, scores.collect::<Vec<_>>(), Some(-1));
    problem
        .unwrap()
        .with_capacities(vec![places; mentors])
        .unwrap()
}

#[test]
fn covers_and_solves_find_the_same_floor() {
    for seed in 0..9 {
        let problem = wide(seed, 1 + u32::try_from(seed % 3).unwrap());
        let before = [Level::Participation];
        let (solution, floor) = with_floor(&problem, &before);
        let mut search = Search::new(&problem, &before, SolveOptions::new([Level::TotalScore]));
        search.run(None).unwrap();
        assert_eq!(search.low, floor.score);
        let levels = solution.certificate.levels()[..3].to_vec();
        let network = SolveOptions::new(levels)
            .without(Accelerator::CandidateLists)
            .tie_break(TieBreak::Canonical);
        assert_eq!(
            solve(&problem, &network).unwrap().assignment,
            solution.assignment
        );
    }
}

#[test]
fn a_search_that_is_stopped_claims_nothing() {
    let problem = wide(1, 2);
    let hooks = Hooks {
        work_limit: Some(0),
        ..Hooks::default()
    };
    let levels = [Level::Participation, Level::TotalScore];
    let options = SolveOptions::new(levels).hooks(hooks);
    let (solution, floor) = solve_with_floor(&problem, &options, 1).unwrap();
    assert!(!floor.is_proved());
    assert_eq!(floor.check(&problem, &[Level::Participation]), Ok(()));
    assert_eq!(
        solution.certificate.check(&problem, &solution.assignment),
        Ok(())
    );
}

/// Few people, and few different scores.
fn small(seed: u64) -> Problem<'static> {
    let mut random = Random::new(seed);
    let [mentees, mentors] = [(); 2].map(|()| 1 + usize::try_from(random.below(9)).unwrap());
    let scores = (0..mentees * mentors).map(|_| i32::try_from(random.below(9)).unwrap() - 1);
    Problem::dense(mentees, mentors, scores.collect::<Vec<_>>(), Some(-1)).unwrap()
}

/// Wherever the search is stopped, the certificate claims the floor's level only if the floor is proved.
#[test]
fn a_solution_claims_no_more_than_its_floor() {
    let (mut open, mut missed, mut proved) = (0, 0, 0);
    for (seed, limit) in
        (0..30).flat_map(|seed| (0..1_200).step_by(19).map(move |limit| (seed, limit)))
    {
        let problem = small(seed);
        let hooks = Hooks {
            work_limit: Some(limit),
            ..Hooks::default()
        };
        for before in [Level::Participation, Level::below(3)] {
            let options = SolveOptions::new([before, Level::TotalScore]).hooks(hooks.clone());
            let (solution, floor) = solve_with_floor(&problem, &options, 1).unwrap();
            let certificate = &solution.certificate;
            assert_eq!(certificate.check(&problem, &solution.assignment), Ok(()));
            assert_eq!(floor.check_beside(&problem, (certificate, 1)), Ok(()));
            assert!(floor.is_proved() || !certificate.settles(1));
            // Whoever misses the level before is not among those whose lowest score is compared.
            assert!(certificate.settles(0) || !floor.is_proved());
            let is_highest = floor.ceiling != Ceiling::Open && floor.lowest >= floor.score;
            missed += usize::from(is_highest && !floor.is_proved());
            // The search for the floor was stopped, and what was left served to solve the level all the same.
            let is_open = matches!(certificate.claim, Claim::Bounded { level: 1, bound: 0 });
            open += usize::from(is_open && !floor.is_proved());
            proved += usize::from(floor.is_proved());
        }
    }
    assert!(
        open > 5 && missed > 5 && proved > 5,
        "{open} {missed} {proved}"
    );
}

#[test]
fn a_search_that_is_cancelled_ends() {
    let problem = wide(1, 2);
    let token = crate::solver::CancelToken::default();
    token.cancel();
    let hooks = Hooks {
        cancel: Some(token),
        ..Hooks::default()
    };
    let levels = [Level::Participation, Level::TotalScore];
    let options = SolveOptions::new(levels).hooks(hooks);
    let cancelled = solve_with_floor(&problem, &options, 1).map(|_| ());
    assert_eq!(cancelled, Err(SolveError::Cancelled));
}

#[test]
fn a_floor_alone_is_no_objective() {
    let options = SolveOptions::new([]);
    let refused = solve_with_floor(&wide(1, 2), &options, 0).map(|_| ());
    assert_eq!(refused, Err(SolveError::NoObjective));
}

#[test]
fn a_floor_without_a_proof_is_proved_only_where_no_number_is_higher() {
    let problem = Problem::dense(1, 1, vec![i32::MAX], None).unwrap();
    for (score, is_top) in [(i32::MAX, true), (i32::MAX - 1, false)] {
        let stated = Floor::stated(score, score, None);
        assert_eq!(stated.check(&problem, &[Level::Pairs]), Ok(()));
        assert_eq!(stated.is_proved(), is_top);
    }
}

/// What the search for the floor takes is gone when the solution is searched for.
#[test]
fn one_limit_holds_for_the_floor_and_the_solution() {
    let problem = wide(1, 2);
    let mut options = SolveOptions::new([Level::TotalScore]);
    options.hooks.work_limit = Some(1 << 40);
    let floor = highest_floor(&problem, &[Level::Participation], &mut options).unwrap();
    assert!(floor.is_proved());
    assert!(options.hooks.work_limit < Some(1 << 40));
}

/// Wherever a search that begins at a score is stopped, what it says is proved: at times by no more than a bound.
#[test]
fn a_search_that_is_stopped_at_the_floor_needs_a_bound_below_zero() {
    let mut by_bound = 0;
    for (seed, limit) in (0..40).flat_map(|seed| (0..160).map(move |limit| (seed, limit))) {
        let (problem, before) = (small(seed), [Level::Participation]);
        let mut options = SolveOptions::new([Level::TotalScore]).method(Method::MinCostFlow);
        options.hooks.work_limit = Some(limit);
        let mut search = Search::new(&problem, &before, options);
        search.run(Some(4)).unwrap();
        assert_eq!(search.ceiling.check(&problem, &before, search.low), Ok(()));
        by_bound += usize::from(match search.ceiling {
            Ceiling::Proved(proof) => !proof.certificate.settles(1),
            Ceiling::Top | Ceiling::Open => false,
        });
    }
    assert!(by_bound > 5, "{by_bound}");
}

/// Whether minimums come before the floor, behind it or are not named, the floor is that of the levels before it.
#[test]
fn minimums_count_where_they_are_named() {
    let problem = Problem::dense(1, 2, vec![95, 15], None).unwrap();
    let problem = problem.with_minimum_loads(vec![0, 1]).unwrap();
    let found = |levels: &[Level], at| {
        let options = SolveOptions::new(levels.iter().cloned());
        let (solution, floor) = solve_with_floor(&problem, &options, at).unwrap();
        let levels = solution.certificate.levels();
        let place = levels
            .iter()
            .position(|level| matches!(level, Level::Avoid { .. }));
        floor.check(&problem, &levels[..place.unwrap()]).unwrap();
        assert!(floor.is_proved());
        (floor.score, solution.value)
    };
    let [first, total] = [Level::Participation, Level::TotalScore];
    let last = [first.clone(), Level::Minimums, total.clone()];
    assert_eq!(found(&last, 1), (95, vec![1, 0, 0, 95]));
    assert_eq!(found(&last, 2), (15, vec![1, 1, 0, 15]));
    assert_eq!(found(&last, 7), (15, vec![1, 1, 15, 0]));
    assert_eq!(found(&[first, total], 1), (15, vec![1, 1, 0, 15]));
    assert_eq!(
        found(&[Level::Pairs, Level::Minimums], 0),
        (i32::MAX, vec![0, 0, 0])
    );
}
