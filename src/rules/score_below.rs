//! A pair must be good enough.

use crate::score::Score;

/// Forbids pairs whose match score is below a floor.
///
/// The score itself is allowed. Applied to the finished score, after every criterion, so it is no
/// [`Rule`](crate::Rule) that is prepared; of several floors the highest decides.
///
/// ```
/// use mentormatch::{Field, Programme, Same, Score, ScoreBelow};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(ScoreBelow::new(Score::from_unit(0.3)?))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ScoreBelow {
    /// The least score allowed.
    pub score: Score,
}

impl ScoreBelow {
    /// Allows this score and better only.
    #[must_use]
    pub const fn new(score: Score) -> Self {
        Self { score }
    }
}
