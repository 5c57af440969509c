//! The people as CSV, in the columns that the example `match_programme` reads.

use mentormatch::{
    Attribute, MeetingMode, Mentee, Mentor, Need, Offer, ParticipantId, Preparation, Profile,
    Rating, Status, Support, Wanted, WantedAnswer, Wish,
};

use mentormatch::simulate::Named;

use super::weekly;

/// A column: its heading, and what somebody has in it.
type Column<P> = (&'static str, fn(&Named<P>) -> String);

/// A column that depends on the profile alone.
type ProfileColumn = (&'static str, fn(&Profile) -> String);

pub(crate) fn of_mentors(mentors: &[Named<Mentor>]) -> String {
    let columns: &[Column<Mentor>] = &[
        ("id", |one| one.person.profile.id.to_string()),
        ("name", |one| one.name.clone()),
        ("status", |one| status(&one.person.profile)),
        ("capacity", capacity),
        ("excluded_topics", |one| {
            one.person.profile.excluded_topics.join(";")
        }),
        ("preparation", |one| {
            words(&one.person.profile.preparation, preparation)
        }),
    ];
    table(columns, |one| &one.person.profile, mentors)
}

/// Nothing where it follows from the hours.
fn capacity(one: &Named<Mentor>) -> String {
    let Mentor {
        profile, capacity, ..
    } = &one.person;
    let derived = profile.hours_per_month.is_some()
        && profile.clone().mentor_within_budget().capacity == *capacity;
    if derived {
        String::new()
    } else {
        capacity.max.to_string()
    }
}

/// Nothing where it follows from the hours, or is one.
fn demand(one: &Named<Mentee>) -> String {
    let Mentee {
        profile, demand, ..
    } = &one.person;
    match profile.clone().mentee_within_budget().demand == *demand {
        true => String::new(),
        false => demand.max.to_string(),
    }
}

pub(crate) fn of_mentees(mentees: &[Named<Mentee>]) -> String {
    let columns: &[Column<Mentee>] = &[
        ("id", |one| one.person.profile.id.to_string()),
        ("name", |one| one.name.clone()),
        ("status", |one| status(&one.person.profile)),
        ("demand", demand),
        ("career_goals", |one| {
            one.person.profile.career_goals.join(";")
        }),
        ("comfortable_gap", |one| {
            let gap = one.person.profile.comfortable_gap;
            text(gap.map(|gap| format!("{}..{}", gap.min, gap.max)))
        }),
        ("favourites", |one| {
            list(&one.person.profile.favourites, ParticipantId::to_string)
        }),
        ("ratings", |one| list(&one.person.profile.ratings, rating)),
        ("wanted", |one| list(&one.person.profile.wanted, wanted)),
        ("most_important", |one| {
            text(one.person.profile.most_important.as_ref())
        }),
    ];
    table(columns, |one| &one.person.profile, mentees)
}

/// What both files have, after the columns of their own.
const COMMON: [ProfileColumn; 32] = [
    ("needs", |one| list(&one.needs, need)),
    ("offers", |one| list(&one.offers, offer)),
    ("topics", |one| one.topics.join(";")),
    ("support", |one| words(&one.support, support)),
    ("languages", |one| one.languages.join(";")),
    ("seniority", |one| text(one.seniority)),
    ("experience_years", |one| text(one.experience_years)),
    ("tenure_years", |one| text(one.tenure_years)),
    ("roles_held", |one| one.roles_held.join(";")),
    ("department", |one| text(one.department.as_ref())),
    ("team", |one| text(one.team.as_ref())),
    ("site", |one| text(one.site.as_ref())),
    ("region", |one| text(one.region.as_ref())),
    ("manager", |one| text(one.manager.as_ref())),
    ("time_zone", |one| text(one.time_zone.as_ref())),
    ("availability", |one| weekly::text(&one.availability)),
    ("hours_per_month", |one| text(one.hours_per_month)),
    ("meetings_per_month", |one| text(one.meetings_per_month)),
    ("meeting_minutes", |one| text(one.meeting_minutes)),
    ("duration_months", |one| text(one.duration_months)),
    ("formality", |one| text(one.formality)),
    ("motivation", |one| text(one.motivation)),
    ("readiness", |one| text(one.readiness)),
    ("voluntary", |one| {
        one.voluntary.map_or("", yes_or_no).to_owned()
    }),
    ("meeting_mode", meeting_mode),
    ("meets_at", |one| one.meets_at.join(";")),
    ("accessibility_needs", |one| {
        one.accessibility_needs.join(";")
    }),
    ("accessibility_offered", |one| {
        one.accessibility_offered.join(";")
    }),
    ("wishes", |one| wishes(&one.wishes)),
    ("vetoes", |one| list(&one.vetoes, ParticipantId::to_string)),
    ("attr:interests:set", |one| attribute(one, "interests")),
    ("attr:carer:flag", |one| attribute(one, "carer")),
];

fn table<P>(own: &[Column<P>], profile: fn(&Named<P>) -> &Profile, people: &[Named<P>]) -> String {
    let common = COMMON.iter().map(|&(heading, _)| heading);
    let headings = own.iter().map(|&(heading, _)| heading).chain(common);
    let mut text = headings
        .chain(["monitor:gender:choice"])
        .collect::<Vec<_>>()
        .join(",");
    text.push('\n');
    for one in people {
        let own = own.iter().map(|(_, cell)| cell(one));
        let common = COMMON.iter().map(|(_, cell)| cell(profile(one)));
        let cells = own.chain(common).chain([one.gender.to_owned()]);
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

fn text(answer: Option<impl ToString>) -> String {
    answer.map_or_else(String::new, |answer| answer.to_string())
}

fn list<T>(items: &[T], text: fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(";")
}

fn need(need: &Need) -> String {
    let level = text(need.level);
    match need.importance {
        1 if level.is_empty() => need.skill.clone(),
        1 => format!("{}:{level}", need.skill),
        importance => format!("{}:{level}:{importance}", need.skill),
    }
}

fn offer(offer: &Offer) -> String {
    match offer.level {
        None => offer.skill.clone(),
        Some(level) => format!("{}:{level}", offer.skill),
    }
}

/// A list of words that a program knows.
fn words<T: Copy>(items: &[T], word: fn(T) -> &'static str) -> String {
    items
        .iter()
        .copied()
        .map(word)
        .collect::<Vec<_>>()
        .join(";")
}

fn support(kind: Support) -> &'static str {
    match kind {
        Support::Career => "career",
        Support::Psychosocial => "psychosocial",
        Support::RoleModel => "role_model",
        Support::Skills => "skills",
        _ => "",
    }
}

fn preparation(step: Preparation) -> &'static str {
    match step {
        Preparation::Trained => "trained",
        Preparation::Certified => "certified",
        Preparation::References => "references",
        _ => "",
    }
}

fn rating(rating: &Rating) -> String {
    format!("{}:{}", rating.partner, rating.value)
}

fn wanted(wanted: &Wanted) -> String {
    let answer = match &wanted.answer {
        WantedAnswer::Same => "same".to_owned(),
        WantedAnswer::Different => "different".to_owned(),
        WantedAnswer::OneOf(texts) => texts.join("|"),
        _ => String::new(),
    };
    format!("{}={answer}", wanted.field)
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// In rank order; `=` between those of one rank.
fn wishes(wishes: &[Wish]) -> String {
    let ranks = wishes.chunk_by(|one, next| one.rank == next.rank);
    let equals =
        ranks.map(|wishes| list(wishes, |wish| wish.partner.to_string()).replace(';', "="));
    equals.collect::<Vec<_>>().join(";")
}

fn status(profile: &Profile) -> String {
    match profile.status {
        Status::Paused => "paused".to_owned(),
        Status::Withdrawn => "withdrawn".to_owned(),
        _ => String::new(),
    }
}

fn meeting_mode(profile: &Profile) -> String {
    let word = match profile.meeting_mode {
        Some(MeetingMode::InPerson) => "in_person",
        Some(MeetingMode::Hybrid) => "hybrid",
        Some(MeetingMode::Virtual) => "virtual",
        _ => "",
    };
    word.to_owned()
}

fn attribute(profile: &Profile, name: &str) -> String {
    match profile.attributes.get(name) {
        Some(Attribute::Set(items)) => items.join(";"),
        Some(Attribute::Flag(yes)) => yes_or_no(*yes).to_owned(),
        _ => String::new(),
    }
}
