//! The proof as it is written down: prices by people in the order of their ids.
//!
//! A proof is one of many. So prices say nothing about anybody; what they prove does.

use serde::{Deserialize, Serialize};

use crate::engine::outcome::Outcome;
use crate::ids::Role;
use crate::participant::Cohort;
use crate::programme::Objective;
use crate::reasons::GapOf;
use crate::solver::{Claim, Level, Prices};

/// What is proved.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ClaimRecord {
    Optimal,
    /// Optimal before this level, at which nothing is worth more than the bound.
    Bounded {
        level: usize,
        bound: i128,
    },
    Stable {
        proposing: Role,
    },
}

/// One level: what it is about, what it comes to, and the prices that prove it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelRecord {
    pub(super) of: LevelOf,
    pub(super) value: i128,
    pub(super) prices: PricesRecord,
}

/// What a level is about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum LevelOf {
    Locks,
    Minimums,
    /// One of the levels of this objective.
    Objective(Objective),
    /// The lot, drawn with this salt.
    Lot {
        salt: u64,
    },
}

/// One level's prices: of people in the order of their ids, and of quotas in the order of the programme's.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PricesRecord {
    mentees: Vec<i64>,
    mentors: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentee_groups: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentor_groups: Vec<i64>,
}

/// The levels of an outcome.
pub(super) fn levels(outcome: &Outcome) -> Vec<LevelRecord> {
    let order = Order::of(outcome.cohort());
    let solution = &outcome.stages().solution;
    let certificate = &solution.certificate;
    let about = (certificate.levels().iter()).zip(outcome.concerns());
    let about = about.map(|(level, of)| LevelOf::new(level, of));
    let proved = solution.value.iter().zip(certificate.prices());
    let record = |(of, (&value, prices))| LevelRecord {
        of,
        value,
        prices: order.record(prices),
    };
    about.zip(proved).map(record).collect()
}

impl LevelOf {
    fn new(level: &Level, of: Option<GapOf>) -> Self {
        match (level, of) {
            (Level::TieBreak(hash), _) => Self::Lot { salt: hash.salt() },
            (_, Some(GapOf::Objective(objective))) => Self::Objective(objective),
            (_, Some(GapOf::Minimums)) => Self::Minimums,
            (_, None) => Self::Locks,
        }
    }

    /// That of a lot.
    pub(super) const fn salt(self) -> Option<u64> {
        match self {
            Self::Lot { salt } => Some(salt),
            _ => None,
        }
    }
}

/// People's positions, in the order of their ids.
pub(super) struct Order {
    mentees: Vec<usize>,
    mentors: Vec<usize>,
}

impl Order {
    pub(super) fn of(cohort: &Cohort) -> Self {
        let (mentees, mentors) = (cohort.mentees(), cohort.mentors());
        let mut order = Self {
            mentees: (0..mentees.len()).collect(),
            mentors: (0..mentors.len()).collect(),
        };
        (order.mentees).sort_unstable_by_key(|&at| &mentees[at].profile.id);
        (order.mentors).sort_unstable_by_key(|&at| &mentors[at].profile.id);
        order
    }

    pub(super) fn record(&self, prices: &Prices) -> PricesRecord {
        let listed = |order: &[usize], prices: &[i64]| order.iter().map(|&at| prices[at]).collect();
        PricesRecord {
            mentees: listed(&self.mentees, &prices.mentees),
            mentors: listed(&self.mentors, &prices.mentors),
            mentee_groups: prices.mentee_groups.clone(),
            mentor_groups: prices.mentor_groups.clone(),
        }
    }

    /// The prices by position; `None` if they are not for so many people.
    pub(super) fn prices(&self, record: &PricesRecord) -> Option<Prices> {
        Some(Prices {
            mentees: placed(&self.mentees, &record.mentees)?,
            mentors: placed(&self.mentors, &record.mentors)?,
            mentee_groups: record.mentee_groups.clone(),
            mentor_groups: record.mentor_groups.clone(),
        })
    }
}

fn placed(order: &[usize], listed: &[i64]) -> Option<Vec<i64>> {
    let mut prices = vec![0; order.len()];
    for (&at, &price) in order.iter().zip(listed) {
        prices[at] = price;
    }
    (order.len() == listed.len()).then_some(prices)
}

impl ClaimRecord {
    /// Whether there is nothing better.
    pub(super) const fn is_settled(self) -> bool {
        !matches!(self, Self::Bounded { .. })
    }
}

impl From<Claim> for ClaimRecord {
    fn from(claim: Claim) -> Self {
        match claim {
            Claim::Optimal => Self::Optimal,
            Claim::Bounded { level, bound } => Self::Bounded { level, bound },
            Claim::Stable { proposing } => Self::Stable { proposing },
        }
    }
}

impl From<ClaimRecord> for Claim {
    fn from(claim: ClaimRecord) -> Self {
        match claim {
            ClaimRecord::Optimal => Self::Optimal,
            ClaimRecord::Bounded { level, bound } => Self::Bounded { level, bound },
            ClaimRecord::Stable { proposing } => Self::Stable { proposing },
        }
    }
}
