//! The check of many proofs against the check of each by itself.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::super::super::common::generate::{self, TINY};
use super::super::super::common::instance::Instance;
use super::*;
use crate::ids::MentorIdx;
use crate::solver::level::ListedValues;
use crate::solver::{Solution, SolveOptions, solve};

/// A proof by some weights, and how it is spoilt.
#[derive(Clone, Debug)]
struct Spoilt {
    weight: i32,
    weight_of_listed: i32,
    first_level: Level,
    /// A mentee and what is added to her price at the first level.
    before: Option<(usize, i64)>,
    mentee: Option<(usize, i64)>,
    mentor: Option<(usize, i64)>,
    drops: bool,
}

fn spoilt() -> impl Strategy<Value = Spoilt> {
    let levels = [Level::Participation, Level::Pairs, Level::TotalScore];
    let change = || prop::option::weighted(0.3, (0..9_usize, -900_i64..900));
    let before = prop::option::weighted(0.3, (0..3_usize, -1_i64..=1));
    let weights = (prop_oneof![1 => Just(0), 9 => 1..200_i32], 0..9_000_i32);
    let rest = (before, change(), change(), prop::bool::weighted(0.2));
    (weights, prop::sample::select(levels.to_vec()), rest).prop_map(
        |((weight, weight_of_listed), first_level, (before, mentee, mentor, drops))| Spoilt {
            weight,
            weight_of_listed,
            first_level,
            before,
            mentee,
            mentor,
            drops,
        },
    )
}

impl Spoilt {
    fn weighed<'p>(&self, whole: &'p Problem<'p>, listed: &'p ListedValues) -> Weighed<'p> {
        Weighed {
            whole,
            floor: 100,
            weight: self.weight,
            listed: Some(listed),
            weight_of_listed: self.weight_of_listed,
            barred: &[(0, 1), (1, 0), (1, 2)],
        }
    }

    fn solution(&self, weighed: &Weighed<'_>) -> Solution {
        let problem = weighed.problem().unwrap();
        let mut levels = vec![self.first_level.clone(), Level::TotalScore];
        levels.dedup();
        let mut solution = solve(&problem, &SolveOptions::new(levels)).unwrap();
        let prices = &mut solution.certificate.prices;
        if let Some((at, by)) = self.before
            && let Some(price) = prices[0].mentees.get_mut(at)
        {
            *price += by;
        }
        let prices = prices.last_mut().unwrap();
        for (change, prices) in [
            (self.mentee, &mut prices.mentees),
            (self.mentor, &mut prices.mentors),
        ] {
            if let Some((at, by)) = change
                && let Some(price) = prices.get_mut(at)
            {
                *price += by;
            }
        }
        if self.drops {
            let pairs = solution.assignment.pairs().skip(1);
            let pairs: Vec<_> = pairs.map(|(i, j)| (i.get(), j.get())).collect();
            solution.assignment = Assignment::from_pairs(problem.mentees(), pairs);
        }
        solution
    }
}

/// Scores from 0 to 1,000 of the same pairs; the first pair of each row is listed.
fn modest(mut instance: Instance) -> (Instance, ListedValues) {
    for score in instance.scores.iter_mut().flatten().flatten() {
        *score = score.rem_euclid(997);
    }
    let index = |at: usize| u32::try_from(at).unwrap();
    let rows = instance.scores.iter().enumerate();
    let listed = rows.filter_map(|(mentee, row)| {
        let mentor = row.iter().position(Option::is_some)?;
        Some((
            MenteeIdx::new(index(mentee)),
            MentorIdx::new(index(mentor)),
            1,
        ))
    });
    let listed = ListedValues::new(instance.mentees.len(), listed).unwrap();
    (instance, listed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn proofs_pass_together_exactly_if_each_does(
        instance in generate::instance(TINY).prop_flat_map(generate::of_kinds),
        asked in prop::collection::vec(spoilt(), 1..20),
        margin in 0..300_i32,
    ) {
        let (instance, listed) = modest(instance);
        let problem = instance.dense();
        let weighed: Vec<_> = asked.iter().map(|own| own.weighed(&problem, &listed)).collect();
        let solved: Vec<_> = asked.iter().zip(&weighed).map(|(own, of)| own.solution(of)).collect();
        let weighings = weighed.iter().zip(&solved).map(|(&scores, own)| Weighing {
            scores,
            certificate: &own.certificate,
            assignment: &own.assignment,
        });
        let weighings: Vec<_> = weighings.collect();
        let found = check_together(&problem, &weighings, margin, &|| false);
        for (own, verdict) in weighings.iter().zip(&found.verdicts) {
            let alone = own.certificate.check(&own.scores.problem().unwrap(), own.assignment);
            prop_assert_eq!(verdict.is_ok(), alone.is_ok(), "{:?} {:?}", verdict, alone);
        }
        // Whatever is worth more than its price less the margin is told.
        for own in &weighings {
            let sound = own.check_people(&problem, &|| false).is_ok();
            let (level, prices) = own.last();
            for mentee in 0..problem.mentees() {
                problem.for_each_allowed(mentee, &mut RowBuffer::default(), |mentor, score| {
                    let Some(weighed) = own.scores.of(mentee, mentor, score) else { return };
                    let reduced = prices.reduced(level, mentee, mentor as usize, weighed);
                    let is_near = reduced > -i64::from(margin) * i64::from(own.scores.weight);
                    let pair = (u32::try_from(mentee).unwrap(), mentor, score);
                    assert!(!sound || !is_near || found.near.contains(&pair));
                });
            }
        }
    }

    #[test]
    fn whenever_a_call_is_given_up_it_proves_nothing(
        instance in generate::instance(TINY),
        own in spoilt(),
    ) {
        let (instance, listed) = modest(instance);
        let problem = instance.dense();
        let scores = own.weighed(&problem, &listed);
        let solution = own.solution(&scores);
        let (certificate, assignment) = (&solution.certificate, &solution.assignment);
        let weighing = [Weighing { scores, certificate, assignment }];
        let asked = AtomicUsize::new(0);
        let check = |patience: usize| {
            asked.store(0, Ordering::Relaxed);
            let given_up = || asked.fetch_add(1, Ordering::Relaxed) >= patience;
            check_together(&problem, &weighing, 0, &given_up).verdicts.remove(0)
        };
        let _ = check(usize::MAX);
        for patience in 0..asked.load(Ordering::Relaxed) {
            prop_assert!(check(patience).is_err(), "{}", patience);
        }
    }

    /// In blocks and behind the last, in rows of all mentors and of some; nearly all pairs are just at their price.
    #[test]
    fn the_screen_tells_the_pairs_above_their_price(
        pairs in prop::collection::vec(
            (4..9_i32, prop_oneof![98 => Just(0), 1 => Just(1), 1 => Just(-1)]),
            0..3 * BLOCK,
        ),
        absent in prop::option::of(-9..18_i32),
        bar in -9..9_i32,
    ) {
        let prices: Vec<_> = pairs.iter().map(|pair| pair.0).collect();
        let scores: Vec<_> = pairs.iter().map(|(price, off)| price + bar + off).collect();
        let all = (0u32..).zip(scores.iter().copied());
        let allowed: Vec<_> = all.filter(|&(_, score)| Some(score) != absent).collect();
        let is_above = |&(mentor, score): &(u32, i32)| score > prices[mentor as usize] + bar;
        let above: Vec<_> = allowed.iter().copied().filter(is_above).collect();
        let (mentors, of_allowed): (Vec<_>, Vec<_>) = allowed.into_iter().unzip();
        let dense = Row::Dense { scores: &scores, absent };
        let sparse = Row::Sparse { mentors: &mentors, scores: &of_allowed };
        for row in [dense, sparse] {
            let mut told = Vec::new();
            screen(&row, &prices, bar, |mentor, score| told.push((mentor, score)));
            prop_assert_eq!(&told, &above);
        }
    }
}

/// The scores of a problem, each counting once.
fn as_they_are<'a>(whole: &'a Problem<'a>) -> Weighed<'a> {
    Weighed {
        whole,
        floor: 0,
        weight: 1,
        listed: None,
        weight_of_listed: 0,
        barred: &[],
    }
}

/// What is said of one proof.
fn verdict(
    scores: Weighed<'_>,
    certificate: &Certificate,
    assignment: &Assignment,
) -> Result<(), Violation> {
    let weighing = [Weighing {
        scores,
        certificate,
        assignment,
    }];
    let mut found = check_together(scores.whole, &weighing, 0, &|| false);
    found.verdicts.remove(0)
}

/// Only the optimum is proved together, and of something.
#[test]
fn nothing_but_the_optimum_of_some_level_is_proved() {
    let problem = Problem::dense(2, 2, vec![3, 5, 4, 2], None).unwrap();
    let scores = as_they_are(&problem);
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let verdict = |certificate| verdict(scores, certificate, &solution.assignment);
    let optimal = solution.certificate.clone();
    let bounded = Certificate {
        claim: Claim::Bounded { level: 0, bound: 9 },
        ..optimal.clone()
    };
    assert_eq!(bounded.check(&problem, &solution.assignment), Ok(()));
    let of_nothing = Certificate {
        levels: Vec::new(),
        prices: Vec::new(),
        ..optimal.clone()
    };
    assert_eq!(verdict(&optimal), Ok(()));
    assert_eq!(verdict(&bounded), Err(Violation::Shape));
    assert_eq!(verdict(&of_nothing), Err(Violation::Shape));
}

/// A pair above zero at a first level is found, however dear it is at the last, and whatever the proof before says.
#[test]
fn proofs_with_other_first_levels_are_not_screened_together() {
    let problem = Problem::dense(1, 2, vec![900, 100], None).unwrap();
    let scores = as_they_are(&problem);
    let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
    let solution = solve(&problem, &options).unwrap();
    let (sound, assignment) = (&solution.certificate, &solution.assignment);
    let mut of_other_prices = sound.clone();
    of_other_prices.prices[0].mentees[0] -= 1;
    let mut of_another_level = sound.clone();
    let worth = [(0, 1), (1, 2)].map(|(j, worth)| (MenteeIdx::new(0), MentorIdx::new(j), worth));
    of_another_level.levels[0] = Level::Listed(ListedValues::new(1, worth).unwrap());
    for spoilt in [of_other_prices, of_another_level] {
        let weighings = [sound, &spoilt].map(|certificate| Weighing {
            scores,
            certificate,
            assignment,
        });
        let found = check_together(&problem, &weighings, 0, &|| false);
        assert_eq!(found.verdicts, [Ok(()), Err(violation_at(0))]);
    }
}

/// Somebody whom nobody has takes less than nothing, far or near, and by scores or by what is listed.
#[test]
fn a_negative_price_is_a_price() {
    let problem = Problem::dense(1, 2, vec![-3, -3], None).unwrap();
    let assignment = Assignment::from_pairs(1, [(0, 0)]);
    for (weight, price) in [(0, -1), (1, -1), (1, -5), (1, -(1 << 30))] {
        let scores = Weighed {
            floor: -9,
            weight,
            ..as_they_are(&problem)
        };
        let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
        let mut certificate = solve(&scores.problem().unwrap(), &options)
            .unwrap()
            .certificate;
        assert_eq!(verdict(scores, &certificate, &assignment), Ok(()));
        certificate.prices[1].mentors[1] = price;
        let refused = Err(violation_at(0));
        assert_eq!(verdict(scores, &certificate, &assignment), refused);
    }
}

#[test]
fn a_pair_that_only_its_listed_value_lifts_above_its_price_is_found() {
    let problem = Problem::dense(1, 2, vec![5, 5], None).unwrap();
    let assignment = Assignment::from_pairs(1, [(0, 0)]);
    let listed = [(MenteeIdx::new(0), MentorIdx::new(1), 1)];
    let listed = ListedValues::new(1, listed).unwrap();
    for weight in [0, 1] {
        let unlisted = Weighed {
            weight,
            ..as_they_are(&problem)
        };
        let options = SolveOptions::new([Level::TotalScore]);
        let solution = solve(&unlisted.problem().unwrap(), &options).unwrap();
        let scores = Weighed {
            listed: Some(&listed),
            weight_of_listed: 50,
            ..unlisted
        };
        let verdict = |scores| verdict(scores, &solution.certificate, &assignment);
        assert_eq!(verdict(unlisted), Ok(()));
        assert_eq!(verdict(scores), Err(violation_at(0)));
    }
}

/// One mentee, whose price is too low for one of 150 mentors.
#[test]
fn a_pair_above_its_price_is_found_in_a_crowd_too() {
    let (own, mentors) = (100, (0..150).collect::<Vec<u32>>());
    for other in [0, 63, 64, 99, 127, 128, 149] {
        let mut scores = vec![5; 150];
        (scores[own], scores[other]) = (9, 9);
        let dense = Problem::dense(1, 150, scores.clone(), None).unwrap();
        let sparse = Problem::sparse(150, &[0, 150], &mentors, &scores).unwrap();
        for problem in [dense, sparse] {
            let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
            let mut certificate = solution.certificate;
            let assignment = Assignment::from_pairs(1, [(0, mentors[own])]);
            let scores = as_they_are(&problem);
            assert_eq!(verdict(scores, &certificate, &assignment), Ok(()));
            certificate.prices[0].mentees[0] -= 1;
            certificate.prices[0].mentors[own] += 1;
            let refused = Err(violation_at(0));
            assert_eq!(verdict(scores, &certificate, &assignment), refused);
        }
    }
}

#[test]
fn rows_that_break_their_promise_prove_nothing() {
    let source =
        |mentee: MenteeIdx, row: &mut [i32]| row.fill(if mentee.get() == 1 { 99 } else { 5 });
    let problem = Problem::on_demand(2, 2, &source, 0..=9, None).unwrap();
    let sound = Problem::dense(2, 2, vec![5; 4], None).unwrap();
    let solution = solve(&sound, &SolveOptions::new([Level::TotalScore])).unwrap();
    let refused = Violation::RowOutOfRange {
        mentee: MenteeIdx::new(1),
    };
    let (scores, certificate) = (as_they_are(&problem), &solution.certificate);
    assert_eq!(
        verdict(scores, certificate, &solution.assignment),
        Err(refused)
    );
}
