//! Mentors of different kinds: no mentee has two of the same one.
//!
//! # Problem
//! A mentee who takes several mentors may want them to differ: each from another department, say. So mentors
//! are of kinds, and a mentee has at most one of each.
//!
//! # Idea
//! Give every such mentee a *slot* for each kind, with room for one pair. A pair uses the slot of its mentee and
//! of its mentor's kind, and slots are below their mentee as members are below a group: a laminar family, so that
//! the problem is still one of network flow, solved exactly.
//!
//! The slots exist where flow is sent only. A proof needs no prices of theirs: what a slot is worth is the
//! reduced value of the pair in it, which may be above 0 as it may of any pair that is chosen, and no other pair
//! of the slot may be worth more. So certificates are what they are without kinds.
//!
//! # Where it costs nothing
//! Kinds of one mentor bind nobody, and neither do any kinds a mentee who takes one mentor.

use super::error::ProblemError;
use super::groups::expect_length;

/// A mentor of a kind of which there is no other.
const ALONE: u32 = u32::MAX - 1;

/// A mentor like whom nobody could be.
const UNLIKE: u32 = u32::MAX;

/// The kinds of mentors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds {
    /// By mentor: a number below `len`, [`ALONE`] or [`UNLIKE`]. Empty where nobody is of any kind.
    of: Vec<u32>,
    /// How many kinds there are of several mentors.
    len: usize,
}

impl Kinds {
    /// Kinds with the names that the caller has for them, numbered anew in their order;
    /// whoever has none is of a kind of her own.
    pub(super) fn new(named: &[Option<u32>], mentors: usize) -> Result<Self, ProblemError> {
        expect_length("kinds of mentors", named.len(), mentors)?;
        let mut names: Vec<u32> = named.iter().copied().flatten().collect();
        names.sort_unstable();
        let shared = names.chunk_by(|one, other| one == other);
        let shared = shared.filter(|same| same.len() > 1).map(|same| same[0]);
        let shared: Vec<u32> = shared.collect();
        let number = |name: &u32| {
            let at = shared.binary_search(name).ok();
            at.and_then(|at| u32::try_from(at).ok())
        };
        let of = named.iter().map(|name| match name {
            Some(name) => number(name).unwrap_or(ALONE),
            None => UNLIKE,
        });
        Ok(Self {
            of: of.collect(),
            len: shared.len(),
        })
    }

    /// The kind of a mentor, if others are of it too.
    #[inline]
    pub(super) fn of(&self, mentor: usize) -> Option<usize> {
        let kind = self.of.get(mentor).copied()? as usize;
        (kind < self.len).then_some(kind)
    }

    /// Whether another mentor with the same answers would be of this one's kind.
    pub(super) fn has(&self, mentor: usize) -> bool {
        let kind = self.of.get(mentor);
        kind.is_some_and(|&kind| kind != UNLIKE)
    }

    /// How many kinds several mentors are of.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether no two mentors are of one kind.
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Two of these mentors who are of one kind: the first of whom that is true, and the one before.
    pub(super) fn alike<T: Copy>(
        &self,
        mentors: impl Iterator<Item = (usize, T)>,
    ) -> Option<(T, T)> {
        let mut seen: Vec<(usize, T)> = Vec::new();
        for (mentor, own) in mentors {
            let Some(kind) = self.of(mentor) else {
                continue;
            };
            if let Some(&(_, before)) = seen.iter().find(|(other, _)| *other == kind) {
                return Some((before, own));
            }
            seen.push((kind, own));
        }
        None
    }
}

/// What the pairs of a mentee whom kinds bind are worth, modulo 2^32, where they are open: as much as the one that she has
/// of their kind, or just her price where she has none.
pub(super) struct OpenWorths<'a> {
    kinds: &'a Kinds,
    price: i32,
    by_kind: Vec<i32>,
}

impl<'a> OpenWorths<'a> {
    /// Of one who pays this price, and has these mentors in pairs that are worth so much without it.
    pub(super) fn new(
        kinds: &'a Kinds,
        price: i32,
        own: impl Iterator<Item = (usize, i32)>,
    ) -> Self {
        let mut by_kind = vec![price; kinds.len()];
        for (mentor, worth) in own {
            if let Some(kind) = kinds.of(mentor) {
                by_kind[kind] = worth;
            }
        }
        Self {
            kinds,
            price,
            by_kind,
        }
    }

    /// Whether a pair that is worth so much without her price may be open.
    #[inline]
    pub(super) fn include(&self, mentor: usize, worth: i32) -> bool {
        let kind = self.kinds.of[mentor] as usize;
        worth == self.by_kind.get(kind).copied().unwrap_or(self.price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_one_mentor_are_none() {
        let kinds = Kinds::new(&[Some(7), Some(3), None, Some(7), Some(9)], 5).unwrap();
        let of: Vec<_> = (0..5).map(|mentor| kinds.of(mentor)).collect();
        assert_eq!(of, [Some(0), None, None, Some(0), None]);
        assert_eq!(kinds.len(), 1);
        let has: Vec<_> = (0..6).map(|mentor| kinds.has(mentor)).collect();
        assert_eq!(has, [true, true, false, true, true, false]);
        assert!(Kinds::new(&[Some(7), None, Some(3)], 3).unwrap().is_empty());
        assert!(Kinds::new(&[Some(7)], 2).is_err());
    }

    #[test]
    fn pairs_are_compared_with_the_one_of_their_kind() {
        let kinds = Kinds::new(&[Some(7), Some(3), Some(7), Some(2), Some(2), None], 6).unwrap();
        let worths = OpenWorths::new(&kinds, 10, [(2, 15), (1, 12)].into_iter());
        let wanted = [15, 10, 15, 10, 10, 10];
        for (mentor, wanted) in wanted.into_iter().enumerate() {
            for worth in [10, 12, 15] {
                assert_eq!(worths.include(mentor, worth), worth == wanted, "{mentor}");
            }
        }
    }

    #[test]
    fn two_of_one_kind_are_found() {
        let kinds = Kinds::new(&[Some(0), Some(1), Some(0), None, Some(1)], 5).unwrap();
        let alike = |mentors: &[usize]| kinds.alike(mentors.iter().map(|&own| (own, own)));
        assert_eq!(alike(&[0, 1, 3]), None);
        assert_eq!(alike(&[0, 1, 4, 2]), Some((1, 4)));
        assert_eq!(alike(&[3, 3]), None);
    }
}
