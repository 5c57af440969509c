//! Solves a benchmark file and prints what it took, one JSON line a run.
//!
//! ```text
//! cargo run --release --example solve_instance -- FILE.mma [--method auto|flow|hungarian]
//!     [--threads N] [--repeat R] [--pairs OUT]
//! ```
//!
//! The objective is the total score alone, ties are broken the fast way. `seconds_solve` runs from
//! the arrays as read to the assignment, building the problem and proving its range included;
//! reading is `seconds_load`, checking the proof `seconds_verify`. `OUT` gets a line
//! `mentee mentor` for each pair of the last run.
//!
//! # File format
//! Little-endian, no padding:
//!
//! | offset | type | field |
//! |---|---|---|
//! | 0 | 4 bytes | `MMA1` |
//! | 4 | u32 | kind: 0 dense, 1 sparse |
//! | 8 | u32 | n, the number of mentees (rows) |
//! | 12 | u32 | m, the number of mentors (columns) |
//! | 16 | u64 | nnz: dense n·m, sparse the number of allowed pairs |
//! | 24 | u64 | all capacities together |
//! | 32 | i32 × m | capacity of each mentor, at least 1 |
//! | dense | i32 × n·m | scores, row-major; −1 is a forbidden pair |
//! | sparse | u64 × (n+1) | where each row starts |
//! | | i32 × nnz | mentor of each pair, ascending within a row |
//! | | i32 × nnz | score of each pair |

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use mentormatch::solver::{Hooks, Level, Method, Problem, Solution, SolveOptions, Stage, solve};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: solve_instance FILE.mma [--method auto|flow|hungarian] [--threads N] \
                     [--repeat R] [--pairs OUT]";

struct Arguments {
    file: String,
    method: Method,
    threads: usize,
    repeat: usize,
    pairs: Option<String>,
}

struct Instance {
    mentees: usize,
    mentors: usize,
    capacities: Vec<u32>,
    scores: Vec<i32>,
    /// Row starts and mentors of a sparse instance.
    rows: Option<(Vec<u64>, Vec<u32>)>,
}

fn main() -> Result<()> {
    let arguments = arguments()?;
    in_pool(arguments.threads, || run(&arguments))?
}

fn run(arguments: &Arguments) -> Result<()> {
    let started = Instant::now();
    let instance = Instance::read(&fs::read(&arguments.file)?)?;
    let seconds_load = started.elapsed().as_secs_f64();
    for _ in 0..arguments.repeat {
        let (solution, seconds_solve, seconds_verify) = timed(&instance, arguments.method)?;
        let line = serde_json::json!({
            "n": instance.mentees,
            "m": instance.mentors,
            "objective": i64::try_from(solution.value[0])?,
            "matched": solution.assignment.len(),
            "seconds_load": seconds_load,
            "seconds_solve": seconds_solve,
            "seconds_verify": seconds_verify,
            "verified": true,
            "threads": arguments.threads,
            "peak_rss_mb": peak_rss_mb(),
        });
        println!("{line}");
        if let Some(path) = &arguments.pairs {
            write_pairs(path, &solution)?;
        }
    }
    Ok(())
}

/// Solves once; the solver says when it starts to verify.
fn timed(instance: &Instance, method: Method) -> Result<(Solution, f64, f64)> {
    let verifying = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&verifying);
    let hooks = Hooks::new().progress(move |progress| {
        if progress.stage == Stage::Verifying && progress.done == 0 {
            *seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(Instant::now());
        }
    });
    let options = SolveOptions::new([Level::TotalScore])
        .method(method)
        .hooks(hooks);
    let started = Instant::now();
    let solution = solve(&instance.problem()?, &options)?;
    let ended = Instant::now();
    let solved = verifying.lock().map_err(|_| "poisoned")?.unwrap_or(ended);
    Ok((
        solution,
        (solved - started).as_secs_f64(),
        (ended - solved).as_secs_f64(),
    ))
}

impl Instance {
    fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader(bytes);
        if reader.take(4)? != b"MMA1" {
            return Err("not an MMA1 file".into());
        }
        let [kind, mentees, mentors] = [reader.u32()?, reader.u32()?, reader.u32()?];
        let pairs = usize::try_from(reader.u64()?)?;
        reader.u64()?;
        let (mentees, mentors) = (usize::try_from(mentees)?, usize::try_from(mentors)?);
        let capacities = reader.words(mentors)?.collect();
        let rows = match kind {
            0 => None,
            1 => Some((
                reader.longs(mentees + 1)?.collect(),
                reader.words(pairs)?.collect(),
            )),
            _ => return Err("unknown kind of instance".into()),
        };
        let scores = reader.words(pairs)?.map(u32::cast_signed).collect();
        Ok(Self {
            mentees,
            mentors,
            capacities,
            scores,
            rows,
        })
    }

    fn problem(&self) -> Result<Problem<'_>> {
        let problem = match &self.rows {
            None => Problem::dense(self.mentees, self.mentors, &self.scores, Some(-1))?,
            Some((starts, columns)) => {
                Problem::sparse(self.mentors, starts, columns, &self.scores)?
            }
        };
        Ok(problem.with_capacities(self.capacities.clone())?)
    }
}

/// Reads little-endian numbers off the front of a file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(bytes)
            .ok_or("the file ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into()?))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.take(8)?.try_into()?))
    }

    fn words(&mut self, count: usize) -> Result<impl Iterator<Item = u32> + use<'a>> {
        let bytes = self.take(count.checked_mul(4).ok_or("too many entries")?)?;
        Ok(bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|word| u32::from_le_bytes(*word)))
    }

    fn longs(&mut self, count: usize) -> Result<impl Iterator<Item = u64> + use<'a>> {
        let bytes = self.take(count.checked_mul(8).ok_or("too many entries")?)?;
        Ok(bytes
            .as_chunks::<8>()
            .0
            .iter()
            .map(|long| u64::from_le_bytes(*long)))
    }
}

fn arguments() -> Result<Arguments> {
    let mut words = std::env::args().skip(1);
    let mut found = Arguments {
        file: words.next().ok_or(USAGE)?,
        method: Method::Auto,
        threads: 1,
        repeat: 1,
        pairs: None,
    };
    while let Some(option) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        match option.as_str() {
            "--method" => found.method = method(&value)?,
            "--threads" => found.threads = value.parse()?,
            "--repeat" => found.repeat = value.parse()?,
            "--pairs" => found.pairs = Some(value),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(found)
}

fn method(name: &str) -> Result<Method> {
    match name {
        "auto" => Ok(Method::Auto),
        "flow" => Ok(Method::MinCostFlow),
        "hungarian" => Ok(Method::KuhnMunkres),
        _ => Err(format!("unknown method: {name}; one of auto, flow, hungarian").into()),
    }
}

#[cfg(feature = "parallel")]
fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T> {
    Ok(rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?
        .install(work))
}

#[cfg(not(feature = "parallel"))]
fn in_pool<T>(_threads: usize, work: impl FnOnce() -> T) -> Result<T> {
    Ok(work())
}

fn write_pairs(path: &str, solution: &Solution) -> Result<()> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    for (mentee, mentor) in solution.assignment.pairs() {
        writeln!(file, "{} {}", mentee.get(), mentor.get())?;
    }
    Ok(file.flush()?)
}

/// The most memory this process has held, where the system tells (Linux).
fn peak_rss_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line
        .and_then(|line| line.split_whitespace().nth(1))
        .and_then(|n| n.parse().ok());
    kib.unwrap_or(0) / 1024
}
