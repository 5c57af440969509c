//! Every way to solve a problem, and what each solution must stand up to.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

use std::ops::RangeInclusive;

use mentormatch::solver::{
    Claim, Hooks, Method, Problem, Solution, SolveError, SolveOptions, Start, TieBreak, solve,
    solve_from,
};
use mentormatch::{MenteeIdx, MentorIdx};

use crate::common::instance::{Instance, Pairs, pairs_of};
use crate::common::shapes::{Case, Draw};

/// One setting of a switch.
type Setting = fn(SolveOptions) -> SolveOptions;

/// What must change nothing but the time a solve takes: one row a switch, one line a setting, the
/// default first. All combinations are compared, so a new switch is one more row.
pub const SWITCHES: &[&[Setting]] = &[
    &[
        |options| options.method(Method::Auto),
        |options| options.method(Method::MinCostFlow),
        |options| options.method(Method::KuhnMunkres),
    ],
    &[
        |options| options.candidate_lists(true),
        |options| options.candidate_lists(false),
    ],
    // With ties broken, the pairs are the same too.
    &[
        |options| options.tie_break(TieBreak::Fast),
        |options| options.tie_break(TieBreak::Canonical),
    ],
];

/// What a source that promises nothing promises.
const ANY_SCORE: RangeInclusive<i32> = i32::MIN..=i32::MAX;

/// The options in every combination of settings.
pub fn every_setting(options: &SolveOptions) -> Vec<SolveOptions> {
    let mut all = vec![options.clone()];
    for settings in SWITCHES {
        let set = |options: &SolveOptions| {
            let options = options.clone();
            settings.iter().map(move |setting| setting(options.clone()))
        };
        all = all.iter().flat_map(set).collect();
    }
    all
}

/// Solves the case through each door with each of the options; all agree on the value vector, and on
/// the pairs where ties are broken. The vector and the levels it is about are those of the first.
pub fn agreed(case: &Case, every: &[SolveOptions]) -> Solution {
    let rows = case.instance.rows();
    let mut first: Option<Solution> = None;
    let mut canonical: Option<Pairs> = None;
    let source = |mentee: MenteeIdx, row: &mut [i32]| {
        for (score, known) in row.iter_mut().zip(&case.instance.scores[mentee.index()]) {
            *score = known.unwrap_or(*score);
        }
    };
    let on_demand = case.instance.on_demand(&source, ANY_SCORE, case.absent);
    for problem in [case.dense(), case.instance.sparse(&rows), on_demand] {
        for options in every {
            let Some(solution) = judged(&case.instance, &problem, options) else {
                continue;
            };
            let first = first.get_or_insert_with(|| solution.clone());
            let levels = case.instance.expected_levels(&case.levels).len();
            assert_eq!(
                first.value[..levels],
                solution.value[..levels],
                "{options:?}, {case:?}"
            );
            if options.tie_break == TieBreak::Canonical {
                let pairs = pairs_of(&solution.assignment);
                let known = canonical.get_or_insert_with(|| pairs.clone());
                assert_eq!(*known, pairs, "{options:?}, {case:?}");
            }
        }
    }
    first.unwrap()
}

/// A solution that is legal, worth what it says, and proved; `None` where the Hungarian method
/// rightly refuses.
pub fn judged(
    instance: &Instance,
    problem: &Problem<'_>,
    options: &SolveOptions,
) -> Option<Solution> {
    judged_from(instance, problem, options, &Start::default())
}

/// The same of a solve that starts from an earlier solution.
fn judged_from(
    instance: &Instance,
    problem: &Problem<'_>,
    options: &SolveOptions,
    start: &Start,
) -> Option<Solution> {
    let is_refused =
        options.method == Method::KuhnMunkres && !instance.is_hungarian(&options.levels);
    let context = || format!("{options:?}, {start:?}, {instance:?}");
    let solved = if *start == Start::default() {
        solve(problem, options)
    } else {
        solve_from(problem, options, start)
    };
    let solution = match solved {
        Err(SolveError::NotExpressible { .. }) if is_refused => return None,
        result => result.unwrap_or_else(|error| panic!("{error}: {}", context())),
    };
    assert!(!is_refused, "cannot be expressed: {}", context());
    let pairs = pairs_of(&solution.assignment);
    let (levels, asked) = (
        solution.certificate.levels(),
        instance.expected_levels(&options.levels),
    );
    instance.assert_legal(&pairs);
    assert_eq!(levels[..asked.len()], asked);
    let value = instance.value(&pairs, levels);
    assert_eq!(solution.value, value, "{}", context());
    assert_eq!(solution.certificate.claim(), Claim::Optimal);
    let checked = solution.certificate.check(problem, &solution.assignment);
    assert_eq!(checked, Ok(()), "{}", context());
    Some(solution)
}

/// From the solution of the day before, of all people or of some, a solve comes to what it comes to from
/// nothing: one value vector, and the same pairs where ties are broken.
pub fn agreed_from(case: &Case, draw: &mut impl Draw, options: &SolveOptions) {
    let before = case.day_before(draw);
    let Ok(earlier) = solve(&before.dense(), options) else {
        return; // the Hungarian method refuses
    };
    let start = Start::of(&earlier);
    let mentees = MenteeIdx::all(case.instance.mentees.len());
    let mentees: Vec<_> = mentees
        .map(|own| (!draw.once_in(6)).then_some(own))
        .collect();
    let mentors = MentorIdx::all(case.instance.mentors.len());
    let mentors: Vec<_> = mentors
        .map(|own| (!draw.once_in(6)).then_some(own))
        .collect();
    let of_some = start.with_people(mentees, mentors);
    let problem = case.dense();
    let cold = judged(&case.instance, &problem, options);
    for start in [start, of_some] {
        let warm = judged_from(&case.instance, &problem, options, &start);
        let told = |own: &Option<Solution>| own.as_ref().map(|own| own.value.clone());
        assert_eq!(told(&warm), told(&cold), "{start:?}, {options:?}, {case:?}");
        if options.tie_break == TieBreak::Canonical {
            let pairs = |own: Option<&Solution>| own.map(|own| pairs_of(&own.assignment));
            assert_eq!(
                pairs(warm.as_ref()),
                pairs(cold.as_ref()),
                "{start:?}, {options:?}, {case:?}"
            );
        }
    }
}

/// A search that may do so much work gives a legal assignment and a true bound; the optimum is `best`.
pub fn bounded(case: &Case, options: &SolveOptions, work: u64, best: &Solution) {
    let mut hooks = Hooks::default();
    hooks.work_limit = Some(work);
    let options = options.clone().hooks(hooks);
    let problem = case.dense();
    let Ok(solution) = solve(&problem, &options) else {
        return; // the Hungarian method refuses
    };
    let pairs = pairs_of(&solution.assignment);
    case.instance.assert_legal(&pairs);
    let levels = solution.certificate.levels();
    assert_eq!(solution.value, case.instance.value(&pairs, levels));
    let checked = solution.certificate.check(&problem, &solution.assignment);
    assert_eq!(checked, Ok(()), "{work}, {options:?}, {case:?}");
    let context = || format!("{work}, {options:?}, {solution:?}, {case:?}");
    let known = best.value.len().min(solution.value.len());
    match solution.certificate.claim() {
        Claim::Bounded { level, bound } => {
            let proved = level.min(known);
            assert_eq!(
                solution.value[..proved],
                best.value[..proved],
                "{}",
                context()
            );
            if level < known {
                let within = solution.value[level]..=bound;
                assert!(within.contains(&best.value[level]), "{}", context());
            }
        }
        _ => assert_eq!(
            solution.value[..known],
            best.value[..known],
            "{}",
            context()
        ),
    }
}

/// With so much memory a solve gives the optimum, or refuses before it begins.
pub fn within_memory(case: &Case, options: &SolveOptions, bytes: u64, best: &Solution) {
    match solve(&case.dense(), &options.clone().memory_limit(bytes)) {
        Ok(solution) => {
            let known = best.value.len().min(solution.value.len());
            assert_eq!(
                solution.value[..known],
                best.value[..known],
                "{bytes}, {case:?}"
            );
        }
        Err(SolveError::TooLarge { needed, budget }) => {
            assert!(needed > budget && budget == bytes, "{needed} {budget}");
        }
        Err(SolveError::NotExpressible { .. }) => {}
        Err(error) => panic!("{error}: {bytes}, {options:?}, {case:?}"),
    }
}
