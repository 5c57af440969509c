//! Scores that are too low.

use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::score::Score;

/// Forbids pairs by their finished score.
pub(super) enum Floor {
    /// The programme's, for all pairs.
    OfAll(Score),
    /// Everybody's own, which must be reached on both sides.
    OfEach {
        mentees: Vec<Score>, // indexed by mentee
        mentors: Vec<Score>, // indexed by mentor
    },
}

impl Floor {
    /// What people state themselves; `None` if nobody does.
    pub(super) fn of_each(cohort: &Cohort) -> Option<Self> {
        let mentees = cohort.mentees().iter().map(|own| own.profile.minimum_score);
        let mentors = cohort.mentors().iter().map(|own| own.profile.minimum_score);
        if mentees
            .clone()
            .chain(mentors.clone())
            .all(|own| own.is_none())
        {
            return None;
        }
        Some(Self::OfEach {
            mentees: mentees.map(Option::unwrap_or_default).collect(),
            mentors: mentors.map(Option::unwrap_or_default).collect(),
        })
    }

    pub(super) fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx, score: Score) -> bool {
        score < self.of(mentee, mentor)
    }

    /// The lowest score that it allows a pair.
    pub(super) fn of(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Score {
        match self {
            Self::OfAll(floor) => *floor,
            Self::OfEach { mentees, mentors } => mentees[mentee].max(mentors[mentor]),
        }
    }

    /// Marks whom a mentee is forbidden for their scores, and counts them.
    pub(super) fn mark(&self, mentee: MenteeIdx, scores: &[Score], forbidden: &mut [bool]) -> u32 {
        let pairs = scores.iter().zip(forbidden);
        let mut count = 0;
        match self {
            Self::OfAll(floor) => {
                for (score, forbidden) in pairs {
                    *forbidden |= score < floor;
                    count += u32::from(score < floor);
                }
            }
            Self::OfEach { mentees, mentors } => {
                for ((score, forbidden), &mentor) in pairs.zip(mentors) {
                    let is_below = *score < mentees[mentee].max(mentor);
                    *forbidden |= is_below;
                    count += u32::from(is_below);
                }
            }
        }
        count
    }

    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::OfAll(_) => 0,
            Self::OfEach { mentees, mentors } => {
                ((mentees.len() + mentors.len()) * size_of::<Score>()) as u64
            }
        }
    }
}
