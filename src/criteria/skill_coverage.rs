//! How well one side's offers cover the other side's needs.

use super::credit::TaxonomyCredit;
use super::skill_index::SkillIndex;
use super::{BadScore, Context, Criterion, RowException, ScoreRow, balanced, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;
use crate::score::Score;

/// How well offers cover needs: Σ weight · credit / Σ weight, over the asker's needs.
///
/// **Credit.** For a need and an offer of the same skill: 1 if the helper's level is at least the
/// wanted one, or if either level is left open; otherwise offered level / wanted level. For an offer
/// that the cohort's [`Vocabulary`](crate::Vocabulary) calls narrower or broader: the same times
/// factor^steps, see [`TaxonomyCredit`]. Each of the three is rounded half up to a part per million.
/// The best of all offers counts; 0 without any.
///
/// **Weight.** The need's importance. With [`by_rarity`](Self::by_rarity) it is importance ·
/// (1 + log₂(n / k)), the second factor rounded down to 1/256, where k of the n helpers who offer
/// anything offer the skill itself (1 is taken where nobody does): a mentor for a rare skill is
/// harder to replace. This is inverse document frequency (Spärck Jones, *A statistical interpretation
/// of term specificity and its application in retrieval*, 1972); Adamic and Adar (*Friends and
/// neighbors on the Web*, 2003) weigh what people share by the same reasoning.
///
/// Skills are compared through the vocabulary: an alias is its term, case and Unicode form do not
/// count. Two needs of one skill are two needs; a skill that is offered twice counts at its best
/// level.
///
/// The direction says who asks; with [`Both`](Direction::Both) the score is
/// balance · mentee's view + (1 − balance) · mentor's view. Missing when the asker has no needs or
/// the helper no offers, and, for `Both`, when either view is.
///
/// The default is the mentee's needs against the mentor's offers, with the default taxonomy credit
/// and weights by importance alone.
///
/// ```
/// use mentormatch::{Direction, Programme, Score, SkillCoverage};
///
/// let balance = Score::from_unit(0.7)?;
/// let two_sided = SkillCoverage::new(Direction::Both { balance }).by_rarity();
/// let programme = Programme::builder().weigh(5, two_sided).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In a file:
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// # use mentormatch::{Score, SkillCoverage};
/// let coverage: SkillCoverage = toml::from_str(r#"
///     direction.both = { balance = 0.7 }
///     taxonomy = { narrower = 1, broader = 0.25 }
///     rarity = true
/// "#)?;
/// assert_eq!((coverage.taxonomy.narrower, coverage.taxonomy.steps), (Score::ONE, 2));
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct SkillCoverage {
    /// Whose needs are covered by whose offers.
    pub direction: Direction,
    /// What broader and narrower skills count.
    pub taxonomy: TaxonomyCredit,
    /// Whether needs of rare skills weigh more; no unless stated.
    pub rarity: bool,
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
    /// Coverage in one direction, by default credit and weights.
    ///
    /// ```
    /// # use mentormatch::{Direction, SkillCoverage};
    /// assert_eq!(SkillCoverage::new(Direction::MenteeNeeds), SkillCoverage::default());
    /// ```
    #[must_use]
    pub fn new(direction: Direction) -> Self {
        Self {
            direction,
            ..Self::default()
        }
    }

    /// The same with other credit for broader and narrower skills.
    ///
    /// ```
    /// # use mentormatch::{SkillCoverage, TaxonomyCredit};
    /// let near = TaxonomyCredit { steps: 1, ..TaxonomyCredit::default() };
    /// assert_eq!(SkillCoverage::default().taxonomy(near).taxonomy.steps, 1);
    /// ```
    #[must_use]
    pub const fn taxonomy(self, taxonomy: TaxonomyCredit) -> Self {
        Self { taxonomy, ..self }
    }

    /// The same with needs of rare skills weighing more.
    ///
    /// ```
    /// # use mentormatch::SkillCoverage;
    /// assert!(SkillCoverage::default().by_rarity().rarity);
    /// ```
    #[must_use]
    pub const fn by_rarity(self) -> Self {
        Self {
            rarity: true,
            ..self
        }
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

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        self.taxonomy.problem().into_iter().collect()
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let view = |asker| SkillIndex::new(context.cohort, asker, self);
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
    fn bytes(&self) -> u64 {
        self.mentee.bytes() + self.mentor.bytes()
    }

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

    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        let (own, theirs) = (
            self.mentee.row_class(mentee)?,
            self.mentor.row_class(mentee)?,
        );
        Some(2 * own + theirs)
    }

    fn class_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let mut mentors_view = vec![None; row.len()];
        self.mentee.class_row(mentee, row)?;
        self.mentor.class_row(mentee, &mut mentors_view)?;
        for (score, mentors) in row.iter_mut().zip(mentors_view) {
            *score = balanced(self.balance, *score, mentors);
        }
        Ok(())
    }

    /// Those of either view. A view that does not count may be missing where it is no exception.
    fn exceptions(&self, mentee: MenteeIdx, found: &mut Vec<RowException>) {
        let mut either = Vec::new();
        self.mentee.exceptions(mentee, &mut either);
        self.mentor.exceptions(mentee, &mut either);
        either.sort_unstable_by_key(|own| own.mentor);
        either.dedup_by_key(|own| own.mentor);
        for RowException { mentor, .. } in either {
            let views = [&self.mentee, &self.mentor].map(|view| {
                let usual = view.usual(mentee, mentor);
                let score = view.score_pair(mentee, mentor).ok().flatten();
                (usual, score)
            });
            let usual = balanced(self.balance, views[0].0, views[1].0);
            let score = balanced(self.balance, views[0].1, views[1].1);
            found.extend(usual.zip(score).map(|(usual, score)| RowException {
                mentor,
                usual,
                score,
            }));
        }
    }
}
