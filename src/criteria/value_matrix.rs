//! A score for each two answers.

use std::collections::BTreeMap;

use super::class_table::ClassTable;
use super::column::Columns;
use super::listed::{Places, repeats, value_problem};
use super::value::StatedValue;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::Score;

/// A score for each two answers, from a table.
///
/// A pair whose two answers stand in an entry has the entry's score; any other pair that answered
/// has `otherwise`. The table need not be symmetric: the mentee's answer comes first. Reads fields
/// with a single value: texts, numbers (compared in millionths) or flags. Missing when either side
/// gave no answer.
///
/// ```
/// use mentormatch::{Field, Programme, Score, ValueMatrix};
///
/// let style = || Field::Attribute("learning style".into());
/// let styles = ValueMatrix::new(style(), style())
///     .entry("listens", "tells", Score::ONE)
///     .entry("tries", "asks", Score::ONE)
///     .entry("tries", "tells", Score::from_unit(0.3)?)
///     .otherwise(Score::from_unit(0.5)?);
/// let programme = Programme::builder().weigh(2, styles).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ValueMatrix {
    /// The mentee's answer.
    pub mentee_field: Field,
    /// The mentor's answer.
    pub mentor_field: Field,
    /// Pairs of answers and their scores, each pair once.
    pub entries: Vec<MatrixEntry>,
    /// The score of any other two answers; 0 unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub otherwise: Score,
}

/// Two answers and their score, in a [`ValueMatrix`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct MatrixEntry {
    /// The mentee's answer.
    pub mentee: StatedValue,
    /// The mentor's answer.
    pub mentor: StatedValue,
    /// The score of a pair with these.
    pub score: Score,
}

impl ValueMatrix {
    /// A table without entries, in which any two answers score 0.
    #[must_use]
    pub const fn new(mentee_field: Field, mentor_field: Field) -> Self {
        Self {
            mentee_field,
            mentor_field,
            entries: Vec::new(),
            otherwise: Score::ZERO,
        }
    }

    /// Adds an entry.
    #[must_use]
    pub fn entry(
        mut self,
        mentee: impl Into<StatedValue>,
        mentor: impl Into<StatedValue>,
        score: Score,
    ) -> Self {
        self.entries.push(MatrixEntry {
            mentee: mentee.into(),
            mentor: mentor.into(),
            score,
        });
        self
    }

    /// The same with another score for answers that are not listed.
    ///
    /// ```
    /// # use mentormatch::{Field, Score, ValueMatrix};
    /// let matrix = ValueMatrix::new(Field::Region, Field::Region).otherwise(Score::ONE);
    /// assert_eq!(matrix.otherwise, Score::ONE);
    /// ```
    #[must_use]
    pub fn otherwise(self, otherwise: Score) -> Self {
        Self { otherwise, ..self }
    }

    fn sides(&self) -> (Vec<StatedValue>, Vec<StatedValue>) {
        let answers = |entry: &MatrixEntry| (entry.mentee.clone(), entry.mentor.clone());
        self.entries.iter().map(answers).unzip()
    }
}

impl Criterion for ValueMatrix {
    fn name(&self) -> &str {
        "value_matrix"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let wrong = |entry: &MatrixEntry| {
            let mentee = value_problem(&self.mentee_field, &entry.mentee);
            mentee.or_else(|| value_problem(&self.mentor_field, &entry.mentor))
        };
        let keys = self.entries.iter();
        let keys = keys.map(|entry| (entry.mentee.key(), entry.mentor.key()));
        let empty = self.entries.is_empty().then_some(ParameterProblem::Empty);
        let wrong = empty.or_else(|| self.entries.iter().find_map(wrong));
        wrong
            .or_else(|| repeats(keys))
            .map(|problem| ("entries", problem))
            .into_iter()
            .collect()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.mentee_field, &self.mentor_field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (mentees, mentors) = self.sides();
        let read = |field, values: &[_]| Places::read(context.cohort, self.name(), field, values);
        let mentees = read(&self.mentee_field, &mentees)?;
        let mentors = read(&self.mentor_field, &mentors)?;
        let answers = Columns {
            mentees: mentees.people.mentees,
            mentors: mentors.people.mentors,
        };
        let mut scores = BTreeMap::new();
        let keys = mentees.entries.into_iter().zip(mentors.entries);
        for (key, entry) in keys.zip(&self.entries) {
            scores.entry(key).or_insert(entry.score); // of entries for one pair the first counts
        }
        let otherwise = self.otherwise;
        Ok(Box::new(ClassTable::new(answers, move |mentee, mentor| {
            let score = scores.get(&(mentee?, mentor?));
            Some(score.copied().unwrap_or(otherwise))
        })))
    }
}
