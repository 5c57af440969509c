//! Partners must be the right distance apart in a number.

use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{ClassTable, Context, bound, fields_of, numbers, ordered_numbers};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs whose gap, *mentor minus mentee* in a number, is below `min` or above `max`.
///
/// Units are the field's own; numbers are compared in millionths, exactly. Where either side gave
/// no answer, `if_missing` decides.
///
/// ```
/// use mentormatch::{Field, GapOutside, Programme, Same};
///
/// // The mentor is one or two grades above, and has at least eight more years of experience.
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(GapOutside::new(Field::Attribute("grade".into()), 1.0, 2.0))
///     .forbid(GapOutside::at_least(Field::ExperienceYears, 8.0))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct GapOutside {
    /// The number compared.
    pub field: Field,
    /// The least gap allowed; none if absent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub min: Option<f64>,
    /// The largest gap allowed; none if absent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub max: Option<f64>,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl GapOutside {
    /// Allows gaps of `min..=max` only.
    #[must_use]
    pub const fn new(field: Field, min: f64, max: f64) -> Self {
        Self::bounded(field, Some(min), Some(max))
    }

    /// Allows gaps of `min` and more only.
    ///
    /// ```
    /// # use mentormatch::{Field, GapOutside};
    /// assert_eq!(GapOutside::at_least(Field::Seniority, 1.0).max, None);
    /// ```
    #[must_use]
    pub const fn at_least(field: Field, min: f64) -> Self {
        Self::bounded(field, Some(min), None)
    }

    /// Allows gaps of `max` and less only.
    ///
    /// ```
    /// # use mentormatch::{Field, GapOutside};
    /// assert_eq!(GapOutside::at_most(Field::Seniority, 3.0).min, None);
    /// ```
    #[must_use]
    pub const fn at_most(field: Field, max: f64) -> Self {
        Self::bounded(field, None, Some(max))
    }

    const fn bounded(field: Field, min: Option<f64>, max: Option<f64>) -> Self {
        Self {
            field,
            min,
            max,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{Field, GapOutside, IfMissing};
    /// let rule = GapOutside::at_least(Field::Seniority, 1.0).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for GapOutside {
    fn name(&self) -> &str {
        "gap_outside"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let named = [("min", self.min), ("max", self.max)];
        let stated: Vec<(&'static str, f64)> = named
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        if stated.is_empty() {
            return vec![("min", ParameterProblem::Empty)];
        }
        ordered_numbers(&stated)
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let answers = numbers(context.cohort, self.name(), &self.field)?;
        let allowed = self.min.map_or(i64::MIN, bound)..=self.max.map_or(i64::MAX, bound);
        let unknown = self.if_missing.forbids();
        Ok(Box::new(ClassTable::new(
            answers,
            move |mentee, mentor| match (mentee, mentor) {
                (Some(mentee), Some(mentor)) => !allowed.contains(&(mentor - mentee)),
                _ => unknown,
            },
        )))
    }
}
