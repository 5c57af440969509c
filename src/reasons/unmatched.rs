//! Why somebody has no partner.

use std::fmt;

use super::Evidence;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::Status;
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
    /// There are allowed partners, and others have them: giving one up would lower an objective.
    AllTaken {
        /// How many partners are allowed and have places.
        allowed: u32,
        /// The best of them, at most [`UnmatchedReason::LISTED`], best first.
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
    let mut mentees = Vec::new();
    for mentee in MenteeIdx::all(evidence.cohort.mentees().len()) {
        if evidence.assignment.mentors_of(mentee).is_empty() {
            mentees.push(evidence.mentee(mentee));
        }
    }
    let mut mentors = Vec::new();
    for mentor in MentorIdx::all(evidence.cohort.mentors().len()) {
        if evidence.mentees_by_mentor[mentor].is_empty() {
            mentors.push(evidence.mentor(mentor)?);
        }
    }
    mentees.sort_unstable_by(|a, b| a.participant.cmp(&b.participant));
    mentors.sort_unstable_by(|a, b| a.participant.cmp(&b.participant));
    mentees.append(&mut mentors);
    Ok(mentees)
}

impl Evidence<'_> {
    fn mentee(&self, mentee: MenteeIdx) -> Unmatched {
        let person = &self.cohort.mentees()[mentee];
        let partners = self.cohort.mentors().len();
        let reason = absence(person.profile.status, person.demand.max, partners)
            .unwrap_or_else(|| self.mentee_refused(mentee));
        Unmatched {
            role: Role::Mentee,
            participant: person.profile.id.clone(),
            reason,
        }
    }

    fn mentor(&self, mentor: MentorIdx) -> Result<Unmatched, ScoringError> {
        let person = &self.cohort.mentors()[mentor];
        let partners = self.cohort.mentees().len();
        let reason = match absence(person.profile.status, person.capacity.max, partners) {
            Some(reason) => reason,
            None => self.mentor_refused(mentor)?,
        };
        Ok(Unmatched {
            role: Role::Mentor,
            participant: person.profile.id.clone(),
            reason,
        })
    }

    fn mentee_refused(&self, mentee: MenteeIdx) -> UnmatchedReason {
        let allowed: Vec<_> = self.candidates.mentors_of(mentee).collect();
        if allowed.is_empty() {
            let refused = self.refused(self.candidates.removed(mentee));
            return UnmatchedReason::NoAllowedPartner {
                partners: count(self.cohort.mentors()),
                refused,
            };
        }
        self.taken(allowed)
    }

    fn mentor_refused(&self, mentor: MentorIdx) -> Result<UnmatchedReason, ScoringError> {
        let allowed: Vec<_> = self.candidates.mentees_of(mentor).collect();
        if allowed.is_empty() {
            let refused = self.refused(&self.refusals_of_mentor(mentor)?);
            let partners = count(self.cohort.mentees());
            return Ok(UnmatchedReason::NoAllowedPartner { partners, refused });
        }
        Ok(self.taken(allowed))
    }

    /// By refusal: how many mentees it forbids a mentor.
    fn refusals_of_mentor(&self, mentor: MentorIdx) -> Result<Vec<u32>, ScoringError> {
        let refusals = self.scorer.refusals();
        let mut counts = vec![0; refusals.len()];
        for mentee in MenteeIdx::all(self.cohort.mentees().len()) {
            for refusal in self.scorer.forbidden_by(mentee, mentor)? {
                for (count, known) in counts.iter_mut().zip(refusals) {
                    *count += u32::from(*known == refusal);
                }
            }
        }
        Ok(counts)
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
}

fn absence(status: Status, places: u32, partners: usize) -> Option<UnmatchedReason> {
    if !status.is_active() {
        Some(UnmatchedReason::NotTakingPart)
    } else if places == 0 {
        Some(UnmatchedReason::NoPlaces)
    } else {
        (partners == 0).then_some(UnmatchedReason::NobodyThere)
    }
}

/// Somebody who may be given to a person without a partner.
trait Partner: Copy {
    fn id<'a>(self, evidence: &Evidence<'a>) -> &'a ParticipantId;
    /// Partners this one takes at most.
    fn places(self, evidence: &Evidence<'_>) -> u32;
    fn has_room(self, evidence: &Evidence<'_>) -> bool;
    /// Whom this partner has, in the order of ids.
    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId>;
}

impl Evidence<'_> {
    /// The reason of somebody who has allowed partners.
    fn taken<P: Partner>(&self, mut allowed: Vec<(P, Score)>) -> UnmatchedReason {
        let all = count(&allowed);
        allowed.retain(|(partner, _)| partner.places(self) > 0);
        let partners = count(&allowed);
        if allowed.is_empty() {
            return UnmatchedReason::PartnersHaveNoPlaces { allowed: all };
        }
        if !self.proved {
            return UnmatchedReason::SearchStopped {
                allowed: partners,
                best: self.best(allowed),
            };
        }
        let with_room = allowed
            .iter()
            .copied()
            .filter(|(partner, _)| partner.has_room(self));
        let with_room = self.best(with_room.collect());
        if with_room.is_empty() {
            UnmatchedReason::AllTaken {
                allowed: partners,
                best: self.best(allowed),
            }
        } else {
            UnmatchedReason::NothingToGain {
                allowed: partners,
                with_room,
            }
        }
    }

    fn best<P: Partner>(&self, mut partners: Vec<(P, Score)>) -> Vec<TakenPartner> {
        let best_first = |&(a, score_a): &(P, Score), &(b, score_b): &(P, Score)| {
            score_b
                .cmp(&score_a)
                .then_with(|| a.id(self).cmp(b.id(self)))
        };
        if partners.len() > UnmatchedReason::LISTED {
            partners.select_nth_unstable_by(UnmatchedReason::LISTED, best_first);
            partners.truncate(UnmatchedReason::LISTED);
        }
        partners.sort_unstable_by(best_first);
        let named = partners.into_iter().map(|(partner, score)| TakenPartner {
            partner: partner.id(self).clone(),
            score,
            has: partner.has(self),
        });
        named.collect()
    }
}

impl Partner for MentorIdx {
    fn id<'a>(self, evidence: &Evidence<'a>) -> &'a ParticipantId {
        &evidence.cohort.mentors()[self].profile.id
    }

    fn places(self, evidence: &Evidence<'_>) -> u32 {
        evidence.cohort.mentors()[self].capacity.max
    }

    fn has_room(self, evidence: &Evidence<'_>) -> bool {
        evidence.has_room(self)
    }

    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId> {
        ids(evidence, &evidence.mentees_by_mentor[self])
    }
}

impl Partner for MenteeIdx {
    fn id<'a>(self, evidence: &Evidence<'a>) -> &'a ParticipantId {
        &evidence.cohort.mentees()[self].profile.id
    }

    fn places(self, evidence: &Evidence<'_>) -> u32 {
        evidence.cohort.mentees()[self].demand.max
    }

    fn has_room(self, evidence: &Evidence<'_>) -> bool {
        !evidence.is_satisfied(self)
    }

    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId> {
        ids(evidence, evidence.assignment.mentors_of(self))
    }
}

fn ids<P: Partner>(evidence: &Evidence<'_>, people: &[P]) -> Vec<ParticipantId> {
    let mut ids: Vec<_> = people
        .iter()
        .map(|person| person.id(evidence).clone())
        .collect();
    ids.sort_unstable();
    ids
}

fn count<T>(people: &[T]) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
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
            Self::AllTaken { allowed, best } => {
                match allowed {
                    1 => f.write_str("the only allowed partner is taken")?,
                    _ => write!(f, "all {allowed} allowed partners are taken")?,
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
