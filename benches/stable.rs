//! Stable matching, from both sides' values as given to the checked assignment.
//!
//! Whether it is stable is asserted by counting the blocking pairs, and whether it is as large as every
//! stable one by having the other side propose.
//!
//! ```text
//! cargo bench --bench stable                              # on the threads there are
//! RAYON_NUM_THREADS=1 cargo bench --bench stable -- large
//! cargo bench --bench stable -- --test                    # each once, the large ones at a tenth of the size
//! ```
#![allow(missing_docs, reason = "`criterion_group!` makes a public function")]
#![allow(clippy::unwrap_used)]

mod common;

use std::cell::OnceCell;
use std::env;
use std::time::Duration;

use common::random::Random;
use common::{ABSENT, FULL, Family, Instance, Shape, Spec};
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use mentormatch::Role;
use mentormatch::solver::{Hooks, Preferences, Problem, Solution, solve_stable};

/// What the two sides think of the same pairs.
#[derive(Clone, Copy, Debug)]
enum Views {
    /// Nothing in common.
    Independent,
    /// The mean of a common score and an opinion of one's own.
    Related,
    /// The same.
    Alike,
    /// Who wants most is wanted least.
    Opposed,
    /// All mentees agree on the mentors, and all mentors on the mentees.
    Agreed,
    /// In 20 steps, so that nearly everything ties.
    Steps,
}

const VIEWS: [Views; 6] = [
    Views::Independent,
    Views::Related,
    Views::Alike,
    Views::Opposed,
    Views::Agreed,
    Views::Steps,
];

/// One instance: what the mentees and, unless it is the same, what the mentors make of the pairs.
struct Case {
    mentees: Instance,
    mentors: Option<Vec<i32>>,
}

impl Case {
    fn make(views: Views, shape: Shape, (mentees, mentors): (u32, u32)) -> Self {
        let family = match views {
            Views::Independent => Family::Uniform,
            Views::Agreed => Family::Columns,
            Views::Steps => Family::Steps,
            Views::Related | Views::Alike | Views::Opposed => Family::Structured,
        };
        let own = Spec::new(family, shape, mentees, mentors).make();
        let mut random = Random::new(1962);
        let of_rows: Vec<i32> = (0..mentees).map(|_| random.up_to(FULL)).collect();
        let cells = own.scores.iter().enumerate();
        let other = cells.map(|(at, &own)| match views {
            _ if own == ABSENT => ABSENT,
            Views::Independent => random.up_to(FULL),
            Views::Related => i32::midpoint(own, random.up_to(FULL)),
            Views::Alike => own,
            Views::Opposed => FULL - own,
            Views::Agreed => of_rows[at / mentors as usize],
            Views::Steps => random.up_to(20),
        });
        let other: Vec<i32> = other.collect();
        Self {
            mentors: (other != own.scores).then_some(other),
            mentees: own,
        }
    }

    fn preferences(&self) -> Preferences<'_> {
        let own = &self.mentees;
        match &self.mentors {
            None => Preferences::alike(own.problem()),
            Some(other) => {
                let other = Problem::dense(own.mentees, own.mentors, other, Some(ABSENT)).unwrap();
                Preferences::new(own.problem(), other)
            }
        }
        .unwrap()
    }
}

fn solve(preferences: &Preferences<'_>, proposing: Role) -> Solution {
    solve_stable(preferences, proposing, &Hooks::default()).unwrap()
}

fn bench(criterion: &mut Criterion, group: &str, size: (u32, u32), shapes: &[Shape]) {
    let mut group = criterion.benchmark_group(group);
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    for views in VIEWS {
        for &shape in shapes {
            let made = OnceCell::new();
            for proposing in [Role::Mentee, Role::Mentor] {
                let name = format!("{views:?}_{shape:?}/{proposing}s").to_lowercase();
                group.bench_function(name, |bencher| {
                    let case: &Case = made.get_or_init(|| Case::make(views, shape, size));
                    let preferences = case.preferences();
                    let other = match proposing {
                        Role::Mentee => solve(&preferences, Role::Mentor),
                        Role::Mentor => solve(&preferences, Role::Mentee),
                    };
                    bencher.iter(|| {
                        let solution = solve(&preferences, proposing);
                        assert_eq!(solution.assignment.len(), other.assignment.len());
                        solution
                    });
                    let found = solve(&preferences, proposing).assignment;
                    assert_eq!(preferences.blocking_pairs(&found, 0).unwrap().count, 0);
                });
            }
        }
    }
}

fn small(criterion: &mut Criterion) {
    bench(criterion, "small", (1_000, 250), &[Shape::Spare]);
}

fn large(criterion: &mut Criterion) {
    let shapes = [Shape::Spare, Shape::Scarce];
    let part = if env::args().any(|word| word == "--test") {
        10
    } else {
        1
    };
    bench(criterion, "large", (10_000 / part, 2_500 / part), &shapes);
}

criterion_group!(benches, small, large);
criterion_main!(benches);
