//! One call: choose the method, solve, prove, check.

use super::assignment::Assignment;
use super::candidate_lists::{CandidateLists, Pair, PricingTest};
use super::certificate::{Certificate, Claim, Prices};
use super::control::{Control, Progress, Stage, Stop};
use super::error::SolveError;
use super::flow_model::FlowModel;
use super::greedy::{Greedy, Rows};
use super::kuhn_munkres;
use super::level::{Level, with_minimums};
use super::market::{Market, Tuning};
use super::network::{ARC_LIMIT, OPEN};
use super::options::{Method, SolveOptions, TieBreak};
use super::plain;
use super::problem::Problem;
use super::tie_break::{PairHash, SALTS};

/// The answer to a problem: pairs, and the proof of what they claim to be.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::Pairs, Level::TotalScore]))?;
/// assert_eq!(solution.value, [2, 160]);
/// assert_eq!(solution.gap(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Solution {
    /// Who is paired with whom.
    pub assignment: Assignment,
    /// What the assignment is worth at each of [`Certificate::levels`].
    pub value: Vec<i128>,
    /// The proof; it has been checked.
    pub certificate: Certificate,
    /// How the solve went. Not part of the deterministic result.
    pub stats: Stats,
}

/// How a solve went.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// let problem = Problem::dense(2, 2, vec![70, 60, 20, 90], None)?;
/// let stats = solve(&problem, &SolveOptions::new([Level::TotalScore]))?.stats;
/// assert_eq!((stats.pairs_listed, stats.rounds), (4, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Pairs the solver worked on, out of all allowed ones.
    pub pairs_listed: usize,
    /// Rounds of solving and testing the pairs left out.
    pub rounds: usize,
    /// Arcs looked at by searches: the unit of [`Hooks::work_limit`](super::Hooks::work_limit).
    pub work: u64,
}

impl Solution {
    /// How far the first level that is not proved optimal may lie below its bound; `None` when
    /// everything is proved optimal.
    #[must_use]
    pub fn gap(&self) -> Option<i128> {
        match self.certificate.claim() {
            Claim::Optimal => None,
            Claim::Bounded { level, bound } => Some(bound - self.value[level]),
        }
    }
}

/// Candidate pairs a mentee to start with: enough that most instances with places to spare close
/// in two rounds, few enough that searches stay short.
const LIST_LENGTH: usize = 24;

/// Below this many pairs, lists cost more than they save.
const SMALL: usize = 1 << 14;

/// What a model of [`ARC_LIMIT`] arcs takes: a larger one is refused under any budget.
const MOST_BYTES: u64 = ARC_LIMIT * FlowModel::BYTES_AN_ARC;

/// Prices may drift by one proof's bound a round; starting again before 2⁵ rounds keeps sums small.
const WARM_ROUNDS: usize = 16;

/// Solves a problem, exactly, and checks the proof.
///
/// An unmatched mentee, an idle mentor or a minimum that cannot be met is part of the answer, never
/// an error. The call blocks; parallel passes run in the caller's rayon pool.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// // One mentor with two places; the third mentee stays unmatched.
/// let problem = Problem::dense(3, 1, vec![50, 90, 70], None)?.with_capacities(vec![2])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::Participation, Level::TotalScore]))?;
/// assert_eq!(solution.value, [2, 160]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Bad options; a method that cannot express the problem; cancellation; too little memory.
///
/// # Complexity
/// One pass over the pairs, then for problems without minimums, groups and demands above 1 an auction
/// and a short search for the few it leaves over; else one shortest path over the listed pairs a
/// mentee (or place, where they are scarce) and level, and one more pass over the pairs a round.
pub fn solve(problem: &Problem<'_>, options: &SolveOptions) -> Result<Solution, SolveError> {
    let solved = solve_as_promised(problem, options);
    match problem.refused() {
        Some(mentee) if !matches!(solved, Err(SolveError::Cancelled)) => {
            Err(SolveError::RowOutOfRange { mentee })
        }
        _ => solved,
    }
}

/// Solves a problem whose rows are as they were promised; others lose their pairs.
fn solve_as_promised(
    problem: &Problem<'_>,
    options: &SolveOptions,
) -> Result<Solution, SolveError> {
    let levels = levels(problem, options)?;
    let is_listed = options.method == Method::Auto && options.candidate_lists;
    if is_listed && plain::is_plain(problem, &levels) {
        let tuning = Tuning::default();
        check_budget(options, Market::bytes(problem, tuning))?;
        return solve_plain(problem, levels, options, tuning);
    }
    let length = list_length(problem, options);
    check_memory(problem, options, levels.len(), length)?;
    let mut run = Run::new(problem, levels, options, Control::new(&options.hooks));
    match options.method {
        Method::KuhnMunkres => run.by_kuhn_munkres()?,
        Method::MinCostFlow | Method::Auto => run.by_flow(length)?,
    }
    run.finish()
}

/// Solves a plain problem on the market, and breaks ties on the network.
fn solve_plain(
    problem: &Problem<'_>,
    levels: Vec<Level>,
    options: &SolveOptions,
    tuning: Tuning,
) -> Result<Solution, SolveError> {
    let mut control = Control::new(&options.hooks);
    control.begin_level(0, levels.len());
    let (market, ended) = Market::solve(problem, tuning, &mut control);
    control.begin_level(1, levels.len());
    let stopped = match ended {
        Err(Stop::Cancelled) => return Err(SolveError::Cancelled),
        Err(Stop::Limit) => true,
        Ok(()) => false,
    };
    let scored: Vec<_> = levels
        .iter()
        .filter(|level| !is_tie_break(level))
        .cloned()
        .collect();
    let assignment = market.assignment();
    let (stopped, prices) = if stopped {
        let (level, prices) = plain::bounds(problem, &levels, &market, &assignment);
        (Some(level), prices)
    } else {
        match plain::proof(problem, &scored, &market, &assignment) {
            Some(prices) if scored.len() == levels.len() => (None, prices),
            proof => {
                let mut run = Run::new(problem, levels, options, control);
                run.beside = Market::bytes(problem, tuning);
                run.by_market(&market, proof.as_deref())?;
                return run.finish();
            }
        }
    };
    let answer = Answer {
        assignment,
        prices,
        stats: Stats {
            pairs_listed: market.listed(),
            rounds: 1,
            work: control.work(),
        },
        levels,
        stopped,
    };
    answer.certify(problem, &control)
}

fn list_length(problem: &Problem<'_>, options: &SolveOptions) -> usize {
    let is_listed = options.method == Method::Auto && options.candidate_lists;
    if is_listed && problem.pairs() > SMALL {
        LIST_LENGTH
    } else {
        usize::MAX
    }
}

/// Refuses what is sure to need too much, before anything is allocated.
fn check_memory(
    problem: &Problem<'_>,
    options: &SolveOptions,
    levels: usize,
    length: usize,
) -> Result<(), SolveError> {
    let rows = problem.mentees() as u64;
    let listed = rows
        .saturating_mul(length as u64)
        .min(problem.pairs() as u64);
    let matrix = match options.method {
        Method::KuhnMunkres => kuhn_munkres::bytes(problem),
        _ => 0,
    };
    let model = FlowModel::bytes(problem, levels, listed);
    check_budget(options, matrix.saturating_add(model))
}

fn check_budget(options: &SolveOptions, needed: u64) -> Result<(), SolveError> {
    let budget = options.memory_limit.unwrap_or(u64::MAX).min(MOST_BYTES);
    if needed > budget {
        Err(SolveError::TooLarge { needed, budget })
    } else {
        Ok(())
    }
}

fn levels(problem: &Problem<'_>, options: &SolveOptions) -> Result<Vec<Level>, SolveError> {
    if options.levels.is_empty() {
        return Err(SolveError::NoObjective);
    }
    let mut levels = with_minimums(problem, &options.levels);
    match &options.tie_break {
        TieBreak::Fast => {}
        TieBreak::Canonical => levels.push(Level::TieBreak(PairHash::by_position(problem))),
        TieBreak::CanonicalBy(hash) => levels.push(Level::TieBreak(hash.clone())),
    }
    let (found, limit) = (levels.len(), usize::from(OPEN));
    if found > limit {
        return Err(SolveError::TooManyLevels { found, limit });
    }
    for (level, values) in levels.iter().enumerate() {
        values
            .check(problem)
            .map_err(|problem| SolveError::Level { level, problem })?;
    }
    Ok(levels)
}

/// A solve under way.
struct Run<'a> {
    problem: &'a Problem<'a>,
    options: &'a SolveOptions,
    control: Control<'a>,
    model: FlowModel<'a>,
    /// The first level that is not solved, if the search was stopped.
    stopped: Option<usize>,
    /// What is given if the first level is not solved.
    best_so_far: Option<Assignment>,
    /// Bytes taken by what is there beside the model.
    beside: u64,
    /// Pairs of an assignment found before the run.
    known: Vec<Pair>,
    rounds: usize,
    /// Whether the last level is a tie-break that the options asked for.
    breaks_ties: bool,
    /// Salts tried so far.
    salts: usize,
}

impl<'a> Run<'a> {
    fn new(
        problem: &'a Problem<'a>,
        levels: Vec<Level>,
        options: &'a SolveOptions,
        control: Control<'a>,
    ) -> Self {
        let model = FlowModel::new(problem, levels, &control);
        Self {
            problem,
            options,
            control,
            model,
            stopped: None,
            best_so_far: None,
            beside: 0,
            known: Vec::new(),
            rounds: 0,
            breaks_ties: options.tie_break != TieBreak::Fast,
            salts: 1,
        }
    }

    /// Solve on the listed pairs; add those left out that could gain; again, until none could.
    fn by_flow(&mut self, length: usize) -> Result<(), SolveError> {
        let (mut lists, mut pairs) = CandidateLists::best(self.problem, length, &self.control);
        if length < usize::MAX && self.model.starts_from_places() {
            pairs.extend(lists.add_best_of_mentors(self.problem, length, &self.control));
        }
        self.check_cancelled()?;
        self.model.add_pairs(pairs, &self.control);
        self.solve_levels(0, 0)?;
        self.close(&mut lists, length)
    }

    /// Take pairs and prices from the market as far as they go; solve the other levels.
    fn by_market(
        &mut self,
        market: &Market<'_>,
        proof: Option<&[Prices]>,
    ) -> Result<(), SolveError> {
        let pairs = market.pairs(&self.control);
        self.check_cancelled()?;
        self.check_model(pairs.len())?;
        let mut lists = CandidateLists::of(self.problem.mentees(), &pairs, &self.control);
        self.model.add_pairs(pairs, &self.control);
        self.known = market.held();
        let from = proof.map_or(0, |prices| {
            self.model
                .adopt_proved(&market.assignment(), prices, &self.control);
            prices.len()
        });
        self.solve_levels(from, 0)?;
        self.close(&mut lists, LIST_LENGTH)
    }

    /// Test the pairs left out; add those that could gain; solve again, until none could.
    fn close(&mut self, lists: &mut CandidateLists, length: usize) -> Result<(), SolveError> {
        loop {
            let missing = self.add_missing(lists, length)?;
            let Some(level) = missing else {
                if self.break_tie()? {
                    continue;
                } else {
                    return Ok(());
                }
            };
            if self.stopped.is_some() {
                self.stopped = self.stopped.map(|stopped| stopped.min(level));
                return Ok(());
            }
            let last = self.model.levels.len() - 1;
            if self.rounds.is_multiple_of(WARM_ROUNDS) {
                self.solve_levels(0, 0)?;
            } else {
                self.solve_levels(level.min(last), last + 1)?;
            }
        }
    }

    /// Take the pairs from the Hungarian method; find prices for them; break ties.
    fn by_kuhn_munkres(&mut self) -> Result<(), SolveError> {
        let solved = self
            .model
            .levels
            .iter()
            .filter(|level| !is_tie_break(level))
            .count();
        let assignment =
            kuhn_munkres::assign(self.problem, &self.model.levels[..solved], &self.control)?;
        let (_, pairs) = CandidateLists::best(self.problem, usize::MAX, &self.control);
        self.model.add_pairs(pairs, &self.control);
        self.rounds = 1;
        let adopted = self.model.adopt(&assignment, solved, &self.control);
        self.check_cancelled()?;
        if !adopted {
            return Err(SolveError::CheckFailed(super::Violation::Bound));
        }
        if solved < self.model.levels.len() {
            self.solve_levels(solved, 0)?;
            while self.break_tie()? {}
        }
        Ok(())
    }

    /// Solves the levels from `from` on, those below `warm` by mending what is there.
    fn solve_levels(&mut self, from: usize, warm: usize) -> Result<(), SolveError> {
        self.rounds += 1;
        match self.model.solve(from, warm, &mut self.control) {
            Ok(()) => Ok(()),
            Err((_, Stop::Cancelled)) => Err(SolveError::Cancelled),
            Err((level, Stop::Limit)) => {
                self.stopped = Some(level);
                if level == 0 {
                    self.make_do()?;
                }
                Ok(())
            }
        }
    }

    /// Makes an assignment of what is known when not even the first level is solved: of the pairs on
    /// their way, of those that were chosen before, or from scratch, whichever is best.
    fn make_do(&mut self) -> Result<(), SolveError> {
        let (_, listed) = CandidateLists::best(self.problem, LIST_LENGTH, &self.control);
        let rows = Rows::new(listed, &self.control);
        let half_way = std::mem::take(&mut self.model.half_way);
        let starts = [
            half_way,
            self.model.chosen(),
            std::mem::take(&mut self.known),
        ];
        let starts = starts.into_iter().filter(|start| !start.is_empty());
        let tries = starts.chain([Vec::new()]).map(|start| {
            let mut greedy = Greedy::new(self.problem, &self.model.levels);
            greedy.offer_all(&start, &self.control);
            greedy.offer_rows(&rows, &self.control);
            greedy
        });
        let best = tries.reduce(Greedy::better).map(|best| best.assignment());
        self.best_so_far = best;
        self.check_cancelled()
    }

    /// Lists pairs that could gain; the first level at which one could.
    fn add_missing(
        &mut self,
        lists: &mut CandidateLists,
        length: usize,
    ) -> Result<Option<usize>, SolveError> {
        if length == usize::MAX {
            return Ok(None);
        }
        let levels = &self.model.levels[..self.stopped.unwrap_or(self.model.levels.len())];
        let prices = self.model.prices();
        let ties = levels.last().is_some_and(is_tie_break);
        let test = PricingTest {
            problem: self.problem,
            levels,
            prices: &prices,
            control: &self.control,
            ties,
        };
        let missing = lists.missing(&test, length << self.rounds.min(10));
        self.check_cancelled()?;
        let Some(missing) = missing else {
            return Ok(None);
        };
        self.check_model(missing.pairs.len())?;
        self.model.add_pairs(missing.pairs, &self.control);
        Ok(Some(missing.level))
    }

    fn check_cancelled(&self) -> Result<(), SolveError> {
        if self.control.is_cancelled() {
            Err(SolveError::Cancelled)
        } else {
            Ok(())
        }
    }

    /// Refuses more pairs than there is memory for.
    fn check_model(&self, added: usize) -> Result<(), SolveError> {
        let pairs = (self.model.pairs() + added) as u64;
        let levels = self.model.levels.len();
        let model = FlowModel::bytes(self.problem, levels, pairs);
        check_budget(self.options, model.saturating_add(self.beside))
    }

    /// Tries the next salt if the tie-break has left a tie among all pairs; whether it did.
    fn break_tie(&mut self) -> Result<bool, SolveError> {
        let last = self.model.levels.len() - 1;
        let (Level::TieBreak(hash), true) = (&self.model.levels[last], self.breaks_ties) else {
            return Ok(false);
        };
        if self.stopped.is_some() || self.salts == SALTS || self.model.is_unique(&self.control) {
            return self.check_cancelled().map(|()| false);
        }
        self.check_cancelled()?;
        self.salts += 1;
        self.model.levels[last] = Level::TieBreak(hash.resalted());
        self.solve_levels(last, 0)?;
        Ok(true)
    }

    fn finish(self) -> Result<Solution, SolveError> {
        let stats = Stats {
            pairs_listed: self.model.pairs(),
            rounds: self.rounds,
            work: self.control.work(),
        };
        let answer = Answer {
            assignment: match self.best_so_far {
                Some(assignment) if self.stopped == Some(0) => assignment,
                _ => self.model.assignment(),
            },
            prices: self.model.prices(),
            levels: self.model.levels,
            stopped: self.stopped,
            stats,
        };
        answer.certify(self.problem, &self.control)
    }
}

/// What a way of solving found, before anybody has checked it.
struct Answer {
    assignment: Assignment,
    levels: Vec<Level>,
    prices: Vec<Prices>,
    /// The first level that is not solved, if the search was stopped.
    stopped: Option<usize>,
    stats: Stats,
}

impl Answer {
    /// States the claim, proves it, has it checked.
    fn certify(self, problem: &Problem<'_>, control: &Control<'_>) -> Result<Solution, SolveError> {
        control.report(Progress::new(Stage::Verifying, 0, 1));
        let is_cancelled = || control.is_cancelled();
        let certificate = match self.stopped {
            None => Certificate {
                levels: self.levels,
                prices: self.prices,
                claim: Claim::Optimal,
            },
            Some(level) => {
                Certificate::bounded(problem, self.levels, self.prices, level, &is_cancelled)
            }
        };
        let checked = certificate.check_unless(problem, &self.assignment, &is_cancelled);
        if is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        let value = checked?;
        control.report(Progress::new(Stage::Verifying, 1, 1));
        Ok(Solution {
            assignment: self.assignment,
            value,
            certificate,
            stats: self.stats,
        })
    }
}

fn is_tie_break(level: &Level) -> bool {
    matches!(level, Level::TieBreak(_))
}

#[cfg(test)]
mod tests;
