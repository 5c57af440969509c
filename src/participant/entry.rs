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
pub(super) fn entries<'a>(mentors: &'a [Mentor], mentees: &'a [Mentee]) -> Vec<Entry<'a>> {
    side(mentors).chain(side(mentees)).collect()
}

fn side<P: Participant>(people: &[P]) -> impl Iterator<Item = Entry<'_>> {
    people.iter().enumerate().map(|(position, person)| Entry {
        role: P::ROLE,
        position,
        profile: person.profile(),
        bounds: person.bounds(),
    })
}
