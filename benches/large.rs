//! The whole way from people to an explained matching where the scores do not fit memory: 100,000
//! mentees and 20,000 mentors, two billion pairs, scored on demand.
//!
//! ```text
//! cargo bench --bench large
//! cargo bench --bench large -- --mentees 20000 --mentors 5000 --threads 1
//! ```
//!
//! Prints what the stages took and the peak of the process's memory. The programme has ten criteria of
//! mixed kinds and five rules, the same as in `scoring`; mentors take one to nine mentees.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench"
)]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod by_hand;
mod programme;

use std::time::Instant;
use std::{env, fs};

use mentormatch::{Engine, Outcome, RunOptions, TieBreaking};

const USAGE: &str = "usage: large [--mentees N] [--mentors N] [--threads T]";

/// Bytes the run may take: less than a hundredth of what a matrix would.
const MEMORY: u64 = 1 << 30;

/// What a run of few people takes beside its scores.
const LEAST: u64 = 1 << 26;

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    if words.iter().any(|word| word == "--test") {
        run(400, 100, 2);
        return;
    }
    let number = |name: &str, usual: u64| {
        let at = words.iter().position(|word| word == name);
        at.map_or(usual, |at| {
            words.get(at + 1).expect(USAGE).parse().expect(USAGE)
        })
    };
    let (mentees, mentors) = (number("--mentees", 100_000), number("--mentors", 20_000));
    run(mentees, mentors, number("--threads", 2));
}

fn run(mentees: u64, mentors: u64, threads: u64) {
    let cohort = programme::cohort(mentees, mentors, &[2, 4, 6, 8, 11]);
    let started = Instant::now();
    let options = RunOptions::default()
        .tie_breaking(TieBreaking::Fast)
        .memory_limit(MEMORY.min(mentees * mentors * 2).max(LEAST))
        .clock(move || started.elapsed());
    let engine = Engine::new(by_hand::ten_criteria_five_rules());
    let outcome = in_pool(threads, || engine.run_with(&cohort, &options).unwrap());
    let whole = started.elapsed();
    print(&outcome, whole.as_secs_f64());
}

fn print(outcome: &Outcome, whole: f64) {
    let timings = outcome.timings();
    println!("{}", outcome.report());
    println!(
        "scoring {:.1} s, solving {:.1} s, whole {whole:.1} s, peak {:.0} MiB",
        timings.scoring.as_secs_f64(),
        timings.solving.as_secs_f64(),
        peak_mebibytes()
    );
}

/// What the process has had at most; 0 where the system does not say.
fn peak_mebibytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1));
    kibibytes.map_or(0.0, |number| number.parse().unwrap_or(0.0) / 1024.0)
}

#[cfg(feature = "parallel")]
fn in_pool<T: Send>(threads: u64, work: impl FnOnce() -> T + Send) -> T {
    let threads = usize::try_from(threads).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap().install(work)
}

#[cfg(not(feature = "parallel"))]
fn in_pool<T>(_threads: u64, work: impl FnOnce() -> T) -> T {
    work()
}
