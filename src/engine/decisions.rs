//! What a programme manager decided, checked against people and programme before a run.
//!
//! Every problem is found, not only the first, and a lock is told all that stands against it. What has
//! passed is obeyed by one more level before all others: the locked pairs are worth one each. They are
//! legal together (each is allowed, nobody has more of them than places, no group more than its quota),
//! so its optimum has all of them, and the certificate proves that with the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

use super::error::RunError;
use super::loads::Loads;
use super::outcome::{Outcome, Stages};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Cohort, DecidedPair, Decisions, Field, Override, PairState};
use crate::programme::Programme;
use crate::scoring::{Decided, Liftable, PairIdx, Refusal, Scorer, ScoringError};

/// Everything that is wrong with a programme manager's [`Decisions`], in their order.
///
/// ```
/// use mentormatch::{Cohort, Decisions, Engine, Field, Profile, Programme, ReportingLine, RunError};
/// use mentormatch::{RunOptions, Same};
///
/// let ana = Profile::new("ana").mentor(1);
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).manager("ana").mentee());
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Site))
///     .forbid(ReportingLine::any_distance())
///     .build()?;
/// let decisions = Decisions::new().lock("boris", "ana").lock("chen", "ana").veto("dora", "ana");
/// let options = RunOptions::default().decisions(decisions);
/// let error = Engine::new(programme).run_with(&Cohort::new([ana], mentees)?, &options).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the lock of mentee \"boris\" and mentor \"ana\": reporting_line forbids it, \
///      and mentor \"ana\" has fewer places than locks (2); \
///      the lock of mentee \"chen\" and mentor \"ana\": reporting_line forbids it, \
///      and mentor \"ana\" has fewer places than locks (2); \
///      a veto: no mentee \"dora\" in this cohort"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Joined(.problems, "; "))]
pub struct DecisionsError {
    problems: Vec<DecisionProblem>,
}

/// One decision that cannot be obeyed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecisionProblem {
    /// A pair is locked that cannot be made.
    #[error("the lock of mentee {mentee:?} and mentor {mentor:?}: {}", Joined(.against, ", and "))]
    Lock {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// All that stands against it.
        against: Vec<AgainstLock>,
    },
    /// A pair is [frozen](crate::Hold::Frozen) that cannot be made any more.
    #[error("mentee {mentee:?} with mentor {mentor:?} is {state}: {}", Joined(.against, ", and "))]
    Frozen {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// What the pair is said to be.
        state: PairState,
        /// All that stands against it.
        against: Vec<AgainstLock>,
    },
    /// A decision names somebody who is not there.
    #[error("{decision}: no {role} {participant:?} in this cohort")]
    Unknown {
        /// What was decided: `a veto`, `an override` or `the people of the run`.
        decision: &'static str,
        /// The role in which the person was looked for.
        role: Role,
        /// The id.
        participant: ParticipantId,
    },
    /// An override has no reason.
    #[error("the override of {rule} for mentee {mentee:?} and mentor {mentor:?} gives no reason")]
    NoReason {
        /// The rule.
        rule: String,
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// An override names nothing that forbids pairs in this programme.
    #[error(
        "the override of {rule} for mentee {mentee:?} and mentor {mentor:?}: no such rule is required"
    )]
    UnknownRule {
        /// The name.
        rule: String,
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// An override names a rule that holds in every programme, or a participant's own limit.
    #[error("the override of {rule} for mentee {mentee:?} and mentor {mentor:?}: it always holds")]
    AlwaysHolds {
        /// The rule.
        rule: String,
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// Pairs are locked beside a stable matching, which need not have them.
    #[error("a stable matching knows no locks; {locks} pairs are locked")]
    LocksBesideStable {
        /// How many.
        locks: usize,
    },
}

/// Something that stands against a lock.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AgainstLock {
    /// The person is not there.
    #[error("there is no such {0} in this cohort")]
    Unknown(Role),
    /// The pair is forbidden.
    #[error("{0} forbids it")]
    Forbidden(Refusal),
    /// A person has more locks than places.
    #[error("{role} {participant:?} has fewer places than locks ({locks})")]
    Places {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// How many pairs of hers are locked.
        locks: usize,
    },
    /// A group has more locks than its quota.
    #[error("the quota {quota} allows {at_most} pairs, and {locks} are locked or frozen")]
    Quota {
        /// The quota's name.
        quota: String,
        /// The most pairs.
        at_most: u32,
        /// How many pairs of the group are locked.
        locks: usize,
    },
    /// The mentee has another lock with a mentor of the same kind, and
    /// [distinct ones](crate::ProgrammeBuilder::distinct_mentors) are asked for.
    #[error(
        "mentor {mentor:?}, who is locked or frozen with the same mentee, is of the same {field}"
    )]
    OfOneKind {
        /// The mentor of the other lock.
        mentor: ParticipantId,
        /// In which both gave the same answer.
        field: Field,
    },
}

impl DecisionsError {
    /// These problems, of which there is at least one.
    pub(super) fn new(problems: Vec<DecisionProblem>) -> Self {
        Self { problems }
    }

    /// The problems; at least one.
    #[must_use]
    pub fn problems(&self) -> &[DecisionProblem] {
        &self.problems
    }

    /// The same, where locks on pairs of which `state` knows one are told as what they are: frozen by it.
    pub(super) fn with_states(
        mut self,
        state: impl Fn(&ParticipantId, &ParticipantId) -> Option<PairState>,
    ) -> Self {
        for problem in &mut self.problems {
            if let DecisionProblem::Lock {
                mentee,
                mentor,
                against,
            } = problem
                && let Some(state) = state(mentee, mentor)
            {
                *problem = DecisionProblem::Frozen {
                    mentee: mentee.clone(),
                    mentor: mentor.clone(),
                    state,
                    against: std::mem::take(against),
                };
            }
        }
        self
    }
}

struct Joined<'a, T>(&'a [T], &'static str);

impl<T: fmt::Display> fmt::Display for Joined<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if at == 0 { "" } else { self.1 })?;
        }
        Ok(())
    }
}

/// An override, and what came of it.
///
/// `Debug` shows nothing of the reason.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct OverrideRecord {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// The programme's name for the rule.
    pub rule: String,
    reason: String,
    /// Whether the rule would have forbidden the pair.
    pub lifted: bool,
    /// Whether the pair was made.
    pub matched: bool,
}

impl OverrideRecord {
    /// Why, in the manager's words.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Debug for OverrideRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OverrideRecord")
            .field("mentee", &self.mentee)
            .field("mentor", &self.mentor)
            .field("rule", &self.rule)
            .field("lifted", &self.lifted)
            .field("matched", &self.matched)
            .finish_non_exhaustive()
    }
}

/// The people of a run and what scores them, with the decisions that were taken about them.
pub(super) fn prepare(
    programme: &Programme,
    cohort: &Cohort,
    decisions: &Decisions,
) -> Result<(Cohort, Scorer), RunError> {
    if decisions.is_empty() {
        let scorer = Scorer::new(programme, cohort)?;
        return Ok((cohort.clone(), scorer));
    }
    let (mentees, mentors) = (&decisions.only_mentees, &decisions.only_mentors);
    let cohort = cohort.only(mentees.as_deref(), mentors.as_deref());
    let mut check = Check {
        cohort: &cohort,
        problems: Vec::new(),
    };
    let decided = check.decided(decisions);
    let locked = decided.locks.clone();
    let scorer = Scorer::deciding(programme, &cohort, decided)?;
    check.locks(&decisions.locks, &scorer, &locked)?;
    if programme.stable().is_some() && !locked.is_empty() {
        let locks = locked.len();
        (check.problems).push(DecisionProblem::LocksBesideStable { locks });
    }
    check.people(decisions);
    let overrides = decisions.overrides.iter();
    let against = overrides.flat_map(|own| against_override(own, &scorer));
    check.problems.extend(against);
    let problems = check.problems;
    if problems.is_empty() {
        Ok((cohort, scorer))
    } else {
        Err(DecisionsError { problems }.into())
    }
}

/// What was decided, by position; what concerns people who are not there is left out.
pub(super) fn decided(cohort: &Cohort, decisions: &Decisions) -> Decided {
    let problems = Vec::new();
    Check { cohort, problems }.decided(decisions)
}

/// Decisions being checked.
struct Check<'a> {
    cohort: &'a Cohort,
    problems: Vec<DecisionProblem>,
}

impl Check<'_> {
    fn find(&self, mentee: &ParticipantId, mentor: &ParticipantId) -> Option<PairIdx> {
        let mentee = self.cohort.mentee_idx(mentee.as_str())?;
        Some((mentee, self.cohort.mentor_idx(mentor.as_str())?))
    }

    /// The decisions about people who are there.
    fn decided(&self, decisions: &Decisions) -> Decided {
        let find = |own: &DecidedPair| self.find(&own.mentee, &own.mentor);
        let mut lifted: BTreeMap<PairIdx, Vec<String>> = BTreeMap::new();
        for own in &decisions.overrides {
            if let Some(pair) = self.find(&own.mentee, &own.mentor) {
                lifted.entry(pair).or_default().push(own.rule.clone());
            }
        }
        Decided {
            locks: decisions.locks.iter().filter_map(find).collect(),
            vetoes: decisions.vetoes.iter().filter_map(find).collect(),
            lifted,
        }
    }

    /// Tells each lock what stands against it.
    fn locks(
        &mut self,
        stated: &[DecidedPair],
        scorer: &Scorer,
        locked: &BTreeSet<PairIdx>,
    ) -> Result<(), ScoringError> {
        let loads = Loads::new(self.cohort, scorer.quotas(), locked);
        let stated: BTreeSet<&DecidedPair> = stated.iter().collect();
        for DecidedPair { mentee, mentor } in stated {
            let against = match self.find(mentee, mentor) {
                Some(pair) => loads.against(pair, scorer.forbidden_by(pair.0, pair.1)?),
                None => self.unknown(mentee, mentor),
            };
            if !against.is_empty() {
                let (mentee, mentor) = (mentee.clone(), mentor.clone());
                self.problems.push(DecisionProblem::Lock {
                    mentee,
                    mentor,
                    against,
                });
            }
        }
        Ok(())
    }

    fn unknown(&self, mentee: &ParticipantId, mentor: &ParticipantId) -> Vec<AgainstLock> {
        let mentee = self.cohort.mentee_idx(mentee.as_str()).is_none();
        let mentor = self.cohort.mentor_idx(mentor.as_str()).is_none();
        let roles = [(mentee, Role::Mentee), (mentor, Role::Mentor)];
        let unknown = roles.into_iter().filter(|(is_unknown, _)| *is_unknown);
        unknown
            .map(|(_, role)| AgainstLock::Unknown(role))
            .collect()
    }

    /// Everybody else who is named must be there.
    fn people(&mut self, decisions: &Decisions) {
        for DecidedPair { mentee, mentor } in &decisions.vetoes {
            self.expect("a veto", Role::Mentee, mentee);
            self.expect("a veto", Role::Mentor, mentor);
        }
        for Override { mentee, mentor, .. } in &decisions.overrides {
            self.expect("an override", Role::Mentee, mentee);
            self.expect("an override", Role::Mentor, mentor);
        }
        for mentee in decisions.only_mentees.iter().flatten() {
            self.expect("the people of the run", Role::Mentee, mentee);
        }
        for mentor in decisions.only_mentors.iter().flatten() {
            self.expect("the people of the run", Role::Mentor, mentor);
        }
    }

    fn expect(&mut self, decision: &'static str, role: Role, participant: &ParticipantId) {
        let is_there = match role {
            Role::Mentee => self.cohort.mentee_idx(participant.as_str()).is_some(),
            Role::Mentor => self.cohort.mentor_idx(participant.as_str()).is_some(),
        };
        if !is_there {
            self.problems.push(DecisionProblem::Unknown {
                decision,
                role,
                participant: participant.clone(),
            });
        }
    }
}

/// What stands against an override, whoever it is about.
pub(super) fn against_override(own: &Override, scorer: &Scorer) -> Vec<DecisionProblem> {
    let (rule, mentee, mentor) = (own.rule.clone(), own.mentee.clone(), own.mentor.clone());
    let mut problems = Vec::new();
    if own.reason.trim().is_empty() {
        problems.push(DecisionProblem::NoReason {
            rule: rule.clone(),
            mentee: mentee.clone(),
            mentor: mentor.clone(),
        });
    }
    match scorer.liftable(&own.rule) {
        Liftable::Yes => {}
        Liftable::Unknown => problems.push(DecisionProblem::UnknownRule {
            rule,
            mentee,
            mentor,
        }),
        Liftable::HoldsAlways => problems.push(DecisionProblem::AlwaysHolds {
            rule,
            mentee,
            mentor,
        }),
    }
    problems
}

/// What came of every override, in the order of ids.
pub(super) fn records(
    stages: &Stages,
    overrides: &[Override],
) -> Result<Vec<OverrideRecord>, ScoringError> {
    let (cohort, scorer) = (&stages.cohort, stages.candidates.scorer());
    let mut overrides: Vec<_> = overrides.iter().collect();
    overrides.sort_unstable();
    overrides.dedup();
    let mut records = Vec::with_capacity(overrides.len());
    for own in overrides {
        let mentee = cohort.mentee_idx(own.mentee.as_str());
        let mentor = cohort.mentor_idx(own.mentor.as_str());
        let (Some(mentee), Some(mentor)) = (mentee, mentor) else {
            continue; // refused before the run
        };
        let lifted = scorer.breakdown(mentee, mentor)?.lifted;
        let assignment = &stages.solution.assignment;
        records.push(OverrideRecord {
            mentee: own.mentee.clone(),
            mentor: own.mentor.clone(),
            rule: own.rule.clone(),
            reason: own.reason.clone(),
            lifted: lifted.iter().any(|refusal| refusal.is_of(&own.rule)),
            matched: assignment.mentors_of(mentee).contains(&mentor),
        });
    }
    Ok(records)
}

impl Outcome {
    /// What came of every override that the run was given, in the order of ids.
    ///
    /// An example is at [`Decisions::allow`].
    #[must_use]
    pub fn overrides(&self) -> &[OverrideRecord] {
        self.override_records()
    }
}
