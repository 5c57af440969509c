//! A matching that follows its programme.
//!
//! # Idea
//! A plan keeps what a run made: people, scores, pairs and prices. An event changes a row or a column of
//! the scores, or a few bounds; the solver starts from the pairs and prices before, which are right but
//! for that, and the proof is checked over all pairs as after any run. So the result is the optimum of
//! today, the same that a run from nothing would find.
//!
//! # Complexity
//! One pass over the pairs and a short search for each person whom a change concerns; a mentor who joins
//! or leaves also has every row copied. Programmes with minimums, quotas, distinct mentors or objectives beside
//! participation and the total score take a few passes, and a search through the pairs that matter.

use std::fmt;
use std::sync::Arc;

use super::apply;
use super::event::{Event, PlanError};
use crate::candidates::{Candidates, SharedRows};
use crate::engine::Engine;
use crate::engine::asked::Asked;
use crate::engine::decisions;
use crate::engine::error::RunError;
use crate::engine::levels::{self, Ground};
use crate::engine::options::{RunOptions, TieBreaking};
use crate::engine::outcome::{Outcome, Stages};
use crate::engine::previous::Previous;
use crate::engine::storage::tie_break;
use crate::engine::timings::Stopwatch;
use crate::engine::worst;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::{Cohort, DecidedPair, Decisions};
use crate::programme::Programme;
use crate::report::ObjectiveValue;
use crate::score::Score;
use crate::scoring::{Decided, PairIdx, Quotas, Scorer};
use crate::solver::{
    Access, Assignment, Certificate, Floor, Hooks, Problem, Solution, SolveError, SolveOptions,
    Start, Violation,
};

/// The matching of a programme that goes on: what it is now, and what it would be after events.
///
/// Made from a run's [outcome](Outcome::plan). [`apply`](Self::apply) gives another plan and leaves this
/// one as it is: a proposal, which the host keeps or forgets. Cheap to clone, and to be shared between
/// threads; plans share the scores that are the same.
///
/// Each plan is optimal by the programme's objectives and proved so, and with
/// [`TieBreaking::Canonical`] its pairs are those of a run from nothing. With [`TieBreaking::Fast`]
/// people mostly keep what they have unless that would cost something. A programme with
/// [`Objective::KeepPairs`](crate::Objective::KeepPairs) keeps the pairs of the plan before.
///
/// ```
/// use mentormatch::{Cohort, Engine, Event, Profile, Programme, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let eve = Profile::new("eve").offer("go", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 4).need("go", 2).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let plan = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?.plan()?;
/// assert_eq!(plan.pairs()[0].mentor.as_str(), "ana");
///
/// // Chen joins, who needs ana more.
/// let chen = Profile::new("chen").need("rust", 4).mentee();
/// let next = plan.apply(Event::mentee_joins(chen))?;
/// let changes = next.changes_since(&plan);
/// let moves: Vec<_> = changes.chains[0].iter().map(|one| one.mentee.as_str()).collect();
/// assert_eq!(moves, ["chen", "boris"]);
/// assert_eq!(plan.pairs().len(), 1, "the plan before is as it was");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Plan(pub(super) Arc<State>);

/// What a plan keeps.
#[derive(Clone)]
pub(super) struct State {
    pub(super) programme: Programme,
    pub(super) cohort: Cohort,
    pub(super) tie_breaking: TieBreaking,
    pub(super) decisions: Arc<Decisions>,
    /// The same by position.
    pub(super) decided: Decided,
    /// Pairs of the plan before whose people are still there.
    pub(super) previous: Vec<PairIdx>,
    pub(super) quotas: Quotas,
    pub(super) rows: SharedRows,
    pub(super) solution: Solution,
    /// If the lowest score is an objective.
    pub(super) floor: Option<Floor>,
    pub(super) released: Vec<DecidedPair>,
}

/// A pair of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// Their match score.
    pub score: Score,
    /// Whether the pair is locked.
    pub locked: bool,
}

impl Outcome {
    /// A plan that starts from this matching.
    ///
    /// # Errors
    /// [`PlanError::Stable`] where the programme wants a stable matching; a criterion of the host's own
    /// that gives something that is no score when it is asked again.
    ///
    /// # Complexity
    /// A copy of all scores, which are computed first where the run had them
    /// [on demand](crate::Statistics::on_demand).
    pub fn plan(&self) -> Result<Plan, PlanError> {
        let stages = self.stages();
        let (programme, cohort) = (&stages.programme, &stages.cohort);
        if programme.stable().is_some() {
            return Err(PlanError::Stable);
        }
        let start = Start::of(&stages.solution);
        let rows: Result<_, RunError> = stages.candidates.shared_rows(cohort, &start, &|| true);
        let rows = rows?;
        let decisions = Decisions {
            only_mentees: None, // the others are paused in this cohort
            only_mentors: None,
            ..stages.decisions.clone()
        };
        Ok(Plan(Arc::new(State {
            decided: decisions::decided(cohort, &decisions),
            decisions: Arc::new(decisions),
            quotas: Quotas::new(programme, cohort).map_err(RunError::from)?,
            rows: rows.ok_or(RunError::Solve(SolveError::Cancelled))?,
            programme: programme.clone(),
            cohort: cohort.clone(),
            tie_breaking: stages.tie_breaking,
            previous: stages.previous.pairs.clone(),
            solution: stages.solution.clone(),
            floor: stages.floor.clone(),
            released: Vec::new(),
        })))
    }
}

impl Engine {
    /// Matches a cohort and plans on from there: [`run_with`](Self::run_with) and [`Outcome::plan`].
    ///
    /// # Errors
    /// As those two.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Profile, Programme, RunOptions, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let cohort = Cohort::new([ana], [boris])?;
    /// let plan = Engine::new(programme).plan(&cohort, &RunOptions::default())?;
    /// assert_eq!(plan.pairs().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, cohort: &Cohort, options: &RunOptions) -> Result<Plan, PlanError> {
        self.run_with(cohort, options)?.plan()
    }
}

impl Plan {
    /// The plan after one event.
    ///
    /// # Errors
    /// See [`apply_with`](Self::apply_with).
    pub fn apply(&self, event: Event) -> Result<Self, PlanError> {
        self.apply_all([event])
    }

    /// The plan after several events, in their order, solved once: a programme's week at a time.
    ///
    /// # Errors
    /// See [`apply_with`](Self::apply_with).
    pub fn apply_all(&self, events: impl IntoIterator<Item = Event>) -> Result<Self, PlanError> {
        self.apply_with(events, &Hooks::default())
    }

    /// The same under a cancel token, a limit or a listener, as for a run.
    ///
    /// # Errors
    /// An event about somebody who is not there; answers that do not fit together; a locked pair against
    /// which a rule, a capacity or a quota stands now, with all that stands against it; a criterion of
    /// the host's own that gives something that is no score; cancellation. This plan is as it was.
    pub fn apply_with(
        &self,
        events: impl IntoIterator<Item = Event>,
        hooks: &Hooks,
    ) -> Result<Self, PlanError> {
        let next = apply::apply(&self.0, events, hooks)?;
        Ok(Self(Arc::new(next)))
    }

    /// The pairs, ordered by mentee and then by mentor.
    #[must_use]
    pub fn pairs(&self) -> Vec<PlannedPair> {
        self.0.planned(&self.0.solution.assignment)
    }

    /// What the matching is worth by each of the programme's objectives, first things first.
    #[must_use]
    pub fn objectives(&self) -> Vec<ObjectiveValue> {
        self.0.objectives()
    }

    /// The people, as the events have left them.
    #[must_use]
    pub fn cohort(&self) -> &Cohort {
        &self.0.cohort
    }

    /// The programme.
    #[must_use]
    pub fn programme(&self) -> &Programme {
        &self.0.programme
    }

    /// What is decided about pairs, as the events have left it.
    #[must_use]
    pub fn decisions(&self) -> &Decisions {
        &self.0.decisions
    }

    /// Locks that the last events ended, as one of the two people left.
    #[must_use]
    pub fn released(&self) -> &[DecidedPair] {
        &self.0.released
    }

    /// The proof. It has been checked.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.solution.certificate
    }

    /// Checks the proof once more. One pass over the pairs.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub fn verify(&self) -> Result<(), Violation> {
        let state = &*self.0;
        let problem = state.problem().map_err(|_| Violation::Shape)?;
        state.check(&problem)
    }

    /// The options under which a run of [`cohort`](Self::cohort) from nothing comes to the same
    /// objectives, and with canonical ties to the same pairs.
    #[must_use]
    pub fn options(&self) -> RunOptions {
        let state = &*self.0;
        let named =
            |&(mentee, mentor): &PairIdx| (state.mentee_id(mentee), state.mentor_id(mentor));
        RunOptions::default()
            .seed(state.cohort.seed())
            .tie_breaking(state.tie_breaking)
            .previous(state.previous.iter().map(named))
            .decisions(Decisions::clone(&state.decisions))
    }

    /// The outcome with all its reasons and warnings, as of a run from nothing, without solving again.
    ///
    /// # Errors
    /// A criterion of the host's own that gives something else than it gave the plan.
    ///
    /// # Complexity
    /// Scores every pair, as a run does: nothing of what a report needs is kept between events.
    pub fn outcome(&self) -> Result<Outcome, RunError> {
        let state = &*self.0;
        let scorer = Scorer::deciding(&state.programme, &state.cohort, state.decided.clone())?;
        let collected = Candidates::collect(scorer, &state.cohort, Access::InMemory, &|| true)?;
        let candidates = collected.ok_or(SolveError::Cancelled)?;
        candidates.ask(&state.cohort, &|| true, |problem| {
            let checked = state.check(problem);
            checked.map_err(|violation| RunError::from(SolveError::CheckFailed(violation)))
        })?;
        let stages = Stages {
            asked: Asked::new(&state.cohort, &self.options()),
            programme: state.programme.clone(),
            cohort: state.cohort.clone(),
            previous: Previous {
                pairs: state.previous.clone(),
                unknown: Vec::new(),
            },
            tie_breaking: state.tie_breaking,
            decisions: Decisions::clone(&state.decisions),
            candidates,
            solution: state.solution.clone(),
            floor: state.floor.clone(),
        };
        Ok(Outcome::new(stages, Stopwatch::new(None), &|| true)?)
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = &*self.0;
        f.debug_struct("Plan")
            .field("cohort", &state.cohort)
            .field("pairs", &state.solution.assignment.len())
            .finish_non_exhaustive()
    }
}

impl State {
    pub(super) fn mentee_id(&self, mentee: MenteeIdx) -> ParticipantId {
        self.cohort.mentees()[mentee].profile.id.clone()
    }

    pub(super) fn mentor_id(&self, mentor: MentorIdx) -> ParticipantId {
        self.cohort.mentors()[mentor].profile.id.clone()
    }

    /// What an assignment's pairs are called, in the order of ids.
    pub(super) fn planned(&self, assignment: &Assignment) -> Vec<PlannedPair> {
        let planned = assignment.pairs().map(|pair| PlannedPair {
            mentee: self.mentee_id(pair.0),
            mentor: self.mentor_id(pair.1),
            score: self.rows.score(pair).unwrap_or_default(),
            locked: self.decided.locks.contains(&pair),
        });
        let mut planned: Vec<_> = planned.collect();
        planned.sort_unstable_by(|a, b| (&a.mentee, &a.mentor).cmp(&(&b.mentee, &b.mentor)));
        planned
    }

    pub(super) fn objectives(&self) -> Vec<ObjectiveValue> {
        self.values_of(&self.solution)
    }

    /// What a solution is worth by the objectives.
    pub(super) fn values_of(&self, solution: &Solution) -> Vec<ObjectiveValue> {
        let before = levels::before(solution, self.has_locks());
        let found = (solution, self.floor.as_ref(), before);
        levels::values_of(self.ground(), self.programme.objectives(), found)
    }

    pub(super) fn has_locks(&self) -> bool {
        !self.decided.locks.is_empty()
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            cohort: &self.cohort,
            quotas: &self.quotas,
            locks: &self.decided.locks,
            previous: &self.previous,
        }
    }

    /// Checks the proof.
    fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        let objectives = self.programme.objectives();
        let at = worst::floor_level(&self.solution, (&self.cohort, objectives), self.has_locks());
        worst::check(problem, &self.solution, at.zip(self.floor.as_ref()))
    }

    pub(super) fn problem(&self) -> Result<Problem<'_>, RunError> {
        Ok(self.rows.problem(&self.cohort, &self.quotas)?)
    }
}

impl State {
    /// The optimum of this state, found from an earlier one.
    pub(super) fn solve(&mut self, start: &Start, hooks: &Hooks) -> Result<(), RunError> {
        let objectives = self.programme.objectives();
        let options = SolveOptions::new(self.ground().levels(objectives)?)
            .tie_break(tie_break(self.tie_breaking, &self.cohort))
            .hooks(hooks.clone());
        let people = (&self.cohort, objectives);
        let solved = worst::solve(&self.problem()?, people, &options, Some(start))?;
        (self.solution, self.floor) = (solved.solution, solved.floor);
        Ok(())
    }
}
