//! Nobody mentors their own report or boss.

use std::collections::BTreeMap;

use super::{ForbidRow, Rule};
use crate::criteria::{Context, PairList};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;

/// Forbids pairs where either reports to the other, directly or through others.
///
/// The distance is the number of steps up the reporting line: 1 for one's own manager. Somebody
/// without a stated manager has nobody above them: a missing answer forbids nothing.
///
/// ```
/// use mentormatch::{Field, Programme, ReportingLine, Same};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(ReportingLine::any_distance())
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ReportingLine {
    /// The largest distance forbidden, at least 1; any distance if absent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub within: Option<u32>,
}

impl ReportingLine {
    /// Forbids the whole line, up and down.
    #[must_use]
    pub const fn any_distance() -> Self {
        Self { within: None }
    }

    /// Forbids up to this many steps, up and down.
    ///
    /// ```
    /// # use mentormatch::ReportingLine;
    /// assert_eq!(ReportingLine::within(1).within, Some(1));
    /// ```
    #[must_use]
    pub const fn within(steps: u32) -> Self {
        Self {
            within: Some(steps),
        }
    }

    fn pairs(self, cohort: &Cohort) -> BTreeMap<(MenteeIdx, MentorIdx), ()> {
        let steps = self.within.unwrap_or(u32::MAX) as usize;
        let mut pairs = BTreeMap::new();
        let mentees = cohort.mentees();
        for (mentee, person) in MenteeIdx::all(mentees.len()).zip(mentees) {
            let above = cohort.managers_above(&person.profile.id).take(steps);
            let mentors = above.filter_map(|id| cohort.mentor_idx(id.as_str()));
            pairs.extend(mentors.map(|mentor| ((mentee, mentor), ())));
        }
        let mentors = cohort.mentors();
        for (mentor, person) in MentorIdx::all(mentors.len()).zip(mentors) {
            let above = cohort.managers_above(&person.profile.id).take(steps);
            let mentees = above.filter_map(|id| cohort.mentee_idx(id.as_str()));
            pairs.extend(mentees.map(|mentee| ((mentee, mentor), ())));
        }
        pairs
    }
}

impl Rule for ReportingLine {
    fn name(&self) -> &str {
        "reporting_line"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        if self.within != Some(0) {
            return Vec::new();
        }
        let high = u32::MAX.into();
        vec![("within", ParameterProblem::OutOfRange { low: 1, high })]
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let cohort = context.cohort;
        Ok(Box::new(PairList::new(
            cohort.mentees().len(),
            self.pairs(cohort),
        )))
    }
}
