//! Kernel for sets: what the two sides have in common.
//!
//! A row walks the mentee's items and, for each, the mentors who have it; it costs the number of
//! common items, not the size of the vocabulary, and one buffer a row. Where few different sets occur,
//! mentees of one set share their row. Where many do, all who answered share a row of nothing in
//! common, and only the mentors with something in common differ from it.

use std::collections::BTreeMap;

use super::column::Columns;
use super::csr::Csr;
use super::rarity::rarity;
use super::{BadScore, RowException, ScoreRow, bytes_of};
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
    classes: SetClasses,
}

/// Which mentees share a row.
enum SetClasses {
    /// Those with the same set: its number, indexed by mentee.
    BySet(Vec<u32>),
    /// Those who answered, but for exceptions.
    ByAnswer,
}

/// Up to here, and to a quarter of the mentees, a row for each set is worth keeping.
const FEW_SETS: usize = 256;

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
            classes: SetClasses::of(&columns.mentees),
            holders: Csr::new(weights.len(), holding),
            mentees: Sets::new(columns.mentees, &weights),
            mentors: Sets::new(columns.mentors, &weights),
            weights,
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        let classes = match &self.classes {
            SetClasses::BySet(of) => bytes_of(of),
            SetClasses::ByAnswer => 0,
        };
        let sets = self.mentees.bytes() + self.mentors.bytes();
        sets + self.holders.bytes() + bytes_of(&self.weights) + classes
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
        let common = self.common(mentee);
        for ((entry, common), theirs) in row.iter_mut().zip(common).zip(&self.mentors.totals) {
            let shared = theirs.map(|theirs| Shared {
                common,
                mentee: total,
                mentor: theirs,
            });
            put(entry, shared);
        }
    }

    /// The weight of what each mentor has in common with a mentee.
    fn common(&self, mentee: MenteeIdx) -> Vec<u64> {
        let mut common = vec![0; self.mentors.totals.len()];
        for &item in self.mentees.items[mentee].iter().flatten() {
            let weight = self.weights[item as usize];
            for &mentor in self.holders.list(item as usize) {
                common[mentor] += weight;
            }
        }
        common
    }

    /// The class of mentees who share a row, if need be with exceptions.
    fn class(&self, mentee: MenteeIdx) -> u32 {
        match &self.classes {
            SetClasses::BySet(of) => of[mentee],
            SetClasses::ByAnswer => match self.mentees.totals[mentee] {
                None => 0,
                Some(0) => 1,
                Some(_) => 2,
            },
        }
    }

    /// The class of mentees of one set, where few sets occur.
    pub(crate) fn set_class(&self, mentee: MenteeIdx) -> Option<u32> {
        match &self.classes {
            SetClasses::BySet(of) => Some(of[mentee]),
            SetClasses::ByAnswer => None,
        }
    }

    /// Calls `put` with each mentor and what the pair shares where a class's row is not a mentee's own.
    fn for_each_exception(&self, mentee: MenteeIdx, mut put: impl FnMut(MentorIdx, Shared)) {
        let (SetClasses::ByAnswer, Some(total)) = (&self.classes, self.mentees.totals[mentee])
        else {
            return;
        };
        let mut common = self.common(mentee);
        for &item in self.mentees.items[mentee].iter().flatten() {
            for &mentor in self.holders.list(item as usize) {
                let common = std::mem::take(&mut common[mentor]); // each mentor once
                if let (1.., Some(theirs)) = (common, self.mentors.totals[mentor]) {
                    let (mentee, mentor_total) = (total, theirs);
                    put(
                        mentor,
                        Shared {
                            common,
                            mentee,
                            mentor: mentor_total,
                        },
                    );
                }
            }
        }
    }
}

impl SetClasses {
    fn of(sets: &[Option<Vec<u32>>]) -> Self {
        let mut numbers = BTreeMap::new();
        let mut of = Vec::with_capacity(sets.len());
        for set in sets {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            of.push(*numbers.entry(set).or_insert(next));
            if numbers.len() > FEW_SETS.min(sets.len() / 4) {
                return Self::ByAnswer;
            }
        }
        Self::BySet(of)
    }
}

impl Sets {
    fn bytes(&self) -> u64 {
        let items = self.items.iter().flatten();
        let items: u64 = items.map(|items| bytes_of(items)).sum();
        items + bytes_of(&self.items) + bytes_of(&self.totals)
    }

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
    /// Where nothing is in common it depends on no total but for its being 0.
    pub(crate) measure: F,
}

impl<F: Fn(Shared) -> Option<Score> + Send + Sync> ScoreRow for OverlapScore<F> {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(self.overlap.pair(mentee, mentor).and_then(&self.measure))
    }

    fn bytes(&self) -> u64 {
        self.overlap.bytes()
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        self.overlap.row(mentee, row, |entry, shared| {
            *entry = shared.and_then(&self.measure);
        });
        Ok(())
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        Some(self.overlap.class(mentee))
    }

    fn class_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        if let SetClasses::BySet(_) = self.overlap.classes {
            return self.score_row(mentee, row);
        }
        let own = self.overlap.mentees.totals[mentee];
        for (entry, &theirs) in row.iter_mut().zip(&self.overlap.mentors.totals) {
            let nothing = own.zip(theirs).map(|(mentee, mentor)| Shared {
                common: 0,
                mentee,
                mentor,
            });
            *entry = nothing.and_then(&self.measure);
        }
        Ok(())
    }

    fn exceptions(&self, mentee: MenteeIdx, found: &mut Vec<RowException>) {
        self.overlap.for_each_exception(mentee, |mentor, shared| {
            let nothing = Shared {
                common: 0,
                ..shared
            };
            let scores = (self.measure)(nothing).zip((self.measure)(shared));
            found.extend(scores.map(|(usual, score)| RowException {
                mentor,
                usual,
                score,
            }));
        });
    }
}
