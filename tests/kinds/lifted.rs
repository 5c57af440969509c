//! Doing without the bound, as something that could be given way on: what it brings is what a run without it gives.

use mentormatch::{
    Cohort, Decisions, Engine, Field, Outcome, Profile, Relaxation, RelaxationOptions, Relaxed,
    RunOptions, Shortfall,
};

use crate::common::random::Random;
use crate::people::{builder, distinct, pairs, people};

fn lifted(outcome: &Outcome, about: Shortfall) -> Option<Relaxation> {
    let options = RelaxationOptions::about(about).most(usize::MAX);
    let mut found = outcome.relaxations(&options).unwrap().found.into_iter();
    found.find(|own| matches!(own.relaxed, Relaxed::LiftDistinctMentors { .. }))
}

/// By how much minimums fall short.
fn missing(cohort: &Cohort, outcome: &Outcome) -> u64 {
    let made = pairs(outcome);
    let short = |least: u32, load: usize| u64::from(least).saturating_sub(load as u64);
    let mentees = cohort.mentees().iter().map(|own| {
        let has = made.iter().filter(|pair| pair.0 == own.profile.id.as_str());
        short(own.demand.min, has.count())
    });
    let mentors = cohort.mentors().iter().map(|own| {
        let has = made.iter().filter(|pair| pair.1 == own.profile.id.as_str());
        short(own.capacity.min, has.count())
    });
    mentees.chain(mentors).sum()
}

/// Three who want several mentors and four mentors, with minimums on one side, and a lock now and then.
fn drawn(seed: u64) -> (Cohort, RunOptions) {
    let (mut mentors, mut mentees) = people(seed, 3, 4);
    let mut random = Random::new(seed);
    if random.below(2) == 0 {
        for own in &mut mentees {
            own.demand.min = own.demand.max - random.below(2);
        }
    } else {
        for own in &mut mentors {
            own.capacity.max = 2;
            own.capacity.min = 1 + random.below(2);
        }
        mentees.truncate(2);
    }
    let decisions = match random.below(2) {
        0 => Decisions::new(),
        _ => Decisions::new().lock("e0", format!("r{}", random.below(4))),
    };
    let cohort = Cohort::new(mentors, mentees).unwrap();
    (cohort, RunOptions::default().decisions(decisions))
}

#[test]
fn lifting_it_brings_what_a_run_without_it_gives() {
    let (mut helped, mut locked, mut of_mentors) = (0, 0, 0);
    for seed in 0..200 {
        let (cohort, options) = drawn(seed);
        let bound = Engine::new(distinct(seed))
            .run_with(&cohort, &options)
            .unwrap();
        let free = Engine::new(builder(seed).build().unwrap());
        let free = free.run_with(&cohort, &options).unwrap();
        let helps = missing(&cohort, &free) < missing(&cohort, &bound);
        let found = lifted(&bound, Shortfall::Minimums);
        assert!(found.is_some() || !helps, "{seed}");
        assert_eq!(lifted(&free, Shortfall::Minimums), None, "{seed}");
        for own in found
            .into_iter()
            .chain(lifted(&bound, Shortfall::Participation))
        {
            assert_eq!(own.missing, missing(&cohort, &free), "{seed}");
            assert_eq!(own.values, free.objectives(), "{seed}");
        }
        helped += usize::from(helps);
        locked += usize::from(helps && !options.decisions.locks.is_empty());
        of_mentors += usize::from(helps && cohort.mentees().len() == 2);
    }
    assert!(
        helped > 40 && locked > 15 && of_mentors > 5,
        "{helped} {locked} {of_mentors}"
    );
}

fn of_sales(mentees: u32) -> Outcome {
    let mentor = |id: &str| Profile::new(id).department("Sales").mentor(2);
    let boris = Profile::new("boris").mentee().demand(mentees..=mentees);
    let cohort = Cohort::new(["ana", "eve"].map(mentor), [boris]).unwrap();
    Engine::new(distinct(1)).run(&cohort).unwrap()
}

#[test]
fn it_is_said_by_what_mentors_could_be_alike() {
    let found = lifted(&of_sales(2), Shortfall::Minimums).unwrap();
    let field = Field::Department;
    assert_eq!(found.relaxed, Relaxed::LiftDistinctMentors { field });
    assert_eq!(
        found.to_string(),
        "let mentors of a mentee be alike in department: minimums met; 1 mentees matched"
    );
    #[cfg(feature = "serde")]
    {
        let json = serde_json::to_value(&found.relaxed).unwrap();
        let wanted = serde_json::json!({ "lift_distinct_mentors": { "field": "department" } });
        assert_eq!(json, wanted);
    }
}

/// Where nobody goes short, or not because of kinds, it is not tried.
#[test]
fn it_is_tried_only_where_kinds_bind() {
    let met = of_sales(1).relaxations(&RelaxationOptions::about(Shortfall::Minimums));
    assert_eq!(met.unwrap().tried, 0);
    let mentor = |id: &str| Profile::new(id).department("Sales").mentor(1);
    let mentees = ["boris", "chen", "dora"].map(|id| Profile::new(id).mentee().demand(1..=1));
    let cohort = Cohort::new(["ana", "eve"].map(mentor), mentees).unwrap();
    let outcome = Engine::new(distinct(1)).run(&cohort).unwrap();
    let options = RelaxationOptions::about(Shortfall::Minimums);
    // Three minimums and two maxima.
    assert_eq!(outcome.relaxations(&options).unwrap().tried, 5);
}
