//! BETWEEN MATCHING DAYS: people come and go, and the matching follows.
//!
//! In reading order: what can happen (`event`), what is kept of a matching (`plan`), which scores events
//! change (`rescore`), the matching that follows (`apply`), and who moves by it (`changes`).

mod event;

mod plan;

mod rescore;

mod apply;

mod changes;

pub use changes::PlanChanges;
pub use event::{Event, PlanError};
pub use plan::{Plan, PlannedPair};
