//! What the fuzzer found, byte for byte, and other bytes that once were worth a look.
//!
//! A line decodes as in `fuzz/fuzz_targets/solver.rs`; here every way of solving is compared.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;
mod judge;

use common::shapes::{Bytes, Case, Draw, FAMILIES};
use judge::{agreed, every_setting};
use mentormatch::solver::SolveOptions;

/// The bytes of each find, named after what was wrong.
const FINDS: &[(&str, &[u8])] = &[("nothing at all: no people and no scores", b"")];

#[test]
fn what_the_fuzzer_found_stays_mended() {
    for (name, bytes) in FINDS {
        println!("{name}");
        let mut bytes = Bytes(bytes);
        let family = bytes.one_of(&FAMILIES);
        bytes.below(256); // the fuzzer's choice of a third way
        let case = Case::draw(&mut bytes, family, (10, 24));
        agreed(
            &case,
            &every_setting(&SolveOptions::new(case.levels.clone())),
        );
    }
}
