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

/// Mentees and mentors.
const SIZES: [(u64, u64); 2] = [(1_000, 250), (10_000, 2_500)];

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
    for (mentees, mentors) in SIZES {
        let cohort = programme::cohort(mentees, mentors);
        let engine = engine();
        let expected = run(&engine, &cohort, 1, TieBreaking::Fast).objectives();
        let mut group = c.benchmark_group(format!("pipeline_{mentees}x{mentors}"));
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
        stage(
            &mut group,
            "solving/2",
            || run(&engine, &cohort, 2, TieBreaking::Fast).timings(),
            |timings| timings.solving,
        );
    }
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
