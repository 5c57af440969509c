//! How far apart the two sides' clocks are.

use super::class_table::ClassTable;
use super::zone::{circular_minutes, offsets};
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::ratio;

/// How close the two sides' clocks are on the programme's date.
///
/// The score is 1 at 0 hours and falls on a straight line to 0 at `zero_at_hours`. Distance is
/// counted around the clock, so it is at most 12 hours, and daylight saving is that of noon UTC on
/// the programme's date. Symmetric. Missing when either side states no time zone.
///
/// # Errors
/// A programme that uses it must state a date or a period; without a date, the period's first day
/// is the date.
///
/// ```
/// use mentormatch::{CalendarDate, Programme, TimeZoneDistance};
///
/// let programme = Programme::builder()
///     .date(CalendarDate::new(2026, 9, 1)?)
///     .weigh(2, TimeZoneDistance::zero_at_hours(6.0))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct TimeZoneDistance {
    /// The distance that scores 0: above 0, at most 12; a minute is the resolution.
    pub zero_at_hours: f64,
}

impl TimeZoneDistance {
    /// Falls to 0 at this many hours.
    #[must_use]
    pub const fn zero_at_hours(hours: f64) -> Self {
        Self {
            zero_at_hours: hours,
        }
    }
}

impl Criterion for TimeZoneDistance {
    fn name(&self) -> &str {
        "time_zone_distance"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        match minutes(self.zero_at_hours) {
            Ok(0) => vec![("zero_at_hours", OUT_OF_RANGE)],
            Ok(_) => Vec::new(),
            Err(problem) => vec![("zero_at_hours", problem)],
        }
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&Field::TimeZone, &Field::TimeZone)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let offsets = offsets(context, self.name())?;
        let zero_at = minutes(self.zero_at_hours).unwrap_or(0);
        Ok(Box::new(ClassTable::new(offsets, move |mentee, mentor| {
            let apart = circular_minutes(mentee?, mentor?);
            Some(ratio(zero_at.saturating_sub(apart).into(), zero_at.into()))
        })))
    }
}

const OUT_OF_RANGE: ParameterProblem = ParameterProblem::OutOfRange { low: 0, high: 12 };

/// Hours of 0 to 12 as minutes.
pub(crate) fn minutes(hours: f64) -> Result<u32, ParameterProblem> {
    if !hours.is_finite() {
        return Err(ParameterProblem::NotFinite);
    }
    if !(0.0..=12.0).contains(&hours) {
        return Err(OUT_OF_RANGE);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 ≤ hours ≤ 12"
    )]
    Ok((hours * 60.0).round() as u32)
}
