//! What a programme is made of.

use crate::criteria::CriterionKind;
use crate::ids::Role;
use crate::rules::RuleKind;
use crate::score::{Score, Weight};

/// A criterion, how much it counts and to whom, and what a missing answer is worth.
///
/// ```
/// use mentormatch::{Field, MissingPolicy, Programme, Same, View, Weight, WeighedCriterion};
///
/// let programme = Programme::builder()
///     .criterion(WeighedCriterion {
///         name: "close by".into(),
///         weight: Weight::HIGH,
///         criterion: Same::new(Field::Site).into(),
///         missing: MissingPolicy::Zero,
///         view: View::Both,
///     })
///     .build()?;
/// assert_eq!(programme.criteria()[0].name, "close by");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
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
    /// Whose view of a pair it is part of.
    pub view: View,
}

/// Whose view of a pair a criterion is part of.
///
/// Both sides judge a pair: the mentee's view is the weighted mean of the criteria that are hers or
/// both's, the mentor's view likewise, and the programme's [`Balance`] makes one score of the two.
/// In a programme that says nothing the views are one.
///
/// ```
/// use mentormatch::{Programme, SkillCoverage, Same, Field, View};
///
/// let programme = Programme::builder()
///     .weigh_in(View::Mentee, 5, SkillCoverage::default())
///     .weigh(2, Same::new(Field::Site))
///     .build()?;
/// assert_eq!(programme.criteria()[1].view, View::Both);
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum View {
    /// It counts on both sides.
    #[default]
    Both,
    /// It counts for the mentee.
    Mentee,
    /// It counts for the mentor.
    Mentor,
}

impl View {
    /// Whether it is part of this side's view.
    pub(crate) fn is_of(self, side: Role) -> bool {
        match self {
            Self::Both => true,
            Self::Mentee => side == Role::Mentee,
            Self::Mentor => side == Role::Mentor,
        }
    }
}

/// How the mentee's and the mentor's view of a pair make one score. All of it is in whole parts per
/// million: each view is rounded half up first.
///
/// | balance | score of the views `e` and `r` | in favour of |
/// |---|---|---|
/// | `Mean(b)` | b · e + (1 − b) · r, rounded half up | the sum of both |
/// | `Minimum` | the lower of the two | whoever likes it less |
/// | `Geometric` | √(e · r), rounded down | balance: 0 where either view is 0 |
///
/// ```
/// use mentormatch::{Balance, Score};
///
/// assert_eq!(Balance::default(), Balance::Mean(Score::from_unit(0.5)?));
/// # Ok::<(), mentormatch::ScoreError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Balance {
    /// The mean, in which the mentee's view counts this much and the mentor's the rest.
    Mean(Score),
    /// The lower view.
    Minimum,
    /// The geometric mean.
    Geometric,
}

impl Balance {
    /// One score of two views.
    pub(crate) fn of(self, mentee: Score, mentor: Score) -> Score {
        let (e, r) = (u64::from(mentee.ppm()), u64::from(mentor.ppm()));
        let ppm = match self {
            Self::Mean(balance) => {
                let balance = u64::from(balance.ppm());
                (balance * e + (WHOLE - balance) * r + WHOLE / 2) / WHOLE
            }
            Self::Minimum => e.min(r),
            Self::Geometric => (e * r).isqrt(),
        };
        Score::from_ppm_saturating(u32::try_from(ppm).unwrap_or(u32::MAX))
    }
}

const WHOLE: u64 = 1_000_000;

impl Default for Balance {
    fn default() -> Self {
        Self::Mean(Score::from_ppm_saturating(500_000))
    }
}

/// A rule under a name.
///
/// ```
/// use mentormatch::{Field, Programme, Same, SameValue, Score, StatedRule};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Site))
///     .rule(StatedRule {
///         name: "other department".into(),
///         forbid: SameValue::new(Field::Department).into(),
///         cost: Some(Score::from_unit(0.1)?),
///     })
///     .build()?;
/// assert!(programme.rules()[0].cost.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRule {
    /// What reports call it; differs from those of the other rules.
    pub name: String,
    /// What is forbidden.
    pub forbid: RuleKind,
    /// `None` for a rule that is required. Otherwise it is only preferred: a pair against it is
    /// allowed, and scores this much less, though never less than 0.
    pub cost: Option<Score>,
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
