//! A strict order of partners whom somebody values alike, which says nothing about them.
//!
//! Each pair gets a hash value that depends only on the two people, never on their positions.

use super::error::ProblemError;
use super::groups::expect_length;
use super::problem::Problem;
use crate::hash;

/// Hash values of pairs from one 64-bit key a person, by version [`H_VERSION`](crate::H_VERSION)
/// of the hash.
///
/// The value of a pair is the top 31 bits of
/// `mix(mix(mentee key) ^ mentor key)`, where `mix(z)` is the output of the generator
/// splitmix64 in state `z` (Steele, Lea & Flood, "Fast splittable pseudorandom number generators",
/// 2014). Two people of equal keys are as good as one another.
///
/// ```
/// use mentormatch::solver::PairHash;
///
/// let hash = PairHash::new(vec![11, 12], vec![21, 22]);
/// assert!((0..1 << 31).contains(&hash.value(0, 1)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairHash {
    mentees: Vec<u64>,
    mentors: Vec<u64>,
}

impl PairHash {
    /// Keys by mentee and by mentor.
    #[must_use]
    pub fn new(mentees: Vec<u64>, mentors: Vec<u64>) -> Self {
        Self { mentees, mentors }
    }

    /// Keys for people known only by their positions.
    pub(super) fn by_position(problem: &Problem<'_>) -> Self {
        let keys =
            |people: usize, side: u64| (0..people as u64).map(|p| hash::spread(side + p)).collect();
        Self::new(keys(problem.mentees(), 0), keys(problem.mentors(), 1 << 32))
    }

    /// The value of a pair, `0..2³¹`; a person without a key has the key 0.
    #[must_use]
    pub fn value(&self, mentee: usize, mentor: usize) -> i64 {
        let key = |keys: &[u64], person: usize| keys.get(person).copied().unwrap_or(0);
        i64::from(hash::pair(
            key(&self.mentees, mentee),
            key(&self.mentors, mentor),
        ))
    }

    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        expect_length("keys of mentees", self.mentees.len(), problem.mentees())?;
        expect_length("keys of mentors", self.mentors.len(), problem.mentors())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_people_are_as_good_as_one_another_by_their_positions() {
        let problem = Problem::dense(40, 30, vec![0; 1_200], None).unwrap();
        let PairHash { mentees, mentors } = PairHash::by_position(&problem);
        let keys: BTreeSet<u64> = mentees.into_iter().chain(mentors).collect();
        assert_eq!(keys.len(), 70);
    }
}
