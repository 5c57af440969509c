//! Answers that a programme states.

use std::fmt;

/// An answer that a programme compares people's answers with: a text, a number or a flag.
///
/// In files it is the bare value: `"in_person"`, `3`, `true`. Texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same), numbers in millionths.
///
/// ```
/// use mentormatch::StatedValue;
///
/// assert_eq!(StatedValue::from("in_person"), StatedValue::Text("in_person".into()));
/// assert_eq!(StatedValue::from(false), StatedValue::Flag(false));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum StatedValue {
    /// A text, alone or as one of a set.
    Text(String),
    /// A number within ±10⁹.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl StatedValue {
    /// Equal for equal values, of those that a programme may state; in any order.
    pub(super) fn key(&self) -> (u8, &str, u64) {
        match self {
            Self::Text(text) => (0, text, 0),
            Self::Number(number) => (1, "", (number + 0.0).to_bits()), // −0 is 0
            Self::Flag(flag) => (2, "", u64::from(*flag)),
        }
    }
}

impl fmt::Display for StatedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

impl From<&str> for StatedValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for StatedValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for StatedValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for StatedValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for StatedValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! Not derived: what `serde` calls untagged is buffered, and an error has then lost its path.

    use serde::de::{Deserialize, Deserializer};

    use super::StatedValue;
    use crate::plain::{Plain, read};

    impl<'de> Deserialize<'de> for StatedValue {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read(deserializer, "a text, a number, true or false", |found| {
                Ok(match found {
                    Plain::Text(text) => text.into(),
                    Plain::Flag(flag) => flag.into(),
                    Plain::Number(number) => number.into(),
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "numbers beyond ±10^9 are refused with the programme"
                    )]
                    Plain::Whole(number) => Self::Number(number as f64),
                })
            })
        }
    }
}
