//! Why no more mentees can have a mentor: who waits, and for whom.
//!
//! # Idea
//! Somebody without a mentor could have any mentor with a place that is allowed. If all of those are
//! full, one of their mentees would have to change, and so on. If no mentor with a vacant place is ever
//! met, the mentors met are fewer places than the mentees met want: no assignment serves more.
//!
//! # Complexity
//! The rows of the mentees met, which are none beyond those who wait where these have no allowed pair.
//!
//! # References
//! D. Kőnig, "Gráfok és mátrixok", 1931 (the cover that proves a largest matching).

use crate::ids::MentorIdx;
use crate::solver::assignment::Assignment;
use crate::solver::control::Control;
use crate::solver::problem::{Problem, RowBuffer};

/// Who is met on the way from mentees who have nobody.
pub(in crate::solver) struct Waiting {
    pub(in crate::solver) mentees: Vec<bool>,
    pub(in crate::solver) mentors: Vec<bool>,
}

/// Who waits for a mentor or could make way, and the mentors they compete for; `None` if somebody
/// could get one, or if cancelled. Mentees take one mentor at most.
pub(super) fn waiting(
    problem: &Problem<'_>,
    assignment: &Assignment,
    mentee_loads: &[u64],
    mentor_loads: &[u64],
    control: &Control<'_>,
) -> Option<Waiting> {
    let is_unserved =
        |&mentee: &usize| mentee_loads[mentee] < u64::from(problem.mentees.max[mentee]);
    let mut queue: Vec<usize> = (0..problem.mentees()).filter(is_unserved).collect();
    let mut waiting = Waiting {
        mentees: vec![false; problem.mentees()],
        mentors: vec![false; problem.mentors()],
    };
    for &mentee in &queue {
        waiting.mentees[mentee] = true;
    }
    let mut mentees_of = vec![Vec::new(); problem.mentors()];
    for (mentee, mentor) in assignment.pairs() {
        mentees_of[mentor].push(mentee.index());
    }
    let mut buffer = RowBuffer::default();
    while let Some(mentee) = queue.pop() {
        let mut has_room = control.is_cancelled();
        problem.for_each_allowed(mentee, &mut buffer, |mentor, _| {
            let at = mentor as usize;
            if !std::mem::replace(&mut waiting.mentors[at], true) {
                has_room |= mentor_loads[at] < u64::from(problem.mentors.max[at]);
                for &other in &mentees_of[MentorIdx::new(mentor)] {
                    if !std::mem::replace(&mut waiting.mentees[other], true) {
                        queue.push(other);
                    }
                }
            }
        });
        if has_room {
            return None;
        }
    }
    Some(waiting)
}
