//! A participant's own no is final.

use std::collections::BTreeMap;

use super::{ForbidRow, Rule};
use crate::criteria::{Context, PairList};
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};

/// Forbids pairs that either side has vetoed.
///
/// Holds in every programme; it is not stated. A veto of somebody who does not take part means
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Veto;

impl Rule for Veto {
    fn name(&self) -> &str {
        "veto"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let cohort = context.cohort;
        let mut pairs = BTreeMap::new();
        let mentees = cohort.mentees();
        for (mentee, person) in MenteeIdx::all(mentees.len()).zip(mentees) {
            let vetoed = person.profile.vetoes.iter();
            let mentors = vetoed.filter_map(|id| cohort.mentor_idx(id.as_str()));
            pairs.extend(mentors.map(|mentor| ((mentee, mentor), ())));
        }
        let mentors = cohort.mentors();
        for (mentor, person) in MentorIdx::all(mentors.len()).zip(mentors) {
            let vetoed = person.profile.vetoes.iter();
            let mentees = vetoed.filter_map(|id| cohort.mentee_idx(id.as_str()));
            pairs.extend(mentees.map(|mentee| ((mentee, mentor), ())));
        }
        Ok(Box::new(PairList::new(mentees.len(), pairs)))
    }
}
