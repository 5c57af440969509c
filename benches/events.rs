//! What events take, one by one, and a rematch after a hundredth of the people changed.
//!
//! ```text
//! cargo bench --bench events                    # all
//! cargo bench --bench events -- spare_canonical # what matches
//! ```
//!
//! 10,000 mentees and 2,500 mentors with structured scores. Events of all kinds follow one another, each
//! timed from the event to the proved plan; what a run from nothing takes (solving alone, on scores that are
//! there) stands beside. Times are milliseconds by the clock.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::cast_precision_loss, reason = "figures for people")]

mod common;

use std::collections::BTreeMap;
use std::env;
use std::sync::Arc;
use std::time::Instant;

use common::random::Random;
use common::{ABSENT, FULL, Family, Instance, Shape, Spec};
use mentormatch::{
    Cohort, CriterionKind, Engine, Event, Mentee, Mentor, Plan, Profile, Programme, RuleKind,
    RunOptions, TieBreaking,
};

const EVENTS: u32 = 240;

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let is_test = words.iter().any(|word| word == "--test");
    let filter = words.iter().find(|word| !word.starts_with("--"));
    println!("| instance | event | number | median | worst |");
    println!("|---|---|---|---|---|");
    for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
        for ties in [TieBreaking::Fast, TieBreaking::Canonical] {
            let name = format!("{shape:?}_{ties:?}").to_lowercase();
            if filter.is_none_or(|word| name.contains(word.as_str())) {
                measure(&name, shape, ties, is_test);
            }
        }
    }
}

/// People numbered as in an instance; the last of them come later.
struct Programmes {
    instance: Arc<Instance>,
    programme: Programme,
}

impl Programmes {
    fn new(instance: Instance) -> Self {
        let instance = Arc::new(instance);
        let (scores, absent) = (Arc::clone(&instance), Arc::clone(&instance));
        let structured = CriterionKind::pairwise("structured", 1, move |mentee, mentor| {
            Some(f64::from(scores.score(mentee, mentor).max(0)) / f64::from(FULL))
        });
        let forbidden = RuleKind::pairwise("forbidden", 1, move |mentee, mentor| {
            absent.score(mentee, mentor) == ABSENT
        });
        let programme = Programme::builder()
            .weigh(1, structured)
            .forbid(forbidden)
            .build();
        Self {
            programme: programme.unwrap(),
            instance,
        }
    }

    fn mentor(&self, number: u32) -> Mentor {
        let own = Profile::new(format!("r{number}")).seniority(u16::try_from(number).unwrap());
        own.mentor(self.instance.capacities[number as usize])
    }
}

fn mentee(number: u32) -> Mentee {
    Profile::new(format!("e{number}"))
        .seniority(u16::try_from(number).unwrap())
        .mentee()
}

trait Scored {
    fn score(&self, mentee: &Mentee, mentor: &Mentor) -> i32;
}

impl Scored for Instance {
    fn score(&self, mentee: &Mentee, mentor: &Mentor) -> i32 {
        let place = |own: Option<u16>| usize::from(own.unwrap_or_default());
        let (row, column) = (
            place(mentee.profile.seniority),
            place(mentor.profile.seniority),
        );
        self.scores[row * self.mentors + column]
    }
}

fn measure(name: &str, shape: Shape, ties: TieBreaking, is_test: bool) {
    let size = if is_test { 50 } else { 1 };
    let (mentees, mentors) = (10_000 / size, 2_500 / size);
    let instance = Spec::new(
        Family::Structured,
        shape,
        mentees * 11 / 10,
        mentors * 11 / 10,
    )
    .make();
    let programmes = Programmes::new(instance);
    let cohort = Cohort::new(
        (0..mentors)
            .map(|number| programmes.mentor(number))
            .collect::<Vec<_>>(),
        (0..mentees).map(mentee).collect::<Vec<_>>(),
    );
    let options = RunOptions::default().tie_breaking(ties);
    let engine = Engine::new(programmes.programme.clone());
    let started = Instant::now();
    let options = options.clock(move || started.elapsed());
    let outcome = engine.run_with(&cohort.unwrap(), &options).unwrap();
    let cold = outcome.timings().solving.as_secs_f64();
    println!(
        "| {name} | a run from nothing, solving | 1 | {:.2} | |",
        cold * 1e3
    );
    let plan = outcome.plan().unwrap();
    rematch(name, &plan, (mentees, mentors));
    let plan = one_by_one(name, plan, &programmes, (mentees, mentors));
    let cold = engine.run_with(plan.cohort(), &plan.options()).unwrap();
    assert_eq!(plan.objectives(), cold.objectives(), "{name}");
}

/// A hundredth of the mentees are others.
fn rematch(name: &str, plan: &Plan, (mentees, _): (u32, u32)) {
    let others = (0..mentees / 100).flat_map(|at| {
        let leaver = at * 97 % mentees;
        [
            Event::mentee_leaves(format!("e{leaver}")),
            Event::mentee_joins(mentee(mentees + at)),
        ]
    });
    let events: Vec<_> = others.collect();
    let mut times = Vec::new();
    for _ in 0..7 {
        let events = events.clone();
        let started = Instant::now();
        let next = plan.apply_all(events).unwrap();
        times.push(started.elapsed().as_secs_f64());
        assert_eq!(next.verify(), Ok(()));
    }
    row(name, "1 % of the mentees are others", &times);
}

fn one_by_one(name: &str, mut plan: Plan, own: &Programmes, people: (u32, u32)) -> Plan {
    let mut random = Random::new(7);
    let mut next = people;
    let mut times: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for _ in 0..EVENTS {
        let (kind, event) = event(&mut random, &plan, own, (people, &mut next));
        let started = Instant::now();
        let Ok(after) = plan.apply(event) else {
            continue; // somebody has left before
        };
        times
            .entry(kind)
            .or_default()
            .push(started.elapsed().as_secs_f64());
        plan = after;
    }
    for (kind, times) in &times {
        row(name, kind, times);
    }
    let all: Vec<f64> = times.into_values().flatten().collect();
    row(name, "all events", &all);
    plan
}

fn event(
    random: &mut Random,
    plan: &Plan,
    own: &Programmes,
    (people, next): ((u32, u32), &mut (u32, u32)),
) -> (&'static str, Event) {
    let (mentees, mentors) = people;
    let old = format!("e{}", random.below(mentees));
    let mentor = format!("r{}", random.below(mentors));
    match random.below(20) {
        0..=5 => {
            next.0 += 1;
            ("a mentee joins", Event::mentee_joins(mentee(next.0 - 1)))
        }
        6..=10 => ("a mentee leaves", Event::mentee_leaves(old)),
        11 if next.1 < mentors * 11 / 10 => {
            next.1 += 1;
            (
                "a mentor joins",
                Event::mentor_joins(own.mentor(next.1 - 1)),
            )
        }
        11 | 12 => ("a mentor leaves", Event::mentor_leaves(mentor)),
        13 | 14 => ("a mentor has one place", Event::capacity(mentor, 1)),
        15 | 16 => ("a mentor has nine places", Event::capacity(mentor, 9)),
        17 => {
            let (number, place) = (mentees + random.below(mentees / 10), &old[1..]);
            let other = u16::try_from(number).unwrap();
            let profile = Profile::new(format!("e{place}")).seniority(other);
            (
                "a mentee has another profile",
                Event::mentee_changes(profile.mentee()),
            )
        }
        _ => {
            let pairs = plan.pairs();
            let made = &pairs[random.below(u32::try_from(pairs.len()).unwrap()) as usize];
            ("a pair is vetoed", Event::veto(&made.mentee, &made.mentor))
        }
    }
}

fn row(name: &str, event: &str, times: &[f64]) {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let (Some(worst), number) = (times.last(), times.len()) else {
        return;
    };
    let median = times[number / 2];
    println!(
        "| {name} | {event} | {number} | {:.2} | {:.2} |",
        median * 1e3,
        worst * 1e3
    );
}
