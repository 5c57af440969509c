//! How time and memory grow with the number of pairs, on structured scores: a mentor for four
//! mentees, one to nine places each, a quarter more places than mentees.
//!
//! ```text
//! cargo bench --bench growth -- dense             # a matrix in memory
//! cargo bench --bench growth -- on-demand         # rows computed whenever they are asked for
//! cargo bench --bench growth -- sparse            # twenty allowed pairs a mentee
//! cargo bench --bench growth -- dense --mentees 1000,2000 --threads 2 --runs 1
//! ```
//!
//! Prints a table, a row for each size and number of threads. Every run has a process of its own, so
//! that the peak memory is its own too, and the matrix or lists count. Solving runs from the scores to
//! the assignment, the building of the problem included; verifying is the check of the proof that
//! follows; the scores are made once before, on one thread, to show what rows computed on demand
//! cost. Times are medians, memory is the most of all runs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]
#![allow(clippy::cast_precision_loss, reason = "figures for people")]

mod common;

use std::env;
use std::fs;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use common::people::People;
use common::random::Random;
use common::{ABSENT, FULL, some_of};
use mentormatch::MenteeIdx;
use mentormatch::solver::{Hooks, Level, Problem, SolveOptions, Stage, solve};

const USAGE: &str =
    "usage: growth dense|on-demand|sparse [--mentees N,N…] [--threads T,T…] [--runs R]";

/// Allowed pairs of a mentee in a sparse instance.
const LISTED: u32 = 20;

struct Arguments {
    door: String,
    mentees: Vec<u32>,
    threads: Vec<usize>,
    runs: usize,
    /// This process is one run of the table.
    alone: bool,
}

/// What one run took.
struct Run {
    pairs: usize,
    filling: f64,
    solving: f64,
    verifying: f64,
    mebibytes: f64,
}

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    if words.iter().any(|word| word == "--test") {
        for door in ["dense", "on-demand", "sparse"] {
            table(&Arguments::read(&[door, "--mentees", "400", "--runs", "1"]));
        }
        return;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let arguments = Arguments::read(if words.is_empty() { &["dense"] } else { &words });
    if arguments.alone {
        in_pool(arguments.threads[0], || {
            run(&arguments.door, arguments.mentees[0]).print()
        });
    } else {
        table(&arguments);
    }
}

fn table(arguments: &Arguments) {
    println!("{}", arguments.door);
    println!(
        "| mentees × mentors | pairs | threads | scores once, s | solve, s | verify, s | solve, ns a pair | peak, MiB |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for &mentees in &arguments.mentees {
        for &threads in &arguments.threads {
            let runs: Vec<Run> = (0..arguments.runs)
                .map(|_| run_alone(&arguments.door, mentees, threads))
                .collect();
            let median = |of: fn(&Run) -> f64| {
                let mut all: Vec<f64> = runs.iter().map(of).collect();
                all.sort_by(f64::total_cmp);
                all[all.len() / 2]
            };
            let (pairs, solving) = (runs[0].pairs, median(|run| run.solving));
            println!(
                "| {mentees} × {} | {pairs} | {threads} | {:.4} | {solving:.4} | {:.4} | {:.2} | {:.0} |",
                mentees / 4,
                median(|run| run.filling),
                median(|run| run.verifying),
                solving * 1e9 / pairs as f64,
                runs.iter().map(|run| run.mebibytes).fold(0.0, f64::max),
            );
        }
    }
}

/// One run in a process of its own.
fn run_alone(door: &str, mentees: u32, threads: usize) -> Run {
    let output = Command::new(env::current_exe().unwrap())
        .args([door, "--alone", "yes", "--mentees", &mentees.to_string()])
        .args(["--threads", &threads.to_string()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Run::read(&text)
}

fn run(door: &str, mentees: u32) -> Run {
    let mut random = Random::new(u64::from(mentees));
    let (n, m) = (mentees as usize, mentees as usize / 4);
    let people = People::new(&mut random, mentees, mentees / 4);
    let capacities = some_of(&mut random, mentees / 4, mentees + mentees / 4);
    let rows = |mentee: MenteeIdx, scores: &mut [i32]| people.fill(mentee.index(), scores);
    let started = Instant::now();
    match door {
        "dense" => {
            let scores = people.matrix();
            let filling = started.elapsed().as_secs_f64();
            timed(filling, &capacities, || {
                Problem::dense(n, m, &scores, Some(ABSENT)).unwrap()
            })
        }
        "on-demand" => {
            let mut row = vec![ABSENT; m];
            (0..n).for_each(|mentee| people.fill(mentee, std::hint::black_box(&mut row)));
            let filling = started.elapsed().as_secs_f64();
            timed(filling, &capacities, || {
                Problem::on_demand(n, m, &rows, 0..=FULL, Some(ABSENT)).unwrap()
            })
        }
        "sparse" => {
            let (starts, mentors, scores) = people.lists(&mut random, LISTED);
            let filling = started.elapsed().as_secs_f64();
            timed(filling, &capacities, || {
                Problem::sparse(m, &starts, &mentors, &scores).unwrap()
            })
        }
        _ => unreachable!("{USAGE}"),
    }
}

/// Builds and solves; the solver says when it starts to verify.
fn timed<'a>(filling: f64, capacities: &[u32], problem: impl Fn() -> Problem<'a>) -> Run {
    let verifying = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&verifying);
    let mut hooks = Hooks::default();
    hooks.progress = Some(Arc::new(move |progress| {
        if progress.stage == Stage::Verifying && progress.done == 0 {
            *seen.lock().unwrap() = Some(Instant::now());
        }
    }));
    let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
    let started = Instant::now();
    let problem = problem().with_capacities(capacities.to_vec()).unwrap();
    solve(&problem, &options).unwrap();
    let ended = Instant::now();
    let solved = verifying.lock().unwrap().unwrap();
    let mebibytes = peak_mebibytes();
    Run {
        pairs: problem.pairs(),
        filling,
        solving: (solved - started).as_secs_f64(),
        verifying: (ended - solved).as_secs_f64(),
        mebibytes,
    }
}

impl Run {
    fn print(&self) {
        println!(
            "{} {} {} {} {}",
            self.pairs, self.filling, self.solving, self.verifying, self.mebibytes
        );
    }

    fn read(line: &str) -> Self {
        let words: Vec<f64> = line
            .split_whitespace()
            .map(|word| word.parse().unwrap())
            .collect();
        Self {
            pairs: line.split(' ').next().unwrap().parse().unwrap(),
            filling: words[1],
            solving: words[2],
            verifying: words[3],
            mebibytes: words[4],
        }
    }
}

impl Arguments {
    fn read(words: &[&str]) -> Self {
        let door = *words.first().expect(USAGE);
        let mut found = Self {
            door: door.to_owned(),
            mentees: match door {
                "sparse" => vec![10_000, 100_000, 1_000_000],
                _ => vec![1_000, 2_000, 5_000, 10_000, 20_000, 40_000],
            },
            threads: vec![1, 2],
            runs: 3,
            alone: false,
        };
        for option in words[1..].chunks(2) {
            let [name, value] = *option else {
                unreachable!("{USAGE}")
            };
            match name {
                "--mentees" => found.mentees = numbers(value),
                "--threads" => found.threads = numbers(value),
                "--runs" => found.runs = value.parse().unwrap(),
                "--alone" => found.alone = true,
                _ => unreachable!("{USAGE}"),
            }
        }
        found
    }
}

fn numbers<T: std::str::FromStr<Err: std::fmt::Debug>>(list: &str) -> Vec<T> {
    list.split(',').map(|word| word.parse().unwrap()).collect()
}

#[cfg(feature = "parallel")]
fn in_pool(threads: usize, work: impl FnOnce() + Send) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(work);
}

#[cfg(not(feature = "parallel"))]
fn in_pool(_threads: usize, work: impl FnOnce()) {
    work();
}

/// The most memory this process has held, where the system tells (Linux).
fn peak_mebibytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kibibytes.unwrap_or(f64::NAN) / 1024.0
}
