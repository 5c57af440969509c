//! Open-ended, typed answers: whatever the host knows beyond the standard fields.

use std::collections::BTreeMap;
use std::fmt;

/// One typed answer.
///
/// Within a cohort an attribute has the same type for everybody, and an ordinal one the same
/// number of steps; [`Cohort::new`](crate::Cohort::new) refuses anything else.
///
/// In stored forms the type is the key:
/// `{"choice": "x"}`, `{"set": ["x", "y"]}`, `{"ordinal": {"level": 3, "of": 11}}`,
/// `{"number": 1.5}`, `{"flag": true}`.
///
/// ```
/// use mentormatch::{Attribute, Profile};
///
/// let ana = Profile::new("ana").attribute("grade", Attribute::Ordinal { level: 3, of: 11 });
/// assert_eq!(ana.attributes["grade"], Attribute::Ordinal { level: 3, of: 11 });
/// assert_eq!(format!("{:?}", ana.attributes["grade"]), "Ordinal(..)"); // never the answer itself
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Attribute {
    /// One of several texts.
    Choice(String),
    /// Any number of texts; order and repetition mean nothing.
    Set(Vec<String>),
    /// A step on an ordered scale: `level` of `1..=of`.
    Ordinal {
        /// The step, `1..=of`.
        level: u16,
        /// How many steps the scale has, at least 1; the same for everybody in a cohort.
        of: u16,
    },
    /// A finite number, in whatever unit the host gives it.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// Attributes by name, in the order of their names.
///
/// ```
/// use mentormatch::{Attribute, Attributes};
///
/// let answers = Attributes::from([("remote".to_owned(), Attribute::Flag(true))]);
/// assert!(answers.contains_key("remote"));
/// ```
pub type Attributes = BTreeMap<String, Attribute>;

impl Attribute {
    /// A [`Choice`](Self::Choice).
    ///
    /// ```
    /// # use mentormatch::Attribute;
    /// assert_eq!(Attribute::choice("red"), Attribute::Choice("red".to_owned()));
    /// ```
    #[must_use]
    pub fn choice(text: impl Into<String>) -> Self {
        Self::Choice(text.into())
    }

    /// A [`Set`](Self::Set).
    ///
    /// ```
    /// # use mentormatch::Attribute;
    /// assert_eq!(Attribute::set(["chess"]), Attribute::Set(vec!["chess".to_owned()]));
    /// ```
    #[must_use]
    pub fn set<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Set(texts.into_iter().map(Into::into).collect())
    }

    /// The type's name in stored forms.
    pub(crate) const fn type_name(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::Set(_) => "set",
            Self::Ordinal { .. } => "ordinal",
            Self::Number(_) => "number",
            Self::Flag(_) => "flag",
        }
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Choice(_) => "Choice(..)",
            Self::Set(_) => "Set(..)",
            Self::Ordinal { .. } => "Ordinal(..)",
            Self::Number(_) => "Number(..)",
            Self::Flag(_) => "Flag(..)",
        })
    }
}
