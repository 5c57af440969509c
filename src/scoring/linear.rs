//! Scores that are one weighted mean of the criteria, by the same weights for everybody.

use super::gates::Gate;
use super::{Scorer, ScoringError};
use crate::ids::MenteeIdx;
use crate::score::Score;

impl Scorer {
    /// The weights, by criterion, if every match score is their mean and nothing else: sides weigh alike, so do
    /// people, no criterion is left out for want of an answer, no rule costs points, and no floor forbids pairs by their
    /// scores.
    pub(crate) fn linear(&self) -> Option<&[u32]> {
        let [side] = &self.views.sides[..] else {
            return None;
        };
        let [weights] = side.weights() else {
            return None;
        };
        let is_plain = !self.renormalises && self.preferences.is_empty();
        let has_floor = self.gates.iter().any(|gate| matches!(gate, Gate::Floor(_)));
        (is_plain && !has_floor).then_some(weights.as_slice())
    }

    /// The position of a criterion.
    pub(crate) fn criterion(&self, name: &str) -> Option<usize> {
        self.criteria.iter().position(|own| *own.name == *name)
    }

    /// What one criterion counts for a mentee with each mentor, before its weight.
    pub(crate) fn counted_row(
        &self,
        criterion: usize,
        mentee: MenteeIdx,
        counted: &mut [Option<Score>],
    ) -> Result<(), ScoringError> {
        let own = &self.criteria[criterion];
        counted.fill(None);
        let scored = own.rows.score_row(mentee, counted);
        scored.map_err(|bad| self.error(own, mentee, bad))?;
        for answer in counted {
            *answer = own.missing.counted(*answer);
        }
        Ok(())
    }
}
