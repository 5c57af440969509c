//! A problem of some of the people, who have pairs with each other only.

use super::{Problem, RowBuffer, Scores, Side};

impl Problem<'_> {
    /// The pairs of these mentees, with the same maxima, without minimums and groups. All of them are with these
    /// mentors, and `place` says by mentor where she stands among them.
    pub(in crate::solver) fn among(
        &self,
        mentees: &[u32],
        mentors: &[u32],
        place: &[u32],
    ) -> Problem<'static> {
        let mut starts = Vec::with_capacity(mentees.len() + 1);
        let (mut columns, mut scores) = (Vec::new(), Vec::new());
        let mut buffer = RowBuffer::default();
        for &mentee in mentees {
            starts.push(columns.len() as u64);
            self.for_each_allowed(mentee as usize, &mut buffer, |mentor, score| {
                columns.push(place[mentor as usize]);
                scores.push(score);
            });
        }
        starts.push(columns.len() as u64);
        let of = |max: &[u32], people: &[u32]| {
            let max = people.iter().map(|&person| max[person as usize]);
            Side::up_to(max.collect())
        };
        Problem {
            scores: Scores::Sparse {
                starts: starts.into(),
                mentors: columns.into(),
                scores: scores.into(),
            },
            mentees: of(&self.mentees.max, mentees),
            mentors: of(&self.mentors.max, mentors),
        }
    }
}
