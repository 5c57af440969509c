//! A whole cohort: its people, and who reports to whom above them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::date::CalendarDate;
use crate::ids::ParticipantId;
use crate::participant::roles::Participant;
use crate::participant::{Cohort, CohortBuilder, Mentee, Mentor, PastPair, Vocabulary};

/// Raised whenever the same file would mean something else. Only this version is read: an older
/// one does not exist yet.
const FORMAT_VERSION: u32 = 1;

impl Serialize for Cohort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Cohort", 7)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("mentors", &by_id(self.mentors()))?;
        form.serialize_field("mentees", &by_id(self.mentees()))?;
        form.serialize_field("reporting_lines", &lines_beyond_profiles(self))?;
        match self.conflicts() {
            [] => form.skip_field("conflicts")?,
            conflicts => form.serialize_field("conflicts", conflicts)?,
        }
        match self.past_pairs() {
            [] => form.skip_field("past_pairs")?,
            pairs => form.serialize_field("past_pairs", pairs)?,
        }
        match self.vocabulary().is_empty() {
            true => form.skip_field("vocabulary")?,
            false => form.serialize_field("vocabulary", self.vocabulary())?,
        }
        form.end()
    }
}

fn by_id<P: Participant>(people: &[Arc<P>]) -> Vec<&P> {
    let mut people: Vec<_> = people.iter().map(Arc::as_ref).collect();
    people.sort_unstable_by_key(|person| &person.profile().id);
    people
}

/// The lines that no profile says.
fn lines_beyond_profiles(cohort: &Cohort) -> BTreeMap<&ParticipantId, &ParticipantId> {
    let mentors = cohort.mentors().iter().map(|mentor| &mentor.profile);
    let mentees = cohort.mentees().iter().map(|mentee| &mentee.profile);
    let said = mentors
        .chain(mentees)
        .filter(|profile| profile.manager.is_some());
    let said: HashSet<_> = said.map(|profile| &profile.id).collect();
    let lines = cohort.reporting_lines().all();
    lines.filter(|(person, _)| !said.contains(person)).collect()
}

impl FromRaw for Cohort {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        fields.format_version(FORMAT_VERSION)?;
        let mentors: Vec<Mentor> = fields.or_default("mentors")?;
        let mentees: Vec<Mentee> = fields.or_default("mentees")?;
        let lines: BTreeMap<String, ParticipantId> = fields.or_default("reporting_lines")?;
        let conflicts: Vec<Two> = fields.or_default("conflicts")?;
        let past_pairs: Vec<PastPair> = fields.or_default("past_pairs")?;
        let vocabulary: Vocabulary = fields.or_default("vocabulary")?;
        fields.finish()?;

        let people = Self::builder().mentors(mentors).mentees(mentees);
        let people = people.vocabulary(vocabulary);
        let roster = lines.into_iter().fold(people, |roster, (person, manager)| {
            roster.reporting_line(person, manager)
        });
        let roster = (conflicts.into_iter()).fold(roster, |roster, Two(one, other)| {
            roster.conflict(one, other)
        });
        let roster = past_pairs
            .into_iter()
            .fold(roster, CohortBuilder::past_pair);
        roster
            .build()
            .map_err(|error| FormError::new(error.to_string()))
    }
}

/// A list of two ids.
struct Two(ParticipantId, ParticipantId);

impl FromRaw for Two {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut ids = Vec::<ParticipantId>::from_raw(raw)?.into_iter();
        match (ids.next(), ids.next(), ids.next()) {
            (Some(one), Some(other), None) => Ok(Self(one, other)),
            _ => Err(FormError::expected("a list of two ids")),
        }
    }
}

impl FromRaw for PastPair {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `mentee`, `mentor` and `ended`")?;
        let pair = Self {
            mentee: fields.required("mentee")?,
            mentor: fields.required("mentor")?,
            ended: fields.optional("ended")?,
        };
        fields.finish()?;
        Ok(pair)
    }
}

impl FromRaw for CalendarDate {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let text =
            String::from_raw(raw).map_err(|_| FormError::expected("a date as YYYY-MM-DD"))?;
        let date = text.parse();
        date.map_err(|_| FormError::expected("a date as YYYY-MM-DD"))
    }
}
