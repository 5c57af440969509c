//! The few pairs that matter to a trade-off: solved on by themselves, while proofs are about all.

use std::borrow::Cow;

use crate::ids::MenteeIdx;
use crate::solver::assignment::Assignment;
use crate::solver::error::ProblemError;
use crate::solver::level::ListedValues;
use crate::solver::problem::{Problem, RowBuffer, Weighed};
use crate::solver::sample;

/// Rows from which it is drawn how many pairs a margin brings.
const SAMPLE: usize = 128;

/// A mentee, a mentor and their score.
pub(super) type Pair = (u32, u32, i32);

/// Some of the pairs of a problem.
#[derive(Clone, Debug)]
pub(super) struct Core {
    /// Pairs that score less are of no use.
    floor: i32,
    /// What is listed of all pairs.
    values: Option<ListedValues>,
    /// Ordered by mentee and then by mentor.
    pairs: Vec<Pair>,
    /// The same in compressed rows.
    starts: Vec<u64>,
    mentors: Vec<u32>,
    /// What is listed of each.
    listed: Vec<i32>,
}

impl Core {
    /// No pairs, of so many mentees.
    pub(super) fn empty(mentees: usize, floor: i32, values: Option<ListedValues>) -> Self {
        Self {
            floor,
            values,
            pairs: Vec::new(),
            starts: vec![0; mentees + 1],
            mentors: Vec::new(),
            listed: Vec::new(),
        }
    }

    /// Adds pairs, those that are there already among them.
    pub(super) fn add(&mut self, pairs: impl IntoIterator<Item = Pair>) {
        let is_high = |&(_, _, score): &Pair| score >= self.floor;
        self.pairs.extend(pairs.into_iter().filter(is_high));
        self.pairs.sort(); // mostly two ordered runs, which this sort merges
        self.pairs.dedup();
        let mentees = self.starts.len() - 1;
        self.starts = starts(mentees, self.pairs.iter().map(|pair| pair.0));
        self.mentors = self.pairs.iter().map(|&(_, mentor, _)| mentor).collect();
        let listed = |&(mentee, mentor, _): &Pair| {
            let listed = self.values.as_ref();
            listed.map_or(0, |own| own.value(mentee as usize, mentor as usize))
        };
        self.listed = self.pairs.iter().map(listed).collect();
    }

    /// The problem of these pairs, weighed, with all bounds.
    pub(super) fn problem(&self, weighed: &Weighed<'_>) -> Result<Problem<'_>, ProblemError> {
        let pairs = self.pairs.iter().zip(&self.listed);
        let scores = pairs.map(|(&(_, _, score), &value)| weighed.with(score, value));
        if weighed.barred.is_empty() {
            let scores = scores.map(Option::unwrap_or_default); // none of them is below the floor
            let rows = (Cow::from(&self.starts), Cow::from(&self.mentors));
            return weighed.whole.part(rows, scores.collect());
        }
        let is_barred = |pair: &Pair| weighed.barred.binary_search(&(pair.0, pair.1)).is_ok();
        let left = self.pairs.iter().zip(scores);
        let left: Vec<_> = left.filter(|(pair, _)| !is_barred(pair)).collect();
        let mentors = left.iter().map(|(pair, _)| pair.1).collect();
        let scores = left.iter().map(|(_, score)| score.unwrap_or_default());
        let starts = starts(self.starts.len() - 1, left.iter().map(|(pair, _)| pair.0));
        let rows = (Cow::Owned(starts), Cow::Owned(mentors));
        weighed.whole.part(rows, scores.collect())
    }

    /// The score of a pair and what is listed of it; nothing for one that is not here.
    pub(super) fn of(&self, mentee: u32, mentor: u32) -> Option<(i32, i32)> {
        let found = self
            .pairs
            .binary_search_by_key(&(mentee, mentor), |&(mentee, mentor, _)| (mentee, mentor));
        let at = found.ok()?;
        Some((self.pairs[at].2, self.listed[at]))
    }
}

/// Where the rows of so many mentees start, given the mentee of each pair.
fn starts(mentees: usize, pairs: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut starts = vec![0; mentees + 1];
    for mentee in pairs {
        starts[mentee as usize + 1] += 1;
    }
    for mentee in 0..mentees {
        starts[mentee + 1] += starts[mentee];
    }
    starts
}

/// The pairs of some assignments, and those that are listed and allowed.
pub(super) fn known_pairs(
    whole: &Problem<'_>,
    listed: Option<&ListedValues>,
    assignments: &[&Assignment],
) -> Vec<Pair> {
    let mut buffer = RowBuffer::default();
    let mut known = Vec::new();
    for (number, mentee) in (0u32..).zip(0..whole.mentees()) {
        let Some(row) = whole.row(mentee, &mut buffer) else {
            continue;
        };
        let listed = listed.map_or(&[][..], |listed| listed.of(mentee));
        let listed = listed.iter().map(|&(mentor, _)| mentor);
        let chosen = assignments
            .iter()
            .flat_map(|own| own.mentors_of(MenteeIdx::new(number)));
        for mentor in listed.chain(chosen.map(|mentor| mentor.get())) {
            let score = row.score(mentor);
            known.extend(score.map(|score| (number, mentor, score)));
        }
    }
    known
}

/// The margin within which a mentee has about so many pairs, in units of the score, at prices that prove an
/// assignment of weighed scores.
pub(super) fn margin(
    weighed: &Weighed<'_>,
    (mentees, mentors): (&[i64], &[i64]),
    each: usize,
) -> i32 {
    let (whole, weight) = (weighed.whole, i64::from(weighed.weight.max(1)));
    let (mut slacks, mut buffer, mut rows) = (Vec::new(), RowBuffer::default(), 0);
    for mentee in sample::about(SAMPLE, whole.mentees()) {
        rows += 1;
        whole.for_each_allowed(mentee, &mut buffer, |mentor, score| {
            if let Some(worth) = weighed.of(mentee, mentor, score) {
                let price = mentees[mentee].saturating_add(mentors[mentor as usize]);
                slacks.push((price - i64::from(worth)) / weight);
            }
        });
    }
    let wanted = rows * each;
    if wanted >= slacks.len() {
        return slacks.into_iter().max().map_or(0, narrow);
    }
    narrow(*slacks.select_nth_unstable(wanted).1)
}

/// A margin that can be added to prices.
fn narrow(slack: i64) -> i32 {
    i32::try_from(slack.clamp(0, 1 << 28)).unwrap_or_default()
}
