//! Nobody is given a partner who is further up or down than they are comfortable with.

use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{ClassTable, Columns, Context, fields_of};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::{Field, MeetingMode, Profile};

/// Forbids pairs whose seniority gap, *mentor minus mentee*, is outside the range that either side
/// is comfortable with ([`Profile::comfortable_gap`](crate::Profile::comfortable_gap)).
///
/// People feel power distance less on a screen: where either side meets online only, the gap may be
/// `virtual_slack` steps below or above the range. A side without a range is comfortable with any
/// gap. Where somebody has a range and either side's seniority is missing, `if_missing` decides.
///
/// ```
/// use mentormatch::{Field, OutsideComfort, Programme, Same};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(OutsideComfort::with_virtual_slack(1))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct OutsideComfort {
    /// How many more steps are fine online; none unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub virtual_slack: u16,
    /// What to make of a missing seniority.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl OutsideComfort {
    /// Allows this many more steps online.
    #[must_use]
    pub const fn with_virtual_slack(virtual_slack: u16) -> Self {
        let if_missing = IfMissing::Forbid;
        Self {
            virtual_slack,
            if_missing,
        }
    }

    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{IfMissing, OutsideComfort};
    /// let rule = OutsideComfort::default().if_missing(IfMissing::Allow);
    /// assert_eq!(rule.if_missing, IfMissing::Allow);
    /// ```
    #[must_use]
    pub const fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing, ..self }
    }

    fn forbids(self, mentee: Standing, mentor: Standing) -> bool {
        let mut ranges = [mentee.comfort, mentor.comfort].into_iter().flatten();
        let (Some(below), Some(above)) = (mentee.step, mentor.step) else {
            return ranges.next().is_some() && self.if_missing.forbids();
        };
        let gap = i64::from(above) - i64::from(below);
        let online = mentee.online_only || mentor.online_only;
        let slack = if online {
            i64::from(self.virtual_slack)
        } else {
            0
        };
        ranges.any(|(min, max)| gap < i64::from(min) - slack || gap > i64::from(max) + slack)
    }
}

/// What a person brings to the gap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    step: Option<u16>,
    comfort: Option<(i32, i32)>,
    online_only: bool,
}

impl Standing {
    fn of(own: &Profile) -> Self {
        Self {
            step: own.seniority,
            comfort: own.comfortable_gap.map(|range| (range.min, range.max)),
            online_only: own.meeting_mode == Some(MeetingMode::Virtual),
        }
    }
}

impl Rule for OutsideComfort {
    fn name(&self) -> &str {
        "outside_comfort"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        let mut fields = fields_of(&Field::Seniority, &Field::Seniority);
        if self.virtual_slack > 0 {
            fields.extend(fields_of(&Field::MeetingMode, &Field::MeetingMode));
        }
        fields
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let people = Columns::read(context.cohort, |own| Ok(Standing::of(own)))?;
        let rule = *self;
        Ok(Box::new(ClassTable::new(people, move |mentee, mentor| {
            rule.forbids(mentee, mentor)
        })))
    }
}
