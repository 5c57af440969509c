//! How far people's clocks are apart on a day.

use super::Context;
use super::column::Columns;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::period::Period;

const MINUTES_PER_DAY: i32 = 24 * 60;

/// Everybody's offset from UTC in minutes, at noon UTC of the programme's date or, if it states
/// none, of its first day.
pub(crate) fn offsets(
    context: &Context<'_>,
    owner: &str,
) -> Result<Columns<Option<i32>>, ProgrammeError> {
    let cohort = context.cohort;
    let first_day = context.period.map(Period::first_day);
    let date = context
        .date
        .or(first_day)
        .ok_or_else(|| ProgrammeProblem::NoDate {
            owner: owner.to_owned(),
        })?;
    let mentees = MenteeIdx::all(cohort.mentees().len());
    let mentors = MentorIdx::all(cohort.mentors().len());
    Ok(Columns {
        mentees: mentees
            .map(|own| cohort.mentee_utc_offset_minutes(own, date))
            .collect(),
        mentors: mentors
            .map(|own| cohort.mentor_utc_offset_minutes(own, date))
            .collect(),
    })
}

/// How far apart two clocks are: at most half a day.
pub(crate) fn circular_minutes(one: i32, other: i32) -> u32 {
    let apart = (one - other).rem_euclid(MINUTES_PER_DAY);
    apart.min(MINUTES_PER_DAY - apart).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_a_circle() {
        assert_eq!(circular_minutes(14 * 60, -10 * 60), 0); // Kiritimati, Honolulu
        assert_eq!(circular_minutes(-12 * 60, 12 * 60), 0);
        assert_eq!(circular_minutes(13 * 60, -11 * 60), 0);
        assert_eq!(circular_minutes(60, -300), 360);
        assert_eq!(circular_minutes(-300, 60), 360);
        assert_eq!(circular_minutes(0, 720), 720);
    }
}
