//! Rows of scores against prices, in loops that the compiler vectorises.

use crate::lanes;

/// Items that are looked at together.
const CHUNK: usize = 16;

/// The item of a row that is worth most, and what the next best is worth: as much, if there is no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Best {
    pub(super) item: usize,
    pub(super) worth: i32,
    pub(super) next: i32,
}

/// What an item is worth; a score below nothing counts as nothing.
#[inline(always)]
fn worth(score: i32, price: i32) -> i32 {
    score.max(0) - price
}

/// The best of a row that is not empty; the first of equals on a walk from about `start`.
#[inline(always)]
pub(super) fn best_two(scores: &[i32], prices: &[i32], start: usize) -> Best {
    let (mut best, mut next, mut at) = (i32::MIN, i32::MIN, 0);
    let (first, chunks) = (start / CHUNK, scores.len().div_ceil(CHUNK));
    for numbers in [first..chunks, 0..first] {
        for number in numbers {
            let worth = highest_worth(of_chunk(scores, number), of_chunk(prices, number));
            if worth > best {
                (next, best, at) = (best, worth, number);
            } else {
                next = next.max(worth);
            }
        }
    }
    let mut item = scores.len();
    let pairs = of_chunk(scores, at).iter().zip(of_chunk(prices, at));
    for (number, (&score, &price)) in (at * CHUNK..).zip(pairs) {
        let worth = worth(score, price);
        if worth == best && item == scores.len() {
            item = number;
        } else {
            next = next.max(worth);
        }
    }
    Best {
        item,
        worth: best,
        next: if scores.len() > 1 { next } else { best },
    }
}

/// An item of just this worth that will do, on a walk from `start`.
pub(super) fn find(
    scores: &[i32],
    prices: &[i32],
    this: i32,
    start: usize,
    will_do: impl Fn(usize) -> bool,
) -> Option<usize> {
    let is_equal = |&item: &usize| worth(scores[item], prices[item]) == this && will_do(item);
    (start..scores.len()).chain(0..start).find(is_equal)
}

/// Items that are near.
const NEAR: usize = 64;

/// An item of just this worth that will do, among those near `start`.
#[inline(always)]
pub(super) fn find_near(
    scores: &[i32],
    prices: &[i32],
    this: i32,
    start: usize,
    will_do: impl Fn(usize) -> bool,
) -> Option<usize> {
    let first = start.min(scores.len().saturating_sub(NEAR));
    let scores = scores[first..].first_chunk::<NEAR>()?;
    let prices = prices[first..].first_chunk::<NEAR>()?;
    let is_equal = |at: usize| worth(scores[at], prices[at]) == this;
    if !lanes::any::<NEAR>(is_equal) {
        return None;
    }
    (0..NEAR)
        .find(|&at| is_equal(at) && will_do(first + at))
        .map(|at| first + at)
}

/// Raises each price to a bidder's score less so much, and notes who has raised it last.
#[inline(always)]
pub(super) fn raise(scores: &[i32], less: i32, bidder: u32, prices: &mut [i32], last: &mut [u32]) {
    for ((&score, price), last) in scores.iter().zip(prices).zip(last) {
        let bid = score.max(0) - less;
        // A mask, not a truth value: of that the compiler makes a branch a pair.
        let higher = u32::from(bid > *price).wrapping_neg();
        *last = (*last & !higher) | (bidder & higher);
        *price = bid.max(*price);
    }
}

/// The highest score, at least nothing.
#[inline(always)]
pub(super) fn highest(scores: &[i32]) -> i32 {
    scores.iter().copied().fold(0, i32::max)
}

#[inline(always)]
fn highest_worth(scores: &[i32], prices: &[i32]) -> i32 {
    // Chunks of a constant length are what the compiler makes the most of.
    match (scores.first_chunk::<CHUNK>(), prices.first_chunk::<CHUNK>()) {
        (Some(scores), Some(prices)) => highest_of(scores, prices),
        _ => highest_of(scores, prices),
    }
}

#[inline(always)]
fn highest_of(scores: &[i32], prices: &[i32]) -> i32 {
    let pairs = scores.iter().zip(prices);
    let worths = pairs.map(|(&score, &price)| worth(score, price));
    worths.fold(i32::MIN, i32::max)
}

/// The part of a row's scores or prices that is a chunk.
#[inline(always)]
fn of_chunk(list: &[i32], chunk: usize) -> &[i32] {
    &list[chunk * CHUNK..list.len().min((chunk + 1) * CHUNK)]
}
