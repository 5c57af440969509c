//! The kernels of the criteria, judging instead of scoring.

use super::ForbidRow;
use crate::criteria::{ClassTable, PairList};
use crate::ids::{MenteeIdx, MentorIdx};

impl<V, F> ForbidRow for ClassTable<V, F, bool>
where
    V: Ord + Copy + Send + Sync,
    F: Fn(V, V) -> bool + Send + Sync,
{
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.pair(mentee, mentor)
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        self.row(mentee, row, |forbidden, verdict| *forbidden |= verdict);
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        Some(self.class(mentee))
    }
}

impl ForbidRow for PairList<()> {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.get(mentee, mentor).is_some()
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        for &(mentor, ()) in self.row(mentee) {
            row[mentor] = true;
        }
    }
}
