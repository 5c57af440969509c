//! Why somebody has no partner.

use std::fmt;

use super::Evidence;
use super::prospects::{self, Person, Prospects};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::score::Score;
use crate::scoring::{Refusal, ScoringError};

/// A person without a partner, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Unmatched {
    /// Whether the person looked for a mentor or for mentees.
    pub role: Role,
    /// The person.
    pub participant: ParticipantId,
    /// Why.
    pub reason: UnmatchedReason,
}

/// Why somebody has no partner.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum UnmatchedReason {
    /// Paused or gone.
    NotTakingPart,
    /// The capacity or demand is 0.
    NoPlaces,
    /// There is nobody in the other role.
    NobodyThere,
    /// Every partner is forbidden by some rule.
    NoAllowedPartner {
        /// People in the other role.
        partners: u32,
        /// What forbade how many of them; several may forbid the same.
        refused: Vec<Refused>,
    },
    /// There are allowed partners, but all of them have a capacity or demand of 0.
    PartnersHaveNoPlaces {
        /// How many partners are allowed.
        allowed: u32,
    },
    /// There are allowed partners, and the quota of the person's own group is used up.
    QuotaUsedUp {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// The quota's name.
        quota: String,
    },
    /// There are allowed partners, and others have them: giving one up would lower an objective.
    AllTaken {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// The best of them, at most [`UnmatchedReason::LISTED`], best first.
        best: Vec<TakenPartner>,
    },
    /// In a stable matching: there are allowed partners, and each of them has people whom the partner
    /// would rather have.
    AllPreferOthers {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// The best of them by match score, at most [`UnmatchedReason::LISTED`], best first.
        best: Vec<TakenPartner>,
    },
    /// An allowed partner has room, but taking the place would not raise any objective.
    NothingToGain {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// Allowed partners with room, at most [`UnmatchedReason::LISTED`], best first.
        with_room: Vec<TakenPartner>,
    },
    /// There are allowed partners, but the search was stopped before all objectives were proved:
    /// a longer run may find a place.
    SearchStopped {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// The best of them, at most [`UnmatchedReason::LISTED`], best first.
        best: Vec<TakenPartner>,
    },
}

/// A rule and how many partners it forbade.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Refused {
    /// What forbade them.
    pub by: Refusal,
    /// How many.
    pub partners: u32,
}

/// An allowed partner and whom they have instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TakenPartner {
    /// The partner.
    pub partner: ParticipantId,
    /// The match score with the person who has nobody.
    pub score: Score,
    /// Whom the partner has.
    pub has: Vec<ParticipantId>,
}

impl UnmatchedReason {
    /// At most this many partners are listed in a reason.
    pub const LISTED: usize = 5;
}

/// Everybody without a partner: mentees, then mentors, each in the order of ids.
pub(crate) fn unmatched(evidence: &Evidence<'_>) -> Result<Vec<Unmatched>, ScoringError> {
    let cohort = evidence.cohort;
    let (asking_mentees, mut mentees) = evidence.alone(MenteeIdx::all(cohort.mentees().len()));
    let (asking_mentors, mut mentors) = evidence.alone(MentorIdx::all(cohort.mentors().len()));
    let (of_mentees, of_mentors) = prospects::of(evidence, &asking_mentees, &asking_mentors)?;
    evidence.answer(&asking_mentees, of_mentees, &mut mentees)?;
    evidence.answer(&asking_mentors, of_mentors, &mut mentors)?;
    mentees.sort_unstable_by(|a, b| a.participant.cmp(&b.participant));
    mentors.sort_unstable_by(|a, b| a.participant.cmp(&b.participant));
    mentees.append(&mut mentors);
    Ok(mentees)
}

impl Evidence<'_> {
    /// Those without a partner: first whoever could have had one, then the others with their reasons.
    fn alone<P: Person>(&self, people: impl Iterator<Item = P>) -> (Vec<P>, Vec<Unmatched>) {
        let (mut asking, mut absent) = (Vec::new(), Vec::new());
        for person in people.filter(|person| person.load(self) == 0) {
            match self.absence(person) {
                Some(reason) => absent.push(self.named(person, reason)),
                None => asking.push(person),
            }
        }
        (asking, absent)
    }

    fn absence<P: Person>(&self, person: P) -> Option<UnmatchedReason> {
        if !person.profile(self).status.is_active() {
            Some(UnmatchedReason::NotTakingPart)
        } else if person.places(self) == 0 {
            Some(UnmatchedReason::NoPlaces)
        } else {
            (P::others(self) == 0).then_some(UnmatchedReason::NobodyThere)
        }
    }

    /// The reasons of those who could have had a partner.
    fn answer<P: Person, Q: Person>(
        &self,
        asking: &[P],
        prospects: Vec<Prospects<Q>>,
        found: &mut Vec<Unmatched>,
    ) -> Result<(), ScoringError> {
        for (&person, prospects) in asking.iter().zip(prospects) {
            let reason = if prospects.allowed == 0 {
                UnmatchedReason::NoAllowedPartner {
                    partners: u32::try_from(P::others(self)).unwrap_or(u32::MAX),
                    refused: self.refused(&person.refusals(self)?),
                }
            } else {
                self.taken(person.full_group(self), &prospects)
            };
            found.push(self.named(person, reason));
        }
        Ok(())
    }

    fn named<P: Person>(&self, person: P, reason: UnmatchedReason) -> Unmatched {
        Unmatched {
            role: P::ROLE,
            participant: person.id(self).clone(),
            reason,
        }
    }

    fn refused(&self, counts: &[u32]) -> Vec<Refused> {
        let named = self
            .scorer
            .refusals()
            .iter()
            .zip(counts)
            .filter(|(_, partners)| **partners > 0);
        let mut refused: Vec<_> = named
            .map(|(by, &partners)| Refused {
                by: by.clone(),
                partners,
            })
            .collect();
        refused.sort_by_key(|refused| std::cmp::Reverse(refused.partners));
        refused
    }

    /// The reason of somebody who has allowed partners.
    fn taken<Q: Person>(&self, full: Option<&str>, prospects: &Prospects<Q>) -> UnmatchedReason {
        let allowed = prospects.with_places;
        if allowed == 0 {
            UnmatchedReason::PartnersHaveNoPlaces {
                allowed: prospects.allowed,
            }
        } else if self.is_stable {
            UnmatchedReason::AllPreferOthers {
                allowed,
                best: self.listed(&prospects.best),
            }
        } else if !self.proved {
            UnmatchedReason::SearchStopped {
                allowed,
                best: self.listed(&prospects.best),
            }
        } else if let Some(quota) = full {
            UnmatchedReason::QuotaUsedUp {
                allowed,
                quota: quota.to_owned(),
            }
        } else if prospects.with_room.is_empty() {
            UnmatchedReason::AllTaken {
                allowed,
                best: self.listed(&prospects.best),
            }
        } else {
            UnmatchedReason::NothingToGain {
                allowed,
                with_room: self.listed(&prospects.with_room),
            }
        }
    }

    fn listed<Q: Person>(&self, partners: &[(Q, Score)]) -> Vec<TakenPartner> {
        let named = partners.iter().map(|&(partner, score)| TakenPartner {
            partner: partner.id(self).clone(),
            score,
            has: partner.has(self),
        });
        named.collect()
    }
}

impl fmt::Display for UnmatchedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTakingPart => f.write_str("does not take part"),
            Self::NoPlaces => f.write_str("wants no partner"),
            Self::NobodyThere => f.write_str("nobody is there to be matched with"),
            Self::NoAllowedPartner { partners, refused } => {
                write!(f, "no allowed partner among {partners}: ")?;
                for (at, rule) in refused.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{} forbids {}", rule.by, rule.partners)?;
                }
                Ok(())
            }
            Self::PartnersHaveNoPlaces { allowed } => {
                write!(f, "no allowed partner has places; allowed: {allowed}")
            }
            Self::QuotaUsedUp { allowed, quota } => {
                write!(
                    f,
                    "the quota {quota} is used up; allowed partners: {allowed}"
                )
            }
            Self::AllTaken { allowed, best } => {
                match allowed {
                    1 => f.write_str("the only allowed partner is taken")?,
                    _ => write!(f, "all {allowed} allowed partners are taken")?,
                }
                best.first().map_or(Ok(()), |best| {
                    write!(f, "; best: {} at {}", best.partner, best.score)
                })
            }
            Self::AllPreferOthers { allowed, best } => {
                match allowed {
                    1 => f.write_str("the only allowed partner prefers others")?,
                    _ => write!(f, "all {allowed} allowed partners prefer others")?,
                }
                best.first().map_or(Ok(()), |best| {
                    write!(f, "; best: {} at {}", best.partner, best.score)
                })
            }
            Self::NothingToGain { allowed, .. } => {
                write!(f, "no objective would gain; allowed partners: {allowed}")
            }
            Self::SearchStopped { allowed, .. } => {
                write!(f, "the search was stopped; allowed partners: {allowed}")
            }
        }
    }
}
