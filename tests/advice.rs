//! Whom to recruit and which pairs to look at first: what other runs show.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::random::Random;
use mentormatch::{
    Cohort, CustomCriterion, Decisions, Engine, Objective, Outcome, Profile, Programme, RunOptions,
    TraitWorth,
};

const SKILLS: [&str; 3] = ["rust", "go", "sql"];

/// Mentors with drawn skills and zones, and a score for each pair.
#[derive(Clone)]
struct Case {
    mentors: Vec<(Vec<&'static str>, bool, u32)>,
    scores: Vec<Vec<u32>>,
}

impl Case {
    fn draw(random: &mut Random) -> Self {
        let (n, m) = (2 + random.below(5), 2 + random.below(5));
        let mut mentor = || {
            let skills = SKILLS
                .into_iter()
                .filter(|_| random.below(2) == 0)
                .collect();
            (skills, random.below(2) == 0, random.below(3))
        };
        let mentors: Vec<_> = (0..m).map(|_| mentor()).collect();
        let mut row = || (0..m).map(|_| 1_000 * random.below(1_001)).collect();
        let scores = (0..n).map(|_| row()).collect();
        Self { mentors, scores }
    }

    /// With so many more places by mentor.
    fn run(&self, more: &[usize], decisions: Decisions) -> Outcome {
        let mentors = self
            .mentors
            .iter()
            .enumerate()
            .map(|(at, (skills, is_near, places))| {
                let zone = if *is_near {
                    "Europe/Lisbon"
                } else {
                    "America/Lima"
                };
                let own = Profile::new(format!("r{at}")).time_zone(zone);
                let own = skills.iter().fold(own, |own, skill| own.offer(*skill, 3));
                let more = more.iter().filter(|other| **other == at).count();
                own.mentor(places + u32::try_from(more).unwrap())
            });
        let mentees = (0..self.scores.len()).map(|at| Profile::new(format!("e{at}")).mentee());
        let scores = self.scores.clone();
        let drawn = CustomCriterion::pairwise("drawn", 1, move |mentee, mentor| {
            let at = |id: &str| id[1..].parse::<usize>().ok();
            let mentee = at(mentee.profile.id.as_str())?;
            let mentor = at(mentor.profile.id.as_str())?;
            Some(f64::from(scores[mentee][mentor]) / 1e6)
        });
        let programme = Programme::builder()
            .weigh(1, drawn)
            .objectives([Objective::Participation, Objective::TotalScore])
            .build();
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let options = RunOptions::default().decisions(decisions);
        let engine = Engine::new(programme.unwrap());
        engine.run_with(&cohort, &options).unwrap()
    }

    /// Mentors who have all that a worth is about.
    fn members(&self, worth: &TraitWorth) -> Vec<usize> {
        let mentors = self.mentors.iter().enumerate();
        let members = mentors.filter(|(_, (skills, is_near, _))| {
            let zones = match is_near {
                true => ["a time zone in Europe", "time_zone Europe/Lisbon"],
                false => ["a time zone in America", "time_zone America/Lima"],
            };
            worth.traits.iter().map(ToString::to_string).all(|name| {
                let skill = name.strip_prefix("offers ");
                skill.map_or(zones.contains(&name.as_str()), |skill| {
                    skills.contains(&skill)
                })
            })
        });
        members.map(|(at, _)| at).collect()
    }
}

fn value(outcome: &Outcome) -> Vec<i128> {
    let objectives = outcome.objectives().into_iter();
    objectives.map(|own| i128::from(own.value)).collect()
}

fn rise(before: &Outcome, after: &Outcome) -> Vec<i128> {
    let values = value(after).into_iter().zip(value(before));
    values.map(|(after, before)| after - before).collect()
}

fn numbers(changes: &[mentormatch::ObjectiveChange]) -> Vec<i128> {
    changes.iter().map(|change| change.by).collect()
}

#[test]
fn recruits_are_worth_what_runs_with_them_gain() {
    let mut random = Random::new(71);
    let mut seen = 0;
    for _ in 0..60 {
        let case = Case::draw(&mut random);
        let outcome = case.run(&[], Decisions::new());
        let advice = outcome.recruiting(100).unwrap();
        let with = |more: &[usize]| rise(&outcome, &case.run(more, Decisions::new()));
        for worth in &advice {
            let members = case.members(worth);
            assert_eq!(members.len(), worth.mentors as usize);
            let gains: Vec<_> = members.iter().map(|&one| with(&[one])).collect();
            let total = (0..2).map(|at| gains.iter().map(|gain| gain[at]).sum::<i128>());
            assert_eq!(numbers(&worth.total), total.collect::<Vec<_>>());
            assert_eq!(numbers(&worth.one), *gains.iter().max().unwrap());
            let best = with(&[worth.best.as_str()[1..].parse().unwrap()]);
            assert_eq!(best, numbers(&worth.one));
            let both = members
                .iter()
                .flat_map(|&one| members.iter().map(move |&two| [one, two]));
            let two = both.map(|two| with(&two)).max().unwrap();
            assert_eq!(numbers(worth.two.as_ref().unwrap()), two);
            seen += 1;
        }
        let mean = |own: &TraitWorth, other: &TraitWorth| {
            let scale = i128::from(other.mentors);
            numbers(&own.total)
                .iter()
                .map(|number| number * scale)
                .collect::<Vec<_>>()
        };
        assert!(advice.is_sorted_by(|a, b| mean(a, b) >= mean(b, a)));
        assert_eq!(
            outcome.recruiting(2).unwrap(),
            advice[..2.min(advice.len())]
        );
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn close_calls_are_what_runs_without_each_pair_lose() {
    let mut random = Random::new(72);
    for _ in 0..150 {
        let case = Case::draw(&mut random);
        let outcome = case.run(&[], Decisions::new());
        let all = outcome.close_calls(usize::MAX).unwrap();
        assert_eq!(all.len(), outcome.matching().pairs.len());
        for call in &all {
            let veto = Decisions::new().veto(call.mentee.clone(), call.mentor.clone());
            let loss = rise(&case.run(&[], veto), &outcome);
            assert_eq!(numbers(&call.margin), loss);
        }
        assert!(all.is_sorted_by(|a, b| numbers(&a.margin) <= numbers(&b.margin)));
        let first = outcome.close_calls(2).unwrap();
        assert_eq!(first, all[..2.min(all.len())]);
    }
}
