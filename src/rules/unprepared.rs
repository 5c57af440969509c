//! Mentors must be prepared.

use super::kernel::Sides;
use super::{ForbidRow, Rule};
use crate::criteria::{Columns, Context, Side};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::{Field, Preparation};

/// Forbids mentors who lack some of the preparation that the programme requires.
///
/// A mentor who names no preparation has none: a missing answer forbids. To favour prepared mentors
/// instead, count their steps with [`AtLeast`](crate::AtLeast).
///
/// Training of mentors before the match goes with better relationships (Allen, Eby & Lentz 2006).
///
/// ```
/// use mentormatch::{Field, Preparation, Programme, Same, Unprepared};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(Unprepared::without([Preparation::Trained, Preparation::References]))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Unprepared {
    /// What a mentor must have done: all of it, at least one thing.
    pub require: Vec<Preparation>,
}

impl Unprepared {
    /// Forbids mentors who have not done all of this.
    #[must_use]
    pub fn without(require: impl IntoIterator<Item = Preparation>) -> Self {
        Self {
            require: require.into_iter().collect(),
        }
    }
}

impl Rule for Unprepared {
    fn name(&self) -> &str {
        "unprepared"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        if self.require.is_empty() {
            return vec![("require", ParameterProblem::Empty)];
        }
        Vec::new()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        Side::Mentor.of(&Field::Preparation)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let done = Columns::read(context.cohort, |own| {
            Ok(self
                .require
                .iter()
                .all(|step| own.preparation.contains(step)))
        })?;
        Ok(Box::new(Sides::either(done, Side::Mentor, |done: bool| {
            !done
        })))
    }
}
