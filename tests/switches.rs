//! Every accelerator can be switched off, and that changes nothing: all combinations of
//! [`judge::SWITCHES`] agree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::random::Random;
use common::shapes::{Case, Draw, EVERY_FAMILY, Family};
use judge::{agreed, agreed_from, bounded, every_setting, within_memory};
use mentormatch::solver::{Level, SolveOptions};

fn all_settings_agree(case: &Case) {
    agreed(
        case,
        &every_setting(&SolveOptions::new(case.levels.clone())),
    );
}

#[test]
fn on_small_problems_of_every_shape() {
    for seed in 0..1_600 {
        let mut random = Random::new(40_000 + seed);
        let family = EVERY_FAMILY[usize::try_from(seed).unwrap() % EVERY_FAMILY.len()];
        all_settings_agree(&Case::draw(&mut random, family, (9, 20)));
    }
}

/// Where a solve starts, and what it may take, changes no more than a switch does.
#[test]
fn from_the_day_before_and_within_limits() {
    for seed in 0..2_000 {
        let mut random = Random::new(70_000 + seed);
        let family = random.one_of(&EVERY_FAMILY);
        let case = Case::draw(&mut random, family, (9, 20));
        let every = every_setting(&SolveOptions::new(case.levels.clone()));
        let best = agreed(&case, &every[..1]);
        let options = &every[random.below(12) as usize];
        agreed_from(&case, &mut random, options);
        let most = random.one_of(&[1, 30, 300, 3_000]);
        bounded(&case, options, u64::from(random.below(most)), &best);
        within_memory(&case, options, 1 << random.between(6, 20), &best);
    }
}

/// What all methods can express: no pair is forbidden and nobody wants two.
#[test]
fn on_small_problems_for_the_hungarian_method() {
    for seed in 0..400 {
        let mut random = Random::new(50_000 + seed);
        let mut case = Case::draw(&mut random, Family::Capacities, (8, 8)).with_every_pair(5);
        case.levels = vec![Level::TotalScore];
        all_settings_agree(&case);
        case.levels.insert(0, Level::Pairs);
        all_settings_agree(&case);
    }
}

/// More than 2¹⁴ pairs, where candidate lists are at work.
#[test]
fn on_problems_large_enough_for_lists() {
    for seed in 0..8 {
        let mut random = Random::new(60_000 + seed);
        let family = EVERY_FAMILY[usize::try_from(seed).unwrap() % EVERY_FAMILY.len()];
        all_settings_agree(&Case::of_size(&mut random, family, (190, 90)));
    }
}
