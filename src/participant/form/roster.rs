//! A whole cohort: its people, and who reports to whom above them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::ParticipantId;
use crate::participant::roles::Participant;
use crate::participant::{Cohort, CohortBuilder, Mentee, Mentor, Vocabulary};

/// Raised whenever the same file would mean something else. Only this version is read: an older
/// one does not exist yet.
const FORMAT_VERSION: u32 = 1;

impl Serialize for Cohort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Cohort", 5)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("mentors", &by_id(self.mentors()))?;
        form.serialize_field("mentees", &by_id(self.mentees()))?;
        form.serialize_field("reporting_lines", &lines_beyond_profiles(self))?;
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
        let vocabulary: Vocabulary = fields.or_default("vocabulary")?;
        fields.finish()?;

        let people = Self::builder().mentors(mentors).mentees(mentees);
        let people = people.vocabulary(vocabulary);
        let roster = lines
            .into_iter()
            .fold(people, |roster: CohortBuilder, (person, manager)| {
                roster.reporting_line(person, manager)
            });
        roster
            .build()
            .map_err(|error| FormError::new(error.to_string()))
    }
}
