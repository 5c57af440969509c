//! Partners must differ in one answer.

use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{ClassTable, Context, fields_of, scalars};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs who gave the same answer.
///
/// Of [`Field::Team`] it keeps a mentor out of the mentee's own team, where not everything can be
/// said; of department or organisation it mixes people.
///
/// Reads any field with a single value; texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same). Symmetric. Where either
/// side gave no answer, `if_missing` decides.
///
/// ```
/// use mentormatch::{Field, Programme, Same, SameValue};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(SameValue::new(Field::Organisation))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SameValue {
    /// What is compared.
    pub field: Field,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl SameValue {
    /// Forbids pairs who gave the same answer, and pairs of whom that is unknown.
    #[must_use]
    pub const fn new(field: Field) -> Self {
        Self {
            field,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{Field, IfMissing, SameValue};
    /// let rule = SameValue::new(Field::Site).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for SameValue {
    fn name(&self) -> &str {
        "same_value"
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let answers = scalars(context.cohort, self.name(), &self.field)?;
        let unknown = self.if_missing.forbids();
        Ok(Box::new(ClassTable::new(
            answers,
            move |mentee, mentor| match (mentee, mentor) {
                (Some(mentee), Some(mentor)) => mentee == mentor,
                _ => unknown,
            },
        )))
    }
}
