//! Many proofs about the same pairs, each weighed otherwise, checked in one pass over them.
//!
//! # Idea
//! Proofs by similar weights have similar prices. So the proofs are put into groups of neighbours, and a group's
//! *lowest* prices, in units of the score, screen a row for all its proofs at once: a pair that is not above zero by
//! them is not above zero in any proof of the group. Hardly any pair passes, and each that does is tested in every
//! proof as the [definition](PairTest::sign) says. Pairs with a listed value are few, and tested one by one.
//!
//! The screen knows the last level only. That suffices where no pair of the row is above zero at the levels before
//! it; in other rows every pair is tested.
//!
//! # Complexity
//! A row is read from memory once, and compared once for each group.

use super::super::assignment::Assignment;
use super::super::level::{Level, ListedValues};
use super::super::problem::{Problem, Row, RowBuffer, Weighed};
use super::pair_test::PairTest;
use super::proof::{GivenUp, Proof};
use super::slots::Slots;
use super::{Certificate, Claim, Prices, Violation};
use crate::ids::MenteeIdx;
use crate::lanes;
use crate::parallel;

/// Proofs whose prices screen together.
const GROUP: usize = 8;

/// Pairs screened together.
const BLOCK: usize = 64;

/// Prices in units of the score stay below this, so that two and a margin add up within 32 bits.
const NARROW: i64 = 1 << 29;

/// Pairs of a row that are told at the most: of those that stand against a proof, and of those that are near.
const TOLD: [usize; 2] = [64, 16];

/// What is claimed of an assignment by weighed scores, and its proof.
pub(in crate::solver) struct Weighing<'a> {
    pub(in crate::solver) scores: Weighed<'a>,
    pub(in crate::solver) certificate: &'a Certificate,
    pub(in crate::solver) assignment: &'a Assignment,
}

/// What a pass has found.
#[derive(Default)]
pub(in crate::solver) struct Together {
    /// By weighing: whether it is proved.
    pub(in crate::solver) verdicts: Vec<Result<(), Violation>>,
    /// Pairs that stand against a proof, or are within the margin of it: mentee, mentor and score; in order.
    pub(in crate::solver) near: Vec<(u32, u32, i32)>,
}

/// Checks proofs about weighings of one problem, neighbours best being alike. Tells pairs whose score is within
/// a margin of its price too. A call that is given up passes no proof.
pub(in crate::solver) fn check_together(
    whole: &Problem<'_>,
    all: &[Weighing<'_>],
    margin: i32,
    given_up: GivenUp<'_>,
) -> Together {
    let mut found = Together::default();
    let verdicts = all.iter().map(|own| own.check_people(whole, given_up));
    found.verdicts = verdicts.collect();
    let can_be_read = |at: &usize| found.verdicts[*at].is_ok();
    let sound: Vec<_> = (0..all.len()).filter(can_be_read).collect();
    let groups: Vec<_> = (sound.chunk_by(|&a, &b| all[a].is_equal_before(&all[b])))
        .flat_map(|alike| alike.chunks(GROUP))
        .map(|group| Group::new(whole, group.iter().map(|&at| (at, &all[at])).collect()))
        .collect();
    let parts = parallel::blocks(whole.extent(), |mentees| {
        let mut pass = Pass {
            margin,
            found: Vec::new(),
            near: Vec::new(),
        };
        let mut buffer = RowBuffer::default();
        for mentee in mentees {
            if given_up() {
                pass.refuse_all(&sound, &violation_at(mentee));
                break;
            }
            match whole.row(mentee, &mut buffer) {
                Some(row) => pass.read(&groups, mentee, &row),
                None => {
                    let mentee = index(mentee);
                    pass.refuse_all(&sound, &Violation::RowOutOfRange { mentee });
                }
            }
        }
        pass
    });
    for part in parts {
        found.near.extend(part.near);
        for (at, violation) in part.found {
            let verdict = &mut found.verdicts[at];
            if verdict.is_ok() {
                *verdict = Err(violation);
            }
        }
    }
    found
}

impl Weighing<'_> {
    /// What is to be checked apart from rows.
    fn check_people(&self, whole: &Problem<'_>, given_up: GivenUp<'_>) -> Result<(), Violation> {
        let (levels, prices) = (self.certificate.levels(), self.certificate.prices());
        let proof = Proof {
            problem: whole,
            levels,
            prices,
            given_up,
        };
        if self.certificate.claim() != Claim::Optimal || levels.is_empty() {
            return Err(Violation::Shape);
        }
        proof.check_shape(self.assignment)?;
        proof.check_price_range()?;
        let loads = self.assignment.loads(whole);
        proof.check_loads(&loads)?;
        proof.check_places(&loads, levels.len())
    }

    /// Whether two proofs have the same levels and prices but for the last, and scores count in both or in none.
    fn is_equal_before(&self, other: &Self) -> bool {
        let before = |own: &Self| own.certificate.levels().len() - 1;
        let (one, two) = (self.certificate, other.certificate);
        before(self) == before(other)
            && (self.scores.weight > 0) == (other.scores.weight > 0)
            && one.levels()[..before(self)] == two.levels()[..before(self)]
            && one.prices()[..before(self)] == two.prices()[..before(self)]
    }

    fn last(&self) -> (&Level, &Prices) {
        let at = self.certificate.levels().len() - 1;
        (
            &self.certificate.levels()[at],
            &self.certificate.prices()[at],
        )
    }
}

/// Proofs that are screened together.
struct Group<'a> {
    proofs: Vec<Proved<'a>>,
    listed: Option<&'a ListedValues>,
    /// The levels before the last, which all proofs have in common.
    before: PairTest<'a>,
    /// The lowest prices at the last level, in units of the score; `None` if one cannot be told in 32 bits, or scores do
    /// not count.
    lowest: Option<[Vec<i32>; 2]>,
    /// Whether no price at the last level is negative.
    has_no_debts: bool,
}

struct Proved<'a> {
    at: usize,
    weighing: &'a Weighing<'a>,
    whole: &'a Problem<'a>,
    test: PairTest<'a>,
}

impl<'a> Group<'a> {
    /// `all` is not empty.
    fn new(whole: &'a Problem<'a>, all: Vec<(usize, &'a Weighing<'a>)>) -> Self {
        let (_, first) = all[0];
        let (levels, prices) = (first.certificate.levels(), first.certificate.prices());
        let before = levels.len() - 1;
        let lowest = |of: fn(&Prices) -> &[i64], people: usize| {
            let mut lowest = vec![i32::MAX; people];
            for (_, own) in &all {
                let weight = Some(i64::from(own.scores.weight)).filter(|&own| own > 0)?;
                for (lowest, &price) in lowest.iter_mut().zip(of(own.last().1)) {
                    *lowest = narrowed(price.div_euclid(weight))?.min(*lowest);
                }
            }
            Some(lowest)
        };
        let mentees = lowest(|own| &own.mentees, whole.mentees());
        let mentors = lowest(|own| &own.mentors, whole.mentors());
        let proof = |(at, weighing): (usize, &'a Weighing<'a>)| Proved {
            at,
            weighing,
            whole,
            test: PairTest::new(weighing.certificate.levels(), weighing.certificate.prices()),
        };
        let mut last = all.iter().map(|(_, own)| own.last().1);
        let is_debt = |price: &i64| *price < 0;
        let has_no_debts = !last.any(|own| own.mentees.iter().chain(&own.mentors).any(is_debt));
        Self {
            has_no_debts,
            listed: first.scores.listed,
            before: PairTest::new(&levels[..before], &prices[..before]),
            lowest: mentees
                .zip(mentors)
                .map(|(mentees, mentors)| [mentees, mentors]),
            proofs: all.into_iter().map(proof).collect(),
        }
    }

    /// The pairs of a row that could be above zero by more than minus the margin, and few others.
    fn candidates(&self, mentee: usize, row: &Row<'_>, margin: i32) -> Vec<(u32, i32)> {
        let mut candidates = Vec::new();
        let mut take = |mentor, score| candidates.push((mentor, score));
        match &self.lowest {
            _ if self.before.count_above(mentee, (row, None)) > 0 => row.for_each(take),
            Some([mentees, mentors]) => {
                screen(row, mentors, mentees[mentee] - margin, &mut take);
                self.for_each_listed(mentee, row, take);
            }
            // Scores do not count: a pair that is not listed is worth nothing, and costs no less.
            None if self.has_no_debts => self.for_each_listed(mentee, row, take),
            None => row.for_each(take),
        }
        candidates
    }

    fn for_each_listed(&self, mentee: usize, row: &Row<'_>, mut take: impl FnMut(u32, i32)) {
        let listed = self.listed.map_or(&[][..], |listed| listed.of(mentee));
        for &(mentor, _) in listed {
            if let Some(score) = row.score(mentor) {
                take(mentor, score);
            }
        }
    }
}

impl Proved<'_> {
    /// The chosen pairs that are allowed, with their weighed scores.
    fn chosen(&self, mentee: usize, row: &Row<'_>) -> Vec<(usize, i32)> {
        let chosen = self.weighing.assignment.mentors_of(index(mentee)).iter();
        let weighed = chosen.filter_map(|mentor| {
            let score = row.score(mentor.get())?;
            Some((mentor.index(), self.weighed(mentee, mentor.get(), score)?))
        });
        weighed.collect()
    }

    /// Whether all chosen pairs are allowed, different, of different kinds where those bind, and not below zero.
    fn check_chosen(
        &self,
        mentee: usize,
        row: &Row<'_>,
        slots: Option<&Slots<'_>>,
    ) -> Result<(), Violation> {
        let chosen = self.weighing.assignment.mentors_of(index(mentee));
        if let Some(mentors) = slots.and_then(|slots| slots.alike(chosen)) {
            let mentee = index(mentee);
            return Err(Violation::OfOneKind { mentee, mentors });
        }
        let mut before = None;
        for &mentor in chosen {
            let is_new = before.replace(mentor) != Some(mentor);
            let score = row.score(mentor.get()).filter(|_| is_new);
            let weighed = score.and_then(|own| self.weighed(mentee, mentor.get(), own));
            let Some(weighed) = weighed else {
                let mentee = index(mentee);
                return Err(Violation::NotAllowed { mentee, mentor });
            };
            if self.test.sign(mentee, mentor.index(), weighed).is_lt() {
                return Err(violation_at(mentee));
            }
        }
        Ok(())
    }

    fn weighed(&self, mentee: usize, mentor: u32, score: i32) -> Option<i32> {
        self.weighing.scores.of(mentee, mentor, score)
    }

    /// What a weighed score is more than its price at the last level.
    fn reduced(&self, mentee: usize, mentor: usize, weighed: i32) -> i64 {
        let (level, prices) = self.weighing.last();
        prices.reduced(level, mentee, mentor, weighed)
    }
}

/// A pass over some rows.
struct Pass {
    margin: i32,
    /// Weighings that are not proved.
    found: Vec<(usize, Violation)>,
    near: Vec<(u32, u32, i32)>,
}

impl Pass {
    fn refuse_all(&mut self, weighings: &[usize], violation: &Violation) {
        let refused = weighings.iter().map(|&at| (at, violation.clone()));
        self.found.extend(refused);
    }

    fn read(&mut self, groups: &[Group<'_>], mentee: usize, row: &Row<'_>) {
        let (mut missing, mut near) = (Vec::new(), Vec::new());
        for group in groups {
            let candidates = group.candidates(mentee, row, self.margin);
            for proof in &group.proofs {
                self.read_for(proof, (mentee, row), &candidates, [&mut missing, &mut near]);
            }
        }
        for (pairs, most) in [&mut missing, &mut near].into_iter().zip(TOLD) {
            pairs.sort_unstable();
            pairs.dedup();
            pairs.truncate(most);
        }
        missing.extend(near);
        missing.sort_unstable();
        missing.dedup();
        let mentee = index(mentee).get();
        let told = missing
            .iter()
            .map(|&(mentor, score)| (mentee, mentor, score));
        self.near.extend(told);
    }

    fn read_for(
        &mut self,
        proof: &Proved<'_>,
        (mentee, row): (usize, &Row<'_>),
        candidates: &[(u32, i32)],
        [missing, near]: [&mut Vec<(u32, i32)>; 2],
    ) {
        let slots = Slots::of(proof.whole, &proof.test, mentee);
        if let Err(violation) = proof.check_chosen(mentee, row, slots.as_ref()) {
            self.found.push((proof.at, violation));
        }
        let chosen = proof.chosen(mentee, row);
        let is_chosen = |mentor: usize| chosen.iter().any(|own| own.0 == mentor);
        let least = -i64::from(self.margin) * i64::from(proof.weighing.scores.weight);
        for &(mentor, score) in candidates {
            let Some(weighed) = proof.weighed(mentee, mentor, score) else {
                continue;
            };
            let at = mentor as usize;
            let is_above = proof.test.sign(mentee, at, weighed).is_gt();
            let is_outbid = |slots: &Slots<'_>| slots.is_outbid((at, weighed), &chosen);
            if is_above && !is_chosen(at) && !slots.as_ref().is_some_and(is_outbid) {
                self.found.push((proof.at, violation_at(mentee)));
                missing.push((mentor, score));
            } else if proof.reduced(mentee, at, weighed) > least {
                near.push((mentor, score));
            }
        }
    }
}

/// A price in 32 bits, or a lower one; `None` if it is too low.
fn narrowed(price: i64) -> Option<i32> {
    let price = i32::try_from(price.min(NARROW)).ok()?;
    (i64::from(price) > -NARROW).then_some(price)
}

/// Visits the pairs of a row whose score is above the mentor's price and a bar.
fn screen(row: &Row<'_>, prices: &[i32], bar: i32, mut visit: impl FnMut(u32, i32)) {
    let Row::Dense { scores, absent } = *row else {
        return row.for_each(|mentor, score| {
            if score > prices[mentor as usize] + bar {
                visit(mentor, score);
            }
        });
    };
    let mut visit_all = |first: usize, scores: &[i32]| {
        let pairs = scores.iter().zip(&prices[first..]).zip(first..);
        for ((&score, &price), mentor) in pairs {
            if score > price + bar && Some(score) != absent {
                visit(index(mentor).get(), score);
            }
        }
    };
    let (blocks, rest) = scores.as_chunks::<BLOCK>();
    let (of_prices, _) = prices.as_chunks::<BLOCK>();
    for (number, (scores, prices)) in blocks.iter().zip(of_prices).enumerate() {
        if lanes::any::<BLOCK>(|at| scores[at] > prices[at] + bar) {
            visit_all(number * BLOCK, scores);
        }
    }
    visit_all(scores.len() - rest.len(), rest);
}

fn violation_at(mentee: usize) -> Violation {
    let mentee = index(mentee);
    Violation::Pair { mentee }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a problem has fewer than 2^24 people"
)]
fn index(person: usize) -> MenteeIdx {
    MenteeIdx::new(person as u32)
}

#[cfg(test)]
mod tests;
