//! What the check must refuse: changed prices, changed claims, changed pairs.

use proptest::prelude::*;

use super::super::common::exhaustive;
use super::super::common::generate::{self, TINY};
use super::super::common::instance::{Instance, Pairs, pairs_of};
use super::super::groups::Groups;
use super::super::level::{Owner, PlaceValues};
use super::super::options::SolveOptions;
use super::super::solution::Solution;
use super::super::solve::solve;
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::{ListedValues, Start, TieBreak};

fn solved(problem: &Problem<'_>, levels: &[Level]) -> Solution {
    solve(problem, &SolveOptions::new(levels.to_vec())).unwrap()
}

/// Every set of allowed pairs, legal or not.
fn all_sets(instance: &Instance) -> Vec<Pairs> {
    let mut sets: Vec<Pairs> = vec![Vec::new()];
    for (mentee, row) in instance.scores.iter().enumerate() {
        for mentor in (0..row.len()).filter(|&mentor| row[mentor].is_some()) {
            let with = |set: &Pairs| [set.as_slice(), &[(mentee, mentor)]].concat();
            sets.extend(sets.iter().map(with).collect::<Vec<_>>());
        }
    }
    sets
}

fn assignment(instance: &Instance, pairs: &Pairs) -> Assignment {
    let index = |position: usize| u32::try_from(position).unwrap();
    let pairs = pairs.iter().map(|&(i, j)| (index(i), index(j)));
    Assignment::from_pairs(instance.mentees.len(), pairs)
}

fn is_legal(instance: &Instance, pairs: &Pairs) -> bool {
    let (mentees, mentors) = instance.loads(pairs);
    instance.mentees.is_within_maxima(&mentees) && instance.mentors.is_within_maxima(&mentors)
}

/// The lists of prices of all levels, to be tampered with.
fn price_lists(certificate: &mut Certificate) -> Vec<&mut Vec<i64>> {
    certificate
        .prices
        .iter_mut()
        .flat_map(|prices| {
            [
                &mut prices.mentees,
                &mut prices.mentors,
                &mut prices.mentee_groups,
                &mut prices.mentor_groups,
            ]
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any optimal assignment goes with any optimal prices, and no other does.
    #[test]
    fn a_certificate_passes_exactly_the_optimal_assignments(
        (instance, levels) in generate::instance_and_levels(TINY)
    ) {
        let problem = instance.dense();
        let certificate = solved(&problem, &levels).certificate;
        let optimum = exhaustive::optimum(&instance, &certificate.levels);
        for pairs in all_sets(&instance) {
            let optimal = is_legal(&instance, &pairs)
                && instance.value(&pairs, &certificate.levels) == optimum;
            let checked = certificate.check(&problem, &assignment(&instance, &pairs));
            prop_assert_eq!(checked.is_ok(), optimal, "{:?}: {:?}", pairs, checked);
        }
    }

    /// Whatever the prices, only an optimal assignment can pass.
    #[test]
    fn no_prices_prove_a_worse_assignment(
        (instance, levels) in generate::instance_and_levels(TINY),
        tampering in proptest::collection::vec((any::<u16>(), any::<u16>(), -3i64..=3), 0..5),
    ) {
        let problem = instance.dense();
        let mut certificate = solved(&problem, &levels).certificate;
        for (list, at, change) in tampering {
            let mut lists = price_lists(&mut certificate);
            let list = list as usize % lists.len();
            let list = &mut lists[list];
            if !list.is_empty() {
                let at = at as usize % list.len();
                list[at] += change;
            }
        }
        let optimum = exhaustive::optimum(&instance, &certificate.levels);
        for pairs in all_sets(&instance) {
            if certificate.check(&problem, &assignment(&instance, &pairs)).is_ok() {
                prop_assert!(is_legal(&instance, &pairs));
                prop_assert_eq!(instance.value(&pairs, &certificate.levels), &*optimum);
            }
        }
    }

    /// Whatever the prices, the bound they prove is not below the optimum.
    #[test]
    fn any_prices_give_a_true_bound(
        (instance, levels) in generate::instance_and_levels(TINY),
        drawn in proptest::collection::vec(-5i64..=5, 1..20),
        stopped in any::<proptest::sample::Index>(),
    ) {
        let problem = instance.dense();
        let Certificate { levels, prices, .. } = solved(&problem, &levels).certificate;
        let level = stopped.index(levels.len());
        let mut certificate = Certificate { levels, prices, claim: Claim::Optimal, drawn: None };
        let mut drawn = drawn.into_iter().cycle();
        for list in price_lists(&mut certificate).into_iter().skip(4 * level) {
            list.fill_with(|| drawn.next().unwrap_or_default());
        }
        let Certificate { levels, prices, .. } = certificate;
        let optimum = exhaustive::optimum(&instance, &levels);
        let certificate = Certificate::bounded(&problem, levels, prices, level, &|| false);
        let Claim::Bounded { bound, .. } = certificate.claim else { panic!("bounded") };
        prop_assert!(bound >= optimum[level], "{} < {:?} at {}", bound, optimum, level);
    }

    /// A price moved far away fails, unless its owner has no partner to tell.
    #[test]
    fn every_price_of_somebody_with_a_partner_matters(
        (instance, levels) in generate::instance_and_levels(TINY)
    ) {
        let problem = instance.dense();
        let solution = solved(&problem, &levels);
        for (owner, load) in solution.assignment.loads(&problem).owners() {
            for change in [-(1i64 << 40), 1 << 40] {
                let mut certificate = solution.certificate.clone();
                let mut lists = price_lists(&mut certificate);
                match owner {
                    Owner::Mentee(at) => lists[0][at] += change,
                    Owner::Mentor(at) => lists[1][at] += change,
                    Owner::MenteeGroup(at) => lists[2][at] += change,
                    Owner::MentorGroup(at) => lists[3][at] += change,
                }
                let refused = certificate.check(&problem, &solution.assignment).is_err();
                prop_assert!(refused || load == 0, "{:?} {}", owner, change);
            }
        }
    }
}

/// Two mentees, two mentors, one best solution.
fn example() -> (Problem<'static>, Solution) {
    let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None).unwrap();
    let solution = solved(&problem, &[Level::Pairs, Level::TotalScore]);
    assert_eq!(pairs_of(&solution.assignment), [(0, 0), (1, 1)]);
    (problem, solution)
}

/// What the check says of the example with other pairs.
fn refusal(pairs: &[(u32, u32)]) -> Violation {
    let (problem, solution) = example();
    let tampered = Assignment::from_pairs(2, pairs.iter().copied());
    solution.certificate.check(&problem, &tampered).unwrap_err()
}

#[test]
fn changed_pairs_are_named() {
    let (mentee, mentor) = (MenteeIdx::new(1), MentorIdx::new(1));
    assert!(matches!(refusal(&[(0, 0)]), Violation::Place { .. }));
    assert!(matches!(refusal(&[(0, 1), (1, 0)]), Violation::Pair { .. }));
    assert_eq!(refusal(&[(0, 0), (1, 2)]), Violation::Shape);
    assert_eq!(
        refusal(&[(0, 0), (1, 1), (1, 1)]),
        Violation::NotAllowed { mentee, mentor }
    );
    let overloaded = Violation::Overloaded {
        what: "mentor",
        index: 0,
        load: 2,
        max: 1,
    };
    assert_eq!(refusal(&[(0, 0), (1, 0)]), overloaded);
}

#[test]
fn changed_claims_are_refused() {
    let (problem, solution) = example();
    let check = |change: &dyn Fn(&mut Certificate)| {
        let mut certificate = solution.certificate.clone();
        change(&mut certificate);
        certificate.check(&problem, &solution.assignment)
    };
    assert_eq!(check(&|_| ()), Ok(()));
    assert_eq!(check(&|c| c.levels.truncate(1)), Err(Violation::Shape));
    assert_eq!(check(&|c| c.prices.truncate(1)), Err(Violation::Shape));
    assert_eq!(
        check(&|c| c.prices[0].mentees.push(0)),
        Err(Violation::Shape)
    );
    assert_eq!(
        check(&|c| c.prices[1].mentors[0] = i64::MIN),
        Err(Violation::PriceRange)
    );
    let bounded = |level, bound| check(&|c| c.claim = Claim::Bounded { level, bound });
    assert_eq!(bounded(1, 160), Ok(()));
    assert_eq!(bounded(1, 159), Err(Violation::Bound));
    assert_eq!(bounded(2, 0), Err(Violation::Bound));
}

#[test]
fn a_certificate_is_about_one_problem() {
    let (_, solution) = example();
    let other = Problem::dense(2, 2, vec![70, 160, 120, 90], None).unwrap();
    assert!(
        solution
            .certificate
            .check(&other, &solution.assignment)
            .is_err()
    );
    let larger = Problem::dense(2, 3, vec![0; 6], None).unwrap();
    let checked = solution.certificate.check(&larger, &solution.assignment);
    assert_eq!(checked, Err(Violation::Shape));
}

/// One mentee, and more mentors than are looked at together, of whom she has the last but one.
fn crowd() -> (Problem<'static>, Solution) {
    let mut scores = vec![5; 150];
    scores[148] = 9;
    let problem = Problem::dense(1, 150, scores, None).unwrap();
    let solution = solved(&problem, &[Level::TotalScore]);
    assert_eq!(pairs_of(&solution.assignment), [(0, 148)]);
    (problem, solution)
}

#[test]
fn whoever_has_nobody_is_looked_at_in_a_crowd_too() {
    let (problem, solution) = crowd();
    for index in [0, 63, 64, 127, 128, 147, 149] {
        let mut certificate = solution.certificate.clone();
        certificate.prices[0].mentors[index] = 1;
        let what = "mentor";
        let checked = certificate.check(&problem, &solution.assignment);
        assert_eq!(checked, Err(Violation::Place { what, index }));
    }
}

#[test]
fn what_places_are_worth_is_looked_at_in_a_crowd_too() {
    let (problem, solution) = crowd();
    let what = "mentor";
    let refused = Err(Violation::Place { what, index: 127 });
    let first_places = (0..150).map(|mentor| vec![i64::from(mentor == 127), 0]);
    let mut certificate = solution.certificate.clone();
    certificate.levels.push(Level::Places {
        mentees: None,
        mentors: Some(PlaceValues::new(first_places).unwrap()),
    });
    certificate.prices.push(Prices::none(&problem));
    assert_eq!(certificate.check(&problem, &solution.assignment), refused);

    let group_of = (0..150).map(|mentor| (mentor == 127).then_some(0));
    let groups = Groups::new(group_of.collect(), vec![None], vec![1]).unwrap();
    let problem = problem.with_mentor_groups(groups).unwrap();
    let mut certificate = solution.certificate.clone();
    certificate.prices[0].mentor_groups = vec![-1];
    assert_eq!(certificate.check(&problem, &solution.assignment), refused);

    let groups = Groups::new(vec![Some(0)], vec![None], vec![1]).unwrap();
    let problem = problem.with_mentee_groups(groups).unwrap();
    certificate.prices[0].mentee_groups = vec![0];
    assert_eq!(certificate.check(&problem, &solution.assignment), refused);
}

#[test]
fn a_proof_of_listed_pairs_holds_of_the_same_as_a_matrix_in_groups_too() {
    let group = || Groups::new(vec![Some(0)], vec![None], vec![1]).unwrap();
    let matrix = Problem::dense(1, 1, vec![-1], Some(-1)).unwrap();
    let matrix = matrix.with_mentor_groups(group()).unwrap();
    let listed = Problem::sparse(1, &[0, 0], &[], &[]).unwrap();
    let listed = listed.with_mentor_groups(group()).unwrap();
    for level in [Level::TotalScore, Level::Pairs] {
        let found = solve(&listed, &SolveOptions::new([level])).unwrap();
        assert!(found.certificate.check(&matrix, &found.assignment).is_ok());
    }
}

/// With two mentees who want one mentor his price is the score of the one who does not get him.
#[test]
fn what_is_printed_tells_no_score_and_no_wish() {
    let problem = Problem::dense(2, 1, vec![777_111, 777_222], None).unwrap();
    let wish = (MenteeIdx::new(1), MentorIdx::new(0), 888_333);
    let wishes = Level::Listed(ListedValues::new(2, [wish]).unwrap());
    let options = SolveOptions::new([wishes, Level::TotalScore]).tie_break(TieBreak::Canonical);
    let solution = solve(&problem, &options).unwrap();
    let prices = solution.certificate.prices();
    assert!(prices.iter().any(|prices| prices.mentors != [0]));
    let start = Start::of(&solution);
    let printed = format!("{:?} {start:?} {options:?}", solution.certificate);
    for secret in ["777111", "777222", "888333"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
