//! Lists of bidders whose pairs lie side by side.

use std::ops::Range;

use super::super::selection::{BLOCK, FLOOR, SCREEN, Selection};
use super::{Base, Limits, NOTHING, Part};
use crate::solver::control::Watch;
use crate::solver::kept_rows::{Found, Peaks};
use crate::solver::problem::{Problem, Row, RowBuffer};
use crate::solver::walk::{self, position};

/// The lists of some bidders who are rows, at prices whose peaks may be known; empty ones once it is cancelled.
pub(super) fn part(
    rows: &Problem<'_>,
    bidders: impl Iterator<Item = usize> + Clone,
    (base, peaks): (&Base, Option<&Peaks<'_>>),
    limits: &impl Fn(usize) -> Limits,
    watch: &Watch,
) -> Part {
    let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
    let mut selection = Selection::new(0);
    let threshold = |bidder: usize| Some(limits(bidder).above).filter(|&above| above > FLOOR);
    let found = peaks.map_or_else(Found::default, |peaks| {
        peaks.find(bidders.clone(), threshold)
    });
    let until_cancelled = |_: &(usize, usize)| !watch.is_cancelled();
    for (at, bidder) in bidders.clone().enumerate().take_while(until_cancelled) {
        let start = walk::start(bidder, rows.mentors());
        let Limits { length, above } = limits(bidder);
        selection.begin(length, above);
        let item = |place: u32| walk::at(place as usize, start, rows.mentors());
        match (rows.row(bidder, &mut buffer), found.of(at)) {
            (Some(Row::Dense { scores, absent }), Some(blocks)) => {
                for block in blocks {
                    offer_some(&mut selection, (scores, absent), block.clone(), start, base);
                }
            }
            (Some(row), _) => offer_row(&mut selection, &row, start, base),
            (None, _) => {}
        }
        part.take(&mut selection, item);
    }
    if watch.is_cancelled() {
        // Whoever looks before she hears of it finds that there is no more.
        let all = bidders.count();
        part.lengths.resize(all, 0);
        part.left_out.resize(all, NOTHING);
    }
    part
}

/// Offers a row in the bidder's own order: a walk around the items from an item of her own. Among
/// equals those come first that she meets first; if all walked from the same item, they would all
/// list the same few whenever scores are equal.
fn offer_row(selection: &mut Selection, row: &Row<'_>, start: usize, base: &Base) {
    match *row {
        Row::Dense { scores, absent } => {
            let (before, after) = scores.split_at(start);
            let (base_before, base_after) = base.narrow.split_at(start);
            // Memory gives a row fastest from its front, so the end of the walk is offered first.
            let walks = [(before, base_before, after.len()), (after, base_after, 0)];
            for (scores, prices, first) in walks {
                selection.go_before(position(first + scores.len()));
                if base.is_priced {
                    offer_less(selection, scores, prices, absent, first, base);
                } else {
                    offer_plain(selection, scores, absent, first);
                }
            }
        }
        Row::Sparse { mentors, scores } => {
            let items = base.narrow.len();
            for (&mentor, &score) in mentors.iter().zip(scores) {
                let worth = base.worth(score.max(FLOOR), base.narrow[mentor as usize]);
                selection.offer(worth, walk::steps(mentor as usize, start, items));
            }
        }
    }
}

/// Offers what is worth more than the threshold among a row's items of these columns, in any order.
fn offer_some(
    selection: &mut Selection,
    (scores, absent): (&[i32], Option<i32>),
    columns: Range<usize>,
    start: usize,
    base: &Base,
) {
    let (of_columns, prices) = (&scores[columns.clone()], &base.narrow[columns.clone()]);
    if let (Some(scores), Some(prices)) = (
        of_columns.first_chunk::<BLOCK>(),
        prices.first_chunk::<BLOCK>(),
    ) && !selection.reaches::<BLOCK>(|at| base.worth(scores[at], prices[at]))
    {
        return;
    }
    for (item, (&score, &price)) in columns.zip(of_columns.iter().zip(prices)) {
        let worth = base.worth(score, price);
        if score > FLOOR && Some(score) != absent && worth > selection.threshold() {
            selection.offer(worth, walk::steps(item, start, scores.len()));
        }
    }
}

fn offer_plain(selection: &mut Selection, scores: &[i32], absent: Option<i32>, first: usize) {
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let absent = absent.unwrap_or(FLOOR); // what is not above the floor does not count either
    let mut place = position(first);
    for block in blocks {
        selection.offer_block(block, |at| block[at] != absent, place);
        place += position(BLOCK);
    }
    for &score in rest {
        if score != absent {
            selection.offer(score, place);
        }
        place += 1;
    }
}

/// Offers scores less prices, as far as whole screens of them have one that reaches the threshold.
fn offer_less(
    selection: &mut Selection,
    scores: &[i32],
    prices: &[i32],
    absent: Option<i32>,
    first: usize,
    base: &Base,
) {
    let mut place = position(first);
    for (scores, prices) in scores.chunks(SCREEN).zip(prices.chunks(SCREEN)) {
        let reaches = match (
            scores.first_chunk::<SCREEN>(),
            prices.first_chunk::<SCREEN>(),
        ) {
            (Some(scores), Some(prices)) => {
                selection.reaches::<SCREEN>(|at| base.worth(scores[at], prices[at]))
            }
            _ => true,
        };
        if reaches {
            offer_each_less(selection, scores, prices, absent, place, base);
        }
        place += position(SCREEN);
    }
}

fn offer_each_less(
    selection: &mut Selection,
    scores: &[i32],
    prices: &[i32],
    absent: Option<i32>,
    first: u32,
    base: &Base,
) {
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let (price_blocks, price_rest) = prices.as_chunks::<BLOCK>();
    let absent = absent.unwrap_or(FLOOR);
    let counts = |score: i32| (score > FLOOR) & (score != absent);
    let mut place = first;
    for (block, prices) in blocks.iter().zip(price_blocks) {
        let worths = std::array::from_fn(|at| base.worth(block[at], prices[at]));
        selection.offer_block(&worths, |at| counts(block[at]), place);
        place += position(BLOCK);
    }
    for (&score, &price) in rest.iter().zip(price_rest) {
        if counts(score) {
            selection.offer(base.worth(score, price), place);
        }
        place += 1;
    }
}
