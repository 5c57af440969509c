//! Bytes become a small problem; the two methods that take every problem, and one more way of
//! solving, must give a proved solution through each door, and all of them the same value vector. From
//! an earlier solution it is the same, and a limit on work or memory leads to nothing that is not true.
#![no_main]

mod common;
#[path = "../../tests/judge/mod.rs"]
mod judge;

use common::random::Random;
use common::shapes::{Bytes, Case, Draw, EVERY_FAMILY};
use libfuzzer_sys::fuzz_target;
use mentormatch::solver::{Method, SolveOptions};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let family = bytes.one_of(&EVERY_FAMILY);
    let way = bytes.below(256);
    let case = Case::draw(&mut bytes, family, (10, 24));
    let options = SolveOptions::new(case.levels.clone());
    let mut every = judge::every_setting(&options);
    let third = every.swap_remove(way as usize % every.len());
    let three = [
        options.clone(),
        options.method(Method::MinCostFlow),
        third.clone(),
    ];
    let best = judge::agreed(&case, &three);
    // What was before and the limits: from the same byte, as the scores may have taken all others.
    let mut random = Random::new(u64::from(way));
    judge::agreed_from(&case, &mut random, &third);
    let work = [0, 10, 100, 1_000, 10_000][random.below(5) as usize];
    judge::bounded(&case, &third, u64::from(random.below(1 + work)), &best);
    let bytes = 1 << (6 + random.below(14));
    judge::within_memory(&case, &third, bytes, &best);
});
