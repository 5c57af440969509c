//! People who have been a pair are given somebody new.

use std::collections::BTreeMap;

use super::{ForbidRow, Rule};
use crate::criteria::{Context, PairList};
use crate::date::CalendarDate;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::participant::PastPair;
use crate::period::Period;

/// Forbids pairs that have been a pair before, in the same roles
/// ([`CohortBuilder::past_pair`](crate::CohortBuilder::past_pair)).
///
/// Without a cool-down for ever; with one, until the programme's date (or, if it states none, the first
/// day of its period) is that many months after the pair ended: the same day of the month, or its last. A pair without an end is still running and
/// forbidden. A pair of whom nothing is known is allowed.
///
/// # Errors
/// A programme that states a cool-down must state a date or a period.
///
/// ```
/// use mentormatch::{CalendarDate, Field, PastPairs, Programme, Same};
///
/// let programme = Programme::builder()
///     .date(CalendarDate::new(2026, 9, 1)?)
///     .weigh(1, Same::new(Field::Department))
///     .forbid(PastPairs::cool_down_months(24))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct PastPairs {
    /// After how many months a pair may meet again; never if absent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub cool_down_months: Option<u32>,
}

impl PastPairs {
    /// Never again.
    ///
    /// ```
    /// # use mentormatch::PastPairs;
    /// assert_eq!(PastPairs::ever().cool_down_months, None);
    /// ```
    #[must_use]
    pub const fn ever() -> Self {
        let cool_down_months = None;
        Self { cool_down_months }
    }

    /// Not before so many months have passed.
    #[must_use]
    pub const fn cool_down_months(months: u32) -> Self {
        let cool_down_months = Some(months);
        Self { cool_down_months }
    }

    fn forbids(self, pair: &PastPair, today: Option<CalendarDate>) -> bool {
        let again = pair.ended.zip(self.cool_down_months);
        let again = again.and_then(|(ended, months)| ended.months_later(months));
        !matches!((again, today), (Some(again), Some(today)) if again <= today)
    }
}

impl Rule for PastPairs {
    fn name(&self) -> &str {
        "past_pairs"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let first_day = context.period.map(Period::first_day);
        let (cohort, today) = (context.cohort, context.date.or(first_day));
        if self.cool_down_months.is_some() && today.is_none() {
            let owner = self.name().to_owned();
            return Err(ProgrammeProblem::NoDate { owner }.into());
        }
        let forbidden = cohort.past_pairs().iter();
        let forbidden = forbidden.filter(|pair| self.forbids(pair, today));
        let pairs = forbidden.filter_map(|pair| {
            let mentee = cohort.mentee_idx(pair.mentee.as_str())?;
            let mentor = cohort.mentor_idx(pair.mentor.as_str())?;
            Some(((mentee, mentor), ()))
        });
        let pairs: BTreeMap<_, _> = pairs.collect();
        Ok(Box::new(PairList::new(cohort.mentees().len(), pairs)))
    }
}
