//! Stored values that are one text, number or flag, read whichever of these the file holds.
//!
//! A date that TOML knows as a date is read as its text.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

/// What stands in the file.
#[derive(Clone, Copy)]
pub(crate) enum Plain<'a> {
    Text(&'a str),
    Whole(i128),
    Number(f64),
    Flag(bool),
}

/// Why it is not what was expected.
pub(crate) enum Unfit {
    /// It is of another kind.
    Kind,
    /// It is of the kind, and no such value.
    Value,
    /// It is wrong in a way that has a text of its own.
    Because(String),
}

impl Unfit {
    pub(crate) fn because(problem: impl fmt::Display) -> Self {
        Self::Because(problem.to_string())
    }
}

/// The key under which the crate `toml` shows a date of the format's own to `serde`.
pub(crate) const TOML_DATE: &str = "$__toml_private_datetime";

/// Reads a value that `take` makes of what the file holds, and that is called `expected`.
pub(crate) fn read<'de, D, T>(
    deserializer: D,
    expected: &'static str,
    take: impl Fn(Plain<'_>) -> Result<T, Unfit>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    let kind = PhantomData;
    deserializer.deserialize_any(PlainVisitor {
        expected,
        take,
        kind,
    })
}

struct PlainVisitor<T, F> {
    expected: &'static str,
    take: F,
    kind: PhantomData<T>,
}

impl<T, F: Fn(Plain<'_>) -> Result<T, Unfit>> PlainVisitor<T, F> {
    fn take<E: Error>(&self, found: Plain<'_>) -> Result<T, E> {
        (self.take)(found).map_err(|unfit| match unfit {
            Unfit::Kind => E::invalid_type(found.unexpected(), &self.expected),
            Unfit::Value => E::invalid_value(found.unexpected(), &self.expected),
            Unfit::Because(text) => E::custom(text),
        })
    }
}

impl<'a> Plain<'a> {
    fn unexpected(self) -> Unexpected<'a> {
        match self {
            Self::Text(text) => Unexpected::Str(text),
            Self::Number(number) => Unexpected::Float(number),
            Self::Flag(flag) => Unexpected::Bool(flag),
            Self::Whole(number) => match (u64::try_from(number), i64::try_from(number)) {
                (Ok(number), _) => Unexpected::Unsigned(number),
                (_, Ok(number)) => Unexpected::Signed(number),
                _ => Unexpected::Other("a very large number"),
            },
        }
    }
}

impl<'de, T, F: Fn(Plain<'_>) -> Result<T, Unfit>> Visitor<'de> for PlainVisitor<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        self.take(Plain::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.take(Plain::Whole(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.take(Plain::Whole(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.take(Plain::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.take(Plain::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        match entries.next_entry::<String, String>()? {
            Some((key, date)) if key == TOML_DATE => self.take(Plain::Text(&date)),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self.expected)),
        }
    }
}
