//! Every way to solve a problem, and what each solution must stand up to.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

use mentormatch::solver::{
    Claim, Method, Problem, Solution, SolveError, SolveOptions, TieBreak, solve,
};

use crate::common::instance::{Instance, Pairs, pairs_of};
use crate::common::shapes::Case;

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

/// Solves the case dense and sparse with each of the options; all agree on the value vector, and on
/// the pairs where ties are broken. The vector and the levels it is about are those of the first.
pub fn agreed(case: &Case, every: &[SolveOptions]) -> Solution {
    let rows = case.instance.rows();
    let mut first: Option<Solution> = None;
    let mut canonical: Option<Pairs> = None;
    for problem in [case.dense(), case.instance.sparse(&rows)] {
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
    let is_refused =
        options.method == Method::KuhnMunkres && !instance.is_hungarian(&options.levels);
    let context = || format!("{options:?}, {instance:?}");
    let solution = match solve(problem, options) {
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
