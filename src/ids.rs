//! Names for people, outside and inside.
//!
//! Outside, the host's keys ([`ParticipantId`]) name people; inside, dense `u32` indices do.
//! The two index types cannot be mixed up, and slices are indexed by them directly.

use std::borrow::Borrow;
use std::fmt;
use std::ops::{Index, IndexMut};
use std::sync::Arc;

/// The host's key for one person: a string, an integer or UUID text.
///
/// Ids are compared byte for byte: no case folding, no trimming, no Unicode normalisation. An
/// integer is its decimal text, so `7` and `"7"` name the same person. One person who is both
/// mentor and mentee carries the same id in both roles.
///
/// ```
/// use mentormatch::ParticipantId;
///
/// assert_eq!(ParticipantId::from(7), ParticipantId::from("7"));
/// assert_ne!(ParticipantId::from("Ana"), ParticipantId::from("ana"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParticipantId(Arc<str>);

impl ParticipantId {
    /// The id's text.
    ///
    /// ```
    /// # use mentormatch::ParticipantId;
    /// assert_eq!(ParticipantId::from("ana").as_str(), "ana");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ParticipantId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for ParticipantId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for ParticipantId {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<u64> for ParticipantId {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl From<&ParticipantId> for ParticipantId {
    fn from(id: &ParticipantId) -> Self {
        id.clone()
    }
}

impl Borrow<str> for ParticipantId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// In which of the two roles a person is meant.
///
/// ```
/// use mentormatch::Role;
///
/// assert_eq!(Role::Mentor.to_string(), "mentor");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Role {
    /// Who gives.
    Mentor,
    /// Who receives.
    Mentee,
}

impl Role {
    /// The role of a partner.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Mentor => Self::Mentee,
            Self::Mentee => Self::Mentor,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        })
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! Ids are read from text or an unsigned integer and written as text.

    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};

    use super::ParticipantId;
    use crate::plain::{Plain, Unfit, read};

    impl Serialize for ParticipantId {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for ParticipantId {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let expected = "an id: text or an unsigned integer";
            read(deserializer, expected, |found| match found {
                Plain::Text(text) => Ok(text.into()),
                Plain::Whole(number) => {
                    let number = u64::try_from(number).map_err(|_| Unfit::Value)?;
                    Ok(number.into())
                }
                _ => Err(Unfit::Kind),
            })
        }
    }
}

macro_rules! dense_index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The `index`-th one.
            #[must_use]
            pub const fn new(index: u32) -> Self {
                Self(index)
            }

            /// The position in a slice that lists one entry a person.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The same as a number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// Every index below `len`, in order.
            pub fn all(len: usize) -> impl ExactSizeIterator<Item = Self> + Clone {
                debug_assert!(u32::try_from(len).is_ok());
                #[expect(clippy::cast_possible_truncation, reason = "cohorts and problems hold at most u32::MAX people a side")]
                (0..len).map(|index| Self(index as u32))
            }
        }

        impl<T> Index<$name> for [T] {
            type Output = T;

            fn index(&self, at: $name) -> &T {
                &self[at.index()]
            }
        }

        impl<T> IndexMut<$name> for [T] {
            fn index_mut(&mut self, at: $name) -> &mut T {
                &mut self[at.index()]
            }
        }

        impl<T> Index<$name> for Vec<T> {
            type Output = T;

            fn index(&self, at: $name) -> &T {
                &self[at.index()]
            }
        }

        impl<T> IndexMut<$name> for Vec<T> {
            fn index_mut(&mut self, at: $name) -> &mut T {
                &mut self[at.index()]
            }
        }
    };
}

dense_index! {
    /// A mentor's position in a cohort or a problem: a column of the score matrix.
    ///
    /// ```
    /// use mentormatch::MentorIdx;
    ///
    /// let loads = vec![0, 2, 1];
    /// assert_eq!(loads[MentorIdx::new(1)], 2);
    /// ```
    MentorIdx
}

dense_index! {
    /// A mentee's position in a cohort or a problem: a row of the score matrix.
    ///
    /// ```
    /// use mentormatch::MenteeIdx;
    ///
    /// let rows = ["first", "second"];
    /// assert_eq!(rows[MenteeIdx::new(1)], "second");
    /// ```
    MenteeIdx
}
