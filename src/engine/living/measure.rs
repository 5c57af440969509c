//! What a measure would do: recruit, train, relax, extend.
//!
//! # Idea
//! A measure is something that happens to the people, as events do, or another programme. Either way
//! there is a plan with it, from the same start as the plan without; what differs between the two is what
//! the measure does. Measures do not touch one another, so they are tried in parallel.
//!
//! # Complexity
//! Events of people: as [`Plan::apply_all`]. Another rule, weight or floor: every pair is scored once.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use super::apply::{check_locks, without_idle_overrides};
use super::changes::PlanChanges;
use super::event::{Event, PlanError};
use super::plan::{Plan, State};
use super::rescore::Scoring;
use crate::engine::error::RunError;
use crate::parallel;
use crate::programme::{Programme, ProgrammeBuilder};
use crate::rules::{RuleKind, ScoreBelow};
use crate::score::{Score, Weight};
use crate::scoring::Quotas;
use crate::solver::{Hooks, Start};

/// Something that could be done.
///
/// ```
/// use mentormatch::{Event, Measure, Profile};
///
/// let recruit = Measure::named("recruit two mentors of rust")
///     .event(Event::mentor_joins(Profile::new("new 1").offer("rust", 4).mentor(2)))
///     .event(Event::mentor_joins(Profile::new("new 2").offer("rust", 4).mentor(2)));
/// let relax = Measure::named("allow the own department").without_rule("same_value:department");
/// assert_eq!((recruit.name(), relax.name()), ("recruit two mentors of rust", "allow the own department"));
/// ```
#[derive(Clone)]
pub struct Measure {
    name: String,
    events: Vec<Event>,
    changes: Vec<Change>,
}

/// A change of the programme.
#[derive(Clone)]
enum Change {
    WithoutRule(String),
    Weight(String, Weight),
    Floor(Score),
    Programme(Box<Programme>),
}

/// What a measure would do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MeasureEffect {
    /// The measure's name.
    pub name: String,
    /// The figures without it.
    pub before: PlanFigures,
    /// The figures with it.
    pub after: PlanFigures,
    /// Who would move, and what each objective would come to.
    pub changes: PlanChanges,
    /// The plan with the measure.
    pub plan: Plan,
}

/// The figures of a plan at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PlanFigures {
    /// Mentees who want a mentor; people who are paused or gone do not count.
    pub mentees: u64,
    /// Those of them who have one.
    pub matched_mentees: u64,
    /// Mentors who have places.
    pub mentors: u64,
    /// Those of them who have a mentee.
    pub matched_mentors: u64,
    /// Pairs.
    pub pairs: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
    /// The mean match score, rounded half up; `None` without pairs.
    pub mean_score: Option<Score>,
    /// The lowest match score of any pair.
    pub worst_score: Option<Score>,
}

impl Measure {
    /// Nothing yet, under a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        let (events, changes) = (Vec::new(), Vec::new());
        Self {
            name,
            events,
            changes,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same with something that happens: mentors who join, capacities that are cut or raised.
    #[must_use]
    pub fn event(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }

    /// The same without a rule, by the programme's name for it.
    #[must_use]
    pub fn without_rule(self, name: impl Into<String>) -> Self {
        self.change(Change::WithoutRule(name.into()))
    }

    /// The same with another weight for a criterion, by the programme's name for it.
    #[must_use]
    pub fn weight(self, criterion: impl Into<String>, weight: Weight) -> Self {
        self.change(Change::Weight(criterion.into(), weight))
    }

    /// The same with another floor under match scores: the rule `score_below` is put in its place, or added.
    #[must_use]
    pub fn floor(self, score: Score) -> Self {
        self.change(Change::Floor(score))
    }

    /// The same with another programme altogether.
    #[must_use]
    pub fn programme(self, programme: Programme) -> Self {
        self.change(Change::Programme(Box::new(programme)))
    }

    fn change(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    /// The programme with its changes.
    fn changed(&self, programme: &Programme) -> Result<Programme, PlanError> {
        let mut changes = self.changes.iter();
        changes.try_fold(programme.clone(), |programme, change| {
            change.make(&programme)
        })
    }
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Measure")
            .field("name", &self.name)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

impl Change {
    fn make(&self, programme: &Programme) -> Result<Programme, PlanError> {
        let unknown = |name: &String| PlanError::NoSuchPart { name: name.clone() };
        let builder = ProgrammeBuilder::from(programme);
        let changed = match self {
            Self::Programme(other) => return Ok(Programme::clone(other)),
            Self::WithoutRule(name) => {
                let mut rules = programme.rules().to_vec();
                rules.retain(|own| own.name != *name);
                if rules.len() == programme.rules().len() {
                    return Err(unknown(name));
                }
                builder.with_rules(rules)
            }
            Self::Weight(name, weight) => {
                let mut criteria = programme.criteria().to_vec();
                let own = criteria.iter_mut().find(|own| own.name == *name);
                own.ok_or_else(|| unknown(name))?.weight = *weight;
                builder.with_criteria(criteria)
            }
            Self::Floor(score) => {
                let mut rules = programme.rules().to_vec();
                rules.retain(|own| !matches!(own.forbid, RuleKind::ScoreBelow(_)));
                let floor = ScoreBelow { score: *score };
                builder.with_rules(rules).forbid(floor)
            }
        };
        Ok(changed.build().map_err(RunError::from)?)
    }
}

impl Plan {
    /// What each measure would do by itself, in the order of the list.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Event, Measure, Profile, Programme, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 4).mentee());
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let plan = Engine::new(programme).run(&Cohort::new([ana], mentees)?)?.plan()?;
    ///
    /// let eve = Profile::new("eve").offer("rust", 2).mentor(1);
    /// let measures = [
    ///     Measure::named("recruit eve").event(Event::mentor_joins(eve)),
    ///     Measure::named("ask ana for another place").event(Event::capacity("ana", 2)),
    /// ];
    /// let best = &plan.most_helpful(&measures)?[0];
    /// assert_eq!(best.name, "ask ana for another place");
    /// assert_eq!((best.before.matched_mentees, best.after.matched_mentees), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// As many plans as measures, in parallel. Each effect holds its plan: 4.3 bytes a pair where the
    /// programme changes, and next to nothing where few people do.
    ///
    /// # Errors
    /// The first measure, in the order of the list, that cannot be taken: events as for
    /// [`apply_with`](Self::apply_with), a rule or criterion that the programme does not have, a programme
    /// that wants a stable matching.
    pub fn effects(&self, measures: &[Measure]) -> Result<Vec<MeasureEffect>, PlanError> {
        let before = self.figures();
        let effect = |at: usize| {
            let plan = self.with(&measures[at])?;
            Ok(MeasureEffect {
                name: measures[at].name.clone(),
                before,
                after: plan.figures(),
                changes: plan.changes_since(self),
                plan,
            })
        };
        parallel::each(measures.len(), effect).into_iter().collect()
    }

    /// The same, what would help most first: by mentees with a mentor, then by the total score, which
    /// says little where a measure changes weights. Of equals, the one listed first.
    ///
    /// # Errors
    /// As [`effects`](Self::effects).
    pub fn most_helpful(&self, measures: &[Measure]) -> Result<Vec<MeasureEffect>, PlanError> {
        let mut effects = self.effects(measures)?;
        effects.sort_by_key(|own| Reverse((own.after.matched_mentees, own.after.score_ppm)));
        Ok(effects)
    }

    /// The figures at a glance. One step for each person and pair.
    #[must_use]
    pub fn figures(&self) -> PlanFigures {
        let state = &*self.0;
        let assignment = &state.solution.assignment;
        let (mentees, mentors) = (state.cohort.mentees(), state.cohort.mentors());
        let mut has_mentee = vec![false; mentors.len()];
        let mut matched = vec![false; mentees.len()];
        let mut scores = Vec::with_capacity(assignment.len());
        for (mentee, mentor) in assignment.pairs() {
            (has_mentee[mentor.index()], matched[mentee.index()]) = (true, true);
            scores.push(state.rows.score((mentee, mentor)).unwrap_or_default());
        }
        let count = |flags: &[bool]| flags.iter().filter(|&&flag| flag).count() as u64;
        let total: u64 = scores.iter().map(|score| u64::from(score.ppm())).sum();
        let pairs = scores.len() as u64;
        let mean = (total + pairs / 2).checked_div(pairs);
        let mean = mean.map(|mean| u32::try_from(mean).unwrap_or(u32::MAX));
        PlanFigures {
            mentees: (mentees.iter())
                .filter(|own| own.profile.status.is_active() && own.demand.max > 0)
                .count() as u64,
            matched_mentees: count(&matched),
            mentors: (mentors.iter())
                .filter(|own| own.profile.status.is_active() && own.capacity.max > 0)
                .count() as u64,
            matched_mentors: count(&has_mentee),
            pairs,
            score_ppm: total,
            mean_score: mean.map(Score::from_ppm_saturating),
            worst_score: scores.into_iter().min(),
        }
    }

    /// The plan with a measure: the programme first, then the events.
    fn with(&self, measure: &Measure) -> Result<Self, PlanError> {
        let changed = if measure.changes.is_empty() {
            self.clone()
        } else {
            let programme = measure.changed(self.programme())?;
            self.under(&programme)?
        };
        if measure.events.is_empty() {
            return Ok(changed);
        }
        changed.apply_all(measure.events.iter().cloned())
    }

    /// The plan of the same people under another programme: every pair is scored again, and the search
    /// starts from the pairs and prices that there are. Overrides of rules that are gone are, too.
    ///
    /// # Errors
    /// A programme that does not fit the people's answers, or wants a stable matching; locked pairs that
    /// its rules forbid.
    pub fn under(&self, programme: &Programme) -> Result<Self, PlanError> {
        if programme.stable().is_some() {
            return Err(PlanError::Stable);
        }
        let state = &*self.0;
        let scoring = Scoring {
            programme,
            cohort: &state.cohort,
            decided: &state.decided,
            goes_on: &|| true,
        };
        let start = Start::of(&state.solution);
        let rows = scoring.all(&start)?;
        let quotas = Quotas::new(programme, &state.cohort).map_err(RunError::from)?;
        check_locks(scoring, &quotas, &rows)?;
        let mut next = State {
            programme: programme.clone(),
            cohort: state.cohort.clone(),
            tie_breaking: state.tie_breaking,
            decisions: without_idle_overrides(scoring, &state.decisions)?,
            decided: state.decided.clone(),
            previous: state.solution.assignment.pairs().collect(),
            solution: state.solution.clone(),
            floor: None,
            released: Vec::new(),
            quotas,
            rows,
        };
        next.solve(&start, &Hooks::default())?;
        Ok(Self(Arc::new(next)))
    }
}
