//! What a higher lowest score, fewer changes or nearer targets cost, against every matching.

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{
    Against, CancelToken, Cohort, Engine, Field, FrontierOptions, Matching, Objective, Outcome,
    Profile, Programme, Role, Same, Score, Stable, TradeOffError, WhatIfError,
};
use proptest::prelude::*;

use crate::oracle::{Pairs, Town};
use crate::{Demands, all, people, percent, previous, run};

/// The matchings that are best at what is held.
fn best_at(town: &Town<'_>, held: &[Objective]) -> Vec<Pairs> {
    let value = |pairs: &Pairs| {
        let own = held.iter().map(|&own| town.value(own, pairs));
        let own: Vec<_> = own.collect();
        (town.minimums(pairs), own)
    };
    let all = town.matchings();
    let best = all.iter().map(value).max().unwrap();
    all.into_iter()
        .filter(|pairs| value(pairs) == best)
        .collect()
}

fn total(town: &Town<'_>, pairs: &Pairs) -> u64 {
    town.value(Objective::TotalScore, pairs)[0].unsigned_abs()
}

/// What a matching comes to, by its pairs' ids and stated scores.
fn lowest_and_total(matching: &Matching) -> (u32, u64) {
    let scores = matching.pairs.iter().map(|pair| pair.score.ppm());
    (scores.min().unwrap(), matching.totals.score_ppm)
}

fn some_objectives() -> impl Strategy<Value = Vec<Objective>> {
    let is_simple = |own: &Objective| !matches!(own, Objective::Leximin { .. });
    let all: Vec<_> = all().into_iter().filter(is_simple).collect();
    (Just(all).prop_shuffle(), 1_usize..5).prop_map(|(mut all, length)| {
        all.truncate(length);
        if !all.contains(&Objective::TotalScore) {
            all.push(Objective::TotalScore);
        }
        all
    })
}

fn corners(best: &BTreeMap<i64, u64>) -> Vec<(i64, u64)> {
    let area = |low: (&i64, &u64), own: (&i64, &u64), high: (&i64, &u64)| {
        let (wide, rise) = (high.0 - low.0, *high.1 as i64 - *low.1 as i64);
        wide * (*own.1 as i64 - *low.1 as i64) - rise * (own.0 - low.0)
    };
    let is_corner = |own: &(&i64, &u64)| {
        let beaten = best.range(own.0 + 1..).any(|other| other.1 >= own.1);
        let under = best
            .range(..*own.0)
            .any(|low| (best.range(own.0 + 1..)).any(|high| area(low, *own, high) <= 0));
        !beaten && !under
    };
    let corners = best.iter().filter(is_corner);
    corners.map(|(&gain, &total)| (gain, total)).collect()
}

/// Compares a trade-off with every matching; `sign` says whether more is better.
fn assert_traded(outcome: &Outcome, town: &Town<'_>, against: Against, traded: Objective) {
    let found = outcome
        .trade_off(against, &FrontierOptions::default())
        .unwrap();
    assert_eq!(found.verify(), Ok(()));
    assert_eq!(found.gap(), 0);
    let mut best = BTreeMap::new();
    for pairs in best_at(town, found.held()) {
        let own = best.entry(town.value(traded, &pairs)[0]).or_insert(0);
        *own = total(town, &pairs).max(*own);
    }
    let points = found.points().iter();
    let sign = if against == Against::Changes { 1 } else { -1 };
    let points = points.map(|own| (sign * own.figure.cast_signed(), own.score_ppm));
    assert_eq!(points.collect::<Vec<_>>(), corners(&best));
    for gain in best.keys().copied() {
        let most = best.range(gain..).map(|own| *own.1).max().unwrap();
        let told = found.best(gain.unsigned_abs()).unwrap();
        assert!(told.point.score_ppm <= most && most <= told.point.score_ppm + told.short_by);
    }
    for (at, point) in found.points().iter().enumerate() {
        let matching = found.matching(at).unwrap().unwrap();
        assert_eq!(matching.totals.score_ppm, point.score_ppm);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_frontier_is_what_no_matching_beats(seed: u64, objectives in some_objectives()) {
        let before = previous(seed);
        let outcome = run(seed, &objectives, people(seed, Demands::Several));
        let town = Town::of(&outcome, &before);
        let found = outcome.frontier_of_worst_score(&FrontierOptions::default()).unwrap();
        prop_assert_eq!(found.verify(), Ok(()));
        let all = best_at(&town, found.held());
        let all: BTreeSet<_> = all
            .iter()
            .filter(|pairs| !pairs.is_empty())
            .map(|pairs| (town.lowest(pairs), total(&town, pairs)))
            .collect();
        let stays = |own: &&(u64, u64)| {
            !all.iter().any(|other| other != *own && other.0 >= own.0 && other.1 >= own.1)
        };
        let expected: Vec<_> = all.iter().filter(stays).copied().collect();
        let points = found.points().iter();
        let points: Vec<_> =
            points.map(|own| (u64::from(own.worst_score.ppm()), own.score_ppm)).collect();
        prop_assert_eq!(&points, &expected);
        for (at, &(lowest, total)) in points.iter().enumerate() {
            let matching = found.matching(at, None).unwrap().unwrap();
            let (own, sum) = lowest_and_total(&matching);
            prop_assert_eq!((u64::from(own), sum), (lowest, total));
        }
        prop_assert!(found.matching(points.len(), None).unwrap().is_none());
    }

    #[test]
    fn kept_pairs_and_targets_are_traded_at_every_corner(
        seed: u64,
        objectives in some_objectives(),
    ) {
        let before = previous(seed);
        // Groups have targets where they are to be balanced, at the end if nowhere else.
        let mut objectives = objectives;
        if !objectives.contains(&Objective::GroupBalance) {
            objectives.push(Objective::GroupBalance);
        }
        let outcome = run(seed, &objectives, people(seed, Demands::Several));
        let town = Town::of(&outcome, &before);
        assert_traded(&outcome, &town, Against::Changes, Objective::KeepPairs);
        assert_traded(&outcome, &town, Against::GroupGap, Objective::GroupBalance);
    }

    /// With steps, totals are the best for each.
    #[test]
    fn a_frontier_in_steps_has_the_best_total_of_each(seed: u64, step in 1_u32..40) {
        let objectives = [Objective::Participation, Objective::TotalScore];
        let outcome = run(seed, &objectives, people(seed, Demands::One));
        let all = outcome.frontier_of_worst_score(&FrontierOptions::default()).unwrap();
        let steps = FrontierOptions::default().step(percent(step));
        let found = outcome.frontier_of_worst_score(&steps).unwrap();
        prop_assert_eq!(found.verify(), Ok(()));
        prop_assert!(found.points().len() <= all.points().len());
        let best = |floor: u32| {
            let of = |own: &&mentormatch::FrontierPoint| own.worst_score.ppm() >= floor;
            let all = all.points().iter().find(of).map(|own| own.score_ppm);
            (all, found.points().iter().find(of).map(|own| own.score_ppm))
        };
        for floor in (0..=1_000_000).step_by(step as usize * 10_000) {
            let (all, found) = best(floor);
            prop_assert_eq!(all, found);
        }
    }

    /// The price of a pair is what the best of all matchings that have it comes to.
    #[test]
    fn what_if_is_right_about_the_lowest_score(seed: u64) {
        let objectives = [Objective::WorstScore, Objective::TotalScore];
        let outcome = run(seed, &objectives, people(seed, Demands::One));
        let town = Town::of(&outcome, &[]);
        let value = |pairs: &Pairs| {
            let lowest = town.value(Objective::WorstScore, pairs);
            (lowest[0], lowest[1], total(&town, pairs).cast_signed())
        };
        let all = town.matchings();
        let best = all.iter().map(value).max().unwrap();
        for (e, (mentee, ..)) in town.mentees.iter().enumerate() {
            for (r, (mentor, ..)) in town.mentors.iter().enumerate() {
                let with = all.iter().filter(|pairs| pairs.contains(&(e, r))).map(value).max();
                match (outcome.price_of(mentee.id.as_str(), mentor.id.as_str()), with) {
                    (Ok(None), with) => prop_assert_eq!(with, None),
                    (Ok(Some(price)), Some(with)) => {
                        let change = price.change.iter().map(|own| own.by);
                        let expected = [with.0 - best.0, with.1 - best.1, with.2 - best.2];
                        prop_assert_eq!(change.collect::<Vec<_>>(), expected.map(i128::from));
                        let pair = price.moves.iter().any(|own| {
                            own.mentee == mentee.id && own.to.as_ref() == Some(&mentor.id)
                        });
                        prop_assert!(pair || town.pairs(&outcome).contains(&(e, r)));
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
        prop_assert_eq!(outcome.place_prices(), Err(WhatIfError::LowestScore));
    }
}

#[test]
fn a_call_that_is_cancelled_gives_nothing() {
    let objectives = [Objective::Participation, Objective::TotalScore];
    let outcome = run(3, &objectives, people(3, Demands::One));
    let token = CancelToken::default();
    token.cancel();
    let options = FrontierOptions::default().cancel(token);
    let refused = outcome.frontier_of_worst_score(&options).unwrap_err();
    assert!(matches!(refused, WhatIfError::Run(error) if error.is_cancelled()));
    let refused = outcome.trade_off(Against::Changes, &options).unwrap_err();
    assert!(matches!(refused, TradeOffError::Run(error) if error.is_cancelled()));
}

#[test]
fn classes_of_scores_cannot_be_held() {
    let resolution = Score::from_ppm_saturating(100_000);
    let objectives = [Objective::Leximin { resolution }, Objective::TotalScore];
    let outcome = run(3, &objectives, people(3, Demands::One));
    let refused = outcome.trade_off(Against::Changes, &FrontierOptions::default());
    assert_eq!(refused.unwrap_err(), TradeOffError::Leximin);
}

/// A stable matching optimises nothing: there is nothing to hold, and nothing to trade.
#[test]
fn a_stable_matching_has_no_frontier() {
    let stable = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .stable(Stable::new(Role::Mentee));
    let cohort = Cohort::new(
        [Profile::new("ana").mentor(1)],
        [Profile::new("boris").mentee()],
    );
    let engine = Engine::new(stable.build().unwrap());
    let outcome = engine.run(&cohort.unwrap()).unwrap();
    let options = FrontierOptions::default();
    let refused = outcome.frontier_of_worst_score(&options).map(|_| ());
    assert_eq!(refused, Err(WhatIfError::Stable));
    for against in [Against::Changes, Against::GroupGap] {
        let refused = outcome.trade_off(against, &options).map(|_| ());
        assert_eq!(refused, Err(TradeOffError::Stable));
    }
}
