//! Answers that a programme states.

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

    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error, Visitor};

    use super::StatedValue;

    impl<'de> Deserialize<'de> for StatedValue {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(ValueVisitor)
        }
    }

    struct ValueVisitor;

    impl Visitor<'_> for ValueVisitor {
        type Value = StatedValue;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text, a number, true or false")
        }

        fn visit_bool<E: Error>(self, flag: bool) -> Result<StatedValue, E> {
            Ok(flag.into())
        }

        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers beyond ±10^9 are refused with the programme"
        )]
        fn visit_i64<E: Error>(self, number: i64) -> Result<StatedValue, E> {
            Ok(StatedValue::Number(number as f64))
        }

        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers beyond ±10^9 are refused with the programme"
        )]
        fn visit_u64<E: Error>(self, number: u64) -> Result<StatedValue, E> {
            Ok(StatedValue::Number(number as f64))
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<StatedValue, E> {
            Ok(number.into())
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<StatedValue, E> {
            Ok(text.into())
        }
    }
}
