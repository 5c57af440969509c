//! The check of many proofs against the check of each by itself.

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
    fn a_call_that_is_given_up_proves_nothing(instance in generate::instance(TINY), own in spoilt()) {
        let (instance, listed) = modest(instance);
        let problem = instance.dense();
        let scores = own.weighed(&problem, &listed);
        let solution = own.solution(&scores);
        let (certificate, assignment) = (&solution.certificate, &solution.assignment);
        let weighing = [Weighing { scores, certificate, assignment }];
        let found = check_together(&problem, &weighing, 0, &|| true);
        prop_assert!(found.verdicts[0].is_err() || problem.mentees() == 0);
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

/// Only the optimum is proved together, and of something.
#[test]
fn nothing_but_the_optimum_of_some_level_is_proved() {
    let problem = Problem::dense(2, 2, vec![3, 5, 4, 2], None).unwrap();
    let scores = as_they_are(&problem);
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let verdict = |certificate: &Certificate| {
        let assignment = &solution.assignment;
        let weighing = [Weighing {
            scores,
            certificate,
            assignment,
        }];
        check_together(&problem, &weighing, 0, &|| false)
            .verdicts
            .remove(0)
    };
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
    let (sound, mut spoilt) = (&solution.certificate, solution.certificate.clone());
    spoilt.prices[0].mentees[0] -= 1;
    let assignment = &solution.assignment;
    let weighing = |certificate| Weighing {
        scores,
        certificate,
        assignment,
    };
    let found = check_together(&problem, &[weighing(sound), weighing(&spoilt)], 0, &|| {
        false
    });
    assert_eq!(found.verdicts, [Ok(()), Err(violation_at(0))]);
}
