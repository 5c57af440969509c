//! Who gave, or did not give, certain answers is not paired.

use super::kernel::Sides;
use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{Context, Side, StatedValue, any_listed, list_problem};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs in which a side's answer is one of a list; of a set, in which anything in it is.
///
/// With [`Side::Both`] it is enough that one of them gave such an answer. Texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same), numbers in millionths. Where a side that counts gave no answer,
/// `if_missing` decides.
///
/// ```
/// use mentormatch::{Field, IfMissing, Programme, Same, Side, ValueIs};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(ValueIs::not_voluntary(Side::Both).if_missing(IfMissing::Allow))
///     .forbid(ValueIs::new(Field::MeetingMode, Side::Mentor, ["virtual"]))
///     .build()?;
/// assert_eq!(programme.rules()[1].name, "value_is:meeting_mode:mentor");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ValueIs {
    /// The answer.
    pub field: Field,
    /// Whose answer counts.
    pub side: Side,
    /// What is forbidden; at least one value.
    pub one_of: Vec<StatedValue>,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

/// Forbids pairs in which a side's answer is none of a list; of a set, in which nothing in it is.
///
/// With [`Side::Both`] it is enough that one of them gave another answer. Texts are compared after
/// [folding](crate::Vocabulary#when-two-words-are-the-same), numbers in millionths. Where a side that counts gave no answer,
/// `if_missing` decides.
///
/// ```
/// use mentormatch::{Field, Programme, Same, Side, ValueIsNot};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(ValueIsNot::new(Field::Region, Side::Both, ["north", "east"]))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ValueIsNot {
    /// The answer.
    pub field: Field,
    /// Whose answer counts.
    pub side: Side,
    /// What alone is allowed; at least one value.
    pub one_of: Vec<StatedValue>,
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

macro_rules! constructors {
    ($rule:ident, $what:literal) => {
        impl $rule {
            #[doc = $what]
            #[must_use]
            pub fn new<V: Into<StatedValue>>(
                field: Field,
                side: Side,
                one_of: impl IntoIterator<Item = V>,
            ) -> Self {
                Self {
                    field,
                    side,
                    one_of: one_of.into_iter().map(Into::into).collect(),
                    if_missing: IfMissing::Forbid,
                }
            }

            /// The same with another verdict on missing answers.
            #[must_use]
            pub fn if_missing(self, if_missing: IfMissing) -> Self {
                Self { if_missing, ..self }
            }

            fn problems(&self) -> Vec<(&'static str, ParameterProblem)> {
                let problem = list_problem(&self.field, &self.one_of);
                problem
                    .map(|problem| ("one_of", problem))
                    .into_iter()
                    .collect()
            }

            fn rows(
                &self,
                context: &Context<'_>,
                forbids: impl Fn(bool) -> bool,
            ) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
                let listed = any_listed(context.cohort, self.name(), &self.field, &self.one_of)?;
                let unknown = self.if_missing.forbids();
                let verdict = |listed: Option<bool>| listed.map_or(unknown, &forbids);
                Ok(Box::new(Sides::either(listed, self.side, verdict)))
            }
        }
    };
}

constructors!(
    ValueIs,
    "Forbids these answers, and those that are missing."
);
constructors!(
    ValueIsNot,
    "Forbids all answers but these, and those that are missing."
);

impl ValueIs {
    /// Forbids people who do not take part of their own will, or do not say so.
    ///
    /// ```
    /// # use mentormatch::{Field, Side, ValueIs};
    /// assert_eq!(ValueIs::not_voluntary(Side::Mentor).field, Field::Voluntary);
    /// ```
    #[must_use]
    pub fn not_voluntary(side: Side) -> Self {
        Self::new(Field::Voluntary, side, [false])
    }
}

impl Rule for ValueIs {
    fn name(&self) -> &str {
        "value_is"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        self.problems()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        self.side.of(&self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        self.rows(context, |listed| listed)
    }
}

impl Rule for ValueIsNot {
    fn name(&self) -> &str {
        "value_is_not"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        self.problems()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        self.side.of(&self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        self.rows(context, |listed| !listed)
    }
}
