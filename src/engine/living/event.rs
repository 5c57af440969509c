//! What can happen to a programme between two matching days.

use std::fmt;

use thiserror::Error;

use crate::date::CalendarDate;
use crate::engine::error::RunError;
use crate::error::{CohortError, HeldBy};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Bounds, DecidedPair, Mentee, Mentor, Override, PastPair, Status};

/// Something that happens to a programme; what [`Plan::apply`](super::Plan::apply) answers.
///
/// `Debug` says what kind of event it is, and nothing of the people.
///
/// ```
/// use mentormatch::{Event, Profile};
///
/// let joins = Event::mentee_joins(Profile::new("boris").need("rust", 3).mentee());
/// let leaves = Event::mentor_leaves("ana");
/// assert_eq!(format!("{joins:?}, {leaves:?}"), "mentee joins, mentor leaves");
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// Somebody joins as a mentor.
    MentorJoins(Box<Mentor>),
    /// Somebody joins as a mentee.
    MenteeJoins(Box<Mentee>),
    /// A mentor has another profile or other capacities now; the same id. A manager who is not stated any
    /// more stays known, as does whoever leaves: a reporting line never gets lost by silence.
    MentorChanges(Box<Mentor>),
    /// A mentee has another profile or another demand now; the same id. Of managers, as for mentors.
    MenteeChanges(Box<Mentee>),
    /// Somebody leaves the role for good. What was decided about the person's pairs goes too.
    Leaves {
        /// The role.
        role: Role,
        /// Who.
        id: ParticipantId,
    },
    /// Somebody pauses, or is back.
    Status {
        /// The role.
        role: Role,
        /// Who.
        id: ParticipantId,
        /// What the person is from now on.
        status: Status,
    },
    /// Somebody takes more or fewer partners: a mentor's capacity, a mentee's demand.
    Places {
        /// The role.
        role: Role,
        /// Who.
        id: ParticipantId,
        /// The new bounds.
        places: Bounds,
    },
    /// A pair must not be made any more.
    Veto(DecidedPair),
    /// A veto is taken back.
    LiftVeto(DecidedPair),
    /// A pair is made, and stays.
    Lock(DecidedPair),
    /// A lock is taken back: the pair may be given up.
    Unlock(DecidedPair),
    /// A rule does not hold for a pair.
    Allow(Override),
    /// A pair has come to its end: from now on it is a past pair, not locked, and none that is to be kept. The two may
    /// be matched again unless a rule such as [`PastPairs`](crate::PastPairs) forbids it.
    PairEnds(PastPair),
}

impl Event {
    /// Somebody joins as a mentor.
    #[must_use]
    pub fn mentor_joins(mentor: Mentor) -> Self {
        Self::MentorJoins(Box::new(mentor))
    }

    /// Somebody joins as a mentee.
    #[must_use]
    pub fn mentee_joins(mentee: Mentee) -> Self {
        Self::MenteeJoins(Box::new(mentee))
    }

    /// A mentor has another profile or other capacities now.
    #[must_use]
    pub fn mentor_changes(mentor: Mentor) -> Self {
        Self::MentorChanges(Box::new(mentor))
    }

    /// A mentee has another profile or another demand now.
    #[must_use]
    pub fn mentee_changes(mentee: Mentee) -> Self {
        Self::MenteeChanges(Box::new(mentee))
    }

    /// A mentor leaves for good.
    #[must_use]
    pub fn mentor_leaves(id: impl Into<ParticipantId>) -> Self {
        let (role, id) = (Role::Mentor, id.into());
        Self::Leaves { role, id }
    }

    /// A mentee leaves for good.
    #[must_use]
    pub fn mentee_leaves(id: impl Into<ParticipantId>) -> Self {
        let (role, id) = (Role::Mentee, id.into());
        Self::Leaves { role, id }
    }

    /// Somebody takes no part for a while.
    #[must_use]
    pub fn pauses(role: Role, id: impl Into<ParticipantId>) -> Self {
        let (id, status) = (id.into(), Status::Paused);
        Self::Status { role, id, status }
    }

    /// Somebody who paused takes part again.
    #[must_use]
    pub fn returns(role: Role, id: impl Into<ParticipantId>) -> Self {
        let (id, status) = (id.into(), Status::Active);
        Self::Status { role, id, status }
    }

    /// A mentor takes so many mentees from now on; a number alone drops a minimum that she had.
    #[must_use]
    pub fn capacity(id: impl Into<ParticipantId>, capacity: impl Into<Bounds>) -> Self {
        Self::Places {
            role: Role::Mentor,
            id: id.into(),
            places: capacity.into(),
        }
    }

    /// A mentee wants so many mentors from now on; a number alone drops a minimum that she had.
    #[must_use]
    pub fn demand(id: impl Into<ParticipantId>, demand: impl Into<Bounds>) -> Self {
        Self::Places {
            role: Role::Mentee,
            id: id.into(),
            places: demand.into(),
        }
    }

    /// A pair must not be made any more.
    #[must_use]
    pub fn veto(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self::Veto(DecidedPair::new(mentee, mentor))
    }

    /// A veto is taken back.
    #[must_use]
    pub fn lift_veto(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self::LiftVeto(DecidedPair::new(mentee, mentor))
    }

    /// A pair is made, and stays.
    #[must_use]
    pub fn lock(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self::Lock(DecidedPair::new(mentee, mentor))
    }

    /// A lock is taken back.
    #[must_use]
    pub fn unlock(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self::Unlock(DecidedPair::new(mentee, mentor))
    }

    /// A rule does not hold for a pair.
    ///
    /// ```
    /// use mentormatch::{Event, Override};
    ///
    /// let agreed = Override::new("boris", "ana", "same_value:department", "both heads agree");
    /// assert_eq!(format!("{:?}", Event::allow(agreed)), "override");
    /// ```
    #[must_use]
    pub const fn allow(despite: Override) -> Self {
        Self::Allow(despite)
    }

    /// A pair has come to its end on a day.
    ///
    /// ```
    /// use mentormatch::{CalendarDate, Event};
    ///
    /// let ends = Event::pair_ends("boris", "ana", CalendarDate::new(2026, 3, 1)?);
    /// let Event::PairEnds(past) = ends else { panic!("a pair ends") };
    /// assert_eq!(past.ended.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
    /// # Ok::<(), mentormatch::DateError>(())
    /// ```
    #[must_use]
    pub fn pair_ends(
        mentee: impl Into<ParticipantId>,
        mentor: impl Into<ParticipantId>,
        on: CalendarDate,
    ) -> Self {
        Self::PairEnds(PastPair::new(mentee, mentor).ended(on))
    }

    /// The mentee and the mentor whose pair it is about, if it is about one.
    pub(super) fn pair(&self) -> Option<(&ParticipantId, &ParticipantId)> {
        match self {
            Self::Veto(pair) | Self::LiftVeto(pair) | Self::Lock(pair) | Self::Unlock(pair) => {
                Some((&pair.mentee, &pair.mentor))
            }
            Self::Allow(own) => Some((&own.mentee, &own.mentor)),
            Self::PairEnds(own) => Some((&own.mentee, &own.mentor)),
            _ => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::MentorJoins(_) => "mentor joins",
            Self::MenteeJoins(_) => "mentee joins",
            Self::MentorChanges(_) => "mentor changes",
            Self::MenteeChanges(_) => "mentee changes",
            Self::Leaves {
                role: Role::Mentor, ..
            } => "mentor leaves",
            Self::Leaves { .. } => "mentee leaves",
            Self::Status { .. } => "status",
            Self::Places { .. } => "places",
            Self::Veto(_) => "veto",
            Self::LiftVeto(_) => "veto lifted",
            Self::Lock(_) => "lock",
            Self::Unlock(_) => "lock taken back",
            Self::Allow(_) => "override",
            Self::PairEnds(_) => "pair ends",
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

/// Why events cannot be applied. The plan they were to be applied to is as it was.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// An event is about somebody who is not there in that role.
    #[error("event {event}: no {role} {id:?} in this plan{}", HeldBy(in_other_role.then(|| role.other())))]
    Unknown {
        /// The event's place in the list, from 0.
        event: usize,
        /// The role in which the person was looked for.
        role: Role,
        /// The id.
        id: ParticipantId,
        /// Whether somebody of this id is there in the other role: the two ids of a pair may be swapped.
        in_other_role: bool,
    },
    /// What people say now does not fit together.
    #[error(transparent)]
    Cohort(#[from] CohortError),
    /// The programme does not fit the answers; decisions cannot be obeyed, with all that stands against
    /// each; a score that is none; cancellation.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A measure names a rule or a criterion that the programme does not have.
    #[error("the programme has no rule or criterion {name:?}")]
    NoSuchPart {
        /// The name.
        name: String,
    },
    /// The programme wants a stable matching: there is no optimum to follow.
    #[error("a stable matching has no plan")]
    Stable,
}
