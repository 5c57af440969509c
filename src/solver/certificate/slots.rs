//! The pairs of a mentee who has at most one mentor of each kind.
//!
//! # What is proved
//! A slot, of a mentee and a kind, is a group with room for one pair, and its price is not written down: the
//! best price it can have is the largest reduced value of its pairs, or 0 if that is less. With this price
//! complementary slackness says: a pair that is chosen is worth no less than 0, and no less than any other of
//! its slot; in a slot without a chosen pair none is above 0. What a slot adds to a bound is this price.

use std::cmp::Ordering;

use super::super::problem::{Problem, Row};
use super::pair_test::PairTest;
use super::proof::gain_of;
use crate::ids::MentorIdx;

/// A mentee's slots.
pub(super) struct Slots<'a> {
    problem: &'a Problem<'a>,
    test: &'a PairTest<'a>,
    mentee: usize,
}

/// A pair of the mentee's: its mentor and its score.
type Own = (usize, i32);

impl<'a> Slots<'a> {
    /// `None` of a mentee whom kinds do not bind.
    pub(super) fn of(
        problem: &'a Problem<'a>,
        test: &'a PairTest<'a>,
        mentee: usize,
    ) -> Option<Self> {
        problem.has_kinds_for(mentee).then_some(Self {
            problem,
            test,
            mentee,
        })
    }

    /// Two of her mentors who are of one kind.
    pub(super) fn alike(&self, chosen: &[MentorIdx]) -> Option<[MentorIdx; 2]> {
        let mentors = chosen.iter().map(|own| (own.index(), *own));
        let alike = self.problem.mentors.kinds.alike(mentors);
        alike.map(|(one, other)| [one, other])
    }

    /// Whether the row is proved, her `chosen` pairs being of these scores.
    pub(super) fn prove(&self, row: &Row<'_>, chosen: &[MentorIdx], scores: &[i32]) -> bool {
        let chosen = chosen.iter().map(|own| own.index());
        let chosen: Vec<Own> = chosen.zip(scores.iter().copied()).collect();
        let mut is_proved = chosen.iter().all(|own| !self.sign(*own).is_lt());
        row.for_each(|mentor, score| {
            let own = (mentor as usize, score);
            is_proved = is_proved && (!self.sign(own).is_gt() || self.is_outbid(own, &chosen));
        });
        is_proved
    }

    /// Whether a pair is chosen, or one of its slot that is worth as much.
    pub(super) fn is_outbid(&self, (mentor, score): Own, chosen: &[Own]) -> bool {
        let kind = self.problem.kind_for(self.mentee, mentor);
        chosen.iter().any(|&(own, own_score)| {
            let is_of_slot = kind.is_some() && self.problem.kind_for(self.mentee, own) == kind;
            own == mentor
                || is_of_slot
                    && (self.test)
                        .compare(self.mentee, (own, own_score), (mentor, score))
                        .is_ge()
        })
    }

    /// What her pairs could add at a level, after those that are proved; `reduced` says what each adds there.
    pub(super) fn gain(&self, row: &Row<'_>, reduced: impl Fn(Own) -> i64) -> i128 {
        let mut best: Vec<(usize, Own)> = Vec::new();
        let mut gain = 0;
        let worth = |own: Own| gain_of(self.sign(own), reduced(own));
        row.for_each(|mentor, score| {
            let own = (mentor as usize, score);
            let Some(kind) = self.problem.kind_for(self.mentee, own.0) else {
                gain += worth(own);
                return;
            };
            match best.iter_mut().find(|(other, _)| *other == kind) {
                None => best.push((kind, own)),
                Some((_, before)) => {
                    let order = self.test.compare(self.mentee, own, *before);
                    if order.then(reduced(own).cmp(&reduced(*before))).is_gt() {
                        *before = own;
                    }
                }
            }
        });
        gain + best.into_iter().map(|(_, own)| worth(own)).sum::<i128>()
    }

    fn sign(&self, (mentor, score): Own) -> Ordering {
        self.test.sign(self.mentee, mentor, score)
    }
}

#[cfg(test)]
mod tests;
