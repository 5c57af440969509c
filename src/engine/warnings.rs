//! What a programme manager should know about a run.

use std::fmt;
use std::sync::Arc;

use super::previous::Previous;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::CohortWarning;
use crate::reasons::Evidence;
use crate::scoring::{ScoringError, SilenceGain};

/// Something about a run that a programme manager should know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunWarning {
    /// Something in the roster is legal, but probably not meant.
    Cohort(CohortWarning),
    /// A criterion has an answer for no pair at all: a question nobody was asked, or an attribute
    /// under another name.
    NoAnswers {
        /// The criterion's name.
        criterion: Arc<str>,
    },
    /// Somebody has fewer partners than the stated minimum. No matching leaves fewer places short
    /// in all, unless the run was stopped early.
    BelowMinimum {
        /// The role in which the minimum was stated.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// Partners found.
        partners: u32,
        /// The stated minimum.
        minimum: u32,
    },
    /// A pair of the [earlier matching](super::RunOptions::previous) names somebody who is not there in that
    /// role.
    PreviousUnknown {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// A group has fewer pairs than its quota says, as with [`BelowMinimum`](Self::BelowMinimum).
    QuotaBelowMinimum {
        /// The quota's name.
        quota: String,
        /// Pairs found.
        pairs: usize,
        /// The stated minimum.
        minimum: u32,
    },
    /// A pair scores higher because answers were left open and left out of the mean.
    SilenceRewarded {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// What the pair gained.
        gain: SilenceGain,
    },
}

impl fmt::Display for RunWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cohort(warning) => warning.fmt(f),
            Self::NoAnswers { criterion } => write!(f, "{criterion}: no answer for any pair"),
            Self::BelowMinimum {
                role,
                participant,
                partners,
                minimum,
            } => {
                write!(
                    f,
                    "{role} {participant:?}: partners: {partners}, fewer than {minimum}"
                )
            }
            Self::PreviousUnknown { mentee, mentor } => write!(
                f,
                "{mentee:?} with {mentor:?}: a pair before, but not both are there now"
            ),
            Self::QuotaBelowMinimum {
                quota,
                pairs,
                minimum,
            } => write!(f, "quota {quota}: pairs: {pairs}, fewer than {minimum}"),
            Self::SilenceRewarded {
                mentee,
                mentor,
                gain,
            } => write!(
                f,
                "{mentee:?} with {mentor:?}: {} instead of {}, for want of an answer to {}",
                gain.score,
                gain.at_neutral,
                gain.criteria.join(", ")
            ),
        }
    }
}

/// Everything worth a warning, in an order that depends on the people only.
pub(super) fn collect(
    evidence: &Evidence<'_>,
    previous: &Previous,
) -> Result<Vec<RunWarning>, ScoringError> {
    let cohort = evidence.cohort;
    let mut warnings: Vec<_> = cohort
        .warnings()
        .iter()
        .cloned()
        .map(RunWarning::Cohort)
        .collect();
    let unanswered = evidence.scorer.unanswered()?.into_iter();
    warnings.extend(unanswered.map(|criterion| RunWarning::NoAnswers { criterion }));
    warnings.extend(below_minimum(evidence));
    let unknown = previous.unknown.iter().cloned();
    warnings.extend(unknown.map(|(mentee, mentor)| RunWarning::PreviousUnknown { mentee, mentor }));
    for side in [Role::Mentee, Role::Mentor] {
        let below = evidence.below_quota(side);
        warnings.extend(
            below.map(|(quota, pairs, minimum)| RunWarning::QuotaBelowMinimum {
                quota: quota.to_owned(),
                pairs,
                minimum,
            }),
        );
    }
    let mut gains = Vec::new();
    for (mentee, mentor) in evidence.assignment.pairs() {
        if let Some(gain) = evidence.scorer.silence_gain(mentee, mentor)? {
            gains.push((
                cohort.mentees()[mentee].profile.id.clone(),
                cohort.mentors()[mentor].profile.id.clone(),
                gain,
            ));
        }
    }
    gains.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    warnings.extend(
        gains
            .into_iter()
            .map(|(mentee, mentor, gain)| RunWarning::SilenceRewarded {
                mentee,
                mentor,
                gain,
            }),
    );
    Ok(warnings)
}

/// Everybody who takes part with fewer partners than their minimum, mentees first, in the order of ids.
fn below_minimum(evidence: &Evidence<'_>) -> Vec<RunWarning> {
    let cohort = evidence.cohort;
    let mentees = MenteeIdx::all(cohort.mentees().len()).map(|mentee| {
        let person = &cohort.mentees()[mentee];
        let partners = evidence.assignment.mentors_of(mentee).len();
        (Role::Mentee, &person.profile, partners, person.demand.min)
    });
    let mentors = MentorIdx::all(cohort.mentors().len()).map(|mentor| {
        let person = &cohort.mentors()[mentor];
        let partners = evidence.mentees_by_mentor[mentor].len();
        (Role::Mentor, &person.profile, partners, person.capacity.min)
    });
    let mut below: Vec<_> = (mentees.chain(mentors))
        .filter(|(_, profile, ..)| profile.status.is_active())
        .map(|(role, profile, partners, minimum)| {
            let partners = u32::try_from(partners).unwrap_or(u32::MAX);
            (role, profile.id.clone(), partners, minimum)
        })
        .filter(|(_, _, partners, minimum)| partners < minimum)
        .collect();
    below.sort_unstable_by(|a, b| (b.0 == Role::Mentee, &a.1).cmp(&(a.0 == Role::Mentee, &b.1)));
    let warn = |(role, participant, partners, minimum)| RunWarning::BelowMinimum {
        role,
        participant,
        partners,
        minimum,
    };
    below.into_iter().map(warn).collect()
}
