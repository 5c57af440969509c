//! Seeded numbers for instances too large to shrink: splitmix64.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number of `0..below`.
    pub fn below(&mut self, below: u32) -> u32 {
        u32::try_from(self.next() % u64::from(below)).unwrap()
    }

    /// A number of `from..=to`.
    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        let span = u64::try_from(i64::from(to) - i64::from(from) + 1).unwrap();
        let step = i64::try_from(self.next() % span).unwrap();
        i32::try_from(i64::from(from) + step).unwrap()
    }

    /// A random order of `0..len`.
    pub fn order(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).collect();
        for at in (1..len).rev() {
            order.swap(at, self.below(u32::try_from(at + 1).unwrap()) as usize);
        }
        order
    }
}
