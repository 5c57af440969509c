//! IANA time zones, from the database bundled with `jiff` and never from the system's, so that
//! every host gives the same offsets. This is the only file that names `jiff`.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use crate::date::CalendarDate;

/// A resolved zone: cheap to clone, and asked for offsets without any look-up by name.
#[derive(Clone)]
pub(super) struct Zone(TimeZone);

/// The zone of this name, if the bundled database has it.
pub(super) fn named(name: &str) -> Option<Zone> {
    let zone = TimeZoneDatabase::bundled().get(name).ok()?;
    (!zone.is_unknown()).then_some(Zone(zone))
}

impl Zone {
    /// Minutes ahead of UTC at noon UTC of a day; seconds of historical offsets are dropped
    /// towards minus infinity.
    ///
    /// Noon UTC is one moment for everybody, so that the difference between two people's offsets
    /// is one that really occurs, even on days when one of their clocks changes.
    pub(super) fn offset_minutes(&self, on: CalendarDate) -> i32 {
        self.0.to_offset(noon_utc(on)).seconds().div_euclid(60)
    }
}

/// `jiff` ends a few hours before the last day of the year 9999 does; its last moment stands in
/// for what lies beyond.
fn noon_utc(on: CalendarDate) -> Timestamp {
    let day = i8::try_from(on.day()).ok();
    let month = i8::try_from(on.month()).ok();
    let date = day
        .zip(month)
        .and_then(|(day, month)| civil::Date::new(on.year(), month, day).ok());
    date.and_then(|date| Offset::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok())
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset(zone: &str, on: &str) -> i32 {
        named(zone).unwrap().offset_minutes(on.parse().unwrap())
    }

    #[test]
    fn offsets_follow_daylight_saving_on_both_hemispheres() {
        assert_eq!(offset("Europe/Copenhagen", "2026-01-15"), 60);
        assert_eq!(offset("Europe/Copenhagen", "2026-07-15"), 120);
        assert_eq!(offset("America/New_York", "2026-03-07"), -300);
        assert_eq!(offset("America/New_York", "2026-03-08"), -240);
        assert_eq!(offset("Pacific/Auckland", "2026-01-15"), 780);
        assert_eq!(offset("Pacific/Auckland", "2026-07-15"), 720);
    }

    #[test]
    fn offsets_that_are_no_whole_hours_are_exact() {
        assert_eq!(offset("Asia/Kathmandu", "2026-01-15"), 345);
        assert_eq!(offset("Australia/Lord_Howe", "2026-01-15"), 660);
        assert_eq!(offset("Australia/Lord_Howe", "2026-07-15"), 630);
        assert_eq!(offset("Pacific/Kiritimati", "2026-01-15"), 840);
        assert_eq!(offset("Pacific/Pago_Pago", "2026-01-15"), -660);
    }

    #[test]
    fn every_date_has_an_offset() {
        assert_eq!(offset("UTC", "0001-01-01"), 0);
        assert_eq!(offset("Asia/Tokyo", "9999-12-31"), 540);
        assert_eq!(offset("America/New_York", "1800-01-01"), -297); // 4 h 56 min 2 s behind
    }

    #[test]
    fn names_are_iana_names_in_any_ascii_case() {
        assert!(named("europe/copenhagen").is_some());
        for name in [
            "",
            "Etc/Unknown",
            "CET-1CEST",
            "+02:00",
            "Europe/Kopenhagen",
            "../etc/passwd",
        ] {
            assert!(named(name).is_none(), "{name}");
        }
    }
}
