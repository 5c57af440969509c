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

whole_number!(u8, u16, u32);

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

impl<T: FromRaw> FromRaw for Vec<T> {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let Raw::List(items) = raw else {
            return Err(FormError::expected("a list"));
        };
        let item = |(at, raw)| T::from_raw(raw).map_err(|error| error.inside(&format!("[{at}]")));
        items.into_iter().enumerate().map(item).collect()
    }
}

impl<T: FromRaw> FromRaw for BTreeMap<String, T> {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let Raw::Object(entries) = raw else {
            return Err(FormError::expected("an object"));
        };
        let entry = |(key, raw): (String, Raw)| match T::from_raw(raw) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.inside(&key.escape_debug().to_string())),
        };
        entries.into_iter().map(entry).collect()
    }
}
