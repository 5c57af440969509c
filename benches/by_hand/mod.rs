//! The ten criteria and five rules of the scoring bench as somebody would write them at first: pair by
//! pair, from the profiles. It gives the same integers, so that the two ways can be compared.
//!
//! The period has no clock change in any zone of the roster; with one, this would be longer.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "shared by the benches, each of which uses a part; the numbers are small"
)]

use std::collections::HashSet;

use mentormatch::{
    AtLeast, Attribute, CalendarDate, Closeness, Cohort, CommonLanguage, CommonTime, CriterionKind,
    Different, FewerCommonLanguages, Field, GapOutside, IfMissing, Mentee, MenteeIdx, Mentor,
    MentorIdx, Profile, Programme, ReportingLine, SameValue, SeniorityGap, SetCoverage, SetOverlap,
    Side, SkillCoverage, TooLittleCommonTime, WishRank,
};

use crate::{programme, roster};

const ENOUGH: u64 = 240;
const MEETING: i64 = 60;

pub(crate) fn ten_criteria() -> [CriterionKind; 10] {
    let enough = u32::try_from(ENOUGH).unwrap();
    [
        SkillCoverage::default().into(),
        SetCoverage::topics().into(),
        SetOverlap::jaccard(roster::attribute("sports")).into(),
        SeniorityGap::levels(1, 2, 4).into(),
        Closeness::closest(Field::ExperienceYears, 20.0).into(),
        Different::new(Field::Site).into(),
        CommonLanguage::default().into(),
        CommonTime::enough_minutes(enough).into(),
        WishRank::of_mentees().into(),
        AtLeast::new(Field::Motivation, Side::Mentor, 4.0)
            .zero_at(1.0)
            .into(),
    ]
}

fn first_day() -> CalendarDate {
    "2026-11-09".parse().unwrap()
}

/// Weights of 1 to 10, and every missing answer one half.
pub(crate) fn ten_criteria_five_rules() -> Programme {
    let allow = IfMissing::Allow;
    programme::weighing(ten_criteria())
        .period(first_day(), "2027-02-28".parse().unwrap())
        .forbid(ReportingLine::within(1))
        .forbid(SameValue::new(Field::Organisation).if_missing(allow))
        .forbid(GapOutside::at_least(roster::attribute("grade"), -4.0).if_missing(allow))
        .forbid(FewerCommonLanguages::than(1).if_missing(allow))
        .forbid(TooLittleCommonTime::minutes(1).if_missing(allow))
        .build()
        .unwrap()
}

/// The match score in parts per million; `None` where the pair is forbidden.
pub(crate) fn score(cohort: &Cohort, mentee: MenteeIdx, mentor: MentorIdx) -> Option<u64> {
    let (e, r) = (&cohort.mentees()[mentee], &cohort.mentors()[mentor]);
    let offsets = (
        cohort.mentee_utc_offset_minutes(mentee, first_day()),
        cohort.mentor_utc_offset_minutes(mentor, first_day()),
    );
    let time = common_minutes(&e.profile, &r.profile, offsets);
    if is_forbidden(e, r, time) {
        return None;
    }
    let (e, r) = (&e.profile, &r.profile);
    let answers = [
        skill_coverage(e, r),
        coverage(&e.topics, &r.topics),
        jaccard(e.attributes.get("sports"), r.attributes.get("sports")),
        seniority(e.seniority, r.seniority),
        closeness(e.experience_years, r.experience_years),
        differ(e.site.as_ref(), r.site.as_ref()),
        common_languages(e, r).map(|common| if common > 0 { 1_000_000 } else { 0 }),
        time.map(|minutes| ratio(minutes.min(ENOUGH), ENOUGH)),
        wish(e, r),
        r.motivation
            .map(|own| ratio(u64::from(own.clamp(1, 4)) - 1, 3)),
    ];
    let (mut points, mut whole) = (0, 0);
    for (weight, answer) in (1..).zip(answers) {
        points += weight * answer.unwrap_or(500_000);
        whole += weight;
    }
    Some((points + whole / 2) / whole)
}

fn ratio(part: u64, whole: u64) -> u64 {
    (part * 1_000_000 + whole / 2) / whole
}

fn is_forbidden(mentee: &Mentee, mentor: &Mentor, time: Option<u64>) -> bool {
    let (e, r) = (&mentee.profile, &mentor.profile);
    let grade = |own: &Profile| match own.attributes.get("grade") {
        Some(Attribute::Ordinal { level, .. }) => Some(i32::from(*level)),
        _ => None,
    };
    e.id == r.id
        || !e.status.is_active()
        || !r.status.is_active()
        || e.vetoes.contains(&r.id)
        || r.vetoes.contains(&e.id)
        || e.manager.as_ref() == Some(&r.id)
        || r.manager.as_ref() == Some(&e.id)
        || (e.organisation.is_some() && e.organisation == r.organisation)
        || grade(r).zip(grade(e)).is_some_and(|(r, e)| r - e < -4)
        || common_languages(e, r) == Some(0)
        || time == Some(0)
}

fn skill_coverage(e: &Profile, r: &Profile) -> Option<u64> {
    if e.needs.is_empty() || r.offers.is_empty() {
        return None;
    }
    let (mut points, mut whole) = (0, 0);
    for need in &e.needs {
        let offers = r.offers.iter().filter(|offer| offer.skill == need.skill);
        let credits = offers.map(|offer| match (need.level, offer.level) {
            (Some(wanted), Some(offered)) if offered < wanted => {
                ratio(offered.into(), wanted.into())
            }
            _ => 1_000_000,
        });
        points += u64::from(need.importance) * credits.max().unwrap_or(0);
        whole += u64::from(need.importance);
    }
    Some((points + whole / 2) / whole)
}

fn coverage(wanted: &[String], offered: &[String]) -> Option<u64> {
    let wanted: HashSet<_> = wanted.iter().collect();
    let offered: HashSet<_> = offered.iter().collect();
    if wanted.is_empty() || offered.is_empty() {
        return None;
    }
    let common = wanted.intersection(&offered).count();
    Some(ratio(common as u64, wanted.len() as u64))
}

fn jaccard(e: Option<&Attribute>, r: Option<&Attribute>) -> Option<u64> {
    let (Some(Attribute::Set(e)), Some(Attribute::Set(r))) = (e, r) else {
        return None;
    };
    let (e, r): (HashSet<_>, HashSet<_>) = (e.iter().collect(), r.iter().collect());
    let either = e.union(&r).count() as u64;
    (either > 0).then(|| ratio(e.intersection(&r).count() as u64, either))
}

fn seniority(e: Option<u16>, r: Option<u16>) -> Option<u64> {
    Some(match i32::from(r?) - i32::from(e?) {
        2 => 1_000_000,
        1 | 4 => 500_000,
        3 => 750_000,
        _ => 0,
    })
}

fn closeness(e: Option<f64>, r: Option<f64>) -> Option<u64> {
    let halves = |years: f64| (years * 2.0).round() as i64; // the roster's years are halves
    let apart = (halves(e?) - halves(r?)).unsigned_abs();
    Some(ratio(40_u64.saturating_sub(apart), 40))
}

fn differ(e: Option<&String>, r: Option<&String>) -> Option<u64> {
    Some(if e? == r? { 0 } else { 1_000_000 })
}

fn common_languages(e: &Profile, r: &Profile) -> Option<usize> {
    if e.languages.is_empty() || r.languages.is_empty() {
        return None;
    }
    let folded = |own: &Profile| -> HashSet<String> {
        own.languages.iter().map(|tag| tag.to_lowercase()).collect()
    };
    Some(folded(e).intersection(&folded(r)).count())
}

fn wish(e: &Profile, r: &Profile) -> Option<u64> {
    if e.wishes.is_empty() && e.favourites.is_empty() {
        return None;
    }
    let wishes = e.wishes.iter().filter(|own| own.partner == r.id);
    let views = wishes.map(|own| ratio(1, own.rank.into()));
    let favourite = e.favourites.contains(&r.id).then_some(1_000_000);
    Some(views.chain(favourite).max().unwrap_or(0))
}

const WEEK: i64 = 7 * 24 * 60;

/// Minutes of the week (of UTC) at which a meeting could begin.
fn common_minutes(e: &Profile, r: &Profile, offsets: (Option<i32>, Option<i32>)) -> Option<u64> {
    if e.availability.is_empty() || r.availability.is_empty() {
        return None;
    }
    let (e, r) = (spans(e, offsets.0?), spans(r, offsets.1?));
    let mut both: Vec<(i64, i64)> = Vec::new();
    for &(from, to) in &e {
        let shared = r.iter().map(|&(f, t)| (from.max(f), to.min(t)));
        both.extend(shared.filter(|(from, to)| from < to));
    }
    both.sort_unstable();
    if let (Some(&(0, to)), Some(last)) = (both.first(), both.last())
        && both.len() > 1
        && last.1 == WEEK
    {
        let last = both.len() - 1;
        both[last].1 += to; // a meeting may run over the end of the week
        both.remove(0);
    }
    let begin = both
        .iter()
        .map(|(from, to)| (to - from - MEETING + 1).max(0));
    Some(begin.sum::<i64>().unsigned_abs())
}

/// The person's time in minutes of the week (of UTC), in order and without overlaps.
fn spans(own: &Profile, offset: i32) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    for window in &own.availability {
        let local = i64::from(window.day.days_after_monday()) * 1440 + i64::from(window.from);
        let from = (local - i64::from(offset)).rem_euclid(WEEK);
        let to = from + i64::from(window.minutes());
        spans.push((from, to.min(WEEK)));
        if to > WEEK {
            spans.push((0, to - WEEK));
        }
    }
    spans.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}
