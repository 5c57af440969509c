//! Which pairs are in every optimal assignment, in some, and in none.
//!
//! # Idea
//! Two optimal assignments differ by cycles of the residual graph of length 0, which consist of steps of
//! length 0. So a chosen pair can be done without, and another one can be had, exactly if it lies on such a
//! cycle: if both its ends are in one strongly connected component of the steps of length 0.
//!
//! # Complexity
//! One parallel pass over the rows, and O(people + tight pairs) time and memory, where a pair is *tight* if its
//! length is 0: few of them, unless most scores are equal.
//!
//! # References
//! R. Cymer, "Dulmage–Mendelsohn canonical decomposition as a generic pruning technique", 2012;
//! J.-C. Régin, "A filtering algorithm for constraints of difference in CSPs", 1994, for one level.

use super::super::components::components;
use super::super::control::{Control, Hooks};
use super::super::problem::{Row, RowBuffer};
use super::residual::{Residual, number};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

/// Which pairs are in every optimal assignment, in some, and in none.
///
/// ```
/// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, Standing, solve};
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// // Mentees 0 and 1 may as well change their mentors; mentee 2 may not.
/// let problem = Problem::dense(3, 3, vec![5, 5, 0, 5, 5, 0, 0, 0, 9], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let firmness = Sensitivity::new(&problem, &solution)?.firmness();
/// let standing = |i, j| firmness.standing(MenteeIdx::new(i), MentorIdx::new(j));
/// assert_eq!(standing(2, 2), Standing::Firm);
/// assert_eq!(standing(0, 1), Standing::Possible);
/// assert_eq!(standing(0, 2), Standing::Impossible);
/// assert_eq!((firmness.firm().len(), firmness.possible().len()), (1, 4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmness {
    firm: Vec<(MenteeIdx, MentorIdx)>,
    possible: Vec<(MenteeIdx, MentorIdx)>,
}

/// In how many of the optimal assignments a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In every one.
    Firm,
    /// In some, not in all.
    Possible,
    /// In none.
    Impossible,
}

impl Firmness {
    /// The pairs in every optimal assignment, ordered by mentee and then by mentor.
    #[must_use]
    pub fn firm(&self) -> &[(MenteeIdx, MentorIdx)] {
        &self.firm
    }

    /// The pairs in some optimal assignments but not in all, in the same order.
    #[must_use]
    pub fn possible(&self) -> &[(MenteeIdx, MentorIdx)] {
        &self.possible
    }

    /// A pair's standing; impossible too of people who do not exist. O(log pairs).
    #[must_use]
    pub fn standing(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Standing {
        let is_among =
            |pairs: &[(MenteeIdx, MentorIdx)]| pairs.binary_search(&(mentee, mentor)).is_ok();
        if is_among(&self.firm) {
            Standing::Firm
        } else if is_among(&self.possible) {
            Standing::Possible
        } else {
            Standing::Impossible
        }
    }
}

/// Judges all pairs by the first so many levels.
pub(super) fn firmness(residual: &Residual<'_>, levels: usize) -> Firmness {
    let tight = tight_pairs(residual, levels);
    let hooks = Hooks::default();
    let edges = edges(residual, levels, &tight);
    let component = components(residual.nodes(), &edges, &Control::new(&hooks));
    let is_open = |&(mentee, mentor): &(MenteeIdx, MentorIdx)| {
        let tail = residual.tail(mentee.index(), mentor.index());
        component[tail] == component[residual.mentor_node(mentor.index())]
    };
    let firm = residual.assignment.pairs();
    let firm = firm.filter(|pair| tight.binary_search(pair).is_err() || !is_open(pair));
    Firmness {
        firm: firm.collect(),
        possible: tight.iter().copied().filter(is_open).collect(),
    }
}

/// The pairs whose step has no length, in order.
fn tight_pairs(residual: &Residual<'_>, levels: usize) -> Vec<(MenteeIdx, MentorIdx)> {
    let tight_of = |mentee: usize, row: &Row<'_>, found: &mut Vec<_>| {
        let judges = || residual.levels()[..levels].iter().zip(residual.prices());
        row.for_each(|mentor, score| {
            let mentor_at = mentor as usize;
            let is_zero = if residual.tail(mentee, mentor_at) == mentee {
                judges().all(|(level, prices)| prices.reduced(level, mentee, mentor_at, score) == 0)
            } else {
                let step = residual.pair(mentee, mentor_at, score);
                step.is_zero_up_to(levels)
            };
            if is_zero {
                found.push((MenteeIdx::new(number(mentee)), MentorIdx::new(mentor)));
            }
        });
    };
    let parts = parallel::blocks(residual.problem.extent(), |mentees| {
        let (mut buffer, mut found) = (RowBuffer::default(), Vec::new());
        for mentee in mentees {
            if let Some(row) = residual.problem.row(mentee, &mut buffer) {
                tight_of(mentee, &row, &mut found);
            }
        }
        found
    });
    parts.concat()
}

/// The steps of length 0.
fn edges(
    residual: &Residual<'_>,
    levels: usize,
    tight: &[(MenteeIdx, MentorIdx)],
) -> Vec<(u32, u32)> {
    let step_of = |&(mentee, mentor): &(MenteeIdx, MentorIdx)| {
        let node = number(residual.mentor_node(mentor.index()));
        let tail = number(residual.tail(mentee.index(), mentor.index()));
        if residual.assignment.mentors_of(mentee).contains(&mentor) {
            (node, tail)
        } else {
            (tail, node)
        }
    };
    let mut edges: Vec<_> = tight.iter().map(step_of).collect();
    for node in (0..residual.nodes()).filter(|&node| node != residual.hub()) {
        let (own, above) = (number(node), number(residual.above(node)));
        if residual
            .up(node)
            .is_some_and(|step| step.is_zero_up_to(levels))
        {
            edges.push((own, above));
        }
        if residual
            .down(node)
            .is_some_and(|step| step.is_zero_up_to(levels))
        {
            edges.push((above, own));
        }
    }
    edges
}
