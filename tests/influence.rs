//! What criteria, rules, wishes and weights change: what other runs, and trying everything, show.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::random::Random;
use mentormatch::{
    Cohort, CriterionKind, CustomCriterion, Engine, Field, Influence, InfluenceOf, MissingPolicy,
    NamedPair, Objective, Outcome, Profile, Programme, ProgrammeBuilder, RangeEnd, RuleKind,
    RunOptions, Same, Score, WeightRange, WhatIfError, WishRank,
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

/// What pairs are worth by the objectives and the scores of an outcome.
fn worth(outcome: &Outcome, pairs: &BTreeSet<NamedPair>) -> Vec<i128> {
    let score = |(mentee, mentor): &NamedPair| {
        let why = outcome.explain(mentee.as_str(), mentor.as_str());
        i128::from(why.unwrap().score.ppm())
    };
    let scores = pairs.iter().map(score);
    let worth = |objective: &Objective| match objective {
        Objective::Participation => pairs.len() as i128,
        Objective::WorstScore => scores.clone().min().unwrap_or(1_000_000),
        _ => scores.clone().sum(),
    };
    outcome.programme().objectives().iter().map(worth).collect()
}

fn check(run: &Outcome, influence: &Influence, without: &Outcome) {
    let (now, then) = (pairs(run), pairs(without));
    let found = influence.without.as_ref().unwrap();
    assert_eq!(
        found.pairs_lost,
        now.difference(&then).count() as u64,
        "{influence}"
    );
    assert_eq!(found.pairs_gained, then.difference(&now).count() as u64);
    let moved = now.symmetric_difference(&then).map(|pair| &pair.0);
    let moved: BTreeSet<_> = moved.collect();
    assert_eq!(found.mentees_moved, moved.len() as u64);
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
        InfluenceOf::Rule(_) => assert!(expected >= vec![0; expected.len()], "{influence}"),
        _ => assert!(expected <= vec![0; expected.len()], "{influence}"),
    }
}

/// A run with two drawn criteria, drawn wishes and a rule, any of which can be left out.
struct Parted {
    criteria: [Vec<Vec<u32>>; 2],
    /// By mentee: whom she wishes for first and second.
    wishes: Vec<(u32, u32)>,
    barred: BTreeSet<(String, String)>,
    mentors: u32,
    seed: u64,
}

impl Parted {
    fn draw(random: &mut Random, seed: u64) -> Self {
        let (n, m) = (1 + random.below(6), 1 + random.below(5));
        let criteria = [draw(random, (n, m), 6), draw(random, (n, m), 6)];
        let pairs = (0..n).flat_map(|i| (0..m).map(move |j| (format!("e{i}"), format!("r{j}"))));
        let barred = pairs.filter(|_| random.below(5) == 0).collect();
        Self {
            criteria,
            wishes: (0..n).map(|_| (random.below(m), random.below(m))).collect(),
            barred,
            mentors: m,
            seed,
        }
    }

    fn cohort(&self, without_rank: u32) -> Cohort {
        let mentees = self.wishes.iter().enumerate().map(|(at, (first, second))| {
            let wishes = [(first, 1), (second, 2)].into_iter();
            let kept = wishes.filter(|(_, rank)| *rank != without_rank);
            let own = Profile::new(format!("e{at}"));
            kept.fold(own, |own, (mentor, rank)| {
                own.wish(format!("r{mentor}"), rank)
            })
            .mentee()
        });
        let mentors = (0..self.mentors).map(|at| Profile::new(format!("r{at}")).mentor(1 + at % 2));
        Cohort::new(mentors, mentees).unwrap()
    }

    fn programme(&self, without: &str) -> Programme {
        let [one, two] = &self.criteria;
        let criteria: [(&str, u32, CriterionKind); 3] = [
            ("one", 3, drawn("one", one.clone()).into()),
            ("two", 2, drawn("two", two.clone()).into()),
            ("wish_rank", 2, WishRank::of_mentees().into()),
        ];
        let kept = criteria.into_iter().filter(|own| own.0 != without);
        let builder = kept.fold(Programme::builder(), |builder, (name, weight, own)| {
            builder.weigh_as(name, weight, own, MissingPolicy::Zero)
        });
        let barred = self.barred.clone();
        let rule = RuleKind::pairwise("barred", 1, move |mentee, mentor| {
            let id = |own: &Profile| own.id.as_str().to_owned();
            barred.contains(&(id(&mentee.profile), id(&mentor.profile)))
        });
        let builder = match without {
            "barred" => builder,
            _ => builder.forbid(rule),
        };
        let objectives: &[Objective] = match self.seed.is_multiple_of(2) {
            true => &[Objective::Participation, Objective::TotalScore],
            false => &[
                Objective::Participation,
                Objective::WorstScore,
                Objective::TotalScore,
            ],
        };
        builder.objectives(objectives.to_vec()).build().unwrap()
    }

    fn run(&self, without: &str, without_rank: u32) -> Outcome {
        let options = RunOptions::default().seed(self.seed);
        let engine = Engine::new(self.programme(without));
        engine
            .run_with(&self.cohort(without_rank), &options)
            .unwrap()
    }
}

#[test]
fn influence_is_the_difference_to_runs_without_each_part() {
    let mut random = Random::new(81);
    let mut moved = 0;
    for seed in 0..60 {
        let case = Parted::draw(&mut random, seed);
        let outcome = case.run("", 0);
        let influence = outcome.influence(None).unwrap();
        assert_eq!(influence.len(), 6);
        for own in &influence {
            let without = match &own.of {
                InfluenceOf::Wishes { rank, .. } => case.run("", *rank),
                other => case.run(&other.to_string(), 0),
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

/// The matchings with a pair and those without, as lines.
struct Envelopes {
    with: Vec<Line>,
    without: Vec<Line>,
}

impl Envelopes {
    /// Whether a matching with the pair is a best one at a weight, a fraction.
    fn stays(&self, (num, den): (i128, i128)) -> bool {
        let best = |lines: &[Line]| lines.iter().map(|(rest, own)| rest * den + own * num).max();
        best(&self.with) >= best(&self.without)
    }

    /// The weights at which a matching with the pair and one without are worth the same.
    fn crossings(&self) -> impl Iterator<Item = (i128, i128)> {
        let both = self
            .with
            .iter()
            .flat_map(|one| self.without.iter().map(move |other| (one, other)));
        both.filter_map(|(one, other)| {
            let (rise, over) = (one.1 - other.1, other.0 - one.0);
            (rise != 0).then_some((over * rise.signum(), rise.abs()))
        })
    }

    /// Wherever two lines cross within the range, just beside, and at its ends, the pair stays; one step beyond it is as
    /// the range says. How many ends there are.
    fn check(&self, range: &WeightRange, (weight, unit): (u32, u32)) -> usize {
        let steps = |multiple: f64| {
            let today = f64::from(weight * unit);
            let steps = (0..=2_147u32).find(|&steps| f64::from(steps) / today == multiple);
            i128::from(steps.unwrap())
        };
        let unit = i128::from(unit);
        let (from, to) = (steps(range.from), steps(range.to));
        for (num, den) in self.crossings() {
            if num * unit > from * den && num * unit < to * den {
                let near = |nudge| (num * 1_000_000_000 + nudge, den * 1_000_000_000);
                assert!(
                    [-1, 0, 1].into_iter().all(|nudge| self.stays(near(nudge))),
                    "{range:?}"
                );
            }
        }
        let mut changes = 0;
        for (end, edge) in [(range.below, from), (range.above, to)] {
            assert!(self.stays((edge, unit)));
            if let RangeEnd::Changes(at) = end {
                assert!(!self.stays((steps(at), unit)));
                assert_eq!((steps(at) - edge).abs(), 1, "the next step");
                changes += 1;
            }
        }
        changes
    }
}

/// Three criteria with drawn answers and weights, and every largest matching.
struct Weighed {
    answers: Vec<Vec<Vec<u32>>>,
    weights: Vec<u32>,
    matchings: Vec<Vec<Option<usize>>>,
    outcome: Outcome,
}

const NAMES: [&str; 3] = ["a", "b", "c"];

impl Weighed {
    fn draw(random: &mut Random, turn: usize) -> Self {
        let (n, m) = (1 + random.below(4), 1 + random.below(4));
        let values = if turn.is_multiple_of(2) { 101 } else { 5 };
        let answers: Vec<_> = (0..3).map(|_| draw(random, (n, m), values)).collect();
        // One of them is 1, so that they have no common divisor, which a programme takes out.
        let mut weight = |at| 1 + random.below(9) * u32::from(at != turn % 3);
        let weights: Vec<_> = (0..3).map(&mut weight).collect();
        let places: Vec<_> = (0..m).map(|_| random.below(3)).collect();
        let mentors = places.iter().enumerate();
        let mentors = mentors.map(|(at, &places)| Profile::new(format!("r{at}")).mentor(places));
        let mentees = (0..n).map(|at| Profile::new(format!("e{at}")).mentee());
        let criteria = answers.iter().zip(&weights).zip(NAMES);
        let programme = criteria.fold(Programme::builder(), |builder, ((own, &weight), name)| {
            builder.weigh_as(name, weight, drawn(name, own.clone()), MissingPolicy::Zero)
        });
        let engine = Engine::new(programme.build().unwrap());
        let all = matchings(n as usize, &places);
        let size = |own: &Vec<Option<usize>>| own.iter().flatten().count();
        let most = all.iter().map(size).max().unwrap();
        Self {
            matchings: all.into_iter().filter(|own| size(own) == most).collect(),
            outcome: engine.run(&Cohort::new(mentors, mentees).unwrap()).unwrap(),
            answers,
            weights,
        }
    }

    /// What a matching is worth, the criterion's weight in motion.
    fn line(&self, matching: &[Option<usize>], moving: usize) -> Line {
        let worth = |criterion: usize| -> i128 {
            let pairs = matching.iter().enumerate();
            let points = pairs.filter_map(|(i, j)| Some(self.answers[criterion][i][(*j)?]));
            points.map(i128::from).sum()
        };
        let others = (0..3).filter(|&other| other != moving);
        let rest = others.map(|other| i128::from(self.weights[other]) * worth(other));
        (rest.sum(), worth(moving))
    }

    fn envelopes(&self, (i, j): (usize, usize), moving: usize) -> Envelopes {
        let all = self.matchings.iter();
        let (with, without): (Vec<_>, Vec<_>) = all.partition(|own| own[i] == Some(j));
        let lines = |own: Vec<&Vec<Option<usize>>>| {
            own.into_iter().map(|own| self.line(own, moving)).collect()
        };
        Envelopes {
            with: lines(with),
            without: lines(without),
        }
    }
}

#[test]
fn a_pair_stays_at_every_weight_of_its_range() {
    let mut random = Random::new(82);
    let (mut asked, mut changes) = (0, 0);
    for turn in 0..120 {
        let case = Weighed::draw(&mut random, turn);
        for pair in &case.outcome.matching().pairs {
            let (mentee, mentor) = (pair.mentee.as_str(), pair.mentor.as_str());
            let at = |id: &str| id[1..].parse::<usize>().unwrap();
            for (moving, name) in NAMES.into_iter().enumerate() {
                let envelopes = case.envelopes((at(mentee), at(mentor)), moving);
                let weight = case.weights[moving];
                let range = case
                    .outcome
                    .weight_range(mentee, mentor, name, None)
                    .unwrap();
                assert_eq!(range.is_some(), envelopes.stays((weight.into(), 1)));
                let Some(range) = range else { continue };
                assert!(range.from <= 1.0 && range.to >= 1.0);
                let unit = 2_147 / 2 / case.weights.iter().sum::<u32>();
                changes += envelopes.check(&range, (weight, unit));
                asked += 1;
            }
        }
    }
    assert!(asked > 400 && changes > 50, "{asked} {changes}");
}

#[test]
fn only_a_total_score_has_ranges() {
    let people = || {
        let mentors = [Profile::new("r0").site("x").mentor(1)];
        Cohort::new(mentors, [Profile::new("e0").site("x").mentee()]).unwrap()
    };
    let base = || {
        Programme::builder()
            .weigh(1, Same::new(Field::Site))
            .weigh(1, Same::new(Field::Team))
    };
    let ask = |builder: ProgrammeBuilder, criterion: &str| {
        let outcome = Engine::new(builder.build().unwrap())
            .run(&people())
            .unwrap();
        outcome.weight_range("e0", "r0", criterion, None)
    };
    assert!(ask(base(), "same:site").unwrap().is_some());
    let resolution = Score::from_unit(0.1).unwrap();
    let cases = [
        base().objectives([Objective::Leximin { resolution }, Objective::TotalScore]),
        base().objectives([Objective::Participation]),
    ];
    for builder in cases {
        assert_eq!(ask(builder, "same:site"), Err(WhatIfError::NoTotalScore));
    }
    let unknown = ask(base(), "shoe size").unwrap_err();
    let told = "no criterion named \"shoe size\" counts in this programme; these do: ";
    assert!(unknown.to_string().starts_with(told), "{unknown}");
    assert!(unknown.to_string().contains("same:site"), "{unknown}");
}
