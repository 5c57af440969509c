//! What participants say about each other.

use std::fmt;

use super::field::Field;
use crate::ids::ParticipantId;

/// A partner a participant would like, with a rank.
///
/// `Debug` shows nothing of it: who wants whom is a personal answer.
///
/// ```
/// use mentormatch::Wish;
///
/// let first = Wish::new("boris", 1);
/// assert_eq!((first.partner.as_str(), first.rank), ("boris", 1));
/// assert_eq!(format!("{first:?}"), "Wish { .. }");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Wish {
    /// The wanted partner.
    pub partner: ParticipantId,
    /// 1 is the first wish; several partners may share a rank. At least 1.
    pub rank: u32,
}

impl Wish {
    /// A wish for this partner.
    ///
    /// ```
    /// # use mentormatch::Wish;
    /// let shared_second_place = [Wish::new("boris", 2), Wish::new("carol", 2)];
    /// # assert_ne!(shared_second_place[0], shared_second_place[1]);
    /// ```
    #[must_use]
    pub fn new(partner: impl Into<ParticipantId>, rank: u32) -> Self {
        Self {
            partner: partner.into(),
            rank,
        }
    }
}

impl fmt::Debug for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wish").finish_non_exhaustive()
    }
}

/// An opinion of a possible partner.
///
/// `Debug` shows nothing of it.
///
/// ```
/// use mentormatch::Rating;
///
/// let good = Rating::new("boris", 4);
/// assert_eq!((good.partner.as_str(), good.value), ("boris", 4));
/// assert_eq!(format!("{good:?}"), "Rating { .. }");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Rating {
    /// Whom it is about.
    pub partner: ParticipantId,
    /// From −5 (rather not) over 0 (no opinion) to 5 (very much so).
    pub value: i8,
}

impl Rating {
    /// An opinion of this partner.
    ///
    /// ```
    /// # use mentormatch::Rating;
    /// assert_eq!(Rating::new("boris", -5).value, -5);
    /// ```
    #[must_use]
    pub fn new(partner: impl Into<ParticipantId>, value: i8) -> Self {
        let partner = partner.into();
        Self { partner, value }
    }
}

impl fmt::Debug for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rating").finish_non_exhaustive()
    }
}

/// What a participant would like a partner to be.
///
/// `Debug` shows the field and not the answer. In stored forms the answer is `"same"`,
/// `"different"` or a list of texts.
///
/// ```
/// use mentormatch::{Field, Wanted};
///
/// let background = Wanted::different(Field::Department);
/// let region = Wanted::one_of(Field::Region, ["Jutland", "Funen"]);
/// assert_ne!(background, region);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Wanted {
    /// Which answer of the partner's: a field with texts, single or a set.
    pub field: Field,
    /// What it should be.
    pub answer: WantedAnswer,
}

/// What an answer of a partner's should be.
///
/// ```
/// use mentormatch::{Field, Wanted, WantedAnswer};
///
/// assert_eq!(Wanted::same(Field::Site).answer, WantedAnswer::Same);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WantedAnswer {
    /// What the participant's own is, or something in common with it.
    Same,
    /// Nothing that the participant's own is.
    Different,
    /// One of these.
    #[cfg_attr(feature = "serde", serde(untagged))]
    OneOf(Vec<String>),
}

impl Wanted {
    /// A partner with the participant's own answer.
    ///
    /// ```
    /// # use mentormatch::{Field, Wanted};
    /// assert_eq!(Wanted::same(Field::Site).field, Field::Site);
    /// ```
    #[must_use]
    pub const fn same(field: Field) -> Self {
        let answer = WantedAnswer::Same;
        Self { field, answer }
    }

    /// A partner with another answer.
    ///
    /// ```
    /// # use mentormatch::{Field, Wanted};
    /// assert_ne!(Wanted::different(Field::Site), Wanted::same(Field::Site));
    /// ```
    #[must_use]
    pub const fn different(field: Field) -> Self {
        let answer = WantedAnswer::Different;
        Self { field, answer }
    }

    /// A partner with one of these answers.
    ///
    /// ```
    /// # use mentormatch::{Field, Wanted};
    /// let speaks = Wanted::one_of(Field::Languages, ["da", "sv"]);
    /// assert_eq!(speaks.field, Field::Languages);
    /// ```
    #[must_use]
    pub fn one_of<T: Into<String>>(field: Field, texts: impl IntoIterator<Item = T>) -> Self {
        let answer = WantedAnswer::OneOf(texts.into_iter().map(Into::into).collect());
        Self { field, answer }
    }
}

impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wanted")
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for WantedAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WantedAnswer(..)")
    }
}
