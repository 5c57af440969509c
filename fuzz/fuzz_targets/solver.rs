//! Bytes become a small problem, which must have a proved solution through each door, by the network, and in two
//! combinations of settings: accelerators off, ties broken by one lot or another. All have the same value vector. From
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
    let ways = [(); 2].map(|()| bytes.below(judge::settings()));
    let case = Case::draw(&mut bytes, family, (10, 24));
    let options = SolveOptions::new(case.levels.clone());
    let [third, fourth] = ways.map(|way| judge::setting(&case, way));
    let network = options.clone().method(Method::MinCostFlow);
    let turn = ways[0] as usize;
    let usual = [options, third.clone()];
    let best = judge::agreed(&case, &usual, &[network, fourth.clone()], turn);
    // What was before and the limits: from the same bytes, as the scores may have taken all others.
    let mut random = Random::new(u64::from(ways[0]));
    judge::agreed_from(&case, &mut random, &fourth);
    let work = [0, 10, 100, 1_000, 10_000][random.below(5) as usize];
    judge::bounded(&case, &third, u64::from(random.below(1 + work)), &best);
    let bytes = 1 << (6 + random.below(14));
    judge::within_memory(&case, &third, bytes, &best);
});
