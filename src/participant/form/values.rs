//! Plain values: texts, numbers, ids, lists.

use std::collections::BTreeMap;

use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::ParticipantId;

impl FromRaw for String {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        match raw {
            Raw::Text(text) => Ok(text),
            _ => Err(FormError::expected("text")),
        }
    }
}

impl FromRaw for bool {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        match raw {
            Raw::Flag(flag) => Ok(flag),
            _ => Err(FormError::expected("true or false")),
        }
    }
}

impl FromRaw for f64 {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        match raw {
            Raw::Number(number) => Ok(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "what a float field says is the nearest float, as for `1e20`"
            )]
            Raw::Whole(number) => Ok(number as Self),
            _ => Err(FormError::expected("a number")),
        }
    }
}

macro_rules! whole_number {
    ($($name:ty),+) => {$(
        impl FromRaw for $name {
            fn from_raw(raw: Raw) -> Result<Self, FormError> {
                let number = match raw {
                    Raw::Whole(number) => Self::try_from(number).ok(),
                    _ => None,
                };
                let what = || format!("a whole number of 0 to {}", Self::MAX);
                number.ok_or_else(|| FormError::expected(&what()))
            }
        }
    )+};
}

whole_number!(u8, u16, u32, u64);

macro_rules! signed_number {
    ($($name:ty),+) => {$(
        impl FromRaw for $name {
            fn from_raw(raw: Raw) -> Result<Self, FormError> {
                let number = match raw {
                    Raw::Whole(number) => Self::try_from(number).ok(),
                    _ => None,
                };
                number.ok_or_else(|| FormError::expected("a whole number"))
            }
        }
    )+};
}

signed_number!(i8, i32, i64);

impl FromRaw for ParticipantId {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let number = match raw {
            Raw::Text(text) => return Ok(text.into()),
            Raw::Whole(number) => u64::try_from(number).ok(),
            _ => None,
        };
        let id = number.map(Self::from);
        id.ok_or_else(|| FormError::expected("an id: text or an unsigned integer"))
    }
}

impl<T: FromRaw> FromRaw for Option<T> {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        match raw {
            Raw::Null => Ok(None),
            raw => T::from_raw(raw).map(Some),
        }
    }
}

/// A list reports what is wrong with all of its items, so that a file is mended in one go.
impl<T: FromRaw> FromRaw for Vec<T> {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let Raw::List(items) = raw else {
            return Err(FormError::expected("a list"));
        };
        let steps = (0..).map(|at: usize| format!("[{at}]"));
        all_or_faults(steps.zip(items), |_, item| item)
    }
}

impl<T: FromRaw> FromRaw for BTreeMap<String, T> {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let Raw::Object(entries) = raw else {
            return Err(FormError::expected("an object"));
        };
        all_or_faults(entries, |key, value| (key, value))
    }
}

fn all_or_faults<T: FromRaw, E, C: Default + Extend<E>>(
    items: impl IntoIterator<Item = (String, Raw)>,
    element: impl Fn(String, T) -> E,
) -> Result<C, FormError> {
    let mut read = C::default();
    let mut faults = Vec::new();
    for (step, raw) in items {
        match T::from_raw(raw) {
            Ok(value) => read.extend([element(step, value)]),
            Err(error) => faults.extend(error.inside(&step.escape_debug().to_string()).0),
        }
    }
    if faults.is_empty() {
        Ok(read)
    } else {
        Err(FormError(faults))
    }
}
