use proptest::prelude::*;

use super::*;
use crate::solver::certificate::{Certificate, Claim, Violation};
use crate::solver::common::random::Random;
use crate::solver::control::{CancelToken, Hooks};
use crate::solver::level::Level;
use crate::solver::options::{Method, SolveOptions};
use crate::solver::problem::Problem;
use crate::solver::solve;

/// Mentees, mentors and their scores, row by row: few values and many, forbidden pairs, extremes, and
/// scores that are the same for all mentees or all mentors.
fn matrix() -> impl Strategy<Value = (usize, usize, Vec<i32>)> {
    let rows_and_columns = (1usize..24, 0usize..24, any::<bool>());
    let drawn = rows_and_columns.prop_flat_map(|(rows, more, is_square)| {
        let columns = if is_square {
            rows
        } else {
            rows + more.min(rows)
        };
        let scores = |score: BoxedStrategy<i32>| proptest::collection::vec(score, rows * columns);
        let extreme = prop_oneof![
            4 => -2i32..4,
            1 => Just(i32::MIN),
            1 => Just(HIGHEST),
        ];
        let scores = prop_oneof![
            scores((-2i32..4).boxed()),
            scores((0i32..1_000).boxed()),
            scores(extreme.boxed()),
        ];
        (Just(rows), Just(columns), scores, 0..3usize)
    });
    drawn.prop_map(|(rows, columns, mut scores, kind)| {
        for cell in 0..scores.len() {
            scores[cell] = match kind {
                0 => scores[cell],
                1 => scores[cell % columns],
                _ => scores[cell / columns * columns],
            };
        }
        (rows, columns, scores)
    })
}

fn absent() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![Just(None), (-2i32..=0).prop_map(Some), Just(Some(i32::MIN))]
}

/// Pairs everybody off, and checks the prices that prove it.
fn check_pairing(problem: &Problem<'_>, tuning: Tuning) -> Result<(), Violation> {
    let mut market = Market::new(problem, tuning, &Control::idle());
    assert_eq!(market.pair_off(&mut Control::idle()), Ok(true));
    let certificate = Certificate {
        levels: vec![Level::TotalScore],
        prices: vec![market.prices()],
        claim: Claim::Optimal,
        drawn: None,
    };
    certificate.check(problem, &market.assignment())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Prices prove it, whoever is the row.
    #[test]
    fn pairs_are_optimal(
        (rows, columns, scores) in matrix(),
        absent in absent(),
        are_rows_mentees in any::<bool>(),
        bids_to_pair in 0usize..4,
    ) {
        let (mentees, mentors) = if are_rows_mentees { (rows, columns) } else { (columns, rows) };
        let problem = Problem::dense(mentees, mentors, &scores[..], absent).unwrap();
        let tuning = Tuning { bids_to_pair, ..Tuning::default() };
        prop_assert_eq!(check_pairing(&problem, tuning), Ok(()));
    }

    /// Against the definition.
    #[test]
    fn the_best_is_what_is_worth_most_of_all(
        pairs in proptest::collection::vec((-3i32..12, 0i32..9), 1..100),
        start in 0usize..100,
    ) {
        let (scores, prices): (Vec<i32>, Vec<i32>) = pairs.into_iter().unzip();
        let worth = |item: usize| scores[item].max(0) - prices[item];
        let mut worths: Vec<i32> = (0..scores.len()).map(worth).collect();
        worths.sort_unstable_by_key(|&worth| std::cmp::Reverse(worth));
        let best = row::best_two(&scores, &prices, start % scores.len());
        prop_assert_eq!(worth(best.item), best.worth);
        prop_assert_eq!((best.worth, best.next), (worths[0], worths[1 % worths.len()]));
        let is_even = |item: usize| item.is_multiple_of(2);
        let found = row::find(&scores, &prices, best.worth, start % scores.len(), is_even);
        let fits = |&item: &usize| is_even(item) && worth(item) == best.worth;
        prop_assert_eq!(found.is_some(), (0..scores.len()).any(|item| fits(&item)));
        prop_assert!(found.is_none_or(|item| fits(&item)));
    }

    /// Against a look at all: what is near the start is found, if anything fits there.
    #[test]
    fn what_is_near_is_found(
        pairs in proptest::collection::vec((-2i32..3, 0i32..3), 1..200),
        start in 0usize..200,
        one_in in 1usize..70,
    ) {
        let (scores, prices): (Vec<i32>, Vec<i32>) = pairs.into_iter().unzip();
        let (start, all) = (start % scores.len(), scores.len());
        let fits = |item: usize| {
            item.is_multiple_of(one_in) && scores[item].max(0) == prices[item]
        };
        let found = row::find_near(&scores, &prices, 0, start, |item| item.is_multiple_of(one_in));
        let first = start.min(all.saturating_sub(64));
        let expected = (all >= 64).then(|| (first..first + 64).find(|&item| fits(item)));
        prop_assert_eq!(found, expected.flatten());
    }

    /// Against the definition.
    #[test]
    fn prices_are_raised_to_the_highest_score(
        rows in proptest::collection::vec(proptest::collection::vec(-3i32..12, 37), 1..9),
    ) {
        for less in [0, 3] {
            let (mut prices, mut last) = (vec![i32::MIN; 37], vec![0; 37]);
            for (bidder, scores) in (0..).zip(&rows) {
                row::raise(scores, less, bidder, &mut prices, &mut last);
            }
            for item in 0..37 {
                let highest = rows.iter().map(|row| row[item].max(0)).max().unwrap();
                let first = rows.iter().position(|row| row[item].max(0) == highest).unwrap();
                prop_assert_eq!((prices[item], last[item]), (highest - less, position(first)));
            }
        }
        let highest = rows.iter().flatten().copied().fold(0, i32::max);
        prop_assert_eq!(row::highest(&rows.concat()), highest);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Of squares large enough for what is near to be a part of a row, and of levels that rows are reduced by.
    #[test]
    fn pairs_of_large_squares_are_optimal(
        size in 64usize..100,
        (values, levels) in (1i32..5, 1i32..4),
        seed in any::<u64>(),
        absent in absent(),
    ) {
        let mut random = Random::new(seed);
        let level: Vec<i32> = (0..size).map(|_| random.between(0, levels - 1) * 50).collect();
        let pairs = (0..size * size).map(|at| level[at / size] + random.between(-1, values - 2));
        let problem = Problem::dense(size, size, pairs.collect::<Vec<_>>(), absent).unwrap();
        prop_assert_eq!(check_pairing(&problem, Tuning::default()), Ok(()));
    }
}

fn is_for_pairing(problem: &Problem<'_>) -> bool {
    let mut market = Market::new(problem, Tuning::default(), &Control::idle());
    market.pair_off(&mut Control::idle()).unwrap()
}

#[test]
fn what_does_not_fit_is_left_to_others() {
    let scores = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    let dense = || Problem::dense(3, 3, &scores[..], Some(-1)).unwrap();
    assert!(is_for_pairing(&dense()));
    assert!(!is_for_pairing(
        &dense().with_capacities(vec![1, 2, 1]).unwrap()
    ));
    assert!(!is_for_pairing(
        &dense().with_demands(vec![1, 0, 1]).unwrap()
    ));
    assert!(!is_for_pairing(
        &Problem::dense(3, 3, &scores[..], Some(5)).unwrap()
    ));
    for (score, fits) in [(HIGHEST, true), (HIGHEST + 1, false)] {
        for mentees in [2, 3] {
            let mut scores = scores[..3 * mentees].to_vec();
            scores[4] = score;
            assert_eq!(
                is_for_pairing(&Problem::dense(mentees, 3, scores, None).unwrap()),
                fits
            );
        }
    }
    let starts = [0, 1, 2, 3];
    let sparse = Problem::sparse(3, &starts, &[0, 1, 2], &[4, 4, 4]).unwrap();
    assert!(!is_for_pairing(&sparse));
}

/// Where one scores higher than all others whatever the item, she alone has the highest score with any.
#[test]
fn who_scores_high_everywhere_leaves_others_an_item_from_the_beginning() {
    let (size, mut random) = (60, Random::new(4));
    let level: Vec<i32> = (0..size).map(|_| random.between(-4, 9) * 10_000).collect();
    let pairs = (0..size * size).map(|at| level[at / size] + random.between(0, 999));
    let scores: Vec<i32> = pairs.collect();
    let pairing = Pairing::begin(&scores, (size, size), 1, &Control::idle()).unwrap();
    let held = pairing.held();
    assert!(held.iter().flatten().count() > size / 3);
    for (bidder, item) in (0..).zip(&pairing.item).filter(|own| *own.1 != NONE) {
        let worths = (0..).take(size).map(|item| pairing.profit(bidder, item));
        assert_eq!(worths.max(), Some(pairing.profit(bidder, *item)));
    }
    let problem = Problem::dense(size, size, scores, None).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let expected = solve(&problem, &options.clone().method(Method::MinCostFlow)).unwrap();
    assert!(is_for_pairing(&problem));
    assert_eq!(solve(&problem, &options).unwrap().value, expected.value);
}

/// What has been reduced by some rows alone breaks the invariant, and a search may go round for ever.
#[test]
fn nothing_is_looked_at_that_was_reduced_when_somebody_cancelled() {
    let scores = [9, 1, 2, 8, 1, 3, 7, 2, 2];
    let problem = Problem::dense(3, 3, &scores[..], None).unwrap();
    let mut market = Market::new(&problem, Tuning::default(), &Control::idle());
    let token = CancelToken::default();
    token.cancel();
    let hooks = Hooks {
        cancel: Some(token),
        ..Hooks::default()
    };
    assert!(market.pair_off(&mut Control::new(&hooks)).is_err());
    assert!(market.held().is_empty());
}

/// Whom nobody else wants, nobody has to pay for; and nobody needs to be driven out.
#[test]
fn a_pair_that_is_worth_nothing_costs_nothing() {
    let scores = [9, -1, -1, 8, -1, -1, 7, -1, -1];
    let problem = Problem::dense(3, 3, &scores[..], Some(-1)).unwrap();
    let mut market = Market::new(&problem, Tuning::default(), &Control::idle());
    assert_eq!(market.pair_off(&mut Control::idle()), Ok(true));
    assert_eq!(market.held(), [(0, 0, 9)]);
    assert_eq!(market.price[1..], [0, 0]);
    assert_eq!(market.profit[1..], [0, 0]);
}
