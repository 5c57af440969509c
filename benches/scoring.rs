//! Scoring 10,000 mentees against 2,500 mentors on one thread: 25 million pairs.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mentormatch::{
    Cohort, FewerCommonLanguages, Field, GapOutside, IfMissing, MenteeIdx, Programme,
    ReportingLine, SameValue, Scorer, Scratch,
};
use programme::{eight_criteria, weighing};

const MENTORS: u64 = 2_500;
const MENTEES: u64 = 10_000;

fn with_rules() -> Programme {
    weighing(eight_criteria())
        .forbid(ReportingLine::any_distance())
        .forbid(SameValue::new(Field::Organisation).if_missing(IfMissing::Allow))
        .forbid(GapOutside::at_least(roster::attribute("grade"), -4.0))
        .forbid(FewerCommonLanguages::than(1).if_missing(IfMissing::Allow))
        .build()
        .unwrap()
}

fn score_all(scorer: &Scorer, cohort: &Cohort) -> u64 {
    let mut scratch = Scratch::default();
    let mut row = vec![None; cohort.mentors().len()];
    let mut total = 0;
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        scorer.score_row(mentee, &mut scratch, &mut row).unwrap();
        total += u64::from(
            row.iter()
                .flatten()
                .map(|score| score.ppm())
                .max()
                .unwrap_or(0),
        );
    }
    total
}

fn scoring(c: &mut Criterion) {
    let cohort = programme::cohort(MENTEES, MENTORS, &[1]);
    let mut group = c.benchmark_group("scoring");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    group.throughput(Throughput::Elements(MENTORS * MENTEES));
    let whole = weighing(eight_criteria()).build().unwrap();
    group.bench_function("prepare/8 criteria", |b| {
        b.iter(|| {
            Scorer::new(black_box(&whole), &cohort)
                .unwrap()
                .refusals()
                .len()
        });
    });
    for (name, programme) in [
        ("rows/8 criteria", whole),
        ("rows/8 criteria, 4 rules", with_rules()),
    ] {
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let total = score_all(&scorer, &cohort);
        group.bench_function(name, |b| {
            b.iter(|| assert_eq!(score_all(&scorer, &cohort), total))
        });
    }
    for criterion in eight_criteria() {
        let name = format!("rows/{} alone", criterion.default_name());
        let scorer = Scorer::new(&weighing([criterion]).build().unwrap(), &cohort).unwrap();
        let total = score_all(&scorer, &cohort);
        group.bench_function(name, |b| {
            b.iter(|| assert_eq!(score_all(&scorer, &cohort), total))
        });
    }
    group.finish();
}

criterion_group!(benches, scoring);
criterion_main!(benches);
