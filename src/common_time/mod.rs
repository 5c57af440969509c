//! When two people both have time, week by week over a programme's period: exact to the minute.
//!
//! What is counted, [`CommonTime`](crate::CommonTime) says: it is the one place.
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
