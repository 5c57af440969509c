//! How to run; the people and the programme say what.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::ids::ParticipantId;
use crate::participant::Decisions;
use crate::solver::{CancelToken, Hooks, Method, ProgressHook, StopHook};

/// Time since some fixed moment, by the host. The library reads no clock of its own.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// How a cohort is matched.
///
/// ```
/// use std::time::{Duration, Instant};
/// use mentormatch::{Cohort, Engine, Profile, Programme, RunOptions, SkillCoverage};
///
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let cohort = Cohort::new([Profile::new("ana").mentor(1)], [Profile::new("boris").mentee()])?;
///
/// let started = Instant::now();
/// let options = RunOptions::default()
///     .seed(2026)
///     .stop_when(move || started.elapsed() > Duration::from_secs(60))
///     .clock(move || started.elapsed());
/// let outcome = Engine::new(programme).run_with(&cohort, &options)?;
/// assert!(outcome.is_proven_optimal());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RunOptions {
    /// Decides between equally good matchings: another seed, another lot. Default 0.
    pub seed: u64,
    /// How ties are broken. Default [`TieBreaking::Canonical`]; the solver by itself breaks none
    /// unless asked.
    pub tie_breaking: TieBreaking,
    /// The algorithm. Default [`Method::Auto`].
    pub method: Method,
    /// Whether [`Method::Auto`] works on all pairs at once instead of short candidate lists.
    pub all_pairs: bool,
    /// The most memory for the scored pairs and the solver, in bytes, by estimates that are judged
    /// before anything large is allocated, and whenever the solver's lists grow. Where a matrix of all
    /// scores does not fit, they are [computed on demand](super::Statistics::on_demand), in a few times the
    /// time and with the same result ([`TieBreaking::Fast`]: one as good); where that does not fit either,
    /// the run is refused with [`TooLarge`](crate::solver::SolveError::TooLarge). Without a limit there
    /// is a matrix.
    pub memory_limit: Option<u64>,
    /// Pairs of an earlier matching, mentee and mentor, for
    /// [`Objective::KeepPairs`](crate::Objective::KeepPairs).
    pub previous: Vec<(ParticipantId, ParticipantId)>,
    /// What a programme manager decided for this run. Default: nothing.
    pub decisions: Decisions,
    /// Measures the stages.
    pub clock: Option<Clock>,
    /// Watches and ends the run.
    pub hooks: Hooks,
}

/// How ties between equally good matchings are broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TieBreaking {
    /// By a seeded lot over the people themselves: the same pairs for every method, thread count,
    /// input order and version. Mentees are drawn; in that order, each gets the best that all objectives and those
    /// drawn before her leave her, where "best" is a matter of the lot too ([`Lot`](crate::solver::Lot)). Proved with
    /// the outcome, unless a limit came first.
    #[default]
    Canonical,
    /// Whichever optimum is found first: the same for the same people, seed, method and version.
    Fast,
}

impl RunOptions {
    /// The same with another seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The same with ties broken in another way.
    #[must_use]
    pub fn tie_breaking(mut self, tie_breaking: TieBreaking) -> Self {
        self.tie_breaking = tie_breaking;
        self
    }

    /// The same with another algorithm.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The same, working on all pairs at once (`true`) or from short candidate lists (`false`).
    #[must_use]
    pub fn all_pairs(mut self, all_pairs: bool) -> Self {
        self.all_pairs = all_pairs;
        self
    }

    /// The same with a memory limit in bytes. A later step may need more than the first, as where very
    /// many pairs tie; a run without room for it is refused when that shows, and asks for more.
    ///
    /// ```
    /// use mentormatch::solver::SolveError;
    /// use mentormatch::{Cohort, Engine, Field, Profile, Programme, RunError, RunOptions, Same};
    /// use mentormatch::TieBreaking;
    ///
    /// let mentors = (0..1_000).map(|at| Profile::new(format!("mentor {at}")).mentor(1));
    /// let mentees = (0..100).map(|at| Profile::new(format!("mentee {at}")).mentee());
    /// let cohort = Cohort::new(mentors.collect::<Vec<_>>(), mentees.collect::<Vec<_>>())?;
    /// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
    /// let engine = Engine::new(programme);
    ///
    /// let options = RunOptions::default().tie_breaking(TieBreaking::Fast).memory_limit(10_000);
    /// let refused = engine.run_with(&cohort, &options).unwrap_err();
    /// let RunError::Solve(SolveError::TooLarge { needed, .. }) = refused else { panic!() };
    /// assert!(engine.run_with(&cohort, &options.memory_limit(needed)).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.memory_limit = Some(bytes);
        self
    }

    /// The same with pairs of an earlier matching, each a mentee and a mentor, of which a programme with
    /// [`Objective::KeepPairs`](crate::Objective::KeepPairs) keeps as many as it can; no other takes notice.
    /// Pairs of people who are not there (any more) are named in a
    /// [warning](super::RunWarning::PreviousUnknown); a pair that is not allowed now is not kept.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Field, Objective, Profile, Programme, RunOptions, RunWarning, Same};
    ///
    /// let mentors = ["ana", "dora"].map(|id| Profile::new(id).mentor(1));
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).mentee());
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Site))
    ///     .objectives([Objective::Participation, Objective::KeepPairs, Objective::TotalScore])
    ///     .build()?;
    /// let options = RunOptions::default().previous([("boris", "dora"), ("eve", "ana")]);
    /// let outcome = Engine::new(programme).run_with(&Cohort::new(mentors, mentees)?, &options)?;
    /// assert_eq!(outcome.objectives()[1].value, 1);
    /// assert_eq!(outcome.matching().pairs[0].mentor.as_str(), "dora");
    /// let is_unknown = |own: &RunWarning| matches!(own, RunWarning::PreviousUnknown { .. });
    /// assert!(outcome.warnings().iter().any(is_unknown), "eve is not there");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn previous<E: Into<ParticipantId>, R: Into<ParticipantId>>(
        mut self,
        pairs: impl IntoIterator<Item = (E, R)>,
    ) -> Self {
        let pairs = pairs.into_iter();
        self.previous = pairs
            .map(|(mentee, mentor)| (mentee.into(), mentor.into()))
            .collect();
        self
    }

    /// The same with what a programme manager decided: pairs that are made or not made, rules that do not
    /// hold for a pair, who takes part. See [`Decisions`].
    #[must_use]
    pub fn decisions(mut self, decisions: Decisions) -> Self {
        self.decisions = decisions;
        self
    }

    /// The same with a token that ends the run with nothing.
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.hooks.cancel = Some(token);
        self
    }

    /// The same with a question that is asked from time to time: `true` ends the search, and the best
    /// legal matching found so far is filled up as far as there is room, and returned with its bound;
    /// that reads all pairs several times, which can take longer than an easy run by itself. A time
    /// limit reads the host's clock here.
    #[must_use]
    pub fn stop_when(mut self, stop: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let stop: StopHook = Arc::new(stop);
        self.hooks.stop = Some(stop);
        self
    }

    /// The same with a limit on the solver's work, in arcs looked at: unlike a time limit it ends
    /// the search at the same place everywhere.
    #[must_use]
    pub fn work_limit(mut self, work: u64) -> Self {
        self.hooks.work_limit = Some(work);
        self
    }

    /// The same with somebody to hear of progress, called from the threads that work.
    #[must_use]
    pub fn progress(
        mut self,
        progress: impl Fn(crate::solver::Progress) + Send + Sync + 'static,
    ) -> Self {
        let progress: ProgressHook = Arc::new(progress);
        self.hooks.progress = Some(progress);
        self
    }

    /// The same with a clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }
}

impl fmt::Debug for RunOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunOptions")
            .field("seed", &self.seed)
            .field("tie_breaking", &self.tie_breaking)
            .field("method", &self.method)
            .field("all_pairs", &self.all_pairs)
            .field("memory_limit", &self.memory_limit)
            .field("previous", &self.previous.len())
            .field("decisions", &self.decisions)
            .field("clock", &self.clock.is_some())
            .field("hooks", &self.hooks)
            .finish()
    }
}
