//! What help people seek and give, and what they expect of a relationship.

use crate::participant::{GapRange, Profile, Support};

use super::answers::{small, usually};
use super::company::{DELICATE, DEPARTMENTS, TOPICS};
use super::employees::Employee;
use super::facts::position;
use super::random::Random;

const SUPPORT: [Support; 4] = [
    Support::Career,
    Support::Skills,
    Support::Psychosocial,
    Support::RoleModel,
];

/// What a mentor helps with, and what not.
pub(super) fn given(profile: Profile, random: &mut Random) -> Profile {
    let mut profile = usually(profile, 92, random, |profile, random| {
        let count = random.between(3, 6);
        topics(profile, count, random)
    });
    if random.chance(28) {
        let topic = *random.pick(&DELICATE);
        profile.topics.retain(|own| own != topic);
        profile = profile.excluded_topic(topic);
    }
    let profile = usually(profile, 85, random, |profile, random| {
        let count = random.between(1, 3);
        profile.supports(random.pick_some(&SUPPORT, count))
    });
    commitment(profile, &[2, 6, 25, 38, 29], random)
}

/// What a mentee seeks, and where they want to go.
pub(super) fn sought(profile: Profile, one: &Employee, random: &mut Random) -> Profile {
    let profile = usually(profile, 90, random, |profile, random| {
        let count = random.between(1, 3);
        topics(profile, count, random)
    });
    let profile = usually(profile, 75, random, |profile, random| {
        let count = random.between(1, 2);
        profile.supports(random.pick_some(&SUPPORT, count))
    });
    let mut profile = usually(profile, 12, random, |profile, random| {
        profile.comfortable_gap(GapRange::new(0, random.between(2, 4).into()))
    });
    if random.chance(80) {
        let department = if random.chance(80) {
            one.department
        } else {
            random.pick(&DEPARTMENTS)
        };
        let goal = position(department, one.seniority + 2);
        profile.career_goals = vec![goal.to_owned()];
    }
    commitment(profile, &[2, 6, 25, 38, 29], random)
}

/// How often, how long and how formally somebody expects to meet.
pub(super) fn expected(profile: Profile, random: &mut Random) -> Profile {
    let profile = usually(profile, 98, random, |profile, random| {
        let meetings = [1, 2, 4][random.weighted(&[35, 57, 8])];
        profile.meetings_per_month(f64::from(meetings))
    });
    let profile = usually(profile, 98, random, |profile, random| {
        profile.meeting_minutes([30, 45, 60, 90][random.weighted(&[20, 25, 47, 8])])
    });
    let profile = usually(profile, 96, random, |profile, random| {
        profile.duration_months([6, 9, 12][random.weighted(&[30, 50, 20])].into())
    });
    usually(profile, 95, random, |profile, random| {
        profile.formality(small(random.between(1, 5)))
    })
}

/// How much somebody wants it, on a scale of five with these weights.
fn commitment(profile: Profile, weights: &[u16], random: &mut Random) -> Profile {
    let mut level = |profile: Profile, set: fn(Profile, u8) -> Profile| {
        usually(profile, 93, random, |profile, random| {
            let level = u16::try_from(random.weighted(weights)).unwrap_or_default();
            set(profile, small(level + 1))
        })
    };
    let profile = level(profile, Profile::motivation);
    let profile = level(profile, Profile::readiness);
    usually(profile, 88, random, |profile, random| {
        profile.voluntary(random.chance(93))
    })
}

/// Different topics, the n-th of the list 2/(n + 1) as often as the first.
fn topics(mut profile: Profile, count: u16, random: &mut Random) -> Profile {
    let weights: Vec<u16> = (1..).map(|n| 840 / (n + 1)).take(TOPICS.len()).collect();
    while profile.topics.len() < count.into() {
        let topic = TOPICS[random.weighted(&weights)];
        if !profile.topics.iter().any(|own| own == topic) {
            profile = profile.topic(topic);
        }
    }
    profile
}
