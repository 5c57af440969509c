//! Who waits, and dates, in German.

use super::German;
use super::warnings::person;
use crate::date::CalendarDate;
use crate::ids::Role;
use crate::participant::Waiting;
use crate::wording::{OwnWaiting, Wording, layout};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A day: `1. März 2026`.
pub(super) fn date(date: CalendarDate) -> String {
    let month = layout::month(date, &MONTHS);
    format!("{}. {month} {}", date.day(), date.year())
}

/// To the manager.
pub(super) fn waiting(own: &Waiting) -> String {
    format!(
        "{} wartet seit dem {} (Matchings in Folge: {}). Zuletzt: {}.",
        person(own.role, &own.participant),
        German.date(own.since),
        German.number(own.cycles.into()),
        German.unmatched_kind(own.why)
    )
}

/// To the person.
pub(super) fn own_waiting(role: Role, own: OwnWaiting) -> String {
    let partner = match role {
        Role::Mentee => "eine Mentorin oder einen Mentor",
        Role::Mentor => "eine oder einen Mentee",
    };
    format!(
        "Du wartest seit dem {} auf {partner} (Runden in Folge: {}). {}",
        German.date(own.since),
        German.number(own.cycles.into()),
        German.own_unmatched(role, own.why)
    )
}
