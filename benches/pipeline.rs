//! The whole way from people to an explained matching, and what its stages take.
//!
//! `scoring` and `solving` are the stages' own times by the host's clock, so that one run of the
//! pipeline is split the way users see it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use mentormatch::{Cohort, Engine, Outcome, RunOptions, TieBreaking, Timings};

/// Mentees, mentors, and how many mentees these take in turn: with places to spare, and with a
/// place for one mentee in four.
const INSTANCES: [(&str, u64, u64, &[u32]); 3] = [
    ("cap_1000x250", 1_000, 250, &[1, 3, 5, 7, 9]),
    ("cap_10000x2500", 10_000, 2_500, &[1, 3, 5, 7, 9]),
    ("scarce_10000x2500", 10_000, 2_500, &[1]),
];

fn engine() -> Engine {
    Engine::new(
        programme::weighing(programme::eight_criteria())
            .build()
            .unwrap(),
    )
}

fn options(tie_breaking: TieBreaking) -> RunOptions {
    let started = Instant::now();
    RunOptions::default()
        .tie_breaking(tie_breaking)
        .clock(move || started.elapsed())
}

fn run(engine: &Engine, cohort: &Cohort, threads: usize, tie_breaking: TieBreaking) -> Outcome {
    in_pool(threads, || {
        engine.run_with(cohort, &options(tie_breaking)).unwrap()
    })
}

#[cfg(feature = "parallel")]
fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

#[cfg(not(feature = "parallel"))]
fn in_pool<T>(_threads: usize, work: impl FnOnce() -> T) -> T {
    work()
}

fn pipeline(c: &mut Criterion) {
    for (name, mentees, mentors, capacities) in INSTANCES {
        let cohort = programme::cohort(mentees, mentors, capacities);
        let engine = engine();
        let expected = run(&engine, &cohort, 1, TieBreaking::Fast).objectives();
        let mut group = c.benchmark_group(name);
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(20));
        for tie_breaking in [TieBreaking::Fast, TieBreaking::Canonical] {
            group.bench_function(format!("{tie_breaking:?}"), |bencher| {
                bencher.iter(|| {
                    let outcome = run(&engine, &cohort, 2, tie_breaking);
                    assert_eq!(outcome.objectives(), expected, "every run is optimal");
                });
            });
        }
        for threads in [1, 2] {
            stage(
                &mut group,
                &format!("scoring/{threads}"),
                || run(&engine, &cohort, threads, TieBreaking::Fast).timings(),
                |timings| timings.scoring,
            );
        }
        group.bench_function("check/2", |bencher| {
            bencher.iter(|| in_pool(2, || engine.programme().check(&cohort).unwrap()));
        });
        #[cfg(feature = "serde")]
        audit(
            &mut group,
            &run(&engine, &cohort, 2, TieBreaking::Canonical),
            &cohort,
        );
        stage(
            &mut group,
            "solving/2",
            || run(&engine, &cohort, 2, TieBreaking::Fast).timings(),
            |timings| timings.solving,
        );
    }
}

/// The record of a run, and its check against the people.
#[cfg(feature = "serde")]
fn audit(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    outcome: &Outcome,
    cohort: &Cohort,
) {
    let record = outcome.audit().unwrap();
    group.bench_function("audit", |bencher| {
        bencher.iter(|| assert!(outcome.audit().unwrap() == record));
    });
    group.bench_function("audit/verify/2", |bencher| {
        let registry = mentormatch::Registry::new();
        bencher.iter(|| in_pool(2, || record.verify(cohort, &registry).unwrap()));
    });
}

fn stage(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
    timings: impl Fn() -> Timings,
    stage: impl Fn(Timings) -> Duration,
) {
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|runs| (0..runs).map(|_| stage(timings())).sum());
    });
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
