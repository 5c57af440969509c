//! Seeded numbers: splitmix64.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number of `0..below`, from the high bits.
    pub fn below(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (((bits >> 32) * u64::from(below)) >> 32) as u32
    }

    /// A number of `0..below`, the low ones far more often: `i` with a chance near `ln(below / i) /
    /// below`.
    pub fn popular(&mut self, below: u32) -> u32 {
        let most = self.below(below);
        self.below(most + 1)
    }

    /// A number of `0..=highest`.
    pub fn up_to(&mut self, highest: i32) -> i32 {
        self.below(highest.unsigned_abs() + 1).cast_signed()
    }

    pub fn list(&mut self, len: u32, highest: i32) -> Vec<i32> {
        (0..len).map(|_| self.up_to(highest)).collect()
    }
}
