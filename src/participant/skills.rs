//! What somebody wants to learn and what somebody can help with.

use std::fmt;

/// A skill somebody wants to learn.
///
/// `Debug` shows nothing of it: what somebody lacks is a personal answer. In stored forms a bare
/// text is a need of any level and importance 1.
///
/// ```
/// use mentormatch::Need;
///
/// let go = Need::new("go").level(3).importance(5);
/// assert_eq!((go.skill.as_str(), go.level, go.importance), ("go", Some(3), 5));
/// assert_eq!(format!("{go:?}"), "Need { .. }");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Need {
    /// The skill.
    pub skill: String,
    /// The proficiency a mentor should have, on the host's scale (larger is more proficient);
    /// `None` asks for the skill only.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub level: Option<u8>,
    /// How much this need counts against the person's other needs, `1..=100`; normally 1.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_one"))]
    pub importance: u8,
}

/// A skill somebody can help with.
///
/// `Debug` shows nothing of it. In stored forms a bare text is an offer without a level.
///
/// ```
/// use mentormatch::Offer;
///
/// let rust = Offer::new("rust").level(4);
/// assert_eq!((rust.skill.as_str(), rust.level), ("rust", Some(4)));
/// assert_eq!(format!("{rust:?}"), "Offer { .. }");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Offer {
    /// The skill.
    pub skill: String,
    /// Proficiency on the host's scale (larger is more proficient); `None` satisfies any wanted
    /// level.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub level: Option<u8>,
}

impl Need {
    /// A need of any level and importance 1.
    ///
    /// ```
    /// # use mentormatch::Need;
    /// assert_eq!(Need::new("go").importance, 1);
    /// ```
    #[must_use]
    pub fn new(skill: impl Into<String>) -> Self {
        Self {
            skill: skill.into(),
            level: None,
            importance: 1,
        }
    }

    /// The proficiency a mentor should have.
    ///
    /// ```
    /// # use mentormatch::Need;
    /// assert_eq!(Need::new("go").level(3).level, Some(3));
    /// ```
    #[must_use]
    pub fn level(mut self, level: impl Into<Option<u8>>) -> Self {
        self.level = level.into();
        self
    }

    /// How much this need counts against the others, `1..=100`.
    ///
    /// ```
    /// # use mentormatch::Need;
    /// assert_eq!(Need::new("go").importance(5).importance, 5);
    /// ```
    #[must_use]
    pub fn importance(mut self, importance: u8) -> Self {
        self.importance = importance;
        self
    }
}

impl Offer {
    /// An offer that satisfies any wanted level.
    ///
    /// ```
    /// # use mentormatch::Offer;
    /// assert_eq!(Offer::new("rust").level, None);
    /// ```
    #[must_use]
    pub fn new(skill: impl Into<String>) -> Self {
        Self {
            skill: skill.into(),
            level: None,
        }
    }

    /// How proficient this person is.
    ///
    /// ```
    /// # use mentormatch::Offer;
    /// assert_eq!(Offer::new("rust").level(4).level, Some(4));
    /// ```
    #[must_use]
    pub fn level(mut self, level: impl Into<Option<u8>>) -> Self {
        self.level = level.into();
        self
    }
}

#[cfg(feature = "serde")]
fn is_one(importance: &u8) -> bool {
    *importance == 1
}

impl fmt::Debug for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Need").finish_non_exhaustive()
    }
}

impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer").finish_non_exhaustive()
    }
}
