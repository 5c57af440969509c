//! BETWEEN MATCHING DAYS: people come and go, and the matching follows.
//!
//! In reading order: what can happen (`event`), what is kept of a matching (`plan`), which scores events
//! change (`rescore`), the matching that follows (`apply`), and who moves by it
//! (`changes`); what existing pairs mean for a run (`states`) and what became of them (`fates`); who waits
//! (`waitlist`), and what would help (`measure`); a matching that
//! gives up few pairs (`within`); a plan put aside and taken up again (`saved`).

mod event;

mod plan;

mod rescore;

mod apply;

mod changes;

mod states;

mod fates;

mod waitlist;

mod measure;

mod room;

mod step;

mod within;

mod saved;

pub use changes::PlanChanges;
pub use event::{Event, PlanError};
pub use fates::{Fate, PreviousPair};
pub use measure::{Measure, MeasureEffect, PlanFigures};
pub use plan::{Plan, PlannedPair};
pub use states::{RematchError, StateProblem, StatesError};
pub use within::LimitedPlan;
