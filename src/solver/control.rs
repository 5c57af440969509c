//! What the caller may do to a running solve: watch it, stop it, cancel it.
//!
//! Work is counted in arcs looked at, so a work limit stops at the same place on every machine.
//! The library reads no clock; a time limit is a stop hook of the caller's that does.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::SolveError;

/// Asks a running call to give up; may be raised from any thread.
///
/// ```
/// use mentormatch::CancelToken;
///
/// let token = CancelToken::default();
/// let handle = token.clone();
/// handle.cancel();
/// assert!(token.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Asks every call that holds this token to give up.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How far a call has come.
///
/// ```
/// use mentormatch::solver::{Progress, Stage};
///
/// let progress = Progress::new(Stage::Solving, 1, 2);
/// assert!(progress.done <= progress.total);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Units done.
    pub done: u64,
    /// Units in all, as far as known.
    pub total: u64,
}

/// What a call is doing; stages come in this order.
///
/// ```
/// # use mentormatch::solver::Stage;
/// assert_ne!(Stage::Solving, Stage::Verifying);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Scoring pairs; units are mentees.
    Scoring,
    /// Solving; units are thousandths of an objective level, told as they pass. How they pass is an
    /// estimate: several levels may be done at once, and when one must be solved once more they wait.
    Solving,
    /// Checking the proof; one unit.
    Verifying,
}

impl Progress {
    /// A report.
    #[must_use]
    pub fn new(stage: Stage, done: u64, total: u64) -> Self {
        Self { stage, done, total }
    }
}

/// Called with progress; must be quick.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use mentormatch::solver::{Hooks, Level, Problem, SolveOptions, solve};
///
/// let heard = Arc::new(Mutex::new(Vec::new()));
/// let listener = Arc::clone(&heard);
/// let hooks = Hooks::new().progress(move |progress| {
///     if let Ok(mut heard) = listener.lock() {
///         heard.push(progress.stage);
///     }
/// });
/// let problem = Problem::dense(1, 1, vec![5], None)?;
/// solve(&problem, &SolveOptions::new([Level::TotalScore]).hooks(hooks))?;
/// assert!(!heard.lock().unwrap().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type ProgressHook = Arc<dyn Fn(Progress) + Send + Sync>;

/// Asked every few milliseconds of searching, not within passes over all pairs; `true` ends the search
/// with what is found so far.
///
/// ```
/// use std::time::{Duration, Instant};
/// use mentormatch::solver::{Hooks, Level, Problem, SolveOptions, solve};
///
/// let deadline = Instant::now() + Duration::from_secs(5);
/// let hooks = Hooks::new().stop(move || Instant::now() >= deadline);
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]).hooks(hooks))?;
/// assert_eq!(solution.gap(), None); // it was soon enough
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type StopHook = Arc<dyn Fn() -> bool + Send + Sync>;

/// The caller's hold on a running solve.
///
/// ```
/// use mentormatch::CancelToken;
/// use mentormatch::solver::{Hooks, Level, Problem, SolveError, SolveOptions, solve};
///
/// let token = CancelToken::default();
/// let hooks = Hooks::new().cancel(token.clone()).work_limit(1_000_000);
/// token.cancel(); // usually from another thread
/// let problem = Problem::dense(1, 1, vec![5], None)?;
/// let cancelled = solve(&problem, &SolveOptions::new([Level::TotalScore]).hooks(hooks));
/// assert_eq!(cancelled.unwrap_err(), SolveError::Cancelled);
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Hooks {
    /// Ends the call with nothing, within milliseconds and the time the system takes to free the
    /// solver's memory: a tenth of a second for a gigabyte. Not within
    /// [`Method::KuhnMunkres`](super::Method::KuhnMunkres), nor in what takes no hooks, as checks of proofs and
    /// [`Solution::shortage`](super::Solution::shortage) do.
    pub cancel: Option<CancelToken>,
    /// Ends the search early. The best legal assignment found so far is filled up as far as there is room, and returned
    /// with the bound of the first level that is not settled, or what taking the best pair first gives, if that is worth
    /// more, be it those pairs first that fill minimums.
    ///
    /// That reads all pairs several times, and takes 30 bytes a pair for up to a sixteenth of them. So the call returns
    /// that much after it was told to end: 0.1 to 0.7 s at 8,000 × 2,000, longer than a whole solve takes where that is
    /// easy (0.03 s); 2 s where people have hundreds of places. Where there are minimums it does so twice: at 20,000 ×
    /// 5,000 2 to 4 s, where the whole solve takes 0.6.
    pub stop: Option<StopHook>,
    /// Hears of progress. Hooks are called by the thread that called the solver, one at a time; a panic
    /// in one passes through it.
    pub progress: Option<ProgressHook>,
    /// Ends the search early after more work than this (arcs looked at, passes over all pairs not counted), and
    /// before it begins if this is 0: the same everywhere. The [`Stats::work`](super::Stats::work) of a run, which is
    /// the same everywhere too, lets the same run end by itself if there was any; a few times as much lets nearly every
    /// similar one. More work does not always give a better assignment.
    pub work_limit: Option<u64>,
}

impl Hooks {
    /// None: nobody watches, and nothing ends the call.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a [token](Self::cancel) that ends the call with nothing.
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// The same with a [question](Self::stop) that is asked from time to time: `true` ends the search early.
    #[must_use]
    pub fn stop(mut self, stop: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.stop = Some(Arc::new(stop));
        self
    }

    /// The same with somebody who hears of [progress](Self::progress).
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Whether a call may end early with what there is.
    pub(super) fn may_stop(&self) -> bool {
        self.stop.is_some() || self.work_limit.is_some()
    }

    /// The same with a [limit of work](Self::work_limit).
    #[must_use]
    pub fn work_limit(mut self, work: u64) -> Self {
        self.work_limit = Some(work);
        self
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks")
            .field("cancel", &self.cancel)
            .field("stop", &self.stop.is_some())
            .field("progress", &self.progress.is_some())
            .field("work_limit", &self.work_limit)
            .finish()
    }
}

/// Why a search ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Cancelled,
    Limit,
}

/// Knows whether somebody cancelled.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch(Option<CancelToken>);

impl Watch {
    pub(super) fn is_cancelled(&self) -> bool {
        self.0.as_ref().is_some_and(CancelToken::is_cancelled)
    }

    /// The items until somebody cancels: for loops that are long but not searches. Nobody takes a
    /// cancellation back, so what is made of the items is never looked at if [`Control::check`] is
    /// asked afterwards.
    pub(super) fn until_cancelled<T>(
        &self,
        items: impl IntoIterator<Item = T>,
    ) -> impl Iterator<Item = T> {
        let goes_on = |&(at, _): &(usize, T)| at % STRIDE != 0 || !self.is_cancelled();
        let items = items.into_iter().enumerate().take_while(goes_on);
        items.map(|(_, item)| item)
    }
}

/// A level's share of the progress.
const LEVEL: u64 = 1_000;

/// Where the solver is, in thousandths of a level.
#[derive(Clone, Debug, Default)]
struct Course {
    /// What the present phase leads from and to.
    from: u64,
    to: u64,
    /// Steps of the phase.
    done: u64,
    steps: u64,
    /// The end of the level, and of everything.
    end: u64,
    total: u64,
    told: Option<u64>,
}

impl Course {
    fn start(&mut self, steps: usize) {
        (self.done, self.steps) = (0, steps as u64);
    }

    fn at(&self) -> u64 {
        let part = (self.to - self.from) * self.done.min(self.steps) / self.steps.max(1);
        self.from + part
    }
}

/// Counts work and asks the hooks now and then.
pub(super) struct Control<'a> {
    hooks: &'a Hooks,
    watch: Watch,
    work: u64,
    ask_at: u64,
    course: Course,
}

/// Work between two questions to the hooks: about 5 ms where every arc is far away in memory, far
/// less elsewhere.
const PATIENCE: u64 = 1 << 15;

/// Items of a long loop between two looks at the token: microseconds, or at most milliseconds where
/// an item is a person's whole list.
const STRIDE: usize = 1 << 8;

impl<'a> Control<'a> {
    pub(super) fn new(hooks: &'a Hooks) -> Self {
        Self {
            hooks,
            watch: Watch(hooks.cancel.clone()),
            work: 0,
            ask_at: 0,
            course: Course::default(),
        }
    }

    /// One that nobody has a hold on.
    #[cfg(test)]
    pub(super) fn idle() -> Control<'static> {
        static NONE: Hooks = Hooks {
            cancel: None,
            stop: None,
            progress: None,
            work_limit: None,
        };
        Control::new(&NONE)
    }

    /// Books work; fails when the call is to end.
    pub(super) fn spend(&mut self, work: u64) -> Result<(), Stop> {
        self.work += work;
        if self.work < self.ask_at {
            return Ok(());
        }
        self.ask()?;
        self.tell();
        let beyond = self
            .hooks
            .work_limit
            .map_or(u64::MAX, |limit| limit.saturating_add(1));
        self.ask_at = (self.work + PATIENCE).min(beyond);
        Ok(())
    }

    fn ask(&self) -> Result<(), Stop> {
        if self.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let stopped = self.hooks.stop.as_ref().is_some_and(|stop| stop());
        // A limit is what may be done; 0 is for nothing to begin, be it as little as is not counted.
        let spent = self
            .hooks
            .work_limit
            .is_some_and(|limit| limit == 0 || self.work > limit);
        if stopped || spent {
            Err(Stop::Limit)
        } else {
            Ok(())
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.watch.is_cancelled()
    }

    /// Fails if somebody cancelled.
    pub(super) fn check(&self) -> Result<(), Stop> {
        if self.is_cancelled() {
            Err(Stop::Cancelled)
        } else {
            Ok(())
        }
    }

    /// The same as an error of the call.
    pub(super) fn go_on(&self) -> Result<(), SolveError> {
        self.check().map_err(|_| SolveError::Cancelled)
    }

    /// See [`Watch::until_cancelled`].
    pub(super) fn until_cancelled<T>(
        &self,
        items: impl IntoIterator<Item = T>,
    ) -> impl Iterator<Item = T> {
        self.watch.until_cancelled(items)
    }

    /// What threads can share.
    pub(super) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// A level begins, of so many.
    pub(super) fn begin_level(&mut self, level: usize, levels: usize) {
        let from = LEVEL * level as u64;
        self.course.total = LEVEL * levels as u64;
        self.course.end = (from + LEVEL).min(self.course.total);
        (self.course.from, self.course.to) = (from, from);
        self.course.start(0);
        self.tell();
    }

    /// So many parts are solved, one a step, and all levels of each.
    pub(super) fn begin_parts(&mut self, parts: usize, levels: usize) {
        self.begin_level(0, levels);
        self.course.to = self.course.total;
        self.course.start(parts);
    }

    /// What follows takes so many steps, and leads to this many thousandths of the first level, if not
    /// as many are done already.
    pub(super) fn begin_phase(&mut self, to: u64, steps: usize) {
        (self.course.from, self.course.to) = (self.course.to, to.max(self.course.to));
        self.course.start(steps);
        self.tell();
    }

    /// What follows takes so many steps, and the whole level.
    pub(super) fn begin_steps(&mut self, steps: usize) {
        self.course.to = self.course.end;
        self.course.start(steps);
    }

    /// All levels are done or given up: what is left of them was not needed.
    pub(super) fn end_levels(&mut self) {
        (self.course.from, self.course.to) = (self.course.total, self.course.total);
        self.tell();
    }

    /// A step is done; that costs next to nothing.
    pub(super) fn step(&mut self) {
        self.course.done += 1;
    }

    /// Reports progress if there is any.
    fn tell(&mut self) {
        let at = self.course.at();
        if self.course.told.is_none_or(|told| told < at) {
            self.course.told = Some(at);
            self.report(Progress::new(Stage::Solving, at, self.course.total));
        }
    }

    pub(super) fn report(&self, progress: Progress) {
        if let Some(hook) = &self.hooks.progress {
            hook(progress);
        }
    }

    /// Arcs looked at so far.
    pub(super) fn work(&self) -> u64 {
        self.work
    }
}

#[cfg(test)]
mod tests;
