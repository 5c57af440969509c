//! Offsets of time zones on a day, from the bundled database: the host's system decides nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Context;
use super::column::Columns;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::participant::Profile;

const MINUTES_PER_DAY: i32 = 24 * 60;

/// Everybody's offset from UTC in minutes, at noon UTC of the programme's date.
pub(crate) fn offsets(
    context: &Context<'_>,
    owner: &str,
) -> Result<Columns<Option<i32>>, ProgrammeError> {
    let date = context.date.ok_or_else(|| ProgrammeProblem::NoDate {
        owner: owner.to_owned(),
    })?;
    let mut known = BTreeMap::new();
    let offset = |profile: &Profile| {
        let Some(zone) = profile.time_zone.clone() else {
            return Ok(None);
        };
        let minutes = *known.entry(zone).or_insert_with_key(|zone| {
            offset_minutes(zone, (date.year(), date.month(), date.day()))
        });
        let unknown = || ProgrammeProblem::UnknownTimeZone {
            owner: owner.to_owned(),
            id: profile.id.to_string(),
        };
        minutes.ok_or_else(unknown).map(Some)
    };
    Columns::read(context.cohort, offset)
}

/// How far apart two clocks are: at most half a day.
pub(crate) fn circular_minutes(one: i32, other: i32) -> u32 {
    let apart = (one - other).rem_euclid(MINUTES_PER_DAY);
    apart.min(MINUTES_PER_DAY - apart).unsigned_abs()
}

fn offset_minutes(zone: &str, (year, month, day): (i16, u8, u8)) -> Option<i32> {
    let zone = TimeZoneDatabase::bundled().get(zone).ok()?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let noon = date
        .at(12, 0, 0, 0)
        .to_zoned(TimeZone::UTC)
        .ok()?
        .timestamp();
    Some(zone.to_offset(noon).seconds().div_euclid(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_daylight_saving_on_both_hemispheres() {
        let at = |zone, month| offset_minutes(zone, (2026, month, 15));
        assert_eq!(at("Europe/Copenhagen", 1), Some(60));
        assert_eq!(at("Europe/Copenhagen", 7), Some(120));
        assert_eq!(at("Australia/Lord_Howe", 1), Some(660));
        assert_eq!(at("Australia/Lord_Howe", 7), Some(630));
        assert_eq!(at("Asia/Kathmandu", 7), Some(345));
        assert_eq!(at("Mars/Olympus", 7), None);
    }

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
