//! Whom people wish for, and whom they will not have.

use crate::ids::ParticipantId;
use crate::participant::{Field, Mentee, Mentor, Profile, Rating, Wanted};

use super::Named;
use super::random::Random;

/// How many mentors everybody has heard of.
const FAMOUS: usize = 4;

/// Mentees wish for the famous and for people near them; some mentors wish back.
pub(crate) fn choose(
    mentors: &mut [Named<Mentor>],
    mentees: &mut [Named<Mentee>],
    who_left: &str,
    random: &mut Random,
) {
    if mentors.is_empty() || mentees.is_empty() {
        return;
    }
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
    for mentee in &mut *mentees {
        like(&mut mentee.person.profile, mentors, random);
        ask_for(&mut mentee.person.profile, random);
    }
    for _ in 0..4 {
        let mentor = random.pick(mentors).person.profile.id.clone();
        let at = random.index(mentees.len());
        mentees[at].person.profile.vetoes.push(mentor);
    }
    let mentee = random.pick(mentees).person.profile.id.clone();
    mentors[0].person.profile.vetoes.push(mentee);
    // Somebody wishes for a mentor who has left the company: legal, and worth a warning.
    let left = mentees[0].person.profile.clone().wish(who_left, 3);
    mentees[0].person.profile = left;
}

/// Well up the ladder, and taking part.
fn famous(mentors: &[Named<Mentor>]) -> Vec<ParticipantId> {
    let mut active: Vec<_> = mentors
        .iter()
        .map(|mentor| &mentor.person.profile)
        .filter(|profile| profile.status.is_active() && profile.seniority < Some(8))
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
    let near = near(me, mentors);
    let mut wanted: Vec<ParticipantId> = Vec::new();
    for _ in 0..random.between(1, 3) {
        let among = if near.is_empty() || random.chance(35) {
            famous
        } else {
            &near
        };
        if among.is_empty() {
            continue;
        }
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

/// Mentors whom a mentee may have heard of, and who have something to teach: more senior, of the
/// same region or department but another team, with a language and a skill for it.
fn near(mentee: &Profile, mentors: &[Named<Mentor>]) -> Vec<ParticipantId> {
    let talks = |mentor: &Profile| {
        let mut spoken = mentor.languages.iter();
        spoken.any(|language| mentee.languages.contains(language))
    };
    let teaches = |mentor: &Profile| {
        let mut needs = mentee.needs.iter();
        needs.any(|need| mentor.offers.iter().any(|own| own.skill == need.skill))
    };
    mentors
        .iter()
        .map(|mentor| &mentor.person.profile)
        .filter(|own| own.region == mentee.region || own.department == mentee.department)
        .filter(|own| own.team != mentee.team && own.seniority > mentee.seniority)
        .filter(|own| talks(own) && teaches(own) && mentee.manager.as_ref() != Some(&own.id))
        .map(|own| own.id.clone())
        .collect()
}

/// Some say whom else they would like, and some whom they have met.
fn like(mentee: &mut Profile, mentors: &[Named<Mentor>], random: &mut Random) {
    let near = near(mentee, mentors);
    if near.is_empty() {
        return;
    }
    let mut somebody = |percent| random.chance(percent).then(|| random.pick(&near).clone());
    let (favourite, met) = (somebody(15), somebody(14));
    mentee.favourites.extend(favourite);
    if let Some(partner) = met {
        let value = [-3, -1, 2, 4, 5][random.weighted(&[15, 15, 25, 25, 20])];
        mentee.ratings.push(Rating::new(partner, value));
    }
}

/// What a partner should be, and what matters most: a few say so.
fn ask_for(mentee: &mut Profile, random: &mut Random) {
    let wanted = [
        Wanted::different(Field::Department),
        Wanted::same(Field::Region),
        Wanted::different(Field::Region),
        Wanted::same(Field::Attribute("interests".to_owned())),
        Wanted::one_of(Field::Site, ["Copenhagen", "Toronto"]),
    ];
    if random.chance(22) {
        mentee.wanted.push(random.pick(&wanted).clone());
    }
    if random.chance(12) {
        let criteria = ["skills to learn", "topics", "time in common", "career path"];
        mentee.most_important = Some((*random.pick(&criteria)).to_owned());
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
