//! Values of a few pairs.

use std::fmt;

use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::error::ProblemError;
use crate::solver::groups::check_people;
use crate::solver::groups::expect_length;
use crate::solver::problem::Problem;

/// What some pairs are worth; every other pair is worth 0. For wishes, for pairs that should stay as they
/// are, and for whatever else concerns few of all pairs.
///
/// ```
/// use mentormatch::solver::{Level, ListedValues, Problem, SolveOptions, solve};
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// // Keep what was a pair before; only then look at scores.
/// let before = [(MenteeIdx::new(1), MentorIdx::new(0), 1)];
/// let kept = Level::Listed(ListedValues::new(2, before)?);
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let solution = solve(&problem, &SolveOptions::new([kept, Level::TotalScore]))?;
/// assert_eq!(solution.value, [1, 80]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ListedValues {
    /// Mentee `i` has `pairs[starts[i]..starts[i + 1]]`, mentors ascending.
    starts: Vec<usize>,
    pairs: Vec<(u32, i32)>,
}

/// Values may be people's wishes, which are personal data.
impl fmt::Debug for ListedValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedValues")
            .field("pairs", &self.pairs.len())
            .finish_non_exhaustive()
    }
}

impl ListedValues {
    /// Values of pairs, in any order, for a problem of so many mentees. Values of a pair that is listed
    /// more than once add up.
    ///
    /// # Errors
    /// A mentee who is not there; a sum that does not fit 32 bits; 2²⁴ mentees or more.
    pub fn new(
        mentees: usize,
        pairs: impl IntoIterator<Item = (MenteeIdx, MentorIdx, i32)>,
    ) -> Result<Self, ProblemError> {
        check_people(mentees)?;
        let mut all: Vec<(u32, u32, i32)> = pairs
            .into_iter()
            .map(|(mentee, mentor, value)| (mentee.get(), mentor.get(), value))
            .collect();
        all.sort_unstable();
        let mut listed = Self {
            starts: vec![0; mentees + 1],
            pairs: Vec::with_capacity(all.len()),
        };
        for same in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (mentee, mentor, _) = same[0];
            if mentee as usize >= mentees {
                return Err(ProblemError::NoSuchMentee {
                    mentee,
                    mentor,
                    mentees,
                });
            }
            let sum: i64 = same.iter().map(|pair| i64::from(pair.2)).sum();
            let value = i32::try_from(sum).map_err(|_| ProblemError::ListedSum {
                mentee,
                mentor,
                sum,
            })?;
            listed.starts[mentee as usize + 1] += 1;
            listed.pairs.push((mentor, value));
        }
        for mentee in 0..mentees {
            listed.starts[mentee + 1] += listed.starts[mentee];
        }
        Ok(listed)
    }

    /// The value of a pair; 0 for one that is not listed.
    #[must_use]
    pub fn value(&self, mentee: usize, mentor: usize) -> i32 {
        let row = self.of(mentee);
        let found = row.binary_search_by_key(&mentor, |&(mentor, _)| mentor as usize);
        found.map_or(0, |at| row[at].1)
    }

    /// A mentee's listed mentors, ascending, with the values; none for one who is not there.
    pub(in crate::solver) fn of(&self, mentee: usize) -> &[(u32, i32)] {
        match self.starts.get(mentee..mentee.saturating_add(2)) {
            Some(&[start, end]) => &self.pairs[start..end],
            _ => &[],
        }
    }

    /// The largest value in size.
    pub(in crate::solver) fn largest(&self) -> i64 {
        let sizes = self.pairs.iter().map(|&(_, value)| i64::from(value).abs());
        sizes.max().unwrap_or(0)
    }

    /// What all pairs are worth together that are worth more than nothing.
    pub(in crate::solver) fn sum_above_zero(&self) -> i128 {
        let values = self.pairs.iter().map(|&(_, value)| value);
        values.map(|value| i128::from(value.max(0))).sum()
    }

    /// Refuses lists made for other people.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        let mentees = self.starts.len() - 1;
        expect_length("mentees of listed values", mentees, problem.mentees())?;
        let mentors = problem.mentors();
        // Mentors ascend: the last is the highest.
        let last = |mentee| (self.of(mentee).last()).map(|&(mentor, _)| (mentee, mentor));
        let mut last = (0..mentees).filter_map(last);
        match last.find(|&(_, mentor)| mentor as usize >= mentors) {
            None => Ok(()),
            Some((mentee, mentor)) => Err(ProblemError::NoSuchMentor {
                mentee,
                mentor,
                mentors,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(mentee: u32, mentor: u32, value: i32) -> (MenteeIdx, MentorIdx, i32) {
        (MenteeIdx::new(mentee), MentorIdx::new(mentor), value)
    }

    #[test]
    fn values_are_found_and_add_up() {
        let pairs = [pair(2, 1, 5), pair(0, 3, -1), pair(2, 0, 7), pair(2, 1, 2)];
        let listed = ListedValues::new(3, pairs).unwrap();
        assert_eq!(listed.of(2), [(0, 7), (1, 7)]);
        assert_eq!((listed.value(0, 3), listed.value(2, 1)), (-1, 7));
        assert_eq!((listed.value(1, 1), listed.value(9, 1)), (0, 0));
    }

    #[test]
    fn the_largest_value_is_so_whatever_its_sign() {
        let largest = |pairs: &[_]| ListedValues::new(2, pairs.to_vec()).unwrap().largest();
        assert_eq!(largest(&[]), 0);
        assert_eq!(largest(&[pair(0, 0, 4), pair(1, 0, 9)]), 9);
        assert_eq!(largest(&[pair(0, 0, i32::MIN), pair(1, 0, 9)]), 1 << 31);
    }

    #[test]
    fn people_who_are_not_there_and_sums_that_do_not_fit_are_refused() {
        assert!(ListedValues::new(usize::MAX, []).is_err());
        assert!(ListedValues::new(2, [pair(2, 0, 1)]).is_err());
        assert!(ListedValues::new(2, [pair(1, 0, i32::MAX), pair(1, 0, 1)]).is_err());
        let problem = Problem::dense(2, 2, vec![0; 4], None).unwrap();
        let check = |pairs| ListedValues::new(2, pairs).unwrap().check(&problem);
        assert!(check([pair(1, 1, 1)]).is_ok());
        assert!(check([pair(1, 2, 1)]).is_err());
        let of_others = ListedValues::new(3, [pair(1, 1, 1)]).unwrap();
        assert!(of_others.check(&problem).is_err());
    }
}
