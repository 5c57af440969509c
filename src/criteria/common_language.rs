//! Whether the two sides can talk to each other.

use super::capped_count::CappedCount;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;

/// At least one language in common: 1 if so, otherwise 0.
///
/// Symmetric. Language tags are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same). Missing when either side lists
/// no language. As a hard condition, use [`FewerCommonLanguages`](crate::FewerCommonLanguages).
///
/// ```
/// use mentormatch::{CommonLanguage, Programme};
///
/// let programme = Programme::builder().weigh(1, CommonLanguage::default()).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct CommonLanguage {}

impl Criterion for CommonLanguage {
    fn name(&self) -> &str {
        "common_language"
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&Field::Languages, &Field::Languages)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        CappedCount::new(Field::Languages, 1).prepare(context)
    }
}
