//! From one state of a programme to the next.
//!
//! Events are gathered first, people in a draft of the cohort and decisions beside it; what they come to
//! is checked, scored and solved once.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::event::{Event, PlanError};
use super::plan::State;
use super::rescore::{Places, Scoring};
use crate::candidates::{GoesOn, SharedRows};
use crate::engine::decisions::{self, DecisionProblem, DecisionsError};
use crate::engine::error::RunError;
use crate::engine::loads::Loads;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::{Cohort, CohortDraft, DecidedPair, Decisions, Override};
use crate::scoring::{Decided, PairIdx, Quotas};
use crate::solver::{CancelToken, Hooks, Solution, Start};

/// The state after some events.
pub(super) fn apply(
    before: &State,
    events: impl IntoIterator<Item = Event>,
    hooks: &Hooks,
) -> Result<State, PlanError> {
    let mut change = Change::new(before);
    for (at, event) in events.into_iter().enumerate() {
        change.note(at, event)?;
    }
    let cancel = hooks.cancel.as_ref();
    change.follow(hooks, &|| !cancel.is_some_and(CancelToken::is_cancelled))
}

/// Events being gathered.
struct Change<'a> {
    before: &'a State,
    draft: CohortDraft,
    decisions: Arc<Decisions>,
    /// Pairs about which something was said that scores depend on.
    pairs: Vec<(ParticipantId, ParticipantId)>,
    released: Vec<DecidedPair>,
    /// Pairs that are nothing to keep any more.
    ended: Vec<DecidedPair>,
}

impl<'a> Change<'a> {
    fn new(before: &'a State) -> Self {
        Self {
            draft: CohortDraft::of(&before.cohort),
            decisions: Arc::clone(&before.decisions),
            pairs: Vec::new(),
            released: Vec::new(),
            ended: Vec::new(),
            before,
        }
    }

    fn note(&mut self, at: usize, event: Event) -> Result<(), PlanError> {
        self.expect_people(at, &event)?;
        match event {
            Event::MentorJoins(own) => self.draft.add_mentor(*own),
            Event::MenteeJoins(own) => self.draft.add_mentee(*own),
            Event::MentorChanges(own) => self.draft.put_mentor(*own),
            Event::MenteeChanges(own) => self.draft.put_mentee(*own),
            Event::Leaves { role, id } => {
                self.draft.remove(role, &id);
                self.forget(role, &id);
            }
            Event::Status { role, id, status } => self.draft.set_status(role, &id, status),
            Event::Places { role, id, places } => {
                let scores = self.before.programme.reads_places();
                self.draft.set_places((role, &id), places, scores);
            }
            of_pair => self.decide(of_pair),
        }
        Ok(())
    }

    /// Whoever an event is about must be there.
    fn expect_people(&self, event: usize, about: &Event) -> Result<(), PlanError> {
        let expect = |role: Role, id: &ParticipantId| match self.is_there(role, id) {
            true => Ok(()),
            false => Err(PlanError::Unknown {
                event,
                role,
                in_other_role: self.is_there(role.other(), id),
                id: id.clone(),
            }),
        };
        match about {
            Event::MentorChanges(own) => expect(Role::Mentor, &own.profile.id),
            Event::MenteeChanges(own) => expect(Role::Mentee, &own.profile.id),
            Event::Leaves { role, id }
            | Event::Status { role, id, .. }
            | Event::Places { role, id, .. } => expect(*role, id),
            // A pair may end after one of the two has left, so that only two swapped ids are seen.
            Event::PairEnds(own) if !self.are_swapped(&own.mentee, &own.mentor) => Ok(()),
            _ => match about.pair() {
                Some((mentee, mentor)) => {
                    expect(Role::Mentee, mentee).and_then(|()| expect(Role::Mentor, mentor))
                }
                None => Ok(()),
            },
        }
    }

    fn is_there(&self, role: Role, id: &ParticipantId) -> bool {
        match role {
            Role::Mentor => self.draft.mentor(id).is_some(),
            Role::Mentee => self.draft.mentee(id).is_some(),
        }
    }

    /// Whether nobody is there in the role that was said, and both are in the other one.
    fn are_swapped(&self, mentee: &ParticipantId, mentor: &ParticipantId) -> bool {
        let as_said = self.is_there(Role::Mentee, mentee) || self.is_there(Role::Mentor, mentor);
        let swapped = self.is_there(Role::Mentor, mentee) && self.is_there(Role::Mentee, mentor);
        !as_said && swapped
    }

    /// Nothing is decided about somebody who has left.
    fn forget(&mut self, role: Role, id: &ParticipantId) {
        let is_of = |mentee: &ParticipantId, mentor: &ParticipantId| match role {
            Role::Mentee => mentee == id,
            Role::Mentor => mentor == id,
        };
        let is_of_pair = |own: &DecidedPair| is_of(&own.mentee, &own.mentor);
        let known = &self.decisions;
        let pairs = known.locks.iter().chain(&known.vetoes);
        let is_named = pairs.into_iter().any(is_of_pair)
            || known
                .overrides
                .iter()
                .any(|own| is_of(&own.mentee, &own.mentor));
        if !is_named {
            return;
        }
        let decisions = Arc::make_mut(&mut self.decisions);
        let released = decisions
            .locks
            .iter()
            .filter(|own| is_of_pair(own))
            .cloned();
        self.released.extend(released);
        decisions.locks.retain(|own| !is_of_pair(own));
        decisions.vetoes.retain(|own| !is_of_pair(own));
        decisions
            .overrides
            .retain(|own| !is_of(&own.mentee, &own.mentor));
    }

    /// Whatever an event says of a pair.
    fn decide(&mut self, event: Event) {
        if let Some((mentee, mentor)) = event.pair()
            && !matches!(event, Event::Lock(_) | Event::Unlock(_))
        {
            self.pairs.push((mentee.clone(), mentor.clone()));
        }
        let decisions = Arc::make_mut(&mut self.decisions);
        match event {
            Event::Veto(pair) => decisions.vetoes.push(pair),
            Event::LiftVeto(pair) => decisions.vetoes.retain(|own| *own != pair),
            Event::Lock(pair) => decisions.locks.push(pair),
            Event::Unlock(pair) => decisions.locks.retain(|own| *own != pair),
            Event::Allow(own) => decisions.overrides.push(own),
            Event::PairEnds(own) => {
                let pair = DecidedPair::new(&own.mentee, &own.mentor);
                decisions.locks.retain(|own| *own != pair);
                self.ended.push(pair);
                self.draft.add_past_pairs([own]);
            }
            _ => {}
        }
    }

    /// The state that follows.
    fn follow(self, hooks: &Hooks, goes_on: GoesOn<'_>) -> Result<State, PlanError> {
        let before = self.before;
        let changed = self.draft.build()?;
        let cohort = changed.cohort.clone();
        let places = cohort.places_in(&before.cohort);
        let today = Today::new(&before.cohort, &places);
        let start = start(&before.solution, &places);
        let decided = today.decided(before, &cohort, &self.decisions);
        let scoring = Scoring {
            programme: &before.programme,
            cohort: &cohort,
            decided: &decided,
            goes_on,
        };
        let pairs = self.pairs.iter();
        let pairs = pairs.filter_map(|(mentee, mentor)| find(&cohort, mentee, mentor));
        let rows = scoring.after(&before.rows, (places, &start), (&changed, pairs.collect()))?;
        let quotas = Quotas::new(&before.programme, &cohort).map_err(RunError::from)?;
        check_locks(scoring, &quotas, &rows)?;
        if !Arc::ptr_eq(&self.decisions, &before.decisions) {
            check_overrides(scoring, &self.decisions.overrides)?;
        }
        let ended = self.ended.iter();
        let ended = ended.filter_map(|own| find(&cohort, &own.mentee, &own.mentor));
        let ended: BTreeSet<PairIdx> = ended.collect();
        let previous = before.solution.assignment.pairs();
        let previous = previous.filter_map(|pair| today.pair(pair));
        let mut next = State {
            programme: before.programme.clone(),
            tie_breaking: before.tie_breaking,
            decisions: self.decisions,
            solution: before.solution.clone(),
            floor: None,
            released: self.released,
            previous: previous.filter(|pair| !ended.contains(pair)).collect(),
            cohort,
            decided,
            quotas,
            rows,
        };
        next.solve(&start, hooks)?;
        Ok(next)
    }
}

/// Where those who were there before are today.
struct Today {
    mentees: Vec<Option<u32>>,
    mentors: Vec<Option<u32>>,
}

impl Today {
    fn new(before: &Cohort, places: &Places) -> Self {
        Self {
            mentees: inverse(before.mentees().len(), &places.0),
            mentors: inverse(before.mentors().len(), &places.1),
        }
    }

    fn mentee(&self, before: MenteeIdx) -> Option<MenteeIdx> {
        self.mentees[before].map(MenteeIdx::new)
    }

    fn mentor(&self, before: MentorIdx) -> Option<MentorIdx> {
        self.mentors[before].map(MentorIdx::new)
    }

    fn pair(&self, (mentee, mentor): PairIdx) -> Option<PairIdx> {
        Some((self.mentee(mentee)?, self.mentor(mentor)?))
    }

    /// What is decided, by the positions of today.
    fn decided(&self, before: &State, cohort: &Cohort, today: &Arc<Decisions>) -> Decided {
        if Arc::ptr_eq(today, &before.decisions) {
            (before.decided).moved(|mentee| self.mentee(mentee), |mentor| self.mentor(mentor))
        } else {
            decisions::decided(cohort, today)
        }
    }
}

fn inverse(people: usize, before: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut today = vec![None; people];
    for (now, before) in (0u32..).zip(before) {
        if let Some(before) = before {
            today[*before as usize] = Some(now);
        }
    }
    today
}

fn start(solution: &Solution, places: &Places) -> Start {
    let mentees = places.0.iter().map(|place| place.map(MenteeIdx::new));
    let mentors = places.1.iter().map(|place| place.map(MentorIdx::new));
    Start::of(solution).with_people(mentees, mentors)
}

pub(super) fn find(
    cohort: &Cohort,
    mentee: &ParticipantId,
    mentor: &ParticipantId,
) -> Option<PairIdx> {
    Some((
        cohort.mentee_idx(mentee.as_str())?,
        cohort.mentor_idx(mentor.as_str())?,
    ))
}

/// Every override must have a reason, and be of a rule that can be lifted.
fn check_overrides(scoring: Scoring<'_>, overrides: &[Override]) -> Result<(), RunError> {
    let mut problems = Vec::new();
    for own in overrides {
        if let Some(pair) = find(scoring.cohort, &own.mentee, &own.mentor) {
            problems.extend(decisions::against_override(own, &scoring.scorer_of(pair)?));
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(DecisionsError::new(problems).into()),
    }
}

/// The decisions without overrides of rules that a programme has no more: there is nothing to lift.
pub(super) fn without_idle_overrides(
    scoring: Scoring<'_>,
    decisions: &Arc<Decisions>,
) -> Result<Arc<Decisions>, RunError> {
    let mut kept = Vec::new();
    for own in &decisions.overrides {
        let pair = find(scoring.cohort, &own.mentee, &own.mentor);
        let against = match pair {
            Some(pair) => decisions::against_override(own, &scoring.scorer_of(pair)?),
            None => Vec::new(),
        };
        if against.is_empty() {
            kept.push(own.clone());
        }
    }
    if kept.len() == decisions.overrides.len() {
        return Ok(Arc::clone(decisions));
    }
    Ok(Arc::new(Decisions {
        overrides: kept,
        ..Decisions::clone(decisions)
    }))
}

/// Every locked pair must be possible today; all that stands against any is told.
pub(super) fn check_locks(
    scoring: Scoring<'_>,
    quotas: &Quotas,
    rows: &SharedRows,
) -> Result<(), RunError> {
    let (cohort, locks) = (scoring.cohort, &scoring.decided.locks);
    let loads = Loads::new(cohort, quotas, locks);
    let mut problems = Vec::new();
    for &(mentee, mentor) in locks {
        let people = (
            &cohort.mentees()[mentee].profile,
            &cohort.mentors()[mentor].profile,
        );
        let take_part = people.0.status.is_active() && people.1.status.is_active();
        let refusals = if take_part && rows.score((mentee, mentor)).is_some() {
            Vec::new()
        } else {
            scoring.refusals((mentee, mentor))?
        };
        let against = loads.against((mentee, mentor), refusals);
        if !against.is_empty() {
            problems.push(DecisionProblem::Lock {
                mentee: people.0.id.clone(),
                mentor: people.1.id.clone(),
                against,
            });
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort_by(|a, b| format!("{a}").cmp(&format!("{b}")));
    Err(DecisionsError::new(problems).into())
}
