//! Why not that pair.

use std::fmt;

use super::forbidding::Forbidding;
use super::prospects::Person;
use super::{Evidence, PairPrice};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::Field;
use crate::score::Score;
use crate::scoring::{Breakdown, ScoringError};

/// Why a mentee was not given a mentor.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "asked for one pair at a time, and mostly of a pair that may be made"
)]
pub enum WhyNot {
    /// They are a pair.
    Matched,
    /// The pair is not allowed.
    Forbidden {
        /// Everything that forbids it, with the facts.
        by: Vec<Forbidding>,
        /// What the pair would score.
        score: Score,
    },
    /// The pair is allowed; the matching does without it.
    NotChosen {
        /// What the pair would score, and why.
        breakdown: Breakdown,
        /// The mentors the mentee has instead, with their scores.
        mentee_has: Vec<(ParticipantId, Score)>,
        /// The mentees the mentor has instead, with their scores.
        mentor_has: Vec<(ParticipantId, Score)>,
        /// Whether the mentor has a place left, and no quota of a group of hers is used up.
        mentor_has_room: bool,
        /// The mentee's mentor of the same kind, where [distinct ones](crate::ProgrammeBuilder::distinct_mentors) are
        /// asked for: one of the two may be hers.
        of_one_kind: Option<OfOneKind>,
        /// What it would cost to match them, exactly, and who would move. `None` if they cannot be matched, since
        /// one of them has no places; or if the run's matching is not proved optimal by objectives, as where it was
        /// stopped early or is a stable one.
        price: Option<PairPrice>,
    },
}

/// A mentor whom a mentee has, and beside whom another of the same kind may not be hers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct OfOneKind {
    /// The mentor whom the mentee has.
    pub mentor: ParticipantId,
    /// In which both mentors gave the same answer; the mentors of one mentee must differ in it.
    pub field: Field,
}

/// Why two are no pair; `price` tells what it would cost to match them.
pub(crate) fn why_not<E: From<ScoringError>>(
    evidence: &Evidence<'_>,
    (mentee, mentor): (MenteeIdx, MentorIdx),
    price: impl FnOnce() -> Result<Option<PairPrice>, E>,
) -> Result<WhyNot, E> {
    if evidence.assignment.mentors_of(mentee).contains(&mentor) {
        return Ok(WhyNot::Matched);
    }
    let by = evidence.forbidding(mentee, mentor)?;
    let breakdown = evidence.scorer.breakdown(mentee, mentor)?;
    if !by.is_empty() {
        let score = breakdown.score;
        return Ok(WhyNot::Forbidden { by, score });
    }
    let candidates = evidence.candidates;
    let mentors = evidence.assignment.mentors_of(mentee).iter().map(|&other| {
        let score = candidates.score(mentee, other)?;
        Ok((other.id(evidence).clone(), score.unwrap_or_default()))
    });
    let mentees = evidence.mentees_by_mentor[mentor].iter().map(|&other| {
        let score = candidates.score(other, mentor)?;
        Ok((other.id(evidence).clone(), score.unwrap_or_default()))
    });
    Ok(WhyNot::NotChosen {
        breakdown,
        mentee_has: by_id(mentors)?,
        mentor_has: by_id(mentees)?,
        mentor_has_room: mentor.has_room(evidence),
        of_one_kind: of_one_kind(evidence, (mentee, mentor)),
        price: price()?,
    })
}

/// The mentor of this one's kind whom the mentee has. Who takes one mentor only is bound by no kinds.
fn of_one_kind(
    evidence: &Evidence<'_>,
    (mentee, mentor): (MenteeIdx, MentorIdx),
) -> Option<OfOneKind> {
    let quotas = evidence.scorer.quotas();
    if evidence.cohort.mentees()[mentee].demand.max < 2 {
        return None;
    }
    let mut has = evidence.assignment.mentors_of(mentee).iter();
    let other = has.find(|&&other| quotas.are_alike(other, mentor))?;
    Some(OfOneKind {
        mentor: other.id(evidence).clone(),
        field: quotas.kinds_of.clone()?,
    })
}

/// Partners with their scores, in the order of ids.
type Partners = Vec<(ParticipantId, Score)>;

fn by_id(
    partners: impl Iterator<Item = Result<(ParticipantId, Score), ScoringError>>,
) -> Result<Partners, ScoringError> {
    let mut partners = partners.collect::<Result<Partners, _>>()?;
    partners.sort_unstable();
    Ok(partners)
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Matched => f.write_str("they are a pair"),
            Self::Forbidden { by, .. } => {
                f.write_str("forbidden by ")?;
                write_list(f, by)
            }
            Self::NotChosen {
                breakdown,
                mentee_has,
                mentor_has,
                mentor_has_room,
                of_one_kind,
                price,
            } => {
                write!(f, "allowed at {}", breakdown.score)?;
                if !breakdown.lifted.is_empty() {
                    f.write_str(" by an override of ")?;
                    write_list(f, &breakdown.lifted)?;
                }
                f.write_str("; the mentee has ")?;
                write_partners(f, mentee_has)?;
                f.write_str(", the mentor has ")?;
                write_partners(f, mentor_has)?;
                f.write_str(if *mentor_has_room {
                    " and room"
                } else {
                    " and no room"
                })?;
                if let Some(own) = of_one_kind {
                    write!(f, "; {own}")?;
                }
                match price {
                    Some(price) => write!(f, "; to match them: {price}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for OfOneKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mentor, field } = self;
        write!(
            f,
            "of the same {field} as {mentor:?}, and the mentee may have one of the two"
        )
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
    }
    Ok(())
}

fn write_partners(f: &mut fmt::Formatter<'_>, partners: &[(ParticipantId, Score)]) -> fmt::Result {
    if partners.is_empty() {
        return f.write_str("nobody");
    }
    let named: Vec<_> = partners
        .iter()
        .map(|(id, score)| format!("{id:?} at {score}"))
        .collect();
    write_list(f, &named)
}
