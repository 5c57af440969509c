//! What a programme is made of.

use crate::criteria::CriterionKind;
use crate::rules::RuleKind;
use crate::score::{Score, Weight};

/// A criterion, how much it counts, and what a missing answer is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct WeighedCriterion {
    /// What reports call it; differs from those of the other criteria.
    pub name: String,
    /// How much it counts.
    pub weight: Weight,
    /// What is scored.
    pub criterion: CriterionKind,
    /// What a missing answer is worth.
    pub missing: MissingPolicy,
}

/// A rule under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRule {
    /// What reports call it; differs from those of the other rules.
    pub name: String,
    /// What is forbidden.
    pub forbid: RuleKind,
}

/// What a pair's score makes of a criterion that misses an answer.
///
/// | policy | the criterion counts | silence |
/// |---|---|---|
/// | `Neutral(v)` | exactly v | is worth v, never more |
/// | `Zero` | 0 | never raises a score |
/// | `Renormalise` | nothing: its weight goes to the others | may raise a score; see [`Scorer::silence_gain`](crate::Scorer::silence_gain) |
/// | `Forbid` | | forbids the pair |
///
/// Where every criterion of a pair was renormalised away, nothing is known in favour of the pair,
/// and its score is 0.
///
/// ```
/// use mentormatch::{MissingPolicy, Score};
///
/// assert_eq!(MissingPolicy::default(), MissingPolicy::Neutral(Score::from_unit(0.5)?));
/// # Ok::<(), mentormatch::ScoreError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum MissingPolicy {
    /// Counts as this score.
    Neutral(Score),
    /// Counts as 0.
    Zero,
    /// Leaves the criterion out of the weighted mean.
    Renormalise,
    /// Forbids the pair.
    Forbid,
}

impl MissingPolicy {
    /// What a missing answer is worth unless a programme says otherwise.
    pub(crate) const NEUTRAL: Score = Score::from_ppm_saturating(500_000);

    /// What the criterion counts for this answer; `None` where it is left out. A pair that is
    /// forbidden for its missing answer counts 0, so that it can still be shown.
    pub(crate) fn counted(self, answer: Option<Score>) -> Option<Score> {
        match (answer, self) {
            (Some(score), _) | (None, Self::Neutral(score)) => Some(score),
            (None, Self::Zero | Self::Forbid) => Some(Score::ZERO),
            (None, Self::Renormalise) => None,
        }
    }
}

impl Default for MissingPolicy {
    fn default() -> Self {
        Self::Neutral(Self::NEUTRAL)
    }
}

/// One thing to optimise. Objectives are strictly ordered: a later one only chooses among the
/// optima of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Objective {
    /// As many mentees as possible have at least one mentor.
    Participation,
    /// The largest sum of match scores.
    TotalScore,
}

impl Objective {
    /// As in files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Participation => "participation",
            Self::TotalScore => "total_score",
        }
    }
}
