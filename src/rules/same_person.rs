//! Nobody mentors themself.

use super::{ForbidRow, Rule};
use crate::criteria::{Context, PairList};
use crate::error::ProgrammeError;
use crate::ids::MenteeIdx;

/// Forbids pairing a person with themself: mentor and mentee of one id.
///
/// Holds in every programme; it is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamePerson;

impl Rule for SamePerson {
    fn name(&self) -> &str {
        "same_person"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let cohort = context.cohort;
        let mentees = cohort.mentees();
        let pairs = MenteeIdx::all(mentees.len())
            .zip(mentees)
            .filter_map(|(mentee, person)| {
                let mentor = cohort.mentor_idx(person.profile.id.as_str())?;
                Some(((mentee, mentor), ()))
            });
        Ok(Box::new(PairList::new(mentees.len(), pairs.collect())))
    }
}
