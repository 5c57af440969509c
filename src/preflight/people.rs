//! Everybody who takes part, and what they left open.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Silence};
use crate::ids::Role;
use crate::participant::{Bounds, Cohort, Field, Profile};
use crate::programme::Programme;

/// Somebody who takes part.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) role: Role,
    pub(super) profile: &'a Profile,
    pub(super) bounds: Bounds,
}

/// Everybody who takes part: mentees, then mentors, each in the order of ids.
pub(super) fn taking_part(cohort: &Cohort) -> Vec<Person<'_>> {
    let mentees = cohort.mentees().iter().map(|own| Person {
        role: Role::Mentee,
        profile: &own.profile,
        bounds: own.demand,
    });
    let mentors = cohort.mentors().iter().map(|own| Person {
        role: Role::Mentor,
        profile: &own.profile,
        bounds: own.capacity,
    });
    let both = mentees.chain(mentors);
    let mut people: Vec<_> = both
        .filter(|person| person.profile.status.is_active())
        .collect();
    people.sort_unstable_by(|a, b| (b.role, &a.profile.id).cmp(&(a.role, &b.profile.id)));
    people
}

/// Who answers what the programme reads.
pub(super) struct Questions {
    /// Who reads what, in the programme's order: criteria that count, then rules.
    readers: Vec<(String, Vec<(Role, Field)>)>,
    silences: BTreeMap<(Role, Field), Silence>,
}

impl Questions {
    pub(super) fn new(programme: &Programme, people: &[Person<'_>]) -> Self {
        let criteria = programme.criteria().iter().zip(programme.weights());
        let criteria = criteria
            .filter(|(_, weight)| **weight > 0)
            .map(|(own, _)| (own.name.clone(), own.criterion.fields()));
        let rules = programme.rules().iter();
        let rules = rules.map(|own| (own.name.clone(), own.forbid.fields()));
        let readers: Vec<_> = criteria.chain(rules).collect();
        let asked: BTreeSet<_> = readers.iter().flat_map(|(_, fields)| fields).collect();
        let silences = asked.into_iter().map(|asked| {
            let (role, field) = asked.clone();
            (asked.clone(), silence(role, field, people))
        });
        Self {
            silences: silences.collect(),
            readers,
        }
    }

    /// Whether any criterion that counts or any rule says that it reads a role's answers to a field.
    pub(super) fn asks(&self, role: Role, field: &Field) -> bool {
        self.silences.contains_key(&(role, field.clone()))
    }

    /// Who left open what is read, by the fields.
    pub(super) fn silences(&self, fields: &[(Role, Field)]) -> Vec<Silence> {
        let mut found: Vec<Silence> = Vec::new();
        for silence in fields.iter().filter_map(|field| self.silences.get(field)) {
            if silence.silent > 0 && !found.contains(silence) {
                found.push(silence.clone());
            }
        }
        found
    }

    /// Fields that nobody answers, by whoever reads them.
    pub(super) fn unanswered(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for (owner, fields) in &self.readers {
            let silences = self.silences(fields).into_iter();
            for Silence { role, field, .. } in silences.filter(Silence::is_total) {
                let owner = owner.clone();
                found.push(Finding::NobodyAnswers { owner, role, field });
            }
        }
        found
    }

    /// Everybody who left open what others answered.
    pub(super) fn incomplete(&self, people: &[Person<'_>]) -> Vec<Finding> {
        let mut found = Vec::new();
        for person in people {
            let asked = self.silences.values();
            let open = asked
                .filter(|asked| asked.role == person.role && !asked.is_total())
                .filter(|asked| asked.field.of(person.profile).is_none());
            let fields: Vec<_> = open.map(|asked| asked.field.clone()).collect();
            if !fields.is_empty() {
                found.push(Finding::Incomplete {
                    role: person.role,
                    participant: person.profile.id.clone(),
                    fields,
                });
            }
        }
        found
    }
}

impl Silence {
    fn is_total(&self) -> bool {
        self.people > 0 && self.silent == self.people
    }
}

fn silence(role: Role, field: Field, people: &[Person<'_>]) -> Silence {
    let mut silence = Silence {
        role,
        field,
        silent: 0,
        people: 0,
    };
    for person in people.iter().filter(|person| person.role == role) {
        silence.people += 1;
        silence.silent += u32::from(silence.field.of(person.profile).is_none());
    }
    silence
}

/// Everybody who weighs criteria by names that are none of the programme's.
pub(super) fn unknown_weights(programme: &Programme, people: &[Person<'_>]) -> Vec<Finding> {
    let names: BTreeSet<&str> = (programme.criteria().iter())
        .map(|own| own.name.as_str())
        .collect();
    let is_unknown = |name: &String| !names.contains(name.as_str());
    let unknown = people
        .iter()
        .filter(|own| own.profile.weights.keys().any(is_unknown));
    unknown
        .map(|person| Finding::UnknownWeight {
            role: person.role,
            participant: person.profile.id.clone(),
        })
        .collect()
}

/// How many people weigh criteria themselves, where the programme does not let them.
pub(super) fn idle_weights(programme: &Programme, people: &[Person<'_>]) -> Option<Finding> {
    let weighs =
        |own: &&Person<'_>| own.profile.most_important.is_some() || !own.profile.weights.is_empty();
    let count = people.iter().filter(weighs).count();
    let is_idle = programme.emphasis().is_none() && count > 0;
    is_idle.then_some(Finding::IdleWeights { people: count })
}

/// Everybody whose most important criterion is none of the programme's.
pub(super) fn unknown_most_important(
    programme: &Programme,
    people: &[Person<'_>],
) -> impl Iterator<Item = Finding> {
    let names: BTreeSet<&str> = (programme.criteria().iter())
        .map(|own| own.name.as_str())
        .collect();
    let unknown = move |person: &&Person<'_>| {
        let named = person.profile.most_important.as_deref();
        named.is_some_and(|name| !names.contains(name))
    };
    people
        .iter()
        .filter(unknown)
        .map(|person| Finding::UnknownMostImportant {
            role: person.role,
            participant: person.profile.id.clone(),
        })
}
