//! A score for every step of a gap.

use std::collections::BTreeMap;

use super::class_table::ClassTable;
use super::column::numbers;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::Score;

/// The gap *mentor minus mentee* in whole steps, each with a score of its own.
///
/// A gap that is listed scores what the list says; any other gap, fractional ones included,
/// scores `otherwise`. Missing when either side gave no answer.
///
/// Points of a points table become scores by dividing them by the largest, which becomes the
/// weight:
///
/// ```
/// use mentormatch::{Field, GapTable, Programme, Score};
///
/// // 12 points for a mentor two grades above, 9 for one grade.
/// let grade = Field::Attribute("grade".into());
/// let table = GapTable::new(grade, [(2, Score::ONE), (1, Score::from_unit(9.0 / 12.0)?)]);
/// let programme = Programme::builder().weigh(12, table).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct GapTable {
    /// The number compared.
    pub field: Field,
    /// Gaps and their scores.
    pub steps: Vec<(i32, Score)>,
    /// The score of any other gap; 0 unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub otherwise: Score,
}

impl GapTable {
    /// A table with 0 for whatever it does not list.
    #[must_use]
    pub fn new(field: Field, steps: impl IntoIterator<Item = (i32, Score)>) -> Self {
        Self {
            field,
            steps: steps.into_iter().collect(),
            otherwise: Score::ZERO,
        }
    }

    /// The same with another score for gaps that are not listed.
    ///
    /// ```
    /// # use mentormatch::{Field, GapTable, Score};
    /// let table = GapTable::new(Field::Seniority, [(0, Score::ZERO)]).otherwise(Score::ONE);
    /// assert_eq!(table.otherwise, Score::ONE);
    /// ```
    #[must_use]
    pub fn otherwise(self, otherwise: Score) -> Self {
        Self { otherwise, ..self }
    }
}

impl Criterion for GapTable {
    fn name(&self) -> &str {
        "gap_table"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let distinct: BTreeMap<i32, Score> = self.steps.iter().copied().collect();
        if self.steps.is_empty() {
            return vec![("steps", ParameterProblem::Empty)];
        }
        if distinct.len() < self.steps.len() {
            return vec![("steps", ParameterProblem::Repeats)];
        }
        Vec::new()
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = numbers(context.cohort, self.name(), &self.field)?;
        let steps = self.steps.iter();
        let scores: BTreeMap<i64, Score> = steps
            .map(|&(gap, score)| (i64::from(gap) * 1_000_000, score))
            .collect();
        let otherwise = self.otherwise;
        Ok(Box::new(ClassTable::new(answers, move |mentee, mentor| {
            let gap = mentor? - mentee?;
            Some(scores.get(&gap).copied().unwrap_or(otherwise))
        })))
    }
}
