//! The bound in positions.

use mentormatch::MentorIdx;
use mentormatch::solver::{
    Accelerator, Assignment, Claim, Hooks, Level, Problem, ProblemError, Solution, SolveOptions,
    TieBreak, Violation, solve, solve_with_floor,
};

use crate::common::exhaustive;
use crate::common::instance::{Instance, Pairs, People, pairs_of};
use crate::common::random::Random;
use crate::common::shapes::{Case, Family};

fn values(instance: &Instance, levels: &[Level]) -> Vec<i128> {
    let solution = solve(&instance.dense(), &SolveOptions::new(levels.to_vec())).unwrap();
    instance.assert_legal(&pairs_of(&solution.assignment));
    solution.value
}

/// Mentees who want two or three of mentors of a few kinds, so many that only some pairs are listed.
fn wide(seed: u64) -> Instance {
    let mut random = Random::new(seed);
    let (n, m) = (160, 120);
    let tastes: Vec<i32> = (0..m).map(|_| random.between(0, 60)).collect();
    let row = |random: &mut Random| -> Vec<Option<i32>> {
        let score = |taste: &i32| (random.below(12) > 0).then(|| taste + random.between(0, 40));
        tastes.iter().map(score).collect()
    };
    let scores = (0..n).map(|_| row(&mut random)).collect();
    let mut people = |len: usize, most: u32| -> People {
        People {
            min: vec![0; len],
            max: (0..len).map(|_| 1 + random.below(most)).collect(),
            groups: None,
        }
    };
    let (mentees, mentors) = (people(n, 3), people(m, 4));
    Instance {
        scores,
        mentees,
        mentors,
        kinds: (0..m)
            .map(|_| Some(random.below(5)).filter(|&kind| kind < 4))
            .collect(),
    }
}

#[test]
fn listed_pairs_and_all_pairs_have_one_optimum() {
    for seed in 0..6 {
        let instance = wide(seed);
        let levels: &[Level] = match seed % 3 {
            0 => &[Level::TotalScore],
            1 => &[Level::Participation, Level::TotalScore],
            _ => &[Level::Pairs, Level::TotalScore],
        };
        let problem = instance.dense();
        let options = SolveOptions::new(levels.to_vec()).tie_break(TieBreak::Canonical);
        let listed = solve(&problem, &options).unwrap();
        let whole = solve(
            &problem,
            &options.clone().without(Accelerator::CandidateLists),
        )
        .unwrap();
        instance.assert_legal(&pairs_of(&listed.assignment));
        assert!(listed.stats.pairs_listed < whole.stats.pairs_listed);
        assert_eq!(listed.value[..levels.len()], whole.value[..levels.len()]);
        assert_eq!(listed.assignment, whole.assignment, "canonical pairs");
        let expected = &listed.value[..levels.len()];
        let free = Instance {
            kinds: Vec::new(),
            ..instance
        };
        assert!(
            values(&free, levels).as_slice() > expected,
            "the bound binds"
        );
    }
}

/// Wherever a search is stopped, what it gives is legal, and the optimum is not above what it claims.
#[test]
fn a_stopped_search_bounds_the_optimum() {
    let mut bounded = 0;
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let case = Case::of_size(&mut random, Family::Kinds, (4, 5));
        let mut hooks = Hooks::default();
        hooks.work_limit = Some(u64::from(random.below(120)));
        let options = SolveOptions::new(case.levels.clone()).hooks(hooks);
        let problem = case.dense();
        let solution = solve(&problem, &options).unwrap();
        case.instance.assert_legal(&pairs_of(&solution.assignment));
        assert_eq!(
            solution.certificate.check(&problem, &solution.assignment),
            Ok(())
        );
        let best = exhaustive::optimum(&case.instance, solution.certificate.levels());
        match solution.certificate.claim() {
            Claim::Bounded { level, bound } => {
                bounded += 1;
                assert_eq!(solution.value[..level], best[..level]);
                assert!(
                    solution.value[level] <= best[level] && best[level] <= bound,
                    "{case:?}"
                );
            }
            _ => assert_eq!(solution.value, best),
        }
    }
    assert!(bounded > 100, "{bounded}");
}

#[test]
fn a_wide_search_that_is_stopped_bounds_the_optimum() {
    let instance = wide(7);
    let levels = [Level::Pairs, Level::TotalScore];
    let best = values(&instance, &levels);
    for limit in [0, 1_000, 20_000, 60_000, 100_000] {
        let mut hooks = Hooks::default();
        hooks.work_limit = Some(limit);
        let options = SolveOptions::new(levels.to_vec()).hooks(hooks);
        let solution = solve(&instance.dense(), &options).unwrap();
        instance.assert_legal(&pairs_of(&solution.assignment));
        if let Claim::Bounded { level, bound } = solution.certificate.claim() {
            assert!(solution.value[level] <= best[level] && best[level] <= bound);
        }
    }
}

/// The floor under all scores is the highest that leaves the levels before at their optimum.
#[test]
fn the_highest_lowest_score_is_found() {
    let mut raised = 0;
    for seed in 0..300 {
        let mut random = Random::new(1_000 + seed);
        let mut case = Case::of_size(&mut random, Family::Kinds, (4, 4));
        for score in case.instance.scores.iter_mut().flatten().flatten() {
            *score = score.rem_euclid(6);
        }
        case.instance.mentees.min.fill(0);
        case.instance.mentors.min.fill(0);
        case.instance.mentees.groups = None;
        case.instance.mentors.groups = None;
        let before = [Level::Pairs];
        let problem = case.instance.dense();
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
        let (solution, floor) = solve_with_floor(&problem, &options, 1).unwrap();
        case.instance.assert_legal(&pairs_of(&solution.assignment));
        assert_eq!(floor.check(&problem, &before), Ok(()));
        let pairs = exhaustive::optimum(&case.instance, &before)[0];
        let can_be = |lowest: &i32| {
            let levels = [
                Level::Pairs,
                Level::Avoid {
                    from: i32::MIN,
                    to: lowest - 1,
                },
            ];
            exhaustive::optimum(&case.instance, &levels) == [pairs, 0]
        };
        let highest = (0..7).rev().find(can_be).unwrap();
        if pairs > 0 {
            assert_eq!(floor.score, highest, "{case:?}");
            raised += i32::from(highest > 0);
        }
    }
    assert!(raised > 30, "{raised}");
}

fn two_of_three() -> (Problem<'static>, Solution) {
    let problem = Problem::dense(2, 3, vec![90, 80, 50, 70, 10, 60], None)
        .and_then(|problem| problem.with_capacities(vec![2, 2, 2]))
        .and_then(|problem| problem.with_demands(vec![2, 1]))
        .and_then(|problem| problem.with_mentor_kinds(&[Some(4), Some(4), None]))
        .unwrap();
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    (problem, solution)
}

#[test]
fn two_of_one_kind_pass_no_check() {
    let (problem, solution) = two_of_three();
    assert_eq!(solution.value, [90 + 50 + 70]);
    let refused = |pairs: &[(u32, u32)]| {
        let other = Assignment::from_pairs(2, pairs.iter().copied());
        solution.certificate.check(&problem, &other).unwrap_err()
    };
    let violation = refused(&[(0, 0), (0, 1), (1, 0)]);
    assert_eq!(
        violation,
        Violation::OfOneKind {
            mentee: mentormatch::MenteeIdx::new(0),
            mentors: [MentorIdx::new(0), MentorIdx::new(1)],
        }
    );
    let text = "mentee 0 has two mentors of one kind: 0 and 1";
    assert_eq!(violation.to_string(), text);
    // Worse ones pass none either.
    for pairs in [
        &[(0, 1), (0, 2), (1, 0)][..],
        &[(0, 0), (1, 0)],
        &[(0, 0), (0, 2)],
    ] {
        assert!(matches!(
            refused(pairs),
            Violation::Pair { .. } | Violation::Place { .. }
        ));
    }
}

/// A proof of the problem without kinds is none of the one with them, and a better assignment than the optimum is
/// refused whatever it comes with.
#[test]
fn a_proof_that_knows_no_kinds_is_refused() {
    let (problem, _) = two_of_three();
    let free = Problem::dense(2, 3, vec![90, 80, 50, 70, 10, 60], None)
        .and_then(|problem| problem.with_capacities(vec![2, 2, 2]))
        .and_then(|problem| problem.with_demands(vec![2, 1]))
        .unwrap();
    let solution = solve(&free, &SolveOptions::new([Level::TotalScore])).unwrap();
    assert_eq!(solution.value, [90 + 80 + 70]);
    let checked = solution.certificate.check(&problem, &solution.assignment);
    assert!(
        matches!(checked, Err(Violation::OfOneKind { .. })),
        "{checked:?}"
    );
}

#[test]
fn relaxing_kinds_never_loses() {
    let mut gained = 0;
    for seed in 0..400 {
        let mut random = Random::new(5_000 + seed);
        let case = Case::of_size(&mut random, Family::Kinds, (4, 5));
        let with = |kinds: Vec<Option<u32>>| Instance {
            kinds,
            ..case.instance.clone()
        };
        let (kinds, levels) = (case.instance.kinds.clone(), &case.levels);
        // From one kind for all, to kinds, to finer ones, to none at all.
        let finer = kinds
            .iter()
            .zip(0..)
            .map(|(kind, at)| kind.map(|kind| 2 * kind + at % 2));
        let own = (0..5).map(Some);
        let chain = [
            vec![Some(3); 5],
            vec![Some(1); 5],
            finer.collect(),
            own.collect(),
            Vec::new(),
        ];
        let values: Vec<_> = chain
            .into_iter()
            .map(|kinds| values(&with(kinds), levels))
            .collect();
        let bound = self::values(&case.instance, levels);
        assert_eq!(values[0], values[1], "names of kinds mean nothing");
        assert_eq!(values[3], values[4], "kinds of one mentor bind nobody");
        assert!(
            values[1] <= bound && bound <= values[2] && values[2] <= values[3],
            "{case:?}"
        );
        gained += i32::from(bound < values[4]);
    }
    assert!(gained > 40, "{gained}");
}

#[test]
fn kinds_bind_nobody_who_wants_one() {
    let mut random = Random::new(9);
    for _ in 0..200 {
        let mut case = Case::of_size(&mut random, Family::Kinds, (5, 5));
        case.instance.mentees.max = case
            .instance
            .mentees
            .max
            .iter()
            .map(|&max| max.min(1))
            .collect();
        case.instance.mentees.min = vec![0; 5];
        let kinds = std::mem::take(&mut case.instance.kinds);
        let options = SolveOptions::new(case.levels.clone()).tie_break(TieBreak::Canonical);
        let solved = |instance: &Instance| -> (Pairs, Vec<i128>, u64) {
            let solution = solve(&instance.dense(), &options).unwrap();
            (
                pairs_of(&solution.assignment),
                solution.value,
                solution.stats.work,
            )
        };
        let free = solved(&case.instance);
        case.instance.kinds = kinds;
        assert_eq!(solved(&case.instance), free, "not even a step more");
    }
}

#[test]
fn what_is_wrong_with_kinds_is_said() {
    let problem = Problem::dense(1, 2, vec![1, 2], None).unwrap();
    let refused = problem.clone().with_mentor_kinds(&[None]).unwrap_err();
    assert_eq!(refused.to_string(), "kinds of mentors: 1 entry, expected 2");
    let (n, m) = (6_000, 6_000);
    let row = |_: mentormatch::MenteeIdx, _: &mut [i32]| {};
    let many = Problem::on_demand(n, m, &row, 0..=1, None).unwrap();
    let kinds: Vec<_> = (0..6_000).map(|mentor| Some(mentor / 2)).collect();
    let many = many.with_mentor_kinds(&kinds).unwrap();
    let refused = many.with_demands(vec![2; n]).unwrap_err();
    assert!(
        matches!(refused, ProblemError::TooManyPeople { .. }),
        "{refused}"
    );
}
