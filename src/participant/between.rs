//! What is known about pairs beyond what people say themselves.

use std::collections::HashSet;
use std::fmt;

use super::entry::Entry;
use super::warnings::CohortWarning;
use crate::date::CalendarDate;
use crate::ids::ParticipantId;

/// A mentor and a mentee who have been a pair before, or still are.
///
/// How it went is not part of it, and no score reads it by itself: a host that wants it to count says so in
/// the profiles, as [ratings](crate::Profile::ratings) or vetoes.
///
/// `Debug` shows nothing of it. In stored forms
/// `{"mentee": "boris", "mentor": "ana", "ended": "2025-06-30"}`, without `ended` while the pair is
/// still running.
///
/// ```
/// use mentormatch::{CalendarDate, PastPair};
///
/// let spring = PastPair::new("boris", "ana").ended(CalendarDate::new(2025, 6, 30)?);
/// assert_eq!(spring.mentor.as_str(), "ana");
/// # Ok::<(), mentormatch::DateError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PastPair {
    /// Who was the mentee.
    pub mentee: ParticipantId,
    /// Who was the mentor.
    pub mentor: ParticipantId,
    /// The last day; `None` while the pair is still running.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub ended: Option<CalendarDate>,
}

impl PastPair {
    /// A pair that is still running.
    ///
    /// ```
    /// # use mentormatch::PastPair;
    /// assert_eq!(PastPair::new("boris", "ana").ended, None);
    /// ```
    #[must_use]
    pub fn new(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self {
            mentee: mentee.into(),
            mentor: mentor.into(),
            ended: None,
        }
    }

    /// The same pair, of which this was the last day.
    #[must_use]
    pub fn ended(self, day: CalendarDate) -> Self {
        Self {
            ended: Some(day),
            ..self
        }
    }
}

impl fmt::Debug for PastPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PastPair").finish_non_exhaustive()
    }
}

/// Everything known about pairs, in an order of its own: how it was listed changes nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Between {
    /// Two people who must not be paired in whichever roles, the lesser id first.
    pub(super) conflicts: Vec<(ParticipantId, ParticipantId)>,
    pub(super) past_pairs: Vec<PastPair>,
}

impl Between {
    /// The same, sorted and each once.
    pub(super) fn sorted(mut self) -> Self {
        for (one, other) in &mut self.conflicts {
            if other < one {
                std::mem::swap(one, other);
            }
        }
        self.conflicts.sort_unstable();
        self.conflicts.dedup();
        self.past_pairs.sort_unstable();
        self.past_pairs.dedup();
        self
    }

    /// People in conflicts who take no part. (That people of past pairs do not is to be expected.)
    pub(super) fn warnings(&self, entries: &[Entry<'_>]) -> Vec<CohortWarning> {
        let listed: HashSet<_> = entries.iter().map(Entry::id).collect();
        let named = self.conflicts.iter().flat_map(|(one, other)| [one, other]);
        let unknown = named.filter(|id| !listed.contains(id));
        let warning = |id: &ParticipantId| CohortWarning::UnknownInConflict {
            participant: id.clone(),
        };
        unknown.map(warning).collect()
    }
}
