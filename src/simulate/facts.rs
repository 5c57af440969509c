//! What is true of somebody in either role: where they sit, what they speak, when they have time.

use crate::participant::{Attribute, MeetingMode, Profile, Window};

use super::company::{
    DEPARTMENTS, Department, INTERESTS, OFFICE_HOURS, PART_TIME_HOURS, SHIFT_HOURS, SITES, Site,
};
use super::random::Random;

pub(crate) fn of_person(
    id: String,
    (site, department): (&Site, &Department),
    seniority: u16,
    random: &mut Random,
) -> Profile {
    let experience = (seniority * 4 + random.below(9)).saturating_sub(4); // in half years
    let tenure = random.below(experience.min(30) + 1);
    let mut profile = Profile::new(id)
        .site(site.name)
        .region(site.region)
        .time_zone(site.time_zone)
        .department(department.name)
        .tenure_years(f64::from(tenure) / 2.0);
    if random.chance(96) {
        profile = profile.seniority(seniority);
    }
    if random.chance(92) {
        profile = profile.experience_years(f64::from(experience) / 2.0);
    }
    if random.chance(90) {
        profile = profile.team(*random.pick(department.teams));
    }
    profile.languages = languages(site, random);
    profile.roles_held = positions(department, seniority, random);
    profile.availability = hours(department, random);
    let profile = place(profile, site, random);
    interests(profile, random)
}

fn languages(site: &Site, random: &mut Random) -> Vec<String> {
    if random.chance(1) {
        return Vec::new(); // forgot to answer
    }
    let mut spoken: Vec<_> = site
        .languages
        .iter()
        .filter(|&&(_, percent)| random.chance(percent))
        .map(|&(tag, _)| tag.to_owned())
        .collect();
    if spoken.is_empty() {
        spoken.push(site.languages[0].0.to_owned());
    }
    spoken
}

/// The position of somebody at this step of the ladder.
pub(crate) fn position(department: &Department, seniority: u16) -> &'static str {
    let at = usize::from(seniority.saturating_sub(1) / 2);
    department.positions[at.min(department.positions.len() - 1)]
}

/// Today's, most of those before it, and for some one in another department.
fn positions(department: &Department, seniority: u16, random: &mut Random) -> Vec<String> {
    let mut held = vec![position(department, seniority).to_owned()];
    for step in (1..seniority).rev().step_by(2) {
        let before = position(department, step).to_owned();
        if !held.contains(&before) && random.chance(75) {
            held.push(before);
        }
    }
    if seniority > 3 && random.chance(30) {
        let other = random.pick(&DEPARTMENTS);
        let before = position(other, seniority - 2).to_owned();
        if !held.contains(&before) {
            held.push(before);
        }
    }
    held
}

/// A few windows of an ordinary week; one in twelve leaves it open.
fn hours(department: &Department, random: &mut Random) -> Vec<Window> {
    let on_shifts = department.name == "Manufacturing" && random.chance(60);
    let texts = match random.below(100) {
        0..8 => Vec::new(),
        _ if on_shifts => random.pick_some(&SHIFT_HOURS, 1_u16),
        8..20 => random.pick_some(&PART_TIME_HOURS, 1_u16),
        _ => {
            let count = random.between(3, 5);
            random.pick_some(&OFFICE_HOURS, count)
        }
    };
    let windows = texts.into_iter().flat_map(Window::parse);
    let mut windows: Vec<_> = windows.flatten().collect();
    windows.sort_unstable_by_key(|window| (window.from, window.to, window.day));
    windows
}

/// How and where somebody can meet.
fn place(mut profile: Profile, site: &Site, random: &mut Random) -> Profile {
    if random.chance(93) {
        let modes = [
            MeetingMode::InPerson,
            MeetingMode::Hybrid,
            MeetingMode::Virtual,
        ];
        profile = profile.meeting_mode(modes[random.weighted(&[4, 56, 40])]);
    }
    if random.chance(6) {
        let near = SITES.iter().filter(|other| other.region == site.region);
        let near: Vec<_> = near.filter(|other| other.name != site.name).collect();
        if !near.is_empty() {
            profile = profile.can_meet_at(random.pick(&near).name);
        }
    }
    if random.chance(5) {
        let needs = ["step-free access", "hearing loop", "quiet room"];
        profile = profile.accessibility_need(*random.pick(&needs));
    }
    if profile.meeting_mode == Some(MeetingMode::InPerson) || random.chance(10) {
        for offer in site.access {
            profile = profile.offers_accessibility(*offer);
        }
    }
    profile
}

fn interests(mut profile: Profile, random: &mut Random) -> Profile {
    if random.chance(85) {
        let count = random.between(1, 4);
        let interests = Attribute::set(random.pick_some(&INTERESTS, count));
        profile = profile.attribute("interests", interests);
    }
    if random.chance(80) {
        let carer = Attribute::Flag(random.chance(35));
        profile = profile.attribute("carer", carer);
    }
    profile
}
