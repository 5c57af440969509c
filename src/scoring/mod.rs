//! A programme prepared against a cohort: the match score of every pair, and why.
//!
//! The row path serves the matching, the pair path explains it; both give the same integers.

mod breakdown;

mod decided;

mod floor;

mod gates;

mod kernel;

mod kinds;

mod layers;

mod masks;

mod points;

mod quotas;

mod row;

mod survey;

mod unrounded;

mod views;

mod weights;

use std::sync::Arc;

use thiserror::Error;

pub use breakdown::{Breakdown, Emphasis, Part, RuleCost, SideParts, SilenceGain, ViewScores};
pub(crate) use decided::{Decided, Liftable, PairIdx};
pub use gates::Refusal;
pub(crate) use quotas::{Family, Quotas};
pub use row::Scratch;
pub(crate) use survey::Survey;
pub(crate) use unrounded::Unrounded;

use crate::criteria::{BadScore, Context, ScoreRow};
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::parallel;
use crate::participant::Cohort;
use crate::programme::{MissingPolicy, Programme};
use crate::score::{NarrowMean, Score, ScoreError, Weight};
use decided::Standing;
use floor::Floor;
use gates::{Gate, Preference, PreparedRule, RefusedAnswer, Refusing, Rules};
use kernel::Kernel;
use views::Views;

/// A programme prepared against a cohort.
///
/// Each side's view of a pair is the weighted mean of its criteria in parts per million, rounded half
/// up; a missing answer counts what the criterion's [`MissingPolicy`] says. The match score is what
/// the programme's [`Balance`](crate::Balance) makes of the two views, less the costs of the
/// preferred rules that the pair is against.
///
/// ```
/// use mentormatch::{Cohort, MenteeIdx, MentorIdx, Profile, Programme, Same, Field, Scorer, Scratch};
///
/// let mut ana = Profile::new("ana");
/// ana.department = Some("Sales".into());
/// let mut boris = Profile::new("boris");
/// boris.department = Some("Sales".into());
/// let cohort = Cohort::new([boris.mentor(1)], [ana.mentee()])?;
/// let programme = Programme::builder().weigh(1, Same::new(Field::Department)).build()?;
///
/// let scorer = Scorer::new(&programme, &cohort)?;
/// let mut row = vec![None; 1];
/// scorer.score_row(MenteeIdx::new(0), &mut Scratch::default(), &mut row)?;
/// assert_eq!(row[0].unwrap().percent(), 100.0);
///
/// let why = scorer.breakdown(MenteeIdx::new(0), MentorIdx::new(0))?;
/// assert_eq!(why.parts[0].contribution, 1_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Scorer {
    cohort: Cohort,
    criteria: Vec<PreparedCriterion>,
    views: Views,
    kernels: Kernels,
    gates: Vec<Gate>,
    refusals: Vec<Refusal>, // of the gates, then of the criteria that forbid some answers
    refusing: Vec<Refusing>,
    preferences: Vec<Preference>,
    standing: Standing,
    quotas: Quotas,
    renormalises: bool, // whether any criterion does
}

/// The kernel, with sums as wide as the weights need.
enum Kernels {
    Narrow(Kernel<u32>),
    Wide(Kernel<u64>),
}

struct PreparedCriterion {
    name: Arc<str>,
    stated_weight: Weight,
    missing: MissingPolicy,
    rows: Box<dyn ScoreRow>,
}

/// A criterion of the host's own gave something that is no score.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("criterion {criterion}: mentee {mentee}, mentor {mentor}: the score is {problem}")]
pub struct ScoringError {
    /// The criterion.
    pub criterion: Arc<str>,
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// What is wrong with the value.
    pub problem: ScoreError,
}

impl Scorer {
    /// Prepares every criterion and every rule.
    ///
    /// # Errors
    /// Every criterion and rule that reads a field whose answers are of another kind, or meets an
    /// answer it cannot use.
    pub fn new(programme: &Programme, cohort: &Cohort) -> Result<Self, ProgrammeError> {
        Self::deciding(programme, cohort, Decided::default())
    }

    /// The same with what a programme manager decided.
    pub(crate) fn deciding(
        programme: &Programme,
        cohort: &Cohort,
        decided: Decided,
    ) -> Result<Self, ProgrammeError> {
        let context = Context {
            date: programme.date(),
            period: programme.period(),
            ..Context::new(cohort)
        };
        let mut problems = Vec::new();
        let Rules {
            gates,
            mut refusals,
            preferences,
            always,
        } = Rules::prepare(programme, &context, &decided, &mut problems);
        let quotas = Quotas::collect(programme, cohort, &mut problems);
        let criteria = prepare_criteria(programme, &context, &mut problems);
        ProgrammeError::unless_empty(problems)?;
        let refusing = refusing(&criteria, cohort, &mut refusals);
        let renormalises = |own: &PreparedCriterion| own.missing == MissingPolicy::Renormalise;
        let renormalises = criteria.iter().any(renormalises);
        let views = Views::new(programme, cohort);
        Ok(Self {
            cohort: cohort.clone(),
            standing: Standing::new(decided, &refusals, always),
            quotas,
            kernels: Kernels::new(&criteria, &views, cohort, renormalises),
            views,
            gates,
            refusals,
            refusing,
            preferences,
            renormalises,
            criteria,
        })
    }

    /// Bytes that criteria and rules hold, and rows and verdicts shared by mentees.
    pub(crate) fn bytes(&self) -> u64 {
        let rows = match &self.kernels {
            Kernels::Narrow(kernel) => kernel.bytes(),
            Kernels::Wide(kernel) => kernel.bytes(),
        };
        let rules = self.gates.iter().filter_map(Gate::rule);
        let rules = rules.chain(self.preferences.iter().map(|own| &own.rule));
        let rules: u64 = rules.map(PreparedRule::bytes).sum();
        let criteria: u64 = self.criteria.iter().map(|own| own.rows.bytes()).sum();
        let refused: usize = self.refusing.iter().map(Refusing::bytes).sum();
        let floors = self.gates.iter().filter_map(Gate::floor).map(Floor::bytes);
        let floors: u64 = floors.sum();
        (rows + refused) as u64 + rules + criteria + floors
    }

    /// The groups that quotas bound.
    pub(crate) fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// Everything that can forbid a pair, in the order in which [`Scratch::removed`] counts it:
    /// the rules that always hold, the stated rules, the criteria that forbid missing answers.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// The criteria that have an answer for no pair; none where there are no pairs.
    pub(crate) fn unanswered(&self) -> Result<Vec<Arc<str>>, ScoringError> {
        let mut found = Vec::new();
        let pairs = self.cohort.mentees().len().min(self.cohort.mentors().len());
        for criterion in self.criteria.iter().filter(|_| pairs > 0) {
            if !self.has_answer(criterion)? {
                found.push(Arc::clone(&criterion.name));
            }
        }
        Ok(found)
    }

    /// Usually the first row has one.
    fn has_answer(&self, criterion: &PreparedCriterion) -> Result<bool, ScoringError> {
        let mut answers = vec![None; self.cohort.mentors().len()];
        for mentee in MenteeIdx::all(self.cohort.mentees().len()) {
            let scored = criterion.rows.score_row(mentee, &mut answers);
            scored.map_err(|bad| self.error(criterion, mentee, bad))?;
            if answers.iter().any(Option::is_some) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn error(
        &self,
        criterion: &PreparedCriterion,
        mentee: MenteeIdx,
        bad: BadScore,
    ) -> ScoringError {
        ScoringError {
            criterion: Arc::clone(&criterion.name),
            mentee: self.mentee_id(mentee),
            mentor: self.mentor_id(bad.mentor),
            problem: bad.problem,
        }
    }

    /// Refuses positions that are none of this cohort's.
    fn check_there(
        &self,
        mentee: MenteeIdx,
        mentor: Option<MentorIdx>,
    ) -> Result<(), ScoringError> {
        let there = mentee.index() < self.cohort.mentees().len()
            && mentor.is_none_or(|mentor| mentor.index() < self.cohort.mentors().len());
        if there {
            return Ok(());
        }
        Err(ScoringError {
            criterion: "any".into(),
            mentee: self.mentee_id(mentee),
            mentor: mentor.map_or_else(nobody, |mentor| self.mentor_id(mentor)),
            problem: ScoreError::NobodyThere,
        })
    }

    fn mentee_id(&self, mentee: MenteeIdx) -> ParticipantId {
        let person = self.cohort.mentees().get(mentee.index());
        person.map_or_else(nobody, |person| person.profile.id.clone())
    }

    fn mentor_id(&self, mentor: MentorIdx) -> ParticipantId {
        let person = self.cohort.mentors().get(mentor.index());
        person.map_or_else(nobody, |person| person.profile.id.clone())
    }

    fn answer(
        &self,
        criterion: &PreparedCriterion,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<Score>, ScoringError> {
        let answer = criterion.rows.score_pair(mentee, mentor);
        answer.map_err(|bad| self.error(criterion, mentee, bad))
    }
}

/// Stands for a position at which there is nobody.
fn nobody() -> ParticipantId {
    "(nobody)".into()
}

fn prepare_criteria(
    programme: &Programme,
    context: &Context<'_>,
    problems: &mut Vec<ProgrammeProblem>,
) -> Vec<PreparedCriterion> {
    let stated = programme.criteria();
    let rows = parallel::each(stated.len(), |at| {
        stated[at].criterion.as_criterion().prepare(context)
    });
    let mut prepared = Vec::new();
    for (own, rows) in stated.iter().zip(rows) {
        match rows {
            Ok(rows) => prepared.push(PreparedCriterion {
                name: own.name.as_str().into(),
                stated_weight: own.weight,
                missing: own.missing,
                rows,
            }),
            Err(error) => {
                let found = error.into_problems().into_iter();
                problems.extend(found.map(|problem| problem.named(&own.name)));
            }
        }
    }
    prepared
}

/// The criteria that forbid what they have no answer to, or score 0.
fn refusing(
    criteria: &[PreparedCriterion],
    cohort: &Cohort,
    refusals: &mut Vec<Refusal>,
) -> Vec<Refusing> {
    let mut found = Vec::new();
    for (at, own) in criteria.iter().enumerate() {
        let mut refuse = |what, refusal| {
            found.push(Refusing::new(at, refusals.len(), what, &*own.rows, cohort));
            refusals.push(refusal);
        };
        if own.missing == MissingPolicy::Forbid {
            refuse(
                RefusedAnswer::Missing,
                Refusal::MissingAnswer(Arc::clone(&own.name)),
            );
        }
        if own.stated_weight.is_must() {
            refuse(
                RefusedAnswer::Zero,
                Refusal::MustNotBeZero(Arc::clone(&own.name)),
            );
        }
    }
    found
}

impl Kernels {
    fn new(
        criteria: &[PreparedCriterion],
        views: &Views,
        cohort: &Cohort,
        renormalises: bool,
    ) -> Self {
        let weighings = views.sides.iter().flat_map(|side| side.weights());
        let total = weighings.map(|weights| weights.iter().sum::<u32>()).max();
        if total.unwrap_or(0) <= NarrowMean::MOST {
            Self::Narrow(Kernel::new(criteria, views, cohort, renormalises))
        } else {
            Self::Wide(Kernel::new(criteria, views, cohort, renormalises))
        }
    }
}
