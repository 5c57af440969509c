//! One participant's answers.

use std::collections::BTreeMap;
use std::fmt;

use super::attribute::Attributes;
use super::availability::Window;
use super::expectations::{GapRange, Preparation, Support};
use super::skills::{Need, Offer};
use super::wishes::{Rating, Wanted, Wish};
use crate::ids::ParticipantId;
use crate::score::Score;

/// What one person says about themself, in whichever role.
///
/// Everything but the id may be left out; a criterion that needs a missing answer follows its
/// missing-answer policy. Texts are compared regardless of case, Unicode form and white space, skills
/// and topics through the cohort's [`Vocabulary`](crate::Vocabulary) too; ids are compared byte for
/// byte. Profiles are built by chaining the setters below, or read through
/// `serde` as one flat object with the fields of the same names.
///
/// `Debug` prints the id and nothing else: answers are personal data and do not belong in logs.
///
/// # Answers that must not be scored
///
/// Quotas need attributes that no pair may be scored by, and so do fairness figures. Those go in
/// through [`quota_attribute`](Self::quota_attribute) and
/// [`monitor_attribute`](Self::monitor_attribute), are stored with the profile, and have no getter:
/// a criterion or a rule, a host's closure included, is handed a `&Profile` and cannot read them.
/// (A stored profile does hold them, or they would be lost; it is as confidential as they are.)
/// A [`Quota`](crate::Quota) may name the former, and [`Fairness`](crate::Fairness) tells how groups by the latter
/// fared.
///
/// ```compile_fail,E0616
/// # use mentormatch::{Attribute, Profile};
/// let ana = Profile::new("ana").monitor_attribute("gender", Attribute::choice("f"));
/// ana.monitor_attributes.get("gender"); // does not compile: the field is private
/// ```
///
/// # Example
///
/// ```
/// use mentormatch::{Attribute, Profile};
///
/// let ana = Profile::new("ana")
///     .offer("rust", 4)
///     .need("go", 3)
///     .language("en")
///     .seniority(5)
///     .department("Platform")
///     .manager("boss")
///     .time_zone("Europe/Copenhagen")
///     .wish("boris", 1)
///     .veto("eve")
///     .attribute("grade", Attribute::Ordinal { level: 3, of: 11 });
/// assert_eq!(ana.offers[0].skill, "rust");
/// assert_eq!(format!("{ana:?}"), r#"Profile { id: "ana", .. }"#);
/// ```
///
/// With the feature `serde`, as JSON:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use mentormatch::{Mentor, Need, Profile};
///
/// let ana: Mentor = serde_json::from_str(
///     r#"{
///         "id": "ana",
///         "offers": [{"skill": "rust", "level": 4}, "writing"],
///         "needs": [{"skill": "go", "importance": 5}],
///         "meeting_mode": "in_person",
///         "attributes": {"grade": {"ordinal": {"level": 3, "of": 11}}},
///         "capacity": {"min": 0, "max": 3}
///     }"#,
/// )?;
/// assert_eq!(ana.profile.needs, [Need::new("go").importance(5)]);
///
/// let typo = serde_json::from_str::<Mentor>(r#"{"id": "ana", "ofers": ["rust"]}"#);
/// let text = typo.unwrap_err().to_string();
/// assert!(text.starts_with(r#"mentor "ana": unknown key `ofers`"#));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Profile {
    /// The host's key; the same in both roles. Not empty.
    pub id: ParticipantId,
    /// A second key of the host's (an e-mail address, a payroll number), used only to find people who
    /// are listed twice.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub external_id: Option<String>,
    /// Whether this person takes part in the run.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Status::is_active"))]
    pub status: Status,
    /// How early this person is to get a partner, from 1 (first: those left out last time, say) to 20;
    /// nobody's turn unless stated. Only [`Objective::PriorityTiers`](crate::Objective::PriorityTiers) reads
    /// it of mentees, and [`Objective::MentorTiers`](crate::Objective::MentorTiers) of mentors.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub priority: Option<u8>,
    /// What this person wants to learn.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub needs: Vec<Need>,
    /// What this person can help with.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub offers: Vec<Offer>,
    /// Languages this person can hold a conversation in.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub languages: Vec<Language>,
    /// Step on the organisation's ladder; larger is more senior.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seniority: Option<u16>,
    /// Years in the profession, `0.0..=100.0`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub experience_years: Option<f64>,
    /// Years in the organisation, `0.0..=100.0`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub tenure_years: Option<f64>,
    /// Department.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub department: Option<String>,
    /// Site.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub site: Option<String>,
    /// Organisation.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub organisation: Option<String>,
    /// Team.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub team: Option<String>,
    /// Region.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub region: Option<String>,
    /// Positions this person holds or has held, in any order.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub roles_held: Vec<String>,
    /// Positions this person wants to reach.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub career_goals: Vec<String>,
    /// The person this one reports to; need not take part.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub manager: Option<ParticipantId>,
    /// IANA time zone name, for instance `Europe/Copenhagen`; ASCII case does not matter.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub time_zone: Option<String>,
    /// How this person can meet.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub meeting_mode: Option<MeetingMode>,
    /// When this person has time in an ordinary week, in their own time zone.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub availability: Vec<Window>,
    /// Sites where this person can meet besides their own.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub meets_at: Vec<String>,
    /// What a place must offer so that this person can meet there.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub accessibility_needs: Vec<String>,
    /// What the places this person can meet at offer.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub accessibility_offered: Vec<String>,
    /// Steps of seniority between mentor and mentee that this person is comfortable with.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub comfortable_gap: Option<GapRange>,
    /// As a mentee: topics this person wants help with. As a mentor: topics they help with.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub topics: Vec<String>,
    /// Topics this person does not want to be asked about, or to ask about.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub excluded_topics: Vec<String>,
    /// As a mentee: the kinds of support this person seeks. As a mentor: those they give.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub support: Vec<Support>,
    /// Hours a month this person has for the programme, `0.0..=744.0`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub hours_per_month: Option<f64>,
    /// Meetings a month this person expects with each partner, `0.0..=100.0`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub meetings_per_month: Option<f64>,
    /// Minutes this person expects a meeting to take, `1..=1440`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub meeting_minutes: Option<u16>,
    /// Months this person expects the relationship to last, `0.0..=600.0`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub duration_months: Option<f64>,
    /// How formal this person expects the relationship to be: 1 (chats) to 5 (agenda and minutes).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub formality: Option<u8>,
    /// How much this person wants to take part: 1 (little) to 5 (very much).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub motivation: Option<u8>,
    /// How ready this person is for mentoring: 1 (not yet) to 5 (fully).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub readiness: Option<u8>,
    /// Whether this person takes part of their own will.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub voluntary: Option<bool>,
    /// What this person has done to be ready for mentoring.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub preparation: Vec<Preparation>,
    /// Wanted partners, ranked.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub wishes: Vec<Wish>,
    /// Nobody but a partner wished for at this rank or a better one: one of those, or unmatched. At
    /// least 1.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub only_wishes_up_to: Option<u32>,
    /// No partner with whom the match score is below this.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub minimum_score: Option<Score>,
    /// Partners this person would like, in no order.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub favourites: Vec<ParticipantId>,
    /// Partners this person has an opinion of, from −5 to 5.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub ratings: Vec<Rating>,
    /// What this person would like a partner to be.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub wanted: Vec<Wanted>,
    /// How much more, or less, the programme's criteria matter to this person: factors of `0..=10` on
    /// the programme's weights, by the criterion's name.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub weights: BTreeMap<String, u8>,
    /// The programme's criterion that matters most to this person, by its name.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub most_important: Option<String>,
    /// Partners this person must not be given.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub vetoes: Vec<ParticipantId>,
    /// Further answers, readable by criteria and rules.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Attributes::is_empty"))]
    pub attributes: Attributes,
    /// Answers that only quotas may use; no criterion and no rule can read them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Attributes::is_empty"))]
    pub(crate) quota_attributes: Attributes,
    /// Answers that only fairness figures may use; no criterion and no rule can read them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Attributes::is_empty"))]
    pub(crate) monitor_attributes: Attributes,
}

/// A language tag, compared as all texts are: see [`Vocabulary`](crate::Vocabulary).
///
/// ```
/// use mentormatch::{Language, Profile};
///
/// let spoken: Vec<Language> = Profile::new("ana").language("en").language("pt-BR").languages;
/// assert_eq!(spoken, ["en", "pt-BR"]);
/// ```
pub type Language = String;

/// Whether a participant takes part in a run.
///
/// ```
/// use mentormatch::{Profile, Status};
///
/// assert_eq!(Profile::new("ana").status, Status::Active);
/// assert_eq!(Profile::new("ana").status(Status::Paused).status, Status::Paused);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
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
///
/// ```
/// use mentormatch::{MeetingMode, Profile};
///
/// let ana = Profile::new("ana").meeting_mode(MeetingMode::InPerson);
/// assert_eq!(ana.meeting_mode, Some(MeetingMode::InPerson));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum MeetingMode {
    /// Face to face only.
    InPerson,
    /// Either.
    Hybrid,
    /// Online only.
    Virtual,
}

impl Profile {
    /// A profile with nothing but an id.
    ///
    /// ```
    /// # use mentormatch::Profile;
    /// assert_eq!(Profile::new(17).id.as_str(), "17");
    /// ```
    #[must_use]
    pub fn new(id: impl Into<ParticipantId>) -> Self {
        Self {
            id: id.into(),
            external_id: None,
            status: Status::Active,
            priority: None,
            needs: Vec::new(),
            offers: Vec::new(),
            languages: Vec::new(),
            seniority: None,
            experience_years: None,
            tenure_years: None,
            department: None,
            site: None,
            organisation: None,
            team: None,
            region: None,
            hours_per_month: None,
            meetings_per_month: None,
            meeting_minutes: None,
            duration_months: None,
            formality: None,
            motivation: None,
            readiness: None,
            voluntary: None,
            comfortable_gap: None,
            most_important: None,
            weights: BTreeMap::new(),
            roles_held: Vec::new(),
            career_goals: Vec::new(),
            topics: Vec::new(),
            excluded_topics: Vec::new(),
            support: Vec::new(),
            preparation: Vec::new(),
            availability: Vec::new(),
            meets_at: Vec::new(),
            accessibility_needs: Vec::new(),
            accessibility_offered: Vec::new(),
            favourites: Vec::new(),
            ratings: Vec::new(),
            wanted: Vec::new(),
            manager: None,
            time_zone: None,
            meeting_mode: None,
            wishes: Vec::new(),
            only_wishes_up_to: None,
            minimum_score: None,
            vetoes: Vec::new(),
            attributes: Attributes::new(),
            quota_attributes: Attributes::new(),
            monitor_attributes: Attributes::new(),
        }
    }
}

impl Status {
    #[cfg(feature = "serde")]
    pub(super) const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Withdrawn];

    /// As in files.
    #[cfg(feature = "serde")]
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the person takes part.
    ///
    /// ```
    /// # use mentormatch::Status;
    /// assert!(Status::Active.is_active());
    /// assert!(!Status::Withdrawn.is_active());
    /// ```
    #[must_use]
    pub fn is_active(&self) -> bool {
        *self == Self::Active
    }
}

impl MeetingMode {
    pub(super) const ALL: [Self; 3] = [Self::InPerson, Self::Hybrid, Self::Virtual];

    /// As in files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Hybrid => "hybrid",
            Self::Virtual => "virtual",
        }
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
