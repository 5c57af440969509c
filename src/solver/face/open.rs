//! The pairs that are free to choose, by tail and by mentor.
//!
//! Nearly always they are few, and listed. Where scores have few values, or depend on one side alone, a good
//! part of all pairs is open: then a bit for each says so in less room, and whether a row meets a set is seen
//! 64 pairs at a time.

use super::super::walk::position;
use crate::{lanes, parallel};

/// The open pairs. A tail is a mentee, or a slot of hers.
pub(in crate::solver) struct Open {
    rows: Lines,
    columns: Lines,
}

/// For each of many, some of many others.
enum Lines {
    Listed { starts: Vec<u32>, others: Vec<u32> },
    Bits { words: Vec<u64>, each: usize },
}

/// A set of numbers below a bound.
#[derive(Default)]
pub(in crate::solver) struct Bits(Vec<u64>);

const WORD: usize = u64::BITS as usize;

/// The words that memory brings together.
const LINE: usize = 8;

impl Bits {
    /// An empty set of numbers below `bound`.
    pub(in crate::solver) fn below(bound: usize) -> Self {
        Self(vec![0; Self::words(bound)])
    }

    /// The set of all numbers below `bound`.
    pub(in crate::solver) fn up_to(bound: u32) -> Self {
        let mut all = Self::below(bound as usize);
        (0..bound).for_each(|number| all.insert(number));
        all
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

    /// Pairs that are listed by tail: those of tail `t` are `mentors[starts[t]..starts[t + 1]]`, ascending.
    pub(super) fn listed(starts: Vec<u32>, mentors: Vec<u32>, all: usize) -> Self {
        let columns = turned(&starts, &mentors, all);
        Self {
            rows: Lines::Listed {
                starts,
                others: mentors,
            },
            columns,
        }
    }

    /// What both rows and columns take as bits.
    pub(in crate::solver) fn bytes_of_bits(tails: usize, mentors: usize) -> usize {
        let of_lines = |lines: usize, each: usize| lines.saturating_mul(Bits::words(each) * 8);
        of_lines(tails, mentors).saturating_add(of_lines(mentors.next_multiple_of(WORD), tails))
    }

    /// Pairs that are told by bits: row-major, each row of whole words.
    pub(super) fn bits(words: Vec<u64>, tails: usize, all: usize) -> Self {
        let columns = transposed(&words, tails, all);
        let rows = Lines::Bits {
            words,
            each: all.div_ceil(WORD),
        };
        Self { rows, columns }
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
        self.rows.next(tail as usize, cursor, Some(of))
    }

    /// The same of a mentor's tails.
    #[inline]
    pub(in crate::solver) fn tail(
        &self,
        mentor: u32,
        cursor: u32,
        of: &Bits,
    ) -> Option<(u32, u32)> {
        self.columns.next(mentor as usize, cursor, Some(of))
    }

    /// All mentors of a tail.
    pub(in crate::solver) fn mentors(&self, tail: u32) -> impl Iterator<Item = u32> {
        let mut cursor = 0;
        std::iter::from_fn(move || {
            let (mentor, behind) = self.rows.next(tail as usize, cursor, None)?;
            cursor = behind;
            Some(mentor)
        })
    }

    /// How many mentors a tail has.
    pub(in crate::solver) fn degree(&self, tail: u32) -> u32 {
        match &self.rows {
            Lines::Listed { starts, .. } => starts[tail as usize + 1] - starts[tail as usize],
            Lines::Bits { words, each } => {
                let row = words[tail as usize * each..].iter().take(*each);
                row.map(|word| word.count_ones()).sum()
            }
        }
    }

    /// How many mentors of a tail are in a set; at most so many where pairs are listed.
    pub(in crate::solver) fn count(&self, tail: u32, set: &Bits) -> usize {
        match &self.rows {
            Lines::Listed { .. } => self.degree(tail) as usize,
            Lines::Bits { words, each } => {
                let row = words[tail as usize * each..].iter().zip(&set.0);
                let common = row.map(|(own, set)| (own & set).count_ones() as usize);
                common.sum()
            }
        }
    }

    /// How many pairs are open.
    pub(in crate::solver) fn pairs(&self) -> usize {
        match &self.rows {
            Lines::Listed { others, .. } => others.len(),
            Lines::Bits { words, .. } => words.iter().map(|word| word.count_ones() as usize).sum(),
        }
    }

    /// Whether a pair is open.
    pub(in crate::solver) fn has(&self, tail: u32, mentor: u32) -> bool {
        match &self.rows {
            Lines::Listed { starts, others } => {
                let row = starts[tail as usize] as usize..starts[tail as usize + 1] as usize;
                others[row].binary_search(&mentor).is_ok()
            }
            Lines::Bits { words, each } => {
                let at = tail as usize * each + mentor as usize / WORD;
                words[at] >> (mentor as usize % WORD) & 1 == 1
            }
        }
    }

    /// Whether so many pairs are open that a mentee's best are sooner found by asking for each mentor.
    pub(in crate::solver) fn is_wide(&self) -> bool {
        matches!(self.rows, Lines::Bits { .. })
    }

    /// A mentor of a tail's who is in a set and passes a test.
    pub(in crate::solver) fn find(
        &self,
        tail: u32,
        set: &Bits,
        passes: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        match &self.rows {
            Lines::Listed { starts, others } => {
                let row = starts[tail as usize] as usize..starts[tail as usize + 1] as usize;
                let mut row = others[row].iter().copied();
                row.find(|&mentor| set.has(mentor) && passes(mentor))
            }
            Lines::Bits { words, each } => {
                let row = words[tail as usize * each..].iter().zip(&set.0);
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

impl Lines {
    #[inline]
    fn next(&self, line: usize, cursor: u32, of: Option<&Bits>) -> Option<(u32, u32)> {
        match self {
            Self::Listed { starts, others } => {
                let at = starts[line] + cursor;
                (at < starts[line + 1]).then(|| (others[at as usize], cursor + 1))
            }
            Self::Bits { words, each } => {
                let line = &words[line * each..(line + 1) * each];
                let wanted = |at: usize| line[at] & of.map_or(u64::MAX, |of| of.0[at]);
                let (mut at, bit) = (cursor as usize / WORD, cursor as usize % WORD);
                let mut word = (at < *each).then(|| wanted(at) & u64::MAX << bit)?;
                while word == 0 {
                    at += 1;
                    word = (at < *each).then(|| wanted(at))?;
                }
                let other = position(at * WORD) + word.trailing_zeros();
                Some((other, other + 1))
            }
        }
    }
}

/// The columns of listed rows.
fn turned(starts: &[u32], others: &[u32], columns: usize) -> Lines {
    let mut turned = vec![0u32; columns + 1];
    for &column in others {
        turned[column as usize + 1] += 1;
    }
    for column in 0..columns {
        turned[column + 1] += turned[column];
    }
    let (mut next, mut lines) = (turned.clone(), vec![0; others.len()]);
    for (line, bounds) in (0..).zip(starts.windows(2)) {
        for &column in &others[bounds[0] as usize..bounds[1] as usize] {
            lines[next[column as usize] as usize] = line;
            next[column as usize] += 1;
        }
    }
    Lines::Listed {
        starts: turned,
        others: lines,
    }
}

/// The columns of rows of bits, 64 × 64 bits at a time, shared out by columns.
fn transposed(words: &[u64], rows: usize, columns: usize) -> Lines {
    let (across, down) = (columns.div_ceil(WORD), rows.div_ceil(WORD));
    let mut turned = vec![0; across * WORD * down];
    parallel::fill_rows(
        &mut turned,
        LINE * WORD * down,
        || (),
        |(), line, part| {
            lanes::widest(
                #[inline(always)]
                || transpose_line(words, [across, down], line, part),
            );
        },
    );
    Lines::Bits {
        words: turned,
        each: down,
    }
}

/// The columns of a line of words in each row.
#[inline(always)]
fn transpose_line(words: &[u64], [across, down]: [usize; 2], line: usize, part: &mut [u64]) {
    for (strip, rows) in words.chunks(across * WORD).enumerate() {
        for (word, turned) in part.chunks_mut(WORD * down).enumerate() {
            let mut square = [0; WORD];
            for (own, row) in square.iter_mut().zip(rows.chunks(across)) {
                *own = row[line * LINE + word];
            }
            transpose(&mut square);
            for (own, column) in square.into_iter().zip(turned.chunks_mut(down)) {
                column[strip] = own;
            }
        }
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

    /// Several lines of words: in the first so many that threads share them.
    #[test]
    fn columns_are_turned_rows() {
        for (rows, columns) in [(2_100, 2_100), (70, 1_100), (1, 513), (0, 600), (3, 0)] {
            let is_open = |row: usize, column: usize| {
                column < columns && spread((row << 32 | column) as u64) & 1 == 1
            };
            let word = |row, first: usize| {
                let bits = (0..WORD).map(|bit| u64::from(is_open(row, first + bit)) << bit);
                bits.sum::<u64>()
            };
            let firsts = |row| {
                (0..columns)
                    .step_by(WORD)
                    .map(move |first| word(row, first))
            };
            let words: Vec<u64> = (0..rows).flat_map(firsts).collect();
            let Lines::Bits { words, each } = transposed(&words, rows, columns) else {
                panic!("columns are listed");
            };
            for column in 0..columns {
                let turned = &words[column * each..][..each];
                for row in 0..rows {
                    let bit = turned[row / WORD] >> (row % WORD) & 1 == 1;
                    assert_eq!(bit, is_open(row, column), "{row} {column}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn both_forms_tell_the_same_pairs(
            rows in prop::collection::vec(prop::collection::btree_set(0u32..130, 0..12), 1..140)
        ) {
            let (mut starts, mut mentors) = (vec![0], Vec::new());
            let mut words = vec![0; rows.len() * 3];
            for (row, own) in rows.iter().enumerate() {
                for &mentor in own {
                    mentors.push(mentor);
                    words[row * 3 + mentor as usize / WORD] |= 1 << (mentor as usize % WORD);
                }
                starts.push(position(mentors.len()));
            }
            let all = Bits::up_to(position(rows.len()));
            let mut set = Bits::below(130);
            (0..130).step_by(3).for_each(|mentor| set.insert(mentor));
            for open in [Open::listed(starts, mentors, 130), Open::bits(words, rows.len(), 130)] {
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
