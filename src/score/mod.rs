//! The one door from float to integer.
//!
//! Everything a criterion says about a pair passes through [`Score::from_unit`]; behind it there
//! are only integers. A decimal [`Weight`] becomes an integer here too, exactly.

mod mean;
#[cfg(feature = "serde")]
mod stored;
mod weight;

use std::fmt;
use std::num::NonZeroU32;

use thiserror::Error;

pub(crate) use mean::{FixedMean, NarrowMean, WeightedSum, largest_remainder_parts, ratio};
pub use weight::Weight;
pub(crate) use weight::{integer_weights, rank_order_centroids};

/// A compatibility in parts per million, `0..=1_000_000`.
///
/// `Option<Score>` takes four bytes, so that a row of scores with missing answers stays dense.
///
/// ```
/// use mentormatch::Score;
///
/// let score = Score::from_unit(0.7354)?;
/// assert_eq!(score.ppm(), 735_400);
/// assert_eq!(score.to_string(), "73.5%");
/// assert!(Score::from_unit(f64::NAN).is_err());
/// # Ok::<(), mentormatch::ScoreError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(NonZeroU32); // parts per million, plus one: leaves zero for `None`

/// Why a float is not a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// The value is NaN.
    #[error("not a number")]
    NotANumber,
    /// The value is infinite.
    #[error("infinite")]
    Infinite,
    /// The value lies outside the range.
    #[error("outside 0 to 1")]
    OutOfRange,
    /// A position was given at which there is nobody.
    #[error("asked of nobody")]
    NobodyThere,
}

impl Score {
    /// The worst: 0%.
    pub const ZERO: Self = Self::from_ppm_saturating(0);
    /// The best: 100%.
    pub const ONE: Self = Self::from_ppm_saturating(1_000_000);

    /// A score from a number of `0.0..=1.0`, rounded half up to one part per million.
    ///
    /// # Errors
    /// NaN, infinities and numbers outside `0.0..=1.0` are refused.
    ///
    /// ```
    /// # use mentormatch::{Score, ScoreError};
    /// assert_eq!(Score::from_unit(1.0), Ok(Score::ONE));
    /// assert_eq!(Score::from_unit(1.1), Err(ScoreError::OutOfRange));
    /// ```
    pub fn from_unit(value: f64) -> Result<Self, ScoreError> {
        if value.is_nan() {
            return Err(ScoreError::NotANumber);
        }
        if value.is_infinite() {
            return Err(ScoreError::Infinite);
        }
        if !(0.0..=1.0).contains(&value) {
            return Err(ScoreError::OutOfRange);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 ≤ value ≤ 1"
        )]
        Ok(Self::from_ppm_saturating((value * 1e6 + 0.5) as u32))
    }

    /// A score from parts per million; more than a million counts as a million.
    ///
    /// ```
    /// # use mentormatch::Score;
    /// assert_eq!(Score::from_ppm_saturating(250_000).percent(), 25.0);
    /// ```
    #[must_use]
    pub const fn from_ppm_saturating(ppm: u32) -> Self {
        let ppm = if ppm > 1_000_000 { 1_000_000 } else { ppm };
        Self(NonZeroU32::MIN.saturating_add(ppm))
    }

    /// Parts per million.
    ///
    /// ```
    /// # use mentormatch::Score;
    /// assert_eq!(Score::ONE.ppm(), 1_000_000);
    /// ```
    #[must_use]
    pub const fn ppm(self) -> u32 {
        self.0.get() - 1
    }

    /// This score less some parts per million, but not below 0.
    pub(crate) const fn less(self, ppm: u32) -> Self {
        Self::from_ppm_saturating(self.ppm().saturating_sub(ppm))
    }

    /// Some bits for a score that is not forbidden, none for one that is: with [`of_bits`](Self::of_bits)
    /// a choice without a branch, since rows of verdicts cannot be foretold.
    pub(crate) const fn bits_unless(self, forbidden: bool) -> u32 {
        self.0.get() & (forbidden as u32).wrapping_sub(1) // no bit or all
    }

    /// The score of such bits.
    pub(crate) const fn of_bits(bits: u32) -> Option<Self> {
        match NonZeroU32::new(bits) {
            Some(score) => Some(Self(score)),
            None => None,
        }
    }

    /// The same as a percentage, for people.
    ///
    /// ```
    /// # use mentormatch::Score;
    /// assert_eq!(Score::from_ppm_saturating(5_000).percent(), 0.5);
    /// ```
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.ppm()) / 1e4
    }
}

impl Default for Score {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}%", self.percent())
    }
}

impl fmt::Debug for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Score({} ppm)", self.ppm())
    }
}
