//! The people as CSV, in the columns that the example `match_programme` reads.

use mentormatch::{
    Attribute, MeetingMode, Mentee, Mentor, Need, Offer, ParticipantId, Profile, Status, Wish,
};

use super::Named;

/// A column: its heading, and what somebody has in it.
type Column<P> = (&'static str, fn(&Named<P>) -> String);

/// A column that depends on the profile alone.
type ProfileColumn = (&'static str, fn(&Profile) -> String);

pub(crate) fn of_mentors(mentors: &[Named<Mentor>]) -> String {
    let columns: &[Column<Mentor>] = &[
        ("id", |one| one.person.profile.id.to_string()),
        ("name", |one| one.name.clone()),
        ("status", |one| status(&one.person.profile)),
        ("capacity", |one| one.person.capacity.max.to_string()),
        ("offers", |one| list(&one.person.profile.offers, offer)),
        ("needs", |one| list(&one.person.profile.needs, need)),
        ("attr:has helped to:set", |one| {
            attribute(&one.person.profile, "has helped to")
        }),
    ];
    table(columns, |one| &one.person.profile, mentors)
}

pub(crate) fn of_mentees(mentees: &[Named<Mentee>]) -> String {
    let columns: &[Column<Mentee>] = &[
        ("id", |one| one.person.profile.id.to_string()),
        ("name", |one| one.name.clone()),
        ("status", |one| status(&one.person.profile)),
        ("needs", |one| list(&one.person.profile.needs, need)),
        ("offers", |one| list(&one.person.profile.offers, offer)),
        ("attr:goal:choice", |one| {
            attribute(&one.person.profile, "goal")
        }),
    ];
    table(columns, |one| &one.person.profile, mentees)
}

/// What both files have, after the columns of their own.
const COMMON: [ProfileColumn; 15] = [
    ("languages", |one| one.languages.join(";")),
    ("seniority", |one| text(one.seniority)),
    ("experience_years", |one| text(one.experience_years)),
    ("tenure_years", |one| text(one.tenure_years)),
    ("department", |one| text(one.department.as_ref())),
    ("site", |one| text(one.site.as_ref())),
    ("manager", |one| text(one.manager.as_ref())),
    ("time_zone", |one| text(one.time_zone.as_ref())),
    ("meeting_mode", meeting_mode),
    ("wishes", |one| wishes(&one.wishes)),
    ("vetoes", |one| list(&one.vetoes, ParticipantId::to_string)),
    ("attr:interests:set", |one| attribute(one, "interests")),
    ("attr:style:choice", |one| attribute(one, "style")),
    ("attr:directness:ordinal:5", |one| {
        attribute(one, "directness")
    }),
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
        Some(Attribute::Choice(choice)) => choice.clone(),
        Some(Attribute::Set(items)) => items.join(";"),
        Some(Attribute::Ordinal { level, .. }) => level.to_string(),
        Some(Attribute::Flag(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        _ => String::new(),
    }
}
