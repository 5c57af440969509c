//! What a manager asks of an outcome: conflicts and relaxations, suggestions, drafts, alternates.
//!
//! ```text
//! cargo bench --bench choices             # 10,000 × 2,500, three places a mentor
//! cargo bench --bench choices -- --test   # small, each once
//! ```
//!
//! Places are scarce: mentors take three each, so that a quarter of the mentees go without. Times are the least of all turns, in
//! milliseconds; what comes out is checked for what must hold of it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench"
)]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::env;
use std::time::{Duration, Instant};

use mentormatch::{
    DraftOptions, Engine, Field, Outcome, RelaxationOptions, Role, SameValue, Score, Shortfall,
    SuggestionOptions,
};

const TURNS: usize = 3;

fn main() {
    let turns = match env::args().any(|word| word == "--test") {
        true => None,
        false => Some(TURNS),
    };
    let (mentees, mentors) = if turns.is_some() {
        (10_000, 2_500)
    } else {
        (100, 25)
    };
    let cohort = programme::cohort(mentees, mentors, &[3]);
    let criteria = programme::weighing(programme::eight_criteria());
    let programme = criteria
        .forbid(SameValue::new(Field::Department))
        .build()
        .unwrap();
    let engine = Engine::new(programme);
    let turns = turns.unwrap_or(1);

    println!("| question | ms |");
    println!("|---|---|");
    let outcome = row("the run", 1, || engine.run(&cohort).unwrap());
    alternates(&outcome, turns);
    conflicts(&outcome, turns);
    suggestions(&outcome, turns);
    row("a second draft, 10 % a shared pair", turns, || {
        let options = DraftOptions::new(2, Score::from_unit(0.1).unwrap());
        let drafts = outcome.drafts(&options).unwrap();
        assert!(drafts[1].shared[0] < drafts[0].pairs.len() as u64);
    });
}

fn conflicts(outcome: &Outcome, turns: usize) {
    let found = row("conflicts: a mentor for everybody", turns, || {
        outcome.conflicts(Shortfall::Participation, None).unwrap()
    });
    assert!(found[0].irreducible);
    println!(
        "| … claims of the largest, and of its core | {} and {} |",
        found[0].whole.claims.len(),
        found[0].core.claims.len()
    );
    let options = RelaxationOptions::about(Shortfall::Participation).most(10);
    let tried = row("the ten first relaxations", turns.min(1), || {
        outcome.relaxations(&options).unwrap()
    });
    assert!(!tried.found.is_empty());
}

fn suggestions(outcome: &Outcome, turns: usize) {
    let options = SuggestionOptions::new(Role::Mentee, 5);
    row("5 suggestions for every mentee", turns, || {
        assert!(outcome.suggestions(&options).unwrap().score_ppm > 0);
    });
    let first = options.clone().everybody_first();
    row("… everybody one first", turns.min(1), || {
        outcome.suggestions(&first).unwrap()
    });
}

fn alternates(outcome: &Outcome, turns: usize) {
    let mentee = outcome.matching().pairs[0].mentee.clone();
    row("3 alternates of a mentee, asked first", 1, || {
        outcome.alternates(mentee.as_str(), 3).unwrap()
    });
    row("… asked again", turns, || {
        outcome.alternates(mentee.as_str(), 3).unwrap()
    });
    row("… of all mentees", 1, || {
        outcome.all_alternates(3).unwrap()
    });
}

fn row<T>(name: &str, turns: usize, question: impl Fn() -> T) -> T {
    let mut least = Duration::MAX;
    let mut turn = || {
        let started = Instant::now();
        let answer = question();
        least = least.min(started.elapsed());
        answer
    };
    let mut answer = turn();
    for _ in 1..turns {
        answer = turn();
    }
    println!("| {name} | {:.1} |", least.as_secs_f64() * 1e3);
    answer
}
