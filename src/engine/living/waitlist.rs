//! Who is left waiting by a matching.

use crate::date::CalendarDate;
use crate::engine::outcome::Outcome;
use crate::ids::Role;
use crate::participant::{UnmatchedKind, Waiting, Waitlist};
use crate::reasons::{Unmatched, UnmatchedReason};

impl Outcome {
    /// The waitlist after this matching, given the one before it: everybody who looked for a partner and
    /// has none, since when, for how many matchings in a row, and why. Whoever takes no part for a while
    /// keeps her turn as it was; whoever has a partner, wants none any more or has left is off the list.
    ///
    /// A matching is counted once a call: call it for those that are put into force, and where events are put into force
    /// one by one, once a matching day and not once an event. For whoever waits since
    /// a later day than `today`, this matching is older than the list and is not counted.
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
                    _ => Some(match known {
                        Some(known) if today < known.since => known.clone(),
                        Some(known) => waits_on(known, &own.reason),
                        None => self.begins(own, today),
                    }),
                }
            })
            .collect();
        waiting.sort_by(|a, b| (a.role, &a.participant).cmp(&(b.role, &b.participant)));
        Waitlist { waiting }
    }

    /// Somebody whom this matching is the first to leave.
    fn begins(&self, own: &Unmatched, today: CalendarDate) -> Waiting {
        let (cohort, id) = (&self.stages().cohort, own.participant.as_str());
        let stated = match own.role {
            Role::Mentor => (cohort.mentor_idx(id)).map(|at| &cohort.mentors()[at].profile),
            Role::Mentee => (cohort.mentee_idx(id)).map(|at| &cohort.mentees()[at].profile),
        };
        Waiting {
            role: own.role,
            participant: own.participant.clone(),
            since: today,
            cycles: 1,
            stated: stated.and_then(|profile| profile.priority),
            why: UnmatchedKind::from(&own.reason),
        }
    }
}

/// Somebody whom one more matching leaves.
fn waits_on(known: &Waiting, reason: &UnmatchedReason) -> Waiting {
    Waiting {
        cycles: known.cycles.saturating_add(1),
        why: UnmatchedKind::from(reason),
        ..known.clone()
    }
}
