//! What questions about a solved problem take: one why-not, all prices of places, all pairs' standing.
//!
//! ```sh
//! cargo bench --bench sensitivity -- --mentees 10000 --mentors 2500
//! cargo bench --bench sensitivity -- --mentees 1000 --mentors 250 --margins   # of all chosen pairs
//! cargo bench --bench sensitivity -- --family uniform
//! ```
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench"
)]

mod common;

use std::time::Instant;

use common::random::Random;
use common::{Family, Shape, Spec};
use mentormatch::solver::{Level, Sensitivity, SolveOptions, solve};
use mentormatch::{MenteeIdx, MentorIdx};

/// Pairs that are asked about one by one.
const ASKED: u32 = 200;

/// Close calls that are listed.
const CLOSEST: usize = 50;

const FAMILIES: [Family; 5] = [
    Family::Uniform,
    Family::Structured,
    Family::Steps,
    Family::Hundred,
    Family::Columns,
];

const SHAPES: [Shape; 3] = [Shape::Spare, Shape::Exact, Shape::Scarce];

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    let number = |name: &str, otherwise: u32| {
        let at = arguments.iter().position(|argument| argument == name);
        let given = at.and_then(|at| arguments.get(at + 1)?.parse().ok());
        given.unwrap_or(otherwise)
    };
    let is_told = |name: &str| arguments.iter().any(|argument| argument == name);
    let is_whole = is_told("--bench") && !is_told("--test"); // cargo says both to try benches out
    let (mentees, mentors) = if is_whole { (10_000, 2_500) } else { (200, 50) };
    let (mentees, mentors) = (number("--mentees", mentees), number("--mentors", mentors));
    println!(
        "| instance | solve | prepare | why not, mean | longest | places | firmness | close calls | margins (asked for) |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let is_wanted = |family: &Family| match arguments.iter().position(|one| one == "--family") {
        Some(at) => arguments.get(at + 1).is_some_and(|name| {
            let own = Spec::new(*family, Shape::Spare, 1, 1).name();
            own.starts_with(name.as_str())
        }),
        None => true,
    };
    for family in FAMILIES.into_iter().filter(is_wanted) {
        for shape in SHAPES {
            let name = Spec::new(family, shape, mentees, mentors);
            let row = row(
                name,
                arguments.iter().any(|argument| argument == "--margins"),
            );
            println!("| {} | {} |", name.name(), row.join(" | "));
        }
    }
}

/// Milliseconds of each call.
fn row(spec: Spec, with_margins: bool) -> Vec<String> {
    let instance = spec.make();
    let problem = instance.problem();
    let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
    let (solution, solved) = timed(|| solve(&problem, &options).unwrap());
    let (sensitivity, prepared) = timed(|| Sensitivity::new(&problem, &solution).unwrap());
    let (mut longest, mut all, mut asked) = (0.0f64, 0.0, 0);
    let mut random = Random::new(1);
    while asked < ASKED {
        let mentee = MenteeIdx::new(random.below(spec.mentees));
        let mentor = MentorIdx::new(random.below(spec.mentors));
        if problem.score(mentee, mentor).is_none() {
            continue;
        }
        let (answer, taken) = timed(|| sensitivity.forced(mentee, mentor).unwrap());
        assert!(answer.is_some(), "everybody takes somebody");
        (longest, all, asked) = (longest.max(taken), all + taken, asked + 1);
    }
    let (prices, priced) = timed(|| sensitivity.place_prices());
    let (firmness, judged) = timed(|| sensitivity.firmness());
    assert_eq!(prices.mentors.len(), problem.mentors());
    let mean = all / f64::from(asked);
    let (closest, called) = timed(|| sensitivity.closest_calls(CLOSEST));
    assert_eq!(
        closest.len(),
        CLOSEST.min(solution.assignment.pairs().count())
    );
    let mut figures = vec![solved, prepared, mean, longest, priced, judged, called];
    if with_margins {
        let (margins, measured) = timed(|| sensitivity.margins());
        // A pair can be done without at no loss exactly if it is not firm.
        let is_firm = |margin: &&Vec<i128>| margin.iter().any(|&number| number != 0);
        let firm = margins.iter().filter(is_firm).count();
        assert_eq!(firm, firmness.firm().len());
        figures.push(measured);
    }
    figures
        .iter()
        .map(|figure| format!("{figure:.2}"))
        .collect()
}

/// An answer and its milliseconds.
fn timed<T>(call: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let answer = call();
    (answer, start.elapsed().as_secs_f64() * 1e3)
}
