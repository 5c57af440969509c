//! How much memory a market takes, told before any of it is allocated.

use super::Tuning;
use super::lists::Candidate;
use crate::lanes;
use crate::solver::problem::{Access, Problem};

/// Room for lists that are made longer, by what they hold to begin with: few are, and what they held
/// before stays where it was. A list that is made longer all the same is not held to it.
const GROWTH: u64 = 2;

/// What a bidder takes beside lists and items: span, left-out worth, profit, two holdings, a place in
/// the queue, what searches note, and the prices handed over.
const A_BIDDER: u64 = 16 + 4 + 8 + 2 * 12 + 9 + 8 + 17 + 16;

/// What an item takes: two prices, today's once more in 32 bits, what lists take off, holders and bids if it
/// is used, marks, what searches note, who lists it, and the prices handed over.
const AN_ITEM: u64 = 8 + 4 + 4 + 28 + 28 + 4 + 8 + 17 + 16 + 16;

/// What a place takes that is wanted and there: two holdings, a bid, room for a first few holders, a pair of the result.
const A_PLACE: u64 = 2 * 8 + 32 + 32 + 16;

/// Bytes that solving a plain problem takes at most, unless lists grow far beyond the usual.
pub(super) fn bytes(problem: &Problem<'_>, access: Access, tuning: Tuning) -> u64 {
    let (mentees, mentors) = (problem.mentees() as u64, problem.mentors() as u64);
    let total = |max: &[u32], others: u64| -> u64 {
        let total = lanes::widest(
            #[inline(always)]
            || max.iter().map(|&max| u64::from(max).min(others)).sum(),
        );
        u64::min(total, problem.pairs() as u64)
    };
    let (demand, supply) = (
        total(&problem.mentees.max, mentors),
        total(&problem.mentors.max, mentees),
    );
    let led_by_mentors = supply < demand;
    let (bidders, items, wanted) = if led_by_mentors {
        (mentors, mentees, supply)
    } else {
        (mentees, mentors, demand)
    };
    let longest = [tuning.length, tuning.length_at_prices, tuning.column_length];
    let length = longest.into_iter().max().unwrap_or(0) as u64;
    let pairs = problem.pairs() as u64;
    let listed = (length.saturating_mul(bidders))
        .saturating_add(2 * wanted)
        .min(pairs);
    let candidate = size_of::<Candidate>() as u64;
    [
        bidders.saturating_mul(A_BIDDER),
        items.saturating_mul(AN_ITEM),
        wanted.saturating_mul(A_PLACE),
        listed.saturating_mul(GROWTH * candidate),
        problem.bytes_transposed(access, led_by_mentors),
        access.bytes_of_columns(listed),
    ]
    .into_iter()
    .fold(0, u64::saturating_add)
}
