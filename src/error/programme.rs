//! What can be wrong with a programme.

use std::fmt;

use thiserror::Error;

use super::date::PeriodError;
use super::hint::DidYouMean;
use super::vector::VectorError;
use super::weight::WeightError;
use crate::ids::{ParticipantId, Role};

/// Everything found wrong with a programme, in the order in which the programme states it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Listed(.problems))]
pub struct ProgrammeError {
    problems: Vec<ProgrammeProblem>,
}

impl ProgrammeError {
    /// The problems; at least one.
    #[must_use]
    pub fn problems(&self) -> &[ProgrammeProblem] {
        &self.problems
    }

    /// `Ok` if the list is empty, the list as an error otherwise.
    pub(crate) fn unless_empty(problems: Vec<ProgrammeProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self { problems })
    }

    pub(crate) fn into_problems(self) -> Vec<ProgrammeProblem> {
        self.problems
    }
}

impl From<ProgrammeProblem> for ProgrammeError {
    fn from(problem: ProgrammeProblem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

/// One thing wrong with a programme.
///
/// `owner` is the name of the criterion or rule concerned.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProgrammeProblem {
    /// No criterion has a weight above zero.
    #[error("no criterion has a weight above 0")]
    NoWeight,
    /// A criterion's weight is not usable.
    #[error("criterion {owner}: the weight is {problem}")]
    Weight {
        /// The criterion.
        owner: String,
        /// What is wrong.
        problem: WeightError,
    },
    /// No criterion of a weight above zero is part of a side's view.
    #[error("no criterion with a weight above 0 is part of the {side}'s view")]
    NoView {
        /// The side.
        side: Role,
    },
    /// A floor on scores was given a cost.
    #[error("{owner}: a floor on scores is required, it cannot be at a cost")]
    CostOfFloor {
        /// The rule.
        owner: String,
    },
    /// The weights, brought to one scale, do not fit 32 bits.
    #[error("the weights differ too finely: as integers on one scale they exceed {limit}")]
    WeightsTooFine {
        /// The largest sum of the integer weights.
        limit: u32,
    },
    /// A parameter of a criterion or rule is out of bounds.
    #[error("{owner}: {parameter} {problem}")]
    Parameter {
        /// The criterion or rule.
        owner: String,
        /// The parameter's name, as in a file.
        parameter: &'static str,
        /// What is wrong.
        problem: ParameterProblem,
    },
    /// Two criteria, or two rules, have one name.
    #[error("{owner} is stated twice; give each a name of its own")]
    DuplicateName {
        /// The name.
        owner: String,
    },
    /// A criterion or rule has an empty name.
    #[error("a criterion or rule has an empty name")]
    EmptyName,
    /// An objective is listed twice.
    #[error("objective {objective} is listed twice")]
    DuplicateObjective {
        /// The objective's name, as in a file.
        objective: &'static str,
    },
    /// The objectives ask for more levels than are solved one after another.
    #[error(
        "the objectives need up to {found} levels, of {limit}: a coarser resolution or fewer ranks would do"
    )]
    TooManyLevels {
        /// How many they may need: one an objective, tier, rank or class of scores.
        found: u64,
        /// The most there can be.
        limit: u64,
    },
    /// The list of objectives is empty.
    #[error("no objective")]
    NoObjective,
    /// Objectives are stated beside a stable matching, which has none.
    #[error("a stable matching has no objectives: state one or the other")]
    ObjectivesBesideStable,
    /// Quotas are stated beside a stable matching, which knows none.
    #[error("a stable matching knows no quotas: state one or the other")]
    QuotasBesideStable,
    /// A mentee's mentors are to be of distinct kinds beside a stable matching, which knows none.
    #[error("a stable matching knows no distinct mentors: state one or the other")]
    DistinctBesideStable,
    /// A mentee's mentors are to be of distinct kinds by two fields: that is no problem that can be solved exactly and
    /// fast.
    #[error(
        "distinct_mentors is stated twice, of {one} and of {other}: kinds are told by one field"
    )]
    DistinctTwice {
        /// One field.
        one: String,
        /// The other.
        other: String,
    },
    /// Groups are to be balanced, but no quota has a target.
    #[error("group_balance needs a quota with a target")]
    NoTarget,
    /// The groups of two quotas of one side share some people, and neither is inside the other.
    #[error(
        "the quotas {one} and {other} cross: groups of one side must be nested or share nobody"
    )]
    QuotasCross {
        /// The name of one.
        one: String,
        /// The name of the other.
        other: String,
    },
    /// A criterion or rule reads a field whose answers are of another kind.
    #[error("{owner}: {field} does not hold {wanted}")]
    FieldKind {
        /// The criterion or rule.
        owner: String,
        /// The field.
        field: String,
        /// What it would have to hold.
        wanted: &'static str,
    },
    /// Some answer is a number too large to be compared exactly.
    #[error("{owner}: {field} holds a number beyond ±{limit}")]
    NumberTooLarge {
        /// The criterion or rule.
        owner: String,
        /// The field.
        field: String,
        /// The largest magnitude.
        limit: u64,
    },
    /// Somebody's answer is not on the scale that a criterion states.
    #[error("{owner}: {role} {participant:?}: {field} holds an answer that is not on the scale")]
    NotOnScale {
        /// The criterion.
        owner: String,
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// The field.
        field: String,
    },
    /// Something depends on the day but the programme states neither a date nor a period.
    #[error("{owner} depends on the day, so the programme must state a date or a period")]
    NoDate {
        /// The criterion or rule.
        owner: String,
    },
    /// Time in common is asked for but the programme states no period.
    #[error("{owner} counts weeks, so the programme must state a period")]
    NoPeriod {
        /// The criterion or rule.
        owner: String,
    },
    /// The two dates are not a period.
    #[error("the period is {0}")]
    Period(PeriodError),
    /// A host's own criterion or rule is named that is not registered.
    #[error("no {kind} {name} of version {version} is registered")]
    Unregistered {
        /// `criterion` or `rule`.
        kind: &'static str,
        /// Its name.
        name: String,
        /// Its version.
        version: u32,
    },
    /// A vector that a function of the host's made cannot be compared.
    #[error("{owner}: {problem}")]
    Vector {
        /// The criterion.
        owner: String,
        /// Whose vector, and what is wrong with it.
        problem: VectorError,
    },
    /// The file was written by a newer version of this crate.
    #[error("format_version {found} is newer than {newest}, the newest this version reads")]
    NewerFormat {
        /// The file's.
        found: u32,
        /// The newest that can be read.
        newest: u32,
    },
    /// The file's format never existed.
    #[error("format_version {found} does not exist")]
    UnknownFormat {
        /// The file's.
        found: u32,
    },
}

impl ProgrammeProblem {
    /// The same of a criterion or rule by the programme's own name for it, where it knew its kind only.
    pub(crate) fn named(mut self, name: &str) -> Self {
        match &mut self {
            Self::FieldKind { owner, .. }
            | Self::NumberTooLarge { owner, .. }
            | Self::NoDate { owner }
            | Self::NoPeriod { owner }
            | Self::NotOnScale { owner, .. } => name.clone_into(owner),
            _ => {}
        }
        self
    }
}

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParameterProblem {
    /// NaN or infinite.
    #[error("is not a finite number")]
    NotFinite,
    /// Smaller or larger than allowed.
    #[error("is outside {low} to {high}")]
    OutOfRange {
        /// The least.
        low: i64,
        /// The greatest.
        high: i64,
    },
    /// A size of steps that is no size.
    #[error("is 0")]
    Zero,
    /// Larger than the parameter that should bound it.
    #[error("is above {0}")]
    Above(&'static str),
    /// A step or entry appears twice.
    #[error("repeats an entry")]
    Repeats,
    /// A rule that waits for finished scores is made conditional.
    #[error("is a rule that judges finished scores, which cannot be conditional")]
    JudgesScores,
    /// A value that no answer of the field can be: a word that is not on a closed list, or a text where
    /// answers are numbers, say.
    #[error("holds what no answer can be{}", DidYouMean(*.nearest))]
    NoAnswer {
        /// The answer that is most like it, if any is.
        nearest: Option<&'static str>,
    },
    /// Nothing is stated where something must be.
    #[error("is empty")]
    Empty,
}

struct Listed<'a>(&'a [ProgrammeProblem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}
