//! What the columns of a CSV file mean.

use std::num::NonZero;

use mentormatch::{Bounds, Profile};

use super::InRole;
use super::cells::{self, Expected};

/// One line, as far as it has been read.
pub(super) struct Draft {
    pub(super) profile: Profile,
    pub(super) bounds: Bounds,
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
                set(&mut draft.bounds, cells::bounds(cell)?)
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

fn field(heading: &str) -> Option<Read> {
    let read: Read = match heading {
        "name" => |cell, draft| set(&mut draft.name, text(cell)),
        "external_id" => |cell, draft| set(&mut draft.profile.external_id, text(cell)),
        "status" => |cell, draft| set(&mut draft.profile.status, cells::status(cell)?),
        "needs" => |cell, draft| set(&mut draft.profile.needs, cells::needs(cell)?),
        "offers" => |cell, draft| set(&mut draft.profile.offers, cells::offers(cell)?),
        "languages" => |cell, draft| set(&mut draft.profile.languages, cells::texts(cell)),
        "seniority" => |cell, draft| set(&mut draft.profile.seniority, Some(cells::step(cell)?)),
        "experience_years" => |cell, draft| {
            set(
                &mut draft.profile.experience_years,
                Some(cells::number(cell)?),
            )
        },
        "tenure_years" => {
            |cell, draft| set(&mut draft.profile.tenure_years, Some(cells::number(cell)?))
        }
        "department" => |cell, draft| set(&mut draft.profile.department, text(cell)),
        "site" => |cell, draft| set(&mut draft.profile.site, text(cell)),
        "organisation" => |cell, draft| set(&mut draft.profile.organisation, text(cell)),
        "manager" => |cell, draft| set(&mut draft.profile.manager, Some(cell.into())),
        "time_zone" => |cell, draft| set(&mut draft.profile.time_zone, text(cell)),
        "meeting_mode" => |cell, draft| {
            set(
                &mut draft.profile.meeting_mode,
                Some(cells::meeting_mode(cell)?),
            )
        },
        "wishes" => |cell, draft| set(&mut draft.profile.wishes, cells::wishes(cell)),
        "vetoes" => |cell, draft| set(&mut draft.profile.vetoes, cells::ids(cell)),
        _ => return None,
    };
    Some(read)
}

fn set<T>(field: &mut T, value: T) -> Result<(), Expected> {
    *field = value;
    Ok(())
}

fn text(cell: &str) -> Option<String> {
    Some(cell.to_owned())
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
