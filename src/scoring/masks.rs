//! Verdicts that mentees share, judged once.

use super::layers::Classes;
use crate::ids::MenteeIdx;

/// Whom a rule forbids, by class of mentees.
pub(super) struct Masks {
    classes: Classes,
    mentors: usize,
    forbidden: Vec<bool>, // class by class, indexed by mentor
    counts: Vec<u32>,     // indexed by class: how many are forbidden
}

/// A rule's verdicts are kept for at most this many pairs of a class and a mentor.
const MOST_VERDICTS: usize = 8 << 20;

impl Masks {
    /// `None` where mentees share too few rows.
    pub(super) fn new<K: std::hash::Hash + Eq>(
        mentees: usize,
        mentors: usize,
        class: impl Fn(MenteeIdx) -> Option<K>,
        mut judge: impl FnMut(MenteeIdx, &mut [bool]) -> bool,
    ) -> Option<Self> {
        let most = (MOST_VERDICTS / mentors.max(1)).min(mentees / 2);
        let classes = Classes::number(mentees, most, class)?;
        let mut forbidden = vec![false; classes.example.len() * mentors];
        let rows = forbidden.chunks_mut(mentors.max(1));
        for (&mentee, row) in classes.example.iter().zip(rows) {
            if !judge(mentee, row) {
                return None;
            }
        }
        let counts = forbidden.chunks(mentors.max(1)).map(count).collect();
        Some(Self {
            classes,
            mentors,
            forbidden,
            counts,
        })
    }

    /// Bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        self.forbidden.len() + self.classes.of.len() * size_of::<u32>()
    }

    /// Whom the rule forbids a mentee, and how many that are.
    pub(super) fn row(&self, mentee: MenteeIdx) -> (&[bool], u32) {
        let class = self.classes.of[mentee] as usize;
        let row = &self.forbidden[class * self.mentors..][..self.mentors];
        (row, self.counts.get(class).copied().unwrap_or(0))
    }
}

/// How many entries are set.
pub(super) fn count(row: &[bool]) -> u32 {
    let chunks = row.chunks(255); // whose sums fit the byte that a vector register has for each
    let counts = chunks.map(|chunk| chunk.iter().map(|&forbidden| u8::from(forbidden)).sum());
    counts.map(|count: u8| u32::from(count)).sum()
}
