//! What a bidder would choose at today's prices.

use super::Market;
use super::holdings::Own;

/// What an item is worth to somebody at today's prices, and which one it is.
pub(super) type Worth = (i64, u32);

/// The items a bidder would choose.
#[derive(Default)]
pub(super) struct Choice {
    /// The best, best first.
    pub(super) best: Vec<Worth>,
    /// What the next one is worth at most; nothing, if there is none.
    pub(super) next: i64,
    /// Candidates looked at.
    pub(super) work: u64,
    /// What she holds, if that is left out.
    own: Own,
}

impl Choice {
    /// What the last of the best is worth, if there are as many as wanted.
    pub(super) fn last(&self, wanted: usize) -> Option<i64> {
        self.best.get(wanted.wrapping_sub(1)).map(|worth| worth.0)
    }
}

impl Market<'_> {
    /// Finds the `count` items, at least one, that are worth most to a bidder. What she holds is left
    /// out if asked for, as is what is worth no more than having nothing.
    pub(super) fn choose(
        &mut self,
        bidder: u32,
        count: usize,
        skip_held: bool,
        choice: &mut Choice,
    ) {
        if let Some(whole) = &self.whole {
            return self.choose_whole(whole, bidder, choice);
        }
        choice.work = 0;
        loop {
            self.choose_listed(bidder, count, skip_held, choice);
            let Some(left_out) = self.lists.left_out(bidder as usize) else {
                return;
            };
            let last = choice.last(count);
            if left_out <= last.unwrap_or(0) {
                choice.next = choice.next.max(left_out);
                return;
            }
            self.lengthen(bidder);
        }
    }

    /// Whether a bidder's list may miss one of the `count` items that are worth most to her.
    pub(super) fn lacks(
        &self,
        bidder: u32,
        count: usize,
        skip_held: bool,
        choice: &mut Choice,
    ) -> bool {
        let Some(left_out) = self.lists.left_out(bidder as usize) else {
            return false;
        };
        self.choose_listed(bidder, count, skip_held, choice);
        left_out > choice.last(count).unwrap_or(0)
    }

    /// The same among what is listed.
    pub(super) fn choose_listed(
        &self,
        bidder: u32,
        count: usize,
        skip_held: bool,
        choice: &mut Choice,
    ) {
        choice.best.clear();
        choice.next = 0;
        if skip_held {
            choice.own.note(bidder, &self.held);
        }
        for candidate in self.lists.of(bidder as usize) {
            if candidate.worth <= choice.next {
                break; // prices only rise, and the list is in the order of worths
            }
            choice.work += 1;
            let item = candidate.item;
            let rise = self.lists.rise(item, self.price[item as usize]);
            let worth = candidate.worth - rise;
            if worth <= choice.next || skip_held && choice.own.contains(item, &self.held) {
                continue;
            }
            let at = choice.best.partition_point(|better| better.0 >= worth);
            choice.best.insert(at, (worth, item));
            if choice.best.len() > count {
                choice.next = choice.best.pop().map_or(choice.next, |(worth, _)| worth);
            }
        }
    }
}
