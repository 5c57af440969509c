//! How to solve.

use super::accelerators::{Accelerator, Accelerators};
use super::control::Hooks;
use super::error::SolveError;
use super::level::Level;
use super::lot::Lot;
use super::problem::Problem;

/// How a problem is solved. Method, tie-break and accelerators never change the value of a level that was asked
/// for; [`hooks`](Self::hooks) may end a solve before the best is found.
///
/// ```
/// use mentormatch::solver::{Level, Method, SolveOptions};
///
/// let options = SolveOptions::new([Level::Participation, Level::TotalScore])
///     .method(Method::MinCostFlow);
/// assert_eq!(options.levels.len(), 2);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SolveOptions {
    /// What is maximised, first things first. Minimum loads come before all of it where there are
    /// any.
    pub levels: Vec<Level>,
    /// Which algorithm.
    pub method: Method,
    /// Which of several equally good assignments.
    pub tie_break: TieBreak,
    /// What may make [`Method::Auto`] faster; all of it unless methods are compared.
    pub accelerators: Accelerators,
    /// The most memory the solver may take beside the problem itself, in bytes, by estimates that are judged before
    /// anything large is allocated; `None` sets no limit but that of [`TieBreak::Canonical`]. Lists that grow beyond
    /// twice what is usual, as where all agree who is best, are not held to it. Unlike
    /// [`RunOptions::memory_limit`](crate::RunOptions::memory_limit) it never changes how scores are kept.
    pub memory_limit: Option<u64>,
    /// How the caller watches and stops the solve.
    pub hooks: Hooks,
}

/// Which algorithm solves a problem.
///
/// | method | when | time |
/// |---|---|---|
/// | `Auto` | always, unless you compare methods | a few passes over the pairs; more where all agree who is best, as sums or products do |
/// | `MinCostFlow` | as a reference, on all pairs at once | hundreds of looks at each pair; no polynomial bound |
/// | `KuhnMunkres` | as an independent check of small dense problems | O(people³) |
///
/// ```
/// use mentormatch::solver::{Level, Method, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let options = SolveOptions::new([Level::TotalScore]);
/// for method in [Method::Auto, Method::MinCostFlow, Method::KuhnMunkres] {
///     assert_eq!(solve(&problem, &options.clone().method(method))?.value, [160]);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Chooses by the shape of the problem.
    #[default]
    Auto,
    /// The network simplex method over all allowed pairs.
    MinCostFlow,
    /// The Hungarian method of the `pathfinding` crate, with one column a place. Refuses what it
    /// cannot express: absent pairs, minimums, demands above 1, groups and place values. It cannot
    /// be interrupted: cancelling and stopping take effect when it has ended.
    KuhnMunkres,
}

/// Which of several equally good assignments is chosen.
///
/// ```
/// use mentormatch::solver::{Level, Method, Problem, SolveOptions, TieBreak, solve};
///
/// let problem = Problem::dense(3, 3, vec![7; 9], None)?; // six equally good assignments
/// let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
/// let one = solve(&problem, &options)?;
/// let other = solve(&problem, &options.method(Method::KuhnMunkres))?;
/// assert_eq!(one.assignment, other.assignment);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TieBreak {
    /// Whichever the method comes upon first: the same for the same problem, by the same door, method and
    /// version, with any number of threads. This is the default here; an [`Engine`](crate::Engine) breaks
    /// ties.
    #[default]
    Fast,
    /// The one that a [`Lot`] singles out, which is proved: the same for every door, method and version. People
    /// are known by their positions, and the first turn is row 0's, the second row 1's: where that must not matter,
    /// [`TieBreak::CanonicalBy`] has turns drawn. A limit that comes before the end leaves nothing drawn: then
    /// [`Certificate::lot`](super::Certificate::lot) is `None`.
    ///
    /// Costs one more pass over the pairs, a draw, and a closer look in the check: 1.0 to 2.3 times the time of
    /// `Fast` in all where mentees take one mentor or three, or somebody is alone on her side. More where mentors
    /// have kinds and scores are equal (2.3 to 3 times with five values, 7 to 14 where all tie), where scores say no
    /// more than that one is senior to the other (1.4 to 3.5), where a few mentors have thousands of places each (1.3
    /// to 3), and in large sparse problems of as many places as mentees and few pairs each of equal or few scores (4 to
    /// 9 times at 20,000 to 100,000 in sites; where all tie about the root of their number, up to 50 times at
    /// 100,000). Pairs that tie may take up to 2 GiB, even without a memory limit; else it is
    /// [`SolveError::TooLarge`].
    Canonical,
    /// The same, by a lot of the caller's, so that positions do not matter either.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Lot, Problem, SolveOptions, TieBreak, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![7; 4], None)?; // two equally good assignments
    /// let partners = |keys: [u64; 2]| {
    ///     let lot = Lot::new(&keys, &[3 << 61, 7 << 61]);
    ///     let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::CanonicalBy(lot));
    ///     solve(&problem, &options).map(|solution| solution.assignment)
    /// };
    /// let (one, other) = (partners([11, 12])?, partners([12, 11])?);
    /// // The mentees change places; whoever has key 11 keeps her mentor.
    /// let mentor = |assignment: &mentormatch::solver::Assignment, mentee: u32| {
    ///     assignment.mentors_of(mentormatch::MenteeIdx::new(mentee))[0]
    /// };
    /// assert_eq!(mentor(&one, 0), mentor(&other, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    CanonicalBy(Lot),
}

impl TieBreak {
    /// The lot that is to be drawn, if any is.
    pub(super) fn lot(&self, problem: &Problem<'_>) -> Option<Lot> {
        match self {
            Self::Fast => None,
            Self::Canonical => Some(Lot::by_position(problem)),
            Self::CanonicalBy(lot) => Some(lot.clone()),
        }
    }

    /// Refuses a lot for other people.
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), SolveError> {
        match self {
            Self::Fast | Self::Canonical => Ok(()),
            Self::CanonicalBy(lot) => lot.check(problem).map_err(SolveError::Lot),
        }
    }
}

impl SolveOptions {
    /// These levels by [`Method::Auto`] with [`TieBreak::Fast`], all accelerators and no memory limit.
    #[must_use]
    pub fn new(levels: impl IntoIterator<Item = Level>) -> Self {
        Self {
            levels: levels.into_iter().collect(),
            method: Method::default(),
            tie_break: TieBreak::default(),
            accelerators: Accelerators::default(),
            memory_limit: None,
            hooks: Hooks::default(),
        }
    }

    /// The same with another method.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The same with another tie-break.
    #[must_use]
    pub fn tie_break(mut self, tie_break: TieBreak) -> Self {
        self.tie_break = tie_break;
        self
    }

    /// The same without an accelerator.
    ///
    /// ```
    /// use mentormatch::solver::{Accelerator, Level, Problem, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// let on_all_pairs = options.clone().without(Accelerator::CandidateLists);
    /// assert_eq!(solve(&problem, &on_all_pairs)?.value, solve(&problem, &options)?.value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without(mut self, accelerator: Accelerator) -> Self {
        self.accelerators = self.accelerators.without(accelerator);
        self
    }

    /// Whether an accelerator is to be used.
    pub(super) fn uses(&self, accelerator: Accelerator) -> bool {
        self.method == Method::Auto && self.accelerators.are_to_use(accelerator)
    }

    /// The same with a memory limit in bytes.
    #[must_use]
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.memory_limit = Some(bytes);
        self
    }

    /// The same with hooks.
    #[must_use]
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = hooks;
        self
    }
}
