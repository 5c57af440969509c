//! Every way to solve a problem, and what each solution must stand up to.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

use std::ops::RangeInclusive;

use mentormatch::solver::{
    Accelerator, Claim, Hooks, KeptRows, Lot, Method, Problem, Solution, SolveError, SolveOptions,
    Start, TieBreak, solve, solve_from,
};
use mentormatch::{MenteeIdx, MentorIdx};

use crate::common::instance::{Instance, Pairs, pairs_of};
use crate::common::lots;
use crate::common::shapes::{Case, Draw};

/// One position of a switch.
type Setting = fn(SolveOptions, &Case) -> SolveOptions;

/// How ties are broken: with a lot, the pairs are the same too.
const TIES: &[Setting] = &[
    |options, _| options,
    |options, _| options.tie_break(TieBreak::Canonical),
    |options, case| options.tie_break(TieBreak::CanonicalBy(own_lot(case))),
];

/// Ways that make no use of [`switched`] accelerators.
const OTHER_WAYS: &[Setting] = &[
    |options, _| options.without(Accelerator::CandidateLists),
    |options, _| options.method(Method::MinCostFlow),
    |options, _| options.method(Method::KuhnMunkres),
];

/// How many doors lead to the same problem.
const DOORS: usize = 5;

/// Combinations that come one after the other are so far apart; it has no divisor in common with their number, so that
/// all have a turn.
const SCATTER: u32 = 1_789;

/// What a source that promises nothing promises.
const ANY_SCORE: RangeInclusive<i32> = i32::MIN..=i32::MAX;

/// A lot of a host's own, another one for nearly every case.
fn own_lot(case: &Case) -> Lot {
    let scores = case.instance.scores.iter().flatten().flatten();
    let mixed = |seed: u64, score: &i32| seed.wrapping_mul(31) ^ u64::from(score.cast_unsigned());
    lots::lot(&case.instance, scores.fold(7, mixed))
}

/// The accelerators that are switched off in all combinations.
fn switched() -> Vec<Accelerator> {
    let all = Accelerator::ALL.iter().copied();
    all.filter(|&own| own != Accelerator::CandidateLists)
        .collect()
}

/// How many combinations of settings there are.
pub fn settings() -> u32 {
    let ways = (1 << switched().len()) + OTHER_WAYS.len();
    u32::try_from(ways * TIES.len()).unwrap()
}

/// The options in the combination of this number. What is set changes nothing but the time that a solve takes; at 0
/// all is as usual.
pub fn setting(case: &Case, number: u32) -> SolveOptions {
    let (way, ties) = (number as usize / TIES.len(), number as usize % TIES.len());
    let options = TIES[ties](SolveOptions::new(case.levels.clone()), case);
    let switched = switched();
    if let Some(way) = way.checked_sub(1 << switched.len()) {
        return OTHER_WAYS[way](options, case);
    }
    let bits = switched.iter().enumerate();
    let off = bits.filter(|(bit, _)| way >> bit & 1 == 1);
    off.fold(options, |options, (_, &own)| options.without(own))
}

/// The options with one switch in another position each, ties being broken by turns.
pub fn each_switch(case: &Case, turn: u32) -> Vec<SolveOptions> {
    let combined = 1 << switched().len();
    let single = (0..switched().len()).map(|bit| 1 << bit);
    let ways = single.chain(combined..combined + OTHER_WAYS.len());
    let ties = (turn as usize..).map(|turn| turn % TIES.len());
    let numbers = ways.zip(ties).map(|(way, ties)| way * TIES.len() + ties);
    numbers
        .map(|number| setting(case, u32::try_from(number).unwrap()))
        .collect()
}

/// So many combinations, of which each has its turn.
pub fn combinations(case: &Case, turn: u32, share: u32) -> Vec<SolveOptions> {
    let numbers = (turn * share..).map(|number| number * SCATTER % settings());
    let numbers = numbers.take(share as usize);
    numbers.map(|number| setting(case, number)).collect()
}

/// The problem through each of its doors; what a start tells is summed up where rows are kept.
pub fn through_each_door(case: &Case, start: &Start, mut visit: impl FnMut(usize, &Problem<'_>)) {
    let (instance, absent) = (&case.instance, case.absent);
    let mentors = instance.mentors.len();
    let sparse = instance.rows();
    let rows = instance.rows_marked(absent);
    let kept = start.sum_up(&KeptRows::new(mentors, rows.clone(), absent).unwrap());
    let source = |mentee: MenteeIdx, row: &mut [i32]| {
        for (score, known) in row.iter_mut().zip(&instance.scores[mentee.index()]) {
            *score = known.unwrap_or(*score);
        }
    };
    let rows = rows.iter().map(Vec::as_slice).collect();
    let doors: [_; DOORS] = [
        case.dense(),
        instance.bounded(Problem::rows(mentors, rows, absent).unwrap()),
        instance.bounded(Problem::kept(&kept).unwrap()),
        instance.sparse(&sparse),
        instance.on_demand(&source, ANY_SCORE, absent),
    ];
    for (door, problem) in doors.iter().enumerate() {
        visit(door, problem);
    }
}

/// What solutions of one case agree on.
#[derive(Default)]
struct Agreement {
    first: Option<Solution>,
    /// By the way ties are broken, if a lot says how.
    pairs: Vec<(TieBreak, Pairs)>,
}

impl Agreement {
    /// Solves the case in one more way, and compares.
    fn check(&mut self, case: &Case, problem: &Problem<'_>, way: (&SolveOptions, &Start)) {
        let Some(solution) = judged(&case.instance, problem, way) else {
            return;
        };
        let options = way.0;
        let first = self.first.get_or_insert_with(|| solution.clone());
        let levels = case.instance.expected_levels(&case.levels).len();
        assert_eq!(
            first.value[..levels],
            solution.value[..levels],
            "{way:?}, {case:?}"
        );
        if options.tie_break == TieBreak::Fast {
            return;
        }
        let pairs = pairs_of(&solution.assignment);
        match self.pairs.iter().find(|own| own.0 == options.tie_break) {
            Some((_, known)) => assert_eq!(*known, pairs, "{way:?}, {case:?}"),
            None => self.pairs.push((options.tie_break.clone(), pairs)),
        }
    }
}

/// Solves the case through each door as usual, and through one door in each of the other ways, by turns; all agree on
/// the value vector, and on the pairs where a lot breaks ties. The vector and the levels it is about are those of the
/// first.
pub fn agreed(
    case: &Case,
    usual: &[SolveOptions],
    others: &[SolveOptions],
    turn: usize,
) -> Solution {
    let (mut agreement, cold) = (Agreement::default(), Start::default());
    through_each_door(case, &cold, |door, problem| {
        let own = others.iter().skip((door + turn) % DOORS).step_by(DOORS);
        for options in usual.iter().chain(own) {
            agreement.check(case, problem, (options, &cold));
        }
    });
    agreement.first.unwrap()
}

/// A solution that is legal, worth what it says, and proved; `None` where the Hungarian method
/// rightly refuses.
fn judged(
    instance: &Instance,
    problem: &Problem<'_>,
    (options, start): (&SolveOptions, &Start),
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
    let mut agreement = Agreement::default();
    agreement.check(case, &case.dense(), (options, &Start::default()));
    for (start, door) in [start, of_some].iter().zip(draw.below(5) as usize..) {
        through_each_door(case, start, |at, problem| {
            if at == door % DOORS {
                agreement.check(case, problem, (options, start));
            }
        });
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
