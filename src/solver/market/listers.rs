//! Whom an item may be worth something to, read off the lists.

use super::Market;
use super::selection::FLOOR;

/// Who lists each item.
pub(super) struct Listers {
    /// Item `j` is on the lists of `listers[starts[j]..starts[j + 1]]`, with its score.
    starts: Vec<usize>,
    listers: Vec<(u32, i32)>,
    /// What a bidder's profit exceeds her left-out worth by, at least. It stays true while profits
    /// only rise.
    margin: i64,
}

impl Listers {
    pub(super) fn new(market: &Market<'_>) -> Self {
        let mut starts = vec![0; market.sides.items() + 1];
        let each = |visit: &mut dyn FnMut(u32, u32, i32)| {
            for bidder in market.sides.eager() {
                for &candidate in market.lists.of(bidder as usize) {
                    visit(bidder, candidate.item, market.lists.listed_score(candidate));
                }
            }
        };
        each(&mut |_, item, _| starts[item as usize + 1] += 1);
        for item in 0..market.sides.items() {
            starts[item + 1] += starts[item];
        }
        let mut next = starts.clone();
        let mut listers = vec![(0, 0); market.lists.len()];
        each(&mut |bidder, item, score| {
            listers[next[item as usize]] = (bidder, score);
            next[item as usize] += 1;
        });
        Self {
            starts,
            listers,
            margin: margin(market),
        }
    }

    /// Who lists an item, with the score.
    pub(super) fn of(&self, item: u32) -> &[(u32, i32)] {
        let at = item as usize;
        &self.listers[self.starts[at]..self.starts[at + 1]]
    }

    /// Above this price, nobody who does not list an item can gain by it.
    pub(super) fn unlisted(&self, market: &Market<'_>, item: u32) -> i64 {
        let price = market.price[item as usize];
        price - market.lists.rise(item, price) - self.margin
    }
}

fn margin(market: &Market<'_>) -> i64 {
    let exceeds = |(bidder, profit): (usize, &i64)| {
        profit - market.lists.left_out(bidder).unwrap_or(i64::from(FLOOR))
    };
    let margins = market.profit.iter().enumerate().map(exceeds);
    margins.min().unwrap_or(0)
}
