//! Kernel for what concerns a few named pairs only.

use std::collections::BTreeMap;

use super::csr::Csr;
use crate::ids::{MenteeIdx, MentorIdx};

/// A value for each of a few pairs.
pub(crate) struct PairList<T>(Csr<(MentorIdx, T)>); // by mentee; mentors ascending

impl<T: Copy> PairList<T> {
    pub(crate) fn new(mentees: usize, pairs: BTreeMap<(MenteeIdx, MentorIdx), T>) -> Self {
        let entries = pairs
            .into_iter()
            .map(|((mentee, mentor), value)| (mentee.index(), (mentor, value)))
            .collect();
        Self(Csr::new(mentees, entries))
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// The mentors listed for a mentee, ascending.
    pub(crate) fn row(&self, mentee: MenteeIdx) -> &[(MentorIdx, T)] {
        self.0.list(mentee.index())
    }

    pub(crate) fn get(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<T> {
        let row = self.row(mentee);
        let at = row
            .binary_search_by_key(&mentor, |&(mentor, _)| mentor)
            .ok()?;
        Some(row[at].1)
    }
}
