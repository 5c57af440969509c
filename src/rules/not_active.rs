//! Only people who take part are paired.

use super::{ForbidRow, Rule};
use crate::criteria::Context;
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Profile, Status};

/// Forbids pairs in which either side is paused or withdrawn.
///
/// Holds in every programme; it is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotActive;

impl Rule for NotActive {
    fn name(&self) -> &str {
        "not_active"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let inactive = |profile: &Profile| profile.status != Status::Active;
        let (mentees, mentors) = (context.cohort.mentees(), context.cohort.mentors());
        Ok(Box::new(Inactive {
            mentees: mentees.iter().map(|m| inactive(&m.profile)).collect(),
            mentors: mentors.iter().map(|m| inactive(&m.profile)).collect(),
        }))
    }
}

struct Inactive {
    mentees: Vec<bool>, // indexed by mentee
    mentors: Vec<bool>, // indexed by mentor
}

impl ForbidRow for Inactive {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.mentees[mentee] || self.mentors[mentor]
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        let inactive = self.mentees[mentee];
        for (forbidden, &mentor) in row.iter_mut().zip(&self.mentors) {
            *forbidden |= inactive | mentor;
        }
    }
}
