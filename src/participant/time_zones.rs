//! IANA time zones, from the database bundled with `jiff` and never from the system's, so that
//! every host gives the same offsets. This is the only file that names `jiff`.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{self, TimeZone, TimeZoneDatabase};

use crate::date::CalendarDate;

/// A resolved zone: cheap to clone, and asked for offsets without any look-up by name.
#[derive(Clone)]
pub(super) struct Zone(TimeZone);

/// A stretch of time, in minutes.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// Minutes after the beginning of 1970, UTC.
    pub(crate) from: i64,
    pub(crate) minutes: u32,
}

/// From some minute of a stretch on, a clock is so many minutes ahead of UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Offset {
    pub(crate) at: u32,
    pub(crate) ahead: i32,
}

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
        whole_minutes(self.0.to_offset(noon_utc(on)))
    }

    /// How far ahead of UTC the clock is over a stretch: at its first minute, and then from every
    /// minute on whose beginning finds it changed. Seconds of historical offsets are dropped
    /// towards minus infinity.
    pub(super) fn offsets(&self, over: Stretch) -> Vec<Offset> {
        let first = at_minute(over.from);
        let ahead = whole_minutes(self.0.to_offset(first));
        let mut offsets = vec![Offset { at: 0, ahead }];
        for change in self.0.following(first) {
            let second = change.timestamp().as_second();
            let minute = -(-second).div_euclid(60); // the first that begins after the change
            let at = u32::try_from(minute - over.from).unwrap_or(u32::MAX);
            if at >= over.minutes {
                break;
            }
            let ahead = whole_minutes(change.offset());
            offsets.push(Offset { at, ahead });
        }
        offsets.dedup_by_key(|offset| offset.ahead); // some changes are of the name only
        offsets
    }
}

fn whole_minutes(offset: tz::Offset) -> i32 {
    offset.seconds().div_euclid(60)
}

/// The last moment of `jiff` stands in for what lies beyond.
fn at_minute(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX)
}

/// `jiff` ends a few hours before the last day of the year 9999 does; its last moment stands in
/// for what lies beyond.
fn noon_utc(on: CalendarDate) -> Timestamp {
    let day = i8::try_from(on.day()).ok();
    let month = i8::try_from(on.month()).ok();
    let date = day
        .zip(month)
        .and_then(|(day, month)| civil::Date::new(on.year(), month, day).ok());
    date.and_then(|date| tz::Offset::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok())
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
    fn changes_are_found_at_their_minute() {
        let changes = |zone: &str, from: &str, days: u32| {
            let from: CalendarDate = from.parse().unwrap();
            let over = Stretch {
                from: i64::from(from.day_number()) * 1440,
                minutes: days * 1440,
            };
            let offsets = named(zone).unwrap().offsets(over);
            offsets
                .iter()
                .map(|offset| (offset.at, offset.ahead))
                .collect::<Vec<_>>()
        };
        // The last Sunday of March, at 1:00 UTC.
        let copenhagen = changes("Europe/Copenhagen", "2026-03-29", 100);
        assert_eq!(copenhagen, [(0, 60), (60, 120)]);
        assert_eq!(changes("Europe/Copenhagen", "2026-03-22", 7), [(0, 60)]);
        // The first Sunday of April, at 2:00 by a clock 11 hours ahead: half an hour back.
        let lord_howe = changes("Australia/Lord_Howe", "2026-04-04", 2);
        assert_eq!(lord_howe, [(0, 660), (15 * 60, 630)]);
        // 30 December 2011 was skipped.
        let apia = changes("Pacific/Apia", "2011-12-30", 3);
        assert_eq!(apia, [(0, -600), (10 * 60, 840)]);
        // Local mean time was 4 h 56 min 2 s behind until a clock of 12 h 3 min 58 s.
        let new_york = changes("America/New_York", "1883-11-18", 1);
        assert_eq!(new_york, [(0, -297), (17 * 60, -300)]);
        assert_eq!(changes("UTC", "9999-12-31", 9), [(0, 0)]);
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
