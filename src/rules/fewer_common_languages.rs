//! Partners must be able to talk to each other.

use super::kernel::Shares;
use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{Context, Overlap, Shared, Weighing, fields_of, languages};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs with fewer than a number of languages in common.
///
/// Symmetric. Language tags are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same). Where either side lists no
/// language, `if_missing` decides.
///
/// ```
/// use mentormatch::{FewerCommonLanguages, Field, Programme, Same};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(FewerCommonLanguages::than(1))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct FewerCommonLanguages {
    /// The least number allowed: at least 1.
    pub than: u32,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl FewerCommonLanguages {
    /// Allows this many common languages and more only.
    #[must_use]
    pub const fn than(than: u32) -> Self {
        Self {
            than,
            if_missing: IfMissing::Forbid,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{FewerCommonLanguages, IfMissing};
    /// let rule = FewerCommonLanguages::than(1).if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub const fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }
}

impl Rule for FewerCommonLanguages {
    fn name(&self) -> &str {
        "fewer_common_languages"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        if self.than > 0 {
            return Vec::new();
        }
        let high = u32::MAX.into();
        vec![("than", ParameterProblem::OutOfRange { low: 1, high })]
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&Field::Languages, &Field::Languages)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let languages = languages(context.cohort, self.name())?;
        let (than, unknown) = (u64::from(self.than), self.if_missing.forbids());
        Ok(Box::new(Shares {
            overlap: Overlap::new(languages, Weighing::Equal),
            verdict: move |shared: Option<Shared>| {
                shared.map_or(unknown, |shared| shared.common < than)
            },
        }))
    }
}
