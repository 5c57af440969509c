//! The solver beside other crates that solve the assignment problem exactly, on the same instances.
//!
//! The others know no capacities: they get a column for each place, and a score of 0 where a pair is
//! not allowed. As all scores are at least 0, that loses nothing. What is timed runs from the scores
//! as given, the columns repeated, to the pairs; every total is compared with the solver's certified
//! one.
//!
//! ```text
//! cargo bench --bench rivals -- --output-format bencher         # a line each
//! cargo bench --bench rivals -- structured_square               # what matches
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
use mentormatch::solver::{Level, SolveOptions, solve};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// A mentor of each mentee, or `None`.
type Partners = Vec<Option<usize>>;

type Solver = fn(&Instance) -> Partners;

/// Names, and what solves an instance.
const SOLVERS: [(&str, Solver); 4] = [
    ("mentormatch", by_mentormatch),
    ("pathfinding", by_pathfinding),
    ("lsap", by_lsap),
    ("lapjv", by_lapjv),
];

fn by_mentormatch(instance: &Instance) -> Partners {
    let options = SolveOptions::new([Level::TotalScore]);
    let solution = solve(&instance.problem(), &options).unwrap();
    let mut partners = vec![None; instance.mentees];
    for (mentee, mentor) in solution.assignment.pairs() {
        partners[mentee.index()] = Some(mentor.index());
    }
    partners
}

/// It wants no more rows than columns, so the smaller side becomes the rows.
fn by_pathfinding(instance: &Instance) -> Partners {
    let places = instance.places();
    let gain = |row: usize, place: usize| i64::from(instance.gain(row, places[place]));
    if instance.mentees <= places.len() {
        let weights = Matrix::from_fn(instance.mentees, places.len(), |(row, place)| {
            gain(row, place)
        });
        let (_, chosen) = kuhn_munkres(&weights);
        return chosen
            .into_iter()
            .map(|place| Some(places[place]))
            .collect();
    }
    let weights = Matrix::from_fn(places.len(), instance.mentees, |(place, row)| {
        gain(row, place)
    });
    let (_, chosen) = kuhn_munkres(&weights);
    let mut partners = vec![None; instance.mentees];
    for (place, row) in chosen.into_iter().enumerate() {
        partners[row] = Some(places[place]);
    }
    partners
}

fn by_lsap(instance: &Instance) -> Partners {
    let places = instance.places();
    let gains = instance.gains_of_places(&places);
    let (rows, columns) = lsap::solve(instance.mentees, places.len(), &gains, true).unwrap();
    let mut partners = vec![None; instance.mentees];
    for (row, column) in rows.into_iter().zip(columns) {
        partners[row] = Some(places[column]);
    }
    partners
}

/// Of an instance with as many places as mentees; costs, so the signs change.
fn by_lapjv(instance: &Instance) -> Partners {
    let places = instance.places();
    let cost = |(row, place): (usize, usize)| -f64::from(instance.gain(row, places[place]));
    let costs = lapjv::Matrix::from_shape_fn((instance.mentees, places.len()), cost);
    let (chosen, _) = lapjv::lapjv(&costs).unwrap();
    chosen
        .into_iter()
        .map(|place| Some(places[place]))
        .collect()
}

fn total(instance: &Instance, partners: &Partners) -> i64 {
    let pairs = partners.iter().enumerate();
    pairs
        .filter_map(|(row, mentor)| Some(i64::from(instance.gain(row, (*mentor)?))))
        .sum()
}

fn bench(group: &mut BenchmarkGroup<'_, WallTime>, spec: Spec) {
    let made = OnceCell::new();
    for (solver, partners) in SOLVERS {
        // It takes squares only, and needs seconds for other shapes once they are filled up to one.
        if solver == "lapjv" && !matches!(spec.shape, Shape::Square | Shape::Exact) {
            continue;
        }
        group.bench_function(format!("{}/{solver}", spec.name()), |bencher| {
            let (instance, optimum) = made.get_or_init(|| {
                let instance = spec.make();
                let optimum = total(&instance, &by_mentormatch(&instance));
                (instance, optimum)
            });
            bencher.iter(|| {
                let partners = partners(instance);
                assert_eq!(total(instance, &partners), *optimum);
                partners
            });
        });
    }
}

fn rivals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rivals");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for family in [Family::Uniform, Family::Structured, Family::Steps] {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce, Shape::Square] {
            bench(&mut group, Spec::new(family, shape, 100, 30));
            let mentees = if shape == Shape::Square { 1_000 } else { 2_000 };
            bench(&mut group, Spec::new(family, shape, mentees, 500));
        }
    }
    // What is hard: everybody wants the same few, or is like many others, or ranks all as everybody does.
    for family in [Family::Popular, Family::Profiles, Family::Products] {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
            bench(&mut group, Spec::new(family, shape, 100, 30));
            bench(&mut group, Spec::new(family, shape, 400, 100));
        }
    }
    let structures = [
        Family::Alike,
        Family::Departments,
        Family::Nearness,
        Family::Levels,
    ];
    for family in structures {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce, Shape::Square] {
            bench(&mut group, Spec::new(family, shape, 400, 100));
        }
    }
    bench(
        &mut group,
        Spec::new(Family::Uniform, Shape::Huge, 400, 100),
    );
}

criterion_group!(benches, rivals);
criterion_main!(benches);
