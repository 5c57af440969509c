//! People must reach a level to take part in a pair.

use super::kernel::Sides;
use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{Context, Side, amounts, bound, number_problem};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs in which a side is below a level.
///
/// With [`Side::Both`] it is enough that one of them is. Numbers are compared in millionths,
/// exactly; of a set, the things in it are counted. Where a side that counts gave no answer,
/// `if_missing` decides. To favour levels instead, use [`AtLeast`](crate::AtLeast).
///
/// ```
/// use mentormatch::{BelowLevel, Field, Programme, Same, Side};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(BelowLevel::new(Field::Motivation, Side::Both, 2.0))
///     .forbid(BelowLevel::new(Field::TenureYears, Side::Mentor, 3.0))
///     .build()?;
/// assert_eq!(programme.rules()[1].name, "below_level:tenure_years:mentor");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct BelowLevel {
    /// The number, or the set whose things are counted.
    pub field: Field,
    /// Who must reach the level.
    pub side: Side,
    /// The least that is allowed.
    pub level: f64,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl BelowLevel {
    /// Allows this level and more only.
    #[must_use]
    pub const fn new(field: Field, side: Side, level: f64) -> Self {
        Self {
            field,
            side,
            level,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{BelowLevel, Field, IfMissing, Side};
    /// let rule = BelowLevel::new(Field::Readiness, Side::Mentee, 2.0).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for BelowLevel {
    fn name(&self) -> &str {
        "below_level"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let problem = number_problem(self.level);
        problem
            .map(|problem| ("level", problem))
            .into_iter()
            .collect()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        self.side.of(&self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let amounts = amounts(context.cohort, self.name(), &self.field)?;
        let (level, unknown) = (bound(self.level), self.if_missing.forbids());
        let below = |amount: Option<_>| amount.map_or(unknown, |amount| amount < level);
        Ok(Box::new(Sides::either(amounts, self.side, below)))
    }
}
