//! Who holds what.

/// The items that each bidder holds, with their scores, in no particular order.
#[derive(Clone)]
pub(super) struct Holdings {
    /// Bidder `b` has room for `starts[b + 1] - starts[b]` items from `starts[b]` on.
    starts: Vec<usize>,
    lengths: Vec<u32>,
    held: Vec<(u32, i32)>,
}

impl Holdings {
    /// Room for as many items as each bidder wants.
    pub(super) fn new(demand: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(demand.len() + 1);
        let mut end = 0;
        starts.push(end);
        for &wanted in demand {
            end += usize::try_from(wanted).unwrap_or(usize::MAX);
            starts.push(end);
        }
        Self {
            starts,
            lengths: vec![0; demand.len()],
            held: vec![(0, 0); end],
        }
    }

    pub(super) fn of(&self, bidder: u32) -> &[(u32, i32)] {
        let start = self.starts[bidder as usize];
        &self.held[start..start + self.lengths[bidder as usize] as usize]
    }

    /// How many more items a bidder wants.
    pub(super) fn open(&self, bidder: u32) -> usize {
        let at = bidder as usize;
        self.starts[at + 1] - self.starts[at] - self.lengths[at] as usize
    }

    pub(super) fn contains(&self, bidder: u32, item: u32) -> bool {
        self.of(bidder).iter().any(|held| held.0 == item)
    }

    /// The bidder must have room.
    pub(super) fn add(&mut self, bidder: u32, item: u32, score: i32) {
        debug_assert!(self.open(bidder) > 0);
        let at = bidder as usize;
        self.held[self.starts[at] + self.lengths[at] as usize] = (item, score);
        self.lengths[at] += 1;
    }

    pub(super) fn remove(&mut self, bidder: u32, item: u32) {
        let found = self.of(bidder).iter().position(|held| held.0 == item);
        if let Some(found) = found {
            let at = bidder as usize;
            self.lengths[at] -= 1;
            let last = self.starts[at] + self.lengths[at] as usize;
            self.held.swap(self.starts[at] + found, last);
        }
    }

    pub(super) fn clear(&mut self) {
        self.lengths.fill(0);
    }
}

/// What somebody holds is put in order to be found, if it is more than this.
const MUCH: usize = 32;

/// What one bidder holds at a moment, for those who ask about many items: of thousands, one is not found by looking at all.
#[derive(Default)]
pub(super) struct Own {
    bidder: u32,
    /// Ascending; empty if it is not much.
    items: Vec<u32>,
}

impl Own {
    pub(super) fn note(&mut self, bidder: u32, all: &Holdings) {
        self.bidder = bidder;
        self.items.clear();
        let held = all.of(bidder);
        if held.len() > MUCH {
            self.items.extend(held.iter().map(|held| held.0));
            self.items.sort_unstable();
        }
    }

    /// Whether an item is one of them; or, if they were not much, whether it is now.
    pub(super) fn contains(&self, item: u32, all: &Holdings) -> bool {
        match self.items.is_empty() {
            true => all.contains(self.bidder, item),
            false => self.items.binary_search(&item).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_and_little_are_found_alike() {
        let much = u32::try_from(MUCH).unwrap();
        for held in [0, 1, much, much + 1, 3 * much] {
            let mut all = Holdings::new(&[5, 4 * much]);
            (0..held).for_each(|at| all.add(1, at * 37 % 101 * 2, 0));
            let mut own = Own::default();
            own.note(1, &all);
            for item in 0..202 {
                let is_held = all.contains(1, item);
                assert_eq!(own.contains(item, &all), is_held, "{item} of {held}");
            }
            all.clear();
            all.add(0, 7, 0);
            own.note(0, &all);
            assert!(own.contains(7, &all) && !own.contains(0, &all), "{held}");
        }
    }
}
