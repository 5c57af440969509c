//! What everybody agrees on is priced from the beginning.
//!
//! # Idea
//! Where a few items are worth more to all bidders than the rest, everybody bids for the same ones, and bids
//! raise their prices by as little as worths differ from bidder to bidder: a price war. But what all agree on
//! shows in the *means*: if a score is a part of the bidder's and a part of the item's, the item's part, less that
//! of the last one that is needed, is its price, or a little less where pairs have parts of their own. So items start
//! there, if in a sample of rows
//!
//! 1. the items' parts are larger than what is each pair's own on average;
//! 2. one step more of the items' parts is a step more for the bidders on average. Where it is two for some and
//!    none for others, as with products, means are far from prices; and
//! 3. it is off by no more than half a step for anybody in the sample: a few for whom it is are enough for the rest to
//!    tie (see [`anew`](super::anew)).
//!
//! At such prices whoever wants one item looks at her [whole](super::whole) row, however long: to list its best takes longer, and where
//! scores are a few whole numbers, far more than a list holds are worth the same.
//!
//! Where everybody gets one item, the highest score anybody has with it is such a price already, so that they are
//! [paired off](super::pairing) even if their scores do not lie in the cache.
//!
//! # Invariant
//! Any prices lead to an optimum: bids raise those that are too low, and places that stay vacant at a price
//! have it lowered by [`flip`](super::flip).
//!
//! # Complexity
//! O(items) a sampled row. Sums of two numbers, 2,000 × 500, are then solved 35 to 90 times as fast; popular
//! mentors with a tenth of each pair's own three times, ten times if scores are a hundred whole numbers; and squares of
//! 5,000 of them 60 times and more.

use std::cmp::Reverse;

use super::sides::Sides;
use super::{Accelerator, Tuning, priced};
use crate::solver::control::Watch;
use crate::solver::problem::{Row, RowBuffer};
use crate::solver::sample;

/// Rows that tell whether bidders agree.
const SAMPLED: usize = 32;

/// Rows that tell on what, if they do: with fewer, some items cost less than others of the same worth by chance, and
/// where scores are a few whole numbers, everybody bids for those: with 32 rows that takes twice as long.
const PRICED: usize = 256;

/// Where to round is found to one part in so many.
const SHIFTS: i64 = 8;

/// So many times what is each pair's own, the items' parts must be above the least that is needed.
const AGREED: i64 = 2;

/// A bidder's step may differ from a whole one by one in so many, on average.
const STEP: i128 = 4;

/// Some rows, evenly spread.
struct Sample<'s, 'p> {
    sides: &'s Sides<'p>,
    watch: &'s Watch,
    /// As many as this are asked for.
    wanted: usize,
    rows: i64,
    /// By item: what it is worth to the sampled bidders together.
    sum: Vec<i64>,
    /// The same on average.
    mean: Vec<i64>,
    overall: i64,
}

/// How sampled rows differ from the means.
#[derive(Default)]
struct Differences {
    rows: i128,
    /// Together, how far a score is on average from the sum of the row's and the item's part.
    own: i128,
    /// Together, how far a row's step is from a whole one, in parts of the means' variance.
    step: i128,
    /// Of the means, all together.
    variance: i128,
    /// Rows that pay no attention to the means.
    against: usize,
}

/// Prices to start from, if bidders agree what is worth most, and nobody has cancelled.
pub(super) fn prices(sides: &Sides<'_>, tuning: Tuning, watch: &Watch) -> Option<Vec<i64>> {
    let pairs = sides.problem().pairs();
    let are_few = pairs < tuning.pairs_to_sample || sides.bidders() < 2 || sides.items() == 0;
    let are_paired = sides.are_one_to_one() && pairs <= tuning.pairs_in_cache;
    if !tuning.uses(Accelerator::Agreed) || are_few || are_paired || !sides.are_rows_whole() {
        return None;
    }
    let sample = Sample::of(sides, SAMPLED, watch)?;
    let above = sample.above_least();
    if above == 0 {
        return None; // nobody competes
    }
    let differences = sample.differences();
    if !differences.are_small(above) {
        return None;
    }
    let finer = match sides.are_one_to_one() {
        true => sample, // who is paired off finds prices of her own
        false => Sample::of(sides, PRICED, watch)?,
    };
    if finer.differences().against > 0 {
        return None;
    }
    // What is each pair's own makes everybody better off than on average with what she gets: prices are lower by about
    // as much, and those that are too low are raised sooner than those that are too high are taken back.
    let (above, own) = (finer.above(finer.least_needed()), differences.own());
    (!watch.is_cancelled()).then(|| priced(&sides.supply, |item| (above(item) - own).max(0)))
}

impl<'s, 'p> Sample<'s, 'p> {
    fn of(sides: &'s Sides<'p>, rows: usize, watch: &'s Watch) -> Option<Self> {
        let mut sample = Self {
            sides,
            watch,
            wanted: rows,
            rows: 0,
            sum: vec![0; sides.items()],
            mean: Vec::new(),
            overall: 0,
        };
        let (mut sum, mut rows) = (vec![0; sides.items()], 0);
        sample.for_each(|row| {
            rows += 1;
            for (sum, score) in sum.iter_mut().zip(row) {
                *sum += score;
            }
        });
        if rows < 2 || watch.is_cancelled() {
            return None;
        }
        sample.mean = sum.iter().map(|sum| sum / rows).collect();
        sample.overall = mean(&sample.mean);
        (sample.sum, sample.rows) = (sum, rows);
        Some(sample)
    }

    /// Visits the sampled rows. What is not allowed, or worth less than nothing, is worth nothing.
    fn for_each(&self, mut visit: impl FnMut(&[i64])) {
        let Some(rows) = self.sides.rows() else {
            return;
        };
        let (mut buffer, mut worths) = (RowBuffer::default(), Vec::new());
        let bidders = sample::about(self.wanted, self.sides.bidders());
        for bidder in bidders.take_while(|_| !self.watch.is_cancelled()) {
            if let Some(Row::Dense { scores, absent }) = rows.row(bidder, &mut buffer) {
                let worth = |&score: &i32| match Some(score) == absent {
                    true => 0,
                    false => i64::from(score.max(0)),
                };
                worths.clear();
                worths.extend(scores.iter().map(worth));
                visit(&worths);
            }
        }
    }

    /// The worst item that is needed for everybody to get what she wants, if there are so many.
    fn least_needed(&self) -> usize {
        let mut items: Vec<usize> = (0..self.sides.items()).collect();
        items.retain(|&item| self.sides.supply[item] > 0);
        let mut wanted: u64 = self.sides.demand.iter().copied().map(u64::from).sum();
        let by_worth = |item: &usize| Reverse(self.sum[*item]);
        // No more items than are wanted can be needed: to find those takes less than to sort all.
        let most = usize::try_from(wanted).unwrap_or(usize::MAX);
        if most < items.len() {
            items.select_nth_unstable_by_key(most, by_worth);
            items.truncate(most.max(1));
        }
        items.sort_unstable_by_key(by_worth);
        let is_last = |&item: &usize| {
            wanted = wanted.saturating_sub(u64::from(self.sides.supply[item]));
            wanted == 0
        };
        let last = items.iter().copied().find(is_last);
        last.or(items.last().copied()).unwrap_or(0)
    }

    /// How much more each item is worth than this one on average, in whole numbers. Where scores are a few of those,
    /// so are the differences, but for what the sample happens to have of each pair's own; so all are
    /// rounded where they are nearest to whole ones.
    fn above(&self, least: usize) -> impl Fn(usize) -> i64 {
        let shifts = (0..SHIFTS).map(|part| part * self.rows / SHIFTS);
        let off = |sum: i64| (sum - rounded(sum, self.rows) * self.rows).abs();
        let all_off = |&shift: &i64| self.sum.iter().map(|sum| off(sum + shift)).sum::<i64>();
        let shift = shifts.min_by_key(all_off).unwrap_or(0);
        let least = rounded(self.sum[least] + shift, self.rows);
        move |item| rounded(self.sum[item] + shift, self.rows) - least
    }

    /// How much more items are worth than the last that is needed, those of them that are.
    fn above_least(&self) -> i64 {
        let least = self.mean[self.least_needed()];
        let above: Vec<i64> = self.mean.iter().map(|mean| (mean - least).max(0)).collect();
        mean(&above)
    }

    fn differences(&self) -> Differences {
        let around = |value: &i64| i128::from(value - self.overall);
        let mut found = Differences {
            variance: self.mean.iter().map(|mean| around(mean).pow(2)).sum(),
            ..Differences::default()
        };
        self.for_each(|row| {
            let shift = mean(row) - self.overall;
            let (mut own, mut with) = (0, 0);
            for (score, mean) in row.iter().zip(&self.mean) {
                own += i128::from((score - mean - shift).abs());
                with += around(mean) * i128::from(score - mean - shift);
            }
            found.rows += 1;
            found.own += own / row.len() as i128;
            found.step += with.abs();
            found.against += usize::from(2 * with.abs() > found.variance);
        });
        found
    }
}

impl Differences {
    /// How far a score is from the sum of two parts on average.
    fn own(&self) -> i64 {
        i64::try_from(self.own / self.rows.max(1)).unwrap_or(i64::MAX)
    }

    /// Whether the sampled rows are of one mind, the items' parts being so much above the least on average.
    fn are_small(&self, above: i64) -> bool {
        self.against == 0
            && i128::from(above) * self.rows > i128::from(AGREED) * self.own
            && self.step * STEP <= self.variance * self.rows
    }
}

/// A quotient, rounded.
fn rounded(sum: i64, count: i64) -> i64 {
    (2 * sum + count).div_euclid(2 * count)
}

fn mean(values: &[i64]) -> i64 {
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX).max(1);
    values.iter().sum::<i64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::common::random::Random;
    use crate::solver::control::Control;
    use crate::solver::problem::Problem;

    fn prices_of(score: impl Fn(i32, i32) -> i32) -> Option<Vec<i64>> {
        let (mentees, mentors) = (300, 100);
        let scores = (0..mentees).flat_map(|i| (0..mentors).map(move |j| (i, j)));
        let scores = scores.map(|(i, j)| score(i, j)).collect::<Vec<_>>();
        let problem = Problem::dense(300, 100, scores, None).unwrap();
        let problem = problem.with_capacities(vec![3; 100]).unwrap();
        let control = Control::idle();
        prices(
            &Sides::new(&problem, &control),
            Tuning::default(),
            control.watch(),
        )
    }

    /// What is each pair's own, below a bound.
    fn own_of_pairs(bound: u32) -> impl Fn(i32, i32) -> i32 {
        let mut random = Random::new(3);
        let own: Vec<_> = (0..30_000).map(|_| random.below(bound)).collect();
        move |i, j| i32::try_from(own[usize::try_from(100 * i + j).unwrap()]).unwrap()
    }

    #[test]
    fn the_last_needed_is_as_good_as_among_all_in_order() {
        let mut random = Random::new(5);
        for case in 0..200 {
            let (n, m) = (2 + random.below(6), 1 + random.below(20));
            let scores = (0..n * m).map(|_| random.between(0, 9)).collect::<Vec<_>>();
            let problem = Problem::dense(n as usize, m as usize, scores, None).unwrap();
            let supply: Vec<u32> = (0..m).map(|_| random.below(3)).collect();
            let demand: Vec<u32> = (0..n).map(|_| random.below(3)).collect();
            let problem = problem.with_capacities(supply).unwrap();
            let problem = problem.with_demands(demand).unwrap();
            let control = Control::idle();
            let sides = Sides::new(&problem, &control);
            let Some(sample) = Sample::of(&sides, SAMPLED, control.watch()) else {
                continue;
            };
            let places = (0..sides.items()).flat_map(|item| {
                let places = usize::try_from(sides.supply[item]).unwrap();
                std::iter::repeat_n(sample.sum[item], places)
            });
            let mut worths: Vec<i64> = places.collect();
            worths.sort_unstable_by_key(|&worth| Reverse(worth));
            let wanted: u32 = sides.demand.iter().sum();
            let last = worths.get(wanted.saturating_sub(1) as usize);
            if let Some(&least) = last.or(worths.last()) {
                assert_eq!(sample.sum[sample.least_needed()], least, "case {case}");
            }
        }
    }

    #[test]
    fn what_all_agree_on_is_the_price() {
        let found = prices_of(|i, j| 7 * i + 1_000 * j).unwrap();
        let expected: Vec<_> = (0..100).map(|j| 1_000 * j).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn whole_differences_are_whole_whatever_is_each_pairs_own() {
        let own = own_of_pairs(4);
        let found = prices_of(|i, j| 100 * (j % 20) + own(i, j)).unwrap();
        let asked: Vec<_> = found.iter().filter(|&&price| price > 0).collect();
        assert_eq!(asked.len(), 95);
        assert!(asked.iter().all(|&&price| price % 100 == asked[0] % 100));
    }

    #[test]
    fn nothing_is_priced_where_bidders_are_not_of_one_mind() {
        let own = own_of_pairs(1_000);
        assert_eq!(prices_of(&own), None);
        assert_eq!(prices_of(|i, j| i * j), None);
        assert_eq!(prices_of(|i, j| own(i, j) + j), None);
        assert!(prices_of(|i, j| own(i, j) + 100 * j).is_some());
        assert_eq!(prices_of(|_, _| 5), None);
    }

    #[test]
    fn nothing_is_priced_where_one_pays_no_attention() {
        let own = own_of_pairs(10_000);
        let score = |one: i32| move |i: i32, j: i32| if i == one { (77 * j) % 100 } else { j };
        assert!(prices_of(score(-1)).is_some());
        let met = crate::solver::sample::about(PRICED, 300);
        for one in met.filter_map(|one| i32::try_from(one).ok()).take(20) {
            assert_eq!(prices_of(score(one)), None);
            assert_eq!(
                prices_of(|i, j| if i == one { own(i, j) } else { 100 * j }),
                None
            );
        }
    }
}
