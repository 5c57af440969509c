//! Kernel for whatever depends on one answer of each side: people with the same answer form a
//! class, and the verdict is looked up by the two classes.
//!
//! A row is then a gather from one line of the table, whatever the formula costs. Answers with so
//! many distinct values that the table would not fit a cache are compared pair by pair instead.

use std::collections::BTreeMap;

use super::column::Columns;
use super::{BadScore, ScoreRow, bytes_of};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::score::Score;

/// 4 MiB of scores.
const LARGEST_TABLE: usize = 1 << 20;

/// A function of one value of each side, prepared for rows.
pub(crate) struct ClassTable<V, F, T> {
    mentees: Classes<V>,
    mentors: Classes<V>,
    /// The verdict by mentee class and mentor class, mentor classes adjacent; empty if too large.
    table: Vec<T>,
    verdict: F,
}

struct Classes<V> {
    values: Vec<V>, // indexed by class
    of: Vec<u32>,   // the class, indexed by person
    each: Vec<V>,   // the value, indexed by person
}

impl<V: Ord + Copy, F: Fn(V, V) -> T, T: Copy> ClassTable<V, F, T> {
    /// `verdict` takes the mentee's value first.
    pub(crate) fn new(columns: Columns<V>, verdict: F) -> Self {
        let mentees = Classes::new(columns.mentees);
        let mentors = Classes::new(columns.mentors);
        let mut table = Vec::new();
        if mentees.values.len().saturating_mul(mentors.values.len()) <= LARGEST_TABLE {
            for &mentee in &mentees.values {
                table.extend(mentors.values.iter().map(|&mentor| verdict(mentee, mentor)));
            }
        }
        Self {
            mentees,
            mentors,
            table,
            verdict,
        }
    }

    pub(crate) fn pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> T {
        (self.verdict)(self.mentees.each[mentee], self.mentors.each[mentor])
    }

    pub(crate) fn bytes(&self) -> u64 {
        bytes_of(&self.table) + self.mentees.bytes() + self.mentors.bytes()
    }

    pub(crate) fn class(&self, mentee: MenteeIdx) -> u32 {
        self.mentees.of[mentee]
    }

    /// Calls `put` with each entry of `row` and its verdict.
    pub(crate) fn row<E>(&self, mentee: MenteeIdx, row: &mut [E], put: impl Fn(&mut E, T)) {
        if self.table.is_empty() {
            let value = self.mentees.each[mentee];
            for (entry, &mentor) in row.iter_mut().zip(&self.mentors.each) {
                put(entry, (self.verdict)(value, mentor));
            }
            return;
        }
        let width = self.mentors.values.len();
        let start = self.mentees.of[mentee] as usize * width;
        let line = &self.table[start..start + width];
        for (entry, &class) in row.iter_mut().zip(&self.mentors.of) {
            put(entry, line[class as usize]);
        }
    }
}

impl<V, F> ScoreRow for ClassTable<V, F, Option<Score>>
where
    V: Ord + Copy + Send + Sync,
    F: Fn(V, V) -> Option<Score> + Send + Sync,
{
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(self.pair(mentee, mentor))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        self.row(mentee, row, |entry, score| *entry = score);
        Ok(())
    }

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        Some(self.class(mentee))
    }

    fn bytes(&self) -> u64 {
        self.bytes()
    }
}

impl<V: Ord + Copy> Classes<V> {
    fn bytes(&self) -> u64 {
        bytes_of(&self.values) + bytes_of(&self.of) + bytes_of(&self.each)
    }

    fn new(each: Vec<V>) -> Self {
        let mut classes = BTreeMap::new();
        let mut values = Vec::new();
        let mut of = Vec::with_capacity(each.len());
        for &value in &each {
            let class = *classes.entry(value).or_insert_with(|| {
                values.push(value);
                u32::try_from(values.len() - 1).unwrap_or(u32::MAX) // a cohort's people fit u32
            });
            of.push(class);
        }
        Self { values, of, each }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_direct_comparison_agree() {
        let few = |n: i64| Columns {
            mentees: (0..n).map(|at| at * 7 % 50).collect(),
            mentors: (0..n).map(|at| at * 3 % 40).collect(),
        };
        let many = Columns {
            mentees: (0..1100).collect(),
            mentors: (0..1100).collect(),
        };
        let difference = |mentee: i64, mentor: i64| mentor - mentee;
        for columns in [few(0), few(60), many] {
            let table = ClassTable::new(columns, difference);
            for mentee in MenteeIdx::all(table.mentees.each.len()) {
                let mut row = vec![0; table.mentors.each.len()];
                table.row(mentee, &mut row, |entry, value| *entry = value);
                for mentor in MentorIdx::all(row.len()) {
                    assert_eq!(row[mentor], table.pair(mentee, mentor));
                }
            }
        }
    }
}
