//! Kernel for sets: what the two sides have in common.
//!
//! A row walks the mentee's items and, for each, the mentors who have it; it costs the number of
//! common items, not the size of the vocabulary, and one buffer a row.

use super::column::Columns;
use super::csr::Csr;
use super::rarity::rarity;
use super::{BadScore, ScoreRow};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::score::Score;

/// What an item of a set counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weighing {
    /// Every item 1.
    Equal,
    /// More, the fewer people have the item.
    Rarity,
}

/// The sets of both sides, prepared for rows.
pub(crate) struct Overlap {
    mentees: Sets,
    mentors: Sets,
    holders: Csr<MentorIdx>, // by item: the mentors who have it
    weights: Vec<u64>,       // indexed by item
}

struct Sets {
    items: Vec<Option<Vec<u32>>>, // indexed by person; sorted, without repetition
    totals: Vec<Option<u64>>,     // indexed by person: the weight of all items
}

/// The weights of two sets and of what they have in common.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    pub(crate) common: u64,
    pub(crate) mentee: u64,
    pub(crate) mentor: u64,
}

impl Overlap {
    pub(crate) fn new(columns: Columns<Option<Vec<u32>>>, weighing: Weighing) -> Self {
        let weights = weights(&columns, weighing);
        let mut holding = Vec::new();
        for (mentor, items) in MentorIdx::all(columns.mentors.len()).zip(&columns.mentors) {
            holding.extend(items.iter().flatten().map(|&item| (item as usize, mentor)));
        }
        Self {
            holders: Csr::new(weights.len(), holding),
            mentees: Sets::new(columns.mentees, &weights),
            mentors: Sets::new(columns.mentors, &weights),
            weights,
        }
    }

    /// `None` where either side gave no answer.
    pub(crate) fn pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Shared> {
        let theirs = self.mentors.items[mentor].as_deref()?;
        let own = self.mentees.items[mentee].as_deref()?;
        let common = own.iter().filter(|item| theirs.binary_search(item).is_ok());
        Some(Shared {
            common: common.map(|&item| self.weights[item as usize]).sum(),
            mentee: self.mentees.totals[mentee]?,
            mentor: self.mentors.totals[mentor]?,
        })
    }

    /// Calls `put` with each entry of `row` and what the pair has in common.
    pub(crate) fn row<E>(
        &self,
        mentee: MenteeIdx,
        row: &mut [E],
        put: impl Fn(&mut E, Option<Shared>),
    ) {
        let Some(total) = self.mentees.totals[mentee] else {
            row.iter_mut().for_each(|entry| put(entry, None));
            return;
        };
        let mut common = vec![0; row.len()];
        for &item in self.mentees.items[mentee].iter().flatten() {
            let weight = self.weights[item as usize];
            for &mentor in self.holders.list(item as usize) {
                common[mentor] += weight;
            }
        }
        for ((entry, common), theirs) in row.iter_mut().zip(common).zip(&self.mentors.totals) {
            let shared = theirs.map(|theirs| Shared {
                common,
                mentee: total,
                mentor: theirs,
            });
            put(entry, shared);
        }
    }
}

impl Sets {
    fn new(items: Vec<Option<Vec<u32>>>, weights: &[u64]) -> Self {
        let total = |set: &Vec<u32>| set.iter().map(|&item| weights[item as usize]).sum();
        let totals = items.iter().map(|set| set.as_ref().map(total)).collect();
        Self { items, totals }
    }
}

/// The weight of every item; all people of both sides who answered are counted for rarity.
fn weights(columns: &Columns<Option<Vec<u32>>>, weighing: Weighing) -> Vec<u64> {
    let mut people = 0;
    let mut having: Vec<u32> = Vec::new();
    for items in columns.mentees.iter().chain(&columns.mentors).flatten() {
        people += 1;
        for &item in items {
            let item = item as usize;
            having.resize(having.len().max(item + 1), 0);
            having[item] += 1;
        }
    }
    having
        .into_iter()
        .map(|having| match weighing {
            Weighing::Equal => 1,
            Weighing::Rarity => rarity(people, having),
        })
        .collect()
}

/// A score made from what two sets have in common.
pub(crate) struct OverlapScore<F> {
    pub(crate) overlap: Overlap,
    pub(crate) measure: F,
}

impl<F: Fn(Shared) -> Option<Score> + Send + Sync> ScoreRow for OverlapScore<F> {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(self.overlap.pair(mentee, mentor).and_then(&self.measure))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        self.overlap.row(mentee, row, |entry, shared| {
            *entry = shared.and_then(&self.measure);
        });
        Ok(())
    }
}
