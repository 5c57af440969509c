//! What the report of 10,000 pairs as one HTML page takes: time and size, with prices of places and without.
//!
//!     cargo bench --bench report --features html
//!     cargo bench --bench report --features html -- --write FILE

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]
#![allow(clippy::print_stdout, reason = "its output")]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::time::Instant;

use mentormatch::{Engine, HtmlReport};

/// Mentees, mentors, runs.
const FULL: (u64, u64, u32) = (10_000, 2_500, 9);
const TEST: (u64, u64, u32) = (200, 50, 1);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let is_test = arguments.iter().any(|own| own == "--test");
    let (mentees, mentors, runs) = if is_test { TEST } else { FULL };
    let cohort = programme::cohort(mentees, mentors, &[1, 3, 5, 7, 9]);
    let programme = programme::weighing(programme::eight_criteria())
        .build()
        .unwrap();
    let outcome = Engine::new(programme).run(&cohort).unwrap();
    assert!(outcome.is_proven_optimal());
    let started = Instant::now();
    let prices = outcome.place_prices().unwrap();
    let priced = started.elapsed();
    let pairs = outcome.matching().pairs.len();
    println!(
        "{pairs} pairs; prices of all places: {:.3} s",
        priced.as_secs_f64()
    );
    for (name, page) in [
        ("without prices", HtmlReport::new(&outcome)),
        ("with prices", HtmlReport::new(&outcome).prices(&prices)),
    ] {
        let mut times: Vec<_> = (0..runs).map(|_| timed(&page)).collect();
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (median, bytes) = times[times.len() / 2];
        println!("{name}: {median:.3} s, {} kB", bytes / 1_000);
    }
    let file = arguments.iter().position(|own| own == "--write");
    if let Some(file) = file.and_then(|at| arguments.get(at + 1)) {
        let page = HtmlReport::new(&outcome).prices(&prices);
        std::fs::write(file, page.to_string()).unwrap();
    }
}

/// Seconds, and the page's size.
fn timed(page: &HtmlReport<'_>) -> (f64, usize) {
    let started = Instant::now();
    let bytes = page.to_string().len();
    (started.elapsed().as_secs_f64(), bytes)
}
