//! Whether one side's choice is among what the other side has.

use super::capped_count::CappedCount;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;

/// One side's choice is in the other side's set: 1 if so, otherwise 0.
///
/// `choice` is read from the side named by `chooser`, `set` from the other one. Texts are compared
/// as by [`SetOverlap`](crate::SetOverlap). Missing when the chooser made no choice or the other side gave no answer; an
/// attribute that is an empty set is an answer, and scores 0.
///
/// ```
/// use mentormatch::{Field, Membership, Programme};
///
/// let background = Membership::mentee_chooses(
///     Field::Attribute("identity to match".into()),
///     Field::Attribute("characteristics".into()),
/// );
/// let programme = Programme::builder().weigh(6, background).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Membership {
    /// Who chooses; the mentee unless stated.
    #[cfg_attr(feature = "serde", serde(default = "mentee"))]
    pub chooser: Role,
    /// The chooser's field: a choice, department, site or organisation.
    pub choice: Field,
    /// The other side's field: a set.
    pub set: Field,
}

#[cfg(feature = "serde")]
fn mentee() -> Role {
    Role::Mentee
}

impl Membership {
    /// The mentee's choice in the mentor's set.
    #[must_use]
    pub const fn mentee_chooses(choice: Field, set: Field) -> Self {
        Self {
            chooser: Role::Mentee,
            choice,
            set,
        }
    }

    /// The mentor's choice in the mentee's set.
    ///
    /// ```
    /// # use mentormatch::{Field, Membership, Role};
    /// let membership = Membership::mentor_chooses(Field::Site, Field::Attribute("sites".into()));
    /// assert_eq!(membership.chooser, Role::Mentor);
    /// ```
    #[must_use]
    pub const fn mentor_chooses(choice: Field, set: Field) -> Self {
        Self {
            chooser: Role::Mentor,
            choice,
            set,
        }
    }
}

impl Criterion for Membership {
    fn name(&self) -> &str {
        "membership"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        match self.chooser {
            Role::Mentee => fields_of(&self.choice, &self.set),
            Role::Mentor => fields_of(&self.set, &self.choice),
        }
    }

    /// A choice is a set of one, so membership is one thing in common.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (choice, set) = (self.choice.clone(), self.set.clone());
        match self.chooser {
            Role::Mentee => CappedCount::between(choice, set, 1).prepare(context),
            Role::Mentor => CappedCount::between(set, choice, 1).prepare(context),
        }
    }
}
