//! A cycle of the residual graph, read as who moves.

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

/// The moves of a cycle, whose last node is followed by its first; in its order.
pub(super) fn moves(residual: &Residual<'_>, cycle: &[usize]) -> Vec<Move> {
    let mentor = |node: usize| match residual.node(node) {
        Node::Mentor(mentor) => Some(MentorIdx::new(number(mentor))),
        _ => None,
    };
    let before = cycle.iter().cycle().skip(cycle.len().saturating_sub(1));
    let after = cycle.iter().cycle().skip(1);
    let steps = before.zip(cycle).zip(after);
    steps
        .filter_map(|((&before, &node), &after)| match residual.node(node) {
            Node::Mentee(mentee) => Some(Move {
                mentee: MenteeIdx::new(number(mentee)),
                from: mentor(before),
                to: mentor(after),
            }),
            _ => None,
        })
        .collect()
}
