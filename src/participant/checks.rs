//! Checks of one role's ids, and of every person alone.

use super::attribute::Attribute;
use super::entry::Entry;
use super::expectations::GapRange;
use super::time_zones;
use crate::error::{CohortProblem, CohortProblemKind as Kind, Redacted};
use crate::ids::Role;

/// Years are of people: more than this is a slip of the pen.
const MOST_YEARS: u32 = 100;

/// The hours of the longest month.
const MOST_HOURS_PER_MONTH: u32 = 31 * 24;

const MINUTES_PER_DAY: u32 = 24 * 60;

/// Steps of the scales on which people judge themselves.
const LEVELS: u32 = 5;

/// The last tier of [`Profile::priority`](super::Profile).
pub(super) const LAST_TIER: u8 = 20;

/// Everything wrong with ids, and with each person's answers on their own.
pub(super) fn problems(entries: &[Entry<'_>]) -> Vec<CohortProblem> {
    let mut found = id_problems(entries);
    for entry in entries {
        bounds(entry, &mut found);
        years(entry, &mut found);
        expectations(entry, &mut found);
        time_zone(entry, &mut found);
        availability(entry, &mut found);
        needs(entry, &mut found);
        partners(entry, &mut found);
        attributes(entry, &mut found);
    }
    found
}

/// Refuses more people than dense indices can number.
pub(super) fn too_many(role: Role, count: usize) -> Option<CohortProblem> {
    let most = u32::MAX;
    u32::try_from(count).is_err().then(|| CohortProblem {
        role: Some(role),
        participant: None,
        field: "count".to_owned(),
        kind: Kind::TooManyPeople { count, most },
    })
}

fn id_problems(entries: &[Entry<'_>]) -> Vec<CohortProblem> {
    let mut listed: Vec<_> = entries.iter().collect();
    listed.sort_unstable_by_key(|entry| (entry.role, entry.id(), entry.position));
    let same_id = |a: &&Entry<'_>, b: &&Entry<'_>| (a.role, a.id()) == (b.role, b.id());
    listed.chunk_by(same_id).filter_map(id_problem).collect()
}

fn id_problem(same_id: &[&Entry<'_>]) -> Option<CohortProblem> {
    let entry = same_id.first()?;
    let kind = if entry.id().as_str().is_empty() {
        let positions = same_id.iter().map(|entry| entry.position).collect();
        Kind::EmptyId { positions }
    } else if same_id.len() > 1 {
        let times = same_id.len();
        Kind::DuplicateId { times }
    } else {
        return None;
    };
    Some(entry.problem("id", kind))
}

fn bounds(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    let (min, max) = (entry.bounds.min, entry.bounds.max);
    if min > max {
        let field = match entry.role {
            Role::Mentor => "capacity",
            Role::Mentee => "demand",
        };
        let (min, max) = (Redacted::new(min), Redacted::new(max));
        found.push(entry.problem(field, Kind::MinimumAboveMaximum { min, max }));
    }
}

fn years(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    let fields = [
        ("experience_years", entry.profile.experience_years),
        ("tenure_years", entry.profile.tenure_years),
    ];
    for (field, years) in fields {
        let kind = years.and_then(|years| not_finite(years).or(out_of_range(0, MOST_YEARS, years)));
        found.extend(kind.map(|kind| entry.problem(field, kind)));
    }
}

fn expectations(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    let own = entry.profile;
    let fields = [
        (
            "hours_per_month",
            own.hours_per_month,
            0,
            MOST_HOURS_PER_MONTH,
        ),
        ("meetings_per_month", own.meetings_per_month, 0, 100),
        (
            "meeting_minutes",
            own.meeting_minutes.map(f64::from),
            1,
            MINUTES_PER_DAY,
        ),
        ("duration_months", own.duration_months, 0, 600),
        ("formality", own.formality.map(f64::from), 1, LEVELS),
        ("motivation", own.motivation.map(f64::from), 1, LEVELS),
        ("readiness", own.readiness.map(f64::from), 1, LEVELS),
        ("priority", own.priority.map(f64::from), 1, LAST_TIER.into()),
    ];
    for (field, value, least, most) in fields {
        let kind = value.and_then(|value| not_finite(value).or(out_of_range(least, most, value)));
        found.extend(kind.map(|kind| entry.problem(field, kind)));
    }
    for &factor in own.weights.values() {
        let kind = out_of_range(0, 10, factor.into());
        found.extend(kind.map(|kind| entry.problem("weights", kind)));
    }
    if let Some(GapRange { min, max }) = own.comfortable_gap
        && min > max
    {
        let (min, max) = (Redacted::new(min), Redacted::new(max));
        found.push(entry.problem("comfortable_gap", Kind::RangeReversed { min, max }));
    }
}

fn availability(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    for (at, window) in entry.profile.availability.iter().enumerate() {
        if !window.is_on_the_clock() {
            found.push(entry.problem(format!("availability[{at}]"), Kind::NotOnTheClock));
        }
    }
}

fn not_finite(value: f64) -> Option<Kind> {
    let kind = Kind::NotFinite {
        value: Redacted::new(value),
    };
    (!value.is_finite()).then_some(kind)
}

fn out_of_range(least: impl Into<i64>, most: impl Into<i64>, value: f64) -> Option<Kind> {
    let (least, most) = (least.into(), most.into());
    #[expect(clippy::cast_precision_loss, reason = "bounds are small whole numbers")]
    let inside = (least as f64..=most as f64).contains(&value);
    (!inside).then_some(Kind::OutOfRange {
        least,
        most,
        value: Redacted::new(value),
    })
}

fn time_zone(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    if let Some(name) = &entry.profile.time_zone
        && time_zones::named(name).is_none()
    {
        let name = Redacted::new(name.clone());
        found.push(entry.problem("time_zone", Kind::UnknownTimeZone { name }));
    }
}

fn needs(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    let offers = entry.profile.offers.iter().enumerate();
    for (at, _) in offers.filter(|(_, offer)| offer.skill.trim().is_empty()) {
        found.push(entry.problem(format!("offers[{at}].skill"), Kind::EmptyReference));
    }
    for (at, need) in entry.profile.needs.iter().enumerate() {
        if need.skill.trim().is_empty() {
            found.push(entry.problem(format!("needs[{at}].skill"), Kind::EmptyReference));
        }
        if let Some(kind) = out_of_range(1, 100, f64::from(need.importance)) {
            found.push(entry.problem(format!("needs[{at}].importance"), kind));
        }
    }
}

fn partners(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    let profile = entry.profile;
    for (at, wish) in profile.wishes.iter().enumerate() {
        if wish.rank == 0 {
            found.push(entry.problem(format!("wishes[{at}].rank"), Kind::RankZero));
        }
        if wish.partner.as_str().is_empty() {
            found.push(entry.problem(format!("wishes[{at}].partner"), Kind::EmptyReference));
        }
    }
    if profile.only_wishes_up_to == Some(0) {
        found.push(entry.problem("only_wishes_up_to", Kind::RankZero));
    }
    for (at, wanted) in profile.wanted.iter().enumerate() {
        if !wanted.field.may_be_set() {
            found.push(entry.problem(format!("wanted[{at}].field"), Kind::HoldsNoTexts));
        }
    }
    for (at, rating) in profile.ratings.iter().enumerate() {
        let kind = out_of_range(-5, 5, rating.value.into());
        found.extend(kind.map(|kind| entry.problem(format!("ratings[{at}].value"), kind)));
        if rating.partner.as_str().is_empty() {
            found.push(entry.problem(format!("ratings[{at}].partner"), Kind::EmptyReference));
        }
    }
    for (field, partners) in [
        ("favourites", &profile.favourites),
        ("vetoes", &profile.vetoes),
    ] {
        for (at, _) in partners
            .iter()
            .enumerate()
            .filter(|(_, id)| id.as_str().is_empty())
        {
            found.push(entry.problem(format!("{field}[{at}]"), Kind::EmptyReference));
        }
    }
    if profile
        .manager
        .as_ref()
        .is_some_and(|manager| manager.as_str().is_empty())
    {
        found.push(entry.problem("manager", Kind::EmptyReference));
    }
}

fn attributes(entry: &Entry<'_>, found: &mut Vec<CohortProblem>) {
    for (group, attributes) in entry.attributes() {
        for (name, answer) in attributes {
            let kind = match *answer {
                Attribute::Number(value) => not_finite(value),
                Attribute::Ordinal { of: 0, .. } => Some(Kind::EmptyScale),
                Attribute::Ordinal { level, of } => out_of_range(1, of, level.into()),
                _ => None,
            };
            found.extend(kind.map(|kind| entry.problem(format!("{group}.{name}"), kind)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bounds, Cohort, CohortError, Mentee, Mentor, Need, Profile, Weekday, Window};

    fn refused(
        mentors: impl IntoIterator<Item = Mentor>,
        mentees: impl IntoIterator<Item = Mentee>,
    ) -> CohortError {
        Cohort::new(mentors, mentees).unwrap_err()
    }

    #[test]
    fn all_problems_are_reported_at_once() {
        let ana = Profile::new("ana")
            .add_need(Need::new("go").importance(0))
            .add_need(Need::new("c").importance(101))
            .experience_years(f64::NAN)
            .tenure_years(100.5)
            .time_zone("Mars/Olympus")
            .wish("boris", 0)
            .wish("", 1)
            .veto("")
            .favourite("")
            .rating("boris", 6)
            .meeting_minutes(0)
            .motivation(6)
            .priority(21)
            .comfortable_gap(GapRange::new(2, 1))
            .available([Window::new(Weekday::Monday, 1440, 10)])
            .manager("")
            .attribute("score", Attribute::Number(f64::INFINITY))
            .quota_attribute("grade", Attribute::Ordinal { level: 4, of: 3 })
            .monitor_attribute("band", Attribute::Ordinal { level: 0, of: 0 });
        let error = refused(
            [
                ana.mentor(Bounds { min: 3, max: 2 }),
                Profile::new("").mentor(1),
            ],
            [Profile::new("boris")
                .tenure_years(-0.1)
                .mentee()
                .demand(Bounds { min: 2, max: 1 })],
        );
        let fields: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(
            fields,
            [
                "id",
                "attributes.score",
                "availability[0]",
                "capacity",
                "comfortable_gap",
                "experience_years",
                "favourites[0]",
                "manager",
                "meeting_minutes",
                "monitor_attributes.band",
                "motivation",
                "needs[0].importance",
                "needs[1].importance",
                "priority",
                "quota_attributes.grade",
                "ratings[0].value",
                "tenure_years",
                "time_zone",
                "vetoes[0]",
                "wishes[0].rank",
                "wishes[1].partner",
                "demand",
                "tenure_years",
            ]
        );
    }

    #[test]
    fn duplicates_count_within_a_role_only() {
        let named = |id: &str| Profile::new(id);
        let error = refused(
            [
                named("a").mentor(1),
                named("b").mentor(1),
                named("a").mentor(2),
            ],
            [named("a").mentee(), named("").mentee(), named("").mentee()],
        );
        let kinds: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| &problem.kind)
            .collect();
        let positions = vec![1, 2];
        assert_eq!(
            kinds,
            [
                &Kind::DuplicateId { times: 2 },
                &Kind::EmptyId { positions }
            ]
        );
    }

    #[test]
    fn odd_but_legal_people_are_taken() {
        let huge = "ü".repeat(500_000);
        let mentors = [
            Profile::new("none").mentor(0),
            Profile::new("many")
                .department(huge.clone())
                .mentor(u32::MAX),
            Profile::new(huge.as_str()).mentor(0..=0),
            Profile::new("👩‍🏫")
                .experience_years(100.0)
                .tenure_years(0.0)
                .mentor(1),
        ];
        let cohort = Cohort::new(mentors, [Profile::new("none").mentee().demand(0)]).unwrap();
        assert_eq!((cohort.mentors().len(), cohort.mentees().len()), (4, 1));
        assert!(Cohort::new([], []).is_ok());
    }

    #[test]
    fn more_people_than_indices_are_refused() {
        assert!(too_many(Role::Mentor, 4_294_967_295).is_none());
        #[cfg(target_pointer_width = "64")]
        assert!(too_many(Role::Mentor, 4_294_967_296).is_some());
    }
}
