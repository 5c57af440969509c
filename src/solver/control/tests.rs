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
