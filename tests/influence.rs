//! What criteria, rules, wishes and weights change: what other runs, and trying everything, show.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::random::Random;
use mentormatch::{
    Cohort, CustomCriterion, DifferentValue, Engine, Field, Influence, InfluenceOf, NamedPair,
    Objective, Outcome, Profile, Programme, ProgrammeBuilder, RangeEnd, Role, RuleKind, RunOptions,
    Same, Score, WhatIfError, WishRank,
};

/// A criterion whose answers are drawn.
fn drawn(name: &str, scores: Vec<Vec<u32>>) -> CustomCriterion {
    CustomCriterion::pairwise(name, 1, move |mentee, mentor| {
        let at = |id: &str| id[1..].parse::<usize>().ok();
        let mentee = at(mentee.profile.id.as_str())?;
        let mentor = at(mentor.profile.id.as_str())?;
        Some(f64::from(scores[mentee][mentor]) / 1e6)
    })
}

fn draw(random: &mut Random, (n, m): (u32, u32), values: u32) -> Vec<Vec<u32>> {
    let mut row = || {
        let mut score = || 1_000_000 / (values - 1) * random.below(values);
        (0..m).map(|_| score()).collect()
    };
    (0..n).map(|_| row()).collect()
}

fn pairs(outcome: &Outcome) -> BTreeSet<NamedPair> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.clone(), pair.mentor.clone()))
        .collect()
}

/// Participation and total score, by the scores of an outcome.
fn worth(outcome: &Outcome, pairs: &BTreeSet<NamedPair>) -> Vec<i128> {
    let score = |(mentee, mentor): &NamedPair| {
        let why = outcome.explain(mentee.as_str(), mentor.as_str());
        i128::from(why.unwrap().score.ppm())
    };
    vec![pairs.len() as i128, pairs.iter().map(score).sum()]
}

fn check(run: &Outcome, influence: &Influence, without: &Outcome) {
    let (now, then) = (pairs(run), pairs(without));
    let found = influence.without.as_ref().unwrap();
    assert_eq!(
        found.pairs_lost as usize,
        now.difference(&then).count(),
        "{influence}"
    );
    assert_eq!(found.pairs_gained as usize, then.difference(&now).count());
    let moved = now.symmetric_difference(&then).map(|pair| &pair.0);
    let moved: BTreeSet<_> = moved.collect();
    assert_eq!(found.mentees_moved as usize, moved.len());
    let (before, after) = (worth(run, &now), worth(run, &then));
    let expected: Vec<_> = after
        .iter()
        .zip(&before)
        .map(|(after, before)| after - before)
        .collect();
    let change = found.change.as_ref().unwrap();
    assert_eq!(
        change.iter().map(|own| own.by).collect::<Vec<_>>(),
        expected
    );
    match influence.of {
        InfluenceOf::Rule(_) => assert!(expected >= vec![0, 0], "{influence}"),
        _ => assert!(expected <= vec![0, 0], "{influence}"),
    }
}

#[test]
fn influence_is_the_difference_to_runs_without_each_part() {
    let mut random = Random::new(81);
    let mut moved = 0;
    for seed in 0..60 {
        let (n, m) = (1 + random.below(6), 1 + random.below(5));
        let (one, two) = (draw(&mut random, (n, m), 6), draw(&mut random, (n, m), 6));
        let barred: BTreeSet<_> = (0..n * m).filter(|_| random.below(5) == 0).collect();
        let barred = move |mentee: &str, mentor: &str| {
            let at = |id: &str| id[1..].parse::<u32>().unwrap();
            barred.contains(&(at(mentee) * m + at(mentor)))
        };
        let wishes: Vec<_> = (0..n).map(|_| (random.below(m), random.below(m))).collect();
        let cohort = |left_out: u32| {
            let mentees = wishes.iter().enumerate().map(|(at, (first, second))| {
                let own = Profile::new(format!("e{at}"));
                let wishes = [(first, 1), (second, 2)].into_iter();
                let kept = wishes.filter(|(_, rank)| *rank != left_out);
                kept.fold(own, |own, (mentor, rank)| {
                    own.wish(format!("r{mentor}"), rank)
                })
                .mentee()
            });
            let mentors = (0..m).map(|at| Profile::new(format!("r{at}")).mentor(1 + at % 2));
            Cohort::new(mentors, mentees).unwrap()
        };
        let programme = |left_out: &str| {
            let criteria: [(&str, u32, mentormatch::CriterionKind); 3] = [
                ("one", 3, drawn("one", one.clone()).into()),
                ("two", 2, drawn("two", two.clone()).into()),
                ("wish_rank", 2, WishRank::of_mentees().into()),
            ];
            let builder = Programme::builder();
            let kept = criteria.into_iter().filter(|own| own.0 != left_out);
            let builder = kept.fold(builder, |builder, (name, weight, own)| {
                builder.weigh_as(name, weight, own, mentormatch::MissingPolicy::Zero)
            });
            let barred = barred.clone();
            let rule = RuleKind::pairwise("barred", 1, move |mentee, mentor| {
                barred(mentee.profile.id.as_str(), mentor.profile.id.as_str())
            });
            match left_out {
                "barred" => builder,
                _ => builder.forbid(rule),
            }
            .build()
            .unwrap()
        };
        let run = |left_out: &str, rank: u32| {
            let options = RunOptions::default().seed(seed);
            Engine::new(programme(left_out))
                .run_with(&cohort(rank), &options)
                .unwrap()
        };
        let outcome = run("", 0);
        let influence = outcome.influence(None).unwrap();
        assert_eq!(influence.len(), 6);
        for own in &influence {
            let without = match &own.of {
                InfluenceOf::Criterion(name) | InfluenceOf::Rule(name) => run(name, 0),
                InfluenceOf::Wishes { of, rank } => {
                    assert_eq!(*of, Role::Mentee);
                    run("", *rank)
                }
                _ => continue,
            };
            check(&outcome, own, &without);
            moved += own.without.as_ref().unwrap().mentees_moved;
        }
    }
    assert!(moved > 100, "{moved}");
}

#[test]
fn the_only_criterion_cannot_be_left_out() {
    let cohort = Cohort::new(
        [Profile::new("r0").mentor(1)],
        [Profile::new("e0").mentee()],
    );
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build();
    let outcome = Engine::new(programme.unwrap())
        .run(&cohort.unwrap())
        .unwrap();
    let influence = outcome.influence(None).unwrap();
    assert_eq!((influence.len(), &influence[0].without), (1, &None));
}

/// Every matching: for each mentee a mentor or nobody, within the places.
fn matchings(n: usize, places: &[u32]) -> Vec<Vec<Option<usize>>> {
    let mut all = vec![Vec::new()];
    for _ in 0..n {
        let next = all.iter().flat_map(|own: &Vec<Option<usize>>| {
            let mentors = (0..places.len()).filter(|&mentor| {
                let load = own.iter().filter(|other| **other == Some(mentor)).count();
                load < places[mentor] as usize
            });
            mentors
                .map(Some)
                .chain([None])
                .map(|mentor| [own.as_slice(), &[mentor]].concat())
                .collect::<Vec<_>>()
        });
        all = next.collect();
    }
    all
}

/// A matching as a line: what it is worth without the criterion, and what each unit of weight adds.
type Line = (i128, i128);

/// Whether a matching with the pair is a best one at a weight, a fraction.
fn stays(with: &[Line], without: &[Line], (num, den): (i128, i128)) -> bool {
    let best = |lines: &[Line]| lines.iter().map(|(rest, own)| rest * den + own * num).max();
    best(with) >= best(without)
}

#[test]
fn a_pair_stays_at_every_weight_of_its_range() {
    let mut random = Random::new(82);
    let (mut asked, mut ends) = (0, [0; 2]);
    for turn in 0..120 {
        let (n, m) = (1 + random.below(4), 1 + random.below(4));
        let values = if turn % 2 == 0 { 101 } else { 5 };
        let answers: Vec<_> = (0..3).map(|_| draw(&mut random, (n, m), values)).collect();
        // One of them is 1, so that they have no common divisor, which a programme takes out.
        let weights: Vec<_> = (0..3)
            .map(|at| 1 + random.below(9) * u32::from(at != turn % 3))
            .collect();
        let places: Vec<_> = (0..m).map(|_| random.below(3)).collect();
        let mentors = places.iter().enumerate();
        let mentors = mentors.map(|(at, &places)| Profile::new(format!("r{at}")).mentor(places));
        let mentees = (0..n).map(|at| Profile::new(format!("e{at}")).mentee());
        let criteria = answers.iter().zip(&weights).zip(["a", "b", "c"]);
        let programme = criteria.fold(Programme::builder(), |builder, ((own, &weight), name)| {
            builder.weigh_as(name, weight, drawn(name, own.clone()), Default::default())
        });
        let engine = Engine::new(programme.build().unwrap());
        let outcome = engine.run(&Cohort::new(mentors, mentees).unwrap()).unwrap();
        let all = matchings(n as usize, &places);
        let size = |own: &Vec<Option<usize>>| own.iter().flatten().count();
        let most = all.iter().map(size).max().unwrap();
        let all: Vec<_> = all.into_iter().filter(|own| size(own) == most).collect();
        for pair in &outcome.matching().pairs {
            let at = |id: &str| id[1..].parse::<usize>().unwrap();
            let (i, j) = (at(pair.mentee.as_str()), at(pair.mentor.as_str()));
            for (moving, name) in ["a", "b", "c"].into_iter().enumerate() {
                let line = |own: &Vec<Option<usize>>| {
                    let worth = |criterion: usize| -> i128 {
                        let pairs = own.iter().enumerate();
                        let points = pairs.filter_map(|(i, j)| Some(answers[criterion][i][(*j)?]));
                        points.map(i128::from).sum()
                    };
                    let others = (0..3).filter(|&other| other != moving);
                    let rest = others
                        .map(|other| i128::from(weights[other]) * worth(other))
                        .sum();
                    (rest, worth(moving))
                };
                let (with, without): (Vec<_>, Vec<_>) =
                    all.iter().partition(|own| own[i] == Some(j));
                let with: Vec<Line> = with.into_iter().map(line).collect();
                let without: Vec<Line> = without.into_iter().map(line).collect();
                let range = outcome
                    .weight_range(pair.mentee.as_str(), pair.mentor.as_str(), name, None)
                    .unwrap();
                let now = (i128::from(weights[moving]), 1);
                assert_eq!(range.is_some(), stays(&with, &without, now));
                let Some(range) = range else { continue };
                assert!(range.from <= 1.0 && range.to >= 1.0);
                // Wherever two lines cross within the range, and at its ends, the pair stays.
                let scale = 1_000_000_000_000i128;
                let weight = f64::from(weights[moving]);
                let (from, to) = (range.from * weight, range.to * weight);
                for (one, other) in with
                    .iter()
                    .flat_map(|one| without.iter().map(move |other| (one, other)))
                {
                    let (rise, over) = (one.1 - other.1, other.0 - one.0);
                    if rise == 0 {
                        continue;
                    }
                    let crossing = over as f64 / rise as f64;
                    if crossing > from + 1e-9 && crossing < to - 1e-9 {
                        for nudge in [-1, 0, 1] {
                            let near = (over * scale * rise.signum() + nudge, rise.abs() * scale);
                            assert!(stays(&with, &without, near), "{range:?}");
                        }
                    }
                }
                for (end, edge) in [(range.below, range.from), (range.above, range.to)] {
                    let steps = |weight: f64| {
                        let all: u32 = weights.iter().sum();
                        let unit = f64::from(2_147 / 2 / all);
                        (weight * f64::from(weights[moving]) * unit).round() as i128
                    };
                    let unit = i128::from(2_147 / 2 / weights.iter().sum::<u32>());
                    assert!(stays(&with, &without, (steps(edge), unit)));
                    match end {
                        RangeEnd::Changes(at) => {
                            assert!(!stays(&with, &without, (steps(at), unit)));
                            assert_eq!((steps(at) - steps(edge)).abs(), 1, "the next step");
                            ends[0] += 1;
                        }
                        RangeEnd::Open => ends[1] += 1,
                        _ => assert!(stays(&with, &without, (steps(edge), unit))),
                    }
                }
                asked += 1;
            }
        }
    }
    assert!(
        asked > 400 && ends[0] > 50 && ends[1] > 50,
        "{asked} {ends:?}"
    );
}

#[test]
fn weights_that_are_not_of_one_mean_have_no_range() {
    let people = || {
        let mentors = [Profile::new("r0").site("x").mentor(1)];
        Cohort::new(mentors, [Profile::new("e0").site("x").mentee()]).unwrap()
    };
    let base = || {
        Programme::builder()
            .weigh(1, Same::new(Field::Site))
            .weigh(1, Same::new(Field::Team))
    };
    let ask = |builder: ProgrammeBuilder| {
        let outcome = Engine::new(builder.build().unwrap())
            .run(&people())
            .unwrap();
        outcome.weight_range("e0", "r0", "same:site", None)
    };
    assert!(ask(base()).unwrap().is_some());
    let half = Score::from_unit(0.1).unwrap();
    let lopsided = base().weigh_in(mentormatch::View::Mentee, 1, Same::new(Field::Region));
    let cases = [
        base().discourage(half, DifferentValue::new(Field::Team)),
        base().forbid(mentormatch::ScoreBelow::new(half)),
        base().objectives([
            Objective::Leximin { resolution: half },
            Objective::TotalScore,
        ]),
        lopsided,
    ];
    for builder in cases {
        assert_eq!(ask(builder), Err(WhatIfError::NotLinear));
    }
    let outcome = Engine::new(base().build().unwrap()).run(&people()).unwrap();
    let unknown = outcome
        .weight_range("e0", "r0", "shoe size", None)
        .unwrap_err();
    assert_eq!(unknown, WhatIfError::NoSuchCriterion("shoe size".into()));
}
