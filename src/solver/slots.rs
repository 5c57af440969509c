//! Pairs that a mentee has as the one of her mentor's kind.
//!
//! The flow of her pairs runs through slots, one for each kind. A slot that is not used is no node of a
//! residual graph: a unit enters it from the mentee only, so it may as well go to the mentor at once. One
//! that is used is a node of its own. The unit in it may go to another mentor of the kind instead,
//! or back up to the mentee; no other can enter.

use super::assignment::Assignment;
use super::problem::Problem;

/// A mentee's pair with a mentor of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) mentee: usize,
    pub(super) mentor: usize,
}

/// All slots that are used, in the order of the assignment's pairs.
#[derive(Clone, Default)]
pub(super) struct Slots {
    pub(super) all: Vec<Slot>,
    /// Mentee `i` has `all[starts[i]..starts[i + 1]]`; empty where there are none.
    starts: Vec<usize>,
}

impl Slots {
    /// The slots of these mentees.
    pub(super) fn new(
        problem: &Problem<'_>,
        assignment: &Assignment,
        has_slots: impl Fn(usize) -> bool,
    ) -> Self {
        if problem.mentors.kinds.is_empty() {
            return Self::default();
        }
        let (mut all, mut starts) = (Vec::new(), vec![0; problem.mentees() + 1]);
        for (mentee, mentor) in assignment.pairs() {
            let (mentee, mentor) = (mentee.index(), mentor.index());
            if problem.mentors.kinds.of(mentor).is_some() && has_slots(mentee) {
                starts[mentee + 1] += 1;
                all.push(Slot { mentee, mentor });
            }
        }
        for mentee in 0..problem.mentees() {
            starts[mentee + 1] += starts[mentee];
        }
        Self { all, starts }
    }

    /// The numbers of a mentee's slots.
    pub(super) fn of(&self, mentee: usize) -> std::ops::Range<usize> {
        match self.starts.get(mentee..=mentee + 1) {
            Some(&[start, end]) => start..end,
            _ => 0..0,
        }
    }

    /// The number of the mentee's slot for a mentor's kind, if it is used.
    #[inline]
    pub(super) fn find(
        &self,
        problem: &Problem<'_>,
        mentee: usize,
        mentor: usize,
    ) -> Option<usize> {
        let kind = problem.mentors.kinds.of(mentor)?;
        let is_of_kind = |&at: &usize| problem.mentors.kinds.of(self.all[at].mentor) == Some(kind);
        self.of(mentee).find(is_of_kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::instance::pairs_of;
    use super::super::common::random::Random;
    use super::super::common::shapes::{Case, Family};
    use super::*;
    use crate::solver::{Level, SolveOptions, solve};

    #[test]
    fn slots_are_the_pairs_with_mentors_like_others() {
        let mut used = 0;
        for seed in 0..60 {
            let case = Case::of_size(&mut Random::new(seed), Family::Kinds, (4, 5));
            let problem = case.dense();
            let solution = solve(&problem, &SolveOptions::new([Level::Pairs])).unwrap();
            let slots = Slots::new(&problem, &solution.assignment, |mentee| mentee != 2);
            let is_slot = |&(mentee, mentor): &(usize, usize)| {
                let like = |other| other != mentor && case.instance.are_alike(mentor, other);
                mentee != 2 && (0..5).any(like)
            };
            let mut pairs = pairs_of(&solution.assignment);
            pairs.retain(is_slot);
            let pair = |slot: &Slot| (slot.mentee, slot.mentor);
            assert_eq!(slots.all.iter().map(pair).collect::<Vec<_>>(), pairs);
            for mentee in 0..4 {
                let own: Vec<_> = pairs
                    .iter()
                    .copied()
                    .filter(|own| own.0 == mentee)
                    .collect();
                let found = slots.of(mentee).map(|at| pair(&slots.all[at]));
                assert_eq!(found.collect::<Vec<_>>(), own);
                for mentor in 0..5 {
                    let found = slots.find(&problem, mentee, mentor);
                    let of_kind = own
                        .iter()
                        .find(|own| case.instance.are_alike(own.1, mentor));
                    assert_eq!(found.map(|at| pair(&slots.all[at])).as_ref(), of_kind);
                }
            }
            used += pairs.len();
        }
        assert!(used > 60, "{used}");
    }
}
