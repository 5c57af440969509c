//! Why this pair, why not that one, why nobody: reasons as data. They only read.

mod facts;

mod silence;

mod forbidding;

mod groups;

mod price;

mod prospects;

mod unmatched;

mod wishes;

mod why;

mod why_not;

mod why_unmatched;

pub use facts::{Facts, FieldAnswer, FieldValue};
pub use forbidding::Forbidding;
pub(crate) use groups::FullGroups;
pub(crate) use price::{Amount, Changes};
pub use price::{GapOf, ObjectiveChange, PairPrice, PersonMove};
pub(crate) use unmatched::unmatched;
pub use unmatched::{Refused, TakenPartner, Unmatched, UnmatchedReason};
pub(crate) use why::why;
pub use why::{CriterionFacts, NextBest, PartnerRank, WhyPair};
pub(crate) use why_not::why_not;
pub use why_not::{OfOneKind, WhyNot};
pub use why_unmatched::{Competitors, Removal, WhyUnmatched};
pub(crate) use wishes::granted_wishes;
pub use wishes::{GrantedWishes, RoleWishes, StatedWish, WishCount, WishFate};

use crate::candidates::{Candidates, GoesOn};
use crate::ids::MenteeIdx;
use crate::participant::Cohort;
use crate::programme::Programme;
use crate::scoring::Scorer;
use crate::solver::Assignment;

/// What reasons are read from: one finished run.
#[derive(Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub(crate) programme: &'a Programme,
    pub(crate) cohort: &'a Cohort,
    pub(crate) scorer: &'a Scorer,
    pub(crate) candidates: &'a Candidates,
    pub(crate) assignment: &'a Assignment,
    /// By mentor: her mentees.
    pub(crate) mentees_by_mentor: &'a [Vec<MenteeIdx>],
    /// The groups that have no more room.
    pub(crate) full_groups: &'a FullGroups,
    /// Whether the assignment is proved optimal by every objective.
    pub(crate) proved: bool,
    /// Whether the assignment is a stable one instead.
    pub(crate) is_stable: bool,
    /// Whether anybody waits for the answer; otherwise it may be anything.
    pub(crate) goes_on: GoesOn<'a>,
}
