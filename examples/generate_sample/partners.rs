//! Whom people wish for, and whom they will not have.

use mentormatch::{Mentee, Mentor, ParticipantId};

use super::Named;
use super::random::Random;

/// How many mentors everybody has heard of.
const FAMOUS: usize = 4;

/// Mentees wish for the famous and for people near them; some mentors wish back.
pub(crate) fn choose(
    mentors: &mut [Named<Mentor>],
    mentees: &mut [Named<Mentee>],
    random: &mut Random,
) {
    let famous = famous(mentors);
    for mentee in &mut *mentees {
        if random.chance(45) {
            wish(&mut mentee.person, &famous, mentors, random);
        }
    }
    for mentor in &mut *mentors {
        if random.chance(30) {
            wish_back(&mut mentor.person, mentees, random);
        }
    }
    for _ in 0..4 {
        let mentor = random.pick(mentors).person.profile.id.clone();
        let at = usize::from(random.below(180)) % mentees.len();
        mentees[at].person.profile.vetoes.push(mentor);
    }
    let mentee = random.pick(mentees).person.profile.id.clone();
    mentors[0].person.profile.vetoes.push(mentee);
    // Somebody wishes for a mentor who has left the company: legal, and worth a warning.
    let left = mentees[0].person.profile.clone().wish("E2100", 3);
    mentees[0].person.profile = left;
}

/// The most senior who take part.
fn famous(mentors: &[Named<Mentor>]) -> Vec<ParticipantId> {
    let mut active: Vec<_> = mentors
        .iter()
        .map(|mentor| &mentor.person.profile)
        .filter(|profile| profile.status.is_active())
        .collect();
    active.sort_by_key(|profile| std::cmp::Reverse(profile.seniority));
    active
        .into_iter()
        .take(FAMOUS)
        .map(|profile| profile.id.clone())
        .collect()
}

fn wish(
    mentee: &mut Mentee,
    famous: &[ParticipantId],
    mentors: &[Named<Mentor>],
    random: &mut Random,
) {
    let me = &mentee.profile;
    let near: Vec<_> = mentors
        .iter()
        .map(|mentor| &mentor.person.profile)
        .filter(|mentor| mentor.site == me.site || mentor.department == me.department)
        .map(|mentor| mentor.id.clone())
        .collect();
    let mut wanted: Vec<ParticipantId> = Vec::new();
    for _ in 0..random.between(1, 3) {
        let among = if near.is_empty() || random.chance(45) {
            famous
        } else {
            &near
        };
        let partner = random.pick(among);
        if *partner != me.id && !wanted.contains(partner) {
            wanted.push(partner.clone());
        }
    }
    let tied = random.chance(15); // "either of these two"
    for (rank, partner) in (1..).zip(wanted) {
        let rank = if tied && rank > 1 { rank - 1 } else { rank };
        mentee.profile = mentee.profile.clone().wish(partner, rank);
    }
}

/// A mentor who has heard of being wished for may wish for the same person.
fn wish_back(mentor: &mut Mentor, mentees: &[Named<Mentee>], random: &mut Random) {
    let admirers: Vec<_> = mentees
        .iter()
        .map(|mentee| &mentee.person.profile)
        .filter(|profile| {
            profile
                .wishes
                .iter()
                .any(|wish| wish.partner == mentor.profile.id)
        })
        .collect();
    if !admirers.is_empty() {
        let chosen = random.pick(&admirers).id.clone();
        mentor.profile = mentor.profile.clone().wish(chosen, 1);
    }
}
