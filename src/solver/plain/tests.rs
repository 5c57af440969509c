//! Which problems the market solves alone, and that it says so whenever it can.

use proptest::prelude::*;

use super::super::certificate::{Certificate, Claim};
use super::super::common::exhaustive;
use super::super::common::generate::{self, PLAIN};
use super::super::common::instance::pairs_of;
use super::super::control::Hooks;
use super::super::groups::Groups;
use super::super::market::{Market, Tuning};
use super::super::options::{Method, SolveOptions, TieBreak};
use super::super::solve::solve;
use super::*;

fn two_by_three() -> Problem<'static> {
    Problem::dense(2, 3, vec![5; 6], None).unwrap()
}

#[test]
fn a_problem_is_plain_at_the_total_score_or_for_mentees_who_take_one() {
    let one = two_by_three();
    let many = one.clone().with_demands(vec![1, 2]).unwrap();
    for first in [Level::Participation, Level::Pairs] {
        let levels = [first.clone(), Level::TotalScore];
        assert!(is_plain(&one, &levels), "{levels:?}");
        assert!(!is_plain(&many, &levels), "{levels:?}");
        assert!(is_plain(&many, &levels[1..]), "{levels:?}");
        assert!(!is_plain(&one, std::slice::from_ref(&first)));
        assert!(!is_plain(&one, &[Level::TotalScore, first]));
    }
}

#[test]
fn a_problem_with_groups_is_not_plain() {
    let groups = |people| Groups::new(vec![None; people], vec![None], vec![1]).unwrap();
    let levels = [Level::TotalScore];
    let mentees = two_by_three().with_mentee_groups(groups(2)).unwrap();
    let mentors = two_by_three().with_mentor_groups(groups(3)).unwrap();
    assert!(!is_plain(&mentees, &levels) && !is_plain(&mentors, &levels));
}

/// Nobody gains by a pair of no score, but each counts: the market once left these to the network.
#[test]
fn people_who_have_nothing_in_common_take_part_where_there_are_places() {
    let levels = [Level::Participation, Level::TotalScore];
    let scores = vec![0, -1, -1, 0, 3, 0, -1, 0, 0, 0, 0, 0];
    let (starts, columns) = (vec![0, 1, 3, 5, 7], vec![0, 0, 1, 1, 2, 0, 2]);
    let dense = Problem::dense(4, 3, scores, Some(-1));
    let sparse = Problem::sparse(3, &starts, &columns, &[0, 0, 3, 0, 0, 0, 0]);
    for problem in [dense, sparse] {
        let problem = problem.unwrap().with_capacities(vec![1, 1, 9]).unwrap();
        let mut control = Control::idle();
        let (market, ended) = Market::solve(&problem, Tuning::default(), &mut control);
        assert_eq!((ended, market.assignment().len()), (Ok(()), 1));
        let filled = filled(&problem, market.assignment(), &control);
        assert_eq!(filled.len(), 4);
        assert!(proof(&problem, &levels, market.prices(), &filled, &control).is_some());
        assert_eq!(
            solve(&problem, &SolveOptions::new(levels.clone()))
                .unwrap()
                .value,
            [4, 3]
        );
    }
}

/// A search that is stopped once left everybody alone whose pairs only cost.
#[test]
fn people_take_part_at_any_score_where_a_search_is_stopped() {
    let mut options = SolveOptions::new([Level::Participation, Level::TotalScore]);
    options.hooks.work_limit = Some(0);
    let scores = vec![-3, -1, -1, -2, -1, -7];
    let problem = Problem::dense(3, 2, scores, None).unwrap();
    let problem = problem.with_capacities(vec![9, 1]).unwrap();
    let stopped = solve(&problem, &options).unwrap();
    assert_eq!(stopped.value, [3, -3]);
    assert!(matches!(
        stopped.certificate.claim(),
        Claim::Bounded { level: 1, .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// What everybody agrees on leaves all pairs with those who are good enough tight: some of these must be
    /// used, others only may be.
    #[test]
    fn ties_of_those_who_must_be_used_are_broken_as_by_the_network(
        worths in proptest::collection::vec(0i32..4, 2..12),
        capacities in proptest::collection::vec(1u32..4, 12),
        mentees in 4usize..20,
        by_mentee in any::<bool>(),
    ) {
        let (mentors, scores) = (worths.len(), worths.repeat(mentees));
        let problem = Problem::dense(mentees, mentors, scores, None).unwrap();
        let mut problem = problem.with_capacities(capacities[..mentors].to_vec()).unwrap();
        if by_mentee {
            let scores = worths.iter().flat_map(|&worth| vec![worth; mentees]).collect::<Vec<_>>();
            problem = Problem::dense(mentors, mentees, scores, None).unwrap();
        }
        let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
        let found = solve(&problem, &options).unwrap();
        let expected = solve(&problem, &options.method(Method::MinCostFlow)).unwrap();
        prop_assert_eq!(found.assignment, expected.assignment);
        prop_assert_eq!(found.value, expected.value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Whether the optimum of the total score is one of participation too is always decided.
    #[test]
    fn a_proof_is_found_if_nobody_more_could_take_part(
        instance in generate::instance(PLAIN),
        first in prop_oneof![Just(Level::Participation), Just(Level::Pairs)],
    ) {
        let (problem, hooks) = (instance.dense(), Hooks::default());
        let mut control = Control::new(&hooks);
        let (market, ended) = Market::solve(&problem, Tuning::default(), &mut control);
        prop_assert!(ended.is_ok());
        let assignment = market.assignment();
        let levels = vec![first, Level::TotalScore];
        let found = proof(&problem, &levels, market.prices(), &assignment, &control);
        let value = instance.value(&pairs_of(&assignment), &levels[..1]);
        let is_largest = value == exhaustive::optimum(&instance, &levels[..1]);
        prop_assert_eq!(found.is_some(), is_largest);
        if let Some(prices) = found {
            let certificate = Certificate { levels, prices, claim: Claim::Optimal, drawn: None };
            prop_assert_eq!(certificate.check(&problem, &assignment), Ok(()));
        }
    }
}
