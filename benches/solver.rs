//! The solver on seeded families, beside the Hungarian method of another crate.
//!
//! A timed call runs from the scores as given to the checked solution, and must reach the optimum
//! that the reference method found once beforehand.
//!
//! ```text
//! cargo bench --bench solver                      # everything
//! cargo bench --bench solver -- ties_scarce       # what matches
//! cargo bench --bench solver -- --test            # each once
//! ```
#![allow(missing_docs, reason = "`criterion_group!` makes a public function")]
#![allow(clippy::unwrap_used)]

mod common;

use common::{Family, Instance, Shape};
use criterion::{
    BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use mentormatch::solver::{Level, Method, SolveOptions, TieBreak, solve};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

const FAMILIES: [Family; 3] = [Family::Uniform, Family::Structured, Family::Ties];
const SHAPES: [Shape; 4] = [Shape::Enough, Shape::Exact, Shape::Scarce, Shape::Square];

/// `(mentees, mentors)` of programmes of every shape.
const SIZES: [(u32, u32); 3] = [(30, 10), (100, 30), (400, 100)];

fn total_score() -> SolveOptions {
    SolveOptions::new([Level::TotalScore])
}

fn optimum(instance: &Instance, options: &SolveOptions) -> Vec<i128> {
    let reference = options.clone().method(Method::MinCostFlow);
    solve(&instance.problem(), &reference).unwrap().value
}

fn bench_solve(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    instance: &Instance,
    options: &SolveOptions,
) {
    let optimum = optimum(instance, options);
    group.bench_function(format!("{name}/{}", instance.name), |bencher| {
        bencher.iter(|| {
            let solution = solve(&instance.problem(), options).unwrap();
            assert_eq!(solution.value, optimum);
            solution
        });
    });
}

/// One column a place, and one of zeros a mentee. All scores are at least 0, so that is no loss.
fn bench_kuhn_munkres(group: &mut BenchmarkGroup<'_, WallTime>, instance: &Instance) {
    let places: Vec<usize> = (0..instance.mentors)
        .flat_map(|mentor| std::iter::repeat_n(mentor, instance.capacities[mentor] as usize))
        .collect();
    let score = |(row, place): (usize, usize)| {
        let cell = |&mentor: &usize| instance.scores[row * instance.mentors + mentor];
        i64::from(places.get(place).map_or(0, cell))
    };
    let optimum = optimum(instance, &total_score())[0];
    group.bench_function(format!("pathfinding/{}", instance.name), |bencher| {
        bencher.iter(|| {
            let columns = places.len().max(instance.mentees);
            let weights = Matrix::from_fn(instance.mentees, columns, score);
            let (total, partners) = kuhn_munkres(&weights);
            assert_eq!(i128::from(total), optimum);
            partners
        });
    });
}

fn families(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("families");
    group.sample_size(10);
    for (mentees, mentors) in SIZES {
        for family in FAMILIES {
            for shape in SHAPES {
                let instance = Instance::new(family, shape, mentees, mentors);
                bench_solve(&mut group, "solve", &instance, &total_score());
                if mentees <= 100 {
                    bench_kuhn_munkres(&mut group, &instance);
                }
            }
        }
    }
}

/// What more levels and the canonical tie-break cost.
fn levels(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("levels");
    group.sample_size(10);
    let participation = SolveOptions::new([Level::Participation, Level::TotalScore]);
    let canonical = participation.clone().tie_break(TieBreak::Canonical);
    for family in [Family::Structured, Family::Ties] {
        let instance = Instance::new(family, Shape::Scarce, 400, 100);
        bench_solve(&mut group, "participation_first", &instance, &participation);
        bench_solve(&mut group, "canonical", &instance, &canonical);
    }
}

fn large(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    for family in FAMILIES {
        let instance = Instance::new(family, Shape::Enough, 2_000, 500);
        bench_solve(&mut group, "solve", &instance, &total_score());
    }
}

criterion_group!(benches, families, levels, large);
criterion_main!(benches);
