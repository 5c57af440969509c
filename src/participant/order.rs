//! One role's people in their dense order.
//!
//! Dense indices follow `(H(seed, id), id)`: whatever order the host lists people in, the same
//! people have the same indices, and no index favours anybody because of their name.

use std::collections::HashSet;
use std::sync::Arc;

use super::profile::Status;
use super::roles::{Bounds, Participant};
use super::time_zones::{self, Zone};
use crate::hash;
use crate::ids::ParticipantId;

/// Everybody in one role. All vectors are indexed alike, by `MentorIdx` or `MenteeIdx`.
pub(super) struct Side<P> {
    pub(super) people: Vec<Arc<P>>,
    /// `H(seed, id)`, ascending; people of equal keys stand in the order of their ids.
    pub(super) keys: Vec<u64>,
    /// `None` where the person names no zone.
    pub(super) zones: Vec<Option<Zone>>,
}

impl<P: Participant> Side<P> {
    pub(super) fn new(people: impl IntoIterator<Item = Arc<P>>, seed: u64) -> Self {
        let key = |person: &P| hash::key(seed, person.profile().id.as_str());
        let mut keyed: Vec<_> = people
            .into_iter()
            .map(|person| (key(&person), person))
            .collect();
        keyed.sort_unstable_by(|(a_key, a), (b_key, b)| {
            (a_key, &a.profile().id).cmp(&(b_key, &b.profile().id))
        });
        let (keys, people): (_, Vec<Arc<P>>) = keyed.into_iter().unzip();
        let zones = people.iter().map(|person| zone(&**person)).collect();
        Self {
            people,
            keys,
            zones,
        }
    }

    /// The same people in another seed's order.
    pub(super) fn reordered(&self, seed: u64) -> Self {
        Self::new(self.people.iter().cloned(), seed)
    }

    /// The same people, of whom all but these are paused, where some are named.
    pub(super) fn only(&self, named: Option<&[ParticipantId]>) -> Self {
        let named: Option<HashSet<&ParticipantId>> = named.map(|ids| ids.iter().collect());
        let rest = |person: &Arc<P>| {
            let own = person.profile();
            let is_left_out = named.as_ref().is_some_and(|named| !named.contains(&own.id));
            if is_left_out && own.status.is_active() {
                Arc::new(person.with_status(Status::Paused))
            } else {
                Arc::clone(person)
            }
        };
        Self {
            people: self.people.iter().map(rest).collect(),
            keys: self.keys.clone(),
            zones: self.zones.clone(),
        }
    }

    /// The same people, each of whom takes so many partners.
    pub(super) fn rebounded(&self, bounds: &[Bounds]) -> Self {
        let people = self.people.iter().zip(bounds);
        let people = people.map(|(person, &bounds)| match person.bounds() == bounds {
            true => Arc::clone(person),
            false => Arc::new(person.with_bounds(bounds)),
        });
        Self {
            people: people.collect(),
            keys: self.keys.clone(),
            zones: self.zones.clone(),
        }
    }

    /// The same people without wishes of a rank.
    pub(super) fn without_wishes(&self, rank: u32) -> Self {
        let people = self.people.iter().map(|person| {
            let mut wishes = person.profile().wishes.iter();
            match wishes.any(|wish| wish.rank == rank) {
                true => Arc::new(person.without_wishes(rank)),
                false => Arc::clone(person),
            }
        });
        Self {
            people: people.collect(),
            keys: self.keys.clone(),
            zones: self.zones.clone(),
        }
    }

    /// The same people in the same order.
    pub(super) fn same(&self) -> Self {
        Self {
            people: self.people.clone(),
            keys: self.keys.clone(),
            zones: self.zones.clone(),
        }
    }

    /// The dense position of the person with this id, given the seed of the order.
    pub(super) fn position(&self, seed: u64, id: &str) -> Option<u32> {
        let key = hash::key(seed, id);
        let first = self.keys.partition_point(|&other| other < key);
        let of_key = self.keys[first..].iter().take_while(|&&other| other == key);
        let place = (first..first + of_key.count())
            .find(|&place| self.people[place].profile().id.as_str() == id)?;
        u32::try_from(place).ok()
    }
}

fn zone<P: Participant>(person: &P) -> Option<Zone> {
    person
        .profile()
        .time_zone
        .as_deref()
        .and_then(time_zones::named)
}
