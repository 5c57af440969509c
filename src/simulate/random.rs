//! A small seeded source of chance, so that people are the same on every machine and for ever.

/// SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of `0..bound`; the bias of the remainder is far below what anybody could see.
    pub(crate) fn below(&mut self, bound: u16) -> u16 {
        let remainder = self.next() % u64::from(bound.max(1));
        u16::try_from(remainder).unwrap_or_default() // below a u16
    }

    /// A number of `low..=high`.
    pub(crate) fn between(&mut self, low: u16, high: u16) -> u16 {
        low + self.below(high - low + 1)
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: u16) -> bool {
        self.below(100) < percent
    }

    /// An index, each as likely as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[u16]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, &weight) in weights.iter().enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// One of these, each as likely as the next.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// Different ones of these, as many as asked for if there are that many.
    pub(crate) fn pick_some<T: Clone>(&mut self, items: &[T], count: impl Into<usize>) -> Vec<T> {
        let mut left = items.to_vec();
        let count = left.len().min(count.into());
        (0..count)
            .map(|_| left.swap_remove(self.index(left.len())))
            .collect()
    }

    /// A position in so many.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        let remainder = self.next() % (len.max(1) as u64);
        usize::try_from(remainder).unwrap_or_default() // below a usize
    }
}
