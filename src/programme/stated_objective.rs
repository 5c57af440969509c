//! An objective as a file states it: a word, or a table with one key for those that have parameters.
//!
//! A parameter that is left out is remembered, not refused at once: by then only the whole file knows the place, so that
//! the error can say which one is missing, where, and what it may be.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::objective::{Objective, WishOrder, WishesOf};
use crate::score::Score;

/// An objective, or what it lacks.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub(super) enum StatedObjective {
    Whole(Objective),
    #[serde(skip)]
    Lacking(&'static Parameter),
}

/// A parameter that must be stated.
#[derive(Debug, PartialEq)]
pub(super) struct Parameter {
    path: &'static str,
    meaning: &'static str,
    example: &'static str,
}

const WISHES: &str = "{ wishes = { order = \"rank_maximal\", of = \"mentees\", ranks = 3 } }";

static RESOLUTION: Parameter = Parameter {
    path: "leximin.resolution",
    meaning: "how wide a class of scores is, above 0",
    example: "{ leximin = { resolution = 0.05 } }",
};

static ORDER: Parameter = Parameter {
    path: "wishes.order",
    meaning: "`rank_maximal` or `generous`",
    example: WISHES,
};

static OF: Parameter = Parameter {
    path: "wishes.of",
    meaning: "whose wishes count: `mentees`, `mentors` or `both`",
    example: WISHES,
};

static RANKS: Parameter = Parameter {
    path: "wishes.ranks",
    meaning: "the last rank that counts, 1 to 100",
    example: WISHES,
};

/// After the place of the objective in the file: `.leximin.resolution: missing, …`.
impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            meaning,
            example,
        } = self;
        write!(f, ".{path}: missing: {meaning}, as in {example}")
    }
}

impl StatedObjective {
    pub(super) fn whole(&self) -> Result<Objective, &'static Parameter> {
        match self {
            Self::Whole(objective) => Ok(*objective),
            Self::Lacking(parameter) => Err(parameter),
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct LeximinTable {
    resolution: Option<Score>,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WishesTable {
    order: Option<WishOrder>,
    of: Option<WishesOf>,
    ranks: Option<u32>,
}

impl LeximinTable {
    fn objective(self) -> Result<Objective, &'static Parameter> {
        let resolution = self.resolution.ok_or(&RESOLUTION)?;
        Ok(Objective::Leximin { resolution })
    }
}

impl WishesTable {
    fn objective(self) -> Result<Objective, &'static Parameter> {
        Ok(Objective::Wishes {
            order: self.order.ok_or(&ORDER)?,
            of: self.of.ok_or(&OF)?,
            ranks: self.ranks.ok_or(&RANKS)?,
        })
    }
}

impl From<Result<Objective, &'static Parameter>> for StatedObjective {
    fn from(read: Result<Objective, &'static Parameter>) -> Self {
        read.map_or_else(Self::Lacking, Self::Whole)
    }
}

impl<'de> Deserialize<'de> for StatedObjective {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordOrTable)
    }
}

struct WordOrTable;

impl<'de> Visitor<'de> for WordOrTable {
    type Value = StatedObjective;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an objective: a word, or a table with one key")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<StatedObjective, E> {
        match word {
            "leximin" => Ok(LeximinTable::default().objective().into()),
            "wishes" => Ok(WishesTable::default().objective().into()),
            _ => Objective::deserialize(StrDeserializer::new(word)).map(StatedObjective::Whole),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<StatedObjective, A::Error> {
        let one_key = || A::Error::custom("expected one objective");
        let word: String = table.next_key()?.ok_or_else(one_key)?;
        let read = match &*word {
            "leximin" => table.next_value::<LeximinTable>()?.objective().into(),
            "wishes" => table.next_value::<WishesTable>()?.objective().into(),
            _ => {
                let plain = self.visit_str(&word)?;
                table.next_value::<()>()?;
                plain
            }
        };
        match table.next_key::<String>()? {
            Some(_) => Err(one_key()),
            None => Ok(read),
        }
    }
}
