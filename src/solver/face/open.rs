//! The pairs that are free to choose, by tail and by mentor.
//!
//! Nearly always they are few, and listed. Where scores have few values, or depend on one side alone, a good
//! part of all pairs is open: then a bit for each says so in less room, and whether a row meets a set is seen
//! 64 pairs at a time. Then hardly any mentor's tails are ever asked for, so that rows are turned into columns only
//! where they are: to turn all of them would take as long as half a pass over the pairs.

use std::cell::OnceCell;

use super::super::control::Watch;
use super::super::walk::position;
use crate::lanes;

/// The open pairs. A tail is a mentee, or a slot of hers.
pub(in crate::solver) struct Open(Form);

enum Form {
    Listed {
        rows: Lists,
        columns: Lists,
    },
    Bits {
        rows: Lines,
        /// By word of a row: its columns, once one of them is asked for.
        columns: Vec<OnceCell<Lines>>,
    },
}

/// For each of many, some of many others: those of line `l` are `others[starts[l]..starts[l + 1]]`, ascending.
pub(super) struct Lists {
    starts: Vec<u32>,
    pub(super) others: Vec<u32>,
}

/// The same with a bit for each of the others, in so many words for each of the many.
struct Lines {
    words: Vec<u64>,
    each: usize,
}

/// A set of numbers below a bound.
#[derive(Default)]
pub(in crate::solver) struct Bits(Vec<u64>);

const WORD: usize = u64::BITS as usize;

impl Bits {
    /// An empty set of numbers below `bound`.
    pub(in crate::solver) fn below(bound: usize) -> Self {
        Self(vec![0; Self::words(bound)])
    }

    /// The set of all numbers below `bound`.
    pub(in crate::solver) fn up_to(bound: u32) -> Self {
        let bound = bound as usize;
        let mut all = vec![u64::MAX; Self::words(bound)];
        if let Some(last) = all.last_mut() {
            *last >>= bound.next_multiple_of(WORD) - bound;
        }
        Self(all)
    }

    /// How many words such a set takes.
    pub(super) fn words(bound: usize) -> usize {
        bound.div_ceil(WORD)
    }

    pub(in crate::solver) fn insert(&mut self, number: u32) {
        Self::insert_into(&mut self.0, number);
    }

    pub(super) fn insert_into(words: &mut [u64], number: u32) {
        words[number as usize / WORD] |= 1 << (number as usize % WORD);
    }

    pub(in crate::solver) fn remove(&mut self, number: u32) {
        self.0[number as usize / WORD] &= !(1 << (number as usize % WORD));
    }

    #[inline]
    pub(in crate::solver) fn has(&self, number: u32) -> bool {
        self.0[number as usize / WORD] >> (number as usize % WORD) & 1 == 1
    }
}

impl Open {
    /// What a listed pair takes.
    pub(in crate::solver) const BYTES_LISTED: u64 = 8;

    /// Pairs that are listed by tail; of no use if cancelled.
    pub(super) fn listed(rows: Lists, mentors: usize, watch: &Watch) -> Self {
        let columns = rows.columns(mentors, watch);
        Self(Form::Listed { rows, columns })
    }

    /// What both rows and columns take as bits at most.
    pub(in crate::solver) fn bytes_of_bits(tails: usize, mentors: usize) -> usize {
        let of_lines = |lines: usize, each: usize| lines.saturating_mul(Bits::words(each) * 8);
        let of_cells = Bits::words(mentors) * size_of::<OnceCell<Lines>>();
        of_lines(tails, mentors)
            .saturating_add(of_lines(mentors.next_multiple_of(WORD), tails))
            .saturating_add(of_cells)
    }

    /// Pairs that are told by bits: row-major, each row of whole words.
    pub(super) fn bits(words: Vec<u64>, all: usize) -> Self {
        let each = Bits::words(all);
        Self(Form::Bits {
            rows: Lines { words, each },
            columns: (0..each).map(|_| OnceCell::new()).collect(),
        })
    }

    /// The first mentor of a tail at or after a cursor, and the cursor behind; cursors begin at 0. Others than
    /// those of a set may be left out.
    #[inline]
    pub(in crate::solver) fn mentor(
        &self,
        tail: u32,
        cursor: u32,
        of: &Bits,
    ) -> Option<(u32, u32)> {
        self.next(tail, cursor, Some(of))
    }

    /// The same of a mentor's tails.
    #[inline]
    pub(in crate::solver) fn tail(
        &self,
        mentor: u32,
        cursor: u32,
        of: &Bits,
    ) -> Option<(u32, u32)> {
        match &self.0 {
            Form::Listed { columns, .. } => columns.next(mentor, cursor),
            Form::Bits { rows, columns } => {
                let (word, bit) = (mentor as usize / WORD, mentor % u64::BITS);
                let columns = columns[word].get_or_init(|| rows.columns_of(word));
                columns.next(bit, cursor, Some(of))
            }
        }
    }

    /// The first mentor of a tail and of a set who stands in this position or after it.
    pub(in crate::solver) fn mentor_from(&self, tail: u32, at: u32, of: &Bits) -> Option<u32> {
        match &self.0 {
            Form::Listed { rows, .. } => {
                let row = rows.of(tail);
                let behind = &row[row.partition_point(|&mentor| mentor < at)..];
                behind.iter().copied().find(|&mentor| of.has(mentor))
            }
            Form::Bits { rows, .. } => rows.next(tail, at, Some(of)).map(|found| found.0),
        }
    }

    /// All mentors of a tail.
    pub(in crate::solver) fn mentors(&self, tail: u32) -> impl Iterator<Item = u32> {
        let mut cursor = 0;
        std::iter::from_fn(move || {
            let (mentor, behind) = self.next(tail, cursor, None)?;
            cursor = behind;
            Some(mentor)
        })
    }

    #[inline]
    fn next(&self, tail: u32, cursor: u32, of: Option<&Bits>) -> Option<(u32, u32)> {
        match &self.0 {
            Form::Listed { rows, .. } => rows.next(tail, cursor),
            Form::Bits { rows, .. } => rows.next(tail, cursor, of),
        }
    }

    /// How many mentors a tail has.
    pub(in crate::solver) fn degree(&self, tail: u32) -> u32 {
        match &self.0 {
            Form::Listed { rows, .. } => position(rows.of(tail).len()),
            Form::Bits { rows, .. } => rows.of(tail).iter().map(|word| word.count_ones()).sum(),
        }
    }

    /// How many mentors of a tail are in a set; at most so many where pairs are listed.
    pub(in crate::solver) fn count(&self, tail: u32, set: &Bits) -> usize {
        match &self.0 {
            Form::Listed { rows, .. } => rows.of(tail).len(),
            Form::Bits { rows, .. } => {
                let row = rows.of(tail).iter().zip(&set.0);
                let common = row.map(|(own, set)| (own & set).count_ones() as usize);
                common.sum()
            }
        }
    }

    /// How many pairs are open.
    pub(in crate::solver) fn pairs(&self) -> usize {
        match &self.0 {
            Form::Listed { rows, .. } => rows.others.len(),
            Form::Bits { rows, .. } => {
                let words = rows.words.iter();
                words.map(|word| word.count_ones() as usize).sum()
            }
        }
    }

    /// Whether a pair is open.
    pub(in crate::solver) fn has(&self, tail: u32, mentor: u32) -> bool {
        match &self.0 {
            Form::Listed { rows, .. } => rows.of(tail).binary_search(&mentor).is_ok(),
            Form::Bits { rows, .. } => {
                let word = rows.of(tail)[mentor as usize / WORD];
                word >> (mentor as usize % WORD) & 1 == 1
            }
        }
    }

    /// Whether so many pairs are open that a mentee's best are sooner found by asking for each mentor.
    pub(in crate::solver) fn is_wide(&self) -> bool {
        matches!(self.0, Form::Bits { .. })
    }

    /// A mentor of a tail's who is in a set and passes a test.
    pub(in crate::solver) fn find(
        &self,
        tail: u32,
        set: &Bits,
        passes: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        match &self.0 {
            Form::Listed { rows, .. } => {
                let mut row = rows.of(tail).iter().copied();
                row.find(|&mentor| set.has(mentor) && passes(mentor))
            }
            Form::Bits { rows, .. } => {
                let row = rows.of(tail).iter().zip(&set.0);
                let common = row.map(|(own, set)| own & set).enumerate();
                for (at, word) in common.filter(|&(_, word)| word != 0) {
                    if let Some(mentor) = ones(at, word).find(|&mentor| passes(mentor)) {
                        return Some(mentor);
                    }
                }
                None
            }
        }
    }
}

/// The numbers of the bits of a word.
fn ones(at: usize, word: u64) -> impl Iterator<Item = u32> {
    let first = position(at * WORD);
    let mut left = word;
    std::iter::from_fn(move || {
        let bit = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        (bit < u64::BITS).then_some(first + bit)
    })
}

impl Lists {
    pub(super) fn empty() -> Self {
        Self {
            starts: vec![0],
            others: Vec::new(),
        }
    }

    /// Ends a line behind all others that are there.
    pub(super) fn end_line(&mut self) {
        self.starts.push(position(self.others.len()));
    }

    /// Adds the lines of other lists.
    pub(super) fn append(&mut self, more: Self) {
        let shift = position(self.others.len());
        let ends = more.starts.iter().skip(1);
        self.starts.extend(ends.map(|end| end + shift));
        self.others.extend(more.others);
    }

    pub(super) fn of(&self, line: u32) -> &[u32] {
        let at = |line: usize| self.starts[line] as usize;
        &self.others[at(line as usize)..at(line as usize + 1)]
    }

    #[inline]
    fn next(&self, line: u32, cursor: u32) -> Option<(u32, u32)> {
        let other = self.of(line).get(cursor as usize)?;
        Some((*other, cursor + 1))
    }

    /// The columns of these rows; of no use if cancelled.
    fn columns(&self, count: usize, watch: &Watch) -> Self {
        let mut starts = vec![0u32; count + 1];
        for &column in watch.until_cancelled(&self.others) {
            starts[column as usize + 1] += 1;
        }
        for column in 0..count {
            starts[column + 1] += starts[column];
        }
        let (mut next, mut others) = (starts.clone(), vec![0; self.others.len()]);
        for line in watch.until_cancelled(0..position(self.starts.len() - 1)) {
            for &column in self.of(line) {
                others[next[column as usize] as usize] = line;
                next[column as usize] += 1;
            }
        }
        Self { starts, others }
    }
}

impl Lines {
    #[inline]
    fn of(&self, line: u32) -> &[u64] {
        &self.words[line as usize * self.each..][..self.each]
    }

    #[inline]
    fn next(&self, line: u32, cursor: u32, of: Option<&Bits>) -> Option<(u32, u32)> {
        let line = self.of(line);
        let wanted = |at: usize| line[at] & of.map_or(u64::MAX, |of| of.0[at]);
        let (mut at, bit) = (cursor as usize / WORD, cursor as usize % WORD);
        let mut word = (at < self.each).then(|| wanted(at) & u64::MAX << bit)?;
        while word == 0 {
            at += 1;
            word = (at < self.each).then(|| wanted(at))?;
        }
        let other = position(at * WORD) + word.trailing_zeros();
        Some((other, other + 1))
    }

    /// The columns of one word of these rows.
    #[cold]
    fn columns_of(&self, word: usize) -> Self {
        lanes::widest(
            #[inline(always)]
            || self.transposed(word),
        )
    }

    /// The same, 64 × 64 bits at a time.
    #[inline(always)]
    fn transposed(&self, word: usize) -> Self {
        let strips = self.words.chunks(self.each * WORD);
        let each = strips.len();
        let mut words = vec![0; WORD * each];
        for (strip, rows) in strips.enumerate() {
            let mut square = [0; WORD];
            for (own, row) in square.iter_mut().zip(rows.chunks(self.each)) {
                *own = row[word];
            }
            transpose(&mut square);
            for (own, column) in square.into_iter().zip(words.chunks_mut(each)) {
                column[strip] = own;
            }
        }
        Self { words, each }
    }
}

/// Transposes a square of bits by swapping ever smaller blocks (H. S. Warren, *Hacker's Delight*, 7-3).
#[inline(always)]
fn transpose(square: &mut [u64; WORD]) {
    let (mut width, mut mask) = (WORD / 2, u64::MAX >> (WORD / 2));
    while width > 0 {
        for rows in square.chunks_exact_mut(2 * width) {
            let (above, below) = rows.split_at_mut(width);
            for (above, below) in above.iter_mut().zip(below) {
                let swapped = (*above >> width ^ *below) & mask;
                *below ^= swapped;
                *above ^= swapped << width;
            }
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::spread;
    use proptest::prelude::*;

    #[test]
    fn columns_are_turned_rows() {
        for (rows, columns) in [(210, 210), (70, 1_100), (1, 65), (64, 64), (0, 65)] {
            let is_open = |row: usize, column: usize| {
                column < columns && spread((row << 32 | column) as u64) & 1 == 1
            };
            let word = |row, first: usize| {
                let bits = (0..WORD).map(|bit| u64::from(is_open(row, first + bit)) << bit);
                bits.sum::<u64>()
            };
            let each = Bits::words(columns);
            let firsts = |row| (0..each).map(move |at| word(row, at * WORD));
            let words: Vec<u64> = (0..rows).flat_map(firsts).collect();
            let open = Lines { words, each };
            for at in 0..each {
                let turned = open.columns_of(at);
                for (column, line) in (at * WORD..columns).zip(0..position(WORD)) {
                    for row in 0..rows {
                        let bit = turned.of(line)[row / WORD] >> (row % WORD) & 1 == 1;
                        assert_eq!(bit, is_open(row, column), "{row} {column}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn both_forms_tell_the_same_pairs(
            rows in prop::collection::vec(prop::collection::btree_set(0u32..130, 0..12), 1..140)
        ) {
            let mut lists = Lists::empty();
            let mut words = vec![0; rows.len() * 3];
            for (row, own) in rows.iter().enumerate() {
                for &mentor in own {
                    lists.others.push(mentor);
                    words[row * 3 + mentor as usize / WORD] |= 1 << (mentor as usize % WORD);
                }
                lists.end_line();
            }
            let all = Bits::up_to(position(rows.len()));
            let mut set = Bits::below(130);
            (0..130).step_by(3).for_each(|mentor| set.insert(mentor));
            for open in [Open::listed(lists, 130, &Watch::default()), Open::bits(words, 130)] {
                for (tail, own) in (0..).zip(&rows) {
                    prop_assert!(open.mentors(tail).eq(own.iter().copied()));
                    let found = open.find(tail, &set, |mentor| mentor > 60);
                    let known = own.iter().copied().find(|mentor| mentor % 3 == 0 && *mentor > 60);
                    prop_assert_eq!(found, known);
                }
                for mentor in 0..130 {
                    let (mut cursor, mut tails) = (0, Vec::new());
                    while let Some((tail, behind)) = open.tail(mentor, cursor, &all) {
                        tails.push(tail);
                        cursor = behind;
                    }
                    let of_row = |tail: &u32| rows[*tail as usize].contains(&mentor);
                    let known: Vec<u32> = (0..position(rows.len())).filter(of_row).collect();
                    for &tail in &known {
                        prop_assert!(open.has(tail, mentor));
                    }
                    prop_assert_eq!(tails, known);
                }
            }
        }
    }
}
