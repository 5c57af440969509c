//! Scores computed row by row give what a matrix gives, and a source that breaks its promise gives
//! an error.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use common::generate::{self, SMALL};
use common::instance::Instance;
use common::random::Random;
use mentormatch::solver::{
    CancelToken, Hooks, Level, Method, Problem, ProblemError, RowSource, Solution, SolveError,
    SolveOptions, TieBreak, Violation, solve,
};
use mentormatch::{MenteeIdx, MentorIdx};
use proptest::prelude::*;

/// Marks a pair that is not allowed; nobody's score.
const ABSENT: i32 = i32::MIN;

/// Fills rows from an instance; passes over pairs that are not allowed.
fn rows_of(instance: &Instance) -> impl Fn(MenteeIdx, &mut [i32]) + Sync + '_ {
    |mentee, scores| {
        for (score, known) in scores.iter_mut().zip(&instance.scores[mentee.index()]) {
            if let Some(known) = known {
                *score = *known;
            }
        }
    }
}

/// An instance with more pairs than are solved without candidate lists.
fn mid_size(seed: u64) -> Instance {
    let (n, m) = (260, 90);
    let mut random = Random::new(seed);
    let row = |random: &mut Random| {
        let score = |random: &mut Random| (random.below(9) > 0).then(|| random.between(0, 1_000));
        (0..m).map(|_| score(random)).collect()
    };
    let scores = (0..n).map(|_| row(&mut random)).collect();
    let capacities = (0..m).map(|_| 1 + random.below(5)).collect();
    Instance::one_to_one(m, scores).with_capacities(capacities)
}

/// What must agree whatever door the scores came through.
fn assert_same(one: &Solution, other: &Solution) {
    assert_eq!(one.value, other.value);
    assert_eq!(one.assignment, other.assignment);
    assert_eq!(one.certificate.levels(), other.certificate.levels());
    assert_eq!(one.certificate.claim(), other.certificate.claim());
}

/// Solves through both doors; each certificate passes the check of the other door's problem.
fn compare(instance: &Instance, options: &SolveOptions) -> Result<Solution, SolveError> {
    let (dense, source) = (instance.dense(), rows_of(instance));
    let absent = instance.unused_score();
    let on_demand = instance.on_demand(&source, i32::MIN..=i32::MAX, Some(absent));
    match (solve(&dense, options), solve(&on_demand, options)) {
        (Ok(expected), Ok(found)) => {
            assert_same(&expected, &found);
            assert_eq!(found.certificate.check(&dense, &found.assignment), Ok(()));
            let (certificate, assignment) = (&expected.certificate, &expected.assignment);
            assert_eq!(certificate.check(&on_demand, assignment), Ok(()));
            let value = assignment.value(&on_demand, certificate.levels());
            assert_eq!(value.as_ref(), Some(&expected.value));
            Ok(found)
        }
        (expected, found) => {
            let found = found.unwrap_err();
            assert_eq!(expected.unwrap_err(), found);
            Err(found)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rows_on_demand_give_what_a_matrix_gives(
        (instance, levels) in generate::instance_and_levels(SMALL)
    ) {
        for method in [Method::Auto, Method::MinCostFlow, Method::KuhnMunkres] {
            let options = SolveOptions::new(levels.clone())
                .method(method)
                .tie_break(TieBreak::Canonical);
            compare(&instance, &options).ok();
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever a source answers, and however often it changes its mind, there is no panic, and what
    /// is accepted adds up.
    #[test]
    fn a_source_that_changes_its_mind_does_no_harm(
        seed in any::<u64>(),
        spread in 1u32..30,
        (n, m, steady) in prop::sample::select(vec![
            (12, 9, 0), (12, 9, 15), (40, 60, 0), (40, 60, 45), (150, 120, 0), (150, 120, 160),
        ]),
        level in prop::sample::select(vec![Level::Participation, Level::Pairs]),
        canonical in any::<bool>(),
    ) {
        let asked = AtomicU32::new(0);
        let source = |mentee: MenteeIdx, scores: &mut [i32]| {
            let turn = asked.fetch_add(1, Ordering::Relaxed).saturating_sub(steady);
            let mut random = Random::new(seed ^ (u64::from(turn) << 32) ^ u64::from(mentee.get()));
            scores.fill_with(|| random.below(spread).cast_signed() - 2);
        };
        let problem = Problem::on_demand(n, m, &source, -1..=30, Some(-2)).unwrap()
            .with_capacities(vec![2; m]).unwrap();
        let tie_break = if canonical { TieBreak::Canonical } else { TieBreak::Fast };
        for levels in [vec![level.clone(), Level::TotalScore], vec![Level::TotalScore]] {
            let options = SolveOptions::new(levels).tie_break(tie_break.clone());
            match solve(&problem, &options) {
                Ok(solution) => {
                    prop_assert!(solution.assignment.len() <= n);
                    prop_assert_eq!(solution.value.len(), solution.certificate.levels().len());
                }
                Err(error) => prop_assert!(matches!(error, SolveError::CheckFailed(_)), "{}", error),
            }
        }
    }
}

#[test]
fn candidate_lists_and_the_fast_way_read_rows_on_demand() {
    for levels in [
        vec![Level::TotalScore],
        vec![Level::Participation, Level::TotalScore],
        vec![Level::Pairs, Level::TotalScore],
    ] {
        let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
        assert!(compare(&mid_size(1), &options).is_ok());
        let scarce = mid_size(2).with_capacities(vec![1; 90]);
        assert!(compare(&scarce, &options).is_ok());
        let mut demanding = mid_size(3);
        demanding.mentees.max.fill(2);
        assert!(compare(&demanding, &options).is_ok());
    }
}

#[test]
fn the_hungarian_method_makes_its_own_matrix() {
    let rows = vec![vec![Some(4), Some(7)], vec![Some(5), Some(9)]];
    let options = SolveOptions::new([Level::TotalScore]).method(Method::KuhnMunkres);
    let solution = compare(&Instance::one_to_one(2, rows), &options).unwrap();
    assert_eq!(solution.value, [4 + 9]);
}

#[test]
fn a_row_is_computed_a_few_times() {
    let instance = mid_size(4);
    let (rows, asked) = (rows_of(&instance), AtomicUsize::new(0));
    let source = |mentee: MenteeIdx, scores: &mut [i32]| {
        asked.fetch_add(1, Ordering::Relaxed);
        rows(mentee, scores);
    };
    let problem = instance.on_demand(&source, 0..=1_000, Some(ABSENT));
    assert!(!format!("{problem:?}").contains("scores: ["));
    assert_eq!(
        asked.load(Ordering::Relaxed),
        0,
        "made and shown without a question"
    );
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let solving = asked.swap(0, Ordering::Relaxed);
    assert!(solving <= 4 * 260, "{solving}");
    solution
        .certificate
        .check(&problem, &solution.assignment)
        .unwrap();
    assert_eq!(
        asked.load(Ordering::Relaxed),
        260,
        "a check reads every row once"
    );
}

/// Gives columns too, and counts what it gives.
struct WithColumns<'a> {
    instance: &'a Instance,
    rows: AtomicUsize,
    columns: AtomicUsize,
}

impl RowSource for WithColumns<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        self.rows.fetch_add(1, Ordering::Relaxed);
        rows_of(self.instance)(mentee, scores);
    }

    fn fill_column(&self, mentor: MentorIdx, scores: &mut [i32]) -> bool {
        self.columns.fetch_add(1, Ordering::Relaxed);
        for (score, row) in scores.iter_mut().zip(&self.instance.scores) {
            if let Some(known) = row[mentor.index()] {
                *score = known;
            }
        }
        true
    }
}

/// Every mentor wants the same mentees, and there are more mentors than a list is long.
#[test]
fn a_mentor_who_has_seen_her_list_asks_for_her_column() {
    let (n, m) = (400, 150);
    let worth = |i: usize, j: usize| Some(i32::try_from((n - i) * (m - j % 3)).unwrap());
    let scores = (0..n).map(|i| (0..m).map(|j| worth(i, j)).collect());
    let instance = Instance::one_to_one(m, scores.collect());
    let source = WithColumns {
        instance: &instance,
        rows: AtomicUsize::new(0),
        columns: AtomicUsize::new(0),
    };
    let problem = instance.on_demand(&source, 0..=100_000, Some(ABSENT));
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    let found = solve(&problem, &options).unwrap();
    assert_same(&solve(&instance.dense(), &options).unwrap(), &found);
    let (rows, columns) = (source.rows.into_inner(), source.columns.into_inner());
    assert!(
        columns > 0 && rows <= 12 * n,
        "{rows} rows, {columns} columns"
    );
}

#[test]
fn questions_about_pairs_are_answered() {
    let source = |mentee: MenteeIdx, scores: &mut [i32]| scores[mentee.index()] = 5;
    let problem = Problem::on_demand(2, 3, &source, 5..=9, Some(-1)).unwrap();
    let score = |i, j| problem.score(MenteeIdx::new(i), MentorIdx::new(j));
    assert_eq!(problem.pairs(), 6);
    assert_eq!(
        [score(0, 0), score(1, 1), score(1, 0)],
        [Some(5), Some(5), None]
    );
    assert_eq!([score(2, 0), score(0, 3)], [None, None]);
    // Without an absent value, what is not written is the lowest score.
    let problem = Problem::on_demand(1, 2, &source, 3..=9, None).unwrap();
    assert_eq!(problem.score(MenteeIdx::new(0), MentorIdx::new(1)), Some(3));
    let nobody = Problem::on_demand(0, 0, &source, 5..=9, None).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    assert_eq!(solve(&nobody, &options).unwrap().value, [0]);
}

#[test]
fn a_row_outside_the_declared_range_is_named() {
    let instance = mid_size(5);
    let rows = rows_of(&instance);
    for (wrong, method) in [
        (1_001, Method::Auto),
        (i32::MAX, Method::MinCostFlow),
        (-1, Method::KuhnMunkres),
        (i32::MIN + 1, Method::Auto),
    ] {
        let source = |mentee: MenteeIdx, scores: &mut [i32]| {
            rows(mentee, scores);
            if mentee.get() >= 70 {
                scores[89] = wrong;
            }
        };
        let problem = instance.on_demand(&source, 0..=1_000, Some(ABSENT));
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]).method(method);
        let mentee = MenteeIdx::new(70);
        assert_eq!(
            solve(&problem, &options).unwrap_err(),
            SolveError::RowOutOfRange { mentee }
        );
        assert_eq!(problem.score(mentee, MentorIdx::new(0)), None);
    }
}

#[test]
fn a_check_refuses_a_row_outside_the_declared_range() {
    let instance = mid_size(6);
    let options = SolveOptions::new([Level::TotalScore]);
    let solution = solve(&instance.dense(), &options).unwrap();
    let source = rows_of(&instance);
    let problem = instance.on_demand(&source, 0..=500, Some(ABSENT));
    let checked = solution.certificate.check(&problem, &solution.assignment);
    assert!(
        matches!(checked, Err(Violation::RowOutOfRange { .. })),
        "{checked:?}"
    );
}

#[test]
fn a_range_must_hold_a_score() {
    let source = |_: MenteeIdx, _: &mut [i32]| ();
    #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
    let refused = Problem::on_demand(1, 1, &source, 1..=0, None).unwrap_err();
    assert_eq!(refused, ProblemError::EmptyRange { low: 1, high: 0 });
}

#[test]
fn a_solve_is_cancelled_between_two_rows() {
    let instance = mid_size(7);
    let rows = rows_of(&instance);
    let all = AtomicUsize::new(0);
    let counted = |mentee: MenteeIdx, scores: &mut [i32]| {
        all.fetch_add(1, Ordering::Relaxed);
        rows(mentee, scores);
    };
    let problem = instance.on_demand(&counted, 0..=1_000, Some(ABSENT));
    solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let all = all.into_inner();
    // In the first pass, while lists are made longer or tested, and in the last, the check.
    for patience in [1, all / 4, all / 2, 3 * all / 4, all - 1] {
        let (token, asked) = (CancelToken::default(), AtomicUsize::new(0));
        let source = |mentee: MenteeIdx, scores: &mut [i32]| {
            if asked.fetch_add(1, Ordering::Relaxed) + 1 >= patience {
                token.cancel();
            }
            rows(mentee, scores);
        };
        let problem = instance.on_demand(&source, 0..=1_000, Some(ABSENT));
        let mut hooks = Hooks::default();
        hooks.cancel = Some(token.clone());
        let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
        assert_eq!(
            solve(&problem, &options).unwrap_err(),
            SolveError::Cancelled
        );
        let asked = asked.load(Ordering::Relaxed);
        assert!(
            asked < patience + 64,
            "{asked} rows, cancelled at {patience}"
        );
    }
}

/// A call is judged by the rows it gets, not by those of calls before.
#[test]
fn a_source_that_is_mended_is_trusted_again() {
    let is_broken = AtomicU32::new(1);
    let source = |_: MenteeIdx, scores: &mut [i32]| {
        scores.fill(5 + 100 * i32::from(is_broken.load(Ordering::Relaxed) == 1));
    };
    let problem = Problem::on_demand(3, 2, &source, 0..=9, Some(-1)).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let refused = solve(&problem, &options);
    assert!(matches!(refused, Err(SolveError::RowOutOfRange { .. })));
    is_broken.store(0, Ordering::Relaxed);
    assert_eq!(solve(&problem, &options).unwrap().value, [10]);
}

#[test]
fn a_call_cancelled_during_a_row_beyond_the_range_is_cancelled() {
    for method in [Method::Auto, Method::MinCostFlow] {
        let token = CancelToken::default();
        let row = |_: MenteeIdx, scores: &mut [i32]| {
            token.cancel();
            scores.fill(9);
        };
        let problem = Problem::on_demand(3, 2, &row, 0..=5, None).unwrap();
        let mut hooks = Hooks::default();
        hooks.cancel = Some(token.clone());
        let options = SolveOptions::new([Level::TotalScore]).method(method);
        let stopped = solve(&problem, &options.hooks(hooks)).unwrap_err();
        assert_eq!(stopped, SolveError::Cancelled);
    }
}
