//! Why the lowest score cannot be higher, as it is written down, where it is an objective.
//!
//! The proof is a certificate of its own, about another assignment: one of those that are best at the levels before. Of
//! its levels those up to the floor's are kept. What the others prove is not needed, and optimal levels stay so without
//! those behind them.

use serde::{Deserialize, Serialize};

use super::AuditError;
use super::proof::{ClaimRecord, Order, PricesRecord};
use super::verify::unknown;
use crate::engine::outcome::Outcome;
use crate::ids::Role;
use crate::participant::{Cohort, DecidedPair};
use crate::solver::{Assignment, Certificate, Claim, Floor, Level};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FloorRecord {
    /// Every pair can score as high, in parts per million; the highest number there is where nobody is matched.
    pub(super) score: i32,
    /// The lowest score of the pairs.
    pub(super) lowest: i32,
    /// Nothing where the search was stopped, or no number is higher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof: Option<CeilingRecord>,
}

/// A certificate of the levels before and of the one that avoids all scores up to the floor.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CeilingRecord {
    claim: ClaimRecord,
    prices: Vec<PricesRecord>,
    pairs: Vec<DecidedPair>,
}

impl FloorRecord {
    /// That of a run with such an objective.
    pub(super) fn of(outcome: &Outcome) -> Option<Self> {
        let (at, floor) = outcome.stages().floor_level()?;
        let proof = floor.proof().map(|(certificate, assignment)| {
            let (order, levels) = (Order::of(outcome.cohort()), at + 1);
            let prices = certificate.prices().iter().take(levels);
            CeilingRecord {
                claim: shortened(certificate.claim(), levels).into(),
                prices: prices.map(|prices| order.record(prices)).collect(),
                pairs: named(outcome.cohort(), assignment),
            }
        });
        Some(Self {
            score: floor.score,
            lowest: floor.lowest,
            proof,
        })
    }

    /// Whether it is said that no floor is higher, and that the pairs are on it.
    pub(super) const fn is_settled(&self) -> bool {
        (self.proof.is_some() || self.score == i32::MAX) && self.lowest >= self.score
    }

    /// The floor above these levels, to be checked.
    pub(super) fn stated(&self, cohort: &Cohort, before: &[Level]) -> Result<Floor, AuditError> {
        let proof = (self.proof.as_ref()).map(|proof| proof.stated(cohort, before, self.score));
        Ok(Floor::stated(self.score, self.lowest, proof.transpose()?))
    }
}

impl CeilingRecord {
    fn stated(
        &self,
        cohort: &Cohort,
        before: &[Level],
        floor: i32,
    ) -> Result<(Certificate, Assignment), AuditError> {
        let order = Order::of(cohort);
        let prices = self.prices.iter().map(|prices| order.prices(prices));
        let prices: Option<Vec<_>> = prices.collect();
        let prices = prices.ok_or(AuditError::OtherLevels)?;
        let levels = before.iter().cloned().chain([Level::up_to(floor)]);
        let certificate = Certificate::stated(levels.collect(), prices, self.claim.into(), None);
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for pair in &self.pairs {
            let mentee = cohort.mentee_idx(pair.mentee.as_str());
            let mentee = mentee.ok_or_else(|| unknown(Role::Mentee, &pair.mentee))?;
            let mentor = cohort.mentor_idx(pair.mentor.as_str());
            let mentor = mentor.ok_or_else(|| unknown(Role::Mentor, &pair.mentor))?;
            pairs.push((mentee.get(), mentor.get()));
        }
        let assignment = Assignment::from_pairs(cohort.mentees().len(), pairs);
        Ok((certificate, assignment))
    }
}

/// What is left of a claim when levels are left out.
fn shortened(claim: Claim, levels: usize) -> Claim {
    match claim {
        Claim::Bounded { level, .. } if level >= levels => Claim::Optimal,
        claim => claim,
    }
}

fn named(cohort: &Cohort, assignment: &Assignment) -> Vec<DecidedPair> {
    let pairs = assignment.pairs().map(|(mentee, mentor)| {
        let mentee = &cohort.mentees()[mentee].profile.id;
        DecidedPair::new(mentee, &cohort.mentors()[mentor].profile.id)
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    pairs
}
