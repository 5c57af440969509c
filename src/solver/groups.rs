//! Groups of people on one side, with bounds of their own.

use super::error::ProblemError;

/// More people and groups than this are refused.
const PEOPLE_LIMIT: usize = 1 << 24;

/// Bounds on the partners of whole groups: a forest above one side.
///
/// Each participant belongs to at most one group and each group to at most one larger group, so
/// any two groups are nested or share nobody (a laminar family). A group's load is the number of
/// pairs its members have.
///
/// ```
/// use mentormatch::solver::{Groups, Problem};
///
/// // Mentors 0 and 1 share a department that may take two mentees in all.
/// let departments = Groups::new(vec![Some(0), Some(0), None], vec![None], vec![2])?;
/// let scores = [5; 9];
/// let problem = Problem::dense(3, 3, &scores, None)?.with_mentor_groups(departments)?;
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Indexed by participant; empty when there are no groups.
    pub(super) group_of: Vec<Option<u32>>,
    /// Indexed by group; a parent comes after its children.
    pub(super) parent: Vec<Option<u32>>,
    /// Indexed by group.
    pub(super) min: Vec<u32>,
    /// Indexed by group.
    pub(super) max: Vec<u32>,
}

impl Groups {
    /// Groups with maxima: `group_of` names each participant's group, `parent` each group's
    /// larger group (which must come later in the list), `max` the most pairs of each group.
    ///
    /// # Errors
    /// A named group that does not exist, or a parent that does not come after its group; lists of
    /// different length.
    pub fn new(
        group_of: Vec<Option<u32>>,
        parent: Vec<Option<u32>>,
        max: Vec<u32>,
    ) -> Result<Self, ProblemError> {
        expect_length(OF_GROUPS.maxima, max.len(), parent.len())?;
        let groups = parent.len();
        let exists = |group: u32| (group as usize) < groups;
        for (index, group) in group_of.iter().enumerate() {
            if let Some(group) = group.filter(|&group| !exists(group)) {
                return Err(ProblemError::NoSuchGroup {
                    what: "participant",
                    index,
                    group,
                    groups,
                });
            }
        }
        for (index, larger) in parent.iter().enumerate() {
            if let Some(group) = larger.filter(|&larger| !exists(larger)) {
                return Err(ProblemError::NoSuchGroup {
                    what: "group",
                    index,
                    group,
                    groups,
                });
            }
            if let Some(parent) = larger.filter(|&larger| larger as usize <= index) {
                let group = index;
                return Err(ProblemError::GroupOrder { group, parent });
            }
        }
        Ok(Self {
            group_of,
            min: vec![0; max.len()],
            max,
            parent,
        })
    }

    /// The same groups with minima.
    ///
    /// ```
    /// use mentormatch::solver::Groups;
    ///
    /// let one = Groups::new(vec![Some(0)], vec![None], vec![2])?;
    /// assert!(one.clone().with_minima(vec![1]).is_ok());
    /// assert!(one.with_minima(vec![3]).is_err());
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    ///
    /// # Errors
    /// A minimum above its maximum; a list of another length.
    pub fn with_minima(mut self, min: Vec<u32>) -> Result<Self, ProblemError> {
        check_minima(OF_GROUPS, &min, &self.max)?;
        self.min = min;
        Ok(self)
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parent.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parent.is_empty()
    }

    /// The group a participant belongs to directly.
    pub(super) fn of(&self, participant: usize) -> Option<usize> {
        self.group_of
            .get(participant)
            .copied()
            .flatten()
            .map(|group| group as usize)
    }

    /// The group a group belongs to directly.
    pub(super) fn above(&self, group: usize) -> Option<usize> {
        self.parent[group].map(|group| group as usize)
    }
}

pub(super) fn check_people(people: usize) -> Result<(), ProblemError> {
    if people < PEOPLE_LIMIT {
        Ok(())
    } else {
        Err(ProblemError::TooManyPeople {
            people,
            limit: PEOPLE_LIMIT,
        })
    }
}

pub(super) fn expect_length(
    what: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), ProblemError> {
    if found == expected {
        Ok(())
    } else {
        Err(ProblemError::Length {
            what,
            found,
            expected,
        })
    }
}

/// Every mentee has one score a mentor.
pub(super) fn expect_row_length(
    mentee: usize,
    found: usize,
    expected: usize,
) -> Result<(), ProblemError> {
    match found == expected {
        true => Ok(()),
        false => Err(ProblemError::RowLength {
            mentee,
            found,
            expected,
        }),
    }
}

/// What errors call somebody who has bounds, and lists of those.
#[derive(Clone, Copy)]
pub(super) struct Bounded {
    pub(super) one: &'static str,
    pub(super) minima: &'static str,
    pub(super) maxima: &'static str,
}

const OF_GROUPS: Bounded = Bounded {
    one: "group",
    minima: "minima of groups",
    maxima: "maxima of groups",
};

pub(super) fn check_minima(of: Bounded, min: &[u32], max: &[u32]) -> Result<(), ProblemError> {
    expect_length(of.minima, min.len(), max.len())?;
    match min.iter().zip(max).position(|(min, max)| min > max) {
        Some(index) => Err(ProblemError::MinAboveMax {
            what: of.one,
            index,
            min: min[index],
            max: max[index],
        }),
        None => Ok(()),
    }
}
