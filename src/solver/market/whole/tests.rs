use proptest::prelude::*;

use super::*;
use crate::solver::control::Control;
use crate::solver::problem::Problem;

/// What the highest score that somebody can have is shifted to at most.
const MOST: i32 = 1 << 28;

/// A row: scores, prices, what is no score, and the power of two.
type Priced = (Vec<i32>, Vec<i64>, Option<i32>, u32);

fn priced_row() -> impl Strategy<Value = Priced> {
    (1usize..100, 0u32..20).prop_flat_map(|(items, shift)| {
        let number = prop_oneof![
            6 => -3i32..12,
            1 => any::<i32>(),
            1 => Just(i32::MIN),
            1 => Just(i32::MAX),
        ];
        let price = prop_oneof![4 => 0i64..1 << 22, 2 => Just(0), 1 => Just(BEYOND)];
        let absent = prop_oneof![Just(None), (-1i32..12).prop_map(Some), Just(Some(i32::MAX))];
        let scores = proptest::collection::vec(number, items);
        let prices = proptest::collection::vec(price, items);
        (scores, prices, absent).prop_map(move |(mut scores, prices, absent)| {
            for (score, &price) in scores.iter_mut().zip(&prices) {
                if price < BEYOND && Some(*score) != absent {
                    *score = (*score).min(MOST >> shift);
                }
            }
            (scores, prices, absent, shift)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Against the definition in 64 bits.
    #[test]
    fn the_best_is_what_is_worth_most_of_all(
        (scores, prices, absent, shift) in priced_row(),
        start in 0usize..100,
    ) {
        let whole = Whole::at(&prices, shift);
        let look = Look {
            whole: &whole,
            scores: &scores,
            absent: absent.filter(|&absent| absent > 0),
            first: start % scores.len() / CHUNK,
        };
        let worth = |item: usize| {
            let counts = Some(scores[item]) != absent;
            let gain = if counts { i64::from(scores[item].max(0)) } else { 0 };
            if prices[item] < BEYOND { (gain << shift) - prices[item] } else { 0 }
        };
        let mut worths: Vec<i64> = (0..scores.len()).map(|item| worth(item).max(0)).collect();
        let mut choice = Choice::default();
        look.choose(&mut choice);
        let best = choice.best.first().copied();
        prop_assert!(best.is_none_or(|(value, item)| value == worth(item as usize)));
        let found = best.and_then(|best| look.find(i32::try_from(best.0).unwrap(), |_| true));
        prop_assert_eq!(found.map(|item| worth(item as usize)), best.map(|best| best.0));
        worths.sort_unstable_by_key(|&worth| std::cmp::Reverse(worth));
        prop_assert_eq!(best.map_or(0, |best| best.0), worths[0]);
        prop_assert_eq!(choice.next, worths.get(1).copied().unwrap_or(0));
    }
}

#[test]
fn what_nobody_can_have_is_no_highest_score() {
    let scores = vec![3, 9, i32::MAX, 1, 2, i32::MAX, 5, 5, 1 << 28];
    let problem = Problem::dense(3, 3, scores, None).unwrap();
    let problem = problem.with_capacities(vec![2, 2, 0]).unwrap();
    let market = Market::new(&problem, Tuning::default(), &Control::idle());
    assert!(!market.sides.mentors_bid);
    assert_eq!(market.highest_scores(), (9, 5));
}
