//! What the fuzzer found, byte for byte, a test each, named after what was wrong.
//!
//! Bytes decode as in `fuzz/fuzz_targets/solver.rs`; here all ways of solving are compared. They
//! mean something else once the decoder changes, so write the instance out when that is done.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::shapes::{Bytes, Case, Draw, FAMILIES};
use judge::{agreed, every_setting};
use mentormatch::solver::{Level, SolveOptions};

fn decoded(bytes: &[u8]) -> Case {
    let mut bytes = Bytes(bytes);
    let family = bytes.one_of(&FAMILIES);
    bytes.below(256); // the fuzzer's choice of a third way
    Case::draw(&mut bytes, family, (10, 24))
}

fn all_ways_agree(case: &Case) {
    agreed(
        case,
        &every_setting(&SolveOptions::new(case.levels.clone())),
    );
}

/// No find: where there are no bytes, there is nobody.
#[test]
fn no_bytes_at_all() {
    let case = decoded(&[]);
    assert_eq!(
        (case.instance.mentees.len(), case.instance.mentors.len()),
        (0, 0)
    );
    assert_eq!(case.levels, [Level::TotalScore]);
    all_ways_agree(&case);
}
