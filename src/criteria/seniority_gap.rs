//! How many steps of the ladder the mentor is above the mentee.

use super::gap::{Gap, half};
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::Score;

/// The seniority gap *mentor minus mentee* in levels, best at `ideal`: [`Gap`] over
/// [`Field::Seniority`].
///
/// The score is 1 at `ideal`, falls on straight lines to `edge` at `min` and at `max`, and is 0
/// outside. Missing when either side's level is.
///
/// ```
/// use mentormatch::{Programme, SeniorityGap};
///
/// let programme = Programme::builder().weigh(3, SeniorityGap::levels(1, 2, 4)).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SeniorityGap {
    /// The least gap that scores at all.
    pub min: i32,
    /// The gap that scores 1.
    pub ideal: i32,
    /// The largest gap that scores at all.
    pub max: i32,
    /// The score at `min` and `max`; one half unless stated.
    #[cfg_attr(feature = "serde", serde(default = "half"))]
    pub edge: Score,
}

impl SeniorityGap {
    /// A gap of `min..=max` levels, best at `ideal`, that scores one half at its edges.
    #[must_use]
    pub const fn levels(min: i32, ideal: i32, max: i32) -> Self {
        Self {
            min,
            ideal,
            max,
            edge: half(),
        }
    }

    /// The same with another score at the edges.
    ///
    /// ```
    /// # use mentormatch::{Score, SeniorityGap};
    /// assert_eq!(SeniorityGap::levels(1, 2, 3).edge(Score::ZERO).edge, Score::ZERO);
    /// ```
    #[must_use]
    pub const fn edge(self, edge: Score) -> Self {
        Self { edge, ..self }
    }

    fn as_gap(self) -> Gap {
        let [min, ideal, max] = [self.min, self.ideal, self.max].map(f64::from);
        Gap::new(Field::Seniority, min, ideal, max).edge(self.edge)
    }
}

impl Criterion for SeniorityGap {
    fn name(&self) -> &str {
        "seniority_gap"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        self.as_gap().parameter_problems()
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&Field::Seniority, &Field::Seniority)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        self.as_gap().prepare(context)
    }
}
