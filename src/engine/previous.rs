//! Pairs of an earlier matching, as they come with a run.

use super::options::RunOptions;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::Cohort;

/// Pairs that there were before, each once.
#[derive(Clone, Default)]
pub(super) struct Previous {
    /// Those of people who are there now.
    pub(super) pairs: Vec<(MenteeIdx, MentorIdx)>,
    /// The others, sorted: mentee, then mentor.
    pub(super) unknown: Vec<(ParticipantId, ParticipantId)>,
}

impl Previous {
    pub(super) fn of(options: &RunOptions, cohort: &Cohort) -> Self {
        let mut stated: Vec<_> = options.previous.iter().collect();
        stated.sort_unstable();
        stated.dedup();
        let mut found = Self::default();
        for (mentee, mentor) in stated {
            let ends = (
                cohort.mentee_idx(mentee.as_str()),
                cohort.mentor_idx(mentor.as_str()),
            );
            match ends {
                (Some(mentee), Some(mentor)) => found.pairs.push((mentee, mentor)),
                _ => found.unknown.push((mentee.clone(), mentor.clone())),
            }
        }
        found
    }
}
