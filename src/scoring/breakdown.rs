//! One pair, explained.

use std::sync::Arc;

use super::{Scorer, ScoringError};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::MissingPolicy;
use crate::score::{Score, Weight, WeightedSum, largest_remainder_parts};

/// A pair's match score and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Breakdown {
    /// The match score, as though no rule forbade the pair.
    pub score: Score,
    /// One part a criterion, in the programme's order; the contributions sum to the score exactly.
    pub parts: Vec<Part>,
}

/// What one criterion contributes to a pair's match score.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Part {
    /// The programme's name for the criterion.
    pub criterion: Arc<str>,
    /// How much it counts, as stated.
    pub weight: Weight,
    /// What it gives the pair; `None` where an answer is missing.
    pub answer: Option<Score>,
    /// What was counted instead or as well; `None` where it was left out of the mean.
    pub counted: Option<Score>,
    /// Its part of the match score, in parts per million of a whole score: the exact share rounded
    /// down, or up for the largest remainders.
    pub contribution: u32,
}

/// A pair gained from answers left open, under [`MissingPolicy::Renormalise`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SilenceGain {
    /// The criteria that were left out for want of an answer.
    pub criteria: Vec<Arc<str>>,
    /// The match score.
    pub score: Score,
    /// What it would be if each of those criteria counted one half.
    pub at_neutral: Score,
}

impl Scorer {
    /// The pair's match score with its parts, whether or not the pair is allowed.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn breakdown(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Breakdown, ScoringError> {
        self.check_there(mentee, Some(mentor))?;
        let mut parts = Vec::with_capacity(self.criteria.len());
        let mut terms = Vec::with_capacity(self.criteria.len());
        for criterion in &self.criteria {
            let answer = self.answer(criterion, mentee, mentor)?;
            let counted = criterion.missing.counted(answer);
            let weight = if counted.is_some() {
                criterion.weight
            } else {
                0
            };
            terms.push((weight, counted.unwrap_or(Score::ZERO)));
            parts.push(Part {
                criterion: Arc::clone(&criterion.name),
                weight: criterion.stated_weight,
                answer,
                counted,
                contribution: 0,
            });
        }
        for (part, contribution) in parts.iter_mut().zip(largest_remainder_parts(&terms)) {
            part.contribution = contribution;
        }
        let score = WeightedSum::of(&terms).mean();
        Ok(Breakdown { score, parts })
    }

    /// The pair's match score; `None` where the pair is forbidden.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn score_pair(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<Score>, ScoringError> {
        self.check_there(mentee, Some(mentor))?;
        let mut sum = WeightedSum::default();
        let mut is_allowed = true;
        for criterion in &self.criteria {
            let answer = self.answer(criterion, mentee, mentor)?;
            is_allowed &= criterion.refusal.is_none() || answer.is_some();
            if let Some(counted) = criterion.missing.counted(answer) {
                sum.add(criterion.weight, counted);
            }
        }
        let score = sum.mean();
        is_allowed &= !self
            .gates
            .iter()
            .any(|gate| gate.forbids(mentee, mentor, score));
        Ok(is_allowed.then_some(score))
    }

    /// Whether the pair gained from answers left open.
    ///
    /// A pair gains when some criterion under [`MissingPolicy::Renormalise`] was left out, and the
    /// score is higher than it would be if each such criterion counted one half, as it does under
    /// the default policy. No other policy rewards silence.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn silence_gain(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<SilenceGain>, ScoringError> {
        if !self.renormalises {
            return Ok(None);
        }
        let breakdown = self.breakdown(mentee, mentor)?;
        let mut at_neutral = WeightedSum::default();
        let mut criteria = Vec::new();
        for (criterion, part) in self.criteria.iter().zip(&breakdown.parts) {
            let score = part.counted.unwrap_or(MissingPolicy::NEUTRAL);
            at_neutral.add(criterion.weight, score);
            if part.counted.is_none() && criterion.weight > 0 {
                criteria.push(Arc::clone(&criterion.name));
            }
        }
        let (score, at_neutral) = (breakdown.score, at_neutral.mean());
        Ok((score > at_neutral).then_some(SilenceGain {
            criteria,
            score,
            at_neutral,
        }))
    }
}
