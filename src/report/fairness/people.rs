//! What became of each person, in one role.

use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::{Attributes, Bounds, Cohort, Profile};
use crate::score::Score;

/// Somebody who counts: who takes part and has places.
pub(super) struct Person<'a> {
    /// Answers that nothing else reads.
    pub(super) answers: &'a Attributes,
    /// The scores of the person's pairs.
    pub(super) scores: Vec<Score>,
    /// Whether a first wish was granted; `None` without one for somebody who is there.
    pub(super) first_wish: Option<bool>,
}

/// A partner's position, and the score.
type Partner = (usize, Score);

pub(super) fn mentees<'a>(
    cohort: &'a Cohort,
    pairs: &[(MenteeIdx, MentorIdx, Score)],
) -> Vec<Person<'a>> {
    let mut partners = vec![Vec::new(); cohort.mentees().len()];
    for &(mentee, mentor, score) in pairs {
        partners[mentee].push((mentor.index(), score));
    }
    let find = |id: &ParticipantId| cohort.mentor_idx(id.as_str()).map(MentorIdx::index);
    let all = cohort.mentees().iter().zip(partners);
    all.filter_map(|(own, partners)| person((&own.profile, own.demand), &partners, find))
        .collect()
}

pub(super) fn mentors<'a>(
    cohort: &'a Cohort,
    pairs: &[(MenteeIdx, MentorIdx, Score)],
) -> Vec<Person<'a>> {
    let mut partners = vec![Vec::new(); cohort.mentors().len()];
    for &(mentee, mentor, score) in pairs {
        partners[mentor].push((mentee.index(), score));
    }
    let find = |id: &ParticipantId| cohort.mentee_idx(id.as_str()).map(MenteeIdx::index);
    let all = cohort.mentors().iter().zip(partners);
    all.filter_map(|(own, partners)| person((&own.profile, own.capacity), &partners, find))
        .collect()
}

fn person<'a>(
    (profile, places): (&'a Profile, Bounds),
    partners: &[Partner],
    find: impl Fn(&ParticipantId) -> Option<usize>,
) -> Option<Person<'a>> {
    let counts = profile.status.is_active() && places.max > 0;
    counts.then(|| Person {
        answers: &profile.monitor_attributes,
        scores: partners.iter().map(|&(_, score)| score).collect(),
        first_wish: first_wish(profile, partners, find),
    })
}

fn first_wish(
    profile: &Profile,
    partners: &[Partner],
    find: impl Fn(&ParticipantId) -> Option<usize>,
) -> Option<bool> {
    let first = profile.wishes.iter().filter(|wish| wish.rank == 1);
    let wished: Vec<usize> = first.filter_map(|wish| find(&wish.partner)).collect();
    let is_granted = partners.iter().any(|(at, _)| wished.contains(at));
    (!wished.is_empty()).then_some(is_granted)
}
