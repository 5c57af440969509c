//! What kind of help is sought and given, and how well prepared somebody is for it.

/// A kind of support that mentoring gives.
///
/// Career and psychosocial support are Kram's two functions (*Mentoring at Work*, 1985); role
/// modelling is the third that Scandura (1992) found, and skills are what skills-based programmes
/// add.
///
/// ```
/// use mentormatch::{Profile, Support};
///
/// let ana = Profile::new("ana").supports([Support::Career, Support::RoleModel]);
/// assert_eq!(ana.support.len(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Support {
    /// Sponsorship, exposure, coaching, protection, challenging work.
    Career,
    /// Acceptance, counselling, friendship.
    Psychosocial,
    /// Somebody to look up to.
    RoleModel,
    /// Learning a skill.
    Skills,
}

/// What a mentor has done to be ready for mentoring.
///
/// ```
/// use mentormatch::{Preparation, Profile};
///
/// let ana = Profile::new("ana").prepared([Preparation::Trained]);
/// assert_eq!(ana.preparation, [Preparation::Trained]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Preparation {
    /// Took the programme's training.
    Trained,
    /// Holds a certificate.
    Certified,
    /// Gave references that were checked.
    References,
}

/// How many steps of seniority a partner may be away: *mentor minus mentee*, whoever says it.
///
/// ```
/// use mentormatch::GapRange;
///
/// let at_most_two_above = GapRange::new(0, 2);
/// assert!(at_most_two_above.contains(1));
/// assert_eq!(format!("{at_most_two_above:?}"), "GapRange { .. }");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GapRange {
    /// The least.
    pub min: i32,
    /// The most.
    pub max: i32,
}

impl Support {
    pub(super) const ALL: [Self; 4] = [
        Self::Career,
        Self::Psychosocial,
        Self::RoleModel,
        Self::Skills,
    ];

    /// As in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Career => "career",
            Self::Psychosocial => "psychosocial",
            Self::RoleModel => "role_model",
            Self::Skills => "skills",
        }
    }
}

impl Preparation {
    pub(super) const ALL: [Self; 3] = [Self::Trained, Self::Certified, Self::References];

    /// As in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Trained => "trained",
            Self::Certified => "certified",
            Self::References => "references",
        }
    }
}

impl GapRange {
    /// From `min` to `max` steps.
    ///
    /// ```
    /// # use mentormatch::GapRange;
    /// assert_eq!(GapRange::new(-1, 2).min, -1);
    /// ```
    #[must_use]
    pub const fn new(min: i32, max: i32) -> Self {
        Self { min, max }
    }

    /// Whether a gap is within it.
    ///
    /// ```
    /// # use mentormatch::GapRange;
    /// assert!(!GapRange::new(0, 2).contains(3));
    /// ```
    #[must_use]
    pub const fn contains(self, gap: i32) -> bool {
        self.min <= gap && gap <= self.max
    }
}

impl std::fmt::Debug for GapRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GapRange").finish_non_exhaustive()
    }
}
