//! What hooks hear of a call, and when it hears of them.

use std::sync::Mutex;

use super::*;

#[test]
fn progress_rises_step_by_step_to_the_end_of_a_level_and_is_told_once() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let hooks = Hooks {
        progress: Some(Arc::new(move |progress: Progress| {
            hears.lock().unwrap().push((progress.done, progress.total));
        })),
        ..Hooks::default()
    };
    let mut control = Control::new(&hooks);
    let steps = |control: &mut Control<'_>| {
        for _ in 0..5 {
            control.step();
            control.spend(PATIENCE).unwrap();
        }
    };
    control.begin_level(0, 3);
    control.begin_phase(400, 4);
    steps(&mut control);
    control.begin_phase(300, 4); // which were done already
    steps(&mut control);
    control.begin_level(1, 3);
    control.begin_steps(4);
    steps(&mut control);
    control.end_levels();
    let expected = [
        0, 100, 200, 300, 400, 1_000, 1_250, 1_500, 1_750, 2_000, 3_000,
    ];
    assert_eq!(*told.lock().unwrap(), expected.map(|done| (done, 3_000)));
}

/// A limit may be reached, not passed; none at all lets nothing begin.
#[test]
fn a_limit_of_work_is_what_may_be_done() {
    let ends_at = |limit| {
        let hooks = Hooks::new().work_limit(limit);
        let mut control = Control::new(&hooks);
        let first = control.spend(0);
        (0..9).find(|_| first.is_err() || control.spend(1).is_err())
    };
    assert_eq!(
        [0, 1, 5, 9, u64::MAX].map(ends_at),
        [Some(0), Some(1), Some(5), None, None]
    );
    let hooks = Hooks::new().work_limit(PATIENCE + 3);
    let mut control = Control::new(&hooks);
    let steps = [0, PATIENCE, 3, 1].map(|work| control.spend(work));
    assert_eq!(steps, [Ok(()), Ok(()), Ok(()), Err(Stop::Limit)]);
}

#[test]
fn built_hooks_are_those_of_the_fields() {
    let token = CancelToken::default();
    let heard = Arc::new(Mutex::new(None));
    let hears = Arc::clone(&heard);
    let hooks = Hooks::new()
        .cancel(token.clone())
        .stop(|| true)
        .progress(move |progress| *hears.lock().unwrap() = Some(progress))
        .work_limit(7);
    token.cancel();
    assert!(hooks.cancel.as_ref().is_some_and(CancelToken::is_cancelled));
    assert!(hooks.stop.as_ref().is_some_and(|stop| stop()));
    assert_eq!(hooks.work_limit, Some(7));
    let progress = Progress::new(Stage::Solving, 1, 2);
    hooks.progress.unwrap()(progress);
    assert_eq!(*heard.lock().unwrap(), Some(progress));
}

#[test]
fn a_long_loop_ends_at_the_first_stride_after_a_cancellation() {
    for at in [0, 1, STRIDE, 3 * STRIDE + 5] {
        let token = CancelToken::default();
        let hooks = Hooks {
            cancel: Some(token.clone()),
            ..Hooks::default()
        };
        let control = Control::new(&hooks);
        assert_eq!(control.check(), Ok(()));
        let mut done = 0;
        let mut items = control.until_cancelled(0..9 * STRIDE);
        loop {
            if done == at {
                token.cancel();
            }
            if items.next().is_none() {
                break;
            }
            done += 1;
        }
        assert_eq!(done, at.next_multiple_of(STRIDE));
        assert_eq!(control.check(), Err(Stop::Cancelled));
    }
}
