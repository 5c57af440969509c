//! What a level comes to at most, against exhaustive search, and in bounds.

use proptest::prelude::*;

use super::super::super::common::exhaustive;
use super::super::super::common::generate::{self, SMALL};
use super::super::{Assignment, Certificate, Claim, Prices, Violation};
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::problem::RowBuffer;
use crate::solver::{Groups, ListedValues, PlaceValues};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_worth_more_than_the_most(
        (instance, levels) in generate::instance(SMALL).prop_flat_map(|instance| {
            let levels = generate::every_level(instance.mentees.len(), instance.mentors.len());
            (Just(instance), levels)
        }),
    ) {
        let rows = instance.rows();
        for level in &levels {
            let best = exhaustive::optimum(&instance, std::slice::from_ref(level))[0];
            let [most, listed] =
                [instance.dense(), instance.sparse(&rows)].map(|problem| most(&problem, level));
            prop_assert!(most.is_none_or(|most| best <= most), "{:?}", level);
            prop_assert_eq!(most, listed);
        }
    }
}

/// Four mentees, of whom one wants nobody, and three mentors, of whom one has no place.
fn people() -> Problem<'static> {
    let problem = Problem::dense(4, 3, vec![5; 12], None).unwrap();
    let problem = problem.with_demands(vec![2, 0, 9, 1]).unwrap();
    problem.with_capacities(vec![0, 2, u32::MAX]).unwrap()
}

#[test]
fn the_most_is_what_people_and_their_places_allow() {
    let of = |problem: &Problem<'_>, level: &Level| most(problem, level).unwrap();
    let both = |problem: &Problem<'_>| {
        [Level::Participation, Level::Pairs].map(|level| of(problem, &level))
    };
    assert_eq!(both(&people()), [3, 6]); // mentors have 0, 2 and 4, mentees 2, 3 and 1
    let group = |of: &[Option<u32>], max| Groups::new(of.to_vec(), vec![None], vec![max]).unwrap();
    let mentees = people().with_mentee_groups(group(&[Some(0), Some(0), Some(0), None], 1));
    assert_eq!(both(&mentees.unwrap()), [2, 2]);
    let mentors = people().with_mentor_groups(group(&[None, Some(0), Some(0)], 2));
    assert_eq!(both(&mentors.unwrap()), [2, 2]);
    let minimums = people().with_minimum_loads(vec![0, 1, 9]).unwrap();
    let minimums = minimums.with_minimum_demands(vec![1, 0, 0, 1]).unwrap();
    assert_eq!(of(&minimums, &Level::Minimums), 1 + 4 + 2);
    let minimums = minimums.with_minimum_loads(vec![0, 2, 9]).unwrap();
    let minimums = minimums.with_demands(vec![1, 0, 1, 1]).unwrap();
    assert_eq!(of(&minimums, &Level::Minimums), 3 + 2); // mentors want six, and there are three
    let places = Level::Places {
        mentees: None,
        mentors: Some(PlaceValues::new([vec![7], vec![4, 0, -1], vec![3, -2]]).unwrap()),
    };
    assert_eq!(of(&people(), &places), 4 + 3);
    let listed = [(0, 4), (1, -3), (2, 9)];
    let listed = listed.map(|(at, value)| (MenteeIdx::new(at), MentorIdx::new(0), value));
    let listed = ListedValues::new(4, listed).unwrap();
    assert_eq!(of(&people(), &Level::Listed(listed)), 13);
    assert_eq!(of(&people(), &Level::up_to(3)), 0);
    assert_eq!(most(&people(), &Level::TotalScore), None);
}

/// What the best pairs of a mentee come to at a level after that of pairs, at which this is the first mentor's price.
fn of_best(level: &Level, price: i64, mentee: usize) -> i128 {
    let problem = Problem::dense(2, 3, vec![9, -2, 4, -1, -3, -5], Some(-5)).unwrap();
    let problem = problem.with_demands(vec![2, 3]).unwrap();
    let levels = [Level::Pairs, level.clone()];
    let mut prices = [Prices::none(&problem), Prices::none(&problem)];
    prices[0].mentors[0] = price;
    let (test, given_up) = (PairTest::new(&levels[..1], &prices[..1]), || false);
    let proof = Proof {
        problem: &problem,
        levels: &levels,
        prices: &prices,
        given_up: &given_up,
    };
    let mut buffer = RowBuffer::default();
    let row = problem.row(mentee, &mut buffer).unwrap();
    proof.of_best(&test, 1, mentee, &row)
}

#[test]
fn of_scores_a_mentee_has_the_best_that_no_earlier_level_forbids() {
    let score = Level::TotalScore;
    assert_eq!((of_best(&score, 0, 0), of_best(&score, 0, 1)), (9 + 4, 0));
    assert_eq!(of_best(&score, 2, 0), 4); // no pair is worth as much as the first mentor costs
    let more = [(MenteeIdx::new(1), MentorIdx::new(0), 7)];
    let more = Level::ScoreAnd(ListedValues::new(2, more).unwrap());
    assert_eq!((of_best(&more, 0, 0), of_best(&more, 0, 1)), (9 + 4, 7 - 1));
    assert_eq!(of_best(&Level::Pairs, 0, 0), 0); // no matter of scores
}

/// Without prices all twelve pairs could count, and all three mentees who want somebody. Of scores, two mentees may have
/// the best two and the best three, and one a single one.
#[test]
fn no_bound_is_above_the_most_and_none_below_it_is_proved_by_it() {
    let problem = people();
    let levels = [Level::Participation, Level::Pairs, Level::TotalScore];
    for (level, most) in levels.into_iter().zip([3, 6, 5 * (2 + 3 + 1)]) {
        let (levels, prices) = (vec![level], vec![Prices::none(&problem)]);
        let mut certificate = Certificate::bounded(&problem, levels, prices, 0, &|| false);
        let claim = |bound| Claim::Bounded { level: 0, bound };
        assert_eq!(certificate.claim(), claim(most));
        let nobody = Assignment::from_pairs(4, []);
        assert_eq!(certificate.check(&problem, &nobody), Ok(()));
        certificate.claim = claim(most - 1);
        assert_eq!(certificate.check(&problem, &nobody), Err(Violation::Bound));
    }
}
