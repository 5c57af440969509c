//! A solve on the network: rounds of solving on listed pairs and testing those left out.

mod earlier;
mod resume;

use std::cmp::Reverse;

use super::accelerators::Accelerator;
use super::answer::Answer;
use super::assignment::Assignment;
use super::blend::Blend;
use super::candidate_lists::{CandidateLists, Pair, PricingTest};
use super::certificate::Prices;
use super::control::{Control, Stop};
use super::error::SolveError;
use super::flow_model::FlowModel;
use super::forced;
use super::greedy::{self, Greedy};
use super::kuhn_munkres;
use super::level::{Level, Owner};
use super::market::Market;
use super::network::ARC_LIMIT;
use super::options::SolveOptions;
use super::problem::Problem;
use super::solution::{Solution, Stats};
use super::start::Start;
use super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};

/// Candidate pairs a mentee to start with: enough that most instances with places to spare close
/// in two rounds, few enough that searches stay short.
pub(super) const LIST_LENGTH: usize = 24;

/// What a model of [`ARC_LIMIT`] arcs takes: a larger one is refused under any budget.
const MOST_BYTES: u64 = ARC_LIMIT * FlowModel::BYTES_AN_ARC;

/// A solve under way.
pub(super) struct Run<'a> {
    problem: &'a Problem<'a>,
    options: &'a SolveOptions,
    control: Control<'a>,
    model: FlowModel<'a>,
    /// The first level that is not solved, if the search was stopped.
    stopped: Option<usize>,
    /// What is given if the first level is not solved.
    best_so_far: Option<Assignment>,
    /// Bytes taken by what is there beside the model.
    pub(super) beside: u64,
    /// Pairs of an assignment found before the run.
    known: Vec<Pair>,
    rounds: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        problem: &'a Problem<'a>,
        levels: Vec<Level>,
        options: &'a SolveOptions,
        control: Control<'a>,
    ) -> Result<Self, SolveError> {
        let model = FlowModel::new(problem, levels, &control).ok_or(SolveError::Cancelled)?;
        Ok(Self {
            problem,
            options,
            control,
            model,
            stopped: None,
            best_so_far: None,
            beside: 0,
            known: Vec::new(),
            rounds: 0,
        })
    }

    /// Solve on the listed pairs; add those left out that could gain; again, until none could.
    pub(super) fn by_flow(&mut self, length: usize) -> Result<(), SolveError> {
        let (mut lists, mut pairs) = CandidateLists::best(self.problem, length, &self.control);
        if length < usize::MAX && are_places_scarce(self.problem) {
            pairs.extend(lists.add_best_of_mentors(self.problem, length, &self.control));
        }
        if length < usize::MAX {
            pairs.extend(lists.add_listed(self.problem, &self.model.levels, &self.control));
        }
        self.control.go_on()?;
        self.model.add_pairs(pairs, &self.control);
        self.solve_levels(0)?;
        self.close(&mut lists, length)
    }

    /// Start from the pairs that the market looked at, with those that it chose as far as they are legal
    /// here, and its prices. Its scores were this blend.
    pub(super) fn by_market(
        &mut self,
        market: &Market<'_>,
        blend: &Blend,
    ) -> Result<(), SolveError> {
        let levels = &self.model.levels;
        let pairs = blend.scores_of(levels, market.pairs(&self.control));
        self.control.go_on()?;
        self.check_model(pairs.len())?;
        let mut lists = CandidateLists::of(self.problem.mentees(), &pairs, &self.control);
        let mut more = lists.add_listed(self.problem, &self.model.levels, &self.control);
        more.extend(lists.fill_short(self.problem, LIST_LENGTH, &self.control));
        self.control.go_on()?;
        self.check_model(pairs.len() + more.len())?;
        self.model.add_pairs(pairs, &self.control);
        self.model.add_pairs(more, &self.control);
        self.control.go_on()?;
        let mut held = market.held();
        held.sort_by_key(|&(_, _, score)| Reverse(score));
        self.known = blend.scores_of(&self.model.levels, held);
        let mut legal = Greedy::new(self.problem, &self.model.levels);
        legal.offer_all(&self.known, &self.control);
        self.control.go_on()?;
        let start = (blend, &market.prices());
        self.model
            .start_from(&legal.assignment(), start, &self.control);
        self.control.go_on()?;
        self.solve_levels(0)?;
        self.close(&mut lists, LIST_LENGTH)
    }

    /// Test the pairs left out; add those that could gain; solve again, until none could.
    fn close(&mut self, lists: &mut CandidateLists, length: usize) -> Result<(), SolveError> {
        loop {
            let Some((level, again)) = self.add_missing(lists, length)? else {
                return Ok(());
            };
            if self.stopped.is_some() {
                self.stopped = self.stopped.map(|stopped| stopped.min(level));
                return Ok(());
            }
            self.solve_levels(again.min(self.model.levels.len() - 1))?;
        }
    }

    /// Take the pairs from the Hungarian method, and find prices that prove them.
    pub(super) fn by_kuhn_munkres(&mut self) -> Result<(), SolveError> {
        let levels = self.model.levels.clone();
        let assignment = kuhn_munkres::assign(self.problem, &levels, &self.control)?;
        let (_, pairs) = CandidateLists::best(self.problem, usize::MAX, &self.control);
        let is_chosen = |&(i, j, _): &Pair| {
            assignment.has(MenteeIdx::new(position(i)), MentorIdx::new(position(j)))
        };
        self.known = pairs.iter().copied().filter(is_chosen).collect();
        self.model.add_pairs(pairs, &self.control);
        let blend = Blend::of_total_score(&self.model.levels);
        let start = (&blend, &Prices::none(self.problem));
        self.model.start_from(&assignment, start, &self.control);
        self.solve_levels(0)?;
        let value = |assignment: &Assignment| assignment.value(self.problem, &levels);
        if self.stopped.is_none() && value(&assignment) != value(&self.model.assignment()) {
            return Err(SolveError::CheckFailed(super::Violation::Bound));
        }
        Ok(())
    }

    /// Solves the levels from `from` on.
    fn solve_levels(&mut self, from: usize) -> Result<(), SolveError> {
        self.rounds += 1;
        match self.model.solve(from, &mut self.control) {
            Ok(()) => Ok(()),
            Err((_, Stop::Cancelled)) => Err(SolveError::Cancelled),
            Err((level, Stop::Limit)) => {
                self.stopped = Some(level);
                self.make_do()
            }
        }
    }

    /// When not all levels are solved, makes an assignment of what is known: the flow's, or one of its pairs, of
    /// those that were before, or from scratch, whichever is best. The flow is the best there is at levels that
    /// are solved, but may be poor at the next.
    fn make_do(&mut self) -> Result<(), SolveError> {
        let levels = &self.model.levels;
        let due = forced::first_listed(self.problem, levels);
        let starts = [self.model.chosen(), std::mem::take(&mut self.known)];
        let best = greedy::best(self.problem, levels, (&due, &starts), &self.control);
        let found = self.model.assignment();
        let value = found.value(self.problem, levels);
        let is_better = Some(best.value()) > value.as_deref();
        self.best_so_far = is_better.then(|| best.assignment());
        self.control.go_on()
    }

    /// Lists pairs that could gain; the first level at which one could, and the one from which to solve again.
    fn add_missing(
        &mut self,
        lists: &mut CandidateLists,
        length: usize,
    ) -> Result<Option<(usize, usize)>, SolveError> {
        if length == usize::MAX {
            return Ok(None);
        }
        let levels = &self.model.levels[..self.stopped.unwrap_or(self.model.levels.len())];
        let prices = self.model.prices();
        let taken = self.taken(self.model.chosen());
        let test = PricingTest {
            problem: self.problem,
            levels,
            prices: &prices,
            control: &self.control,
            taken: &taken,
            is_screened: self.options.uses(Accelerator::Screen),
        };
        let missing = lists.missing(&test, length << self.rounds.min(10));
        self.control.go_on()?;
        let Some(missing) = missing else {
            return Ok(None);
        };
        self.check_model(missing.pairs.len())?;
        self.model.add_pairs(missing.pairs, &self.control);
        Ok(Some((missing.level, missing.again)))
    }

    /// By mentee: those of these pairs that are hers, if kinds of mentors bind anybody.
    fn taken(&self, pairs: impl IntoIterator<Item = Pair>) -> Vec<Vec<Pair>> {
        if !self.problem.has_kinds() {
            return Vec::new();
        }
        let mut taken = vec![Vec::new(); self.problem.mentees()];
        for pair in pairs {
            taken[pair.0].push(pair);
        }
        taken
    }

    /// Refuses more pairs than there is memory for.
    fn check_model(&self, added: usize) -> Result<(), SolveError> {
        let pairs = (self.model.pairs() + added) as u64;
        let levels = self.model.levels.len();
        let model = FlowModel::bytes(self.problem, levels, pairs);
        check_budget(self.options, model.saturating_add(self.beside))
    }

    pub(super) fn finish(self) -> Result<Solution, SolveError> {
        let (problem, options) = (self.problem, self.options);
        let (answer, mut control) = self.answer();
        answer.certify(problem, options, &mut control)
    }

    /// What was found, before anybody has checked it.
    fn answer(self) -> (Answer, Control<'a>) {
        let stats = Stats {
            pairs_listed: self.model.pairs(),
            rounds: self.rounds,
            work: self.control.work(),
        };
        let mut answer = Answer {
            assignment: match self.best_so_far {
                Some(assignment) => assignment,
                None => self.model.assignment(),
            },
            prices: self.model.prices(),
            levels: self.model.levels,
            stopped: self.stopped,
            stats,
        };
        answer.settle_listed(self.problem);
        (answer, self.control)
    }
}

/// Whether there are fewer places than mentees want, so that mentors choose.
fn are_places_scarce(problem: &Problem<'_>) -> bool {
    let total = |owners: &mut dyn Iterator<Item = Owner>| -> u64 {
        owners.map(|owner| u64::from(owner.places(problem))).sum()
    };
    let wanted = total(&mut (0..problem.mentees()).map(Owner::Mentee));
    total(&mut (0..problem.mentors()).map(Owner::Mentor)) < wanted
}

/// Refuses what needs more memory than there may be.
pub(super) fn check_budget(options: &SolveOptions, needed: u64) -> Result<(), SolveError> {
    let budget = options.memory_limit.unwrap_or(u64::MAX).min(MOST_BYTES);
    if needed > budget {
        Err(SolveError::TooLarge { needed, budget })
    } else {
        Ok(())
    }
}
