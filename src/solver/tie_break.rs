//! Which of several equally good solutions: decided by lot, the same lot everywhere.
//!
//! # Idea
//! Each pair gets a hash value that depends only on a seed and the two people, never on their
//! positions. The last level maximises the sum of these values over all solutions that are
//! optimal at every level above. If the optimum of that sum is unique, the pairs are the same for
//! every method, start and version. Uniqueness is checked; two different sums being equal is a
//! matter of about 2⁻³¹ per alternative, and then another salt is tried, [`SALTS`] of them at most:
//! people of equal keys cannot be told apart by any.

use super::error::ProblemError;
use super::problem::Problem;
use crate::hash;

/// How many salts are tried.
pub(super) const SALTS: usize = 8;

/// Hash values of pairs from one 64-bit key a person, by version [`H_VERSION`](crate::H_VERSION)
/// of the hash.
///
/// The value of a pair is the top 31 bits of
/// `mix(mix(salt + mentee key) ^ mentor key)`, where `mix(z)` is the output of the generator
/// splitmix64 in state `z` (Steele, Lea & Flood, "Fast splittable pseudorandom number generators",
/// 2014). Two people of equal keys are as good as one another; then ties between them stay.
///
/// ```
/// use mentormatch::solver::PairHash;
///
/// let hash = PairHash::new(vec![11, 12], vec![21, 22], 0);
/// assert!((0..1 << 31).contains(&hash.value(0, 1)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairHash {
    mentees: Vec<u64>,
    mentors: Vec<u64>,
    salt: u64,
}

impl PairHash {
    /// Keys by mentee and by mentor, and a salt.
    #[must_use]
    pub fn new(mentees: Vec<u64>, mentors: Vec<u64>, salt: u64) -> Self {
        Self {
            mentees,
            mentors,
            salt,
        }
    }

    /// Keys for people known only by their positions.
    pub(super) fn by_position(problem: &Problem<'_>) -> Self {
        let keys =
            |people: usize, side: u64| (0..people as u64).map(|p| hash::spread(side + p)).collect();
        Self::new(
            keys(problem.mentees(), 0),
            keys(problem.mentors(), 1 << 32),
            0,
        )
    }

    /// The value of a pair, `0..2³¹`; a person without a key has the key 0.
    #[must_use]
    pub fn value(&self, mentee: usize, mentor: usize) -> i64 {
        i64::from(self.values_of(mentee)(mentor))
    }

    /// The values of a mentee's pairs, by mentor.
    #[inline]
    pub(super) fn values_of(&self, mentee: usize) -> impl Fn(usize) -> i32 {
        let key = |keys: &[u64], person: usize| keys.get(person).copied().unwrap_or(0);
        let value = hash::pairs(key(&self.mentees, mentee), self.salt);
        move |mentor| value(key(&self.mentors, mentor)).cast_signed() // below 2³¹
    }

    /// The salt.
    #[must_use]
    pub const fn salt(&self) -> u64 {
        self.salt
    }

    /// The same keys with the next salt.
    pub(super) fn resalted(&self) -> Self {
        Self {
            salt: self.salt.wrapping_add(1),
            ..self.clone()
        }
    }

    /// The same keys with this salt, if it is one of those that are [tried](SALTS) from this one on.
    #[allow(dead_code, reason = "only stored forms tell salts")]
    pub(crate) fn tried(&self, salt: u64) -> Option<Self> {
        let further = usize::try_from(salt.wrapping_sub(self.salt));
        let is_tried = further.is_ok_and(|further| further < SALTS);
        is_tried.then(|| Self {
            salt,
            ..self.clone()
        })
    }

    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), ProblemError> {
        let fits = |what, found, expected| {
            if found == expected {
                Ok(())
            } else {
                Err(ProblemError::Length {
                    what,
                    found,
                    expected,
                })
            }
        };
        fits(
            "tie-break keys of mentees",
            self.mentees.len(),
            problem.mentees(),
        )?;
        fits(
            "tie-break keys of mentors",
            self.mentors.len(),
            problem.mentors(),
        )
    }
}
