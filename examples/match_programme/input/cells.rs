//! One cell's text as a value. Errors say what was expected, never what was found: answers are
//! personal, and errors end up in logs.

use mentormatch::{
    Attribute, Bounds, MeetingMode, Need, Offer, ParticipantId, Preparation, Status, Support,
};

use super::columns::Kind;

/// What a cell should have held.
pub(super) type Expected = &'static str;

/// `;` separates items; an empty item is none.
pub(super) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

pub(super) fn text(cell: &str) -> Result<String, Expected> {
    Ok(cell.to_owned())
}

pub(super) fn texts(cell: &str) -> Result<Vec<String>, Expected> {
    Ok(items(cell).map(str::to_owned).collect())
}

pub(super) fn id(cell: &str) -> Result<ParticipantId, Expected> {
    Ok(cell.into())
}

pub(super) fn ids(cell: &str) -> Result<Vec<ParticipantId>, Expected> {
    Ok(items(cell).map(ParticipantId::from).collect())
}

pub(super) fn level(cell: &str) -> Result<u8, Expected> {
    cell.parse()
        .map_err(|_| "expected a whole number of 1 to 5")
}

pub(super) fn tier(cell: &str) -> Result<u8, Expected> {
    cell.parse()
        .map_err(|_| "expected a whole number of 1 to 20")
}

pub(super) fn step(cell: &str) -> Result<u16, Expected> {
    cell.parse()
        .map_err(|_| "expected a whole number of 0 to 65535")
}

pub(super) fn number(cell: &str) -> Result<f64, Expected> {
    cell.parse().map_err(|_| "expected a number, such as 7.5")
}

pub(super) fn bounds(cell: &str) -> Result<Bounds, Expected> {
    let count = |text: &str| {
        let count = text.trim().parse::<u32>();
        count.map_err(
            |_| "expected whole numbers of 0 to 4294967295: one, such as 3, or two, such as 1-3",
        )
    };
    match cell.split_once('-') {
        None => Ok(count(cell)?.into()),
        Some((min, max)) => Ok(Bounds {
            min: count(min)?,
            max: count(max)?,
        }),
    }
}

pub(super) fn needs(cell: &str) -> Result<Vec<Need>, Expected> {
    items(cell).map(need).collect()
}

fn need(item: &str) -> Result<Need, Expected> {
    let wrong = "expected skills, each as skill, skill:level or skill:level:importance";
    let mut parts = item.split(':').map(str::trim);
    let mut need = Need::new(
        parts
            .next()
            .filter(|skill| !skill.is_empty())
            .ok_or(wrong)?,
    );
    need.level = skill_level(parts.next())?;
    if let Some(importance) = parts.next() {
        let wrong = "expected importances, the last in skill:level:importance, of 1 to 100";
        need = need.importance(importance.parse().map_err(|_| wrong)?);
    }
    parts.next().is_none().then_some(need).ok_or(wrong)
}

pub(super) fn offers(cell: &str) -> Result<Vec<Offer>, Expected> {
    items(cell).map(offer).collect()
}

fn offer(item: &str) -> Result<Offer, Expected> {
    let wrong = "expected skills, each as skill or skill:level";
    let (skill, steps) = match item.split_once(':') {
        None => (item, None),
        Some((skill, steps)) => (skill.trim(), Some(steps.trim())),
    };
    if skill.is_empty() || steps.is_some_and(|steps| steps.contains(':')) {
        return Err(wrong);
    }
    Ok(Offer::new(skill).level(skill_level(steps)?))
}

/// `None` where the level is left out.
fn skill_level(text: Option<&str>) -> Result<Option<u8>, Expected> {
    let wrong = "expected levels, the second in skill:level, of 0 to 255";
    match text {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| wrong),
    }
}

pub(super) fn status(cell: &str) -> Result<Status, Expected> {
    match cell {
        "active" => Ok(Status::Active),
        "paused" => Ok(Status::Paused),
        "withdrawn" => Ok(Status::Withdrawn),
        _ => Err("expected active, paused or withdrawn"),
    }
}

pub(super) fn meeting_mode(cell: &str) -> Result<MeetingMode, Expected> {
    match cell {
        "in_person" => Ok(MeetingMode::InPerson),
        "hybrid" => Ok(MeetingMode::Hybrid),
        "virtual" => Ok(MeetingMode::Virtual),
        _ => Err("expected in_person, hybrid or virtual"),
    }
}

pub(super) fn support(cell: &str) -> Result<Vec<Support>, Expected> {
    let kind = |item: &str| match item {
        "career" => Ok(Support::Career),
        "psychosocial" => Ok(Support::Psychosocial),
        "role_model" => Ok(Support::RoleModel),
        "skills" => Ok(Support::Skills),
        _ => Err("expected career, psychosocial, role_model or skills"),
    };
    items(cell).map(kind).collect()
}

pub(super) fn preparation(cell: &str) -> Result<Vec<Preparation>, Expected> {
    let step = |item: &str| match item {
        "trained" => Ok(Preparation::Trained),
        "certified" => Ok(Preparation::Certified),
        "references" => Ok(Preparation::References),
        _ => Err("expected trained, certified or references"),
    };
    items(cell).map(step).collect()
}

pub(super) fn flag(cell: &str) -> Result<bool, Expected> {
    match cell {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("expected yes or no"),
    }
}

pub(super) fn attribute(kind: Kind, cell: &str) -> Result<Attribute, Expected> {
    match kind {
        Kind::Choice => Ok(Attribute::choice(cell)),
        Kind::Set => Ok(Attribute::set(items(cell))),
        Kind::Number => number(cell).map(Attribute::Number),
        Kind::Ordinal { of } => step(cell).map(|level| Attribute::Ordinal { level, of }),
        Kind::Flag => flag(cell).map(Attribute::Flag),
    }
}
