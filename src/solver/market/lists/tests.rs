use proptest::prelude::*;

use super::super::free;
use super::*;
use crate::hash::spread;
use crate::solver::control::{CancelToken, Control, Hooks};
use crate::solver::problem::Problem;

const ABSENT: i32 = -3;

/// A matrix of few values, capacities that decide who bids, and prices.
fn market() -> impl Strategy<Value = (usize, Vec<i32>, u32, Vec<i64>)> {
    (1usize..5, 1usize..200, 0u32..3).prop_flat_map(|(mentees, mentors, capacity)| {
        let scores = proptest::collection::vec(ABSENT..9, mentees * mentors);
        let prices = prop_oneof![
            Just(vec![0i64; 200]),
            proptest::collection::vec(0i64..4, 200)
        ];
        (Just(mentees), scores, Just(capacity), prices)
    })
}

fn problem(mentees: usize, scores: Vec<i32>, capacity: u32) -> Problem<'static> {
    let mentors = scores.len() / mentees;
    let problem = Problem::dense(mentees, mentors, scores, Some(ABSENT)).unwrap();
    problem.with_capacities(vec![capacity; mentors]).unwrap()
}

/// Everything a bidder can have, with its worth, best first.
fn all(sides: &Sides<'_>, bidder: u32, prices: &[i64]) -> Vec<i64> {
    let items = (0..).take(sides.items());
    let worth = |item: u32| Some(i64::from(sides.score(bidder, item)?) - prices[item as usize]);
    let mut worths: Vec<i64> = items.filter_map(worth).collect();
    worths.sort_unstable_by_key(|&worth| Reverse(worth));
    worths
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn lists_hold_the_best_and_bound_the_rest(
        (mentees, scores, capacity, prices) in market(),
        length in 1usize..6,
    ) {
        let problem = problem(mentees, scores, capacity);
        let sides = Sides::new(&problem, &Control::idle());
        let prices = &prices[..sides.items()];
        let mut lists = Lists::new(&sides, Base::new(prices, 0), length);
        for bidder in (0..).take(sides.bidders()) {
            let wanted = sides.demand[bidder as usize].saturating_sub(1) as usize;
            prop_assert!(lists.of(bidder as usize).len() <= length + 2 * wanted);
            let all = all(&sides, bidder, prices);
            let mut before = Vec::new();
            for _ in 0..3 {
                let list = lists.of(bidder as usize).to_vec();
                let worths: Vec<i64> = list.iter().map(|candidate| candidate.worth).collect();
                prop_assert_eq!(&worths[..], &all[..list.len()]);
                for candidate in &list {
                    let score = sides.score(bidder, candidate.item).unwrap();
                    prop_assert_eq!(lists.listed_score(*candidate), score);
                }
                prop_assert!(list.starts_with(&before), "{list:?} {before:?}");
                let next = all.get(list.len()).copied().filter(|&next| next > i64::from(FLOOR));
                prop_assert_eq!(lists.left_out(bidder as usize), next);
                before = list;
                lists.widen(&sides, bidder as usize);
            }
        }
    }

    #[test]
    fn lists_above_a_threshold_hold_all_that_is_above(
        (mentees, scores, capacity, prices) in market(),
        above in FLOOR..6,
    ) {
        let problem = problem(mentees, scores, capacity);
        let sides = Sides::new(&problem, &Control::idle());
        let prices = &prices[..sides.items()];
        let lists = Lists::above(&sides, Base::new(prices, 0), usize::MAX, &|_| above);
        for bidder in (0..).take(sides.bidders()) {
            let mut all = all(&sides, bidder, prices);
            all.retain(|&worth| worth > i64::from(above));
            let list = lists.of(bidder as usize);
            let worths: Vec<i64> = list.iter().map(|candidate| candidate.worth).collect();
            prop_assert!(worths.starts_with(&all), "{worths:?} {all:?}");
        }
    }
}

/// Whether every list is in order, holds true scores and bounds what it leaves out at these prices.
fn hold_at(lists: &Lists, sides: &Sides<'_>, prices: &[i64], shift: u32) -> bool {
    (0..).take(sides.bidders()).all(|bidder| {
        let list = lists.of(bidder as usize);
        let bound = lists.left_out(bidder as usize);
        let bound = bound.unwrap_or(i64::from(FLOOR));
        let is_true =
            |own: &Candidate| sides.score(bidder, own.item) == Some(lists.listed_score(*own));
        let is_bounded = |(item, price): (u32, &i64)| {
            let score = sides.score(bidder, item);
            score.is_none_or(|score| (i64::from(score) << shift) - price <= bound)
                || list.iter().any(|own| own.item == item)
        };
        list.is_sorted_by_key(|own| Reverse(own.worth))
            && list.iter().all(is_true)
            && (0..).zip(prices).all(is_bounded)
    })
}

proptest! {
    #[test]
    fn lists_made_longer_together_hold_at_later_prices(
        (mentees, scores, capacity, prices) in market(),
        rises in proptest::collection::vec(0i64..5, 200),
        length in 1usize..6,
        shift in 0u32..4,
    ) {
        let problem = problem(mentees, scores, capacity);
        let sides = Sides::new(&problem, &Control::idle());
        let mut prices = prices[..sides.items()].to_vec();
        let mut lists = Lists::new(&sides, Base::new(&prices, 0), length);
        let some: Vec<u32> = sides.all().step_by(2).collect();
        let rise = |prices: &mut [i64]| {
            prices.iter_mut().zip(&rises).for_each(|(price, rise)| *price += rise);
        };

        rise(&mut prices);
        lists.widen_together(&sides, &some, &prices, length);
        prop_assert!(hold_at(&lists, &sides, &prices, 0));

        assert!(lists.rescale(shift));
        prices.iter_mut().for_each(|price| *price <<= shift);
        prop_assert!(hold_at(&lists, &sides, &prices, shift));

        rise(&mut prices);
        lists.widen_together(&sides, &some, &prices, length);
        prop_assert!(hold_at(&lists, &sides, &prices, shift));

        assert!(lists.rescale(0));
        prices.iter_mut().for_each(|price| *price >>= shift);
        prop_assert!(hold_at(&lists, &sides, &prices, 0));
    }
}

/// Two screens of columns, and a rest.
const COLUMNS: usize = 135;

/// Enough that a sample of them is read first, for some columns.
const ROWS: usize = 400;

/// Scores of all of them, some absent; the lower the highest, the more are equal.
fn drawn(seed: u32, highest: i32) -> Vec<i32> {
    let score = |at: u64| i32::try_from(spread(u64::from(seed) << 32 | at) % 63).unwrap() + ABSENT;
    (0..)
        .take(ROWS * COLUMNS)
        .map(|at| score(at).min(highest))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn lists_of_many_rows_hold_the_best_and_bound_the_rest(
        seed: u32,
        highest in 0..60,
        demands in proptest::collection::vec(1u32..4, COLUMNS),
        prices in proptest::collection::vec(0i64..4, ROWS),
        length in 1usize..12,
    ) {
        let scores = drawn(seed, highest);
        let rows = scores.chunks(COLUMNS).collect();
        let problem = Problem::rows(COLUMNS, rows, Some(ABSENT)).unwrap();
        let problem = problem.with_capacities(demands).unwrap();
        let sides = Sides::new(&problem, &Control::idle());
        prop_assert!(sides.mentors_bid == (sides.demand.iter().sum::<u32>() < 400));
        prop_assume!(sides.mentors_bid);
        prop_assert!(sides.rows().is_none());
        let mut lists = Lists::new(&sides, Base::new(&prices, 0), length);
        for bidder in (0..).take(COLUMNS).step_by(33) {
            let all = all(&sides, bidder, &prices);
            let mut before = Vec::new();
            for _ in 0..3 {
                let list = lists.of(bidder as usize).to_vec();
                let worths: Vec<i64> = list.iter().map(|candidate| candidate.worth).collect();
                prop_assert_eq!(&worths[..], &all[..list.len()]);
                prop_assert!(list.starts_with(&before), "{list:?} {before:?}");
                before = list;
                prop_assert!(hold_at(&lists, &sides, &prices, 0));
                lists.widen(&sides, bidder as usize);
            }
        }
    }

    /// How wide bands are depends on the number of threads; what a column lists does not.
    #[test]
    fn a_column_lists_the_same_in_any_band(
        seed: u32,
        highest in 0..60,
        from in 0..COLUMNS,
    ) {
        let scores = drawn(seed, highest);
        let rows = scores.chunks(COLUMNS).collect();
        let problem = Problem::rows(COLUMNS, rows, Some(ABSENT)).unwrap();
        let (base, control) = (Base::new(&[0; ROWS], 0), Control::idle());
        let limits = |column: usize| Limits { length: 1 + column % 20, above: FLOOR };
        let lists = |band| {
            let part = columns::part(&problem, band, &base, &limits, control.watch());
            let mut candidates = part.candidates.iter().map(|own| (own.worth, own.item));
            let lists = part.lengths.iter().map(|&length| candidates.by_ref().take(length).collect::<Vec<_>>());
            lists.zip(part.left_out.iter().copied()).collect::<Vec<_>>()
        };
        prop_assert_eq!(&lists(0..COLUMNS)[from..], lists(from..COLUMNS));
    }
}

/// Found in review: a bidder looks at her list before she hears that somebody has cancelled.
#[test]
fn lists_that_were_being_made_when_somebody_cancelled_are_all_there() {
    let token = CancelToken::default();
    token.cancel();
    let hooks = Hooks {
        cancel: Some(token),
        ..Hooks::default()
    };
    for capacity in [0, 1, 9] {
        let problem = problem(3, vec![1; 30], capacity);
        let sides = Sides::new(&problem, &Control::new(&hooks));
        let lists = Lists::new(&sides, Base::new(&free(&sides.supply), 0), 4);
        for bidder in sides.all() {
            assert!(lists.of(bidder as usize).len() <= 10);
            assert!(lists.left_out(bidder as usize) <= Some(1));
        }
    }
}
