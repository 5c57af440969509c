//! What the fuzzer found, byte for byte, a test each, named after what was wrong.
//!
//! Bytes decode as in `fuzz/fuzz_targets/solver.rs`; here all ways of solving are compared. They
//! mean something else once the decoder changes, so write the instance out when that is done.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::shapes::{Bytes, Case, Draw, EVERY_FAMILY};
use judge::{agreed, each_switch, settings};
use mentormatch::solver::{
    Groups, Level, ListedValues, Lot, Problem, SolveOptions, TieBreak, solve,
};
use mentormatch::{MenteeIdx, MentorIdx};

fn decoded(bytes: &[u8]) -> Case {
    let mut bytes = Bytes(bytes);
    let family = bytes.one_of(&EVERY_FAMILY);
    let _ways = [(); 2].map(|()| bytes.below(settings())); // which the fuzzer takes too
    Case::draw(&mut bytes, family, (10, 24))
}

fn all_ways_agree(case: &Case) {
    agreed(case, &each_switch(case, 0), &[], 0);
}

/// No find: where there are no bytes, there is nobody.
#[test]
fn no_bytes_at_all() {
    let case = decoded(&[]);
    assert_eq!(
        (case.instance.mentees.len(), case.instance.mentors.len()),
        (0, 0)
    );
    assert_eq!(case.levels, [Level::TotalScore]);
    all_ways_agree(&case);
}

/// A listed pair was counted twice by the check where scores and then hashes decide.
#[test]
fn a_listed_pair_is_checked_once() {
    let scores = vec![-1, -1, 1_000_000, -1, 285_714, 571_429];
    let problem = Problem::dense(2, 3, scores, Some(-1)).unwrap();
    let problem = problem.with_capacities(vec![2; 3]).unwrap();
    let problem = problem.with_demands(vec![2, 1]).unwrap();
    let mentees = vec![4_530_073_975_550_823_889, 7_733_519_849_987_863_527];
    let mentors = vec![
        711_302_687_955_008_120,
        14_515_084_611_629_978_079,
        14_761_052_429_272_668_037,
    ];
    let ties = TieBreak::CanonicalBy(Lot::new(&mentees, &mentors));
    let pair = |mentee, mentor| (MenteeIdx::new(mentee), MentorIdx::new(mentor), 1);
    let listed = ListedValues::new(2, [pair(0, 2), pair(1, 1)]).unwrap();
    let levels = [Level::Listed(listed), Level::TotalScore];
    let solution = solve(&problem, &SolveOptions::new(levels).tie_break(ties)).unwrap();
    assert_eq!(solution.value[..2], [2, 1_285_714]);
}

/// Prices of groups without places once added up from group to group, beyond what a proof may have.
#[test]
fn long_lines_of_groups_without_places_are_solved() {
    for depth in [1, 4, 8, 31, 40] {
        let parents = (1..=depth).map(|at| Some(at).filter(|&at| at < depth));
        let closed = |every: usize| {
            let max = (0..depth as usize).map(|at| u32::from(at % every != 0));
            max.collect::<Vec<_>>()
        };
        for max in [vec![0; depth as usize], closed(2), closed(3)] {
            let of = vec![Some(0), Some(0), None];
            let groups = Groups::new(of, parents.clone().collect(), max).unwrap();
            let problem = || {
                let scores = vec![5, 6, 7, 8, 9, 1, 2, 3, 4];
                let problem = Problem::dense(3, 3, scores, None).unwrap();
                problem.with_capacities(vec![1, 1, 1]).unwrap()
            };
            let options = SolveOptions::new([Level::TotalScore]);
            let of_mentors = problem().with_mentor_groups(groups.clone()).unwrap();
            assert_eq!(solve(&of_mentors, &options).unwrap().value, [7]);
            let of_mentees = problem().with_mentee_groups(groups).unwrap();
            assert_eq!(solve(&of_mentees, &options).unwrap().value, [4]);
        }
    }
}
