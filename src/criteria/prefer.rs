//! Likeness or difference.

use crate::score::Score;

/// Whether a criterion rewards likeness or difference.
///
/// ```
/// use mentormatch::Prefer;
///
/// assert_eq!(Prefer::default(), Prefer::Alike);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Prefer {
    /// The more alike, the better.
    #[default]
    Alike,
    /// The less alike, the better: 1 minus the likeness.
    Unlike,
}

impl Prefer {
    pub(super) fn of(self, likeness: Score) -> Score {
        match self {
            Self::Alike => likeness,
            Self::Unlike => Score::from_ppm_saturating(Score::ONE.ppm() - likeness.ppm()),
        }
    }

    /// Begins what a default name says of the fields.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Alike => "",
            Self::Unlike => "unlike:",
        }
    }
}
