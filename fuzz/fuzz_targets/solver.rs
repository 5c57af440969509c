//! Bytes become a small problem; the two methods that take every problem, and one more way of
//! solving, must give a proved solution through both doors, and all of them the same value vector.
#![no_main]

mod common;
#[path = "../../tests/judge/mod.rs"]
mod judge;

use common::shapes::{Bytes, Case, Draw, FAMILIES};
use libfuzzer_sys::fuzz_target;
use mentormatch::solver::{Method, SolveOptions};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let family = bytes.one_of(&FAMILIES);
    let way = bytes.below(256) as usize;
    let case = Case::draw(&mut bytes, family, (10, 24));
    let options = SolveOptions::new(case.levels.clone());
    let mut every = judge::every_setting(&options);
    let third = every.swap_remove(way % every.len());
    judge::agreed(
        &case,
        &[options.clone(), options.method(Method::MinCostFlow), third],
    );
});
