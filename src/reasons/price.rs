//! What another wish would cost, as data.

use std::fmt;

use crate::ids::ParticipantId;
use crate::programme::Objective;

/// What a matching with one more condition would be, compared with the run's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PairPrice {
    /// By how much each objective would change, first things first: the first that is not 0 falls.
    pub change: Vec<ObjectiveChange>,
    /// Who would move: each move makes way for the next.
    pub moves: Vec<PersonMove>,
}

/// An objective and by how much the best that it can be would change. An objective of several levels
/// (tiers, ranks, classes of scores) has an entry for each, first things first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ObjectiveChange {
    /// What changes.
    pub of: GapOf,
    /// By how much: places for minimums, mentees for participation, parts per million for the total score.
    pub by: i128,
}

/// One mentee's change of mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PersonMove {
    /// Who moves.
    pub mentee: ParticipantId,
    /// The mentor she gives up, if any.
    pub from: Option<ParticipantId>,
    /// The mentor she gets, if any.
    pub to: Option<ParticipantId>,
}

/// What may fall short of its optimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum GapOf {
    /// The minimum places that people stated, which come before every objective.
    Minimums,
    /// An objective of the programme.
    Objective(Objective),
}

impl PairPrice {
    /// Whether no objective would change: the run's matching is one of several that are as good.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.change.iter().all(|change| change.by == 0)
    }
}

impl fmt::Display for GapOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimums => f.write_str("minimum places"),
            Self::Objective(objective) => objective.fmt(f),
        }
    }
}

impl fmt::Display for ObjectiveChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.by < 0 { '−' } else { '+' };
        write!(f, "{} {sign}{}", self.of, Amount(self.of, self.by))
    }
}

/// How much of what a level is about, without its sign: sums of scores in whole scores, a lowest score in points of a
/// percentage, all else counted.
pub(crate) struct Amount(pub(crate) GapOf, pub(crate) i128);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.1.unsigned_abs();
        match self.0 {
            GapOf::Objective(Objective::TotalScore) => {
                let thousandths = (size + 500) / 1_000;
                write!(f, "{}.{:03}", thousandths / 1_000, thousandths % 1_000)
            }
            GapOf::Objective(Objective::WorstScore) => {
                let tenths = (size + 500) / 1_000; // of a per cent
                write!(f, "{}.{} points", tenths / 10, tenths % 10)
            }
            _ => write!(f, "{size}"),
        }
    }
}

impl fmt::Display for PersonMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.mentee)?;
        for (word, mentor) in [("from", &self.from), ("to", &self.to)] {
            match mentor {
                Some(mentor) => write!(f, " {word} {mentor:?}")?,
                None => write!(f, " {word} nobody")?,
            }
        }
        Ok(())
    }
}

/// The objectives that change, in one line.
pub(crate) struct Changes<'a>(pub(crate) &'a [ObjectiveChange]);

impl fmt::Display for Changes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut changes = self.0.iter().filter(|change| change.by != 0);
        match changes.next() {
            Some(first) => first.fmt(f)?,
            None => f.write_str("no objective would change")?,
        }
        changes.try_for_each(|change| write!(f, ", {change}"))
    }
}

/// The objectives that change, then who moves.
impl fmt::Display for PairPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Changes(&self.change).fmt(f)?;
        for (at, one) in self.moves.iter().enumerate() {
            write!(f, "{}{one}", if at == 0 { "; " } else { ", " })?;
        }
        Ok(())
    }
}
