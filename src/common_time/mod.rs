//! When two people both have time, week by week over a programme's period: exact to the minute.
//!
//! # What is counted
//! A person is available at a minute (of UTC) if the local time of that minute's beginning, in
//! their time zone, lies in one of their weekly windows. Overlapping windows count once. Where a
//! clock is put back, the repeated hour counts twice; where it is put forward, the skipped one does
//! not count.
//!
//! What is measured of two people in a week is the number of minutes at which a stretch in which
//! both are available, at least as long as a meeting, could *begin*: an hour in common holds one
//! beginning of a meeting of 60 minutes, and 31 of a meeting of 30. For meetings of 1 minute it is
//! the minutes in common. A meeting may run over the end of its week, and over that of the period.
//!
//! Weeks are spans of seven days from 00:00 UTC of the period's first day. Days left over at the
//! end of the period are in none. The typical week is the lower median.
//!
//! Where either side states no window or no time zone, there is nothing to count.
//!
//! # How
//! A meeting can begin where it can begin for each side alone, so both sides' windows are shortened
//! once, to what they leave as [beginnings](span), and a pair is only intersected. Few weeks
//! differ: those without a change of either clock by the distance of the clocks alone, the others
//! by where the changes lie in the week. So every [clock] has a few *kinds* of week, and every two
//! clocks have a few pairs of kinds with a number of weeks each ([`calendar`]). A pair is counted
//! from its intervals ([`Calendar::pair`]), a row from cumulated beginnings (`rows`).

mod calendar;

mod clock;

mod diaries;

mod facts;

mod plan;

mod rows;

mod span;

pub use facts::TimeInCommon;

pub(crate) use calendar::Calendar;
pub(crate) use facts::Measure;
pub(crate) use rows::Rows;
pub(crate) use span::{LONGEST_MEETING, WEEK};
