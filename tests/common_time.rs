//! Time in common against an oracle that looks at every minute, and against values by hand.
#![allow(clippy::unwrap_used, reason = "a test")]

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use mentormatch::{
    CalendarDate, Cohort, CommonTime, Field, IfMissing, JudgedWeek, MenteeIdx, MentorIdx,
    MissingPolicy, ParameterProblem, Period, PeriodError, Profile, Programme, ProgrammeProblem,
    Same, Scorer, Scratch, TimeZoneDistance, TooLittleCommonTime, Weekday, Window,
};
use proptest::prelude::*;

const WEEK: usize = 7 * 24 * 60;

const ZONES: [&str; 14] = [
    "Europe/Copenhagen",
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Cairo",
    "UTC",
];

/// Days a week or two before clocks change: in the north, in the south, around Ramadan, and when
/// Samoa crossed the date line.
const FIRST_DAYS: [&str; 10] = [
    "2026-02-09",
    "2026-03-02",
    "2026-03-05",
    "2026-03-28",
    "2026-04-01",
    "2026-08-31",
    "2026-09-24",
    "2026-10-18",
    "2027-03-25",
    "2011-12-17",
];

/// Everything here is decided minute by minute.
mod oracle {
    use super::*;

    /// Whether somebody has time, by minute of UTC from 00:00 of a day on.
    pub(super) fn available(own: &Profile, from: CalendarDate, minutes: usize) -> Vec<bool> {
        let zone = TimeZoneDatabase::bundled();
        let zone = zone.get(own.time_zone.as_deref().unwrap()).unwrap();
        let first: Timestamp = format!("{from}T00:00:00Z").parse().unwrap();
        let minutes = (0_i64..).take(minutes);
        let moments =
            minutes.map(|at| Timestamp::from_second(first.as_second() + at * 60).unwrap());
        moments.map(|moment| has_time(own, moment, &zone)).collect()
    }

    fn has_time(own: &Profile, moment: Timestamp, zone: &TimeZone) -> bool {
        let local = zone.to_datetime(moment);
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        let day = i32::from(local.weekday().to_monday_zero_offset());
        own.availability.iter().any(|window| {
            let of_day = i32::from(window.day.days_after_monday());
            let (from, to) = (i32::from(window.from), i32::from(window.to));
            match to > from {
                true => day == of_day && (from..to).contains(&minute),
                false => day == of_day && minute >= from || day == (of_day + 1) % 7 && minute < to,
            }
        })
    }

    /// In how many minutes of each week a meeting can begin.
    pub(super) fn weeks(one: &[bool], other: &[bool], weeks: usize, meeting: usize) -> Vec<u16> {
        let mut lasts = vec![0; one.len() + 1]; // how long both have time from each minute on
        for at in (0..one.len()).rev() {
            lasts[at] = if one[at] && other[at] {
                lasts[at + 1] + 1
            } else {
                0
            };
        }
        let weeks = lasts[..weeks * WEEK].chunks(WEEK);
        let begin = weeks.map(|week| week.iter().filter(|&&long| long >= meeting).count());
        begin
            .map(|minutes| u16::try_from(minutes).unwrap())
            .collect()
    }

    pub(super) fn ppm(minutes: u16) -> u32 {
        (u32::from(minutes) * 100_000 + 504) / 1_008 // of a week
    }
}

fn date(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn profile(id: &str, zone: &str, windows: &[&str]) -> Profile {
    let mut own = Profile::new(id).time_zone(zone);
    let windows = windows.iter().flat_map(|text| Window::parse(text).unwrap());
    own.availability = windows.collect();
    own
}

/// What the weeks of two people measure.
fn weeks(mentee: Profile, mentor: Profile, period: (&str, &str), meeting: u16) -> Vec<(u16, u16)> {
    let cohort = Cohort::new([mentor.mentor(1)], [mentee.mentee()]).unwrap();
    let period = Period::new(date(period.0), date(period.1)).unwrap();
    let (mentee, mentor) = (MenteeIdx::new(0), MentorIdx::new(0));
    let common = cohort
        .time_in_common(mentee, mentor, period, meeting)
        .unwrap();
    common.distribution().to_vec()
}

fn any_window() -> impl Strategy<Value = Window> {
    let minute = prop_oneof![(0_u16..96).prop_map(|quarter| quarter * 15), 0_u16..1440];
    let long = prop_oneof![1_u16..=90, 1_u16..1440];
    (0_usize..7, minute, long).prop_map(|(day, from, long)| {
        let to = from + long;
        Window::new(
            Weekday::ALL[day],
            from,
            if to > 1440 { to - 1440 } else { to },
        )
    })
}

fn any_person(id: String) -> impl Strategy<Value = Profile> {
    let windows = prop::collection::vec(any_window(), 1..8);
    (prop::sample::select(&ZONES), windows).prop_map(move |(zone, windows)| {
        let mut own = Profile::new(id.as_str()).time_zone(zone);
        own.availability = windows;
        own
    })
}

fn any_people(letter: char, count: usize) -> impl Strategy<Value = Vec<Profile>> {
    let people = (0..count).map(|at| any_person(format!("{letter}{at}")));
    people.collect::<Vec<_>>()
}

fn programme(period: Period, meeting: u16, need: u32, allowed: u32) -> Programme {
    let common = CommonTime::enough_minutes(10_080).meeting_minutes(meeting);
    let rule = TooLittleCommonTime::minutes(need).meeting_minutes(meeting);
    Programme::builder()
        .period(period.first_day(), period.last_day())
        .weigh(1, common)
        .weigh_as(
            "worst",
            1,
            common.judge(JudgedWeek::Minimum),
            MissingPolicy::Zero,
        )
        .forbid(rule.weeks_below(allowed))
        .build()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_minute_counts(
        mentees in any_people('e', 2),
        mentors in any_people('r', 3),
        first in prop::sample::select(&FIRST_DAYS),
        days in 7_usize..36,
        meeting in prop_oneof![Just(1_u16), Just(30), Just(60), 1_u16..=1440],
        need in 1_u16..400,
        allowed in 0_u32..3,
    ) {
        let from = date(first);
        let last: jiff::civil::Date = first.parse().unwrap();
        let last = last + jiff::Span::new().days(i64::try_from(days).unwrap() - 1);
        let period = Period::new(from, date(&last.to_string())).unwrap();
        let minutes = days / 7 * WEEK + 1440;
        let hours = |people: &[Profile]| -> Vec<Vec<bool>> {
            people.iter().map(|own| oracle::available(own, from, minutes)).collect()
        };
        let (mentee_hours, mentor_hours) = (hours(&mentees), hours(&mentors));
        let cohort = Cohort::new(
            mentors.iter().map(|own| own.clone().mentor(1)),
            mentees.iter().map(|own| own.clone().mentee()),
        ).unwrap();
        let programme = programme(period, meeting, need.into(), allowed);
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let mut row = vec![None; mentors.len()];
        for (mentee, one) in mentees.iter().zip(&mentee_hours) {
            let mentee = cohort.mentee_idx(mentee.id.as_str()).unwrap();
            scorer.score_row(mentee, &mut Scratch::default(), &mut row).unwrap();
            for (mentor, other) in mentors.iter().zip(&mentor_hours) {
                let mentor = cohort.mentor_idx(mentor.id.as_str()).unwrap();
                let mut weeks = oracle::weeks(one, other, days / 7, meeting.into());
                weeks.sort_unstable();
                let common = cohort.time_in_common(mentee, mentor, period, meeting).unwrap();
                let told = common.distribution().iter();
                let told = told.flat_map(|&(minutes, weeks)| std::iter::repeat_n(minutes, weeks.into()));
                prop_assert_eq!(told.collect::<Vec<u16>>(), &weeks[..]);

                let typical = weeks[(weeks.len() - 1) / 2];
                let below = weeks.iter().filter(|&&minutes| minutes < need).count();
                prop_assert_eq!((common.typical(), common.minimum()), (typical, weeks[0]));
                prop_assert_eq!(usize::from(common.weeks_below(need)), below);

                let parts = scorer.breakdown(mentee, mentor).unwrap();
                let answers = parts.parts.iter().map(|part| part.answer.unwrap().ppm());
                prop_assert_eq!(answers.collect::<Vec<_>>(), [typical, weeks[0]].map(oracle::ppm));
                let forbidden = below > usize::try_from(allowed).unwrap();
                prop_assert_eq!(row[mentor], (!forbidden).then_some(parts.score));
                prop_assert_eq!(scorer.score_pair(mentee, mentor).unwrap(), row[mentor]);
            }
        }
    }

    #[test]
    fn time_in_common_is_mutual_and_falls_with_the_length_of_meetings(
        one in any_person("a".into()),
        other in any_person("b".into()),
        meeting in 1_u16..1440,
    ) {
        let period = ("2026-09-07", "2027-06-30");
        let there = weeks(one.clone(), other.clone(), period, meeting);
        prop_assert_eq!(&there, &weeks(other.clone(), one.clone(), period, meeting));
        let longer = weeks(one, other, period, meeting + 1);
        let sum = |weeks: &[(u16, u16)]| -> u32 {
            weeks.iter().map(|&(minutes, weeks)| u32::from(minutes) * u32::from(weeks)).sum()
        };
        prop_assert!(sum(&longer) <= sum(&there));
    }
}

/// The clocks are 5 hours apart, but 4 for three weeks of March and one of autumn.
#[test]
fn daylight_saving_gives_london_and_new_york_four_weeks_of_the_year() {
    let people = |windows: &str| {
        let london = profile("r", "Europe/London", &[&format!("{windows} 16:00-17:00")]);
        let new_york = profile(
            "e",
            "America/New_York",
            &[&format!("{windows} 12:00-13:00")],
        );
        (new_york, london)
    };
    let (mentee, mentor) = people("wed");
    let year = ("2026-01-01", "2026-12-30");
    assert_eq!(weeks(mentee, mentor, year, 1), [(0, 48), (60, 4)]);

    // By the week: New York changes on Sunday, 8 March, London on Sunday, 29 March, before noon.
    let (mentee, mentor) = people("mon-sun");
    let spring = ("2026-03-02", "2026-04-05");
    let expected = [(0, 1), (60, 1), (360, 1), (420, 2)];
    assert_eq!(weeks(mentee, mentor, spring, 1), expected);
}

#[test]
fn repeated_hours_count_twice_and_skipped_ones_not() {
    let sunday = |first, last, meeting| {
        let own = |id| profile(id, "Europe/Copenhagen", &["sun 01:30-03:30"]);
        weeks(own("e"), own("r"), (first, last), meeting)
    };
    assert_eq!(sunday("2026-03-16", "2026-03-22", 1), [(120, 1)]);
    assert_eq!(sunday("2026-03-23", "2026-03-29", 1), [(60, 1)]);
    assert_eq!(sunday("2026-10-19", "2026-10-25", 1), [(180, 1)]);
    assert_eq!(sunday("2026-03-16", "2026-03-22", 60), [(61, 1)]);
    assert_eq!(sunday("2026-03-23", "2026-03-29", 60), [(1, 1)]);
    assert_eq!(sunday("2026-10-19", "2026-10-25", 60), [(121, 1)]);
}

#[test]
fn half_an_hour_back_on_lord_howe() {
    let own = |id| profile(id, "Australia/Lord_Howe", &["sun 01:00-02:30"]);
    // The clock goes from 2:00 back to 1:30 on 5 April, which is Saturday, 15:00 UTC.
    let april = ("2026-03-30", "2026-04-05");
    assert_eq!(weeks(own("e"), own("r"), april, 1), [(120, 1)]);
}

#[test]
fn neighbours_across_the_date_line_meet_on_different_days() {
    let kiritimati = profile("e", "Pacific/Kiritimati", &["tue 10:00-12:00"]); // 14 h ahead
    let pago_pago = profile("r", "Pacific/Pago_Pago", &["mon 09:00-10:30"]); // 11 h behind
    let autumn = ("2026-09-01", "2026-11-30");
    assert_eq!(weeks(kiritimati, pago_pago, autumn, 1), [(90, 13)]);
}

#[test]
fn samoa_had_no_friday() {
    let samoan = |id| profile(id, "Pacific/Apia", &["fri 00:00-24:00"]);
    let days = ("2011-12-19", "2012-01-08");
    assert_eq!(
        weeks(samoan("e"), samoan("r"), days, 1),
        [(0, 1), (1440, 2)]
    );
}

#[test]
fn windows_over_the_week_s_end_meet_those_of_the_next_day() {
    let late = profile("e", "UTC", &["sun 23:00-02:00"]);
    let early = profile("r", "Europe/Copenhagen", &["mon 00:30-02:00"]); // from Sunday 23:30 UTC
    let winter = ("2026-11-02", "2026-11-29");
    assert_eq!(weeks(late.clone(), early.clone(), winter, 1), [(90, 4)]);
    assert_eq!(weeks(late, early, winter, 60), [(31, 4)]);
}

#[test]
fn days_left_over_are_in_no_week() {
    let always = |id| profile(id, "Asia/Kathmandu", &["mon-sun 00:00-24:00"]);
    let weeks = |last| weeks(always("e"), always("r"), ("2026-09-01", last), 60);
    assert_eq!(weeks("2026-09-20"), [(10_080, 2)]);
    assert_eq!(weeks("2026-09-21"), [(10_080, 3)]);
}

#[test]
fn whoever_states_no_window_or_no_zone_is_missing() {
    let full = profile("full", "UTC", &["mon 09:00-12:00"]);
    let no_window = Profile::new("no window").time_zone("UTC");
    let mut no_zone = Profile::new("no zone");
    no_zone.availability = full.availability.clone();
    let people = [full, no_window, no_zone];
    let cohort = Cohort::new(
        people.clone().map(|own| own.mentor(1)),
        people.map(|mut own| {
            own.id = format!("mentee {}", own.id.as_str()).into();
            own.mentee()
        }),
    )
    .unwrap();
    let period = Period::new(date("2026-09-01"), date("2026-12-31")).unwrap();
    for (if_missing, allowed) in [(IfMissing::Allow, true), (IfMissing::Forbid, false)] {
        let rule = TooLittleCommonTime::minutes(1).if_missing(if_missing);
        let programme = Programme::builder()
            .period(period.first_day(), period.last_day())
            .weigh_with(1, CommonTime::enough_minutes(60), MissingPolicy::Zero)
            .forbid(rule)
            .build()
            .unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        for (mentee, person) in MenteeIdx::all(3).zip(cohort.mentees()) {
            let mut row = vec![None; 3];
            scorer
                .score_row(mentee, &mut Scratch::default(), &mut row)
                .unwrap();
            for (mentor, other) in MentorIdx::all(3).zip(cohort.mentors()) {
                let both = person.profile.id.as_str() == "mentee full"
                    && other.profile.id.as_str() == "full";
                let common = cohort.time_in_common(mentee, mentor, period, 60);
                assert_eq!(common.is_some(), both);
                let answer = scorer.breakdown(mentee, mentor).unwrap().parts[0].answer;
                assert_eq!(answer.map(|score| score.ppm()), both.then_some(1_000_000));
                assert_eq!(row[mentor].is_some(), both || allowed);
            }
        }
    }
}

#[test]
fn a_programme_must_state_its_weeks() {
    let common = CommonTime::enough_minutes(60);
    let rule = TooLittleCommonTime::minutes(60);
    let error = Programme::builder().weigh(1, common).forbid(rule).build();
    let owners = ["common_time", "too_little_common_time"].map(str::to_owned);
    let expected = owners.map(|owner| ProgrammeProblem::NoPeriod { owner });
    assert_eq!(error.unwrap_err().problems(), expected);

    let backwards = Programme::builder()
        .period(date("2027-06-30"), date("2026-09-01"))
        .weigh(1, Same::new(Field::Site))
        .build();
    let expected = [ProgrammeProblem::Period(PeriodError::Reversed)];
    assert_eq!(backwards.unwrap_err().problems(), expected);
}

#[test]
fn parameters_out_of_bounds_are_named() {
    let common = CommonTime::enough_minutes(0).meeting_minutes(1441);
    let rule = TooLittleCommonTime::minutes(10_081).meeting_minutes(0);
    let programme = Programme::builder()
        .period(date("2026-09-01"), date("2027-06-30"))
        .weigh(1, common)
        .forbid(rule);
    let error = programme.build().unwrap_err();
    let found: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| match problem {
            ProgrammeProblem::Parameter {
                parameter,
                problem: ParameterProblem::OutOfRange { low: 1, high },
                ..
            } => (*parameter, *high),
            other => unreachable!("{other}"),
        })
        .collect();
    let meetings = ("meeting_minutes", 1440);
    assert_eq!(
        found,
        [
            meetings,
            ("enough_minutes", 10_080),
            meetings,
            ("minutes", 10_080)
        ]
    );
}

/// Between the second and the last Sunday of March they are four hours apart, otherwise five.
#[test]
fn time_zones_are_compared_on_the_first_day_where_no_date_is_stated() {
    let score = |date_stated: Option<&str>, first: &str| {
        let mut builder = Programme::builder().weigh(1, TimeZoneDistance::zero_at_hours(10.0));
        builder = builder.period(date(first), date("2027-06-30"));
        if let Some(stated) = date_stated {
            builder = builder.date(date(stated));
        }
        let people = (
            profile("e", "America/New_York", &[]),
            profile("r", "Europe/London", &[]),
        );
        let cohort = Cohort::new([people.1.mentor(1)], [people.0.mentee()]).unwrap();
        let scorer = Scorer::new(&builder.build().unwrap(), &cohort).unwrap();
        let pair = scorer.breakdown(MenteeIdx::new(0), MentorIdx::new(0));
        pair.unwrap().score.ppm()
    };
    assert_eq!(score(None, "2026-09-01"), 500_000);
    assert_eq!(score(None, "2026-03-20"), 600_000);
    assert_eq!(score(Some("2026-09-01"), "2026-03-20"), 500_000);
}

#[cfg(feature = "serde")]
#[test]
fn periods_criteria_and_rules_read_back() {
    let text = r#"
        format_version = 1
        period = { from = "2026-09-01", to = "2027-06-30" }

        [[criteria]]
        weight = 2
        criterion.common_time = { enough_minutes = 120 }

        [[criteria]]
        name = "worst week"
        weight = 1
        criterion.common_time = { enough_minutes = 60, meeting_minutes = 45, judge = "minimum" }

        [[rules]]
        forbid.too_little_common_time = { minutes = 30, meeting_minutes = 30, weeks_below = 2, if_missing = "allow" }
    "#;
    let read: Programme = toml::from_str(text).unwrap();
    let enough = CommonTime::enough_minutes;
    let worst = enough(60).meeting_minutes(45).judge(JudgedWeek::Minimum);
    let rule = TooLittleCommonTime::minutes(30)
        .meeting_minutes(30)
        .weeks_below(2);
    let built = Programme::builder()
        .period(date("2026-09-01"), date("2027-06-30"))
        .weigh(2, enough(120))
        .weigh_as("worst week", 1, worst, MissingPolicy::default())
        .forbid(rule.if_missing(IfMissing::Allow))
        .build()
        .unwrap();
    assert_eq!(read, built);
    assert_eq!(
        toml::from_str::<Programme>(&toml::to_string(&read).unwrap()).unwrap(),
        read
    );

    for (wrong, told) in [
        (
            r#"{ from = "2026-09-01", to = "2026-09-06" }"#,
            "shorter than 7 days",
        ),
        (r#"{ from = "2026-09-01", until = "2027-06-30" }"#, "until"),
    ] {
        let text = text.replace(r#"{ from = "2026-09-01", to = "2027-06-30" }"#, wrong);
        let error = toml::from_str::<Programme>(&text).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}
