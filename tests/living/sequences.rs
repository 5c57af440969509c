//! Long sequences of events in many small programmes, of every kind and all of them at once: wherever they lead,
//! a run from nothing leads too, and nobody is lost on the way.

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{Cohort, Engine, Event, Objective, Plan, Role, RunOptions, Score, TieBreaking};

use crate::check;
use crate::common::random::Random;
use crate::small::{event, mentee, mentor, programme};

/// Events that are to be followed in all.
const EVENTS: usize = 1_000;

/// What is to happen in each sequence, if it can.
const IN_A_ROW: u32 = 25;

/// Objectives, each a name and what they are.
fn objectives() -> Vec<(&'static str, Vec<Objective>)> {
    use Objective::{
        KeepPairs, Leximin, MentorsUsed, Pairs, Participation, SpreadLoad, TotalScore, WorstScore,
    };
    let resolution = Score::from_unit(0.25).unwrap();
    vec![
        ("people, score", vec![Participation, TotalScore]),
        ("score", vec![TotalScore]),
        ("keep", vec![Participation, KeepPairs, TotalScore]),
        ("keep first", vec![KeepPairs, Participation, TotalScore]),
        ("worst", vec![Participation, WorstScore, TotalScore]),
        (
            "ranks",
            vec![Participation, Leximin { resolution }, TotalScore],
        ),
        (
            "keep, worst",
            vec![Participation, KeepPairs, WorstScore, TotalScore],
        ),
        (
            "loads",
            vec![Participation, MentorsUsed, SpreadLoad, TotalScore],
        ),
        (
            "keep, loads",
            vec![Participation, KeepPairs, SpreadLoad, TotalScore],
        ),
        ("no score", vec![Pairs, KeepPairs]),
    ]
}

/// One programme of many, by number: what it obeys beside its objectives.
struct Variant {
    people: u32,
    minimum: u32,
    quota: Option<u32>,
    ties: TieBreaking,
}

impl Variant {
    fn new(random: &mut Random) -> Self {
        Self {
            people: [3, 5, 9][random.below(3) as usize],
            minimum: random.below(2),
            quota: [None, None, Some(1), Some(3)][random.below(4) as usize],
            ties: [TieBreaking::Canonical, TieBreaking::Fast][random.below(2) as usize],
        }
    }

    fn plan(&self, random: &mut Random, objectives: &[Objective], seed: u64) -> Plan {
        let mentors = (0..self.people * 2 / 3).map(|at| mentor(random, at, self.minimum));
        let mentors: Vec<_> = mentors.collect();
        let mentees: Vec<_> = (0..self.people).map(|at| mentee(random, at)).collect();
        let programme = programme(objectives, self.quota, seed);
        let options = RunOptions::default().tie_breaking(self.ties);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        Engine::new(programme).plan(&cohort, &options).unwrap()
    }

    fn event(&self, random: &mut Random, plan: &Plan) -> Event {
        let number = random.below(self.people + 2);
        let id = |kind: &str| format!("{kind}{number}");
        match random.below(12) {
            0 => Event::mentor_leaves(id("r")),
            1 => Event::mentor_joins(mentor(random, number, self.minimum)),
            2 => Event::pauses(Role::Mentee, id("e")),
            3 => Event::returns(Role::Mentee, id("e")),
            4 => Event::capacity(id("r"), random.below(4)),
            _ => event(random, (self.people, self.minimum), plan),
        }
    }
}

/// Everybody who has joined and not left, as the events tell it.
struct Roster(BTreeSet<String>);

impl Roster {
    fn of(cohort: &Cohort) -> Self {
        let mentees = cohort
            .mentees()
            .iter()
            .map(|own| own.profile.id.to_string());
        let mentors = cohort
            .mentors()
            .iter()
            .map(|own| own.profile.id.to_string());
        Self(mentees.chain(mentors).collect())
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::MenteeJoins(own) => self.0.insert(own.profile.id.to_string()),
            Event::MentorJoins(own) => self.0.insert(own.profile.id.to_string()),
            Event::Leaves { id, .. } => self.0.remove(&id.to_string()),
            _ => false,
        };
    }
}

/// What an event was about, for counting.
fn notes(variant: &Variant, plan: &Plan) -> Vec<&'static str> {
    let two = plan.cohort().mentees().iter().any(|own| own.demand.max > 1);
    let all = [
        (variant.minimum > 0, "minimums"),
        (variant.quota.is_some(), "quotas"),
        (variant.ties == TieBreaking::Canonical, "canonical"),
        (variant.ties == TieBreaking::Fast, "fast"),
        (!plan.decisions().locks.is_empty(), "locks"),
        (two, "two mentors"),
    ];
    let held = all.into_iter().filter(|own| own.0);
    held.map(|own| own.1).collect()
}

#[test]
fn a_thousand_events_lead_where_runs_from_nothing_lead() {
    let objectives = objectives();
    let (mut followed, mut counts) = (0, BTreeMap::new());
    for (seed, (name, own)) in (0..).zip(objectives.iter().cycle()) {
        if followed >= EVENTS {
            break;
        }
        let mut random = Random::new(seed + 700);
        let variant = Variant::new(&mut random);
        let mut plan = variant.plan(&mut random, own, seed);
        let mut roster = Roster::of(plan.cohort());
        for at in 0..IN_A_ROW {
            let event = variant.event(&mut random, &plan);
            let context = format!("{name}, seed {seed}, event {at}: {event:?}");
            let Ok(next) = plan.apply(event.clone()) else {
                continue;
            };
            roster.note(&event);
            check(
                &next,
                next.cohort(),
                variant.ties == TieBreaking::Canonical,
                &context,
            );
            assert_eq!(Roster::of(next.cohort()).0, roster.0, "{context}");
            for note in notes(&variant, &next).into_iter().chain([*name]) {
                *counts.entry(note).or_insert(0) += 1;
            }
            (plan, followed) = (next, followed + 1);
        }
    }
    assert_eq!(counts.len(), objectives.len() + 6, "{counts:?}");
    assert!(counts.values().all(|&count| count > 50), "{counts:?}");
}
