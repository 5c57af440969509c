//! Whom somebody without a mentor competes with.
//!
//! # Idea
//! She could have any mentor who is allowed; if all of those are full, one of their mentees would have to
//! change, and so on. If nobody with room is ever met, the mentees met want more than the mentors met have:
//! a set of the kind that P. Hall's theorem forbids. Starting from her alone it is the smallest one that she
//! is in: whoever is left out of it takes his mentor out too, and nothing is gained.
//!
//! # Complexity
//! The rows of the mentees met, until every mentor has been met.
//!
//! # References
//! P. Hall, "On representatives of subsets", 1935; D. Kőnig, "Gráfok és mátrixok", 1931.

use super::super::problem::RowBuffer;
use super::residual::{Residual, number};
use crate::ids::{MenteeIdx, MentorIdx};

/// Mentees and the mentors they compete for: these are all the mentors that any of them may have, all are
/// full, and all they have is some of these mentees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Competition {
    /// The mentees, ascending, the one who was asked about among them.
    pub mentees: Vec<MenteeIdx>,
    /// The mentors, ascending.
    pub mentors: Vec<MentorIdx>,
    /// How many places these mentors have.
    pub places: u64,
}

/// The competition of a mentee; `None` if a mentor with room is met, so that places are not what is short.
pub(super) fn competition(residual: &Residual<'_>, mentee: usize) -> Option<Competition> {
    let problem = residual.problem;
    let mut is_met = (
        vec![false; problem.mentees()],
        vec![false; problem.mentors()],
    );
    is_met.0[mentee] = true;
    let mut unmet = problem.mentors();
    let (mut queue, mut buffer, mut found) = (vec![mentee], RowBuffer::default(), Vec::new());
    while let Some(mentee) = queue.pop().filter(|_| unmet > 0) {
        problem.for_each_allowed(mentee, &mut buffer, |mentor, _| {
            if !std::mem::replace(&mut is_met.1[mentor as usize], true) {
                found.push(mentor as usize);
            }
        });
        unmet -= found.len();
        for mentor in found.drain(..) {
            if residual.load(residual.mentor_node(mentor)) < problem.mentors.max[mentor] {
                return None;
            }
            for &(other, _) in residual.chosen(mentor) {
                if !std::mem::replace(&mut is_met.0[other as usize], true) {
                    queue.push(other as usize);
                }
            }
        }
    }
    let (mentees, mentors) = (positions(&is_met.0), positions(&is_met.1));
    let places = mentors
        .iter()
        .map(|&mentor| problem.mentors.max[mentor as usize]);
    Some(Competition {
        places: places.map(u64::from).sum(),
        mentees: mentees.into_iter().map(MenteeIdx::new).collect(),
        mentors: mentors.into_iter().map(MentorIdx::new).collect(),
    })
}

fn positions(is_met: &[bool]) -> Vec<u32> {
    let met = is_met.iter().enumerate().filter(|(_, is_met)| **is_met);
    met.map(|(at, _)| number(at)).collect()
}
