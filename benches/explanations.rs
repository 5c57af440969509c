//! What questions about an outcome take: one pair explained, one why-not, prices, close calls, advice.
//!
//! ```sh
//! cargo bench --bench explanations
//! cargo bench --bench explanations -- --whole   # influence and ranges of weights as well: they solve again
//! ```
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench"
)]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::time::Instant;

use mentormatch::{Engine, Outcome, Role, UnmatchedReason, WhyNot};

/// Pairs and people that are asked about one by one.
const ASKED: usize = 200;

/// Mentees, mentors, and how many mentees these take in turn.
const INSTANCES: [(&str, u64, u64, &[u32]); 2] = [
    ("spare_10000x2500", 10_000, 2_500, &[1, 3, 5, 7, 9]),
    ("scarce_10000x2500", 10_000, 2_500, &[1]),
];

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let criteria = programme::weighing(programme::eight_criteria());
    let engine = Engine::new(criteria.build().unwrap());
    for (name, mentees, mentors, capacities) in INSTANCES {
        let (mentees, mentors) = match has("--bench") {
            true => (mentees, mentors),
            false => (mentees / 50, mentors / 50),
        };
        let cohort = programme::cohort(mentees, mentors, capacities);
        let (outcome, taken) = timed(|| engine.run(&cohort).unwrap());
        println!("\n{name}: the run {taken:.0} ms");
        one_by_one(&outcome);
        all_at_once(&outcome);
        if has("--whole") {
            solved_again(&outcome);
        }
    }
}

/// Milliseconds of questions about one pair or person.
fn one_by_one(outcome: &Outcome) {
    let matched = outcome.matching().pairs.iter().map(|pair| {
        let ids = (pair.mentee.as_str(), pair.mentor.as_str());
        (ids.0.to_owned(), ids.1.to_owned())
    });
    let matched: Vec<_> = spread(matched.collect());
    let mentors = outcome.cohort().mentors().iter();
    let mentors: Vec<_> = spread(mentors.map(|own| own.profile.id.clone()).collect());
    let (first, _) = &matched[0];
    let ((), taken) = timed(|| drop(outcome.why_not(first, mentors[0].as_str()).unwrap()));
    println!("| the first why-not | {taken:.1} |");
    each("explain", &matched, |(mentee, mentor)| {
        outcome.explain(mentee, mentor).unwrap();
    });
    each("why", &matched, |(mentee, mentor)| {
        let why = outcome.why(mentee, mentor).unwrap();
        assert!(why.matched, "they are a pair");
    });
    let others: Vec<_> = matched.iter().zip(mentors.iter().cycle()).collect();
    each("why not", &others, |((mentee, _), mentor)| {
        let why_not = outcome.why_not(mentee, mentor.as_str()).unwrap();
        let is_priced = |why_not: &WhyNot| match why_not {
            WhyNot::NotChosen { price, .. } => price.is_some(),
            _ => true,
        };
        assert!(is_priced(&why_not), "everybody takes somebody");
    });
    each("without", &matched, |(mentee, mentor)| {
        outcome.price_without(mentee, mentor).unwrap();
    });
    let unmatched = outcome.unmatched().iter();
    let taken = |reason: &UnmatchedReason| matches!(reason, UnmatchedReason::AllTaken { .. });
    let unmatched = unmatched.filter(|own| own.role == Role::Mentee && taken(&own.reason));
    let unmatched: Vec<_> = spread(unmatched.collect());
    each("why unmatched", &unmatched, |own| {
        let why = outcome.why_unmatched(own.role, own.participant.as_str());
        assert!(why.unwrap().is_some(), "she has nobody");
    });
}

/// Milliseconds of questions about everybody.
fn all_at_once(outcome: &Outcome) {
    let (prices, taken) = timed(|| outcome.place_prices().unwrap());
    println!("| all prices of places | {taken:.0} |");
    assert_eq!(prices.len(), outcome.cohort().mentors().len());
    let (firmness, taken) = timed(|| outcome.firmness().unwrap());
    println!("| all pairs' standing | {taken:.0} |");
    let (closest, taken) = timed(|| outcome.close_calls(50).unwrap());
    println!("| the 50 closest calls | {taken:.0} |");
    let (all, taken) = timed(|| outcome.close_calls(usize::MAX).unwrap());
    println!("| all margins | {taken:.0} |");
    assert_eq!(closest, all[..closest.len()]);
    let is_free = |margin: &[mentormatch::ObjectiveChange]| margin.iter().all(|own| own.by == 0);
    let free = all.iter().filter(|call| is_free(&call.margin)).count();
    assert_eq!(
        all.len() - free,
        firmness.firm.len(),
        "firm pairs cost something to lose"
    );
    let (advice, taken) = timed(|| outcome.recruiting(5).unwrap());
    println!("| whom to recruit, 5 kinds | {taken:.0} |");
    advice.iter().for_each(|worth| println!("  {worth}"));
}

/// Milliseconds of what takes more than one solve.
fn solved_again(outcome: &Outcome) {
    let (influence, taken) = timed(|| outcome.influence(None).unwrap());
    println!("| influence of {} parts | {taken:.0} |", influence.len());
    influence.iter().for_each(|own| println!("  {own}"));
    let pair = &outcome.matching().pairs[0];
    let criterion = &outcome.programme().criteria()[0].name;
    let (mentee, mentor) = (pair.mentee.as_str(), pair.mentor.as_str());
    let (range, taken) = timed(|| outcome.weight_range(mentee, mentor, criterion, None));
    println!("| range of one weight | {taken:.0} | {range:?}");
}

/// At most [`ASKED`] of them, from all over.
fn spread<T>(all: Vec<T>) -> Vec<T> {
    let step = all.len().div_ceil(ASKED).max(1);
    all.into_iter().step_by(step).collect()
}

fn each<T>(name: &str, asked: &[T], mut ask: impl FnMut(&T)) {
    let (mut longest, mut all) = (0.0_f64, 0.0);
    for one in asked {
        let ((), taken) = timed(|| ask(one));
        (longest, all) = (longest.max(taken), all + taken);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 200")]
    let mean = all / asked.len().max(1) as f64;
    let count = asked.len();
    println!("| {name}, {count} asked | mean {mean:.3} | longest {longest:.3} |");
}

/// An answer and its milliseconds.
fn timed<T>(call: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let answer = call();
    (answer, start.elapsed().as_secs_f64() * 1e3)
}
