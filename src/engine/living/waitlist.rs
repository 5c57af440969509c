//! Who is left waiting by a matching.

use crate::date::CalendarDate;
use crate::engine::outcome::Outcome;
use crate::ids::{ParticipantId, Role};
use crate::participant::{Waiting, Waitlist};
use crate::reasons::UnmatchedReason;

impl Outcome {
    /// The waitlist after this matching, given the one before it: everybody who looked for a partner and
    /// has none, since when, for how many matchings in a row, and why. Whoever takes no part for a while
    /// keeps her turn as it was; whoever has a partner, wants none any more or has left is off the list.
    ///
    /// An example is at [`Waitlist`].
    #[must_use]
    pub fn waitlist(&self, before: &Waitlist, today: CalendarDate) -> Waitlist {
        let mut waiting: Vec<_> = self
            .unmatched()
            .iter()
            .filter_map(|own| {
                let known = before.of(own.role, own.participant.as_str());
                match own.reason {
                    UnmatchedReason::NotTakingPart => known.cloned(),
                    UnmatchedReason::NoPlaces => None,
                    _ => Some(waits(
                        own.role,
                        &own.participant,
                        (known, today),
                        &own.reason,
                    )),
                }
            })
            .collect();
        waiting.sort_by(|a, b| (a.role, &a.participant).cmp(&(b.role, &b.participant)));
        Waitlist { waiting }
    }
}

fn waits(
    role: Role,
    participant: &ParticipantId,
    (known, today): (Option<&Waiting>, CalendarDate),
    reason: &UnmatchedReason,
) -> Waiting {
    Waiting {
        role,
        participant: participant.clone(),
        since: known.map_or(today, |own| own.since),
        cycles: known.map_or(1, |own| own.cycles.saturating_add(1)),
        why: reason.to_string(),
    }
}
