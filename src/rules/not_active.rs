//! Only people who take part are paired.

use super::kernel::Sides;
use super::{ForbidRow, Rule};
use crate::criteria::{Columns, Context, Side};
use crate::error::ProgrammeError;
use crate::participant::Status;

/// Forbids pairs in which either side is paused or withdrawn.
///
/// Holds in every programme; it is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotActive;

impl Rule for NotActive {
    fn name(&self) -> &str {
        "not_active"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let inactive = Columns::read(context.cohort, |own| Ok(own.status != Status::Active))?;
        let bars = |inactive| inactive;
        Ok(Box::new(Sides::either(inactive, Side::Both, bars)))
    }
}
