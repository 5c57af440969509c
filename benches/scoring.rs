//! Scoring 10,000 mentees against 2,500 mentors on one thread: 25 million pairs.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod by_hand;
mod programme;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mentormatch::{
    Cohort, CommonTime, Context, CriterionKind, FewerCommonLanguages, Field, GapOutside, IfMissing,
    JudgedWeek, MenteeIdx, MentorIdx, Profile, Programme, ReportingLine, SameValue, Scorer,
    Scratch, Window,
};
use programme::{eight_criteria, weighing};
use roster::Dice;

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

/// The time zones of the common-time bench: every clock change of a school year in four of them.
const ZONES: [&str; 8] = [
    "Europe/Copenhagen",
    "Europe/London",
    "America/New_York",
    "America/Denver",
    "America/Bogota",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Australia/Sydney",
];

/// Somebody with time on five to ten occasions a week, at quarters of an hour.
fn busy(dice: &mut Dice, id: String) -> Profile {
    let zone = usize::try_from(dice.below(8)).unwrap();
    let mut own = Profile::new(id).time_zone(ZONES[zone]);
    let windows = 5 + dice.below(6);
    own.availability = (0..windows)
        .map(|_| roster::window(dice))
        .map(|own| Window::new(own.day, own.from, (own.from + 120) % 1440))
        .collect();
    own
}

fn common_time(judge: JudgedWeek) -> (CriterionKind, Programme) {
    let criterion = CriterionKind::from(CommonTime::enough_minutes(240).judge(judge));
    let programme = Programme::builder()
        .period("2026-09-01".parse().unwrap(), "2027-06-30".parse().unwrap())
        .weigh(1, criterion.clone());
    (criterion, programme.build().unwrap())
}

fn availability(c: &mut Criterion) {
    let mut dice = Dice(11);
    let mentors: Vec<_> = (0..MENTORS)
        .map(|at| busy(&mut dice, format!("r{at}")).mentor(1))
        .collect();
    let mentees: Vec<_> = (0..MENTEES)
        .map(|at| busy(&mut dice, format!("e{at}")).mentee())
        .collect();
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let mut group = c.benchmark_group("scoring");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    for (judge, week) in [
        (JudgedWeek::Typical, ""),
        (JudgedWeek::Minimum, ", worst week"),
    ] {
        let (criterion, programme) = common_time(judge);
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        // The bare kernel, without the mean of a programme around it.
        let mut context = Context::new(&cohort);
        context.period = programme.period();
        let rows = criterion.as_criterion().prepare(&context).unwrap();
        let total = score_all(&scorer, &cohort);
        group.throughput(Throughput::Elements(MENTORS * MENTEES));
        group.bench_function(format!("rows/common_time{week} alone"), |b| {
            b.iter(|| assert_eq!(score_all(&scorer, &cohort), total))
        });
        group.bench_function(format!("kernel/common_time{week}"), |b| {
            let mut row = vec![None; cohort.mentors().len()];
            b.iter(|| {
                for mentee in MenteeIdx::all(cohort.mentees().len()) {
                    rows.score_row(mentee, black_box(&mut row)).unwrap();
                }
            });
        });
        group.bench_function(format!("prepare/common_time{week}"), |b| {
            b.iter(|| {
                Scorer::new(black_box(&programme), &cohort)
                    .unwrap()
                    .refusals()
                    .len()
            });
        });
    }
    group.finish();
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

/// Ten criteria of mixed kinds with availability and skills, and five rules, preparation included, on
/// all threads of the pool; and the same pair by pair, by hand, for some of the mentees.
fn whole(c: &mut Criterion) {
    let cohort = programme::cohort(MENTEES, MENTORS, &[1]);
    let programme = by_hand::ten_criteria_five_rules();
    let mut group = c.benchmark_group("whole");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    let first = check_by_hand(&Scorer::new(&programme, &cohort).unwrap(), &cohort);
    group.throughput(Throughput::Elements(MENTORS * BY_HAND));
    group.bench_function("10 criteria, 5 rules/by hand", |b| {
        b.iter(|| assert_eq!(by_hand(&cohort), first))
    });
    group.throughput(Throughput::Elements(MENTORS * MENTEES));
    let total = score_all(&Scorer::new(&programme, &cohort).unwrap(), &cohort);
    group.bench_function("10 criteria, 5 rules/1", |b| {
        b.iter(|| {
            let scorer = Scorer::new(black_box(&programme), &cohort).unwrap();
            assert_eq!(score_all(&scorer, &cohort), total);
        });
    });
    #[cfg(feature = "parallel")]
    group.bench_function("10 criteria, 5 rules/2", |b| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
        pool.unwrap().install(|| {
            b.iter(|| {
                let scorer = Scorer::new(black_box(&programme), &cohort).unwrap();
                assert_eq!(score_all_in_parallel(&scorer, &cohort), total);
            });
        });
    });
    group.finish();
}

/// Mentees that are scored by hand.
const BY_HAND: u64 = 100;

/// The sum of their best scores.
fn by_hand(cohort: &Cohort) -> u64 {
    let mentees = MenteeIdx::all(usize::try_from(BY_HAND).unwrap());
    let best = mentees.map(|mentee| {
        let mentors = MentorIdx::all(cohort.mentors().len());
        let scores = mentors.filter_map(|mentor| by_hand::score(cohort, mentee, mentor));
        scores.max().unwrap_or(0)
    });
    best.sum()
}

/// Both ways give every pair the same score.
fn check_by_hand(scorer: &Scorer, cohort: &Cohort) -> u64 {
    for mentee in MenteeIdx::all(usize::try_from(BY_HAND).unwrap()) {
        for mentor in MentorIdx::all(cohort.mentors().len()) {
            let score = scorer.score_pair(mentee, mentor).unwrap();
            let score = score.map(|score| u64::from(score.ppm()));
            assert_eq!(
                score,
                by_hand::score(cohort, mentee, mentor),
                "{mentee:?} {mentor:?}"
            );
        }
    }
    by_hand(cohort)
}

#[cfg(feature = "parallel")]
fn score_all_in_parallel(scorer: &Scorer, cohort: &Cohort) -> u64 {
    use rayon::prelude::*;

    let mentees = 0..u32::try_from(cohort.mentees().len()).unwrap();
    let buffers = || (Scratch::default(), vec![None; cohort.mentors().len()]);
    let best = mentees
        .into_par_iter()
        .map_init(buffers, |(scratch, row), mentee| {
            scorer
                .score_row(MenteeIdx::new(mentee), scratch, row)
                .unwrap();
            let best = row.iter().flatten().map(|score| score.ppm()).max();
            u64::from(best.unwrap_or(0))
        });
    best.sum()
}

criterion_group!(benches, whole, scoring, availability);
criterion_main!(benches);
