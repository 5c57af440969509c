//! What people say about themselves in their role, and what they leave out.

use mentormatch::{Attribute, Language, MeetingMode, Mentee, Mentor, Need, Profile, Status};

use super::Named;
use super::company::{GOALS, INTERESTS, LEADERSHIP, SKILLS, STYLES};
use super::employees::Employee;
use super::random::Random;

pub(crate) fn as_mentor(one: &Employee, random: &mut Random) -> Named<Mentor> {
    let mut profile = common_answers(one, random);
    let count = random.between(3, 7);
    for skill in skills(one, count, random) {
        let level = random.chance(95).then(|| random.between(2, 5));
        profile = profile.offer(skill, level.map(small));
    }
    if random.chance(25) {
        let skill = random.pick(SKILLS[0]); // what the young can teach the old
        profile = profile.add_need(Need::new(*skill).level(random.chance(50).then_some(2)));
    }
    if random.chance(88) {
        let count = random.between(1, 3);
        let goals = Attribute::set(random.pick_some(&GOALS, count));
        profile = profile.attribute("has helped to", goals);
    }
    if random.chance(7) {
        profile = profile.status(Status::Paused);
    }
    let capacity = 1 + random.weighted(&[8, 34, 38, 20]);
    Named {
        name: one.name.clone(),
        gender: one.gender,
        person: profile.mentor(u32::try_from(capacity).unwrap_or(1)),
    }
}

pub(crate) fn as_mentee(one: &Employee, random: &mut Random) -> Named<Mentee> {
    let mut profile = common_answers(one, random);
    let count = 1 + random.weighted(&[15, 35, 35, 15]);
    for skill in skills(one, u16::try_from(count).unwrap_or(1), random) {
        let level = random.chance(85).then(|| random.between(1, 5));
        let importance = random.between(1, 5);
        let need = Need::new(skill).level(level.map(small));
        profile = profile.add_need(need.importance(small(importance)));
    }
    if random.chance(20) {
        let count = random.between(1, 2);
        for skill in skills(one, count, random) {
            profile = profile.offer(skill, small(random.between(1, 3)));
        }
    }
    if random.chance(90) {
        profile = profile.attribute("goal", Attribute::choice(*random.pick(&GOALS)));
    }
    if random.chance(2) {
        profile = profile.status(Status::Withdrawn);
    }
    Named {
        name: one.name.clone(),
        gender: one.gender,
        person: profile.mentee(),
    }
}

/// What both roles are asked.
fn common_answers(one: &Employee, random: &mut Random) -> Profile {
    let mut profile = one.profile.clone();
    if random.chance(99) {
        profile.languages = languages(one, random);
    }
    if random.chance(93) {
        let modes = [
            MeetingMode::InPerson,
            MeetingMode::Hybrid,
            MeetingMode::Virtual,
        ];
        profile = profile.meeting_mode(modes[random.weighted(&[8, 52, 40])]);
    }
    if random.chance(85) {
        let count = random.between(1, 4);
        let interests = Attribute::set(random.pick_some(&INTERESTS, count));
        profile = profile.attribute("interests", interests);
    }
    if random.chance(90) {
        profile = profile.attribute("style", Attribute::choice(*random.pick(&STYLES)));
    }
    if random.chance(90) {
        let level = random.between(1, 5);
        profile = profile.attribute("directness", Attribute::Ordinal { level, of: 5 });
    }
    if random.chance(80) {
        let carer = Attribute::Flag(random.chance(35));
        profile = profile.attribute("carer", carer);
    }
    profile
}

fn languages(one: &Employee, random: &mut Random) -> Vec<Language> {
    let at_site = one.site.languages;
    let mut spoken: Vec<_> = at_site
        .iter()
        .filter(|&&(_, percent)| random.chance(percent))
        .map(|&(tag, _)| tag.to_owned())
        .collect();
    if spoken.is_empty() {
        spoken.push(at_site[0].0.to_owned());
    }
    spoken
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

fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
