//! What people say about themselves in their role, and what they leave out.

use crate::participant::{Mentee, Mentor, Need, Preparation, Profile, Status};

use super::Named;
use super::company::{ALIASES, LEADERSHIP, SKILLS};
use super::employees::Employee;
use super::help;
use super::random::Random;

pub(crate) fn as_mentor(one: &Employee, random: &mut Random) -> Named<Mentor> {
    let mut profile = one.profile.clone();
    let count = random.between(4, 8);
    for skill in skills(one, count, random) {
        let level = random.chance(95).then(|| random.between(3, 5));
        profile = profile.offer(skill, level.map(small));
    }
    if random.chance(65) {
        // what the young can teach the old
        let family = SKILLS[random.weighted(&[5, 4])];
        for skill in random.pick_some(family, 2_u16) {
            profile = profile.add_need(Need::new(skill).level(random.chance(50).then_some(2)));
        }
    }
    profile = help::given(profile, random);
    profile = help::expected(profile, random);
    if random.chance(62) {
        profile = profile.prepared([Preparation::Trained]);
    }
    if random.chance(12) {
        profile = profile.prepared([Preparation::Certified]);
    }
    if random.chance(6) {
        profile = profile.status(Status::Paused);
    }
    let capacity = 1 + random.weighted(&[5, 28, 40, 27]);
    if random.chance(35) {
        profile = profile.hours_per_month(f64::from(random.between(2, 10)) / 2.0);
    }
    let mut person = profile.clone().mentor_within_budget();
    if profile.hours_per_month.is_none() {
        person = profile.mentor(u32::try_from(capacity).unwrap_or(1));
    } else if person.capacity.max == 0 {
        person = profile.mentor(1); // will find the time
    }
    Named {
        name: one.name.clone(),
        gender: one.gender,
        person,
    }
}

pub(crate) fn as_mentee(one: &Employee, random: &mut Random) -> Named<Mentee> {
    let mut profile = one.profile.clone();
    let count = random.between(2, 5);
    for skill in skills(one, count, random) {
        let level = random.chance(85).then(|| random.between(1, 5));
        let importance = random.between(1, 5);
        let need = Need::new(also_called(skill, random)).level(level.map(small));
        profile = profile.add_need(need.importance(small(importance)));
    }
    if random.chance(75) {
        let count = random.between(1, 3);
        for skill in skills(one, count, random) {
            profile = profile.offer(skill, small(random.between(1, 3)));
        }
    }
    profile = help::sought(profile, one, random);
    profile = help::expected(profile, random);
    if random.chance(60) {
        profile = profile.hours_per_month(f64::from(random.between(2, 8)) / 2.0);
    }
    if random.chance(3) {
        profile = profile.status(Status::Withdrawn);
    }
    let mut person = profile.clone().mentee_within_budget();
    if person.demand.max == 0 {
        person = profile.mentee(); // will find the time
    }
    Named {
        name: one.name.clone(),
        gender: one.gender,
        person,
    }
}

/// Different skills: most of the department's families, some of leadership, a few of anything; the
/// n-th most popular of a family is taken 1/n as often as its first.
fn skills(one: &Employee, count: u16, random: &mut Random) -> Vec<&'static str> {
    let mut chosen = Vec::new();
    while chosen.len() < count.into() {
        let family = match random.below(100) {
            0..60 => *random.pick(one.department.families),
            60..85 => LEADERSHIP,
            _ => usize::from(random.below(8)),
        };
        let zipf: Vec<u16> = (1..).map(|n| 840 / n).take(SKILLS[family].len()).collect();
        let skill = SKILLS[family][random.weighted(&zipf)];
        if !chosen.contains(&skill) {
            chosen.push(skill);
        }
    }
    chosen
}

/// The skill, or now and then another word for it.
fn also_called(skill: &'static str, random: &mut Random) -> &'static str {
    let alias = ALIASES.iter().find(|(term, _)| *term == skill);
    match alias {
        Some((_, alias)) if random.chance(40) => alias,
        _ => skill,
    }
}

pub(crate) fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// A profile as most people leave it: with the answer.
pub(crate) fn usually(
    profile: Profile,
    percent: u16,
    random: &mut Random,
    answer: impl FnOnce(Profile, &mut Random) -> Profile,
) -> Profile {
    if random.chance(percent) {
        answer(profile, random)
    } else {
        profile
    }
}
