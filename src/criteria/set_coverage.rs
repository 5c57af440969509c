//! How much of what one side wants the other side has.

use super::column::sets;
use super::overlap::{Overlap, OverlapScore, Weighing};
use super::set_overlap::OverlapMeasure;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;

/// The share of what the asker wants that the other side has: |wanted ∩ offered| / |wanted|.
///
/// `wanted` is read from the asker, `offered` from the other side; the view is the asker's. Items
/// are compared as by [`SetOverlap`](crate::SetOverlap), and a field with a single text is a set of
/// one. Missing when the asker wants nothing or the other side gave no answer. For skills with
/// levels and importance use [`SkillCoverage`](crate::SkillCoverage).
///
/// | use | wanted | offered |
/// |---|---|---|
/// | [`topics`](Self::topics): the mentor helps with what the mentee asks about | `topics` | `topics` |
/// | [`career_path`](Self::career_path): the mentor has walked the path the mentee wants | `career_goals` | `roles_held` |
/// | [`support`](Self::support): the mentor gives the kinds of support the mentee seeks | `support` | `support` |
/// | meeting places suit the mentee | `accessibility_needs` | `accessibility_offered` |
/// | reverse mentoring: the mentee brings what the mentor wants to learn | `needs` | `offers`, [`asked_by`](Self::asked_by) the mentor |
///
/// Agreeing on the kind of support before the start is what Allen, Eby & Lentz (2006) call input to
/// the match; career and psychosocial support are Kram's (1985).
///
/// ```
/// use mentormatch::{Field, Programme, Role, SetCoverage};
///
/// let programme = Programme::builder()
///     .weigh(3, SetCoverage::topics())
///     .weigh(2, SetCoverage::career_path())
///     .weigh(1, SetCoverage::new(Field::Needs, Field::Offers).asked_by(Role::Mentor))
///     .build()?;
/// assert_eq!(programme.criteria()[1].name, "set_coverage:career_goals/roles_held");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SetCoverage {
    /// The asker's set.
    pub wanted: Field,
    /// The other side's set.
    pub offered: Field,
    /// Who asks; the mentee unless stated.
    #[cfg_attr(feature = "serde", serde(default = "mentee"))]
    pub asker: Role,
}

#[cfg(feature = "serde")]
fn mentee() -> Role {
    Role::Mentee
}

impl SetCoverage {
    /// What the mentee wants, in what the mentor has.
    #[must_use]
    pub const fn new(wanted: Field, offered: Field) -> Self {
        let asker = Role::Mentee;
        Self {
            wanted,
            offered,
            asker,
        }
    }

    /// Topics the mentee wants help with, in those the mentor helps with.
    #[must_use]
    pub const fn topics() -> Self {
        Self::new(Field::Topics, Field::Topics)
    }

    /// Positions the mentee wants to reach, in those the mentor holds or has held.
    #[must_use]
    pub const fn career_path() -> Self {
        Self::new(Field::CareerGoals, Field::RolesHeld)
    }

    /// Kinds of support the mentee seeks, in those the mentor gives.
    #[must_use]
    pub const fn support() -> Self {
        Self::new(Field::Support, Field::Support)
    }

    /// The same with another asker.
    ///
    /// ```
    /// # use mentormatch::{Role, SetCoverage};
    /// assert_eq!(SetCoverage::topics().asked_by(Role::Mentor).asker, Role::Mentor);
    /// ```
    #[must_use]
    pub fn asked_by(self, asker: Role) -> Self {
        Self { asker, ..self }
    }
}

impl Criterion for SetCoverage {
    fn name(&self) -> &str {
        "set_coverage"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        match self.asker {
            Role::Mentee => fields_of(&self.wanted, &self.offered),
            Role::Mentor => fields_of(&self.offered, &self.wanted),
        }
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (mentee, mentor, measure) = match self.asker {
            Role::Mentee => (
                &self.wanted,
                &self.offered,
                OverlapMeasure::CoverageOfMentee,
            ),
            Role::Mentor => (
                &self.offered,
                &self.wanted,
                OverlapMeasure::CoverageOfMentor,
            ),
        };
        let columns = sets(context.cohort, self.name(), mentee, mentor)?;
        Ok(Box::new(OverlapScore {
            overlap: Overlap::new(columns, Weighing::Equal),
            measure: move |shared| measure.score(shared),
        }))
    }
}
