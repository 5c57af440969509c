//! One line of a roster, as the checks see it.

use super::attribute::Attributes;
use super::profile::Profile;
use super::roles::{Bounds, Mentee, Mentor, Participant};
use crate::error::{CohortProblem, CohortProblemKind};
use crate::ids::{ParticipantId, Role};

/// Somebody in a role, not yet checked.
pub(super) struct Entry<'a> {
    pub(super) role: Role,
    /// Where it stands in the list the host gave, from 0.
    pub(super) position: usize,
    pub(super) profile: &'a Profile,
    pub(super) bounds: Bounds,
}

impl<'a> Entry<'a> {
    pub(super) fn id(&self) -> &'a ParticipantId {
        &self.profile.id
    }

    pub(super) fn problem(
        &self,
        field: impl Into<String>,
        kind: CohortProblemKind,
    ) -> CohortProblem {
        CohortProblem {
            role: Some(self.role),
            participant: Some(self.id().clone()),
            field: field.into(),
            kind,
        }
    }

    /// The three kinds of attributes, each with its field's name.
    pub(super) fn attributes(&self) -> [(&'static str, &'a Attributes); 3] {
        [
            ("attributes", &self.profile.attributes),
            ("quota_attributes", &self.profile.quota_attributes),
            ("monitor_attributes", &self.profile.monitor_attributes),
        ]
    }
}

/// Everybody, mentors first.
pub(super) fn entries<'a>(
    mentors: impl IntoIterator<Item = &'a Mentor>,
    mentees: impl IntoIterator<Item = &'a Mentee>,
) -> Vec<Entry<'a>> {
    side(mentors).chain(side(mentees)).collect()
}

/// Everybody in one role.
pub(super) fn side<'a, P: Participant + 'a>(
    people: impl IntoIterator<Item = &'a P>,
) -> impl Iterator<Item = Entry<'a>> {
    let people = people.into_iter().enumerate();
    people.map(|(position, person)| Entry {
        role: P::ROLE,
        position,
        profile: person.profile(),
        bounds: person.bounds(),
    })
}
