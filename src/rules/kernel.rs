//! The kernels of the criteria, judging instead of scoring.

use super::ForbidRow;
use crate::criteria::{ClassTable, Columns, Overlap, PairList, Shared, Side};
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

    fn bytes(&self) -> u64 {
        self.bytes()
    }
}

impl ForbidRow for PairList<()> {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.get(mentee, mentor).is_some()
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        self.list_forbidden(mentee, &mut |mentor| row[mentor] = true);
    }

    fn list_forbidden(&self, mentee: MenteeIdx, put: &mut dyn FnMut(MentorIdx)) -> bool {
        self.row(mentee)
            .iter()
            .for_each(|&(mentor, ())| put(mentor));
        true
    }

    fn bytes(&self) -> u64 {
        self.bytes()
    }
}

/// A verdict on each person: whoever is barred is barred from every pair.
pub(super) struct Sides {
    mentees: Vec<bool>, // indexed by mentee
    mentors: Vec<bool>, // indexed by mentor
}

impl Sides {
    /// Judges people of one side, or of both, of whom either bars a pair.
    pub(super) fn either<V>(people: Columns<V>, side: Side, bars: impl Fn(V) -> bool) -> Self {
        let judge = |counts: bool, people: Vec<V>| {
            let people = people.into_iter();
            people.map(|own| counts && bars(own)).collect()
        };
        Self {
            mentees: judge(side.has_mentee(), people.mentees),
            mentors: judge(side.has_mentor(), people.mentors),
        }
    }
}

impl ForbidRow for Sides {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.mentees[mentee] || self.mentors[mentor]
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        let barred = self.mentees[mentee];
        for (forbidden, &mentor) in row.iter_mut().zip(&self.mentors) {
            *forbidden |= barred | mentor;
        }
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        Some(self.mentees[mentee].into())
    }
}

/// A verdict on what two sets have in common, `None` where a side gave no answer.
pub(super) struct Shares<F> {
    pub(super) overlap: Overlap,
    pub(super) verdict: F,
}

impl<F: Fn(Option<Shared>) -> bool + Send + Sync> ForbidRow for Shares<F> {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        (self.verdict)(self.overlap.pair(mentee, mentor))
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        self.overlap.row(mentee, row, |forbidden, shared| {
            *forbidden |= (self.verdict)(shared);
        });
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        self.overlap.set_class(mentee)
    }

    fn bytes(&self) -> u64 {
        self.overlap.bytes()
    }
}

/// Forbids what either of two forbids.
pub(super) struct Either(pub(super) Box<dyn ForbidRow>, pub(super) Box<dyn ForbidRow>);

impl ForbidRow for Either {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.0.forbids(mentee, mentor) || self.1.forbids(mentee, mentor)
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        self.0.forbid_row(mentee, row);
        self.1.forbid_row(mentee, row);
    }

    fn bytes(&self) -> u64 {
        self.0.bytes() + self.1.bytes()
    }
}
