//! WHO MAY NOT BE PAIRED: one rule a file. A forbidden pair is an absent arc, never a low score.

use std::fmt::Debug;

use crate::criteria::Context;
use crate::error::ProgrammeError;
use crate::ids::MenteeIdx;

/// A hard constraint on pairs.
pub trait Rule: Debug + Send + Sync {
    /// The name reports and files use.
    fn name(&self) -> &str;

    /// Raised whenever the same answers give another verdict.
    fn version(&self) -> u32 {
        1
    }

    /// Turns a cohort's answers into arrays that rows are judged from.
    ///
    /// # Errors
    /// When the rule cannot be used on this cohort.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError>;
}

/// A rule prepared against a cohort.
pub trait ForbidRow: Send + Sync {
    /// Sets `row[mentor]` to `true` for every mentor this mentee must not be given, and leaves the
    /// others as they are.
    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]);
}
