use proptest::prelude::*;

use super::super::super::augment::Patience;
use super::super::super::lists::{Base, Lists};
use super::super::super::sides::Sides;
use super::super::super::{BEYOND, Tuning, priced};
use super::*;
use crate::solver::problem::Problem;

const ABSENT: i32 = -3;

/// Everybody's places, and prices that are too high for some of them.
#[derive(Debug)]
struct State {
    scores: Vec<i32>,
    demands: Vec<u32>,
    capacities: Vec<u32>,
    prices: Vec<i64>,
}

fn state() -> impl Strategy<Value = State> {
    (2usize..9, 1usize..20).prop_flat_map(|(mentees, mentors)| {
        let places = |people, most| proptest::collection::vec(0u32..most, people);
        let scores = proptest::collection::vec(ABSENT..12, mentees * mentors);
        let prices = proptest::collection::vec(0i64..14, mentors);
        let all = (scores, places(mentees, 3), places(mentors, 4), prices);
        all.prop_map(|(scores, demands, capacities, prices)| State {
            scores,
            demands,
            capacities,
            prices,
        })
    })
}

/// What its pairs are worth.
fn total(market: &Market<'_>) -> i64 {
    market.held().iter().map(|pair| i64::from(pair.2)).sum()
}

/// No pair is worth more than its price and profit that is not held, and nothing vacant has a price.
fn assert_proved(market: &Market<'_>) {
    for bidder in market.sides.all() {
        let profit = market.profit[bidder as usize];
        assert!(profit >= 0 && !market.wants_more(bidder));
        for item in (0..).take(market.sides.items()) {
            let Some(score) = market.sides.score(bidder, item) else {
                continue;
            };
            let worth = i64::from(score) - market.price[item as usize];
            if market.held.contains(bidder, item) {
                assert!(worth >= profit);
            } else if market.sides.demand[bidder as usize] > 0 {
                assert!(worth <= profit, "{bidder} and {item}");
            }
        }
    }
    for (&price, &places) in market.price.iter().zip(&*market.sides.supply) {
        assert!(price >= 0);
        assert_eq!(
            price == BEYOND,
            places == 0,
            "only who has no places has no price"
        );
    }
    assert_eq!(market.vacant(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn vacant_places_are_filled_from_outside_or_cost_nothing(state in state()) {
        let (mentees, mentors) = (state.demands.len(), state.capacities.len());
        let problem = Problem::dense(mentees, mentors, &state.scores[..], Some(ABSENT)).unwrap();
        let problem = problem.with_capacities(state.capacities).unwrap();
        let problem = problem.with_demands(state.demands).unwrap();
        let mut control = Control::idle();
        let sides = Sides::new(&problem, &control);
        prop_assume!(!sides.mentors_bid);
        let price = priced(&sides.supply, |mentor| state.prices[mentor]);
        let lists = Lists::new(&sides, Base::new(&price, 0), 20);
        let profit = vec![0; sides.bidders()];
        let mut market = Market::with_lists(sides, lists, price, profit, Tuning::default());
        let open = market.claim(&mut control).unwrap();
        prop_assert!(market.place_all(open, Patience::Endless, &mut control).unwrap());
        prop_assert!(market.fill_by_rows(u64::MAX, &mut control).unwrap());
        assert_proved(&market);
        let (cold, ended) = Market::solve(&problem, Tuning::default(), &mut control);
        prop_assert_eq!(ended, Ok(()));
        prop_assert_eq!(total(&market), total(&cold));
    }
}
