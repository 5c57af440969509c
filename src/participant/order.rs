//! One role's people in their dense order.
//!
//! Dense indices follow `(H(seed, id), id)`: whatever order the host lists people in, the same
//! people have the same indices, and no index favours anybody because of their name.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use super::profile::Status;
use super::roles::{Bounds, Participant};
use super::time_zones::{self, Zone};
use crate::hash;
use crate::ids::ParticipantId;

/// Everybody in one role. All vectors are indexed alike, by `MentorIdx` or `MenteeIdx`.
#[derive(Clone)]
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

    /// Those at these positions, which ascend.
    pub(super) fn part(&self, positions: impl Iterator<Item = usize> + Clone) -> Self {
        Self {
            people: positions
                .clone()
                .map(|at| Arc::clone(&self.people[at]))
                .collect(),
            keys: positions.clone().map(|at| self.keys[at]).collect(),
            zones: positions.map(|at| self.zones[at].clone()).collect(),
        }
    }

    /// One more person, or another profile of somebody who is there.
    pub(super) fn put(&mut self, seed: u64, person: Arc<P>) {
        let id = &person.profile().id;
        let (key, zone) = (hash::key(seed, id.as_str()), zone(&*person));
        match self.search(key, id.as_str()) {
            Ok(at) => (self.people[at], self.zones[at]) = (person, zone),
            Err(at) => {
                self.people.insert(at, person);
                self.keys.insert(at, key);
                self.zones.insert(at, zone);
            }
        }
    }

    /// Takes a person out.
    pub(super) fn remove(&mut self, at: usize) -> Arc<P> {
        self.keys.remove(at);
        self.zones.remove(at);
        self.people.remove(at)
    }

    /// By position: where the person stood in an earlier state of the same side; `None` for those who
    /// are new.
    pub(super) fn places_in(&self, before: &Self) -> Vec<Option<u32>> {
        let (mut next, mut places) = (0, Vec::with_capacity(self.people.len()));
        for (key, person) in self.keys.iter().zip(&self.people) {
            // Nearly everybody is the very same record, which need not be read then.
            let against = |at: usize| {
                let other = before.people.get(at)?;
                if Arc::ptr_eq(person, other) {
                    return Some(Ordering::Equal);
                }
                let by_id = || other.profile().id.cmp(&person.profile().id);
                Some(before.keys[at].cmp(key).then_with(by_id))
            };
            while against(next) == Some(Ordering::Less) {
                next += 1;
            }
            let is_there = against(next) == Some(Ordering::Equal);
            places.push(is_there.then(|| u32::try_from(next).unwrap_or(u32::MAX)));
        }
        places
    }

    /// Where the person of this key and id stands, or would.
    fn search(&self, key: u64, id: &str) -> Result<usize, usize> {
        let first = self.keys.partition_point(|&other| other < key);
        let of_key = self.keys[first..].iter().take_while(|&&other| other == key);
        let of_key = &self.people[first..first + of_key.count()];
        let found = of_key.binary_search_by(|own| own.profile().id.as_str().cmp(id));
        found.map(|at| first + at).map_err(|at| first + at)
    }

    /// The dense position of the person with this id, given the seed of the order.
    pub(super) fn position(&self, seed: u64, id: &str) -> Option<u32> {
        let place = self.search(hash::key(seed, id), id).ok()?;
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
