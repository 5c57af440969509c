//! What pairs mean on a day.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::fields::Fields;
use super::raw::Raw;
use super::{FormError, FromRaw};
use crate::participant::{Hold, PairState, PairStates, StatedPair};

/// Raised whenever the same file would mean something else.
const FORMAT_VERSION: u32 = 1;

impl Serialize for PairStates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("PairStates", 3)?;
        form.serialize_field("format_version", &FORMAT_VERSION)?;
        form.serialize_field("today", &self.today)?;
        form.serialize_field("pairs", &self.pairs)?;
        form.end()
    }
}

impl Serialize for StatedPair {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("StatedPair", 4)?;
        form.serialize_field("mentee", &self.mentee)?;
        form.serialize_field("mentor", &self.mentor)?;
        form.serialize_field("state", self.state.name())?;
        match self.state {
            PairState::Declined { until: Some(until) } => form.serialize_field("until", &until)?,
            PairState::Ended { on } => form.serialize_field("on", &on)?,
            state if state.hold() == Some(Hold::Frozen) => form.serialize_field("frozen", &true)?,
            _ => form.skip_field("frozen")?,
        }
        form.end()
    }
}

impl FromRaw for PairStates {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::of(raw)?;
        fields.format_version(FORMAT_VERSION)?;
        let states = Self {
            today: fields.required("today")?,
            pairs: fields.or_default("pairs")?,
        };
        fields.finish()?;
        Ok(states)
    }
}

impl FromRaw for StatedPair {
    fn from_raw(raw: Raw) -> Result<Self, FormError> {
        let mut fields = Fields::named(raw, "an object of `mentee`, `mentor` and `state`")?;
        let (mentee, mentor) = (fields.required("mentee")?, fields.required("mentor")?);
        let state: String = fields.required("state")?;
        let state = match &*state {
            "proposed" => PairState::Proposed(hold(&mut fields)?),
            "accepted" => PairState::Accepted(hold(&mut fields)?),
            "active" => PairState::Active(hold(&mut fields)?),
            "declined" => PairState::Declined {
                until: fields.optional("until")?,
            },
            "ended" => PairState::Ended {
                on: fields.required("on")?,
            },
            _ => {
                let what = "one of `proposed`, `accepted`, `active`, `declined`, `ended`";
                return Err(FormError::expected(what).inside("state"));
            }
        };
        fields.finish()?;
        Ok(Self {
            mentee,
            mentor,
            state,
        })
    }
}

/// A pair may move unless it is said to be frozen.
fn hold(fields: &mut Fields) -> Result<Hold, FormError> {
    let frozen: bool = fields.or_default("frozen")?;
    Ok(if frozen { Hold::Frozen } else { Hold::MayMove })
}
