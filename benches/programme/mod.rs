//! The programme and the people that the benches of scoring and of the whole pipeline share.
#![allow(dead_code, reason = "shared by the benches, each of which uses a part")]

use mentormatch::{
    Bounds, Cohort, CommonLanguage, CriterionKind, Different, Field, Gap, Programme,
    ProgrammeBuilder, SeniorityGap, SetOverlap, SkillCoverage, TimeZoneDistance, WishRank,
};

use crate::roster;

pub(crate) fn eight_criteria() -> [CriterionKind; 8] {
    [
        SkillCoverage::default().into(),
        SetOverlap::jaccard(roster::attribute("sports"))
            .by_rarity()
            .into(),
        SeniorityGap::levels(1, 2, 4).into(),
        Gap::new(Field::ExperienceYears, 2.0, 8.0, 20.0).into(),
        Different::new(Field::Site).into(),
        TimeZoneDistance::zero_at_hours(8.0).into(),
        CommonLanguage::default().into(),
        WishRank::of_mentees().into(),
    ]
}

/// A programme that weighs the first criterion once, the second twice, and so on.
pub(crate) fn weighing(criteria: impl IntoIterator<Item = CriterionKind>) -> ProgrammeBuilder {
    let date = "2026-09-01".parse().unwrap();
    let weighed = (1_u32..).zip(criteria);
    weighed.fold(Programme::builder().date(date), |builder, (weight, own)| {
        builder.weigh(weight, own)
    })
}

/// People among whom mentors take `capacities` mentees, in turn.
pub(crate) fn cohort(mentees: u64, mentors: u64, capacities: &[u32]) -> Cohort {
    let (mut mentors, mentees) = roster::people_over(7, mentors, mentees, 200);
    for (mentor, &capacity) in mentors.iter_mut().zip(capacities.iter().cycle()) {
        mentor.capacity = Bounds::from(capacity);
    }
    Cohort::new(mentors, mentees).unwrap()
}
