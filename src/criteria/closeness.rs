//! How close, or how far apart, the two sides are in a number.

use super::class_table::ClassTable;
use super::column::numbers;
use super::gap::{above_zero, bound};
use super::prefer::Prefer;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::{Score, ratio};

/// How close the two sides are in a number, whoever is ahead.
///
/// The score is 1 where both answers are equal and falls on a straight line to 0 at a distance of
/// `zero_at`. With [`furthest`](Self::furthest) it is 1 minus that: 0 at a distance of 0, 1 from
/// `zero_at` on. Symmetric. Numbers are compared in millionths, exactly. Missing when either side
/// gave no answer.
///
/// Where it matters who is ahead use [`Gap`](crate::Gap). Peer mentoring is closeness in seniority
/// and experience.
///
/// ```
/// use mentormatch::{Closeness, Field, Programme};
///
/// let programme = Programme::builder()
///     .weigh(2, Closeness::closest(Field::Seniority, 3.0))
///     .weigh(1, Closeness::furthest(Field::TenureYears, 20.0))
///     .build()?;
/// assert_eq!(programme.criteria()[1].name, "closeness:unlike:tenure_years");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Closeness {
    /// The number compared.
    pub field: Field,
    /// The distance from which on two people count as wholly unlike; above 0.
    pub zero_at: f64,
    /// Whether closeness or distance is rewarded; closeness unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub prefer: Prefer,
}

impl Closeness {
    /// The closer, the better.
    #[must_use]
    pub const fn closest(field: Field, zero_at: f64) -> Self {
        let prefer = Prefer::Alike;
        Self {
            field,
            zero_at,
            prefer,
        }
    }

    /// The further apart, the better.
    #[must_use]
    pub const fn furthest(field: Field, zero_at: f64) -> Self {
        let prefer = Prefer::Unlike;
        Self {
            field,
            zero_at,
            prefer,
        }
    }
}

impl Criterion for Closeness {
    fn name(&self) -> &str {
        "closeness"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let problem = above_zero(self.zero_at);
        problem
            .map(|problem| ("zero_at", problem))
            .into_iter()
            .collect()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = numbers(context.cohort, self.name(), &self.field)?;
        let (zero_at, prefer) = (bound(self.zero_at).unsigned_abs(), self.prefer);
        Ok(Box::new(ClassTable::new(answers, move |mentee, mentor| {
            let apart = i64::abs_diff(mentee?, mentor?);
            Some(prefer.of(likeness(apart, zero_at)))
        })))
    }
}

/// 1 at a distance of 0, falling on a straight line to 0 at `zero_at`.
pub(super) fn likeness(apart: u64, zero_at: u64) -> Score {
    ratio(zero_at.saturating_sub(apart), zero_at)
}
