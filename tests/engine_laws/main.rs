//! Laws of whole runs: people and a programme in, an outcome out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod accounts;
mod changes;
#[path = "../common/mod.rs"]
mod common;
mod determinism;
mod memory;
mod optimum;
#[path = "../roster/mod.rs"]
mod roster;
mod stable;

use std::fmt::Write;

use mentormatch::{
    Cohort, Different, Engine, Field, Mentee, Mentor, MissingPolicy, Outcome, Profile, Programme,
    ProgrammeBuilder, RunOptions, Same,
};
use roster::{Dice, first_criteria, first_rules, half, person};

type People = (Vec<Mentor>, Vec<Mentee>);

/// Random people with gaps in their answers and capacities of 0 to 3.
fn people(seed: u64, mentors: u64, mentees: u64) -> People {
    let (mut mentors, mentees) = roster::first_people(seed, mentors, mentees, 12);
    let mut dice = Dice(seed ^ 0xCAFE);
    for mentor in &mut mentors {
        mentor.capacity.max = u32::try_from(dice.below(4)).unwrap();
    }
    (mentors, mentees)
}

/// The same without anything that forbids a pair in every programme: the Hungarian method cannot
/// express an absent one.
fn unbarred_people(seed: u64, mentors: u64, mentees: u64) -> People {
    let mut dice = Dice(seed);
    let mut unbarred = |id: String| -> Profile {
        let mut own = person(&mut dice, &id, "nobody", 1, 12);
        own.vetoes.clear();
        own.status = mentormatch::Status::Active;
        own
    };
    let mentors = (0..mentors).map(|at| unbarred(format!("r{at}")).mentor(1 + (at % 3) as u32));
    let mentors = mentors.collect();
    let mentees = (0..mentees).map(|at| unbarred(format!("e{at}")).mentee());
    (mentors, mentees.collect())
}

fn cohort((mentors, mentees): People) -> Cohort {
    Cohort::new(mentors, mentees).unwrap()
}

/// Many criteria, their weights times a factor and the policies for missing answers by turns.
fn criteria(factor: u32) -> ProgrammeBuilder {
    use MissingPolicy::{Neutral, Renormalise, Zero};
    let policies = [Neutral(half()), Zero, Renormalise];
    let named = first_criteria().into_iter().zip(0_u32..);
    let (from, to) = ("2026-03-20".parse().unwrap(), "2026-12-31".parse().unwrap());
    named.fold(
        Programme::builder().date(from).period(from, to),
        |builder, (criterion, at)| {
            let policy = policies[at as usize % policies.len()];
            builder.weigh_as(format!("c{at}"), (1 + at % 5) * factor, criterion, policy)
        },
    )
}

/// Many criteria and rules, all but the strictest.
fn everything(factor: u32) -> Programme {
    let rules = first_rules().into_iter();
    let kept = rules.filter(|rule| rule.default_name() != "fewer_common_languages");
    let builder = kept.fold(criteria(factor), ProgrammeBuilder::forbid);
    builder.build().unwrap()
}

/// Four possible scores, so that there are very many equally good matchings.
fn coarse() -> Programme {
    let builder = Programme::builder()
        .weigh(1, Same::new(Field::Department))
        .weigh(2, Different::new(Field::Site));
    builder.build().unwrap()
}

fn run(programme: &Programme, cohort: &Cohort) -> Outcome {
    run_with(programme, cohort, &RunOptions::default())
}

/// Every outcome of these tests is proven optimal, and its proof holds.
fn run_with(programme: &Programme, cohort: &Cohort, options: &RunOptions) -> Outcome {
    let outcome = Engine::new(programme.clone())
        .run_with(cohort, options)
        .unwrap();
    assert_eq!(outcome.gap(), None);
    assert_eq!(outcome.verify(), Ok(()));
    outcome
}

/// What the outcome is worth, by objective.
fn values(outcome: &Outcome) -> Vec<u64> {
    let objectives = outcome.objectives();
    assert!(objectives.iter().all(|own| own.proved));
    objectives.iter().map(|own| own.value).collect()
}

/// The pairs' ids.
fn pairs(outcome: &Outcome) -> Vec<(&str, &str)> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.as_str(), pair.mentor.as_str()))
        .collect()
}

/// Everything that people, programme and seed decide, as text: a pair a line with its score and
/// the contributions, then everybody without a partner with the reason, the warnings and the report.
fn story(outcome: &Outcome) -> String {
    let mut story = String::new();
    for pair in &outcome.matching().pairs {
        write!(
            story,
            "{} {} {} =",
            pair.mentee,
            pair.mentor,
            pair.score.ppm()
        )
        .unwrap();
        for part in &pair.parts {
            write!(story, " {}", part.contribution).unwrap();
        }
        story.push('\n');
    }
    for person in outcome.unmatched() {
        let (role, id) = (person.role, &person.participant);
        writeln!(story, "{role} {id}: {}", person.reason).unwrap();
    }
    for warning in outcome.warnings() {
        writeln!(story, "{warning}").unwrap();
    }
    writeln!(story, "\n{}", outcome.report()).unwrap();
    story
}

/// The story, and with `serde` the stored form too.
fn record(outcome: &Outcome) -> (String, String) {
    #[cfg(feature = "serde")]
    let stored = serde_json::to_string(outcome).unwrap();
    #[cfg(not(feature = "serde"))]
    let stored = String::new();
    (story(outcome), stored)
}
