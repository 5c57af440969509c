//! How many things two sets have in common, up to a number that is enough.

use super::column::sets;
use super::overlap::{Overlap, OverlapScore, Shared, Weighing};
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::{Score, ratio};

/// The number of things in common, where `enough` is as good as more: min(common, enough) / enough.
///
/// Symmetric when both sides name one field. Items are compared as by
/// [`SetOverlap`](crate::SetOverlap). Missing when either side gave no answer.
///
/// ```
/// use mentormatch::{CappedCount, Field, Programme};
///
/// let hobbies = CappedCount::new(Field::Attribute("hobbies".into()), 3);
/// let programme = Programme::builder().weigh(1, hobbies).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CappedCount {
    /// The mentee's set.
    pub mentee_field: Field,
    /// The mentor's set.
    pub mentor_field: Field,
    /// How many in common score 1: `1..=1000`.
    pub enough: u32,
}

const MOST: u32 = 1000;

impl CappedCount {
    /// Counts what both sides have in one field.
    #[must_use]
    pub fn new(field: Field, enough: u32) -> Self {
        Self::between(field.clone(), field, enough)
    }

    /// Counts what the mentee has in one field and the mentor in another.
    ///
    /// ```
    /// # use mentormatch::{CappedCount, Field};
    /// assert_eq!(CappedCount::between(Field::Needs, Field::Offers, 2).enough, 2);
    /// ```
    #[must_use]
    pub const fn between(mentee_field: Field, mentor_field: Field, enough: u32) -> Self {
        Self {
            mentee_field,
            mentor_field,
            enough,
        }
    }
}

impl Criterion for CappedCount {
    fn name(&self) -> &str {
        "capped_count"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        if (1..=MOST).contains(&self.enough) {
            return Vec::new();
        }
        let high = MOST.into();
        vec![("enough", ParameterProblem::OutOfRange { low: 1, high })]
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.mentee_field, &self.mentor_field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (mentee, mentor) = (&self.mentee_field, &self.mentor_field);
        let columns = sets(context.cohort, self.name(), mentee, mentor)?;
        let enough = u64::from(self.enough.min(MOST));
        let scores: Vec<Score> = (0..=enough).map(|common| ratio(common, enough)).collect();
        Ok(Box::new(OverlapScore {
            overlap: Overlap::new(columns, Weighing::Equal),
            measure: move |shared: Shared| {
                let common = usize::try_from(shared.common.min(enough)).ok()?;
                scores.get(common).copied()
            },
        }))
    }
}
