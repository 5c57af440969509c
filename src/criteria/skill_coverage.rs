//! How well one side's offers cover the other side's needs.

use super::skill_index::SkillIndex;
use super::{BadScore, Context, Criterion, ScoreRow, balanced, fields_of};
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::score::Score;

/// How well offers cover needs: Σ importance · credit / Σ importance, over the asker's needs.
///
/// The credit of a need is 0 if the helper does not offer the skill; 1 if the helper's level is at
/// least the wanted one, or if either level is left open; otherwise offered level / wanted level,
/// rounded to a part per million. A skill that is offered twice counts at its best level. Skills
/// are compared byte for byte.
///
/// The direction says who asks; with [`Both`](Direction::Both) the score is
/// balance · mentee's view + (1 − balance) · mentor's view. Missing when the asker has no needs or
/// the helper no offers, and, for `Both`, when either view is.
///
/// The default is the mentee's needs against the mentor's offers.
///
/// ```
/// use mentormatch::{Direction, Programme, Score, SkillCoverage};
///
/// let two_sided = SkillCoverage {
///     direction: Direction::Both { balance: Score::from_unit(0.7)? },
/// };
/// let programme = Programme::builder().weigh(5, two_sided).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct SkillCoverage {
    /// Whose needs are covered by whose offers.
    pub direction: Direction,
}

/// Whose needs are covered by whose offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum Direction {
    /// The mentee's needs by the mentor's offers.
    #[default]
    MenteeNeeds,
    /// The mentor's needs by the mentee's offers: what the mentor wants to learn.
    MentorNeeds,
    /// The mean of both views.
    Both {
        /// How much the mentee's view counts; the mentor's counts the rest.
        balance: Score,
    },
}

impl SkillCoverage {
    /// Coverage in one direction.
    ///
    /// ```
    /// # use mentormatch::{Direction, SkillCoverage};
    /// assert_eq!(SkillCoverage::new(Direction::MenteeNeeds), SkillCoverage::default());
    /// ```
    #[must_use]
    pub const fn new(direction: Direction) -> Self {
        Self { direction }
    }
}

impl Criterion for SkillCoverage {
    fn name(&self) -> &str {
        "skill_coverage"
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        let mut fields = Vec::new();
        if self.direction != Direction::MentorNeeds {
            fields.extend(fields_of(&Field::Needs, &Field::Offers));
        }
        if self.direction != Direction::MenteeNeeds {
            fields.extend(fields_of(&Field::Offers, &Field::Needs));
        }
        fields
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let view = |asker| SkillIndex::new(context.cohort, asker);
        Ok(match self.direction {
            Direction::MenteeNeeds => Box::new(view(Role::Mentee)),
            Direction::MentorNeeds => Box::new(view(Role::Mentor)),
            Direction::Both { balance } => Box::new(BothViews {
                balance,
                mentee: view(Role::Mentee),
                mentor: view(Role::Mentor),
            }),
        })
    }
}

struct BothViews {
    balance: Score,
    mentee: SkillIndex,
    mentor: SkillIndex,
}

impl ScoreRow for BothViews {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let views = (
            self.mentee.score_pair(mentee, mentor)?,
            self.mentor.score_pair(mentee, mentor)?,
        );
        Ok(balanced(self.balance, views.0, views.1))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let mut mentors_view = vec![None; row.len()];
        self.mentee.score_row(mentee, row)?;
        self.mentor.score_row(mentee, &mut mentors_view)?;
        for (score, mentors) in row.iter_mut().zip(mentors_view) {
            *score = balanced(self.balance, *score, mentors);
        }
        Ok(())
    }
}
