//! WHO MAY NOT BE PAIRED: one rule a file. A forbidden pair is an absent arc, never a low score.
//!
//! Each rule names what it forbids, so that `.forbid(SameValue::new(Field::Organisation))` reads as
//! a sentence. [`SamePerson`], [`NotActive`], [`Veto`] and [`Conflict`] hold in every programme.

mod below_level;

mod cannot_meet;

mod conflict;

mod custom;

mod different_value;

mod excluded_topic;

mod fewer_common_languages;

mod gap_outside;

mod kernel;

mod kind;

mod not_active;

mod only_wishes;

mod outside_comfort;

mod past_pairs;

mod reporting_line;

mod same_person;

mod same_value;

mod score_below;

mod time_zones_further_than;

mod too_little_common_time;

mod unprepared;

mod value_is;

mod veto;

mod when;

use std::fmt::Debug;

pub use below_level::BelowLevel;
pub use cannot_meet::CannotMeet;
pub use conflict::Conflict;
pub use custom::CustomRule;
pub use different_value::DifferentValue;
pub use excluded_topic::{ExcludedTopic, Extent};
pub use fewer_common_languages::FewerCommonLanguages;
pub use gap_outside::GapOutside;
pub use kind::RuleKind;
pub use not_active::NotActive;
pub use outside_comfort::OutsideComfort;
pub use past_pairs::PastPairs;
pub use reporting_line::ReportingLine;
pub use same_person::SamePerson;
pub use same_value::SameValue;
pub use score_below::ScoreBelow;
pub use time_zones_further_than::TimeZonesFurtherThan;
pub use too_little_common_time::TooLittleCommonTime;
pub use unprepared::Unprepared;
pub use value_is::{ValueIs, ValueIsNot};
pub use veto::Veto;
pub use when::{AnswerIs, Condition, Conditions, When};

pub(crate) use kind::Judged;
pub(crate) use only_wishes::OnlyWishes;

use crate::criteria::Context;
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Field;

/// A hard constraint on pairs.
///
/// ```
/// use mentormatch::{Context, ForbidRow, MenteeIdx, MentorIdx, ProgrammeError, Rule};
///
/// /// Forbids mentors who offer nothing.
/// #[derive(Debug)]
/// struct OffersNothing;
///
/// impl Rule for OffersNothing {
///     fn name(&self) -> &str {
///         "offers_nothing"
///     }
///
///     fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
///         let mentors = context.cohort.mentors();
///         Ok(Box::new(Prepared(mentors.iter().map(|m| m.profile.offers.is_empty()).collect())))
///     }
/// }
///
/// struct Prepared(Vec<bool>); // indexed by mentor
///
/// impl ForbidRow for Prepared {
///     fn forbids(&self, _: MenteeIdx, mentor: MentorIdx) -> bool {
///         self.0[mentor]
///     }
/// }
/// ```
pub trait Rule: Debug + Send + Sync {
    /// The name reports and files use.
    fn name(&self) -> &str;

    /// Raised whenever the same answers give another verdict.
    fn version(&self) -> u32 {
        1
    }

    /// Every parameter that is out of bounds: its name and what is wrong. A programme with such a
    /// rule is refused.
    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        Vec::new()
    }

    /// The answers it reads, and whose; see [`Criterion::fields`](crate::Criterion::fields). None
    /// unless stated.
    fn fields(&self) -> Vec<(Role, Field)> {
        Vec::new()
    }

    /// Whether the verdict on a pair depends on people beside the two; see
    /// [`Criterion::reads_others`](crate::Criterion::reads_others). Assumed unless stated otherwise.
    fn reads_others(&self) -> bool {
        true
    }

    /// Turns a cohort's answers into arrays that pairs are judged from. The result owns its data.
    ///
    /// # Errors
    /// When the rule cannot be used on this cohort.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError>;
}

/// A rule prepared against a cohort.
///
/// Both methods are pure and agree: a row sets `true` exactly where [`forbids`](Self::forbids) is.
pub trait ForbidRow: Send + Sync {
    /// Whether the pair is forbidden.
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool;

    /// Sets `row[mentor]` to `true` for every mentor this mentee must not be given, and leaves the
    /// others as they are. Override it when a whole row is cheaper than its pairs.
    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        for (mentor, forbidden) in MentorIdx::all(row.len()).zip(row) {
            *forbidden |= self.forbids(mentee, mentor);
        }
    }

    /// Calls `put` with each mentor this mentee must not be given, each once, and gives `true`; or
    /// `false` if the rule has no list of them and must be asked.
    fn list_forbidden(&self, _mentee: MenteeIdx, _put: &mut dyn FnMut(MentorIdx)) -> bool {
        false
    }

    /// The class of mentees whose rows are the same, numbered in any way; `None` if the row is the
    /// mentee's own. Where mentees share their rows, these are judged once a class.
    fn row_class(&self, _mentee: MenteeIdx) -> Option<u32> {
        None
    }

    /// About how many bytes the prepared arrays hold; see
    /// [`ScoreRow::bytes`](crate::ScoreRow::bytes).
    fn bytes(&self) -> u64 {
        0
    }
}

/// What a rule makes of a pair where it misses an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum IfMissing {
    /// The pair is forbidden: an unknown does not satisfy a hard rule.
    #[default]
    Forbid,
    /// The rule has nothing to say about the pair.
    Allow,
}

impl IfMissing {
    fn forbids(self) -> bool {
        self == Self::Forbid
    }
}
