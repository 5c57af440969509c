//! The solver on seeded instances of every kind that is easy or hard in its own way.
//!
//! A timed call runs from the scores as given to the checked solution, and must reach the optimum
//! that another method found once beforehand.
//!
//! ```text
//! cargo bench --bench solver                                    # everything
//! cargo bench --bench solver -- steps_scarce                    # what matches
//! cargo bench --bench solver -- --output-format bencher         # a line each
//! cargo bench --bench solver -- --test                          # each once
//! ```
#![allow(missing_docs, reason = "`criterion_group!` makes a public function")]
#![allow(clippy::unwrap_used)]

mod common;

use std::cell::OnceCell;
use std::time::Duration;

use common::{Family, Instance, Shape, Spec};
use criterion::{
    BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use mentormatch::solver::{Level, Method, SolveOptions, TieBreak, solve};

const SHAPES: [Shape; 4] = [Shape::Spare, Shape::Exact, Shape::Scarce, Shape::Square];

/// Families whose instances of a million pairs are a matter of milliseconds.
const FAST: [Family; 5] = [
    Family::Uniform,
    Family::Structured,
    Family::Steps,
    Family::Hundred,
    Family::FiveValues,
];

fn total_score() -> SolveOptions {
    SolveOptions::new([Level::TotalScore])
}

fn few_samples(group: &mut BenchmarkGroup<'_, WallTime>) {
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
}

/// The instance and its optimum are made when the first sample asks for them.
fn bench(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: String,
    spec: Spec,
    options: &SolveOptions,
    optimum: impl Fn(&Instance) -> Vec<i128>,
) {
    let made = OnceCell::new();
    group.bench_function(name, |bencher| {
        let (instance, optimum) = made.get_or_init(|| {
            let instance = spec.make();
            let optimum = optimum(&instance);
            (instance, optimum)
        });
        bencher.iter(|| {
            let solution = solve(&instance.problem(), options).unwrap();
            assert_eq!(&solution.value, optimum);
            solution
        });
    });
}

fn bench_total(group: &mut BenchmarkGroup<'_, WallTime>, spec: Spec) {
    let optimum = |instance: &Instance| vec![instance.optimum()];
    bench(group, spec.name(), spec, &total_score(), optimum);
}

/// The optimum by another of the crate's own methods.
fn optimum_by(options: &SolveOptions, instance: &Instance) -> Vec<i128> {
    solve(&instance.problem(), options).unwrap().value
}

/// Programmes of a team and of a department, the problem built beforehand.
fn tiny(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tiny");
    few_samples(&mut group);
    for (mentees, mentors) in [(30, 10), (100, 30)] {
        for family in [Family::Uniform, Family::Structured, Family::Steps] {
            for shape in SHAPES {
                let spec = Spec::new(family, shape, mentees, mentors);
                let instance = spec.make();
                let (problem, optimum) = (instance.problem(), [instance.optimum()]);
                group.bench_function(spec.name(), |bencher| {
                    bencher.iter(|| {
                        let solution = solve(&problem, &total_score()).unwrap();
                        assert_eq!(solution.value, optimum);
                        solution
                    });
                });
            }
        }
    }
}

/// Every family in every shape: a million pairs, or a quarter of that.
fn families(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("families");
    few_samples(&mut group);
    for family in Family::ALL {
        for shape in SHAPES {
            let size = if FAST.contains(&family) { 4 } else { 2 };
            let mentees = if shape == Shape::Square { 250 } else { 500 };
            bench_total(
                &mut group,
                Spec::new(family, shape, mentees * size, 125 * size),
            );
        }
    }
}

/// Sides and places out of proportion.
fn lopsided(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lopsided");
    few_samples(&mut group);
    for family in [Family::Uniform, Family::Structured, Family::Steps] {
        bench_total(&mut group, Spec::new(family, Shape::Huge, 2_000, 500));
        bench_total(&mut group, Spec::new(family, Shape::Huge, 1, 100_000));
        bench_total(&mut group, Spec::new(family, Shape::Scarce, 100_000, 1));
        bench_total(&mut group, Spec::new(family, Shape::Scarce, 2_000, 20));
        // With a column for each of 7,000 places, code that shares nothing with the solver takes minutes.
        let spec = Spec::new(family, Shape::Scarce, 10_000, 5);
        let flow = total_score().method(Method::MinCostFlow);
        bench(&mut group, spec.name(), spec, &total_score(), |instance| {
            optimum_by(&flow, instance)
        });
    }
}

/// One person alone on her side: a mentee, a mentor of one place, a mentor who takes everybody.
fn lone(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lone");
    few_samples(&mut group);
    for others in [10_000, 100_000] {
        for (shape, mentees, mentors) in [
            (Shape::Single, 1, others),
            (Shape::Single, others, 1),
            (Shape::Huge, others, 1),
        ] {
            bench_total(
                &mut group,
                Spec::new(Family::Uniform, shape, mentees, mentors),
            );
        }
    }
}

/// Lists of twenty allowed pairs.
fn sparse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sparse");
    few_samples(&mut group);
    for family in [Family::Uniform, Family::Structured, Family::Steps] {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
            bench_total(&mut group, Spec::new(family, shape, 2_000, 500).listed(20));
        }
    }
}

/// What more levels and the canonical tie-break cost.
fn levels(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("levels");
    few_samples(&mut group);
    let participation = SolveOptions::new([Level::Participation, Level::TotalScore]);
    let canonical = participation.clone().tie_break(TieBreak::Canonical);
    for family in [Family::Structured, Family::Steps] {
        let spec = Spec::new(family, Shape::Scarce, 400, 100);
        for (name, options) in [("participation", &participation), ("canonical", &canonical)] {
            let reference = options.clone().method(Method::MinCostFlow);
            let optimum = |instance: &Instance| optimum_by(&reference, instance);
            bench(
                &mut group,
                format!("{name}/{}", spec.name()),
                spec,
                options,
                optimum,
            );
        }
    }
}

criterion_group!(benches, tiny, families, lopsided, lone, sparse, levels);
criterion_main!(benches);
