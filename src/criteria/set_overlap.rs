//! How much two sets have in common.

use super::column::sets;
use super::overlap::{Overlap, OverlapScore, Shared, Weighing};
use super::prefer::Prefer;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;
use crate::score::{Score, ratio};

/// What the two sides' sets have in common, as a share.
///
/// With A the mentee's set and B the mentor's, and |X| the weight of a set's items:
///
/// | measure | formula | direction |
/// |---|---|---|
/// | [`Jaccard`](OverlapMeasure::Jaccard) | \|A ∩ B\| / \|A ∪ B\| | symmetric |
/// | [`CoverageOfMentee`](OverlapMeasure::CoverageOfMentee) | \|A ∩ B\| / \|A\| | the mentee's view |
/// | [`CoverageOfMentor`](OverlapMeasure::CoverageOfMentor) | \|A ∩ B\| / \|B\| | the mentor's view |
///
/// Every item weighs 1. With [`by_rarity`](Self::by_rarity) it weighs 1 + log₂(n / k) where k of
/// the n people who answered have it, both sides together, so that a rare thing in common counts
/// more.
///
/// With [`unlike`](Self::unlike) the score is 1 minus the share: the least in common is best, as
/// where people are to meet another background (coherence across an organisation; a mentor who can
/// be surprised). For single answers there is [`Different`](crate::Different).
///
/// Items are compared after [folding](crate::Vocabulary#when-two-words-are-the-same), and read
/// through the cohort's [`Vocabulary`](crate::Vocabulary) if either field holds skills, topics or
/// roles: then an alias is its term, and broader terms play no part. An attribute that is a
/// single choice counts as a set of one. Missing when either side gave no answer (an empty list of
/// languages, needs or offers is none; an attribute may be an empty set), or when the formula
/// divides by zero.
///
/// ```
/// use mentormatch::{Field, OverlapMeasure, Programme, SetOverlap};
///
/// let wanted = SetOverlap::between(Field::Needs, Field::Offers, OverlapMeasure::CoverageOfMentee);
/// let programme = Programme::builder()
///     .weigh(3, wanted)
///     .weigh(1, SetOverlap::jaccard(Field::Attribute("interests".into())).by_rarity())
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SetOverlap {
    /// The mentee's set.
    pub mentee_field: Field,
    /// The mentor's set.
    pub mentor_field: Field,
    /// What the common part is measured against.
    pub measure: OverlapMeasure,
    /// Whether rare items weigh more; no unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub by_rarity: bool,
    /// Whether much in common is rewarded, or little; much unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub prefer: Prefer,
}

/// What the common part of two sets is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum OverlapMeasure {
    /// The items that either side has.
    Jaccard,
    /// The mentee's items.
    CoverageOfMentee,
    /// The mentor's items.
    CoverageOfMentor,
}

impl SetOverlap {
    /// The mentee's set in one field, the mentor's in another.
    #[must_use]
    pub const fn between(
        mentee_field: Field,
        mentor_field: Field,
        measure: OverlapMeasure,
    ) -> Self {
        Self {
            mentee_field,
            mentor_field,
            measure,
            by_rarity: false,
            prefer: Prefer::Alike,
        }
    }

    /// The same field of both sides, measured against what either has.
    ///
    /// ```
    /// # use mentormatch::{Field, SetOverlap};
    /// assert!(!SetOverlap::jaccard(Field::Languages).by_rarity);
    /// ```
    #[must_use]
    pub fn jaccard(field: Field) -> Self {
        Self::between(field.clone(), field, OverlapMeasure::Jaccard)
    }

    /// The same, with rare items weighing more.
    ///
    /// ```
    /// # use mentormatch::{Field, SetOverlap};
    /// assert!(SetOverlap::jaccard(Field::Languages).by_rarity().by_rarity);
    /// ```
    #[must_use]
    pub fn by_rarity(self) -> Self {
        Self {
            by_rarity: true,
            ..self
        }
    }

    /// The same, with the least in common best.
    ///
    /// ```
    /// # use mentormatch::{Field, Prefer, SetOverlap};
    /// assert_eq!(SetOverlap::jaccard(Field::RolesHeld).unlike().prefer, Prefer::Unlike);
    /// ```
    #[must_use]
    pub fn unlike(self) -> Self {
        Self {
            prefer: Prefer::Unlike,
            ..self
        }
    }
}

impl Criterion for SetOverlap {
    fn name(&self) -> &str {
        "set_overlap"
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.mentee_field, &self.mentor_field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (mentee, mentor) = (&self.mentee_field, &self.mentor_field);
        let columns = sets(context.cohort, self.name(), mentee, mentor)?;
        let weighing = if self.by_rarity {
            Weighing::Rarity
        } else {
            Weighing::Equal
        };
        let (measure, prefer) = (self.measure, self.prefer);
        Ok(Box::new(OverlapScore {
            overlap: Overlap::new(columns, weighing),
            measure: move |shared| measure.score(shared).map(|share| prefer.of(share)),
        }))
    }
}

impl OverlapMeasure {
    pub(super) fn score(self, shared: Shared) -> Option<Score> {
        let whole = match self {
            Self::Jaccard => shared.mentee + shared.mentor - shared.common,
            Self::CoverageOfMentee => shared.mentee,
            Self::CoverageOfMentor => shared.mentor,
        };
        match (shared.common, whole) {
            (_, 0) => None,
            (0, _) => Some(Score::ZERO), // most pairs: spare them the division
            (common, whole) => Some(ratio(common, whole)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_divide_by_what_they_say() {
        let shared = Shared {
            common: 1,
            mentee: 2,
            mentor: 4,
        };
        let ppm = |measure: OverlapMeasure| measure.score(shared).unwrap().ppm();
        assert_eq!(ppm(OverlapMeasure::Jaccard), 200_000);
        assert_eq!(ppm(OverlapMeasure::CoverageOfMentee), 500_000);
        assert_eq!(ppm(OverlapMeasure::CoverageOfMentor), 250_000);
    }
}
