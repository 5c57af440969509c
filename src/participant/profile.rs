//! One participant's answers.

use std::fmt;

use super::attribute::Attributes;
use super::wishes::Wish;
use crate::ids::ParticipantId;

/// What one person says about themself, in whichever role.
///
/// Everything but the id may be left out; a criterion that needs a missing answer follows its
/// missing-answer policy.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// The host's key; the same in both roles.
    pub id: ParticipantId,
    /// A second key of the host's, used to find people who are listed twice.
    pub external_id: Option<String>,
    /// Whether this person takes part in the run.
    pub status: Status,
    /// What this person wants to learn.
    pub needs: Vec<Need>,
    /// What this person can help with.
    pub offers: Vec<Offer>,
    /// Languages this person can hold a conversation in.
    pub languages: Vec<Language>,
    /// Step on the organisation's ladder; larger is more senior.
    pub seniority: Option<u16>,
    /// Years in the profession, `0.0..=100.0`.
    pub experience_years: Option<f64>,
    /// Years in the organisation, `0.0..=100.0`.
    pub tenure_years: Option<f64>,
    /// Department.
    pub department: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// The person this one reports to; need not take part.
    pub manager: Option<ParticipantId>,
    /// IANA time zone name, for instance `Europe/Copenhagen`.
    pub time_zone: Option<String>,
    /// How this person can meet.
    pub meeting_mode: Option<MeetingMode>,
    /// Wanted partners, ranked.
    pub wishes: Vec<Wish>,
    /// Partners this person must not be given.
    pub vetoes: Vec<ParticipantId>,
    /// Further answers, readable by criteria and rules.
    pub attributes: Attributes,
    /// Answers that only quotas may use; no criterion and no rule can read them.
    pub(crate) quota_attributes: Attributes,
    /// Answers that only fairness figures may use; no criterion and no rule can read them.
    pub(crate) monitor_attributes: Attributes,
}

/// A skill somebody wants to learn.
#[derive(Clone, PartialEq, Eq)]
pub struct Need {
    /// The skill.
    pub skill: String,
    /// The proficiency a mentor should have, on the host's scale; `None` asks for the skill only.
    pub level: Option<u8>,
    /// How much this need counts against the others, `1..=100`; normally 1.
    pub importance: u8,
}

/// A skill somebody can help with.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    /// The skill.
    pub skill: String,
    /// Proficiency on the host's scale; `None` satisfies any wanted level.
    pub level: Option<u8>,
}

/// A language tag, compared byte for byte after ASCII case folding.
pub type Language = String;

/// Whether a participant takes part in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Takes part.
    #[default]
    Active,
    /// Sits this run out.
    Paused,
    /// Has left the programme.
    Withdrawn,
}

/// How somebody can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MeetingMode {
    /// Face to face only.
    InPerson,
    /// Either.
    Hybrid,
    /// Online only.
    Virtual,
}

/// How many partners a participant takes: a mentor's capacity, a mentee's demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// At least this many, if it can be arranged at all.
    pub min: u32,
    /// Never more than this many.
    pub max: u32,
}

/// A profile in the role of a mentor.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Mentor {
    /// The person.
    pub profile: Profile,
    /// How many mentees this mentor takes; normally `0..=1`.
    pub capacity: Bounds,
}

/// A profile in the role of a mentee.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Mentee {
    /// The person.
    pub profile: Profile,
    /// How many mentors this mentee wants; normally `0..=1`.
    pub demand: Bounds,
}

impl Profile {
    /// A profile with nothing but an id.
    #[must_use]
    pub fn new(id: impl Into<ParticipantId>) -> Self {
        Self {
            id: id.into(),
            external_id: None,
            status: Status::Active,
            needs: Vec::new(),
            offers: Vec::new(),
            languages: Vec::new(),
            seniority: None,
            experience_years: None,
            tenure_years: None,
            department: None,
            site: None,
            organisation: None,
            manager: None,
            time_zone: None,
            meeting_mode: None,
            wishes: Vec::new(),
            vetoes: Vec::new(),
            attributes: Attributes::new(),
            quota_attributes: Attributes::new(),
            monitor_attributes: Attributes::new(),
        }
    }

    /// This person as a mentor who takes up to `capacity` mentees.
    #[must_use]
    pub fn mentor(self, capacity: impl Into<Bounds>) -> Mentor {
        Mentor {
            profile: self,
            capacity: capacity.into(),
        }
    }

    /// This person as a mentee who wants one mentor.
    #[must_use]
    pub fn mentee(self) -> Mentee {
        Mentee {
            profile: self,
            demand: Bounds { min: 0, max: 1 },
        }
    }
}

impl From<u32> for Bounds {
    fn from(max: u32) -> Self {
        Self { min: 0, max }
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
