//! The states of pairs, checked, as a run takes them.
//!
//! A frozen pair is a lock, a declined one a veto, an ended one a past pair, and all that hold a place are
//! pairs of an earlier matching. What cannot all be so is told before anything is scored; whether rules
//! still allow a frozen pair is told by the check of locks, with the rule.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::date::CalendarDate;
use crate::engine::Engine;
use crate::engine::error::RunError;
use crate::engine::options::RunOptions;
use crate::engine::outcome::Outcome;
use crate::error::CohortError;
use crate::ids::{ParticipantId, Role};
use crate::participant::{
    Cohort, CohortDraft, DecidedPair, Hold, PairState, PairStates, PastPair, StatedPair,
};

/// Everything that is wrong with the states of pairs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", joined(.problems))]
pub struct StatesError {
    problems: Vec<StateProblem>,
}

/// One thing that is wrong with the states of pairs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StateProblem {
    /// One pair is said to be two things.
    #[error("mentee {mentee:?} with mentor {mentor:?} is {one}, and {other}")]
    Contradiction {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// What it is said to be.
        one: PairState,
        /// What else.
        other: PairState,
    },
    /// More pairs of a person are frozen than she has places.
    #[error("{role} {participant:?} takes {places}, and frozen are {}", named(.pairs))]
    TooManyFrozen {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// How many partners the person takes at most.
        places: u32,
        /// The frozen pairs, mentee and mentor.
        pairs: Vec<(ParticipantId, ParticipantId)>,
    },
    /// A pair holds a place, and one of the two is not there.
    #[error("mentee {mentee:?} with mentor {mentor:?} is {state}, and there is no such {missing}")]
    NotThere {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// What the pair is said to be.
        state: PairState,
        /// The role in which nobody is found.
        missing: Role,
    },
    /// A pair has ended on a day that is still to come.
    #[error("mentee {mentee:?} with mentor {mentor:?} has ended on {on}, and today is {today}")]
    EndsLater {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// The last day.
        on: CalendarDate,
        /// The day of the run.
        today: CalendarDate,
    },
}

/// Why there is no rematch.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum RematchError {
    /// The states of pairs cannot all be so.
    #[error(transparent)]
    States(#[from] StatesError),
    /// The cohort does not take the past pairs.
    #[error(transparent)]
    Cohort(#[from] CohortError),
    /// The run came to no outcome; where rules, places or quotas stand against a frozen pair, as
    /// [`RunError::Decisions`] with all of them ([`DecisionProblem::Frozen`](crate::DecisionProblem::Frozen)).
    #[error(transparent)]
    Run(#[from] RunError),
}

impl StatesError {
    /// The problems; at least one.
    #[must_use]
    pub fn problems(&self) -> &[StateProblem] {
        &self.problems
    }
}

impl Engine {
    /// Matches a cohort in which there are pairs already: frozen ones are made again, declined ones are
    /// not, and a programme with [`Objective::KeepPairs`](crate::Objective::KeepPairs) keeps what it can
    /// of the others. What became of them is in [`Outcome::previous_pairs`].
    ///
    /// States are taken beside the pairs and decisions of `options`. A pair that has ended is a past pair, which a rule
    /// such as [`PastPairs`](crate::PastPairs) forbids; without one it may be made again, and is kept if it is among
    /// the previous ones there.
    ///
    /// # Errors
    /// All contradictions at once, with both pairs named; a frozen pair against which a rule, a veto, a
    /// place or a quota stands, with all of these; then as for any run.
    ///
    /// ```
    /// use mentormatch::{CalendarDate, Cohort, Engine, Hold, PairState, PairStates, Profile, Programme};
    /// use mentormatch::{RunOptions, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).mentee());
    /// let cohort = Cohort::new([ana], mentees)?;
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let (engine, options) = (Engine::new(programme), RunOptions::default());
    ///
    /// let frozen = PairState::Active(Hold::Frozen);
    /// let states = PairStates::on(CalendarDate::new(2026, 9, 1)?).pair("chen", "ana", frozen);
    /// let outcome = engine.rematch(&cohort, &states, &options)?;
    /// assert_eq!(outcome.matching().pairs[0].mentee.as_str(), "chen");
    ///
    /// let states = states.pair("boris", "ana", frozen);
    /// assert_eq!(
    ///     engine.rematch(&cohort, &states, &options).unwrap_err().to_string(),
    ///     r#"mentor "ana" takes 1, and frozen are "boris" with "ana", "chen" with "ana""#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rematch(
        &self,
        cohort: &Cohort,
        states: &PairStates,
        options: &RunOptions,
    ) -> Result<Outcome, RematchError> {
        let own = &options.decisions.locks;
        let (cohort, options) = settle(cohort, states, options)?;
        let outcome = self.run_with(&cohort, &options);
        Ok(outcome.map_err(|error| match error {
            RunError::Decisions(error) => error.with_states(frozen(states, own)).into(),
            error => error,
        })?)
    }
}

/// The people and the options of a run that takes these states.
fn settle(
    cohort: &Cohort,
    states: &PairStates,
    options: &RunOptions,
) -> Result<(Cohort, RunOptions), RematchError> {
    let problems = problems(cohort, states);
    if !problems.is_empty() {
        return Err(StatesError { problems }.into());
    }
    let mut options = options.clone();
    let mut past = Vec::new();
    for StatedPair {
        mentee,
        mentor,
        state,
    } in &states.pairs
    {
        let pair = DecidedPair::new(mentee, mentor);
        match *state {
            PairState::Declined { .. } => {
                let lasts = !is_over(*state, states.today);
                if lasts && are_there(cohort, mentee, mentor) {
                    options.decisions.vetoes.push(pair);
                }
            }
            PairState::Ended { on } => past.push(PastPair::new(mentee, mentor).ended(on)),
            state => {
                if state.hold() == Some(Hold::Frozen) {
                    options.decisions.locks.push(pair);
                }
                if state.hold().is_some() {
                    options.previous.push((mentee.clone(), mentor.clone()));
                }
            }
        }
    }
    if past.is_empty() {
        return Ok((cohort.clone(), options));
    }
    let mut draft = CohortDraft::of(cohort);
    draft.add_past_pairs(past);
    Ok((draft.build()?.cohort, options))
}

/// By pair: the state that freezes it, unless the manager locked it too.
fn frozen(
    states: &PairStates,
    locks: &[DecidedPair],
) -> impl Fn(&ParticipantId, &ParticipantId) -> Option<PairState> {
    move |mentee, mentor| {
        let is_it = |own: &&StatedPair| {
            let is_frozen = own.state.hold() == Some(Hold::Frozen);
            is_frozen && (&own.mentee, &own.mentor) == (mentee, mentor)
        };
        let is_locked = locks.contains(&DecidedPair::new(mentee, mentor));
        let stated = states.pairs.iter().find(is_it).filter(|_| !is_locked);
        stated.map(|own| own.state)
    }
}

fn are_there(cohort: &Cohort, mentee: &ParticipantId, mentor: &ParticipantId) -> bool {
    let mentee = cohort.mentee_idx(mentee.as_str());
    mentee.is_some() && cohort.mentor_idx(mentor.as_str()).is_some()
}

/// Everything that is wrong, in the order of ids.
fn problems(cohort: &Cohort, states: &PairStates) -> Vec<StateProblem> {
    let mut stated: Vec<&StatedPair> = states.pairs.iter().collect();
    stated.sort_unstable();
    stated.dedup();
    let mut problems = contradictions(&stated, states.today);
    problems.extend(
        stated
            .iter()
            .filter_map(|own| ends_later(own, states.today)),
    );
    problems.extend(stated.iter().flat_map(|own| not_there(cohort, own)));
    problems.extend(too_many(cohort, &stated));
    problems
}

/// Whether a state says nothing of the pair today: it has ended, or its veto has.
fn is_over(state: PairState, today: CalendarDate) -> bool {
    match state {
        PairState::Ended { .. } => true,
        PairState::Declined { until } => until.is_some_and(|until| until <= today),
        _ => false,
    }
}

/// Pairs that are said to be two things today.
fn contradictions(stated: &[&StatedPair], today: CalendarDate) -> Vec<StateProblem> {
    let of_today = stated.iter().filter(|own| !is_over(own.state, today));
    let of_today: Vec<_> = of_today.collect();
    let doubled = of_today.windows(2).filter_map(|two| {
        let (one, other) = (two[0], two[1]);
        let is_same = (&one.mentee, &one.mentor) == (&other.mentee, &other.mentor);
        is_same.then(|| StateProblem::Contradiction {
            mentee: one.mentee.clone(),
            mentor: one.mentor.clone(),
            one: one.state,
            other: other.state,
        })
    });
    doubled.collect()
}

fn ends_later(own: &StatedPair, today: CalendarDate) -> Option<StateProblem> {
    match own.state {
        PairState::Ended { on } if on > today => Some(StateProblem::EndsLater {
            mentee: own.mentee.clone(),
            mentor: own.mentor.clone(),
            on,
            today,
        }),
        _ => None,
    }
}

/// Those who are missing of a pair that holds a place.
fn not_there(cohort: &Cohort, own: &StatedPair) -> Vec<StateProblem> {
    let mentee = cohort.mentee_idx(own.mentee.as_str()).is_none();
    let mentor = cohort.mentor_idx(own.mentor.as_str()).is_none();
    let missing = [(mentee, Role::Mentee), (mentor, Role::Mentor)].into_iter();
    let missing = missing.filter(|(is_missing, _)| *is_missing && own.state.hold().is_some());
    let problem = |(_, missing)| StateProblem::NotThere {
        mentee: own.mentee.clone(),
        mentor: own.mentor.clone(),
        state: own.state,
        missing,
    };
    missing.map(problem).collect()
}

/// People with more frozen pairs than places.
fn too_many(cohort: &Cohort, stated: &[&StatedPair]) -> Vec<StateProblem> {
    let mut frozen: BTreeMap<(Role, &ParticipantId), Vec<_>> = BTreeMap::new();
    let is_frozen = |own: &&&StatedPair| own.state.hold() == Some(Hold::Frozen);
    for own in stated.iter().filter(is_frozen) {
        let pair = (own.mentee.clone(), own.mentor.clone());
        let people = [(Role::Mentee, &own.mentee), (Role::Mentor, &own.mentor)];
        for person in people {
            let pairs = frozen.entry(person).or_default();
            if !pairs.contains(&pair) {
                pairs.push(pair.clone());
            }
        }
    }
    let crowded = frozen.into_iter().filter_map(|((role, id), pairs)| {
        let places = places(cohort, role, id)?;
        (pairs.len() as u64 > places.into()).then(|| StateProblem::TooManyFrozen {
            role,
            participant: id.clone(),
            places,
            pairs,
        })
    });
    crowded.collect()
}

fn places(cohort: &Cohort, role: Role, id: &ParticipantId) -> Option<u32> {
    match role {
        Role::Mentee => Some(cohort.mentees()[cohort.mentee_idx(id.as_str())?].demand.max),
        Role::Mentor => Some(
            cohort.mentors()[cohort.mentor_idx(id.as_str())?]
                .capacity
                .max,
        ),
    }
}

fn joined(problems: &[StateProblem]) -> String {
    let texts: Vec<_> = problems.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

fn named(pairs: &[(ParticipantId, ParticipantId)]) -> String {
    let name =
        |(mentee, mentor): &(ParticipantId, ParticipantId)| format!("{mentee:?} with {mentor:?}");
    let names: Vec<_> = pairs.iter().map(name).collect();
    names.join(", ")
}
