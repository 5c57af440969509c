//! What every pair that there is, or was, means for a run.

use std::fmt;

use crate::date::CalendarDate;
use crate::ids::ParticipantId;

/// What the host knows of pairs on a day: what was proposed, accepted, is running, was declined, has
/// ended. The state stays with the host; [`Engine::rematch`](crate::Engine::rematch) reads it, checks it,
/// and makes of it what is locked, vetoed, kept where possible, or past.
///
/// ```
/// use mentormatch::{CalendarDate, Hold, PairState, PairStates};
///
/// let states = PairStates::on(CalendarDate::new(2026, 9, 1)?)
///     .pair("boris", "ana", PairState::Active(Hold::Frozen))
///     .pair("chen", "eve", PairState::Proposed(Hold::MayMove))
///     .pair("chen", "ana", PairState::Declined { until: None });
/// assert_eq!(states.pairs.len(), 3);
/// # Ok::<(), mentormatch::DateError>(())
/// ```
///
/// With the feature `serde`, in a file; this release reads `format_version` 1, refuses unknown keys, and
/// quotes no value in an error:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use mentormatch::{Hold, PairState, PairStates};
///
/// let states: PairStates = serde_json::from_str(r#"{
///     "format_version": 1,
///     "today": "2026-09-01",
///     "pairs": [
///         {"mentee": "boris", "mentor": "ana", "state": "active", "frozen": true},
///         {"mentee": "chen", "mentor": "eve", "state": "proposed"},
///         {"mentee": "chen", "mentor": "ana", "state": "declined", "until": "2027-01-01"},
///         {"mentee": "dora", "mentor": "eve", "state": "ended", "on": "2026-06-30"}
///     ]
/// }"#)?;
/// assert_eq!(states.pairs[1].state, PairState::Proposed(Hold::MayMove));
/// let stored = serde_json::to_string(&states)?;
/// assert_eq!(serde_json::from_str::<PairStates>(&stored)?, states);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairStates {
    /// The day of the run, from which vetoes of declined pairs are judged. (The rule
    /// [`PastPairs`](crate::PastPairs) counts a cool-down to the programme's own date.)
    pub today: CalendarDate,
    /// The pairs, in any order.
    pub pairs: Vec<StatedPair>,
}

/// A pair and what it means. `Debug` shows nothing of the people.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct StatedPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// What the pair means.
    pub state: PairState,
}

/// What a pair means for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PairState {
    /// Suggested; somebody has still to answer.
    Proposed(Hold),
    /// Agreed; not begun yet.
    Accepted(Hold),
    /// Under way.
    Active(Hold),
    /// Refused by somebody: vetoed before a day, or for ever.
    Declined {
        /// From this day on the pair may be made again.
        until: Option<CalendarDate>,
    },
    /// Over: a past pair, of which the rule [`PastPairs`](crate::PastPairs) may say something. A past
    /// pair may be a pair again.
    Ended {
        /// The pair's last day, at the latest today.
        on: CalendarDate,
    },
}

/// How firmly a pair holds its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// It is made again, whatever it costs, or the run is refused with what stands against it.
    Frozen,
    /// It may be given up; a programme with [`Objective::KeepPairs`](crate::Objective::KeepPairs) keeps
    /// it where it can.
    MayMove,
}

impl PairStates {
    /// No pairs yet on this day.
    #[must_use]
    pub const fn on(today: CalendarDate) -> Self {
        let pairs = Vec::new();
        Self { today, pairs }
    }

    /// One more pair.
    #[must_use]
    pub fn pair(
        mut self,
        mentee: impl Into<ParticipantId>,
        mentor: impl Into<ParticipantId>,
        state: PairState,
    ) -> Self {
        self.pairs.push(StatedPair {
            mentee: mentee.into(),
            mentor: mentor.into(),
            state,
        });
        self
    }
}

impl PairState {
    /// How firmly the pair holds a place, if it holds one.
    ///
    /// ```
    /// # use mentormatch::{Hold, PairState};
    /// assert_eq!(PairState::Active(Hold::Frozen).hold(), Some(Hold::Frozen));
    /// assert_eq!(PairState::Declined { until: None }.hold(), None);
    /// ```
    #[must_use]
    pub const fn hold(self) -> Option<Hold> {
        match self {
            Self::Proposed(hold) | Self::Accepted(hold) | Self::Active(hold) => Some(hold),
            Self::Declined { .. } | Self::Ended { .. } => None,
        }
    }

    /// As in files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Proposed(_) => "proposed",
            Self::Accepted(_) => "accepted",
            Self::Active(_) => "active",
            Self::Declined { .. } => "declined",
            Self::Ended { .. } => "ended",
        }
    }
}

/// As a manager would say it.
impl fmt::Display for PairState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Declined { until: Some(until) } => write!(f, " until {until}"),
            Self::Ended { on } => write!(f, " on {on}"),
            _ if self.hold() == Some(Hold::Frozen) => f.write_str(" and frozen"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for StatedPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatedPair")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
