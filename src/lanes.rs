//! Loops with the widest vectors that the processor has.
//!
//! The compiler makes vector instructions of a plain loop over integers, but only such as every
//! processor of the target has: on x86-64 four 32-bit numbers at a time, and none that gives the
//! smaller of two. [`widest`] has a loop compiled for newer processors too and takes what this one
//! can run: squares of 100 to 1,000 people, whose scores lie in the cache, are solved up to 1.8 times as
//! fast for it. Integers come out the same in every way. Only comparisons to single bits are written in vectors
//! outright, [`words_of_equal`], since no plain loop becomes the one instruction that newer processors have for them.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i32x16};

/// Runs a loop with the widest vectors there are. Whatever it calls must be inlined into it; so the
/// closure is to be `#[inline(always)]` as well.
#[inline(always)]
pub(crate) fn widest<R>(work: impl FnOnce() -> R) -> R {
    dispatch!(Level::new(), _token => work())
}

/// Whether something is so in any of some lanes: in whole numbers, not truth values, which are what the compiler
/// vectorises well, and of a constant number of lanes, which it makes the most of.
#[inline(always)]
pub(crate) fn any<const LANES: usize>(is_so: impl Fn(usize) -> bool) -> bool {
    (0..LANES).fold(0, |any, lane| any | i32::from(is_so(lane))) != 0
}

/// Numbers that a word has a bit for.
const WORD: usize = u64::BITS as usize;

/// Says which numbers exceed the others by just `by`, modulo 2^32, and are not `absent`: bit `b` of word `w` tells
/// that of number `64 w + b`. Words that are 0 are not visited.
#[inline]
pub(crate) fn words_of_equal(
    [numbers, others]: [&[i32]; 2],
    by: i32,
    absent: Option<i32>,
    visit: impl FnMut(usize, u64),
) {
    dispatch!(Level::new(), simd => visit_words(simd, [numbers, others], (by, absent), visit));
}

#[inline(always)]
fn visit_words<S: Simd>(
    simd: S,
    [numbers, others]: [&[i32]; 2],
    by: (i32, Option<i32>),
    mut visit: impl FnMut(usize, u64),
) {
    let [blocks, other_blocks] = [numbers, others].map(|all| all.as_chunks::<WORD>());
    let mut book = |at, word| {
        if word != 0 {
            visit(at, word);
        }
    };
    for (at, (own, other)) in blocks.0.iter().zip(other_blocks.0).enumerate() {
        book(at, word(simd, own, other, by));
    }
    let rest = blocks.1.len();
    let mut last = [[0; WORD]; 2];
    last[0][..rest].copy_from_slice(blocks.1);
    last[1][..rest].copy_from_slice(&other_blocks.1[..rest]);
    let known = (1u64 << rest) - 1; // there are fewer than 64
    book(blocks.0.len(), word(simd, &last[0], &last[1], by) & known);
}

#[inline(always)]
fn word<S: Simd>(
    simd: S,
    numbers: &[i32; WORD],
    others: &[i32; WORD],
    (by, absent): (i32, Option<i32>),
) -> u64 {
    const LANES: usize = 16;
    let [numbers, others] = [numbers, others].map(|all| all.as_chunks::<LANES>().0);
    let mut word = 0;
    for (at, (own, other)) in numbers.iter().zip(others).enumerate() {
        let own = i32x16::simd_from(simd, *own);
        let differs = own - i32x16::simd_from(simd, *other);
        let mut bits = differs.simd_eq(by).to_bitmask();
        if let Some(absent) = absent {
            bits &= !own.simd_eq(absent).to_bitmask();
        }
        word |= bits << (at * LANES);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_have_a_bit_for_each_number_that_exceeds_the_other_by_so_much(
            pairs in prop::collection::vec((-2..3i32, prop_oneof![-2..3i32, Just(i32::MIN)]), 0..200),
            by in prop_oneof![-2..3i32, Just(i32::MIN)],
            absent in prop::option::of(-2..3i32),
        ) {
            let (numbers, others): (Vec<i32>, Vec<i32>) = pairs.iter().copied().unzip();
            let mut found = vec![0; pairs.len() / WORD + 1];
            words_of_equal([&numbers, &others], by, absent, |at, word| found[at] = word);
            for (at, &(number, other)) in pairs.iter().enumerate() {
                let is_equal = number.wrapping_sub(other) == by && Some(number) != absent;
                prop_assert_eq!(found[at / WORD] >> (at % WORD) & 1 == 1, is_equal);
            }
            let bits: u32 = found.iter().map(|word| word.count_ones()).sum();
            prop_assert!(bits as usize <= pairs.len());
        }
    }
}
