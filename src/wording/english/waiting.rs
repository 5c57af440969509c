//! Who waits, and dates, in English.

use super::others;
use crate::date::CalendarDate;
use crate::ids::Role;
use crate::participant::Waiting;
use crate::wording::{OwnWaiting, Wording, layout};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day: `1 March 2026`.
pub(in crate::wording) fn date(date: CalendarDate) -> String {
    let month = layout::month(date, &MONTHS);
    format!("{} {month} {}", date.day(), date.year())
}

/// To the manager.
pub(in crate::wording) fn waiting<W: Wording + ?Sized>(words: &W, own: &Waiting) -> String {
    format!(
        "The {} {} has been waiting since {}, for {}. The last time: {}.",
        own.role,
        words.quoted(own.participant.as_str()),
        words.date(own.since),
        in_a_row(words, own.cycles, ["matching", "matchings"]),
        words.unmatched_kind(own.why)
    )
}

/// To the person.
pub(in crate::wording) fn own_waiting<W: Wording + ?Sized>(
    words: &W,
    role: Role,
    own: OwnWaiting,
) -> String {
    format!(
        "You have been waiting for a {} since {}, for {}. {}",
        others(role).0,
        words.date(own.since),
        in_a_row(words, own.cycles, ["round", "rounds"]),
        words.own_unmatched(role, own.why)
    )
}

fn in_a_row<W: Wording + ?Sized>(words: &W, cycles: u32, [one, many]: [&str; 2]) -> String {
    match cycles {
        1 => format!("{} {one}", words.number(1)),
        _ => format!("{} {many} in a row", words.number(cycles.into())),
    }
}
