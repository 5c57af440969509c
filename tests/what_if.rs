//! Prices and firm pairs in people's names: what they say is what another run shows.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use mentormatch::{
    AskError, Cohort, Engine, NamedPair, Outcome, Profile, Programme, ReportingLine, RunOptions,
    SeniorityGap, SkillCoverage, WhatIfError,
};

/// Places of the mentors: fewer than there are mentees.
const PLACES: [u32; 4] = [2, 1, 1, 2];

const SKILLS: [&str; 3] = ["rust", "go", "sql"];

fn cohort(places: [u32; 4]) -> Cohort {
    let mentors = (0u8..).zip(places).map(|(m, places)| {
        let profile = Profile::new(format!("mentor{m}")).seniority(u16::from(4 + m % 3));
        let skill = SKILLS[usize::from(m) % 3];
        profile.offer(skill, 1 + m % 4).mentor(0..=places)
    });
    let mentees = (0u8..8).map(|m| {
        let profile = Profile::new(format!("mentee{m}")).seniority(u16::from(1 + m % 4));
        let skill = SKILLS[usize::from(m / 2) % 3];
        let profile = profile.need(skill, 1 + m % 3);
        match m {
            5 => profile.manager("mentor0").mentee(),
            _ => profile.mentee(),
        }
    });
    Cohort::new(mentors, mentees).unwrap()
}

fn run(places: [u32; 4], seed: u64) -> Outcome {
    let programme = Programme::builder()
        .weigh(5, SkillCoverage::default())
        .weigh(3, SeniorityGap::levels(1, 2, 4))
        .forbid(ReportingLine::any_distance())
        .build();
    let options = RunOptions::default().seed(seed);
    let engine = Engine::new(programme.unwrap());
    engine.run_with(&cohort(places), &options).unwrap()
}

fn pairs(outcome: &Outcome) -> BTreeSet<NamedPair> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.clone(), pair.mentor.clone()))
        .collect()
}

/// Participation and total score.
fn worth(outcome: &Outcome, pairs: &BTreeSet<NamedPair>) -> [i128; 2] {
    let mentees: BTreeSet<_> = pairs.iter().map(|pair| &pair.0).collect();
    let score = |(mentee, mentor): &NamedPair| {
        let why = outcome.explain(mentee.as_str(), mentor.as_str()).unwrap();
        i128::from(why.score.ppm())
    };
    [mentees.len() as i128, pairs.iter().map(score).sum()]
}

#[test]
fn the_price_of_a_pair_is_what_its_moves_make_of_the_matching() {
    let outcome = run(PLACES, 1);
    let before = pairs(&outcome);
    let mut moved = 0;
    for mentee in (0..8).map(|m| format!("mentee{m}")) {
        for mentor in (0..4).map(|m| format!("mentor{m}")) {
            let Some(price) = outcome.price_of(&mentee, &mentor).unwrap() else {
                assert_eq!((mentee.as_str(), mentor.as_str()), ("mentee5", "mentor0"));
                continue;
            };
            let mut after = before.clone();
            for one in &price.moves {
                if let Some(from) = &one.from {
                    assert!(after.remove(&(one.mentee.clone(), from.clone())));
                }
            }
            for one in &price.moves {
                after.extend(one.to.clone().map(|to| (one.mentee.clone(), to)));
            }
            assert!(after.contains(&(mentee.as_str().into(), mentor.as_str().into())));
            let (old, new) = (worth(&outcome, &before), worth(&outcome, &after));
            let change: Vec<_> = price.change.iter().map(|change| change.by).collect();
            assert_eq!(change, [new[0] - old[0], new[1] - old[1]]);
            moved += price.moves.len();
        }
    }
    assert!(moved > 30, "{moved}");
}

#[test]
fn the_price_of_a_place_is_what_a_run_with_one_more_gains() {
    let outcome = run(PLACES, 1);
    let prices = outcome.place_prices().unwrap();
    let value = |outcome: &Outcome| {
        outcome
            .objectives()
            .iter()
            .map(|o| i128::from(o.value))
            .collect()
    };
    let before: Vec<i128> = value(&outcome);
    for (m, price) in prices.iter().enumerate() {
        assert_eq!(price.mentor.as_str(), format!("mentor{m}"));
        let mut places = PLACES;
        places[m] += 1;
        let more: Vec<i128> = value(&run(places, 1));
        places[m] -= 2;
        let fewer: Vec<i128> = value(&run(places, 1));
        let loss = price.loss.as_ref().unwrap();
        for (at, before) in before.iter().enumerate() {
            assert_eq!(price.gain[at].by, more[at] - before);
            assert_eq!(loss[at].by, before - fewer[at]);
        }
    }
}

#[test]
fn firm_pairs_are_in_the_matchings_of_all_seeds() {
    let standing = run(PLACES, 1).firmness().unwrap();
    let all = |pairs: &[NamedPair]| pairs.iter().cloned().collect::<BTreeSet<_>>();
    let (firm, possible) = (all(&standing.firm), all(&standing.possible));
    let mut seen = BTreeSet::new();
    for seed in 0..60 {
        let outcome = run(PLACES, seed);
        assert_eq!(outcome.firmness().unwrap(), standing);
        let found = pairs(&outcome);
        assert!(found.is_superset(&firm));
        seen.extend(found);
    }
    let known: BTreeSet<_> = firm.union(&possible).cloned().collect();
    assert!(seen.is_subset(&known));
}

#[test]
fn somebody_unknown_is_an_error() {
    let refused = run(PLACES, 1).price_of("nobody", "mentor0").unwrap_err();
    assert!(matches!(
        refused,
        WhatIfError::Ask(AskError::Unknown { .. })
    ));
}
