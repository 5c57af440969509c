//! What the columns of a CSV file mean.

use std::num::NonZero;

use mentormatch::{Bounds, Profile};

use super::InRole;
use super::cells::{self, Expected};
use super::partner_cells;

/// One line, as far as it has been read.
pub(super) struct Draft {
    pub(super) profile: Profile,
    /// What the column says of it; `None` if it is empty.
    pub(super) bounds: Option<Bounds>,
    pub(super) name: Option<String>,
}

/// A column, by its heading.
#[derive(Clone, Debug)]
pub(super) enum Column {
    Id,
    Field(Read),
    Answer(Answer),
}

/// Reads a cell that is not empty.
type Read = fn(&str, &mut Draft) -> Result<(), Expected>;

/// An answer of the host's own.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    add: fn(Profile, String, mentormatch::Attribute) -> Profile,
    name: String,
    kind: Kind,
}

/// The type of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Choice,
    Set,
    Ordinal { of: u16 },
    Number,
    Flag,
}

impl Column {
    pub(super) fn of<P: InRole>(heading: &str) -> Result<Self, Expected> {
        if heading == "id" {
            return Ok(Self::Id);
        }
        if heading == P::BOUNDS {
            return Ok(Self::Field(|cell, draft| {
                set(&mut draft.bounds, Some(cells::bounds(cell)?))
            }));
        }
        if heading == P::OTHER_BOUNDS {
            return Err(P::SWAPPED);
        }
        if let Some(read) = field(heading) {
            return Ok(Self::Field(read));
        }
        Answer::of(heading).map(Self::Answer)
    }

    pub(super) fn read(&self, cell: &str, draft: &mut Draft) -> Result<(), Expected> {
        match self {
            Self::Id => Ok(()), // read before everything else
            Self::Field(read) => read(cell, draft),
            Self::Answer(answer) => answer.read(cell, draft),
        }
    }
}

/// Reads a cell into a field of the profile: one answer, or (`all`) everything it holds.
macro_rules! answer {
    ($field:ident, $read:path) => {
        |cell, draft| set(&mut draft.profile.$field, Some($read(cell)?))
    };
    (all $field:ident, $read:path) => {
        |cell, draft| set(&mut draft.profile.$field, $read(cell)?)
    };
}

fn field(heading: &str) -> Option<Read> {
    about_the_person(heading)
        .or_else(|| about_help(heading))
        .or_else(|| about_meeting(heading))
        .or_else(|| about_partners(heading))
}

fn about_the_person(heading: &str) -> Option<Read> {
    Some(match heading {
        "name" => |cell, draft| set(&mut draft.name, Some(cell.to_owned())),
        "external_id" => answer!(external_id, cells::text),
        "status" => answer!(all status, cells::status),
        "priority" => answer!(priority, cells::tier),
        "languages" => answer!(all languages, cells::texts),
        "seniority" => answer!(seniority, cells::step),
        "experience_years" => answer!(experience_years, cells::number),
        "tenure_years" => answer!(tenure_years, cells::number),
        "department" => answer!(department, cells::text),
        "team" => answer!(team, cells::text),
        "site" => answer!(site, cells::text),
        "region" => answer!(region, cells::text),
        "organisation" => answer!(organisation, cells::text),
        "manager" => answer!(manager, cells::id),
        "roles_held" => answer!(all roles_held, cells::texts),
        "career_goals" => answer!(all career_goals, cells::texts),
        _ => return None,
    })
}

fn about_help(heading: &str) -> Option<Read> {
    Some(match heading {
        "needs" => answer!(all needs, cells::needs),
        "offers" => answer!(all offers, cells::offers),
        "topics" => answer!(all topics, cells::texts),
        "excluded_topics" => answer!(all excluded_topics, cells::texts),
        "support" => answer!(all support, cells::support),
        "motivation" => answer!(motivation, cells::level),
        "readiness" => answer!(readiness, cells::level),
        "voluntary" => answer!(voluntary, cells::flag),
        "preparation" => answer!(all preparation, cells::preparation),
        _ => return None,
    })
}

fn about_meeting(heading: &str) -> Option<Read> {
    Some(match heading {
        "time_zone" => answer!(time_zone, cells::text),
        "availability" => answer!(all availability, partner_cells::availability),
        "hours_per_month" => answer!(hours_per_month, cells::number),
        "meetings_per_month" => answer!(meetings_per_month, cells::number),
        "meeting_minutes" => answer!(meeting_minutes, cells::step),
        "duration_months" => answer!(duration_months, cells::number),
        "formality" => answer!(formality, cells::level),
        "meeting_mode" => answer!(meeting_mode, cells::meeting_mode),
        "meets_at" => answer!(all meets_at, cells::texts),
        "accessibility_needs" => answer!(all accessibility_needs, cells::texts),
        "accessibility_offered" => answer!(all accessibility_offered, cells::texts),
        _ => return None,
    })
}

fn about_partners(heading: &str) -> Option<Read> {
    Some(match heading {
        "comfortable_gap" => answer!(comfortable_gap, partner_cells::gap_range),
        "wishes" => answer!(all wishes, partner_cells::wishes),
        "favourites" => answer!(all favourites, cells::ids),
        "ratings" => answer!(all ratings, partner_cells::ratings),
        "wanted" => answer!(all wanted, partner_cells::wanted),
        "most_important" => answer!(most_important, cells::text),
        "weights" => answer!(all weights, partner_cells::weights),
        "vetoes" => answer!(all vetoes, cells::ids),
        _ => return None,
    })
}

fn set<T>(field: &mut T, value: T) -> Result<(), Expected> {
    *field = value;
    Ok(())
}

impl Answer {
    fn of(heading: &str) -> Result<Self, Expected> {
        let unknown = "no such column; answers of your own are written attr:NAME:KIND";
        let (group, name_and_kind) = heading.split_once(':').ok_or(unknown)?;
        let (name, kind) = name_and_kind.split_once(':').ok_or(unknown)?;
        let add = match group {
            "attr" => Profile::attribute,
            "quota" => Profile::quota_attribute,
            "monitor" => Profile::monitor_attribute,
            _ => return Err(unknown),
        };
        Ok(Self {
            add,
            name: name.to_owned(),
            kind: Kind::of(kind)?,
        })
    }

    fn read(&self, cell: &str, draft: &mut Draft) -> Result<(), Expected> {
        let answer = cells::attribute(self.kind, cell)?;
        draft.profile = (self.add)(draft.profile.clone(), self.name.clone(), answer);
        Ok(())
    }
}

impl Kind {
    fn of(text: &str) -> Result<Self, Expected> {
        let wrong = "expected the kind choice, set, number, flag or ordinal:STEPS, with STEPS of 1 to 65535";
        match text {
            "choice" => Ok(Self::Choice),
            "set" => Ok(Self::Set),
            "number" => Ok(Self::Number),
            "flag" => Ok(Self::Flag),
            _ => {
                let steps = text.strip_prefix("ordinal:").ok_or(wrong)?;
                let of: NonZero<u16> = steps.parse().map_err(|_| wrong)?;
                Ok(Self::Ordinal { of: of.get() })
            }
        }
    }
}
