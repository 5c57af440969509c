//! One of my first wishes, or nobody.

use super::{ForbidRow, Rule};
use crate::criteria::{Context, bytes_of};
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::Profile;

/// Forbids people who want [only wishes](crate::Profile::only_wishes_up_to) up to a rank every other
/// partner.
///
/// Holds in every programme where anybody says so; it is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OnlyWishes;

impl Rule for OnlyWishes {
    fn name(&self) -> &str {
        "only_wishes"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let cohort = context.cohort;
        let mentor = |id: &ParticipantId| cohort.mentor_idx(id.as_str());
        let mentee = |id: &ParticipantId| cohort.mentee_idx(id.as_str());
        let mentees = cohort.mentees().iter();
        let mentors = cohort.mentors().iter();
        let mentors: Vec<_> = mentors.map(|own| wanted(&own.profile, mentee)).collect();
        let choosy = MentorIdx::all(mentors.len()).zip(&mentors);
        let choosy = choosy.filter(|(_, own)| own.is_some());
        Ok(Box::new(Prepared {
            choosy: choosy.map(|(mentor, _)| mentor).collect(),
            mentees: mentees.map(|own| wanted(&own.profile, mentor)).collect(),
            mentors,
        }))
    }
}

/// The partners a person wants and no others, ascending; `None` if the person wants anybody.
fn wanted<I: Ord>(person: &Profile, find: impl Fn(&ParticipantId) -> Option<I>) -> Option<Vec<I>> {
    let last = person.only_wishes_up_to?;
    let wishes = person.wishes.iter().filter(|wish| wish.rank <= last);
    let mut partners: Vec<I> = wishes.filter_map(|wish| find(&wish.partner)).collect();
    partners.sort_unstable();
    Some(partners)
}

struct Prepared {
    mentees: Vec<Option<Vec<MentorIdx>>>, // by mentee, the mentors ascending
    mentors: Vec<Option<Vec<MenteeIdx>>>, // by mentor, the mentees ascending
    choosy: Vec<MentorIdx>,               // the mentors who want wishes only
}

fn is_unwanted<I: Ord>(wanted: Option<&Vec<I>>, partner: &I) -> bool {
    wanted.is_some_and(|wanted| wanted.binary_search(partner).is_err())
}

impl ForbidRow for Prepared {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        is_unwanted(self.mentees[mentee].as_ref(), &mentor)
            || is_unwanted(self.mentors[mentor].as_ref(), &mentee)
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        if self.mentees[mentee].is_some() {
            for (mentor, forbidden) in MentorIdx::all(row.len()).zip(row) {
                *forbidden |= self.forbids(mentee, mentor);
            }
            return;
        }
        for &mentor in &self.choosy {
            row[mentor] |= is_unwanted(self.mentors[mentor].as_ref(), &mentee);
        }
    }

    fn bytes(&self) -> u64 {
        let mentees: u64 = self.mentees.iter().flatten().map(|own| bytes_of(own)).sum();
        let mentors: u64 = self.mentors.iter().flatten().map(|own| bytes_of(own)).sum();
        bytes_of(&self.mentees) + bytes_of(&self.mentors) + mentees + mentors
    }
}
