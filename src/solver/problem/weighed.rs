//! A problem whose scores are weighed against the values of listed pairs.

use super::{Problem, Row, RowBuffer, RowSource};
use crate::ids::MenteeIdx;
use crate::solver::level::ListedValues;

/// Marks a pair that is not allowed; no weighed score is as low.
const ABSENT: i32 = i32::MIN;

/// The pairs of a problem from a floor on. Each is worth its score times one weight, and what is listed of it
/// times another.
#[derive(Clone, Copy)]
pub(in crate::solver) struct Weighed<'p> {
    pub(in crate::solver) whole: &'p Problem<'p>,
    pub(in crate::solver) floor: i32,
    pub(in crate::solver) weight: i32,
    pub(in crate::solver) listed: Option<&'p ListedValues>,
    pub(in crate::solver) weight_of_listed: i32,
    /// Pairs that are not allowed here, mentee and mentor, in order.
    pub(in crate::solver) barred: &'p [(u32, u32)],
}

impl Weighed<'_> {
    /// The problem with the weighed scores, and all bounds of the whole. What does not fit 32 bits stands at the
    /// limit: weights are chosen so that nothing does.
    pub(in crate::solver) fn problem(&self) -> Option<Problem<'_>> {
        let (mentees, mentors) = (self.whole.mentees(), self.whole.mentors());
        let range = ABSENT + 1..=i32::MAX;
        let left = Problem::on_demand(mentees, mentors, self, range, Some(ABSENT)).ok()?;
        Some(Problem {
            mentees: self.whole.mentees.clone(),
            mentors: self.whole.mentors.clone(),
            ..left
        })
    }

    /// What a pair of this score is worth; `None` if it scores too little.
    pub(in crate::solver) fn of(&self, mentee: usize, mentor: u32, score: i32) -> Option<i32> {
        if self.barred_of(mentee).any(|barred| barred == mentor) {
            return None;
        }
        let listed = |listed: &ListedValues| listed.value(mentee, mentor as usize);
        self.with(score, self.listed.map_or(0, listed))
    }

    /// The mentors that a mentee may not have here.
    fn barred_of(&self, mentee: usize) -> impl Iterator<Item = u32> + use<'_> {
        let first = self
            .barred
            .partition_point(|pair| (pair.0 as usize) < mentee);
        let own = self.barred[first..].iter();
        let own = own.take_while(move |pair| pair.0 as usize == mentee);
        own.map(|pair| pair.1)
    }

    /// The same for a pair of which so much is listed.
    pub(in crate::solver) fn with(&self, score: i32, value: i32) -> Option<i32> {
        let weighed = self.weigh(score);
        (weighed != ABSENT).then(|| self.with_listed(weighed, value))
    }

    fn with_listed(&self, weighed: i32, value: i32) -> i32 {
        let more = value.saturating_mul(self.weight_of_listed);
        weighed.saturating_add(more).max(ABSENT + 1)
    }

    fn weigh(&self, score: i32) -> i32 {
        if score < self.floor {
            ABSENT
        } else {
            score.saturating_mul(self.weight).max(ABSENT + 1)
        }
    }
}

impl RowSource for Weighed<'_> {
    fn fill(&self, mentee: MenteeIdx, scores: &mut [i32]) {
        // A row that breaks its promise has no pairs here; the whole problem remembers it.
        let mut buffer = RowBuffer::default();
        let Some(row) = self.whole.row(mentee.index(), &mut buffer) else {
            return;
        };
        match row {
            Row::Dense {
                scores: all,
                absent,
            } => {
                for (weighed, &score) in scores.iter_mut().zip(all) {
                    *weighed = if Some(score) == absent {
                        ABSENT
                    } else {
                        self.weigh(score)
                    };
                }
            }
            Row::Sparse { .. } => row.for_each(|at, score| scores[at as usize] = self.weigh(score)),
        }
        let listed = self
            .listed
            .map_or(&[][..], |listed| listed.of(mentee.index()));
        for &(mentor, value) in listed {
            if let Some(score) = scores.get_mut(mentor as usize)
                && *score != ABSENT
            {
                *score = self.with_listed(*score, value);
            }
        }
        for mentor in self.barred_of(mentee.index()) {
            if let Some(score) = scores.get_mut(mentor as usize) {
                *score = ABSENT;
            }
        }
    }
}
