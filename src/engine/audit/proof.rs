//! The proof as it is written down: prices by people in the order of their ids.
//!
//! A proof is one of many. So prices say nothing about anybody; what they prove does.

use serde::{Deserialize, Serialize};

use crate::engine::outcome::Outcome;
use crate::ids::Role;
use crate::participant::Cohort;
use crate::programme::Objective;
use crate::reasons::GapOf;
use crate::solver::{Claim, Drawn, Lot, Moment, Prices};

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

/// How the lot was drawn: nodes in a line, people and groups by their positions in the run, and where it was cut.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LotRecord {
    line: Vec<u32>,
    /// How many of them stand in front of all nodes that the line does not name, which share a place.
    rest: u32,
    cuts: Vec<CutRecord>,
}

/// In front of which place the line was cut, and when: at the turn of a mentee, and of a mentor at this distance.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CutRecord {
    before: u32,
    turn: u32,
    distance: u32,
}

impl LotRecord {
    pub(super) fn of(drawn: &Drawn) -> Self {
        let cuts = (0..).zip(&drawn.cuts).filter_map(|(before, cut)| {
            let (turn, distance) = cut.parts()?;
            Some(CutRecord {
                before,
                turn,
                distance,
            })
        });
        Self {
            line: drawn.line.clone(),
            rest: drawn.rest,
            cuts: cuts.collect(),
        }
    }

    /// The proof of this lot that is written down, to be checked; `None` if cuts are not in order, or one is nowhere in the
    /// line.
    pub(super) fn drawn(&self, lot: Lot) -> Option<Drawn> {
        if !self
            .cuts
            .is_sorted_by(|one, other| one.before < other.before)
        {
            return None;
        }
        let mut cuts = vec![Moment::NEVER; self.line.len() + 1];
        for cut in &self.cuts {
            *cuts.get_mut(cut.before as usize)? = Moment::new(cut.turn, cut.distance);
        }
        Some(Drawn {
            lot,
            line: self.line.clone(),
            rest: self.rest,
            cuts,
        })
    }
}

/// The levels of an outcome.
pub(super) fn levels(outcome: &Outcome) -> Vec<LevelRecord> {
    let order = Order::of(outcome.cohort());
    let solution = &outcome.stages().solution;
    let certificate = &solution.certificate;
    let about = outcome.concerns().into_iter().map(LevelOf::new);
    let proved = solution.value.iter().zip(certificate.prices());
    let record = |(of, (&value, prices))| LevelRecord {
        of,
        value,
        prices: order.record(prices),
    };
    about.zip(proved).map(record).collect()
}

impl LevelOf {
    fn new(of: Option<GapOf>) -> Self {
        match of {
            Some(GapOf::Objective(objective)) => Self::Objective(objective),
            Some(GapOf::Minimums) => Self::Minimums,
            None => Self::Locks,
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
