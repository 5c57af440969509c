//! How much a criterion counts: decimals read exactly, then reduced to integers.

use std::fmt;
use std::str::FromStr;

use crate::error::WeightError;

const MAX_DECIMALS: u32 = 9;
const MAX_VALUE: u64 = 1_000_000;

/// How much a criterion counts against the others: a decimal of `0..=1_000_000` with at most nine
/// decimals, held exactly.
///
/// Only the ratios of weights matter: 5 and 3 mean what 2.5 and 1.5 mean. A weight of 0 is legal:
/// the criterion is computed and shown, and counts for nothing.
///
/// A float stands for its shortest decimal text, so that `0.1` is one tenth. Words stand for
/// weights too: `low` is 1, `medium` 2, `high` 4, and `must` is 4 for a criterion without which there
/// is no pair: one that scores 0 there is forbidden.
///
/// ```
/// use mentormatch::{Weight, WeightError};
///
/// assert_eq!(Weight::try_from(1.50)?, "1.5".parse()?);
/// assert_eq!(Weight::try_from(f64::NAN), Err(WeightError::NotANumber));
/// assert_eq!(Weight::try_from(-1), Err(WeightError::Negative));
/// # Ok::<(), WeightError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weight {
    digits: u64,   // without trailing zeros unless `decimals` is 0
    decimals: u32, // value = digits / 10^decimals
    is_must: bool,
}

impl Weight {
    /// The nearest float, for people to read.
    ///
    /// ```
    /// # use mentormatch::{Weight, WeightError};
    /// assert_eq!(Weight::try_from(2.5)?.as_f64(), 2.5);
    /// # Ok::<(), WeightError>(())
    /// ```
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "for people to read; nothing is computed with it"
    )]
    pub fn as_f64(self) -> f64 {
        self.digits as f64 / (0..self.decimals).fold(1.0, |power, _| 10.0 * power)
    }

    /// Counts for nothing.
    pub const ZERO: Self = Self::whole(0);
    /// Counts 1.
    pub const LOW: Self = Self::whole(1);
    /// Counts 2.
    pub const MEDIUM: Self = Self::whole(2);
    /// Counts 4.
    pub const HIGH: Self = Self::whole(4);
    /// Counts 4, and a pair of whom the criterion scores 0 is forbidden. A missing answer is not a 0:
    /// what it is worth is up to the criterion's missing-answer policy. Unless that is
    /// [`MissingPolicy::Forbid`](crate::MissingPolicy::Forbid), somebody who says nothing is let off.
    pub const MUST: Self = Self {
        is_must: true,
        ..Self::HIGH
    };

    const WORDS: [(&str, Self); 4] = [
        ("low", Self::LOW),
        ("medium", Self::MEDIUM),
        ("high", Self::HIGH),
        ("must", Self::MUST),
    ];

    const fn whole(digits: u64) -> Self {
        Self {
            digits,
            decimals: 0,
            is_must: false,
        }
    }

    /// Whether a pair of whom the criterion scores 0 is forbidden.
    ///
    /// ```
    /// # use mentormatch::{Weight, WeightError};
    /// assert!("must".parse::<Weight>()?.is_must());
    /// # Ok::<(), WeightError>(())
    /// ```
    #[must_use]
    pub const fn is_must(self) -> bool {
        self.is_must
    }

    /// Whether this is 0.
    ///
    /// ```
    /// # use mentormatch::Weight;
    /// assert!(Weight::ZERO.is_zero());
    /// ```
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.digits == 0
    }

    fn new(mut digits: u64, mut decimals: u32) -> Result<Self, WeightError> {
        while decimals > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            decimals -= 1;
        }
        if decimals > MAX_DECIMALS {
            return Err(WeightError::TooFine);
        }
        if digits > MAX_VALUE * 10_u64.pow(decimals) {
            return Err(WeightError::TooLarge);
        }
        let is_must = false;
        Ok(Self {
            digits,
            decimals,
            is_must,
        })
    }

    /// This weight times a fraction, rounded up or down: to nine decimals, then to ever fewer, as few as it has itself.
    pub(crate) fn times(self, [by, of]: [u32; 2], up: bool) -> impl Iterator<Item = Self> {
        let finest_first = (self.decimals..=MAX_DECIMALS).rev();
        finest_first.filter_map(move |decimals| {
            let exact = u128::from(self.scaled(decimals)) * u128::from(by);
            let of = u128::from(of.max(1));
            let digits = if up { exact.div_ceil(of) } else { exact / of };
            let most = MAX_VALUE * 10_u64.pow(decimals);
            let digits = u64::try_from(digits).unwrap_or(most).min(most);
            Self::new(digits, decimals).ok()
        })
    }

    /// The value times `10^decimals`; `decimals` is at least this weight's own.
    fn scaled(self, decimals: u32) -> u64 {
        self.digits * 10_u64.pow(decimals - self.decimals) // ≤ 10^6 · 10^9
    }
}

/// Weights as the smallest integers of the same ratios; `None` if those sum to more than
/// `u32::MAX`.
///
/// The bound is what makes every weighted sum of scores fit: `u32::MAX · 10^6 < 2^52`.
pub(crate) fn integer_weights(weights: &[Weight]) -> Option<Vec<u32>> {
    let decimals = weights.iter().map(|w| w.decimals).max().unwrap_or(0);
    let scaled: Vec<u64> = weights.iter().map(|w| w.scaled(decimals)).collect();
    let divisor = scaled.iter().copied().fold(0, gcd).max(1);
    let mut sum = 0_u32;
    let mut reduced = Vec::with_capacity(scaled.len());
    for weight in scaled {
        let weight = u32::try_from(weight / divisor).ok()?;
        sum = sum.checked_add(weight)?;
        reduced.push(weight);
    }
    Some(reduced)
}

/// The weights of criteria of which only the order is known, the most important first.
pub(crate) fn rank_order_centroids(count: usize) -> Vec<Weight> {
    const BILLION: u64 = 1_000_000_000;
    let count = count as u64;
    let mut sum = 0;
    let mut weights = Vec::new();
    for rank in (1..=count).rev() {
        sum += BILLION / rank;
        let thousandths = (sum / count + 500_000) / 1_000_000;
        weights.push(Weight::new(thousandths, 3).unwrap_or(Weight::ZERO));
    }
    weights.reverse();
    weights
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl FromStr for Weight {
    type Err = WeightError;

    /// Reads digits with at most one decimal point, neither exponent nor plus sign; or a word.
    fn from_str(text: &str) -> Result<Self, WeightError> {
        if let Some((_, weight)) = Self::WORDS.iter().find(|(word, _)| *word == text) {
            return Ok(*weight);
        }
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits_only(whole) || !digits_only(fraction) {
            return Err(WeightError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if negative && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            return Err(WeightError::Negative);
        }
        let decimals = u32::try_from(fraction.len()).map_err(|_| WeightError::TooFine)?;
        if decimals > MAX_DECIMALS {
            return Err(WeightError::TooFine);
        }
        let digits = format!("{whole}{fraction}");
        Self::new(digits.parse().map_err(|_| WeightError::TooLarge)?, decimals)
    }
}

impl TryFrom<&str> for Weight {
    type Error = WeightError;

    fn try_from(text: &str) -> Result<Self, WeightError> {
        text.parse()
    }
}

impl TryFrom<u32> for Weight {
    type Error = WeightError;

    fn try_from(value: u32) -> Result<Self, WeightError> {
        Self::new(value.into(), 0)
    }
}

impl TryFrom<i32> for Weight {
    type Error = WeightError;

    fn try_from(value: i32) -> Result<Self, WeightError> {
        let value = u32::try_from(value).map_err(|_| WeightError::Negative)?;
        Self::try_from(value)
    }
}

impl TryFrom<f64> for Weight {
    type Error = WeightError;

    fn try_from(value: f64) -> Result<Self, WeightError> {
        if value.is_nan() {
            return Err(WeightError::NotANumber);
        }
        if value.is_infinite() {
            return Err(WeightError::Infinite);
        }
        value.to_string().parse() // the shortest text that reads back as `value`, no exponent
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_must {
            return f.write_str("must");
        }
        let scale = 10_u64.pow(self.decimals);
        write!(f, "{}", self.digits / scale)?;
        if self.decimals > 0 {
            let width = self.decimals as usize;
            write!(f, ".{:0width$}", self.digits % scale)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Weight({self})")
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! Weights are stored as numbers, of at most fifteen significant digits, so that a float holds
    //! them; words are read too, and `must` is written as one.

    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{self, Serialize, Serializer};

    use super::Weight;
    use crate::plain::{Plain, Unfit, read};

    const EXPECTED: &str = "a number of 0 to 1000000, or `low`, `medium`, `high` or `must`";

    impl Serialize for Weight {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if self.is_must {
                return serializer.collect_str(self);
            }
            if self.decimals == 0 {
                return serializer.serialize_u64(self.digits);
            }
            let value: f64 = self.to_string().parse().map_err(ser::Error::custom)?;
            serializer.serialize_f64(value)
        }
    }

    impl<'de> Deserialize<'de> for Weight {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read(deserializer, EXPECTED, |found| {
                let weight = match found {
                    Plain::Text(text) => return word(text),
                    Plain::Flag(_) => return Err(Unfit::Kind),
                    Plain::Number(value) => Self::try_from(value),
                    Plain::Whole(value) => match u64::try_from(value) {
                        Ok(value) => Self::new(value, 0),
                        Err(_) => return Err(Unfit::because("the weight is negative")),
                    },
                };
                weight.map_err(|problem| Unfit::because(format_args!("the weight is {problem}")))
            })
        }
    }

    fn word(text: &str) -> Result<Weight, Unfit> {
        let word = Weight::WORDS.iter().find(|(word, _)| *word == text);
        word.map(|(_, weight)| *weight).ok_or(Unfit::Value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weights(values: &[f64]) -> Option<Vec<u32>> {
        let weights: Vec<Weight> = values.iter().map(|&v| v.try_into().unwrap()).collect();
        integer_weights(&weights)
    }

    #[test]
    fn decimals_are_read_exactly_and_reduced() {
        assert_eq!(weights(&[1.5, 1.0]), Some(vec![3, 2]));
        assert_eq!(weights(&[0.1, 0.2, 0.3]), Some(vec![1, 2, 3]));
        assert_eq!(weights(&[10.0, 0.0, 4.0]), Some(vec![5, 0, 2]));
        assert_eq!(weights(&[0.0]), Some(vec![0]));
        assert_eq!(weights(&[1e6, 1e-9]), None);
    }

    #[test]
    fn bad_numbers_are_refused_by_kind() {
        let read = |value: f64| Weight::try_from(value).unwrap_err();
        assert_eq!(read(f64::NAN), WeightError::NotANumber);
        assert_eq!(read(f64::INFINITY), WeightError::Infinite);
        assert_eq!(read(f64::NEG_INFINITY), WeightError::Infinite);
        assert_eq!(read(-0.5), WeightError::Negative);
        assert_eq!(read(1e300), WeightError::TooLarge);
        assert_eq!(read(1_000_000.5), WeightError::TooLarge);
        assert_eq!(read(1e-10), WeightError::TooFine);
        assert_eq!(read(0.1 + 0.2), WeightError::TooFine);
        assert_eq!(Weight::try_from(-0.0), Ok(Weight::ZERO));
        for text in ["", ".", "1.", ".5", "1e3", "+1", "--1", "0x1", "1.2.3"] {
            assert_eq!(
                text.parse::<Weight>(),
                Err(WeightError::NotANumber),
                "{text}"
            );
        }
    }

    #[test]
    fn words_are_weights() {
        let read = |text: &str| text.parse::<Weight>().unwrap();
        assert_eq!(read("high"), 4.try_into().unwrap());
        assert_ne!(read("must"), read("high"));
        assert_eq!(read(&Weight::MUST.to_string()), Weight::MUST);
        assert_eq!(
            integer_weights(&[Weight::MUST, Weight::MEDIUM]),
            Some(vec![2, 1])
        );
        #[cfg(feature = "serde")]
        for (word, weight) in Weight::WORDS {
            let quoted = format!("\"{word}\"");
            assert_eq!(serde_json::from_str::<Weight>(&quoted).unwrap(), weight);
            let stored = serde_json::to_string(&weight).unwrap();
            assert_eq!(serde_json::from_str::<Weight>(&stored).unwrap(), weight);
        }
    }

    #[test]
    fn an_order_alone_gives_centroids() {
        let texts = |count: usize| -> Vec<String> {
            rank_order_centroids(count)
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(texts(1), ["1"]);
        assert_eq!(texts(3), ["0.611", "0.278", "0.111"]);
        assert_eq!(texts(4), ["0.521", "0.271", "0.146", "0.063"]); // 25, 13, 7 and 3 of 48
        assert!(texts(0).is_empty());
    }

    proptest! {
        #[test]
        fn a_common_factor_changes_nothing(
            values in prop::collection::vec(0_u32..1000, 1..6),
            factor in 1_u32..1000,
        ) {
            let plain: Vec<Weight> = values.iter().map(|&v| v.try_into().unwrap()).collect();
            let scaled: Vec<Weight> = values.iter().map(|&v| (v * factor).try_into().unwrap()).collect();
            let thousandths: Vec<Weight> = values
                .iter()
                .map(|&v| format!("{}.{:03}", v / 1000, v % 1000).parse().unwrap())
                .collect();
            prop_assert_eq!(integer_weights(&plain), integer_weights(&scaled));
            prop_assert_eq!(integer_weights(&plain), integer_weights(&thousandths));
        }

        #[test]
        fn text_reads_back(digits in 0_u64..1_000_000_000, decimals in 0_u32..=9) {
            let weight = Weight::new(digits / 1000, decimals).unwrap();
            prop_assert_eq!(weight.to_string().parse::<Weight>(), Ok(weight));
        }
    }
}
