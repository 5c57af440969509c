//! Whether somebody reaches a level.

use super::class_table::ClassTable;
use super::column::{Columns, Millionths};
use super::gap::{bound, ordered_numbers};
use super::listed::amounts;
use super::side::Side;
use super::{Context, Criterion, ScoreRow};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::{Score, ratio};

/// A level that one side, or both, should reach.
///
/// The score is 1 at `level` and above, and falls on a straight line to 0 at `zero_at`; without
/// `zero_at` it is 0 below the level. With [`Side::Both`] the lower of the two scores counts.
/// Numbers are compared in millionths, exactly; of a set, the things in it are counted. Missing when
/// a side that counts gave no answer.
///
/// As a hard condition, use [`BelowLevel`](crate::BelowLevel). Neither says who will get on with
/// whom: they favour pairs of people who are willing, ready and experienced.
///
/// | use | field | side |
/// |---|---|---|
/// | both want to take part | `motivation` | both |
/// | the mentee is ready for mentoring | `readiness` | mentee |
/// | the mentor knows their way around the organisation | `tenure_years` | mentor |
/// | the mentor has been trained, certified, recommended | `preparation` (how many of them) | mentor |
///
/// ```
/// use mentormatch::{AtLeast, Field, Programme, Side};
///
/// let programme = Programme::builder()
///     .weigh(2, AtLeast::new(Field::Motivation, Side::Both, 4.0).zero_at(1.0))
///     .weigh(1, AtLeast::new(Field::TenureYears, Side::Mentor, 5.0).zero_at(0.0))
///     .build()?;
/// assert_eq!(programme.criteria()[1].name, "at_least:tenure_years:mentor");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct AtLeast {
    /// The number, or the set whose things are counted.
    pub field: Field,
    /// Whose answer counts.
    pub side: Side,
    /// What scores 1.
    pub level: f64,
    /// What scores 0, not above `level`; whatever is below the level if absent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub zero_at: Option<f64>,
}

impl AtLeast {
    /// A level below which the score is 0.
    #[must_use]
    pub const fn new(field: Field, side: Side, level: f64) -> Self {
        Self {
            field,
            side,
            level,
            zero_at: None,
        }
    }

    /// The same, falling to 0 at this level only.
    ///
    /// ```
    /// # use mentormatch::{AtLeast, Field, Side};
    /// let ready = AtLeast::new(Field::Readiness, Side::Mentee, 4.0).zero_at(1.0);
    /// assert_eq!(ready.zero_at, Some(1.0));
    /// ```
    #[must_use]
    pub fn zero_at(self, zero_at: f64) -> Self {
        Self {
            zero_at: Some(zero_at),
            ..self
        }
    }
}

impl Criterion for AtLeast {
    fn name(&self) -> &str {
        "at_least"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        match self.zero_at {
            Some(zero_at) => ordered_numbers(&[("zero_at", zero_at), ("level", self.level)]),
            None => ordered_numbers(&[("level", self.level)]),
        }
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        self.side.of(&self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let amounts = amounts(context.cohort, self.name(), &self.field)?;
        let level = bound(self.level);
        let zero_at = self.zero_at.map_or(level, bound);
        let scored = |counts: bool, amounts: Vec<Option<Millionths>>| -> Vec<Option<Score>> {
            let one = |amount: Option<_>| match counts {
                true => amount.map(|amount| score(amount, level, zero_at)),
                false => Some(Score::ONE), // which no other side's score exceeds
            };
            amounts.into_iter().map(one).collect()
        };
        let scores = Columns {
            mentees: scored(self.side.has_mentee(), amounts.mentees),
            mentors: scored(self.side.has_mentor(), amounts.mentors),
        };
        Ok(Box::new(ClassTable::new(
            scores,
            |mentee: Option<Score>, mentor: Option<Score>| Some(mentee?.min(mentor?)),
        )))
    }
}

fn score(amount: Millionths, level: Millionths, zero_at: Millionths) -> Score {
    if amount >= level {
        return Score::ONE;
    }
    if amount <= zero_at {
        return Score::ZERO;
    }
    ratio(amount.abs_diff(zero_at), level.abs_diff(zero_at))
}
