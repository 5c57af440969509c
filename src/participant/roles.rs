//! A profile in a role, with how many partners it takes there.

use std::fmt;
use std::ops::RangeInclusive;

use super::profile::{Profile, Status};
use crate::ids::Role;

/// How many partners a participant takes: a mentor's capacity, a mentee's demand.
///
/// In stored forms `{"min": 0, "max": 3}`, or a bare number for the maximum.
///
/// ```
/// use mentormatch::Bounds;
///
/// assert_eq!(Bounds::from(3), Bounds { min: 0, max: 3 });
/// assert_eq!(Bounds::from(1..=3), Bounds { min: 1, max: 3 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Bounds {
    /// At least this many, if it can be arranged: as many of all people's least places as possible are
    /// filled before anything else counts.
    pub min: u32,
    /// Never more than this many; not below `min`.
    pub max: u32,
}

/// A profile in the role of a mentor.
///
/// ```
/// use mentormatch::{Bounds, Profile};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=3);
/// assert_eq!(ana.capacity, Bounds { min: 0, max: 3 });
/// assert_eq!(format!("{ana:?}"), r#"Mentor { id: "ana", .. }"#);
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Mentor {
    /// The person.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub profile: Profile,
    /// How many mentees this mentor takes; normally `0..=1`. Zero and `u32::MAX` are legal.
    pub capacity: Bounds,
}

/// A profile in the role of a mentee.
///
/// ```
/// use mentormatch::{Bounds, Profile};
///
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// assert_eq!(boris.demand, Bounds { min: 0, max: 1 });
/// assert_eq!(format!("{boris:?}"), r#"Mentee { id: "boris", .. }"#);
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Mentee {
    /// The person.
    pub profile: Profile,
    /// How many mentors this mentee wants; normally `0..=1`. Zero and `u32::MAX` are legal.
    pub demand: Bounds,
}

impl Profile {
    /// This person as a mentor who takes so many mentees.
    ///
    /// ```
    /// # use mentormatch::{Bounds, Profile};
    /// let ana = Profile::new("ana");
    /// assert_eq!(ana.clone().mentor(2).capacity, Bounds { min: 0, max: 2 });
    /// assert_eq!(ana.mentor(1..=2).capacity, Bounds { min: 1, max: 2 });
    /// ```
    #[must_use]
    pub fn mentor(self, capacity: impl Into<Bounds>) -> Mentor {
        Mentor {
            profile: self,
            capacity: capacity.into(),
        }
    }

    /// This person as a mentor who takes as many mentees as their time allows.
    ///
    /// That is the hours a month they have over what one mentee takes of them: the meetings a month
    /// they expect (2 unless stated) times the minutes of a meeting (60 unless stated), rounded down.
    /// One, if the hours are not stated; and at least one, if there are any and the meetings are not.
    ///
    /// ```
    /// # use mentormatch::Profile;
    /// let ana = Profile::new("ana").hours_per_month(5.0).meetings_per_month(2.0).meeting_minutes(60);
    /// assert_eq!(ana.mentor_within_budget().capacity.max, 2);
    /// assert_eq!(Profile::new("chen").mentor_within_budget().capacity.max, 1);
    /// ```
    #[must_use]
    pub fn mentor_within_budget(self) -> Mentor {
        let places = self.partners_within_budget();
        self.mentor(places.unwrap_or(1))
    }

    /// This person as a mentee who wants one mentor.
    ///
    /// ```
    /// # use mentormatch::Profile;
    /// assert_eq!(Profile::new("boris").mentee().demand.max, 1);
    /// ```
    #[must_use]
    pub fn mentee(self) -> Mentee {
        Mentee {
            profile: self,
            demand: Bounds::default(),
        }
    }

    /// This person as a mentee who wants one mentor, if their time allows one.
    ///
    /// Hours a month, meetings and minutes are counted as for
    /// [`mentor_within_budget`](Self::mentor_within_budget): a mentee with one hour a month who expects
    /// two meetings of an hour has no time for a mentor, wants none, and the cohort
    /// [says so](crate::CohortWarning::TooFewHours). More hours make nobody want a second mentor.
    ///
    /// ```
    /// # use mentormatch::Profile;
    /// let boris = |hours| Profile::new("boris").hours_per_month(hours).meetings_per_month(2.0);
    /// assert_eq!(boris(2.0).mentee_within_budget().demand.max, 1);
    /// assert_eq!(boris(1.0).mentee_within_budget().demand.max, 0);
    /// assert_eq!(Profile::new("chen").mentee_within_budget().demand.max, 1);
    /// ```
    #[must_use]
    pub fn mentee_within_budget(self) -> Mentee {
        let demand = self.demand_within_budget();
        self.mentee().demand(demand)
    }
}

/// The demand is left out where it would be read again from the hours, or from nothing.
#[cfg(feature = "serde")]
impl serde::Serialize for Mentee {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Stored<'a> {
            #[serde(flatten)]
            profile: &'a Profile,
            #[serde(skip_serializing_if = "Option::is_none")]
            demand: Option<Bounds>,
        }
        let (profile, demand) = (&self.profile, self.demand);
        let demand = (demand != profile.demand_within_budget()).then_some(demand);
        Stored { profile, demand }.serialize(serializer)
    }
}

impl Profile {
    /// One mentor, if the hours a month have room for one.
    fn demand_within_budget(&self) -> Bounds {
        let most = self.partners_within_budget();
        Bounds::from(most.map_or(1, |most| most.min(1)))
    }

    /// How many partners the hours a month have room for; `None` if they are not stated.
    pub(super) fn partners_within_budget(&self) -> Option<u32> {
        let hours = self.hours_per_month?;
        let stated = self.meetings_per_month.filter(|&meetings| meetings > 0.0);
        let minutes = f64::from(self.meeting_minutes.unwrap_or(60));
        let partners = (hours * 60.0 / (stated.unwrap_or(2.0) * minutes).max(1.0)).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, and what is no number counts 0"
        )]
        let partners = partners as u32;
        let least = u32::from(stated.is_none() && hours > 0.0);
        Some(partners.max(least))
    }
}

impl Mentee {
    /// How many mentors this mentee wants, where it is not up to one.
    ///
    /// ```
    /// # use mentormatch::{Bounds, Profile};
    /// let boris = Profile::new("boris").mentee().demand(1..=2);
    /// assert_eq!(boris.demand, Bounds { min: 1, max: 2 });
    /// ```
    #[must_use]
    pub fn demand(mut self, demand: impl Into<Bounds>) -> Self {
        self.demand = demand.into();
        self
    }
}

/// Up to one partner.
impl Default for Bounds {
    fn default() -> Self {
        Self { min: 0, max: 1 }
    }
}

/// Up to so many partners.
impl From<u32> for Bounds {
    fn from(max: u32) -> Self {
        Self { min: 0, max }
    }
}

impl From<RangeInclusive<u32>> for Bounds {
    fn from(range: RangeInclusive<u32>) -> Self {
        let (min, max) = range.into_inner();
        Self { min, max }
    }
}

impl fmt::Debug for Mentor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mentor")
            .field("id", &self.profile.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Mentee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mentee")
            .field("id", &self.profile.id)
            .finish_non_exhaustive()
    }
}

/// A profile in either role, for what treats both alike.
pub(super) trait Participant {
    /// The role.
    const ROLE: Role;

    /// The person.
    fn profile(&self) -> &Profile;

    /// How many partners the person takes in this role.
    fn bounds(&self) -> Bounds;

    /// The same person of another status.
    fn with_status(&self, status: Status) -> Self;

    /// The same person who takes another number of partners.
    fn with_bounds(&self, bounds: Bounds) -> Self;

    /// The same person without wishes of a rank.
    fn without_wishes(&self, rank: u32) -> Self;
}

impl Participant for Mentor {
    const ROLE: Role = Role::Mentor;

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn bounds(&self) -> Bounds {
        self.capacity
    }

    fn with_status(&self, status: Status) -> Self {
        let mut other = self.clone();
        other.profile.status = status;
        other
    }

    fn with_bounds(&self, bounds: Bounds) -> Self {
        Self {
            capacity: bounds,
            ..self.clone()
        }
    }

    fn without_wishes(&self, rank: u32) -> Self {
        let mut other = self.clone();
        other.profile.wishes.retain(|wish| wish.rank != rank);
        other
    }
}

impl Participant for Mentee {
    const ROLE: Role = Role::Mentee;

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn bounds(&self) -> Bounds {
        self.demand
    }

    fn with_status(&self, status: Status) -> Self {
        let mut other = self.clone();
        other.profile.status = status;
        other
    }

    fn with_bounds(&self, bounds: Bounds) -> Self {
        Self {
            demand: bounds,
            ..self.clone()
        }
    }

    fn without_wishes(&self, rank: u32) -> Self {
        let mut other = self.clone();
        other.profile.wishes.retain(|wish| wish.rank != rank);
        other
    }
}
