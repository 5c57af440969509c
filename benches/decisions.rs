//! What locks, quotas and distinct mentors cost: a run with them beside the same run without.
//!
//! ```text
//! cargo bench --bench decisions             # 10,000 × 2,500, canonical pairs
//! cargo bench --bench decisions -- kinds    # distinct mentors only
//! cargo bench --bench decisions -- --test   # small, each once
//! ```
//!
//! Where a mentee's mentors are to be of distinct departments, of which there are 6, everybody wants two mentors in either run.
//!
//! The two take turns in one process; times are the least of all turns in milliseconds, of solving (the
//! check of the proof included) and of the whole run. Locked are pairs that the run without locks does
//! not make. Every run is proved optimal and has all locks.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench"
)]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::env;
use std::time::{Duration, Instant};

use mentormatch::{
    Cohort, Decisions, Engine, Field, MenteeIdx, MentorIdx, Objective, Outcome, Programme,
    ProgrammeBuilder, Quota, Role, RunOptions, Scorer,
};

const TURNS: usize = 5;

fn main() {
    let is_test = env::args().any(|word| word == "--test");
    let is_all = !env::args().any(|word| word == "kinds");
    let (mentees, mentors) = if is_test { (100, 25) } else { (10_000, 2_500) };
    println!(
        "| people | beside | solving, ms | solving without, ms | ratio | run, ms | run without, ms | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (name, capacities) in [("spare", &[2, 6, 10, 14, 18][..]), ("scarce", &[3])] {
        let cohort = wanting_two(&programme::cohort(mentees, mentors, capacities));
        let objectives = [Objective::Participation, Objective::TotalScore];
        for objectives in [&objectives[..], &objectives[1..]] {
            let builder = || {
                let builder = programme::weighing(programme::eight_criteria());
                builder.objectives(objectives.to_vec())
            };
            let plain = builder().build().unwrap();
            let distinct = builder().distinct_mentors(Field::Department);
            let distinct = distinct.build().unwrap();
            let beside = match objectives.len() {
                1 => "distinct, score alone",
                _ => "distinct",
            };
            let own = || run(&distinct, &cohort, Decisions::new());
            let without = || run(&plain, &cohort, Decisions::new());
            row((name, beside), is_test, own, without);
        }
    }
    for (name, capacities) in [("spare", &[1, 3, 5, 7, 9][..]), ("scarce", &[1])] {
        if !is_all {
            break;
        }
        let cohort = programme::cohort(mentees, mentors, capacities);
        let plain = programme::weighing(programme::eight_criteria());
        let plain = plain.build().unwrap();
        let free = run(&plain, &cohort, Decisions::new());
        for share in [1, 10, 50] {
            let decisions = locks(
                &plain,
                &free,
                usize::try_from(mentors).unwrap() * share / 100,
            );
            let beside = format!("{} locks", decisions.locks.len());
            let own = || run(&plain, &cohort, decisions.clone());
            let without = || run(&plain, &cohort, Decisions::new());
            row((name, &beside), is_test, own, without);
        }
        let bounded = quotas(programme::weighing(programme::eight_criteria()), &free);
        let bounded = bounded.build().unwrap();
        let own = || run(&bounded, &cohort, Decisions::new());
        let without = || run(&plain, &cohort, Decisions::new());
        row((name, "6 quotas a side"), is_test, own, without);
    }
}

/// The same people, of whom every mentee wants two mentors.
fn wanting_two(cohort: &Cohort) -> Cohort {
    let mentees = cohort.mentees().iter();
    let mentees = mentees.map(|own| own.profile.clone().mentee().demand(2));
    let mentors = cohort.mentors().iter().map(|own| own.as_ref().clone());
    Cohort::new(mentors.collect::<Vec<_>>(), mentees.collect::<Vec<_>>()).unwrap()
}

fn run(programme: &Programme, cohort: &Cohort, decisions: Decisions) -> Outcome {
    let started = Instant::now();
    let locks = decisions.locks.len();
    let options = RunOptions::default()
        .decisions(decisions)
        .clock(move || started.elapsed());
    let outcome = Engine::new(programme.clone())
        .run_with(cohort, &options)
        .unwrap();
    assert!(outcome.is_proven_optimal());
    let locked = outcome.matching().pairs.iter().filter(|pair| pair.locked);
    assert_eq!(locked.count(), locks);
    outcome
}

/// Locks so many mentees to mentors whom they were not given, each mentor once.
fn locks(programme: &Programme, free: &Outcome, count: usize) -> Decisions {
    let cohort = free.cohort();
    let scorer = Scorer::new(programme, cohort).unwrap();
    let mut decisions = Decisions::new();
    let mentors = MentorIdx::all(cohort.mentors().len());
    for (mentee, mentor) in MenteeIdx::all(cohort.mentees().len()).zip(mentors) {
        let [mentee_id, mentor_id] = [
            &cohort.mentees()[mentee].profile.id,
            &cohort.mentors()[mentor].profile.id,
        ];
        let pairs = &free.matching().pairs;
        let made = pairs
            .iter()
            .any(|pair| (&pair.mentee, &pair.mentor) == (mentee_id, mentor_id));
        let is_allowed = scorer.score_pair(mentee, mentor).unwrap().is_some();
        if is_allowed && !made && decisions.locks.len() < count {
            decisions = decisions.lock(mentee_id.clone(), mentor_id.clone());
        }
    }
    decisions
}

/// Every department may have nine tenths of the pairs it has, on either side.
fn quotas(mut builder: ProgrammeBuilder, free: &Outcome) -> ProgrammeBuilder {
    let cohort = free.cohort();
    for department in (0..6).map(|at| format!("department {at}")) {
        for side in [Role::Mentee, Role::Mentor] {
            let is_one = |pair: &&mentormatch::Pair| {
                let own = match side {
                    Role::Mentee => {
                        let at = cohort.mentee_idx(pair.mentee.as_str()).unwrap();
                        &cohort.mentees()[at].profile.department
                    }
                    Role::Mentor => {
                        let at = cohort.mentor_idx(pair.mentor.as_str()).unwrap();
                        &cohort.mentors()[at].profile.department
                    }
                };
                own.as_ref() == Some(&department)
            };
            let now = free.matching().pairs.iter().filter(is_one).count();
            let most = u32::try_from(now * 9 / 10).unwrap();
            let quota = Quota::new(side, Field::Department, [department.as_str()]);
            builder = builder.quota(quota.at_most(most));
        }
    }
    builder
}

fn row(
    (people, beside): (&str, &str),
    is_test: bool,
    own: impl Fn() -> Outcome,
    without: impl Fn() -> Outcome,
) {
    let mut least = [[Duration::MAX; 2]; 2];
    for _ in 0..if is_test { 1 } else { TURNS } {
        for (least, run) in least
            .iter_mut()
            .zip([&own as &dyn Fn() -> Outcome, &without])
        {
            let started = Instant::now();
            let solving = run().timings().solving;
            let times = [solving, started.elapsed()];
            for (least, time) in least.iter_mut().zip(times) {
                *least = time.min(*least);
            }
        }
    }
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let [[solving, whole], [solving_without, whole_without]] = least.map(|own| own.map(ms));
    println!(
        "| {people} | {beside} | {solving:.0} | {solving_without:.0} | {:.2} | {whole:.0} | {whole_without:.0} | {:.2} |",
        solving / solving_without,
        whole / whole_without
    );
}
