//! Which answer of a profile a criterion or a rule reads.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::nearest::nearest;
use crate::error::DidYouMean;

/// An answer of a profile that criteria and rules may read.
///
/// As text, in files: the field's name in snake case, and `attribute:NAME` for one of the host's
/// own. Attributes for quotas or for monitoring cannot be named.
///
/// | kind | fields |
/// |---|---|
/// | one value (*scalar*) | all but the sets |
/// | number | `seniority`, `experience_years`, `tenure_years`, `hours_per_month`, `meetings_per_month`, `meeting_minutes`, `duration_months`, `formality`, `motivation`, `readiness`, attributes that are numbers or ordinals |
/// | set | `languages`, `needs`, `offers`, `meets_at`, `accessibility_needs`, `accessibility_offered`, `roles_held`, `career_goals`, `topics`, `excluded_topics`, `support`, `preparation`, attributes that are sets |
///
/// ```
/// use mentormatch::Field;
///
/// assert_eq!("department".parse(), Ok(Field::Department));
/// assert_eq!("attribute:grade".parse(), Ok(Field::Attribute("grade".into())));
/// assert_eq!(Field::ExperienceYears.to_string(), "experience_years");
/// assert!("salary".parse::<Field>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// Step on the organisation's ladder.
    Seniority,
    /// Years in the profession.
    ExperienceYears,
    /// Years in the organisation.
    TenureYears,
    /// Department.
    Department,
    /// Site.
    Site,
    /// Organisation.
    Organisation,
    /// IANA time zone name.
    TimeZone,
    /// How the person can meet.
    MeetingMode,
    /// Weekly times, which only criteria and rules on time in common can read.
    Availability,
    /// Languages.
    Languages,
    /// Skills the person wants to learn.
    Needs,
    /// Skills the person can help with.
    Offers,
    /// Team.
    Team,
    /// Region.
    Region,
    /// Sites where the person can meet besides their own.
    MeetsAt,
    /// What a meeting place must offer the person.
    AccessibilityNeeds,
    /// What meeting places near the person offer.
    AccessibilityOffered,
    /// Positions the person holds or has held.
    RolesHeld,
    /// Positions the person wants to reach.
    CareerGoals,
    /// Topics a mentee wants help with, or a mentor helps with.
    Topics,
    /// Topics the person does not want to be asked about.
    ExcludedTopics,
    /// Kinds of support a mentee seeks, or a mentor gives.
    Support,
    /// What the person has done to be ready.
    Preparation,
    /// Hours a month the person has for the programme.
    HoursPerMonth,
    /// Meetings a month the person expects.
    MeetingsPerMonth,
    /// Minutes the person expects a meeting to take.
    MeetingMinutes,
    /// Months the person expects the relationship to last.
    DurationMonths,
    /// How formal the person expects the relationship to be, 1 to 5.
    Formality,
    /// How much the person wants to take part, 1 to 5.
    Motivation,
    /// How ready the person is for mentoring, 1 to 5.
    Readiness,
    /// Whether the person takes part of their own will.
    Voluntary,
    /// One of the host's own answers, by name.
    Attribute(String),
}

/// The text names no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no such field{}; the host's own are written attribute:NAME", DidYouMean(*.nearest))]
#[non_exhaustive]
pub struct FieldError {
    /// The field whose name is most like it, if any is.
    pub nearest: Option<&'static str>,
}

const ATTRIBUTE: &str = "attribute:";

const NAMED: [(&str, Field); 31] = [
    ("seniority", Field::Seniority),
    ("experience_years", Field::ExperienceYears),
    ("tenure_years", Field::TenureYears),
    ("department", Field::Department),
    ("site", Field::Site),
    ("organisation", Field::Organisation),
    ("time_zone", Field::TimeZone),
    ("meeting_mode", Field::MeetingMode),
    ("availability", Field::Availability),
    ("languages", Field::Languages),
    ("needs", Field::Needs),
    ("offers", Field::Offers),
    ("team", Field::Team),
    ("region", Field::Region),
    ("meets_at", Field::MeetsAt),
    ("accessibility_needs", Field::AccessibilityNeeds),
    ("accessibility_offered", Field::AccessibilityOffered),
    ("roles_held", Field::RolesHeld),
    ("career_goals", Field::CareerGoals),
    ("topics", Field::Topics),
    ("excluded_topics", Field::ExcludedTopics),
    ("support", Field::Support),
    ("preparation", Field::Preparation),
    ("hours_per_month", Field::HoursPerMonth),
    ("meetings_per_month", Field::MeetingsPerMonth),
    ("meeting_minutes", Field::MeetingMinutes),
    ("duration_months", Field::DurationMonths),
    ("formality", Field::Formality),
    ("motivation", Field::Motivation),
    ("readiness", Field::Readiness),
    ("voluntary", Field::Voluntary),
];

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        if let Some(name) = text.strip_prefix(ATTRIBUTE).filter(|name| !name.is_empty()) {
            return Ok(Self::Attribute(name.to_owned()));
        }
        let named = NAMED.iter().find(|(name, _)| *name == text);
        let unknown = || FieldError {
            nearest: nearest(text, NAMED.iter().map(|(name, _)| *name)),
        };
        named.map(|(_, field)| field.clone()).ok_or_else(unknown)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Attribute(name) = self {
            return write!(f, "{ATTRIBUTE}{name}");
        }
        let named = NAMED.iter().find(|(_, field)| field == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

/// What all answers of a field are.
enum Kind {
    Text,
    Number,
    Flag,
    Week,
    Set,
}

impl Field {
    /// Whether the field holds several things at once; `None` for an attribute, of which only the
    /// people know.
    pub(crate) const fn is_set(&self) -> Option<bool> {
        match self.kind() {
            None => None,
            Some(kind) => Some(matches!(kind, Kind::Set)),
        }
    }

    /// Whether its answers are read through the cohort's vocabulary: skills, topics and roles.
    pub(crate) const fn has_vocabulary(&self) -> bool {
        matches!(
            self,
            Self::Needs
                | Self::Offers
                | Self::Topics
                | Self::ExcludedTopics
                | Self::RolesHeld
                | Self::CareerGoals
        )
    }

    /// Whether its answers may be single values.
    pub(crate) const fn may_be_scalar(&self) -> bool {
        !matches!(self.kind(), Some(Kind::Set | Kind::Week))
    }

    /// Whether its answers may be numbers.
    pub(crate) const fn may_be_number(&self) -> bool {
        matches!(self.kind(), None | Some(Kind::Number))
    }

    /// Whether its answers, or things in them, may be texts.
    pub(crate) const fn may_be_text(&self) -> bool {
        matches!(self.kind(), None | Some(Kind::Text | Kind::Set))
    }

    /// Whether its answers may be yes or no.
    pub(crate) const fn may_be_flag(&self) -> bool {
        matches!(self.kind(), None | Some(Kind::Flag))
    }

    /// Whether its answers may be read as sets: a text is a set of one.
    pub(crate) const fn may_be_set(&self) -> bool {
        matches!(self.kind(), None | Some(Kind::Set | Kind::Text))
    }

    /// `None` for an attribute, of which only the people know.
    const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Attribute(_) => return None,
            Self::Department
            | Self::Site
            | Self::Organisation
            | Self::Team
            | Self::Region
            | Self::TimeZone
            | Self::MeetingMode => Kind::Text,
            Self::Voluntary => Kind::Flag,
            Self::Availability => Kind::Week,
            Self::Seniority
            | Self::ExperienceYears
            | Self::TenureYears
            | Self::HoursPerMonth
            | Self::MeetingsPerMonth
            | Self::MeetingMinutes
            | Self::DurationMonths
            | Self::Formality
            | Self::Motivation
            | Self::Readiness => Kind::Number,
            Self::Languages
            | Self::Needs
            | Self::Offers
            | Self::MeetsAt
            | Self::AccessibilityNeeds
            | Self::AccessibilityOffered
            | Self::RolesHeld
            | Self::CareerGoals
            | Self::Topics
            | Self::ExcludedTopics
            | Self::Support
            | Self::Preparation => Kind::Set,
        })
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! Fields are stored as text.

    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};

    use super::Field;
    use crate::plain::{Plain, Unfit, read};

    impl Serialize for Field {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Field {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read(deserializer, "the name of a field", |found| match found {
                Plain::Text(text) => text.parse().map_err(Unfit::because),
                _ => Err(Unfit::Kind),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_reads_back() {
        for (text, field) in NAMED {
            assert_eq!(field.to_string(), text);
            assert_eq!(text.parse(), Ok(field));
        }
        let own = Field::Attribute("attribute:x".into());
        assert_eq!(own.to_string().parse(), Ok(own));
        let error = |text: &str| text.parse::<Field>().unwrap_err().to_string();
        assert_eq!(
            error("attribute:"),
            "no such field; the host's own are written attribute:NAME"
        );
        assert_eq!(
            error("meeting mode"),
            "no such field (did you mean `meeting_mode`?); the host's own are written attribute:NAME"
        );
    }
}
