//! Why this pair.

use std::fmt;
use std::sync::Arc;

use super::facts::Facts;
use super::prospects::Person;
use super::wishes::{StatedWish, WishFate};
use super::{Evidence, PairPrice};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::score::Score;
use crate::scoring::{Breakdown, ScoringError};

/// Why a pair is one: what it scores and on which facts, what the two wished for, and what else there was.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WhyPair {
    /// Whether the two are a pair.
    pub matched: bool,
    /// The score and what it is made of.
    pub breakdown: Breakdown,
    /// What each criterion read, in the order of the breakdown's parts.
    pub facts: Vec<CriterionFacts>,
    /// What became of the mentee's own wishes, then of the mentor's, each the first ones first.
    pub wishes: Vec<StatedWish>,
    /// Where the mentor stands among all whom the mentee may have; `None` if the pair is not allowed.
    pub rank_for_mentee: Option<PartnerRank>,
    /// Where the mentee stands among all whom the mentor may have; `None` if the pair is not allowed.
    pub rank_for_mentor: Option<PartnerRank>,
    /// The best mentor whom the mentee may have and has not, but for the one who is asked about.
    pub next_best: Option<NextBest>,
}

/// What a criterion read of a pair.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CriterionFacts {
    /// The programme's name for the criterion.
    pub criterion: Arc<str>,
    /// What it read.
    pub facts: Facts,
}

/// Where a partner stands by match score among all who are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PartnerRank {
    /// 1 for the best: one more than how many score higher.
    pub rank: u32,
    /// How many others score the same.
    pub level_with: u32,
    /// How many are allowed.
    pub allowed: u32,
}

/// Somebody else, and why it is not them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NextBest {
    /// The mentor.
    pub mentor: ParticipantId,
    /// What the pair would score.
    pub score: Score,
    /// What it would cost to match them, and who would move. `None` if it cannot be: he has no places, or if the
    /// run's matching is not proved optimal by objectives.
    pub price: Option<PairPrice>,
}

/// Why a pair is one; `price` tells what another mentor would cost the mentee.
pub(crate) fn why<E: From<ScoringError>>(
    evidence: &Evidence<'_>,
    (mentee, mentor): (MenteeIdx, MentorIdx),
    price: impl FnOnce(MentorIdx) -> Result<Option<PairPrice>, E>,
) -> Result<WhyPair, E> {
    let next = evidence.next_best(mentee, mentor)?;
    let next_best = next.map(|(other, score)| {
        Ok::<_, E>(NextBest {
            mentor: other.id(evidence).clone(),
            score,
            price: price(other)?,
        })
    });
    let criteria = evidence.programme.criteria().iter();
    let facts = criteria.map(|own| CriterionFacts {
        criterion: own.name.as_str().into(),
        facts: Facts::of(evidence.cohort, &own.criterion.fields(), (mentee, mentor)),
    });
    let mut wishes = evidence.wishes_of_mentee(mentee)?;
    wishes.extend(evidence.wishes_of_mentor(mentor)?);
    Ok(WhyPair {
        matched: evidence.assignment.mentors_of(mentee).contains(&mentor),
        breakdown: evidence.scorer.breakdown(mentee, mentor)?,
        facts: facts.collect(),
        wishes,
        rank_for_mentee: evidence.rank_for_mentee(mentee, mentor)?,
        rank_for_mentor: evidence.rank_for_mentor(mentee, mentor)?,
        next_best: next_best.transpose()?,
    })
}

impl Evidence<'_> {
    fn rank_for_mentee(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PartnerRank>, ScoringError> {
        let own = self.candidates.score(mentee, mentor)?;
        let mentors = MentorIdx::all(self.cohort.mentors().len());
        let scores = mentors.map(|other| self.candidates.score(mentee, other));
        own.map(|own| PartnerRank::among(own, scores)).transpose()
    }

    fn rank_for_mentor(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PartnerRank>, ScoringError> {
        let own = self.candidates.score(mentee, mentor)?;
        let mentees = MenteeIdx::all(self.cohort.mentees().len());
        let scores = mentees.map(|other| self.candidates.score(other, mentor));
        own.map(|own| PartnerRank::among(own, scores)).transpose()
    }

    /// The best mentor whom a mentee may have, but for those she has and one more; of equals the first by id.
    fn next_best(
        &self,
        mentee: MenteeIdx,
        but: MentorIdx,
    ) -> Result<Option<(MentorIdx, Score)>, ScoringError> {
        let has = self.assignment.mentors_of(mentee);
        let mut best: Option<(MentorIdx, Score)> = None;
        for other in MentorIdx::all(self.cohort.mentors().len()) {
            if other == but || has.contains(&other) {
                continue;
            }
            let Some(score) = self.candidates.score(mentee, other)? else {
                continue;
            };
            let is_better = best.is_none_or(|(known, highest)| {
                let by_id = || other.id(self) < known.id(self);
                score > highest || score == highest && by_id()
            });
            if is_better {
                best = Some((other, score));
            }
        }
        Ok(best)
    }
}

impl PartnerRank {
    fn among(
        own: Score,
        scores: impl Iterator<Item = Result<Option<Score>, ScoringError>>,
    ) -> Result<Self, ScoringError> {
        let (mut higher, mut level, mut allowed) = (0, 0, 0);
        for score in scores {
            if let Some(score) = score? {
                allowed += 1;
                higher += u32::from(score > own);
                level += u32::from(score == own);
            }
        }
        Ok(Self {
            rank: higher + 1,
            level_with: level - 1, // the partner's own
            allowed,
        })
    }
}

impl fmt::Display for PartnerRank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.rank, self.allowed)?;
        match self.level_with {
            0 => Ok(()),
            others => write!(f, ", level with {others}"),
        }
    }
}

/// The score with its parts, ranks, wishes, and who else; a line each.
impl fmt::Display for WhyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.matched {
            f.write_str("not a pair; as one: ")?;
        }
        self.breakdown.fmt(f)?;
        if let (Some(mentor), Some(mentee)) = (self.rank_for_mentee, self.rank_for_mentor) {
            write!(
                f,
                "\nthe mentee's choice {mentor}; the mentor's choice {mentee}"
            )?;
        }
        for role in [Role::Mentee, Role::Mentor] {
            let own = self.wishes.iter().filter(|wish| wish.role == role);
            let granted = own.clone().filter(|wish| wish.fate == WishFate::Granted);
            match own.count() {
                0 => {}
                all => write!(
                    f,
                    "\nwishes of the {role} granted: {} of {all}",
                    granted.count()
                )?,
            }
        }
        let Some(next) = &self.next_best else {
            return Ok(());
        };
        write!(f, "\nnext best: {:?} at {}", next.mentor, next.score)?;
        match &next.price {
            Some(price) => write!(f, "; {price}"),
            None => Ok(()),
        }
    }
}
