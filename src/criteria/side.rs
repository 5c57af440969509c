//! Which side of a pair an answer is read from.

use super::fields_of;
use crate::ids::Role;
use crate::participant::Field;

/// Whose answer counts.
///
/// ```
/// use mentormatch::Side;
///
/// assert!(Side::Both.has_mentee() && Side::Both.has_mentor());
/// assert!(!Side::Mentor.has_mentee());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Side {
    /// The mentee's.
    Mentee,
    /// The mentor's.
    Mentor,
    /// Both sides'.
    Both,
}

impl Side {
    /// Whether the mentee's answer counts.
    #[must_use]
    pub const fn has_mentee(self) -> bool {
        !matches!(self, Self::Mentor)
    }

    /// Whether the mentor's answer counts.
    #[must_use]
    pub const fn has_mentor(self) -> bool {
        !matches!(self, Self::Mentee)
    }

    /// The field of this side, or of both.
    pub(crate) fn of(self, field: &Field) -> Vec<(Role, Field)> {
        let mut fields = fields_of(field, field);
        fields.retain(|(role, _)| match role {
            Role::Mentee => self.has_mentee(),
            Role::Mentor => self.has_mentor(),
        });
        fields
    }

    /// Ends the name of what reads this side of a field.
    pub(crate) const fn suffix(self) -> &'static str {
        match self {
            Self::Mentee => ":mentee",
            Self::Mentor => ":mentor",
            Self::Both => "",
        }
    }
}
