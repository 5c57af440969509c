//! A guest in the host's process: shared, watched, stopped, refused and interrupted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[path = "../roster/mod.rs"]
mod roster;
mod secrets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use mentormatch::solver::SolveError;
use mentormatch::{
    CancelToken, Cohort, CohortError, CriterionKind, Engine, Field, Method, Outcome, Plan,
    PlanError, Programme, ProgrammeError, Progress, RematchError, Report, RuleKind, RunError,
    RunOptions, Same, ScoringError, SkillCoverage, Stage, UnmatchedReason,
};
use roster::{Dice, person};

/// Enough people for candidate lists and several threads.
fn cohort() -> Cohort {
    let mut dice = Dice(3);
    let mut own = |id: String| person(&mut dice, &id, "nobody", 1, 12);
    let mentors = (0..60).map(|at| own(format!("r{at}")).mentor(1 + at % 3));
    let mentors: Vec<_> = mentors.collect();
    let mentees = (0..280).map(|at| own(format!("e{at}")).mentee());
    Cohort::new(mentors, mentees.collect::<Vec<_>>()).unwrap()
}

fn programme() -> Programme {
    let builder = Programme::builder()
        .weigh(3, SkillCoverage::default())
        .weigh(1, Same::new(Field::Site));
    builder.build().unwrap()
}

fn engine() -> Engine {
    Engine::new(programme())
}

/// The engine is as good as new.
fn assert_works(engine: &Engine, cohort: &Cohort) {
    let outcome = engine.run(cohort).unwrap();
    assert_eq!((outcome.verify(), outcome.gap()), (Ok(()), None));
    assert!(!outcome.matching().pairs.is_empty());
}

#[test]
fn everything_a_host_holds_crosses_threads() {
    fn guest<T: Send + Sync + 'static>() {}
    fn cheap<T: Clone + Send + Sync + 'static>() {}
    cheap::<Engine>();
    cheap::<Cohort>();
    cheap::<Programme>();
    cheap::<Outcome>();
    cheap::<Plan>();
    cheap::<RunOptions>();
    cheap::<Report>();
    guest::<RunError>();
    guest::<CohortError>();
    guest::<ProgrammeError>();
    guest::<ScoringError>();
    guest::<PlanError>();
    guest::<RematchError>();
}

#[test]
fn clones_share_what_they_hold() {
    let cohort = cohort();
    let outcome = engine().run(&cohort).unwrap();
    let other = outcome.clone();
    assert!(std::ptr::eq(outcome.matching(), other.matching()));
    assert!(std::ptr::eq(cohort.mentors(), cohort.clone().mentors()));
    let programme = programme();
    assert!(std::ptr::eq(
        programme.criteria(),
        programme.clone().criteria()
    ));
}

#[test]
fn one_engine_serves_many_threads_at_once() {
    let (engine, cohort) = (engine(), cohort());
    let usual = engine.run(&cohort).unwrap();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| engine.run(&cohort).unwrap()))
            .collect();
        for run in runs {
            assert_eq!(run.join().unwrap().matching(), usual.matching());
        }
    });
}

mod cancelling {
    use super::*;

    #[test]
    fn before_a_run() {
        let (engine, cohort) = (engine(), cohort());
        for method in [Method::Auto, Method::MinCostFlow] {
            let token = CancelToken::default();
            token.cancel();
            let options = RunOptions::default().method(method).cancel(token);
            assert!(
                engine
                    .run_with(&cohort, &options)
                    .unwrap_err()
                    .is_cancelled()
            );
        }
        assert_works(&engine, &cohort);
    }

    #[test]
    fn from_the_progress_hook_at_every_stage() {
        let (engine, cohort) = (engine(), cohort());
        for stage in [Stage::Scoring, Stage::Solving, Stage::Verifying] {
            let token = CancelToken::default();
            let handle = token.clone();
            let options = RunOptions::default()
                .cancel(token)
                .progress(move |progress| {
                    if progress.stage == stage {
                        handle.cancel();
                    }
                });
            let error = engine.run_with(&cohort, &options).unwrap_err();
            assert!(error.is_cancelled(), "{stage:?}: {error}");
        }
        assert_works(&engine, &cohort);
    }

    /// The run cannot end before it is cancelled: its progress hook waits for that.
    #[test]
    fn from_another_thread_during_a_run() {
        let (engine, cohort) = (engine(), cohort());
        let token = CancelToken::default();
        let (started, waits) = mpsc::channel();
        let seen = token.clone();
        let options = RunOptions::default()
            .cancel(token.clone())
            .progress(move |_| {
                let _ = started.send(());
                while !seen.is_cancelled() {
                    thread::sleep(Duration::from_millis(1));
                }
            });
        let error = thread::scope(|scope| {
            let running = scope.spawn(|| engine.run_with(&cohort, &options));
            waits.recv().unwrap();
            token.cancel();
            running.join().unwrap().unwrap_err()
        });
        assert!(error.is_cancelled(), "{error}");
        assert_works(&engine, &cohort);
    }

    #[test]
    fn other_errors_are_no_cancellation() {
        let options = RunOptions::default().memory_limit(1);
        let error = engine().run_with(&cohort(), &options).unwrap_err();
        assert!(!error.is_cancelled());
    }
}

mod limits {
    use super::*;

    /// Legal, checked, and claiming no more than it proves.
    fn assert_stopped_early(outcome: &Outcome, optimum: &Outcome) {
        assert_eq!(outcome.verify(), Ok(()));
        let gap = outcome.gap().unwrap();
        assert!(gap.short_by > 0);
        let objectives = outcome.objectives();
        let unproved = objectives.iter().position(|own| !own.proved).unwrap();
        let (own, best) = (
            objectives[unproved].value,
            optimum.objectives()[unproved].value,
        );
        assert!(own <= best, "an unproved value above the optimum");
        assert!(own + gap.short_by >= best, "a false bound");
        assert!(outcome.report().to_string().contains("not proven optimal"));
        let claims_too_much = outcome.unmatched().iter().find(|person| {
            use UnmatchedReason::{AllTaken, NothingToGain};
            matches!(person.reason, AllTaken { .. } | NothingToGain { .. })
        });
        assert_eq!(claims_too_much, None, "nobody knows yet");
    }

    #[test]
    fn a_work_limit_stops_at_the_same_place_every_time() {
        let (engine, cohort) = (engine(), cohort());
        let optimum = engine.run(&cohort).unwrap();
        let mut limits = Vec::new();
        for limit in [0, 1, 100] {
            let options = RunOptions::default().work_limit(limit);
            let outcome = engine.run_with(&cohort, &options).unwrap();
            assert_stopped_early(&outcome, &optimum);
            let again = engine.run_with(&cohort, &options).unwrap();
            assert_eq!(outcome.matching(), again.matching());
            assert_eq!(
                (outcome.objectives(), outcome.gap()),
                (again.objectives(), again.gap())
            );
            limits.push(outcome.matching().pairs.len());
        }
        assert!(limits.is_sorted(), "more work, fewer pairs: {limits:?}");
    }

    #[test]
    fn a_stop_hook_ends_the_search_with_what_there_is() {
        let (engine, cohort) = (engine(), cohort());
        let optimum = engine.run(&cohort).unwrap();
        let options = RunOptions::default().stop_when(|| true);
        assert_stopped_early(&engine.run_with(&cohort, &options).unwrap(), &optimum);
        let never = RunOptions::default().stop_when(|| false);
        let outcome = engine.run_with(&cohort, &never).unwrap();
        assert_eq!(outcome.matching(), optimum.matching());
    }

    #[test]
    fn too_little_memory_is_refused_with_what_is_needed() {
        let (engine, cohort) = (engine(), cohort());
        let mut limit = 0;
        let mut refusals = 0;
        loop {
            match engine.run_with(&cohort, &RunOptions::default().memory_limit(limit)) {
                Err(RunError::Solve(SolveError::TooLarge { needed, budget })) => {
                    assert!(needed > budget);
                    limit += needed - budget;
                    refusals += 1;
                }
                outcome => {
                    assert_eq!(
                        outcome.unwrap().matching(),
                        engine.run(&cohort).unwrap().matching()
                    );
                    break;
                }
            }
        }
        assert!(
            (1..=5).contains(&refusals),
            "what is named as needed is what is needed"
        );
    }
}

#[test]
fn progress_is_heard_of_every_stage_in_order_and_never_goes_back() {
    let heard: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let listener = heard.clone();
    let options =
        RunOptions::default().progress(move |progress| listener.lock().unwrap().push(progress));
    engine().run_with(&cohort(), &options).unwrap();
    let heard = heard.lock().unwrap();
    let rank = |progress: &Progress| match progress.stage {
        Stage::Scoring => 0,
        Stage::Solving => 1,
        _ => 2,
    };
    assert!(heard.is_sorted_by_key(rank), "a stage after a later one");
    for stage in [Stage::Scoring, Stage::Solving, Stage::Verifying] {
        let own: Vec<_> = heard
            .iter()
            .filter(|progress| progress.stage == stage)
            .collect();
        assert!(!own.is_empty(), "{stage:?} is silent");
        assert!(own.iter().all(|progress| progress.done <= progress.total));
        assert!(own.iter().all(|progress| progress.total == own[0].total));
    }
    let of = |stage| heard.iter().filter(move |progress| progress.stage == stage);
    let mut scored: Vec<_> = of(Stage::Scoring).map(|progress| progress.done).collect();
    scored.sort_unstable();
    assert!(
        scored.into_iter().eq(1..=280),
        "each mentee is counted once"
    );
    assert!(of(Stage::Solving).is_sorted_by_key(|progress| progress.done));
}

#[test]
fn a_run_uses_the_host_s_clock_and_no_other() {
    let ticks = Arc::new(AtomicU32::new(0));
    let clock = move || Duration::from_secs(ticks.fetch_add(1, Ordering::Relaxed).into());
    let outcome = engine()
        .run_with(&cohort(), &RunOptions::default().clock(clock))
        .unwrap();
    let (second, timings) = (Duration::from_secs(1), outcome.timings());
    assert_eq!(
        [timings.scoring, timings.solving, timings.explaining],
        [second; 3]
    );
    let without = engine().run(&cohort()).unwrap();
    assert_eq!(without.timings(), mentormatch::Timings::default());
    assert_eq!(without.matching(), outcome.matching());
}

#[test]
fn a_panic_in_the_host_s_closure_passes_through_and_breaks_nothing() {
    let panics = Arc::new(AtomicBool::new(true));
    let armed = |panics: &AtomicBool, id: &str| {
        assert!(
            !(panics.load(Ordering::Relaxed) && id == "e7"),
            "the host's own"
        );
    };
    let (criterion, rule) = (panics.clone(), panics.clone());
    let programmes = [
        Programme::builder().weigh(
            1,
            CriterionKind::pairwise("own", 1, move |mentee, _| {
                armed(&criterion, mentee.profile.id.as_str());
                Some(0.5)
            }),
        ),
        Programme::builder()
            .weigh(1, Same::new(Field::Site))
            .forbid(RuleKind::pairwise("own", 1, move |mentee, _| {
                armed(&rule, mentee.profile.id.as_str());
                false
            })),
    ];
    let cohort = cohort();
    for programme in programmes {
        panics.store(true, Ordering::Relaxed);
        let engine = Engine::new(programme.build().unwrap());
        let caught = catch_unwind(AssertUnwindSafe(|| engine.run(&cohort))).unwrap_err();
        let message = caught.downcast_ref::<&str>().map(ToString::to_string);
        assert_eq!(
            message.or_else(|| caught.downcast_ref::<String>().cloned()),
            Some("the host's own".into())
        );
        panics.store(false, Ordering::Relaxed);
        assert_works(&engine, &cohort);
    }
}
