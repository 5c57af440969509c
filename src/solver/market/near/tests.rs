use proptest::prelude::*;

use super::*;
use crate::solver::control::Control;
use crate::solver::kept_rows::KeptRows;
use crate::solver::market::Tuning;
use crate::solver::problem::Problem;

const ABSENT: i32 = -3;

/// A matrix of few values, with a price a mentor and a profit a mentee, and what lists hold.
fn state() -> impl Strategy<Value = (Vec<i32>, Vec<i64>, Vec<i64>, usize, i32)> {
    let (length, above) = (1usize..20, FLOOR..9);
    (1usize..150, 1usize..9, length, above).prop_flat_map(|(mentors, mentees, length, above)| {
        let scores = proptest::collection::vec(ABSENT..9, mentors * mentees);
        let prices = proptest::collection::vec(0i64..6, mentors);
        let profits = proptest::collection::vec(0i64..9, mentees);
        (scores, prices, profits, Just(length), Just(above))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn lists_of_near_hold_all_that_is_within_the_margin(
        (scores, prices, profits, length, above) in state(),
        margin in 1i64..8,
        are_kept in any::<bool>(),
    ) {
        let (mentees, mentors) = (profits.len(), prices.len());
        let rows = scores.chunks(mentors).map(<[i32]>::to_vec);
        let kept = KeptRows::new(mentors, rows, Some(ABSENT)).unwrap();
        let kept = kept.at_prices(prices.iter().map(|price| price / 2));
        let problem = match are_kept {
            true => Problem::kept(&kept).unwrap(),
            false => Problem::dense(mentees, mentors, &scores[..], Some(ABSENT)).unwrap(),
        };
        let problem = problem.with_capacities(vec![2; mentors]).unwrap();
        let problem = problem.with_demands(vec![1; mentees]).unwrap();
        let sides = Sides::new(&problem, &Control::idle());
        prop_assume!(!sides.mentors_bid);
        let lists = Lists::above(&sides, Base::new(&prices, 0), length, &|_| above);
        let market = Market::with_lists(sides, lists, prices, profits, Tuning::default());
        let near = market.lists_of_near(margin);
        for (item, &price) in (0u32..).zip(&market.price) {
            let mut expected = Vec::new();
            for (bidder, &profit) in (0u32..).zip(&market.profit) {
                let worth = market.sides.score(bidder, item).map(|score| i64::from(score) - profit);
                if let Some(worth) = worth.filter(|&worth| worth >= 0 && price - worth < margin) {
                    expected.push((bidder, worth));
                }
            }
            let list = near.of(item as usize).iter();
            let mut listed: Vec<_> = list.map(|one| (one.item, one.worth)).collect();
            prop_assert!(listed.is_sorted_by(|one, next| one.1 >= next.1));
            listed.sort_unstable();
            prop_assert_eq!(listed, expected);
            let left_out = Some(price - margin).filter(|&left_out| left_out >= 0);
            prop_assert_eq!(near.left_out(item as usize), left_out);
        }
    }
}
