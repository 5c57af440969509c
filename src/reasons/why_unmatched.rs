//! Why somebody has no partner, in full.

use std::fmt;

use super::silence::Lenient;
use super::unmatched::Unmatched;
use super::{Evidence, PairPrice};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::programme::Objective;
use crate::reasons::GapOf;
use crate::score::Score;
use crate::scoring::{Refusal, ScoringError};

/// Why somebody has no partner, with all that can be said of it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WhyUnmatched {
    /// The person and the reason.
    pub unmatched: Unmatched,
    /// What forbade partners: first what would open most if it alone did not hold.
    pub removed: Vec<Removal>,
    /// Where places are short: whom a mentee competes with, and for what. `None` where nobody she may have has a place.
    pub competition: Option<Competitors>,
    /// What it would cost to give a mentee a mentor after all, and who would move. `None` for a mentor, if
    /// it cannot be, or if the run's matching is not proved optimal by objectives.
    pub price: Option<PairPrice>,
}

/// What one rule, or one criterion that forbids pairs, did to somebody's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Removal {
    /// What forbids.
    pub by: Refusal,
    /// How many partners it forbids; others may forbid them too.
    pub partners: u32,
    /// For how many of them it is for want of an answer alone, and not for what anybody is.
    pub for_silence: u32,
    /// How many nothing else forbids: they would be allowed if it did not hold.
    pub alone: u32,
    /// The best of these by match score; of equals the first by id.
    pub best: Option<(ParticipantId, Score)>,
}

/// Mentees and the mentors they compete for: these are all the mentors with places that any of them may have, all are full,
/// and all they have is some of these mentees. No smaller set with the mentee who asks is short of places, if she and the others
/// want one mentor each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Competitors {
    /// The mentees, in the order of ids, the one who is asked about among them.
    pub mentees: Vec<ParticipantId>,
    /// The mentors, in the order of ids.
    pub mentors: Vec<ParticipantId>,
    /// How many places these mentors have.
    pub places: u64,
}

impl WhyUnmatched {
    /// By how much more each of her pairs would have to score, in parts per million, for a mentee to be placed as
    /// well: at less than that she is not, with more she is. `None` unless that alone stands in her way:
    /// the objectives before the total score would not change.
    #[must_use]
    pub fn lacks(&self) -> Option<u64> {
        let change = self.price.as_ref()?.change.iter();
        let first = change.clone().find(|own| own.by != 0)?;
        let is_score = first.of == GapOf::Objective(Objective::TotalScore);
        let lacks = u64::try_from(first.by.unsigned_abs()).ok()?;
        is_score.then_some(lacks)
    }
}

impl Evidence<'_> {
    /// What forbids which of some pairs; `partner` names the one whom a pair would give.
    pub(crate) fn removals<'p>(
        &self,
        pairs: impl Iterator<Item = (MenteeIdx, MentorIdx)>,
        partner: impl Fn((MenteeIdx, MentorIdx)) -> &'p ParticipantId,
    ) -> Result<Vec<Removal>, ScoringError> {
        let refusals = self.scorer.refusals();
        let lenient: Vec<_> = (refusals.iter()).map(|by| Lenient::new(self, by)).collect();
        let mut removals: Vec<_> = refusals.iter().map(Removal::none).collect();
        for pair in pairs {
            if self.candidates.score(pair.0, pair.1)?.is_some() {
                continue;
            }
            let by = self.scorer.forbidden_by(pair.0, pair.1)?;
            let of = |by: &Refusal| refusals.iter().position(|own| own == by);
            for at in by.iter().filter_map(of) {
                removals[at].partners += 1;
                removals[at].for_silence += u32::from(lenient[at].is_for_silence(pair.0, pair.1));
            }
            if let [Some(at)] = by.iter().map(of).collect::<Vec<_>>()[..] {
                let score = self.scorer.breakdown(pair.0, pair.1)?.score;
                removals[at].open(partner(pair), score);
            }
        }
        removals.retain(|own| own.partners > 0);
        removals.sort_by_key(|own| std::cmp::Reverse((own.alone, own.partners)));
        Ok(removals)
    }
}

impl Removal {
    fn none(by: &Refusal) -> Self {
        Self {
            by: by.clone(),
            partners: 0,
            for_silence: 0,
            alone: 0,
            best: None,
        }
    }

    /// One more partner whom nothing else forbids.
    fn open(&mut self, partner: &ParticipantId, score: Score) {
        self.alone += 1;
        let is_better = self.best.as_ref().is_none_or(|(known, highest)| {
            score > *highest || score == *highest && partner < known
        });
        if is_better {
            self.best = Some((partner.clone(), score));
        }
    }
}

impl fmt::Display for Removal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} forbids {}", self.by, self.partners)?;
        if self.for_silence > 0 {
            write!(f, ", {} for want of an answer", self.for_silence)?;
        }
        if self.alone > 0 {
            write!(f, "; without it {} allowed", self.alone)?;
        }
        match &self.best {
            Some((partner, score)) => write!(f, ", the best {partner:?} at {score}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Competitors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let mentees = counted(self.mentees.len() as u64, "mentee");
        let mentors = counted(self.mentors.len() as u64, "mentor");
        let places = counted(self.places, "place");
        let compete = match self.mentees.len() {
            1 => "competes",
            _ => "compete",
        };
        write!(f, "{mentees} {compete} for {places} of {mentors}")
    }
}

/// The reason, then a line for each rule, the competition and the price.
impl fmt::Display for WhyUnmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unmatched {
            role,
            participant,
            reason,
        } = &self.unmatched;
        write!(f, "{role} {participant:?}: {reason}")?;
        for own in &self.removed {
            write!(f, "\n  {own}")?;
        }
        if let Some(competition) = &self.competition {
            write!(f, "\n  {competition}")?;
        }
        if let Some(price) = &self.price {
            write!(f, "\n  with a mentor: {price}")?;
        }
        if *role == Role::Mentee
            && let Some(lacks) = self.lacks()
        {
            let lacks = Score::from_ppm_saturating(u32::try_from(lacks).unwrap_or(u32::MAX));
            write!(f, "\n  {lacks} more in each of her scores would place her")?;
        }
        Ok(())
    }
}
