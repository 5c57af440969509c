use proptest::prelude::*;

use super::*;

/// A row that is visited: its scores, the bidder's means, and an item that she holds.
type Visited = (Vec<i32>, i32, usize);

fn visits(items: usize) -> impl Strategy<Value = Vec<Visited>> {
    let score = prop_oneof![-3i32..12, Just(i32::MIN), Just(i32::MAX), Just(5)];
    let row = proptest::collection::vec(score, items);
    proptest::collection::vec((row, 0i32..20, 0..items), 1..5)
}

/// Prices, visits one after another, and what is no score.
fn instance() -> impl Strategy<Value = (Vec<i32>, Vec<Visited>, Option<i32>)> {
    (1usize..200).prop_flat_map(|items| {
        let price = prop_oneof![4 => 0i32..9, 1 => Just(FAR)];
        let absent = prop_oneof![
            Just(None),
            Just(Some(-1)),
            Just(Some(i32::MIN)),
            Just(Some(5))
        ];
        (
            proptest::collection::vec(price, items),
            visits(items),
            absent,
        )
            .prop_map(|(prices, visits, absent)| {
                let visits = visits.into_iter();
                let visits = visits.map(|visit| within_bounds(&prices, visit)).collect();
                (prices, visits, absent)
            })
    })
}

/// Prices and profits bound the scores of all but those whom nobody can have.
fn within_bounds(prices: &[i32], (mut scores, means, held): Visited) -> Visited {
    for (score, &price) in scores.iter_mut().zip(prices) {
        if price < FAR {
            *score = (*score).min(MOST);
        }
    }
    (scores, means, held)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Against the definition: price, and the least of means less score over all visits.
    #[test]
    fn the_nearest_items_are_those_at_the_least_distance((prices, visits, absent) in instance()) {
        let mut frontier = Frontier::new(prices.clone());
        frontier.begin();
        let mut distance = vec![i64::from(FAR); prices.len()];
        let mut from = vec![None; prices.len()];
        for (number, (scores, means, held)) in visits.iter().enumerate() {
            let number = position(number);
            let visit = Visit { number, means: *means, scores, absent };
            frontier.visit(&visit, std::iter::once(position(*held)));
            for (item, &score) in scores.iter().enumerate() {
                let is_there = Some(score) != absent && score >= 0 && prices[item] < FAR;
                let worth = i64::from(score.min(MOST)) - i64::from(prices[item]);
                let reached = i64::from(*means) - worth;
                if is_there && item != *held && reached < distance[item] {
                    (distance[item], from[item]) = (reached, Some(number));
                }
            }
        }
        // A search ends before it has gone as far as a bidder can give up; what is worth less than
        // nothing is further, and may be found there or not.
        let most = visits.iter().map(|visit| i64::from(visit.1)).min().unwrap_or(0);
        let least = distance.iter().copied().min().unwrap();
        if least <= most {
            prop_assert_eq!(i64::from(frontier.distance()), least);
            let expected = (0..prices.len()).filter(|&item| distance[item] == least);
            let expected: Vec<u32> = expected.map(position).collect();
            prop_assert_eq!(frontier.nearest().collect::<Vec<_>>(), expected.clone());
            for item in expected {
                prop_assert_eq!(Some(frontier.from(item)), from[item as usize]);
                frontier.close(item);
                let is_beyond = i64::from(frontier.distance()) > most;
                prop_assert!(is_beyond || frontier.nearest().all(|other| other != item));
            }
            prop_assert!(i64::from(frontier.distance()) > least);
        } else {
            prop_assert!(i64::from(frontier.distance()) > most);
        }
    }

    /// To close items together is to close them one by one; and what is not worth anything is worth
    /// nothing to a bidder who may have everything.
    #[test]
    fn items_can_be_closed_together((prices, visits, _) in instance()) {
        let prices: Vec<i32> = prices.into_iter().map(|price| price.min(9)).collect();
        let visits = visits.into_iter().map(|visit| within_bounds(&prices, visit));
        let visits: Vec<Visited> = visits.collect();
        let visited = || {
            let mut frontier = Frontier::new(prices.clone());
            frontier.begin();
            for (number, (scores, means, _)) in (0..).zip(&visits) {
                frontier.visit_all(&Visit { number, means: *means, scores, absent: None });
            }
            frontier
        };
        let (mut one_by_one, mut together) = (visited(), visited());
        let reach = |item: usize| {
            let least = visits.iter().map(|(scores, means, _)| means - scores[item].max(0)).min();
            least.unwrap() + prices[item]
        };
        let least = (0..prices.len()).map(reach).min();
        prop_assert_eq!(Some(one_by_one.distance()), least);
        let nearest: Vec<u32> = one_by_one.nearest().collect();
        nearest.iter().for_each(|&item| one_by_one.close(item));
        together.close_all(nearest.iter().copied());
        prop_assert_eq!(one_by_one.distance(), together.distance());
        prop_assert_eq!(one_by_one.nearest().collect::<Vec<_>>(), together.nearest().collect::<Vec<_>>());
    }
}
