//! Likeness and difference in one answer.

use super::class_table::ClassTable;
use super::column::scalars;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;
use crate::score::Score;

/// Both sides gave the same answer: 1 if so, otherwise 0.
///
/// Reads any field with a single value; texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same). Symmetric. Missing when
/// either side gave no answer.
///
/// ```
/// use mentormatch::{Field, Programme, Same};
///
/// let programme = Programme::builder().weigh(1, Same::new(Field::Department)).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Same {
    /// What is compared.
    pub field: Field,
}

/// The two sides gave different answers: 1 if so, otherwise 0.
///
/// Reads any field with a single value; texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same). Symmetric. Missing when
/// either side gave no answer.
///
/// ```
/// use mentormatch::{Different, Field, Programme};
///
/// let programme = Programme::builder().weigh(1, Different::new(Field::Site)).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Different {
    /// What is compared.
    pub field: Field,
}

impl Same {
    /// Rewards the same answer.
    #[must_use]
    pub const fn new(field: Field) -> Self {
        Self { field }
    }
}

impl Different {
    /// Rewards different answers.
    #[must_use]
    pub const fn new(field: Field) -> Self {
        Self { field }
    }
}

impl Criterion for Same {
    fn name(&self) -> &str {
        "same"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = scalars(context.cohort, self.name(), &self.field)?;
        Ok(Box::new(ClassTable::new(answers, |mentee, mentor| {
            Some(yes_or_no(mentee? == mentor?))
        })))
    }
}

impl Criterion for Different {
    fn name(&self) -> &str {
        "different"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = scalars(context.cohort, self.name(), &self.field)?;
        Ok(Box::new(ClassTable::new(answers, |mentee, mentor| {
            Some(yes_or_no(mentee? != mentor?))
        })))
    }
}

fn yes_or_no(yes: bool) -> Score {
    if yes { Score::ONE } else { Score::ZERO }
}
