//! How to solve.

use super::control::Hooks;
use super::level::Level;
use super::tie_break::PairHash;

/// How a problem is solved; the objective vector never depends on it.
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
    /// Whether [`Method::Auto`] may start from short candidate lists.
    pub candidate_lists: bool,
    /// The most memory the solver may take beside the problem itself, in bytes, by estimates that are
    /// judged before anything large is allocated; `None` sets no limit. Unlike
    /// [`RunOptions::memory_limit`](crate::RunOptions::memory_limit) it never changes how scores are kept.
    pub memory_limit: Option<u64>,
    /// How the caller watches and stops the solve.
    pub hooks: Hooks,
}

/// Which algorithm solves a problem.
///
/// | method | when | time |
/// |---|---|---|
/// | `Auto` | always, unless you compare methods | one pass over the pairs, then hardly more where places are enough |
/// | `MinCostFlow` | as a reference, on all pairs at once | O(pairs · log people) a mentee at worst |
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
    /// Successive shortest augmenting paths over all allowed pairs.
    MinCostFlow,
    /// The Hungarian method of the `pathfinding` crate, with one column a place. Refuses what it
    /// cannot express: absent pairs, minimums, demands above 1, groups and place values. It cannot
    /// be interrupted: cancelling takes effect when it has ended.
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
    /// Whichever the method comes upon first: the same for the same problem, method and version.
    #[default]
    Fast,
    /// The one with the largest sum of pair hashes: the same for every method and version. People
    /// are known by their positions.
    Canonical,
    /// The same, with keys of the caller's, so that positions do not matter either.
    CanonicalBy(PairHash),
}

impl SolveOptions {
    /// The default method and tie-break for these levels.
    #[must_use]
    pub fn new(levels: impl IntoIterator<Item = Level>) -> Self {
        Self {
            levels: levels.into_iter().collect(),
            method: Method::default(),
            tie_break: TieBreak::default(),
            candidate_lists: true,
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

    /// The same with or without candidate lists.
    #[must_use]
    pub fn candidate_lists(mut self, on: bool) -> Self {
        self.candidate_lists = on;
        self
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
