//! Lists that are made longer together, at later prices than the others.

use std::cmp::Reverse;

use super::super::selection::FLOOR;
use super::super::sides::Sides;
use super::{Base, Candidate, Limits, Lists, NOTHING, Part, rows};
use crate::parallel::{self, Extent};

impl Lists {
    /// Makes the lists of some bidders, who are rows, longer, at least to `length`: they hold what is
    /// worth most at `prices`, which are no lower than those that lists were made at, and bound what
    /// they leave out at those. Many rows are read at once.
    pub(in super::super) fn widen_together(
        &mut self,
        sides: &Sides<'_>,
        bidders: &[u32],
        prices: &[i64],
        length: usize,
    ) {
        let Some(rows) = sides.rows() else { return };
        let mut listers: Vec<usize> = bidders
            .iter()
            .map(|&own| self.lister(own as usize))
            .collect();
        listers.sort_unstable();
        listers.dedup();
        let today = Base::new(prices, self.base.shift);
        for listers in listers.chunks(TOGETHER) {
            let limits = |bidder: usize| Limits {
                length: length.max(self.spans[bidder].len().saturating_mul(LONGER)),
                above: FLOOR,
            };
            let extent = Extent {
                rows: listers.len(),
                columns: sides.items(),
            };
            let parts = parallel::blocks(extent, |some| {
                let some = listers[some].iter().copied();
                rows::part(rows, some, (&today, None), &limits, &sides.watch)
            });
            let mut listers = listers.iter().copied();
            for part in parts {
                self.replace(&mut listers, part, &today);
            }
        }
    }

    /// Takes a part's lists in place of those of the next bidders.
    fn replace(&mut self, bidders: &mut impl Iterator<Item = usize>, part: Part, today: &Base) {
        let mut candidates = part.candidates.into_iter();
        for ((length, left_out), bidder) in part.lengths.iter().zip(part.left_out).zip(bidders) {
            self.make_room(*length);
            let start = self.candidates.len();
            let own = candidates.by_ref().take(*length);
            let base = &self.base;
            self.candidates.extend(own.map(|Candidate { worth, item }| {
                let rise = today.price(item) - base.price(item);
                let worth = worth + rise;
                Candidate { worth, item }
            }));
            self.candidates[start..].sort_by_key(|candidate| Reverse(candidate.worth)); // stable
            self.spans[bidder] = start..self.candidates.len();
            self.left_out[bidder] = left_out;
        }
    }

    /// Before the memory grows, closes the gaps that replaced lists leave.
    fn make_room(&mut self, more: usize) {
        if self.candidates.len() + more <= self.candidates.capacity() {
            return;
        }
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        order.sort_unstable_by_key(|&bidder| self.spans[bidder].start);
        let mut end = 0;
        for bidder in order {
            let span = self.spans[bidder].clone();
            self.spans[bidder] = end..end + span.len();
            self.candidates.copy_within(span, end);
            end = self.spans[bidder].end;
        }
        self.candidates.truncate(end);
        self.candidates.reserve(more);
    }

    /// Has the same lists tell worths that are multiplied by two to another power; `false` if prices would
    /// not fit any more, and nothing is done. When the power falls, prices that have risen lose what lies
    /// between two whole ones. So bounds are rounded up, and what was worth a little less than nothing may
    /// be worth nothing now.
    pub(in super::super) fn rescale(&mut self, shift: u32) -> bool {
        let before = self.base.shift;
        let scaled = |worth: i64| (worth << shift) >> before;
        if !self.base.rescale(shift) {
            return false;
        }
        for candidate in &mut self.candidates {
            candidate.worth = scaled(candidate.worth);
        }
        for left_out in &mut self.left_out {
            if *left_out > NOTHING {
                *left_out = -scaled(-*left_out);
            }
            if shift < before {
                *left_out = (*left_out).max(0);
            }
        }
        true
    }
}

impl Base {
    fn rescale(&mut self, shift: u32) -> bool {
        // Nobody can have what costs the most; it is in no list.
        let scaled = |&price: &i32| match price {
            i32::MAX => Some(price),
            _ => i32::try_from((i64::from(price) << shift) >> self.shift).ok(),
        };
        let Some(narrow) = self.narrow.iter().map(scaled).collect::<Option<Vec<_>>>() else {
            return false;
        };
        self.is_priced = shift != 0 || narrow.iter().any(|&price| price != 0);
        (self.narrow, self.shift) = (narrow, shift);
        true
    }
}

/// Rows that are read before their lists take the place of the old ones: enough for all threads, and
/// few beside all lists.
const TOGETHER: usize = 1 << 12;

/// A list gets at least this many times as long.
const LONGER: usize = 2;
