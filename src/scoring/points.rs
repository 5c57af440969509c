//! Sums of weighted scores, in 32 bits where they fit: twice as many to a vector register.

use crate::score::{FixedMean, NarrowMean, Score};

/// A number that holds every Σ weight · score of a programme.
pub(super) trait Points: Copy + Default + Send + Sync + 'static {
    /// What divides by one fixed Σ weight.
    type Mean: Copy + Send + Sync;

    fn of(weight: u32, score: Score) -> Self;

    fn plus(self, other: Self) -> Self;

    /// `self` is at least `other`.
    fn minus(self, other: Self) -> Self;

    fn wide(self) -> u64;

    fn mean_over(weight: u32) -> Self::Mean;

    fn mean(self, over: Self::Mean) -> Score;
}

impl Points for u32 {
    type Mean = NarrowMean;

    fn of(weight: u32, score: Score) -> Self {
        weight * score.ppm()
    }

    fn plus(self, other: Self) -> Self {
        self + other
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn wide(self) -> u64 {
        self.into()
    }

    fn mean_over(weight: u32) -> NarrowMean {
        NarrowMean::over(weight)
    }

    fn mean(self, over: NarrowMean) -> Score {
        over.of(self)
    }
}

impl Points for u64 {
    type Mean = FixedMean;

    fn of(weight: u32, score: Score) -> Self {
        Self::from(weight) * Self::from(score.ppm())
    }

    fn plus(self, other: Self) -> Self {
        self + other
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn wide(self) -> u64 {
        self
    }

    fn mean_over(weight: u32) -> FixedMean {
        FixedMean::over(weight)
    }

    fn mean(self, over: FixedMean) -> Score {
        over.of(self)
    }
}
