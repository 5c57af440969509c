use proptest::prelude::*;

use super::super::Tuning;
use super::super::auction::{Hands, Limit};
use super::super::augment::Patience;
use super::super::lists::{Base, Lists};
use super::super::sides::Sides;
use super::*;
use crate::solver::problem::Problem;

const ABSENT: i32 = -3;

/// Everybody's places, prices that lists are made at, and who is said to have held what.
#[derive(Debug)]
struct State {
    scores: Vec<i32>,
    demands: Vec<u32>,
    capacities: Vec<u32>,
    prices: Vec<i64>,
    before: Vec<(u32, u32)>,
    tuning: Tuning,
}

fn state() -> impl Strategy<Value = State> {
    (2u32..6, 2u32..8, 1usize..4, 0u64..4).prop_flat_map(|(n, m, length, bids)| {
        let (mentees, mentors) = (n as usize, m as usize);
        let places = |people| proptest::collection::vec(1u32..4, people);
        let pair = (0..n, 0..m);
        (
            proptest::collection::vec(ABSENT..7, mentees * mentors),
            places(mentees),
            places(mentors),
            proptest::collection::vec(0i64..3, mentees.max(mentors)),
            proptest::collection::vec(pair, 0..12),
        )
            .prop_map(move |(scores, demands, capacities, prices, before)| State {
                scores,
                demands,
                capacities,
                prices,
                before,
                tuning: Tuning {
                    length,
                    column_length: length,
                    bids,
                    ..Tuning::default()
                },
            })
    })
}

fn problem(state: &State) -> Problem<'_> {
    let (mentees, mentors) = (state.demands.len(), state.capacities.len());
    let problem = Problem::dense(mentees, mentors, &state.scores[..], Some(ABSENT)).unwrap();
    let problem = problem.with_capacities(state.capacities.clone()).unwrap();
    problem.with_demands(state.demands.clone()).unwrap()
}

fn market<'p>(problem: &'p Problem<'p>, state: &State) -> Market<'p> {
    let sides = Sides::new(problem, &Control::idle());
    let price = state.prices[..sides.items()].to_vec();
    let lists = Lists::new(&sides, Base::new(&price, 0), state.tuning.length);
    let profit = vec![0; sides.bidders()];
    Market::with_lists(sides, lists, price, profit, state.tuning)
}

/// By bidder: what she holds, in order of items.
fn held(market: &Market<'_>) -> Vec<Vec<(u32, i32)>> {
    let sorted = |bidder| {
        let mut held = market.held.of(bidder).to_vec();
        held.sort_unstable();
        held
    };
    market.sides.all().map(sorted).collect()
}

/// Held are different pairs of the problem with their scores.
fn assert_scores_are_true(market: &Market<'_>) {
    for (bidder, held) in (0..).zip(held(market)) {
        assert!(held.windows(2).all(|two| two[0].0 < two[1].0));
        for (item, score) in held {
            assert_eq!(market.sides.score(bidder, item), Some(score));
        }
    }
}

/// What the module promises of everybody.
fn assert_is_claimed(market: &Market<'_>, open: &[u32]) {
    assert_scores_are_true(market);
    for bidder in market.sides.all() {
        let profit = market.profit[bidder as usize];
        for item in (0..).take(market.sides.items()) {
            let Some(score) = market.sides.score(bidder, item) else {
                continue;
            };
            let worth = i64::from(score) - market.price[item as usize];
            let is_held = market.held.contains(bidder, item);
            let holders = market.holders.of(item);
            assert_eq!(holders.contains(&(bidder, score)), is_held);
            let gain = if is_held {
                worth - profit
            } else {
                profit - worth
            };
            assert!(gain >= 0, "{bidder} {item}");
        }
        let is_open = profit > 0 && market.held.open(bidder) > 0;
        assert!(profit >= 0);
        assert_eq!(open.contains(&bidder), is_open);
    }
    for (item, &places) in (0..).zip(market.sides.supply.iter()) {
        assert!(market.holders.of(item).len() <= places as usize);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn everybody_gets_what_is_worth_more_than_her_profit(
        state in state(),
        is_auctioned: bool,
        raise in 0i64..2,
    ) {
        let mut control = Control::idle();
        let problem = problem(&state);
        let mut market = market(&problem, &state);
        if is_auctioned {
            let bids = market.tuning.bids;
            let limit = Limit { bids, looks: u64::MAX };
            market.auction(Hands::Empty, raise, limit, &mut control).unwrap();
            assert_scores_are_true(&market);
        } else {
            for &(mentee, mentor) in &state.before {
                let (bidder, item) = market.sides.of_pair(mentee, mentor);
                market.remember(bidder, item);
            }
        }
        let open = market.claim(&mut control).unwrap();
        assert_is_claimed(&market, &open);
        market.place_all(open, Patience::Endless, &mut control).unwrap();
        assert_is_claimed(&market, &[]);
    }
}
