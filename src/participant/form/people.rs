//! The fields of people and of what they say.

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::ids::{ParticipantId, Role};
use crate::participant::{
    Attribute, Bounds, Field, GapRange, MeetingMode, Mentee, Mentor, Need, Offer, Preparation,
    Profile, Rating, Status, Support, Wanted, WantedAnswer, Window, Wish,
};
use crate::score::Score;

impl FromRaw for Profile {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        person(raw, None, |_, profile| Ok(profile))
    }
}

impl FromRaw for Mentor {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        person(raw, Some(Role::Mentor), |fields, profile| {
            let capacity: Option<Bounds> = fields.optional("capacity")?;
            Ok(match capacity {
                Some(capacity) => profile.mentor(capacity),
                None => profile.mentor_within_budget(),
            })
        })
    }
}

impl FromRaw for Mentee {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        person(raw, Some(Role::Mentee), |fields, profile| {
            let demand: Option<Bounds> = fields.optional("demand")?;
            Ok(match demand {
                Some(demand) => profile.mentee().demand(demand),
                None => profile.mentee_within_budget(),
            })
        })
    }
}

/// Reads a whole person, and names them in whatever goes wrong after their id is known.
fn person<P>(
    raw: Raw,
    role: Option<Role>,
    in_role: impl FnOnce(&mut Fields, Profile) -> Result<P, FormError>,
) -> Result<P, FormError> {
    let mut fields = Fields::of(raw)?;
    let id: ParticipantId = fields.required("id")?;
    let whose = match role {
        Some(role) => format!("{role} {id:?}: "),
        None => format!("{id:?}: "),
    };
    let person = profile(&mut fields, id).and_then(|profile| {
        let person = in_role(&mut fields, profile)?;
        fields.finish()?;
        Ok(person)
    });
    person.map_err(|error| FormError::new(format!("{whose}{error}")))
}

fn profile(fields: &mut Fields, id: ParticipantId) -> Result<Profile, FormError> {
    Ok(Profile {
        id,
        external_id: fields.optional("external_id")?,
        status: fields.or_default("status")?,
        priority: fields.optional("priority")?,
        needs: fields.or_default("needs")?,
        offers: fields.or_default("offers")?,
        languages: fields.or_default("languages")?,
        seniority: fields.optional("seniority")?,
        experience_years: fields.optional("experience_years")?,
        tenure_years: fields.optional("tenure_years")?,
        department: fields.optional("department")?,
        site: fields.optional("site")?,
        organisation: fields.optional("organisation")?,
        team: fields.optional("team")?,
        region: fields.optional("region")?,
        hours_per_month: fields.optional("hours_per_month")?,
        meetings_per_month: fields.optional("meetings_per_month")?,
        meeting_minutes: fields.optional("meeting_minutes")?,
        duration_months: fields.optional("duration_months")?,
        formality: fields.optional("formality")?,
        motivation: fields.optional("motivation")?,
        readiness: fields.optional("readiness")?,
        voluntary: fields.optional("voluntary")?,
        comfortable_gap: fields.optional("comfortable_gap")?,
        most_important: fields.optional("most_important")?,
        weights: fields.or_default("weights")?,
        roles_held: fields.or_default("roles_held")?,
        career_goals: fields.or_default("career_goals")?,
        topics: fields.or_default("topics")?,
        excluded_topics: fields.or_default("excluded_topics")?,
        support: fields.or_default("support")?,
        preparation: fields.or_default("preparation")?,
        meets_at: fields.or_default("meets_at")?,
        accessibility_needs: fields.or_default("accessibility_needs")?,
        accessibility_offered: fields.or_default("accessibility_offered")?,
        favourites: fields.or_default("favourites")?,
        ratings: fields.or_default("ratings")?,
        wanted: fields.or_default("wanted")?,
        availability: windows(fields)?,
        manager: fields.optional("manager")?,
        time_zone: fields.optional("time_zone")?,
        meeting_mode: fields.optional("meeting_mode")?,
        wishes: fields.or_default("wishes")?,
        only_wishes_up_to: fields.optional("only_wishes_up_to")?,
        minimum_score: fields.optional("minimum_score")?,
        vetoes: fields.or_default("vetoes")?,
        attributes: fields.or_default("attributes")?,
        quota_attributes: fields.or_default("quota_attributes")?,
        monitor_attributes: fields.or_default("monitor_attributes")?,
    })
}

/// A text may stand for several windows.
fn windows(fields: &mut Fields) -> Result<Vec<Window>, FormError> {
    let listed: Vec<Windows> = fields.or_default("availability")?;
    Ok(listed.into_iter().flat_map(|windows| windows.0).collect())
}

struct Windows(Vec<Window>);

impl FromRaw for Windows {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let text = String::from_raw(raw).unwrap_or_default();
        let windows = Window::parse(&text).map_err(|error| FormError::new(error.to_string()))?;
        Ok(Self(windows))
    }
}

impl FromRaw for Need {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        if let Raw::Text(skill) = raw {
            return Ok(Self::new(skill));
        }
        let mut fields = Fields::named(raw, "a skill or an object")?;
        let need = Self {
            skill: fields.required("skill")?,
            level: fields.optional("level")?,
            importance: fields.optional("importance")?.unwrap_or(1),
        };
        fields.finish()?;
        Ok(need)
    }
}

impl FromRaw for Offer {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        if let Raw::Text(skill) = raw {
            return Ok(Self::new(skill));
        }
        let mut fields = Fields::named(raw, "a skill or an object")?;
        let offer = Self {
            skill: fields.required("skill")?,
            level: fields.optional("level")?,
        };
        fields.finish()?;
        Ok(offer)
    }
}

impl FromRaw for Wish {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `partner` and `rank`")?;
        let wish = Self {
            partner: fields.required("partner")?,
            rank: fields.required("rank")?,
        };
        fields.finish()?;
        Ok(wish)
    }
}

impl FromRaw for Rating {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `partner` and `value`")?;
        let rating = Self {
            partner: fields.required("partner")?,
            value: fields.required("value")?,
        };
        fields.finish()?;
        Ok(rating)
    }
}

impl FromRaw for Wanted {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `field` and `answer`")?;
        let wanted = Self {
            field: fields.required("field")?,
            answer: fields.required("answer")?,
        };
        fields.finish()?;
        Ok(wanted)
    }
}

impl FromRaw for WantedAnswer {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        match raw {
            Raw::List(_) => FromRaw::from_raw(raw).map(Self::OneOf),
            Raw::Text(word) if word == "same" => Ok(Self::Same),
            Raw::Text(word) if word == "different" => Ok(Self::Different),
            _ => Err(FormError::expected(
                "`same`, `different` or a list of texts",
            )),
        }
    }
}

/// One of a few words of the schema.
fn one_of<T: Copy>(raw: Raw, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, FormError> {
    let word = String::from_raw(raw).unwrap_or_default();
    let named = all.iter().copied().find(|&own| name(own) == word);
    named.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|&own| format!("`{}`", name(own))).collect();
        let (last, others) = names
            .split_last()
            .map_or(("", &[][..]), |(last, others)| (last, others));
        FormError::expected(&format!("{} or {last}", others.join(", ")))
    })
}

/// Which field an answer is about is a word of the schema.
impl FromRaw for Field {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let name = String::from_raw(raw).unwrap_or_default();
        name.parse()
            .map_err(|_| FormError::expected("the name of a field, or `attribute:NAME`"))
    }
}

impl FromRaw for GapRange {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `min` and `max`")?;
        let range = Self {
            min: fields.required("min")?,
            max: fields.required("max")?,
        };
        fields.finish()?;
        Ok(range)
    }
}

impl FromRaw for Support {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        one_of(raw, &Self::ALL, Self::name)
    }
}

impl FromRaw for Preparation {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        one_of(raw, &Self::ALL, Self::name)
    }
}

impl FromRaw for Bounds {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        if matches!(raw, Raw::Whole(_)) {
            return u32::from_raw(raw).map(Self::from);
        }
        let mut fields = Fields::named(raw, "a whole number, or an object of `min` and `max`")?;
        let bounds = Self {
            min: fields.or_default("min")?,
            max: fields.required("max")?,
        };
        fields.finish()?;
        Ok(bounds)
    }
}

impl FromRaw for Status {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        one_of(raw, &Self::ALL, Self::name)
    }
}

/// As everywhere in files: a number of 0 to 1.
impl FromRaw for Score {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let score = Self::from_unit(f64::from_raw(raw)?);
        score.map_err(|_| FormError::expected("a number of 0 to 1"))
    }
}

impl FromRaw for MeetingMode {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        one_of(raw, &Self::ALL, Self::name)
    }
}

impl FromRaw for Attribute {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let what = "an object with one of the keys `choice`, `set`, `ordinal`, `number` and `flag`";
        let (key, raw) = Fields::of(raw)
            .ok()
            .and_then(Fields::only)
            .ok_or_else(|| FormError::expected(what))?;
        let answer = match key.as_str() {
            "choice" => FromRaw::from_raw(raw).map(Self::Choice),
            "set" => FromRaw::from_raw(raw).map(Self::Set),
            "ordinal" => ordinal(raw),
            "number" => FromRaw::from_raw(raw).map(Self::Number),
            "flag" => FromRaw::from_raw(raw).map(Self::Flag),
            _ => return Err(FormError::expected(what)),
        };
        answer.map_err(|error| error.inside(&key))
    }
}

fn ordinal(raw: Raw) -> Result<Attribute, FormError> {
    let mut fields = Fields::of(raw)?;
    let answer = Attribute::Ordinal {
        level: fields.required("level")?,
        of: fields.required("of")?,
    };
    fields.finish()?;
    Ok(answer)
}
