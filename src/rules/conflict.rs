//! Two people who must not be paired, as the host says.

use std::collections::BTreeMap;

use super::{ForbidRow, Rule};
use crate::criteria::{Context, PairList};
use crate::error::ProgrammeError;

/// Forbids pairs that the cohort's list of conflicts names, in whichever roles
/// ([`CohortBuilder::conflict`](crate::CohortBuilder::conflict)).
///
/// Holds in every programme; it is not stated. A conflict with somebody who does not take part means
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict;

impl Rule for Conflict {
    fn name(&self) -> &str {
        "conflict"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let cohort = context.cohort;
        let either_way = cohort.conflicts().iter();
        let either_way = either_way.flat_map(|(one, other)| [(one, other), (other, one)]);
        let pairs = either_way.filter_map(|(mentee, mentor)| {
            let mentee = cohort.mentee_idx(mentee.as_str())?;
            let mentor = cohort.mentor_idx(mentor.as_str())?;
            Some(((mentee, mentor), ()))
        });
        let pairs: BTreeMap<_, _> = pairs.collect();
        Ok(Box::new(PairList::new(cohort.mentees().len(), pairs)))
    }
}
