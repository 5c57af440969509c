//! The best of a stream, found with a running threshold.

/// Keeps the `length` least of what is offered (put the best first in the order of `T`): three times
/// as many are kept as are wanted, and when there are more, the worst two thirds go. O(1) an offer
/// on average; most offers fail a single comparison.
pub(super) struct Best<T> {
    length: usize,
    kept: Vec<T>,
    /// The best that was thrown away.
    left_out: Option<T>,
}

impl<T: Ord + Copy> Best<T> {
    pub(super) fn new(length: usize) -> Self {
        Self {
            length,
            kept: Vec::new(),
            left_out: None,
        }
    }

    /// The best that was thrown away: whatever is not better is of no use.
    pub(super) fn left_out(&self) -> Option<T> {
        self.left_out
    }

    pub(super) fn offer(&mut self, item: T) {
        if self.left_out.is_some_and(|left_out| item >= left_out) {
            return;
        }
        self.kept.push(item);
        if self.kept.len() >= self.length.saturating_mul(3).max(1) {
            self.prune();
        }
    }

    fn prune(&mut self) {
        if self.kept.len() > self.length {
            let (_, &mut best_out, _) = self.kept.select_nth_unstable(self.length);
            self.left_out = Some(self.left_out.map_or(best_out, |known| known.min(best_out)));
            self.kept.truncate(self.length);
        }
    }

    /// The best, in order, and the best of the rest.
    pub(super) fn finish(mut self) -> (Vec<T>, Option<T>) {
        self.prune();
        self.kept.sort_unstable();
        (self.kept, self.left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_in_order_and_the_best_of_the_rest_is_known() {
        // Each number below 101 once, in an order of their own.
        let items: Vec<u32> = (0..101).map(|at| at * 37 % 101).collect();
        for length in [0, 1, 2, 7, 33, 100, 101, 200] {
            let mut best = Best::new(length);
            items.iter().for_each(|&item| best.offer(item));
            let (kept, left_out) = best.finish();
            let found: Vec<u32> = (0..101).take(length).collect();
            assert_eq!(kept, found);
            assert_eq!(left_out, (0..101).nth(length));
        }
    }

    #[test]
    fn what_is_not_better_than_the_best_thrown_away_is_not_kept() {
        let mut best = Best::new(1);
        [5, 3, 4].into_iter().for_each(|item| best.offer(item));
        assert_eq!(best.left_out(), Some(4));
        [4, 6].into_iter().for_each(|item| best.offer(item));
        assert_eq!((best.kept.len(), best.left_out()), (1, Some(4)));
    }
}
