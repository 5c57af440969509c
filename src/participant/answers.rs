//! One answer of a profile, whichever field holds it, as it is written.

use super::attribute::Attribute;
use super::expectations::{Preparation, Support};
use super::field::Field;
use super::profile::{MeetingMode, Profile};

/// One answer as a profile holds it.
pub(crate) enum Answer<'a> {
    Text(&'a str),
    Number(f64),
    Flag(bool),
    Week,
    /// Not empty, unless it is an attribute: an empty list says nothing, an empty attribute does.
    Set(Vec<&'a str>),
}

impl Field {
    /// What a person answered.
    pub(crate) fn of<'a>(&self, profile: &'a Profile) -> Option<Answer<'a>> {
        let said = |text: &&str| !text.trim().is_empty(); // a blank says nothing
        let text = |text: &'a Option<String>| text.as_deref().filter(said).map(Answer::Text);
        let number = |number: Option<f64>| number.map(Answer::Number);
        let level = |level: Option<u8>| level.map(|level| Answer::Number(level.into()));
        let texts = |texts: &'a [String]| listed(texts.iter().map(String::as_str));
        match self {
            Self::Seniority => profile.seniority.map(|step| Answer::Number(step.into())),
            Self::ExperienceYears => number(profile.experience_years),
            Self::TenureYears => number(profile.tenure_years),
            Self::HoursPerMonth => number(profile.hours_per_month),
            Self::MeetingsPerMonth => number(profile.meetings_per_month),
            Self::MeetingMinutes => profile
                .meeting_minutes
                .map(|long| Answer::Number(long.into())),
            Self::DurationMonths => number(profile.duration_months),
            Self::Formality => level(profile.formality),
            Self::Motivation => level(profile.motivation),
            Self::Readiness => level(profile.readiness),
            Self::Availability => (!profile.availability.is_empty()).then_some(Answer::Week),
            Self::Voluntary => profile.voluntary.map(Answer::Flag),
            Self::Department => text(&profile.department),
            Self::Site => text(&profile.site),
            Self::Organisation => text(&profile.organisation),
            Self::Team => text(&profile.team),
            Self::Region => text(&profile.region),
            Self::TimeZone => text(&profile.time_zone),
            Self::MeetingMode => profile.meeting_mode.map(|mode| Answer::Text(mode.name())),
            Self::Languages => texts(&profile.languages),
            Self::Needs => listed(profile.needs.iter().map(|need| need.skill.as_str())),
            Self::Offers => listed(profile.offers.iter().map(|offer| offer.skill.as_str())),
            Self::MeetsAt => texts(&profile.meets_at),
            Self::AccessibilityNeeds => texts(&profile.accessibility_needs),
            Self::AccessibilityOffered => texts(&profile.accessibility_offered),
            Self::RolesHeld => texts(&profile.roles_held),
            Self::CareerGoals => texts(&profile.career_goals),
            Self::Topics => texts(&profile.topics),
            Self::ExcludedTopics => texts(&profile.excluded_topics),
            Self::Support => listed(profile.support.iter().map(|kind| kind.name())),
            Self::Preparation => listed(profile.preparation.iter().map(|step| step.name())),
            Self::Attribute(name) => profile.attributes.get(name).map(own),
        }
    }
}

impl Field {
    /// All answers there are, where the field is a choice among a few; folded, as they are written.
    pub(crate) fn closed_list(&self) -> Option<Vec<&'static str>> {
        match self {
            Self::MeetingMode => Some(MeetingMode::ALL.map(MeetingMode::name).to_vec()),
            Self::Support => Some(Support::ALL.map(Support::name).to_vec()),
            Self::Preparation => Some(Preparation::ALL.map(Preparation::name).to_vec()),
            _ => None,
        }
    }
}

impl Profile {
    /// Every answer of the fields that [`Field::has_vocabulary`] names.
    pub(super) fn vocabulary_words(&self) -> impl Iterator<Item = &str> {
        let needs = self.needs.iter().map(|need| &need.skill);
        let offers = self.offers.iter().map(|offer| &offer.skill);
        let topics = self.topics.iter().chain(&self.excluded_topics);
        let roles = self.roles_held.iter().chain(&self.career_goals);
        let all = needs.chain(offers).chain(topics).chain(roles);
        all.map(String::as_str)
    }
}

fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Answer<'a>> {
    let texts: Vec<_> = texts.filter(|text| !text.trim().is_empty()).collect();
    (!texts.is_empty()).then_some(Answer::Set(texts))
}

fn own(answer: &Attribute) -> Answer<'_> {
    match answer {
        Attribute::Choice(choice) => Answer::Text(choice),
        Attribute::Flag(flag) => Answer::Flag(*flag),
        Attribute::Number(number) => Answer::Number(*number),
        Attribute::Ordinal { level, .. } => Answer::Number((*level).into()),
        Attribute::Set(texts) => Answer::Set(texts.iter().map(String::as_str).collect()),
    }
}
