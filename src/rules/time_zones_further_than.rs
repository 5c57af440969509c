//! Partners' clocks must not be too far apart.

use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{ClassTable, Context, circular_minutes, fields_of, minutes, offsets};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs whose clocks are more than `hours` apart on the programme's date.
///
/// Distance is counted as by [`TimeZoneDistance`](crate::TimeZoneDistance): around the clock, with
/// the daylight saving of noon UTC. Symmetric. Where either side states no time zone, `if_missing`
/// decides.
///
/// # Errors
/// A programme that uses it must state a date or a period; without a date, the period's first day
/// is the date.
///
/// ```
/// use mentormatch::{CalendarDate, Field, Programme, Same, TimeZonesFurtherThan};
///
/// let programme = Programme::builder()
///     .date(CalendarDate::new(2026, 9, 1)?)
///     .weigh(1, Same::new(Field::Department))
///     .forbid(TimeZonesFurtherThan::hours(3.0))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct TimeZonesFurtherThan {
    /// The largest distance allowed, `0.0..=12.0`; a minute is the resolution.
    pub hours: f64,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl TimeZonesFurtherThan {
    /// Allows distances up to this many hours only.
    #[must_use]
    pub const fn hours(hours: f64) -> Self {
        Self {
            hours,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{IfMissing, TimeZonesFurtherThan};
    /// let rule = TimeZonesFurtherThan::hours(3.0).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub const fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for TimeZonesFurtherThan {
    fn name(&self) -> &str {
        "time_zones_further_than"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let problem = minutes(self.hours).err();
        problem
            .map(|problem| ("hours", problem))
            .into_iter()
            .collect()
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&Field::TimeZone, &Field::TimeZone)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let offsets = offsets(context, self.name())?;
        let furthest = minutes(self.hours).unwrap_or(0);
        let unknown = self.if_missing.forbids();
        Ok(Box::new(ClassTable::new(
            offsets,
            move |mentee, mentor| match (mentee, mentor) {
                (Some(mentee), Some(mentor)) => circular_minutes(mentee, mentor) > furthest,
                _ => unknown,
            },
        )))
    }
}
