//! What giving way at one point would bring, where minimums cannot be met or people go without.
//!
//! Candidates come from the conflicts: the bounds that are in conflict, what forbids the pairs that would help, the
//! locks that use the places. Each is tried by itself, by solving the changed problem exactly.

mod candidates;

mod text;

use std::cmp::{Ordering, Reverse};

use super::conflict::{self, BoundOf, Shortfall};
use super::error::RunError;
use super::outcome::Outcome;
use super::variant::{Solved, Variant, goes_on};
use super::what_if::WhatIfError;
use crate::ids::ParticipantId;
use crate::parallel;
use crate::participant::{Bounds, Cohort, Decisions, Field};
use crate::programme::{MissingPolicy, Programme, ProgrammeBuilder, StatedRule, WeighedCriterion};
use crate::report::ObjectiveValue;
use crate::rules::{RuleKind, ScoreBelow};
use crate::score::{Score, Weight};
use crate::scoring::Quotas;
use crate::solver::{CancelToken, SolveError};

/// One thing that could be given way on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Relaxed {
    /// A rule of the programme does not hold.
    DropRule {
        /// Its name.
        rule: String,
    },
    /// A rule is only preferred: pairs against it are allowed and score less.
    SoftenRule {
        /// Its name.
        rule: String,
        /// By how much less, and never below 0.
        cost: Score,
    },
    /// The programme's score floor is lower.
    LowerFloor {
        /// The rule's name.
        rule: String,
        /// The least score now.
        from: Score,
        /// The highest score of a pair that would help and only the floor forbids.
        to: Score,
    },
    /// A missing answer to a criterion counts as usual instead of forbidding the pair.
    AcceptMissing {
        /// The criterion's name.
        criterion: String,
    },
    /// A criterion that is a must weighs high, and may be 0.
    LoosenMust {
        /// The criterion's name.
        criterion: String,
    },
    /// The programme manager's lock is lifted: the pair may be made, and need not.
    LiftLock {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// The programme manager's veto is lifted.
    LiftVeto {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// A mentee's mentors need not be of [distinct kinds](crate::ProgrammeBuilder::distinct_mentors).
    LiftDistinctMentors {
        /// The field by which they are.
        field: Field,
    },
    /// A person's or a quota's minimum is lower.
    LowerMinimum {
        /// Whose it is.
        of: BoundOf,
        /// The minimum now.
        from: u32,
        /// By as much lower as the conflict is short, if that can be.
        to: u32,
    },
    /// A person takes more partners, or a quota allows more pairs.
    RaiseMaximum {
        /// Whose it is.
        of: BoundOf,
        /// The maximum now.
        from: u32,
        /// By as much higher as the conflict is short.
        to: u32,
    },
}

/// What one thing given way on would bring: the best matching there would be then, by the run's objectives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Relaxation {
    /// What is given way on.
    pub relaxed: Relaxed,
    /// By how much minimums would fall short.
    pub missing: u64,
    /// What the matching would be worth by each objective.
    pub values: Vec<ObjectiveValue>,
    /// Mentees who would have a mentor.
    pub matched_mentees: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
}

/// What could be given way on, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Relaxations {
    /// By how much minimums fall short now.
    pub missing: u64,
    /// Mentees who have a mentor now.
    pub matched_mentees: u64,
    /// What is better than the run's matching: by what is missing of minimums, then by the objectives.
    pub found: Vec<Relaxation>,
    /// How many were tried, those that bring nothing with them.
    pub tried: usize,
    /// How many were not tried, since there were more than [`RelaxationOptions::most`].
    pub untried: usize,
}

/// What to look for, and how long.
///
/// ```
/// use mentormatch::{RelaxationOptions, Shortfall};
///
/// let options = RelaxationOptions::about(Shortfall::Participation).most(5);
/// assert_eq!((options.about, options.most), (Shortfall::Participation, 5));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RelaxationOptions {
    /// What there is too little for.
    pub about: Shortfall,
    /// How many are tried at the most; each is solved once more. Default 24.
    pub most: usize,
    /// Ends the search with nothing.
    pub cancel: Option<CancelToken>,
}

impl RelaxationOptions {
    /// What would help against this shortfall.
    #[must_use]
    pub fn about(about: Shortfall) -> Self {
        Self {
            about,
            most: 24,
            cancel: None,
        }
    }

    /// The same with another limit on how many are tried.
    #[must_use]
    pub fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The same with a token that ends the search.
    #[must_use]
    pub fn cancel(self, cancel: CancelToken) -> Self {
        let cancel = Some(cancel);
        Self { cancel, ..self }
    }
}

impl Outcome {
    /// What giving way at one point would bring, where minimums cannot be met or people go without a mentor: each by
    /// itself, solved exactly; the best first. Only what is part of a [conflict](Self::conflicts) is tried:
    ///
    /// - rules of the programme, score floors, missing answers, musts and the manager's vetoes that by themselves
    ///   forbid a pair which would help: looked for among some 20,000 pairs, as many of each conflict;
    /// - the manager's locks that use places;
    /// - [distinct mentors](crate::ProgrammeBuilder::distinct_mentors), where more pairs would help than can be made
    ///   of mentors of distinct kinds;
    /// - minimums and maxima of quotas and people; of mentors first those whose next place is worth most.
    ///
    /// Where places are short of some skill, which one is told by [`Programme::check`], and what one more mentor of it
    /// would bring by [`recruiting`](Self::recruiting).
    ///
    /// What participants rule out themselves, conflicts between people and who takes part are not for a programme
    /// manager to give way on, and are never tried.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Field, Profile, Programme, RelaxationOptions, Same, SameValue, Shortfall};
    ///
    /// let ana = Profile::new("ana").team("red").mentor(2);
    /// let mentees = [("boris", "red"), ("chen", "blue"), ("dora", "blue")];
    /// let mentees = mentees.map(|(id, team)| Profile::new(id).team(team).mentee().demand(1..=1));
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Site))
    ///     .forbid(SameValue::new(Field::Team))
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], mentees)?)?;
    ///
    /// let options = RelaxationOptions::about(Shortfall::Minimums);
    /// let relaxations = outcome.relaxations(&options)?;
    /// assert_eq!(relaxations.missing, 1);
    /// let found: Vec<_> = relaxations.found.iter().map(ToString::to_string).collect();
    /// assert_eq!(found, ["lower the minimum of boris from 1 to 0: minimums met; 2 mentees matched"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A stable matching; a run that was stopped early; cancellation; a criterion of the host's own that gives something
    /// that is no score when it is asked again.
    ///
    /// # Complexity
    /// One solve for the conflicts and one for each that is tried, several at once; where pairs become allowed, all pairs
    /// are scored anew before, and one is tried after the other. No memory limit applies.
    pub fn relaxations(&self, options: &RelaxationOptions) -> Result<Relaxations, WhatIfError> {
        if self.programme().stable().is_some() {
            return Err(WhatIfError::Stable);
        }
        if !self.is_proven_optimal() {
            return Err(WhatIfError::NotOptimal);
        }
        let cancel = options.cancel.as_ref();
        let conflicts = conflict::find(self.stages(), options.about, cancel)?;
        let mut candidates = self.relaxed(&conflicts).map_err(RunError::from)?;
        let untried = candidates.len().saturating_sub(options.most);
        candidates.truncate(options.most);
        let tried = candidates.len();
        let now = Variant::new(self.stages()).of_run();
        let solved = self.without_each(&candidates, cancel);
        let mut found = Vec::new();
        for (relaxed, then) in candidates.into_iter().zip(solved) {
            let then = then?;
            if by_worth(&then, &now).is_lt() {
                found.push((relaxed, then));
            }
        }
        found.sort_by(|(a, a_then), (b, b_then)| by_worth(a_then, b_then).then_with(|| a.cmp(b)));
        Ok(Relaxations {
            missing: now.missing,
            matched_mentees: u64::from(self.matching().totals.matched_mentees),
            found: found.into_iter().map(relaxation).collect(),
            tried,
            untried,
        })
    }

    /// The best matchings without each of some things: several at once, but for those that need scores of their own, which
    /// take as much memory as the run's.
    fn without_each(
        &self,
        all: &[Relaxed],
        cancel: Option<&CancelToken>,
    ) -> Vec<Result<Solved, RunError>> {
        let solve = |at: usize| self.without(&all[at], cancel);
        let (scored, others): (Vec<_>, Vec<_>) =
            (0..all.len()).partition(|&at| all[at].changes_scores());
        let one_by_one = scored.iter().map(|&at| solve(at)).collect::<Vec<_>>();
        let at_once = parallel::each(others.len(), |own| solve(others[own]));
        let mut solved: Vec<_> = scored.into_iter().zip(one_by_one).collect();
        solved.extend(others.into_iter().zip(at_once));
        solved.sort_by_key(|(at, _)| *at);
        solved.into_iter().map(|(_, solved)| solved).collect()
    }

    /// The best matching without something.
    fn without(&self, relaxed: &Relaxed, cancel: Option<&CancelToken>) -> Result<Solved, RunError> {
        if !goes_on(cancel) {
            return Err(SolveError::Cancelled.into());
        }
        let stages = self.stages();
        let mut variant = Variant::new(stages);
        match relaxed {
            Relaxed::LowerMinimum { of, to, .. } => variant.rebound(of, Some(*to), None),
            Relaxed::RaiseMaximum { of, to, .. } => variant.rebound(of, None, Some(*to)),
            Relaxed::LiftDistinctMentors { .. } => variant.quotas.kinds.clear(),
            Relaxed::LiftLock { mentee, mentor } => {
                let cohort = &stages.cohort;
                let mentee = cohort.mentee_idx(mentee.as_str());
                let pair = mentee.zip(cohort.mentor_idx(mentor.as_str()));
                pair.map(|pair| variant.locks.remove(&pair));
            }
            _ => {
                let programme = changed(&stages.programme, relaxed)?;
                let decisions = decisions_without(&stages.decisions, relaxed);
                variant = Variant::scored(stages, &programme, &decisions, cancel)?;
            }
        }
        variant.solve(cancel)
    }
}

impl Relaxed {
    /// Whether pairs are allowed, or score, otherwise than in the run.
    fn changes_scores(&self) -> bool {
        !matches!(
            self,
            Self::LowerMinimum { .. }
                | Self::RaiseMaximum { .. }
                | Self::LiftLock { .. }
                | Self::LiftDistinctMentors { .. }
        )
    }
}

/// The better first.
fn by_worth(one: &Solved, other: &Solved) -> Ordering {
    let key = |own: &Solved| (own.missing, Reverse(own.worth.clone()));
    key(one).cmp(&key(other))
}

fn relaxation((relaxed, then): (Relaxed, Solved)) -> Relaxation {
    Relaxation {
        relaxed,
        missing: then.missing,
        values: then.values,
        matched_mentees: then.matched_mentees,
        score_ppm: then.score_ppm,
    }
}

impl Variant<'_> {
    /// Gives somebody or a quota another minimum or maximum.
    fn rebound(&mut self, of: &BoundOf, least: Option<u32>, most: Option<u32>) {
        let changed = |bounds: Bounds| Bounds {
            min: least.unwrap_or(bounds.min),
            max: most.unwrap_or(bounds.max),
        };
        match of {
            BoundOf::Mentee(id) => self.cohort = rebounded(&self.cohort, (Some(id), None), changed),
            BoundOf::Mentor(id) => self.cohort = rebounded(&self.cohort, (None, Some(id)), changed),
            BoundOf::Quota(name) => rebound_quota(&mut self.quotas, name, least, most),
        }
    }
}

fn rebounded(
    cohort: &Cohort,
    (mentee, mentor): (Option<&ParticipantId>, Option<&ParticipantId>),
    changed: impl Fn(Bounds) -> Bounds,
) -> Cohort {
    let is = |own: &ParticipantId, id: Option<&ParticipantId>| id == Some(own);
    let change = |is_it: bool, bounds: Bounds| if is_it { changed(bounds) } else { bounds };
    cohort.rebounded(
        |_, own| change(is(&own.profile.id, mentee), own.demand),
        |_, own| change(is(&own.profile.id, mentor), own.capacity),
    )
}

fn rebound_quota(quotas: &mut Quotas, name: &str, least: Option<u32>, most: Option<u32>) {
    let all = quotas
        .mentees
        .quotas
        .iter_mut()
        .chain(&mut quotas.mentors.quotas);
    for quota in all.filter(|quota| quota.name == name) {
        quota.at_least = least.unwrap_or(quota.at_least);
        quota.at_most = most.or(quota.at_most);
    }
}

/// The programme with something given way on.
fn changed(programme: &Programme, relaxed: &Relaxed) -> Result<Programme, RunError> {
    let change = |rules: &mut Vec<StatedRule>, criteria: &mut Vec<WeighedCriterion>| match relaxed {
        Relaxed::DropRule { rule } => rules.retain(|own| own.name != *rule),
        Relaxed::SoftenRule { rule, cost } => {
            let own = rules.iter_mut().filter(|own| own.name == *rule);
            own.for_each(|own| own.cost = Some(*cost));
        }
        Relaxed::LowerFloor { rule, to, .. } => {
            let own = rules.iter_mut().filter(|own| own.name == *rule);
            own.for_each(|own| own.forbid = RuleKind::ScoreBelow(ScoreBelow::new(*to)));
        }
        Relaxed::AcceptMissing { criterion } => {
            let own = criteria.iter_mut().filter(|own| own.name == *criterion);
            own.for_each(|own| own.missing = MissingPolicy::default());
        }
        Relaxed::LoosenMust { criterion } => {
            let own = criteria.iter_mut().filter(|own| own.name == *criterion);
            own.for_each(|own| own.weight = Weight::HIGH);
        }
        _ => {}
    };
    Ok(ProgrammeBuilder::from(programme).changed(change).build()?)
}

/// The decisions without a veto that is lifted, and without overrides of what no longer forbids anything.
fn decisions_without(decisions: &Decisions, relaxed: &Relaxed) -> Decisions {
    let mut decisions = decisions.clone();
    match relaxed {
        Relaxed::LiftVeto { mentee, mentor } => {
            let is = |own: &crate::participant::DecidedPair| {
                own.mentee == *mentee && own.mentor == *mentor
            };
            decisions.vetoes.retain(|own| !is(own));
        }
        Relaxed::DropRule { rule: name }
        | Relaxed::SoftenRule { rule: name, .. }
        | Relaxed::AcceptMissing { criterion: name }
        | Relaxed::LoosenMust { criterion: name } => {
            decisions.overrides.retain(|own| own.rule != *name)
        }
        _ => {}
    }
    decisions
}
