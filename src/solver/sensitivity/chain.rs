//! The answer to a change: a cycle of the residual graph, read as who moves.

use super::super::assignment::Assignment;
use super::residual::{Node, Residual, number};
use crate::ids::{MenteeIdx, MentorIdx};

/// One mentee's change of mentor.
///
/// ```
/// use mentormatch::solver::Move;
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// let leaves = Move { mentee: MenteeIdx::new(4), from: Some(MentorIdx::new(1)), to: None };
/// assert_eq!(leaves.to_string(), "mentee 4 from mentor 1 to nobody");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// Who moves.
    pub mentee: MenteeIdx,
    /// The mentor she gives up, if any.
    pub from: Option<MentorIdx>,
    /// The mentor she gets, if any.
    pub to: Option<MentorIdx>,
}

impl std::fmt::Display for Move {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mentee {}", self.mentee.get())?;
        for (word, mentor) in [("from", self.from), ("to", self.to)] {
            match mentor {
                Some(mentor) => write!(f, " {word} mentor {}", mentor.get())?,
                None => write!(f, " {word} nobody")?,
            }
        }
        Ok(())
    }
}

/// The best answer to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhatIf {
    /// What the optimum's value changes by, one number a level of [`Sensitivity::levels`](super::Sensitivity::levels): below 0
    /// lexicographically where the change constrains, above 0 where it allows more.
    pub change: Vec<i128>,
    /// Who moves: the chain that leads from the assignment to one that is optimal under the change, beginning where
    /// the change is, each move making way for the next. None if the assignment is optimal as it is.
    pub moves: Vec<Move>,
}

impl WhatIf {
    /// The assignment after the moves.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    /// use mentormatch::MenteeIdx;
    ///
    /// let problem = Problem::dense(1, 1, vec![90], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// let without = Sensitivity::new(&problem, &solution)?.one_mentor_fewer(MenteeIdx::new(0))?;
    /// assert!(without.applied_to(&solution.assignment).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn applied_to(&self, assignment: &Assignment) -> Assignment {
        let given_up = |pair: &(MenteeIdx, MentorIdx)| {
            let is_it = |one: &Move| (one.mentee, one.from) == (pair.0, Some(pair.1));
            self.moves.iter().any(is_it)
        };
        let kept = assignment.pairs().filter(|pair| !given_up(pair));
        let taken = self.moves.iter();
        let taken = taken.filter_map(|one| Some((one.mentee, one.to?)));
        let pairs = kept.chain(taken).map(|(i, j)| (i.get(), j.get()));
        Assignment::from_pairs(assignment.mentees(), pairs)
    }
}

/// The moves of a cycle, whose last node is followed by its first; in its order.
pub(super) fn moves(residual: &Residual<'_>, cycle: &[usize]) -> Vec<Move> {
    let mentor = |node: usize| match residual.node(node) {
        Node::Mentor(mentor) => Some(MentorIdx::new(number(mentor))),
        _ => None,
    };
    // A pair that its mentee gives up is passed on the way to her.
    let next = cycle.iter().cycle().skip(1);
    let is_passed = |node: usize, next: usize| matches!(residual.node(node), Node::Slot(slot) if slot.mentee == next);
    let cycle = cycle.iter().zip(next);
    let cycle = cycle.filter(|&(&node, &next)| !is_passed(node, next));
    let cycle: Vec<usize> = cycle.map(|(&node, _)| node).collect();
    let before = cycle.iter().cycle().skip(cycle.len().saturating_sub(1));
    let after = cycle.iter().cycle().skip(1);
    let steps = before.zip(&cycle).zip(after);
    let moves = steps.filter_map(|((&before, &node), &after)| {
        let mentee = match residual.node(node) {
            Node::Mentee(mentee) => mentee,
            Node::Slot(slot) => slot.mentee,
            _ => return None,
        };
        Some(Move {
            mentee: MenteeIdx::new(number(mentee)),
            from: mentor(before),
            to: mentor(after),
        })
    });
    moves.collect()
}
